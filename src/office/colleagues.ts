/** Colleagues: who counts as the second of two beside whom. Shown by test/office/two-people.test.ts. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { type CodeOf, outcomeOf } from '../lib/outcome.ts';
import { officerCredential } from '../schema.ts';

/** Of `counts_beside`. */
export const COUNTING = [
  'counts',
  'officer-same',
  'officer-role',
  'officers-related',
  'officer-new',
  'officer-unowned',
] as const;
export type CountingCode = CodeOf<typeof COUNTING>;

/** A colleague, and whether the two together could approve something: with which of their passkeys, if with any. */
export interface Colleague {
  id: string;
  nama: string;
  /** `own`: it is the officer who doesn't count beside the colleague yet. */
  beside: { ok: true } | { ok: false; code: CountingCode; own: boolean };
}

/** An officer's passkeys, the oldest first, and with which of them they count beside the one who asked for something. */
export const keysBeside = (
  db: Db,
  officerId: string,
  asked: { by: string; spki: Bytes; at: Date },
): Promise<{ id: Bytes; spki: Bytes; counts: boolean }[]> => {
  const at = asked.at.toISOString();
  const { id, spki } = officerCredential;
  return db
    .select({
      id,
      spki,
      counts: sql<boolean>`counts_beside(${officerCredential.officerId}, ${spki}, ${asked.by}::uuid, ${at}::timestamptz) = 'counts'
        and asker_counts(${asked.by}::uuid, ${asked.spki}, ${officerCredential.officerId}, ${at}::timestamptz) = 'counts'`,
    })
    .from(officerCredential)
    .where(and(eq(officerCredential.officerId, officerId), isNull(officerCredential.endedAt)))
    .orderBy(asc(officerCredential.at));
};

/**
 * The colleagues of an officer who could approve something with them: those who are penyelenggara. `asked`: what one of the two asks for, by which officer with which passkey, and when; what isn't
 * asked yet is asked with any passkey of theirs, now.
 */
export async function of(
  db: Db,
  officerId: string,
  asked: { spki: Bytes; at: Date } | null,
): Promise<Colleague[]> {
  const spki = asked ? sql`decode(${hex(asked.spki)}, 'hex')` : sql`mine.spki`;
  const at = asked ? sql`${asked.at.toISOString()}::timestamptz` : sql`'infinity'::timestamptz`;
  const rows = await db.execute<{ id: string; nama: string; outcomes: string[] }>(sql`
    select c.id, c.nama, coalesce(json_agg(distinct case when t.outcome <> 'counts' or m.outcome = 'counts' then t.outcome
        else 'own ' || m.outcome end), '[]') as outcomes
    from officer o join officer c on c.organizer_id = o.organizer_id and c.id <> o.id and c.removed_at is null
        and organizes(c.id) is not null
      left join officer_credential theirs on theirs.officer_id = c.id and theirs.ended_at is null
      left join officer_credential mine on mine.officer_id = o.id and mine.ended_at is null,
      -- OFFSET 0: each is worked out once, and not wherever it is named.
      lateral (select counts_beside(c.id, theirs.spki, o.id, ${at}) as outcome offset 0) t,
      lateral (select case when t.outcome = 'counts' then asker_counts(o.id, ${spki}, c.id, ${at}) end as outcome offset 0) m
    where o.id = ${officerId}::uuid
    group by c.id, c.nama, c.at order by c.at, c.id`);
  return rows.map(({ id, nama, outcomes }) => ({ id, nama, beside: bestOf(outcomes) }));
}

/** What `counts_beside` says of each pair of passkeys, as one: the best of it. */
export function bestOf(outcomes: readonly string[]): Colleague['beside'] {
  const best = (prefix: string) => COUNTING.find((word) => outcomes.includes(`${prefix}${word}`));
  const theirs = outcomeOf(COUNTING, best('') ?? best('own ') ?? 'officer-new');
  return theirs.ok ? theirs : { ...theirs, own: best('own ') !== undefined };
}

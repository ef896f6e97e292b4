/** What has changed about officers and their passkeys: everyone of the organiser sees it. Shown by test/office/change-officers.test.ts. */
import { asc, eq, max, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { officer, officerChange, officerCredential } from '../schema.ts';
import { parseChange, type RoleText, type Tindakan } from './change.ts';
import { ROLES_FOR } from './may.ts';
import { type Actor, actorJson } from './officer.ts';
import type { Peran } from './role.ts';

/** Besides what a passkey signs for: an officer came in by a link, a passkey did, a link was ended. `ubah-peran`: a role was given that was held. */
export type ChangeKind =
  | Exclude<Tindakan, 'periksa'>
  | 'masuk'
  | 'kunci-tautan'
  | 'akhiri-tautan'
  | 'ubah-peran';

export interface OfficerChange {
  id: number;
  tindakan: ChangeKind;
  /** Name of who did it; null: the installation itself. */
  by: string | null;
  /** Name of the officer who was changed. */
  nama: string;
  /** The role that it gave or ended. */
  peran: Peran | null;
  /** Title of the one event that the role is for. */
  judul: string | null;
  /** When the role begins, if that is after it was given. */
  mulai: Date | null;
  at: Date;
  news: boolean;
}

/**
 * Unacknowledged changes, on rows of `officer_change v` and `officer o`: those that o hasn't said they know of. What was done in
 * their own name counts too if a passkey that may be somebody else's did it, or it was to their own passkeys
 * (office/officer-key-owned.sql); and what is news, they say they know of with a passkey that is theirs: for one that was added,
 * one that they had before.
 */
export const isNews = sql`(v.at > o.at and v.tindakan <> 'periksa' and not (v.tindakan = 'masuk' and v.officer_id = o.id)
  and (v."by" is distinct from o.id or v.tindakan in ('masuk', 'tambah-kunci', 'kunci-tautan', 'tautan-kunci', 'akhiri-kunci')
    or not officer_key_owned(o.id, v.spki))
  and not exists (
    select 1 from officer_change p where p."by" = o.id and p.tindakan = 'periksa' and p.sampai >= v.id
      and officer_key_owned(o.id, p.spki)
      and (v.officer_id is distinct from o.id or v.tindakan not in ('tambah-kunci', 'kunci-tautan')
        or not exists (
          select 1 from officer_credential k join officer_credential n on n.id = v.credential_id
          where k.officer_id = o.id and k.ended_at is null and k.at < n.at)
        or exists (
          select 1 from officer_credential k join officer_credential n on n.id = v.credential_id
          where k.officer_id = o.id and k.spki = p.spki and k.at < n.at))))`;

/** Authorization, on the same rows: what o may see, all or their own (office/may.ts). */
export const concerns = sql`(v.officer_id = o.id or exists (
  select 1 from officer_role r where r.officer_id = o.id and r.kegiatan_id is null and role_in_force(r)
    and r.peran in (${sql.join(
      ROLES_FOR['petugas-lihat'].map((peran) => sql`${peran}`),
      sql`, `,
    )})))`;

/** All that is news, and the latest `most` of the rest; the latest first. */
export async function latest(db: Db, officerId: string, most: number): Promise<OfficerChange[]> {
  // A window function, and conditions that an UPDATE shares (sessions.ts).
  const rows = await db.execute<{
    id: number;
    tindakan: ChangeKind;
    by: string | null;
    nama: string;
    peran: Peran | null;
    text: string | null;
    judul: string | null;
    mulai: string | null;
    at: string;
    news: boolean;
  }>(sql`
    select * from (
      select v.id::integer as id, v.tindakan, w.nama as by, v.nama, v.peran, v.text, k.judul, i.mulai, v.at, ${isNews} as news,
        row_number() over (order by v.id desc) as place
      from officer o join officer_change v on v.organizer_id = o.organizer_id left join officer w on w.id = v."by"
        left join officer t on t.id = v.officer_id and v.tindakan = 'masuk'
        left join officer_invitation i on i.digest = t.invitation left join kegiatan k on k.id = i.kegiatan_id
      where o.id = ${officerId}::uuid and v.tindakan <> 'periksa' and ${concerns}) changes
    where news or place <= ${most}::integer order by id desc`);
  return rows.map(({ id, tindakan, by, nama, peran, text, judul, mulai, at, news }) => {
    // What a passkey has signed says it itself; who came in by a link signed nothing, and their invitation does.
    const said = text === null ? null : roleIn(text);
    const begins = said?.mulai ?? mulai;
    return {
      id,
      tindakan,
      by,
      nama,
      peran,
      judul: said?.kegiatan?.judul ?? judul,
      mulai: begins && new Date(begins) > new Date(at) ? new Date(begins) : null,
      at: new Date(at),
      news,
    };
  });
}

/** Of a text of a newer release nothing is known. */
function roleIn(text: string): RoleText | null {
  try {
    return parseChange(text).peran;
  } catch {
    return null;
  }
}

/** Id of the last change of an organiser's officers; 0 if there is none. */
export async function lastId(db: Db, organizerId: string): Promise<number> {
  const [row] = await db
    .select({ id: max(officerChange.id) })
    .from(officerChange)
    .where(eq(officerChange.organizerId, organizerId));
  return row!.id ?? 0;
}

/**
 * The installation's own word for an officer. `sampai`: the last change when the officer's passkeys were shown to who vouches; a passkey
 * that came later was not. False if there is none of that id, or one came.
 */
export async function vouch(db: Db, officerId: string, sampai: number): Promise<boolean> {
  const [row] = await db.execute<{ done: boolean }>(
    sql`select vouch_for_officer(${officerId}, ${sampai}::bigint) as done`,
  );
  return row!.done;
}

/** Of `end_officer_link`. */
export const LINK_ENDING = [
  'ended',
  'link-ended',
  'officer-stranger',
  'key-unowned',
  'officer-fresh',
  'officer-removed',
] as const;

/**
 * An officer ends a link that nobody has used: their own in any role, others' as penyelenggara; who is known to nobody, one of their own
 * alone, and so does a passkey that may be somebody else's. `credential`: the passkey that their session was opened with.
 */
export async function endLink(
  db: Db,
  by: Actor,
  credential: Bytes,
  digest: Bytes,
): Promise<Outcome<CodeOf<typeof LINK_ENDING>>> {
  const [row] = await db.execute<{ outcome: string }>(
    sql`select end_officer_link(${actorJson(by)}::jsonb, decode(${hex(credential)}, 'hex'), decode(${hex(digest)}, 'hex')) as outcome`,
  );
  return outcomeOf(LINK_ENDING, row!.outcome);
}

/** A change as it is kept, with who did it, the officer whose passkey signed for it, and the passkey that it is about. */
export type KeptChange = Awaited<ReturnType<typeof kept>>[number];

export function kept(db: Db) {
  const [signer, about] = [alias(officerCredential, 'signer'), alias(officerCredential, 'about')];
  const seen = alias(officerChange, 'seen');
  return db
    .select({
      change: officerChange,
      by: { nama: officer.nama, organizerId: officer.organizerId },
      signer: signer.officerId,
      about: about.spki,
      /** The last one that `periksa` is about. */
      seen: { at: seen.at },
    })
    .from(officerChange)
    .leftJoin(officer, eq(officer.id, officerChange.by))
    .leftJoin(signer, eq(signer.spki, officerChange.spki))
    .leftJoin(about, eq(about.id, officerChange.credentialId))
    .leftJoin(seen, eq(seen.id, officerChange.sampai))
    .orderBy(asc(officerChange.id));
}

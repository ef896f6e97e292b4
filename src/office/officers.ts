/** Officers and the one-time links that let them in. Shown by test/office/door.test.ts. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { newId } from '../lib/id.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { officer } from '../schema.ts';
import type { NewKey } from './credentials.ts';
import { digestOfToken, type EnterCode, type Link, type LinkCode, newToken } from './officer.ts';

/** Makes the link that founds an organiser: for the one who installs the service. Lasts a week, works once. */
export const foundingLink = (db: Db): Promise<string> => makeLink(db, {}, 168);

/** Makes a link for a new officer of an organiser; lasts 48 hours, works once. `by` null: the installation itself. */
export const invite = (db: Db, organizerId: string, by: string | null): Promise<string> =>
  makeLink(db, { organizerId, by }, 48);

/** Makes a link by which an officer adds a passkey on another device; lasts one hour, works once. */
export const inviteKey = (
  db: Db,
  { id, organizerId }: { id: string; organizerId: string },
): Promise<string> => makeLink(db, { organizerId, by: id, officerId: id }, 1);

async function makeLink(
  db: Db,
  link: { organizerId?: string; by?: string | null; officerId?: string },
  hours: number,
): Promise<string> {
  const token = newToken();
  const digest = await digestOfToken(token);
  await db.execute(sql`
    insert into officer_invitation (digest, organizer_id, officer_id, created_by, expires_at)
    values (decode(${hex(digest!)}, 'hex'), ${link.organizerId ?? null}, ${link.officerId ?? null}::uuid,
      ${link.by ?? null}::uuid, now() + make_interval(hours => ${hours}::integer))`);
  return token;
}

/** Whether the service has no organiser yet, and so needs a founding link. */
export async function none(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ none: boolean }>(sql`select not exists (select 1 from organizer) as none`);
  return row!.none;
}

/** What a link would open. */
export async function linkOf(
  db: Db,
  token: string,
): Promise<{ ok: true; link: Link } | { ok: false; code: LinkCode }> {
  const digest = await digestOfToken(token);
  if (!digest) return { ok: false, code: 'link-unknown' };
  const [row] = await db.execute<{
    used: boolean;
    lapsed: boolean;
    organizer: string | null;
    nama: string | null;
    key: boolean;
  }>(sql`
    select i.used_at is not null as used, i.expires_at <= now() as lapsed, g.nama as organizer, o.nama,
      i.officer_id is not null as key
    from officer_invitation i left join organizer g on g.id = i.organizer_id left join officer o on o.id = i.officer_id
    where i.digest = decode(${hex(digest)}, 'hex')`);
  if (!row) return { ok: false, code: 'link-unknown' };
  if (row.used) return { ok: false, code: 'link-used' };
  if (row.lapsed) return { ok: false, code: 'link-lapsed' };
  if (row.key) return { ok: true, link: { kind: 'key', organizer: row.organizer!, nama: row.nama! } };
  if (row.organizer === null) return { ok: true, link: { kind: 'founding' } };
  return { ok: true, link: { kind: 'officer', organizer: row.organizer } };
}

export interface Entry {
  token: string;
  made: NewKey;
  userHandle: Bytes;
  /** Digest of the new session's cookie. */
  session: Bytes;
  nama: string;
  /** For the founding link. */
  organizer: { nama: string; wilayah: string };
}

/** Of `enter_by_link`. */
export const ENTERING = [
  'entered',
  'link-unknown',
  'link-used',
  'link-lapsed',
  'area-unknown',
  'credential-taken',
  'officer-removed',
] as const;

/** Of `remove_officer`. */
export const REMOVING = ['removed', 'officer-unknown', 'officer-last'] as const;
export type RemoveCode = CodeOf<typeof REMOVING>;

/** Uses a link up: organiser, officer, passkey and session are made in one statement, or none of them. */
export async function enter(db: Db, entry: Entry): Promise<Outcome<EnterCode>> {
  const link = await digestOfToken(entry.token);
  if (!link) return { ok: false, code: 'link-unknown' };
  const a = JSON.stringify({
    link: hex(link),
    credential: hex(entry.made.id),
    spki: hex(entry.made.spki),
    user_handle: hex(entry.userHandle),
    session: hex(entry.session),
    counter: entry.made.counter,
    backup_eligible: entry.made.backupEligible,
    officer: crypto.randomUUID(),
    nama: entry.nama,
    organizer: newId(),
    organizer_nama: entry.organizer.nama,
    wilayah: entry.organizer.wilayah,
  });
  const [row] = await db.execute<{ outcome: string }>(sql`select enter_by_link(${a}::jsonb) as outcome`);
  return outcomeOf(ENTERING, row!.outcome);
}

export interface ListedOfficer {
  id: string;
  nama: string;
  keys: number;
  at: Date;
}

/** Those who may enter, in the order they came. */
export const list = (db: Db, organizerId: string): Promise<ListedOfficer[]> =>
  db
    .select({
      id: officer.id,
      nama: officer.nama,
      keys: sql<number>`(select count(*)::integer from officer_credential c where c.officer_id = officer.id)`,
      at: officer.at,
    })
    .from(officer)
    .where(and(eq(officer.organizerId, organizerId), isNull(officer.removedAt)))
    .orderBy(asc(officer.at));

/** Takes an officer's way in; never the last one's. */
export async function remove(
  db: Db,
  organizerId: string,
  officerId: string,
  by: string,
): Promise<Outcome<RemoveCode>> {
  const [row] = await db.execute<{ outcome: string }>(
    sql`select remove_officer(${organizerId}, ${officerId}::uuid, ${by}::uuid) as outcome`,
  );
  return outcomeOf(REMOVING, row!.outcome);
}

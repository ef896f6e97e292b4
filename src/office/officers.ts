/** Officers and the one-time links that let them in. Shown by test/office/door.test.ts. */
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import { newId } from '../lib/id.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import type { Digest } from '../lib/sha256.ts';
import { kegiatan, officer, officerCredential, officerInvitation, organizer } from '../schema.ts';
import type { Approval } from './approve.ts';
import type { Change } from './change.ts';
import {
  type Actor,
  actorFields,
  digestOfToken,
  type EnterCode,
  type Link,
  type LinkCode,
  newToken,
} from './officer.ts';
import type { NewKey } from './officer-credentials.ts';
import type { Peran, Role } from './role.ts';

/** Makes the link that founds an organiser: for the one who installs the service. Lasts a week, works once; those before it end. */
export const foundingLink = async (db: Db): Promise<string> => (await printLink(db, false))!;

/** The same, while there is no organiser yet; null if there is one. */
export const firstLink = (db: Db): Promise<string | null> => printLink(db, true);

async function printLink(db: Db, first: boolean): Promise<string | null> {
  const token = newToken();
  const digest = await digestOfToken(token);
  const [row] = await db.execute<{ kept: boolean }>(
    sql`select print_founding_link(decode(${hex(digest!)}, 'hex'), ${first}::boolean) as kept`,
  );
  return row!.kept ? token : null;
}

/** Of `print_officer_link`. */
export const PRINTING = ['printed', 'organizer-unknown', 'officer-named', 'role-event'] as const;
export type AppointCode = CodeOf<typeof PRINTING>;

/**
 * The installation invites an officer: somebody whom it knows, and not only their colleague. Lasts 48 hours, works once; any other
 * open invitation of that name ends. `nama` null: whoever has it says so.
 */
export async function appoint(
  db: Db,
  organizerId: string,
  nama: string | null,
  role: Pick<Role, 'peran'> & Partial<Role> & { mulai?: Date | null } = { peran: 'penyelenggara' },
): Promise<{ ok: true; token: string } | { ok: false; code: AppointCode }> {
  const token = newToken();
  const digest = await digestOfToken(token);
  const r = JSON.stringify({
    peran: role.peran,
    kegiatan: role.kegiatanId,
    lembaga: role.lembaga,
    jabatan: role.jabatan,
    mulai: role.mulai?.toISOString(),
    sampai: role.sampai?.toISOString(),
  });
  const [row] = await db.execute<{ outcome: string }>(sql`
    select print_officer_link(${organizerId}, null, ${nama}::text, decode(${hex(digest!)}, 'hex'), ${r}::jsonb) as outcome`);
  const done = outcomeOf(PRINTING, row!.outcome);
  return done.ok ? { ok: true, token } : done;
}

/**
 * The installation lets an officer make a passkey: one who has lost all of theirs, and whom it knows. Lasts 48 hours, works once;
 * an older link for a passkey of theirs ends. Null if there is no officer of that id.
 */
export async function linkForKey(db: Db, officerId: string): Promise<string | null> {
  const token = newToken();
  const digest = await digestOfToken(token);
  const [row] = await db.execute<{ outcome: string }>(sql`
    select print_officer_link(o.organizer_id, o.id::text, null, decode(${hex(digest!)}, 'hex'), null) as outcome
    from officer o where o.id::text = ${officerId}`);
  return row && outcomeOf(PRINTING, row.outcome).ok ? token : null;
}

/** The installation itself removes an officer. False if there is none of that id. */
export async function dismiss(db: Db, officerId: string): Promise<boolean> {
  const [row] = await db.execute<{ done: boolean }>(sql`select dismiss_officer(${officerId}) as done`);
  return row!.done;
}

/** Of `give_penyelenggara`. */
export const GIVING = ['given', 'officer-unknown', 'role-known'] as const;

/** The installation itself makes an officer penyelenggara. */
export async function givePenyelenggara(db: Db, officerId: string): Promise<Outcome<CodeOf<typeof GIVING>>> {
  const [row] = await db.execute<{ outcome: string }>(
    sql`select give_penyelenggara(${officerId}) as outcome`,
  );
  return outcomeOf(GIVING, row!.outcome);
}

/** Whether the service has no organiser yet, and so needs a founding link. */
export async function none(db: Db): Promise<boolean> {
  // A subquery alone: there may be no row to begin from.
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
    ended: boolean;
    lapsed: boolean;
    organizer: string | null;
    wilayah: string | null;
    nama: string | null;
    key: boolean;
    role: Omit<Role, 'kegiatanId' | 'sampai'> & Record<'judul' | 'mulai' | 'sampai', string | null>;
  }>(sql`
    select i.used_at is not null as used, i.expires_at <= now() as lapsed, g.nama as organizer, g.wilayah,
      json_build_object('peran', i.peran, 'judul', k.judul, 'lembaga', i.lembaga, 'jabatan', i.jabatan,
        'mulai', case when i.mulai > now() then i.mulai end, 'sampai', i.sampai) as role,
      coalesce(o.nama, i.nama) as nama, i.officer_id is not null as key,
      i.ended_at is not null or not link_stands(i)
        or (i.organizer_id is null and exists (select 1 from organizer f where f.at >= i.at)) as ended
    from officer_invitation i left join organizer g on g.id = i.organizer_id left join officer o on o.id = i.officer_id
      left join kegiatan k on k.id = i.kegiatan_id
    where i.digest = decode(${hex(digest)}, 'hex')`);
  if (!row) return { ok: false, code: 'link-unknown' };
  if (row.used) return { ok: false, code: 'link-used' };
  if (row.ended) return { ok: false, code: 'link-ended' };
  if (row.lapsed) return { ok: false, code: 'link-lapsed' };
  if (row.key) return { ok: true, link: { kind: 'key', organizer: row.organizer!, nama: row.nama! } };
  if (row.organizer === null) return { ok: true, link: { kind: 'founding' } };
  const role = { ...row.role, mulai: dateOf(row.role.mulai), sampai: dateOf(row.role.sampai) };
  const { organizer, nama } = row;
  return { ok: true, link: { kind: 'officer', organizer, wilayah: row.wilayah!, nama, role } };
}

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

interface Entry {
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
  'link-ended',
  'area-unknown',
  'organizer-known',
  'officer-named',
  'credential-taken',
  'officer-removed',
] as const;

/** Of `change_officers`. */
export const CHANGING = [
  'changed',
  'officer-removed',
  'statement-lapsed',
  'officer-unknown',
  'officer-last',
  'officer-known',
  'officer-changed',
  'officer-own',
  'officer-named',
  'officer-invited',
  'officer-fresh',
  'officer-stranger',
  'key-unknown',
  'key-last',
  'key-oldest',
  'key-unowned',
  'credential-taken',
  'role-known',
  'role-same',
  'role-changed',
  'role-unknown',
  'role-last',
  'role-event',
  'role-past',
  'role-early',
  'role-reversed',
  'role-begun',
  'role-beyond',
  'role-bound',
  'falls-unseen',
] as const;
export type ChangingCode = CodeOf<typeof CHANGING>;

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

/** What an officer's passkey has signed (change.ts), and what it is about. */
export interface SignedChange {
  by: Actor;
  change: Change;
  text: string;
  terbit: string;
  approval: Approval;
  /** Digest of a new link's token, and how long it lasts. */
  link?: { digest: Bytes; hours: number };
  /** The passkey that ends. */
  credentialId?: Bytes;
  /** Id of the last change that was looked at, or shown when they vouch. */
  sampai?: number;
  /** The role's version when it was shown. */
  versi?: number;
  /** What ends with the change or the end of a role, as it was shown. */
  ikut?: string;
  /** The passkey that is added. */
  added?: { made: NewKey; userHandle: Bytes };
}

export async function change(db: Db, signed: SignedChange): Promise<Outcome<ChangingCode>> {
  const { approval, added, link } = signed;
  const credentialId = added?.made.id ?? signed.credentialId;
  const { tindakan, kunci, peran } = signed.change;
  const a = JSON.stringify({
    tindakan,
    actor: actorFields(signed.by),
    target: signed.change.id,
    nama: signed.change.petugas,
    text: signed.text,
    authenticator_data: hex(approval.authenticatorData),
    client_data_json: hex(approval.clientDataJson),
    signature: hex(approval.signature),
    spki: hex(approval.spki),
    ...(signed.sampai !== undefined && { sampai: signed.sampai }),
    ...(signed.versi !== undefined && { versi: signed.versi }),
    ...(signed.ikut !== undefined && { ikut: signed.ikut }),
    ...(peran && {
      peran: peran.peran,
      kegiatan: peran.kegiatan?.id,
      lembaga: peran.lembaga,
      jabatan: peran.jabatan,
      berlaku_mulai: peran.mulai,
      berlaku_sampai: peran.sampai,
    }),
    ...(tindakan === 'jamin' && { keys: kunci }),
    ...(link && { link: hex(link.digest), hours: link.hours }),
    ...(credentialId && { credential: hex(credentialId) }),
    ...(added && {
      new_spki: hex(added.made.spki),
      user_handle: hex(added.userHandle),
      counter: added.made.counter,
      backup_eligible: added.made.backupEligible,
    }),
  });
  const [row] = await db.execute<{ outcome: string }>(
    sql`select change_officers(${a}::jsonb, ${signed.terbit}::timestamptz) as outcome`,
  );
  return outcomeOf(CHANGING, row!.outcome);
}

/** The database's time: `2026-11-24T01:30:00Z`. */
export async function now(db: Db): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select ikrar_time(clock_timestamp()) as now`);
  return row!.now;
}

export interface ListedKey {
  credentialId: Bytes;
  /** Digest of its public key. */
  kunci: Digest;
  at: Date;
  /** When somebody last logged in with it. */
  usedAt: Date | null;
}

/** A role that somebody has, as it is listed. */
export interface ListedRole extends Role {
  /** Another once anything of it is changed. */
  versi: number;
  /** Id of who gave it; null: the installation. */
  by: string | null;
  /** Title of the one event that it is for. */
  judul: string | null;
  sejak: Date;
  /** It begins then, and lets nobody do anything before. */
  toCome: boolean;
}

export interface ListedOfficer {
  id: string;
  nama: string;
  at: Date;
  /** By whom they are known: who invited them, or made a penyelenggara of them; null: the installation. */
  knownBy: string | null;
  /** Whether that counts: an officer who was removed, or whose passkey ended, knows nobody any more; a new one, nobody yet. */
  wordCounts: 'counts' | 'not-yet' | 'no-longer';
  /** Who has vouched for them besides, and whether that counts already; name null: the installation. */
  vouchedBy: { nama: string | null; counts: boolean }[];
  /** Those that work, in the order they were made. */
  keys: ListedKey[];
  /** Those in force and to come, in the order they were given. */
  roles: ListedRole[];
}

type RoleRow = Omit<ListedRole, 'sejak' | 'sampai'> & { sejak: string; sampai: string | null };

/** A role, `officer_role r` with the event `kegiatan k`, as JSON. */
const roleJson = sql`json_build_object('versi', r.id, 'by', r.by, 'peran', r.peran, 'kegiatanId', r.kegiatan_id, 'judul', k.judul,
  'lembaga', r.lembaga, 'jabatan', r.jabatan, 'sejak', r.sejak, 'sampai', r.sampai, 'toCome', not role_in_force(r))`;

/** Roles of the officer whose id this is, as JSON. */
const rolesHeld = (officerId: SQL): SQL => sql`
  (select coalesce(json_agg(${roleJson} order by r.id), '[]')
    from officer_role r left join kegiatan k on k.id = r.kegiatan_id
    where r.officer_id = ${officerId} and role_held(r))`;

const listedRole = (row: RoleRow): ListedRole => ({
  ...row,
  sejak: new Date(row.sejak),
  sampai: dateOf(row.sampai),
});

/** An officer's roles, in force and to come. */
export async function rolesOf(db: Db, officerId: string): Promise<ListedRole[]> {
  const [row] = await db.execute<{ roles: RoleRow[] }>(
    sql`select ${rolesHeld(sql`${officerId}::uuid`)} as roles`,
  );
  return row!.roles.map(listedRole);
}

/** Those who may enter, in the order they came. */
export async function list(db: Db, organizerId: string): Promise<ListedOfficer[]> {
  const rows = await db.execute<{
    id: string;
    nama: string;
    at: string;
    known_by: string | null;
    word_counts: ListedOfficer['wordCounts'];
    vouched_by: ListedOfficer['vouchedBy'];
    keys: { id: string; kunci: string; at: string; used_at: string | null }[];
    roles: RoleRow[];
  }>(sql`
    select o.id, o.nama, o.at, w.nama as known_by, case when n.counts then 'counts' when n.stands then 'not-yet' else 'no-longer' end as word_counts,
      coalesce((select json_agg(json_build_object('nama', v.nama, 'counts', k.counts) order by k.at)
        from officer_knows(o.organizer_id) k left join officer v on v.id = k.who
        where k.whom = o.id and k.vouched and k.of_organizer and k.stands), '[]') as vouched_by,
      (select coalesce(json_agg(json_build_object('id', encode(c.id, 'hex'), 'kunci', 'sha256:' || encode(sha256(c.spki), 'hex'),
          'at', c.at, 'used_at', (select max(s.at) from officer_session s where s.credential_id = c.id))
          order by c.at, c.id), '[]')
        from officer_credential c where c.officer_id = o.id and c.ended_at is null) as keys,
      ${rolesHeld(sql`o.id`)} as roles
    from officer o
    join officer_knows(o.organizer_id) n on n.whom = o.id and n.of_organizer and not n.vouched
    left join officer w on w.id = n.who
    where o.organizer_id = ${organizerId} and o.removed_at is null
    order by o.at, o.id`);
  return rows.map((row) => ({
    id: row.id,
    nama: row.nama,
    at: new Date(row.at),
    knownBy: row.known_by,
    wordCounts: row.word_counts,
    vouchedBy: row.vouched_by,
    keys: row.keys.map((key) => ({
      credentialId: fromHex(key.id),
      kunci: key.kunci as Digest,
      at: new Date(key.at),
      usedAt: key.used_at === null ? null : new Date(key.used_at),
    })),
    roles: row.roles.map(listedRole),
  }));
}

export interface Organizer {
  id: string;
  nama: string;
  /** Code of its area. */
  wilayah: string;
  officers: ListedOfficer[];
}

/** All of them, with those who may enter. */
export async function organizers(db: Db): Promise<Organizer[]> {
  const { id, nama, wilayah, at } = organizer;
  const rows = await db.select({ id, nama, wilayah }).from(organizer).orderBy(asc(at), asc(id));
  return Promise.all(rows.map(async (row) => ({ ...row, officers: await list(db, row.id) })));
}

export interface OpenLink {
  /** Hexadecimal. */
  digest: string;
  /** For a passkey of somebody who is an officer. */
  key: boolean;
  /** Whom it is for, if it says so. */
  nama: string | null;
  /** As what, and for which event, unless it is for a passkey. */
  peran: Peran;
  judul: string | null;
  /** For which institution, and as what there. */
  lembaga: string;
  jabatan: string;
  /** When the role begins, if that is to come, and when it ends. */
  mulai: Date | null;
  sampai: Date | null;
  /** Who made it; null: the installation. */
  by: string | null;
  at: Date;
  expiresAt: Date;
}

/** Links that would still let somebody in. */
export function openLinks(db: Db, organizerId: string): Promise<OpenLink[]> {
  const maker = alias(officer, 'maker');
  const link = officerInvitation;
  return db
    .select({
      digest: sql<string>`encode(${link.digest}, 'hex')`,
      key: sql<boolean>`${link.officerId} is not null`,
      nama: sql<string | null>`coalesce(${officer.nama}, ${link.nama})`,
      peran: sql<Peran>`${link.peran}`,
      judul: kegiatan.judul,
      lembaga: link.lembaga,
      jabatan: link.jabatan,
      mulai: sql`case when ${link.mulai} > now() then ${link.mulai} end`.mapWith(link.mulai),
      sampai: link.sampai,
      by: maker.nama,
      at: link.at,
      expiresAt: link.expiresAt,
    })
    .from(link)
    .leftJoin(officer, eq(officer.id, link.officerId))
    .leftJoin(maker, eq(maker.id, link.createdBy))
    .leftJoin(kegiatan, eq(kegiatan.id, link.kegiatanId))
    .where(
      and(
        eq(link.organizerId, organizerId),
        isNull(link.usedAt),
        isNull(link.endedAt),
        sql`${link.expiresAt} > now()`,
        sql`link_stands(officer_invitation)`,
      ),
    )
    .orderBy(asc(link.at));
}

/** A role, and whose it is. */
export interface RoleOf {
  id: string;
  nama: string;
  role: ListedRole;
}

export interface Dependent {
  /** What ends, as one value (falls-digest.sql). Empty: nothing. */
  ikut: string;
  /** Open links that they made, for others and for their own passkeys. */
  links: number;
  /** Withdrawals that they asked for and nobody has confirmed. */
  requests: number;
  /** Roles to come that they gave. */
  roles: RoleOf[];
  /** Roles that they gave or changed with the passkey, and that have begun: those stay. */
  stays: RoleOf[];
}

/** What comes to its end: a role, now or on another day than before (null: on none), or a passkey. Neither: the officer is removed. */
export interface Ending {
  versi?: number | undefined;
  until?: string | null | undefined;
  credentialId?: Bytes | undefined;
}

/** What ends with an officer, with one role of theirs, or with one passkey: nobody stands behind it any more (falls-with.sql). */
export async function dependent(
  db: Db,
  officerId: string,
  { versi, until, credentialId }: Ending = {},
): Promise<Dependent> {
  type Row = { id: string; nama: string; role: RoleRow };
  const [row] = await db.execute<{
    ikut: string;
    links: number;
    requests: number;
    roles: Row[];
    stays: Row[];
  }>(sql`
    with e as (
      select ${officerId}::uuid as id, ${versi ?? null}::bigint as role,
        ${until === null ? 'infinity' : (until ?? null)}::timestamptz as until,
        (select c.spki from officer_credential c
          where c.id = decode(${credentialId ? hex(credentialId) : null}::text, 'hex')) as spki
    ), f as materialized (select f.apa, f.id from e, falls_with(e.id, e.role, e.until, e.spki) f)
    select falls_digest(e.id, e.role, e.until, e.spki) as ikut,
      (select count(*)::integer from f where f.apa = 'tautan') as links,
      (select count(*)::integer from f where f.apa = 'pengajuan') as requests,
      ${rolesAmong(sql`r.id::text in (select f.id from f where f.apa = 'peran')`)} as roles,
      ${rolesAmong(sql`r.by = e.id and r.spki = e.spki and role_in_force(r)`)} as stays
    from e`);
  const rolesOfRows = (rows: Row[]) => rows.map(({ role, ...of }) => ({ ...of, role: listedRole(role) }));
  return { ...row!, roles: rolesOfRows(row!.roles), stays: rolesOfRows(row!.stays) };
}

/** Roles, `officer_role r`, of those who are officers, and whose they are, as JSON. */
const rolesAmong = (which: SQL): SQL => sql`
  (select coalesce(json_agg(json_build_object('id', o.id, 'nama', o.nama, 'role', ${roleJson}) order by r.id), '[]')
    from officer_role r join officer o on o.id = r.officer_id left join kegiatan k on k.id = r.kegiatan_id
    where o.removed_at is null and ${which})`;

/** Of `counts_beside`. */
export const COUNTING = [
  'counts',
  'officer-same',
  'officer-role',
  'officers-related',
  'officer-new',
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
export async function colleagues(
  db: Db,
  officerId: string,
  asked: { spki: Bytes; at: Date } | null,
): Promise<Colleague[]> {
  const spki = asked ? sql`decode(${hex(asked.spki)}, 'hex')` : sql`mine.spki`;
  const at = asked ? sql`${asked.at.toISOString()}::timestamptz` : sql`'infinity'::timestamptz`;
  const rows = await db.execute<{ id: string; nama: string; outcomes: string[] }>(sql`
    select c.id, c.nama, coalesce(json_agg(distinct case
        when counts_beside(c.id, theirs.spki, o.id, ${at}) <> 'counts' then counts_beside(c.id, theirs.spki, o.id, ${at})
        when asker_counts(o.id, ${spki}, c.id, ${at}) <> 'counts' then 'own ' || asker_counts(o.id, ${spki}, c.id, ${at})
        else 'counts' end), '[]') as outcomes
    from officer o join officer c on c.organizer_id = o.organizer_id and c.id <> o.id and c.removed_at is null
        and organizes(c.id) is not null
      left join officer_credential theirs on theirs.officer_id = c.id and theirs.ended_at is null
      left join officer_credential mine on mine.officer_id = o.id and mine.ended_at is null
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

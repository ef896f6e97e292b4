/** One-time links that let officers in, or a passkey of theirs. Shown by test/office/door.test.ts. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { newId } from '../lib/id.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { kegiatan, officer, officerInvitation } from '../schema.ts';
import {
  digestOfToken,
  type EnterCode,
  type Link,
  type LinkCode,
  newToken,
  type Officer,
} from './officer.ts';
import type { NewKey } from './officer-credentials.ts';
import { dateOf } from './officer-roles.ts';
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
  byId: string | null;
  at: Date;
  expiresAt: Date;
}

/** Links that would still let somebody in. */
export async function openLinks(db: Db, organizerId: string): Promise<OpenLink[]> {
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
      byId: link.createdBy,
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

/** Digests of the open links that an officer may end out of their session (end-refused.sql); others' as penyelenggara alone. */
export async function endable(
  db: Db,
  { id, organizerId, credential }: Pick<Officer, 'id' | 'organizerId' | 'credential'>,
): Promise<ReadonlySet<string>> {
  const actor = JSON.stringify({ id, organizer: organizerId });
  const rows = await db.execute<{ digest: string }>(sql`
    select encode(i.digest, 'hex') as digest from open_links(${organizerId}) i
    where end_refused(${actor}::jsonb, decode(${hex(credential)}, 'hex'), i.created_by, i.spki, i.at) is null`);
  return new Set(rows.map(({ digest }) => digest));
}

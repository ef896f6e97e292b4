/**
 * Invitations that were made, and what opens with one. Used = a signature of its person stands. Void = there is a newer
 * one, the office has another holder than the card names, or what was signed with it was withdrawn. Whose place was taken off the
 * list has no card, and the one they hold says so. Shown by test/invitation/invitations.test.ts.
 */
import { and, asc, desc, eq, isNull, ne, not, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Help, helpOf } from '../kegiatan/help.ts';
import { type Bytes, equal, hex } from '../lib/bytes.ts';
import type { Secret } from '../lib/secret.ts';
import type { Zona } from '../lib/zone.ts';
import type { Unsur } from '../naskah/wording.ts';
import { type Actor, actorJson } from '../office/officer.ts';
import { fullName } from '../roster/person.ts';
import { invitation, isListed, person } from '../schema.ts';
import { describePath, pathIn } from '../wilayah/area.ts';
import * as areas from '../wilayah/areas.ts';
import type { Card } from './card.ts';
import { deriveInvitation, digestOf, type Invitation } from './token.ts';

export type InvitationCode =
  | 'invitation-unknown'
  /** There is a newer one. */
  | 'invitation-void'
  /** The newest there is; the office has another name there since. */
  | 'invitation-renamed'
  /** The newest there is, and what was signed with it was withdrawn; or whoever brings it has signed what was withdrawn. */
  | 'invitation-withdrawn'
  /** The newest there is, of which the name was erased with that of a withdrawn pledge. */
  | 'invitation-erased'
  | 'invitation-removed'
  | 'invitation-lapsed'
  | 'invitation-early'
  | 'invitation-closed'
  | 'invitation-wordless';

/** Who is invited, to what, and whether they have signed. */
export interface Guest {
  personId: string;
  /** Of the card. */
  version: number;
  kegiatanId: string;
  judul: string;
  help: Help;
  zona: Zona;
  unsur: Unsur;
  /** With titles. */
  nama: string;
  jabatan: string;
  /** Code of the area. */
  wilayah: string;
  /** The wording for this unsur at this event. */
  naskah: { id: string; versi: number };
  /** Code of the pledge, once it is signed. */
  kode: string | null;
}

/**
 * `help`: whom to ask, of an invitation that is known. `names`: what it is known by, however it came: the digests of its token and
 * of its typed code, in hexadecimal.
 */
export type Redeemed =
  | { ok: true; guest: Guest; names: readonly string[] }
  | { ok: false; code: 'invitation-unknown' }
  | { ok: false; code: Exclude<InvitationCode, 'invitation-unknown'>; help: Help; names: readonly string[] };

/**
 * What the digest of a token or typed code opens. A signed pledge opens also after the deadline and the closing; and with a card
 * that was replaced for whoever brings the digest of the statement, one of `signed`: it was theirs before it was void.
 * Of several reasons that it doesn't open, the one is said that is true for longest: nobody is sent for a card that opens nothing.
 * One and the same query whatever is asked, so that a guesser learns nothing from the time it takes.
 */
export async function redeem(db: Db, digest: Bytes, signed: readonly Bytes[] = []): Promise<Redeemed> {
  const theirs = sql`array(select decode(h, 'hex') from jsonb_array_elements_text(${JSON.stringify(signed.map(hex))}::jsonb) h)`;
  const replaced = sql`exists (select 1 from invitation n where n.person_id = i.person_id and n.version > i.version)`;
  // On the road of a signature: to build it would take longer than to ask it (db.ts).
  const [row] = await db.execute<RedeemRow>(sql`
    select p.id as person_id, i.version, k.id as kegiatan_id, k.judul, k.tanggal::text, k.kontak_nama, k.kontak_nomor,
      o.nama as penyelenggara, k.zona, p.unsur, p.gelar_depan,
      p.nama, p.gelar_belakang, p.jabatan, p.wilayah, kn.naskah, kn.versi, s.kode, not ${isListed(sql`p.id`)} as removed, tahap_kegiatan(k.id) as tahap, k.batas <= now() as lapsed,
      encode(i.token_digest, 'hex') as token_digest, encode(i.code_digest, 'hex') as code_digest,
      ${erased(sql`s.hash`)} or coalesce(s.hash = any(${theirs}), false) as open, i.nama = '' as blank, i.nama <> p.nama as renamed,
      ${replaced} as replaced, ${withdrawn(sql`i`)} as withdrawn,
      exists (select 1 from withdrawal w join signature g on g.hash = w.hash
        where g.person_id = p.id and g.hash = any(${theirs})) as taken_back
    from invitation i
    join person p on p.id = i.person_id
    join kegiatan k on k.id = p.kegiatan_id
    join organizer o on o.id = k.organizer_id
    left join kegiatan_naskah kn on kn.kegiatan_id = k.id and kn.unsur = p.unsur
    left join signature s on s.hash = standing_pledge(p.id)
    where i.token_digest = decode(${hex(digest)}, 'hex') or i.code_digest = decode(${hex(digest)}, 'hex')`);
  if (!row) return { ok: false, code: 'invitation-unknown' };
  const { kontak_nama: kontakNama, kontak_nomor: kontakNomor } = row;
  const help = helpOf(row.penyelenggara, { ...row, kontakNama, kontakNomor });
  const names = [row.token_digest, row.code_digest];
  const shut = shutBy(row);
  if (shut !== null) return { ok: false, code: shut, help, names };
  // An unsur that came to the list after the opening.
  if (row.naskah === null) return { ok: false, code: 'invitation-wordless', help, names };
  return {
    ok: true,
    names,
    guest: {
      personId: row.person_id,
      version: row.version,
      kegiatanId: row.kegiatan_id,
      judul: row.judul,
      help,
      zona: row.zona,
      unsur: row.unsur,
      nama: fullName({ gelarDepan: row.gelar_depan, nama: row.nama, gelarBelakang: row.gelar_belakang }),
      jabatan: row.jabatan,
      wilayah: row.wilayah,
      naskah: { id: row.naskah, versi: row.versi },
      kode: row.kode,
    },
  };
}

/** Why it doesn't open, or null. */
function shutBy(row: RedeemRow): InvitationCode | null {
  const signed = row.kode !== null;
  if (signed && row.open) return null;
  const first = !row.replaced;
  const stale = row.replaced || row.renamed || row.withdrawn;
  if (signed && !stale) return null;
  if (!signed && row.removed) return 'invitation-removed';
  if (row.taken_back) return 'invitation-withdrawn';
  if (first && row.blank) return 'invitation-erased';
  if (first && row.withdrawn) return 'invitation-withdrawn';
  // Also of a card that was replaced: the newer one doesn't open either.
  if (!signed && row.tahap === 'ditutup') return 'invitation-closed';
  if (!signed && row.tahap === 'dibuka' && row.lapsed) return 'invitation-lapsed';
  if (row.replaced) return 'invitation-void';
  if (row.renamed) return 'invitation-renamed';
  return row.tahap === 'disiapkan' ? 'invitation-early' : null;
}

/** On rows of `invitation`: there is a newer one for the person. */
const isReplaced = sql`exists (select 1 from invitation n
  where n.person_id = ${invitation.personId} and n.version > ${invitation.version})`;

/** Whether a pledge of the person was withdrawn after the invitation was made. */
const withdrawn = (made: SQL = sql`invitation`): SQL => sql`exists (
  select 1 from withdrawal w join signature g on g.hash = w.hash
  where g.person_id = ${made}.person_id and w.at >= ${made}.at)`;

/** Whether a pledge's data were erased. For a place where it stands no card is made, which would keep the name again, and an old one says so. */
const erased = (hash: SQL): SQL => sql`exists (select 1 from erasure e where e.hash = ${hash})`;

/** On rows of `person`: a card may be made. */
const mayHold = and(ne(person.nama, ''), isListed(), not(erased(sql`standing_pledge(${person.id})`)));

/** On rows of `person p`: somebody on the list who holds no card that works; they may have signed all the same. */
export const cardless: SQL = sql`(p.nama <> '' and ${isListed(sql`p.id`)} and not exists (
    select from invitation i where i.person_id = p.id and i.nama = p.nama and not ${withdrawn(sql`i`)}
      and not exists (select from invitation n where n.person_id = p.id and n.version > i.version)))`;

/** What was made, as it is kept. */
interface Made {
  personId: string;
  version: number;
  /** `digestOf` its token. */
  tokenDigest: Bytes;
}

/** Whether this secret makes that invitation. Another's can't print its card again. */
export async function isOurs(secret: Secret, { personId, version, tokenDigest }: Made): Promise<boolean> {
  const { token } = await deriveInvitation(secret, personId, version);
  return equal(await digestOf(token), tokenDigest);
}

/** The last one that was made, for anyone. */
export async function newest(db: Db): Promise<Made | null> {
  const [made] = await db
    .select({
      personId: invitation.personId,
      version: invitation.version,
      tokenDigest: invitation.tokenDigest,
    })
    .from(invitation)
    .orderBy(desc(invitation.at))
    .limit(1);
  return made ?? null;
}

/** How many people who haven't signed hold an invitation that another secret made. */
export async function countOthers(db: Db, secret: Secret): Promise<number> {
  const { personId, version, tokenDigest } = invitation;
  const rows = await db
    .selectDistinctOn([personId], { personId, version, tokenDigest })
    .from(invitation)
    .where(and(isNull(sql`standing_pledge(${personId})`), isListed(sql`${personId}`)))
    .orderBy(asc(personId), desc(version));
  const ours = await Promise.all(rows.map((row) => isOurs(secret, row)));
  return ours.filter((is) => !is).length;
}

/** Some of an event's list: of a kecamatan (or a kabupaten, for those who serve that as a whole), of an unsur, of numbers. */
export interface Some {
  wilayah?: string;
  unsur?: Unsur;
  /** Both included. */
  dari?: number;
  sampai?: number;
  personId?: string;
}

/**
 * Everyone on the list with their number; where an event isn't open yet, with the one that opening gives (number-places.sql), so that
 * cards can be named before. Of one person alone nobody else is counted: there is no number before the opening.
 */
const numbers = (kegiatanId: string, personId?: string): SQL =>
  personId !== undefined
    ? sql`(select p.id as person_id, p.urut as nomor from person p where p.id = ${personId}::uuid) numbers`
    : sql`(
  select p.id as person_id, p.urut as nomor from person p where p.kegiatan_id = ${kegiatanId} and p.urut is not null
  union all
  select p.id, ((select coalesce(max(g.urut), 0) from person g where g.kegiatan_id = ${kegiatanId}) + row_number() over (
    order by p.wilayah collate "C", p.unsur collate "C", p.nama collate "C", p.tempat collate "C"))::integer
  from person p where p.kegiatan_id = ${kegiatanId} and p.urut is null and ${isListed(sql`p.id`)}) numbers`;
const nomor = sql<number>`numbers.nomor`;
const isNumbered = sql`numbers.person_id = ${person.id}`;

const among = ({ wilayah, unsur, dari, sampai, personId }: Some): SQL | undefined =>
  and(
    personId === undefined ? undefined : eq(person.id, personId),
    wilayah === undefined ? undefined : sql`wilayah_hitung(${person.wilayah}) = ${wilayah}`,
    unsur === undefined ? undefined : eq(person.unsur, unsur),
    dari === undefined ? undefined : sql`${nomor} >= ${dari}`,
    sampai === undefined ? undefined : sql`${nomor} <= ${sampai}`,
  );

/** Cards of a list that are printed as one file. */
export interface CardPart {
  /** Numbers of the first and the last one. */
  dari: number;
  sampai: number;
  /** Where these two are counted: names of a kecamatan, or of a kabupaten. */
  from: string;
  to: string;
  cards: number;
  /** How many of them are to be made yet. */
  missing: number;
}

/** Everyone who has or may have a card, in the order of the list, so many in a part. */
export async function parts(db: Db, kegiatanId: string, some: Some, size: number): Promise<CardPart[]> {
  const rows = await db.execute<CardPart & Record<string, unknown>>(sql`
    with wanted as (
      select ${nomor} as nomor, coalesce(a.nama, person.wilayah) as nama, person.id,
        (row_number() over (order by ${nomor}) - 1) / ${size}::integer as part
      from person join ${numbers(kegiatanId)} on ${isNumbered}
      left join wilayah a on a.kode = wilayah_hitung(person.wilayah)
      where person.kegiatan_id = ${kegiatanId} and ${and(ne(person.nama, ''), isListed(), among(some))}
    )
    select min(w.nomor) as dari, max(w.nomor) as sampai, count(*)::integer as cards,
      count(*) filter (where ${cardless})::integer as missing,
      (array_agg(w.nama order by w.nomor))[1] as "from", (array_agg(w.nama order by w.nomor desc))[1] as "to"
    from wanted w join person p on p.id = w.id
    group by w.part order by w.part`);
  return [...rows];
}

/**
 * Makes an invitation for everyone on the list, or among some of it, who has a name and no working one, but for whom was erased; one that another
 * secret made can't be printed again, and is as good as none. Returns how many it made.
 */
export async function issueMissing(
  db: Db,
  secret: Secret,
  kegiatanId: string,
  by: Actor,
  some: Some = {},
): Promise<number> {
  const last = db
    .select()
    .from(invitation)
    .where(eq(invitation.personId, person.id))
    .orderBy(desc(invitation.version))
    .limit(1)
    .as('last');
  const rows = await db
    .select({
      id: person.id,
      nama: person.nama,
      /** Null: there is none. */
      made: { personId: last.personId, version: last.version, tokenDigest: last.tokenDigest },
      works: sql<boolean>`${last.nama} is not distinct from ${person.nama} and not ${withdrawn(sql`last`)}`,
    })
    .from(person)
    .innerJoin(numbers(kegiatanId), isNumbered)
    .leftJoinLateral(last, sql`true`)
    .where(and(eq(person.kegiatanId, kegiatanId), among(some), mayHold));
  const ours = await Promise.all(rows.map(({ made, works }) => made && works && isOurs(secret, made)));
  const missing = rows.filter((_, at) => !ours[at]);
  const next = missing.map(({ id, nama, made }) => ({ id, nama, version: (made?.version ?? 0) + 1 }));
  return insert(db, secret, next, by, 'kartu-buat');
}

/**
 * Makes a new invitation for one person; every earlier card of theirs is void from now on. Null for an office without
 * a name, for whom was erased, and for a place taken off the list. The organiser's right to this person is the caller's to check.
 */
export async function renew(db: Db, secret: Secret, personId: string, by: Actor): Promise<Invitation | null> {
  const [next] = await db
    .select({
      id: person.id,
      nama: person.nama,
      version: sql<number>`coalesce((select max(i.version) from invitation i where i.person_id = person.id), 0) + 1`,
    })
    .from(person)
    .where(and(eq(person.id, personId), mayHold));
  if (!next) return null;
  await insert(db, secret, [next], by, 'kartu-ganti');
  return deriveInvitation(secret, next.id, next.version);
}

/**
 * The working invitations of an event, or of some of its list, by number: all, or at most `limit`. None that another secret made: its card would
 * open nothing.
 */
export async function forCards(
  db: Db,
  secret: Secret,
  kegiatanId: string,
  some: Some = {},
  limit?: number,
): Promise<(Card & { personId: string })[]> {
  const asked = db
    .select({
      id: person.id,
      nomor: sql<number | null>`${nomor}`,
      gelarDepan: person.gelarDepan,
      nama: person.nama,
      gelarBelakang: person.gelarBelakang,
      jabatan: person.jabatan,
      wilayah: person.wilayah,
      version: invitation.version,
      tokenDigest: invitation.tokenDigest,
    })
    .from(person)
    .innerJoin(numbers(kegiatanId, some.personId), isNumbered)
    .innerJoin(invitation, eq(invitation.personId, person.id))
    .where(
      and(
        eq(person.kegiatanId, kegiatanId),
        isListed(),
        eq(invitation.nama, person.nama),
        not(withdrawn()),
        not(isReplaced),
        among(some),
      ),
    )
    .orderBy(nomor)
    .$dynamic();
  const rows = await (limit === undefined ? asked : asked.limit(limit));
  const places = await areas.byCodes(db, new Set(rows.map((row) => row.wilayah)));
  const cards = await Promise.all(
    rows.map(async (row) => {
      const made = await deriveInvitation(secret, row.id, row.version);
      if (!equal(await digestOf(made.token), row.tokenDigest)) return null;
      return {
        personId: row.id,
        nomor: row.nomor,
        nama: fullName(row),
        jabatan: row.jabatan,
        wilayah: `${row.wilayah} ${describePath(pathIn(places, row.wilayah))}`,
        ...made,
      };
    }),
  );
  return cards.filter((card) => card !== null);
}

/**
 * For people of one event. Two officers who ask at once make one card: the second finds its version taken, and both derive the
 * same token.
 */
async function insert(
  db: Db,
  secret: Secret,
  wanted: readonly { id: string; nama: string; version: number }[],
  by: Actor,
  act: 'kartu-buat' | 'kartu-ganti',
): Promise<number> {
  const [first] = wanted;
  if (!first) return 0;
  const rows = await Promise.all(
    wanted.map(async ({ id, nama, version }) => {
      const { token, code } = await deriveInvitation(secret, id, version);
      const [tokenDigest, codeDigest] = await Promise.all([digestOf(token), digestOf(code)]);
      return { id, nama, version, token: hex(tokenDigest), code: hex(codeDigest) };
    }),
  );
  const [made] = await db.execute<{ count: number }>(sql`
    with made as (
      insert into invitation (person_id, version, nama, token_digest, code_digest, by)
      select r.id, r.version, r.nama, decode(r.token, 'hex'), decode(r.code, 'hex'), ${by.id}::uuid
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, version integer, nama text, token text, code text)
      where (select must_act(${actorJson(by)}::jsonb, k.organizer_id, k.id) from person p join kegiatan k on k.id = p.kegiatan_id
        where p.id = ${first.id}::uuid)
      on conflict do nothing
      returning person_id
    ), counted as (select count(*)::integer as count from made)
    select counted.count, case when counted.count > 0 then record_act(${actorJson(by)}::jsonb, ${act}, p.kegiatan_id,
      ${act === 'kartu-ganti' ? first.id : null}::text, 'sesi', '{}', jsonb_build_object('kartu', counted.count)) end
    from counted, person p where p.id = ${first.id}::uuid`);
  return made?.count ?? 0;
}

interface RedeemRow extends Record<string, unknown> {
  person_id: string;
  version: number;
  kegiatan_id: string;
  judul: string;
  tanggal: string;
  kontak_nama: string;
  kontak_nomor: string;
  penyelenggara: string;
  zona: Zona;
  unsur: Unsur;
  gelar_depan: string;
  nama: string;
  gelar_belakang: string;
  jabatan: string;
  wilayah: string;
  naskah: string | null;
  versi: number;
  kode: string | null;
  tahap: string;
  lapsed: boolean;
  /** Hexadecimal, both. */
  token_digest: string;
  code_digest: string;
  /** Whatever became of the card: what stands was signed by whoever brings it, or holds no name any more. */
  open: boolean;
  /** The newest card for the person would be another; its name is gone; isn't that of the list; what was signed was withdrawn since. */
  replaced: boolean;
  blank: boolean;
  renamed: boolean;
  withdrawn: boolean;
  /** Whoever brings it has signed what was withdrawn. */
  taken_back: boolean;
  removed: boolean;
}

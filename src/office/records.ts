/**
 * The audit trail: rows are added, by the statement that does what they tell of, and read. Shown by test/office/trail.test.ts
 * (which act leaves which record) and test/pages/office/trail.test.ts.
 */
import { and, asc, eq, exists, gt, like, notExists, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { isInstant } from '../lib/instant.ts';
import { type Digest, formatDigest, sha256 } from '../lib/sha256.ts';
import type { Zona } from '../lib/zone.ts';
import {
  erasure,
  kegiatan,
  leaf,
  officer,
  person,
  riwayat,
  riwayatHari,
  riwayatTerhitung,
  signature,
} from '../schema.ts';
import type { CountingCode } from './colleagues.ts';
import { type Actor, actorJson, digestOfToken, type EnterCode, type LinkCode } from './officer.ts';
import type { RecordedAct, Values } from './record.ts';

/** What is only opened: it changes nothing, so that nothing else in the database tells of it. */
export type OpeningAct = Extract<RecordedAct, `${string}-${'lihat' | 'unduh' | 'tampil'}`>;

export interface Opening {
  tindakan: OpeningAct;
  kegiatanId?: string | undefined;
  perihal?: string | undefined;
  /** How much, or by which filter. */
  sesudah?: Values;
}

/**
 * Records that an officer opens something, before it is shown: who may not any more is stopped (office/must-act.sql), and what can't be
 * recorded isn't shown.
 */
export async function opens(db: Db, by: Actor, opened: Opening): Promise<void> {
  const { tindakan, kegiatanId = null, perihal = null, sesudah = {} } = opened;
  await db.execute(sql`
    select record_act(${actorJson(by)}::jsonb, ${tindakan}, ${kegiatanId}::text, ${perihal}::text, 'sesi', '{}',
      ${JSON.stringify(sesudah)}::jsonb)
    where must_act(${actorJson(by)}::jsonb, ${by.organizerId}, ${kegiatanId}::text)`);
}

/** How many refusals for one reason an officer's trail takes in an hour. */
export const REFUSALS = 10;

/**
 * Somebody was refused at the entrance with a passkey that an officer has, or had: the officer's colleagues see it. A passkey that
 * nobody knows leaves nothing, and one that is known no more than `REFUSALS` an hour for one reason: the entrance is open to all, and
 * nobody outside is to fill the trail, nor to hide a graver reason behind a lesser one.
 */
export async function refused(db: Db, credentialId: Bytes, code: EnterCode): Promise<void> {
  await db.execute(sql`
    select record_act(jsonb_build_object('id', o.id, 'organizer', o.organizer_id), 'masuk-ditolak', null, null, 'kunci-sandi', '{}',
      jsonb_build_object('alasan', ${code}::text, 'kunci', 'sha256:' || encode(sha256(c.spki), 'hex')))
    from officer_credential c join officer o on o.id = c.officer_id
    where c.id = decode(${hex(credentialId)}, 'hex') and (
      select count(*) from riwayat r
      where r.officer_id = o.id and r.tindakan = 'masuk-ditolak' and strpos(r.isi, ${`\nsesudah alasan ${code}\n`}) > 0 and r.at > now() - interval '1 hour') < ${REFUSALS}::integer`);
}

/**
 * Somebody tried a link that opens nothing any more. Its holder may be anyone: it is said of the officer whom it let in or was for, or
 * else of the name that it invites. As often as above. Of a link that founds, only once it has founded something.
 */
export async function refusedLink(
  db: Db,
  token: string,
  code: Exclude<LinkCode, 'link-unknown'>,
): Promise<void> {
  const digest = await digestOfToken(token);
  if (!digest) return;
  await db.execute(sql`
    select record_act(jsonb_strip_nulls(jsonb_build_object('id', l.officer, 'organizer', l.organizer)), 'masuk-ditolak', null,
      case when l.officer is null then l.nama end, 'tautan', '{}', jsonb_build_object('alasan', ${code}::text))
    from (
      select coalesce(o.id, i.officer_id) as officer, coalesce(o.organizer_id, i.organizer_id) as organizer, i.nama
      from officer_invitation i left join officer o on o.invitation = i.digest
      where i.digest = decode(${hex(digest)}, 'hex')) l
    where l.organizer is not null and (
      select count(*) from riwayat r
      where r.organizer_id = l.organizer and r.officer_id is not distinct from l.officer and r.tindakan = 'masuk-ditolak'
        and strpos(r.isi, ${`\ndasar tautan\nsesudah alasan ${code}\n`}) > 0 and r.at > now() - interval '1 hour') < ${REFUSALS}::integer`);
}

/** What an officer who is inside tries to do with a passkey. */
export interface Tried {
  tindakan: RecordedAct;
  kegiatanId: string | null;
  perihal: string;
}

/** Why it was refused: `passkey-foreign` is a colleague's. */
export type ActRefusal =
  | 'passkey-unknown'
  | 'passkey-refused'
  | 'passkey-foreign'
  | 'passkey-ended'
  | CountingCode
  | 'key-unowned'
  | 'officer-fresh'
  | 'officer-stranger';

/** Who was signed in was refused what a passkey of theirs alone, or another person, may do. `spki`: whosever it was. */
export async function refusedAct(
  db: Db,
  by: Actor,
  { tindakan, kegiatanId, perihal }: Tried,
  alasan: ActRefusal,
  spki?: Bytes,
): Promise<void> {
  const kunci = spki ? formatDigest(await sha256(spki)) : '';
  await db.execute(sql`
    select record_act(${actorJson(by)}::jsonb, 'tindakan-ditolak', ${kegiatanId}::text, ${perihal}, 'kunci-sandi', '{}',
      ${JSON.stringify({ dicoba: tindakan, alasan, kunci })}::jsonb)
    where actor_acts(${actorJson(by)}::jsonb, ${by.organizerId}, own => true)`);
}

/** Up to so many places at once have a record each; of more, one says how many. As many as in roster/import-roster.sql. */
export const PLACES = 50;

/** Records that an officer is shown the full rows of places on an event's list. */
export async function opensPlaces(
  db: Db,
  by: Actor,
  kegiatanId: string,
  places: readonly string[],
): Promise<void> {
  const [sole] = places;
  if (sole === undefined) return;
  const opened = { tindakan: 'daftar-lihat', kegiatanId } as const;
  if (places.length > PLACES) return opens(db, by, { ...opened, sesudah: { jumlah: String(places.length) } });
  await db.execute(sql`
    select record_act(${actorJson(by)}::jsonb, 'daftar-lihat', ${kegiatanId}::text, p.id, 'sesi')
    from jsonb_array_elements_text(${JSON.stringify(places)}::jsonb) p (id)
    where must_act(${actorJson(by)}::jsonb, ${by.organizerId}, ${kegiatanId}::text)`);
}

export interface Filter {
  /** Id of an officer; null: the installation, and not who isn't known. */
  petugas?: string | null | undefined;
  tindakan?: RecordedAct | undefined;
  kegiatanId?: string | undefined;
  /** Id of a place on an event's list. */
  perihal?: string | undefined;
  from?: Date | undefined;
  /** Before it. */
  until?: Date | undefined;
}

export interface KeptRecord {
  id: number;
  /** The text (office/record.ts); empty once it was erased. */
  isi: string;
  sha256: Digest;
  /** Null: no instant that a record can have. */
  at: Date | null;
  /** Perhaps of a newer release. */
  tindakan: string;
  /** Name, as it is now. */
  petugas: string | null;
  /** Title of the event. */
  kegiatan: string | null;
  kegiatanId: string | null;
  /** Of the event. */
  zona: Zona | null;
  /** Who stands on the list, where it is about a place of it. */
  orang: string | null;
  /** The day whose digest holds it, and the place of that in the ledger; null: not yet. */
  hari: string | null;
  logIndex: number | null;
}

/** Dates and instants as ISO 8601 whatever the session's DateStyle; one that is beyond the calendar as the database prints it. */
const dayText = <Text extends string | null>(day: SQLWrapper): SQL<Text> =>
  sql<Text>`case when ${day} between '0001-01-01' and '9999-12-31' then to_char(${day}, 'YYYY-MM-DD') else ${day}::text end`;
const instantText = (at: SQLWrapper): SQL<string> =>
  sql<string>`case when ${at} between '0001-01-02Z' and '9999-12-30Z' then ikrar_time(${at}) else ${at}::text end`;

/** Of one organiser, the latest first: those before the id `before`. */
export async function page(
  db: Db,
  organizerId: string,
  filter: Filter,
  { before = null, limit = 50 }: { before?: number | null; limit?: number } = {},
): Promise<KeptRecord[]> {
  const { petugas, tindakan, kegiatanId, perihal, from, until } = filter;
  const asked: SQL[] = [
    sql`r.organizer_id = ${organizerId}`,
    ...(petugas === undefined
      ? []
      : [
          petugas === null
            ? sql`r.officer_id is null and r.tindakan <> 'masuk-ditolak'`
            : sql`r.officer_id = ${petugas}::uuid`,
        ]),
    ...(tindakan === undefined ? [] : [sql`r.tindakan = ${tindakan}`]),
    ...(kegiatanId === undefined ? [] : [sql`r.kegiatan_id = ${kegiatanId}`]),
    ...(perihal === undefined ? [] : [sql`strpos(r.isi, ${`\nperihal ${perihal}\n`}) > 0`]),
    ...(from === undefined ? [] : [sql`r.at >= ${from.toISOString()}::timestamptz`]),
    ...(until === undefined ? [] : [sql`r.at < ${until.toISOString()}::timestamptz`]),
    ...(before === null ? [] : [sql`r.id < ${before}::bigint`]),
  ];
  // LIMIT in a derived table: the rows are chosen by the index before anything is joined to them.
  const rows = await db.execute<{
    id: string;
    isi: string;
    sha256: string;
    at: string;
    tindakan: string;
    petugas: string | null;
    kegiatan: string | null;
    kegiatan_id: string | null;
    zona: Zona | null;
    orang: string | null;
    hari: string | null;
    log_index: string | null;
  }>(sql`
    select r.id, r.isi, encode(r.sha256, 'hex') as sha256, ${instantText(sql`r.at`)} as at, r.tindakan, o.nama as petugas, k.judul as kegiatan, r.kegiatan_id, k.zona,
      p.nama as orang, ${dayText(sql`d.hari`)} as hari, l.log_index
    from (select * from riwayat r where ${sql.join(asked, sql` and `)} order by r.id desc limit ${limit}::integer) r
    left join officer o on o.id = r.officer_id and o.organizer_id = r.organizer_id
    left join kegiatan k on k.id = r.kegiatan_id and k.organizer_id = r.organizer_id
    left join person p on p.id = substring(r.isi from '\nperihal ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n')::uuid
      and p.kegiatan_id = k.id
    left join riwayat_terhitung t on t.riwayat_id = r.id
    left join riwayat_hari d on d.hari = t.hari
    left join leaf l on l.id = d.leaf_id
    order by r.id desc`);
  return rows.map((row) => ({
    id: Number(row.id),
    isi: row.isi,
    sha256: `sha256:${row.sha256}`,
    at: isInstant(row.at) ? new Date(row.at) : null,
    tindakan: row.tindakan,
    petugas: row.petugas,
    kegiatan: row.kegiatan,
    kegiatanId: row.kegiatan_id,
    zona: row.zona,
    orang: row.orang,
    hari: row.hari,
    logIndex: row.log_index === null ? null : Number(row.log_index),
  }));
}

export const RECORDS_AT_ONCE = 500;

/** All of them, batch by batch, each from where the last one ended. */
export async function* all(db: Db, organizerId: string, filter: Filter): AsyncGenerator<KeptRecord[]> {
  let before: number | null = null;
  for (;;) {
    const rows = await page(db, organizerId, filter, { before, limit: RECORDS_AT_ONCE });
    if (rows.length > 0) yield rows;
    if (rows.length < RECORDS_AT_ONCE) return;
    before = rows.at(-1)!.id;
  }
}

/** Everyone who is or was an officer of an organiser; at one event, who has done something there: for a filter. */
export const officersOf = (
  db: Db,
  organizerId: string,
  kegiatanId: string | null = null,
): Promise<{ id: string; nama: string }[]> => {
  const acted = db
    .select({ id: riwayat.id })
    .from(riwayat)
    .where(and(eq(riwayat.officerId, officer.id), eq(riwayat.kegiatanId, kegiatanId ?? '')));
  return db
    .select({ id: officer.id, nama: officer.nama })
    .from(officer)
    .where(and(eq(officer.organizerId, organizerId), kegiatanId === null ? undefined : exists(acted)))
    .orderBy(asc(officer.nama), asc(officer.at));
};

/** Who stands at a place on a list of the organiser, or of one event of theirs; null: it has none of that id. */
export async function placeOf(
  db: Db,
  organizerId: string,
  id: string,
  kegiatanId: string | null = null,
): Promise<{ nama: string } | null> {
  const [row] = await db
    .select({ nama: person.nama })
    .from(person)
    .innerJoin(kegiatan, eq(kegiatan.id, person.kegiatanId))
    .where(
      and(
        eq(person.id, id),
        eq(kegiatan.organizerId, organizerId),
        kegiatanId === null ? undefined : eq(kegiatan.id, kegiatanId),
      ),
    );
  return row ?? null;
}

/** Puts the digest of each day (WIB) that has ended into the ledger. Returns of how many. Two at once are safe. */
export async function closeDays(db: Db): Promise<number> {
  const [row] = await db.execute<{ closed: number }>(sql`select close_record_days() as closed`);
  return row!.closed;
}

/** A record as an auditor reads it. */
export interface AuditedRecord {
  id: number;
  isi: string;
  sha256: Digest;
  /** In seconds, by UTC. */
  waktu: string;
  /** WIB. */
  day: string;
  penyelenggara: string | null;
  petugas: string | null;
  tindakan: string;
  kegiatan: string | null;
  /** In which day's digest; null: in none. */
  hari: string | null;
}

/** Those counted to a day (`KeptDay.key`), in the order of their ids, or those counted to none. */
export async function* audited(db: Db, key: string | null): AsyncGenerator<AuditedRecord[]> {
  let after = 0;
  for (;;) {
    const rows = await db
      .select({
        id: riwayat.id,
        isi: riwayat.isi,
        sha256: riwayat.sha256,
        waktu: instantText(riwayat.at),
        day: dayText<string>(sql`(${riwayat.at} at time zone 'UTC' + interval '7 hours')::date`),
        penyelenggara: riwayat.organizerId,
        petugas: riwayat.officerId,
        tindakan: riwayat.tindakan,
        kegiatan: riwayat.kegiatanId,
        hari: dayText<string | null>(riwayatTerhitung.hari),
      })
      .from(riwayat)
      .leftJoin(riwayatTerhitung, eq(riwayatTerhitung.riwayatId, riwayat.id))
      .where(and(sql`${riwayatTerhitung.hari} is not distinct from ${key}::date`, gt(riwayat.id, after)))
      .orderBy(asc(riwayat.id))
      .limit(RECORDS_AT_ONCE);
    if (rows.length > 0) yield rows.map((row) => ({ ...row, sha256: formatDigest(row.sha256) }));
    if (rows.length < RECORDS_AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}

export interface KeptDay {
  /** To be asked by, as this session prints it. */
  key: string;
  hari: string;
  /** Null: records are counted to it, and it is not kept. */
  baris: number | null;
  sha256: Digest | null;
  /** Text of the entry, and its place in the ledger; null: it has none, or none yet. */
  entry: string | null;
  logIndex: number | null;
}

/** Those whose digest is in the ledger, and those to which a record is counted; the first first. */
export async function days(db: Db): Promise<KeptDay[]> {
  // UNION: days that have a digest, and days that records name.
  const rows = await db.execute<{
    key: string;
    hari: string;
    baris: number | null;
    sha256: string | null;
    entry: string | null;
    log_index: string | null;
  }>(sql`
    select n.hari::text as key, ${dayText(sql`n.hari`)} as hari, d.baris, encode(d.sha256, 'hex') as sha256, l.entry, l.log_index
    from (select t.hari from riwayat_terhitung t union select d.hari from riwayat_hari d) n
    left join riwayat_hari d on d.hari = n.hari left join leaf l on l.id = d.leaf_id order by n.hari`);
  return rows.map(({ log_index, sha256, ...day }) => ({
    ...day,
    sha256: sha256 === null ? null : `sha256:${sha256}`,
    logIndex: log_index === null ? null : Number(log_index),
  }));
}

/** The last day (WIB) that should be in the ledger by now: it ended an hour ago or more. */
export async function lastDue(db: Db): Promise<string> {
  const [row] = await db.execute<{ day: string }>(sql`
    select to_char((clock_timestamp() - interval '1 hour') at time zone 'UTC' + interval '7 hours' - interval '1 day', 'YYYY-MM-DD') as day`);
  return row!.day;
}

/** Codes of the pledges whose data were erased. */
export async function erasedCodes(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ kode: signature.kode })
    .from(erasure)
    .innerJoin(signature, eq(signature.hash, erasure.hash));
  return new Set(rows.map(({ kode }) => kode));
}

/** Entries of the ledger that are of no day which is kept: their places. */
export async function dayless(db: Db): Promise<(number | null)[]> {
  const day = db.select({ hari: riwayatHari.hari }).from(riwayatHari).where(eq(riwayatHari.leafId, leaf.id));
  const rows = await db
    .select({ logIndex: leaf.logIndex })
    .from(leaf)
    .where(and(like(leaf.entry, 'ikrar/catatan@v1\njenis riwayat\n%'), notExists(day)))
    .orderBy(asc(leaf.id));
  return rows.map(({ logIndex }) => logIndex);
}

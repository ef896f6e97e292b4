/** Where signed pledges are kept. Rows are added by one function of the database and never changed. */
import { and, asc, count, eq, getTableColumns, gt, isNull, lt, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import { type CodeOf, outcomeOf } from '../lib/outcome.ts';
import {
  document,
  documentTimestamp,
  erasure,
  isListed,
  kegiatan,
  kegiatanNaskah,
  leaf,
  organizer,
  person,
  signature,
  signerCredential,
  stands,
} from '../schema.ts';
import { HOURS_TO_ARRIVE, LONGEST, type Statement } from '../statement/statement.ts';

/** A signed pledge as it is kept. */
export type SignatureRow = typeof signature.$inferSelect;

/** The one that stands. */
export async function byPerson(db: Db, personId: string): Promise<SignatureRow | null> {
  const rows = await db
    .select()
    .from(signature)
    .where(and(eq(signature.personId, personId), stands));
  return rows[0] ?? null;
}

/**
 * Cross-check with the ledger: of the signatures whose entries are among its first `size`, how many there are, and how many of
 * those entries hold their digests.
 */
export async function entered(db: Db, size: number): Promise<{ kept: number; matching: number }> {
  const [row] = await db
    .select({
      kept: count(),
      matching: sql`count(*) filter (where starts_with(${leaf.entry},
        E'ikrar/catatan@v1\njenis tanda-tangan\npernyataan sha256:' || encode(${signature.hash}, 'hex')
        || E'\nbukti sha256:' || encode(${signature.evidenceHash}, 'hex') || E'\n'))`.mapWith(Number),
    })
    .from(signature)
    .innerJoin(leaf, eq(leaf.id, signature.leafId))
    .where(lt(leaf.logIndex, size));
  return row!;
}

/** What a pledge's statement is made from, as it stands now. Null: there is no such row. */
const sources = {
  place: {
    kegiatanId: person.kegiatanId,
    tempat: person.tempat,
    nomor: person.nomor,
  },
  event: { judul: kegiatan.judul, tempat: kegiatan.tempat, tanggal: kegiatan.tanggal },
  organizer: { wilayah: organizer.wilayah, nama: organizer.nama },
  /** That its unsur reads at the event. */
  wording: { id: kegiatanNaskah.naskah, versi: kegiatanNaskah.versi },
  key: { spki: signerCredential.spki },
};

/** A pledge as it is kept, with its entry (null: there is none), and what it was made from. */
export type KeptSignature = Awaited<ReturnType<typeof keptAfter>>[number];

export const KEPT_AT_ONCE = 500;

const keptAfter = (db: Db, after: number) =>
  db
    .select({ ...getTableColumns(signature), entry: leaf.entry, ...sources })
    .from(signature)
    // Whatever is missing hides no pledge.
    .leftJoin(leaf, eq(leaf.id, signature.leafId))
    .leftJoin(person, eq(person.id, signature.personId))
    .leftJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .leftJoin(organizer, eq(organizer.id, kegiatan.organizerId))
    .leftJoin(
      kegiatanNaskah,
      and(eq(kegiatanNaskah.kegiatanId, signature.kegiatanId), eq(kegiatanNaskah.unsur, signature.unsur)),
    )
    .leftJoin(signerCredential, eq(signerCredential.id, signature.credentialId))
    .leftJoin(erasure, eq(erasure.hash, signature.hash))
    .where(and(gt(signature.leafId, after), isNull(erasure.hash)))
    .orderBy(asc(signature.leafId))
    .limit(KEPT_AT_ONCE);

/** All whose data weren't erased, as they were recorded, batch by batch. */
export async function* kept(db: Db): AsyncGenerator<KeptSignature[]> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await keptAfter(db, after);
    if (rows.length > 0) yield rows;
    if (rows.length < KEPT_AT_ONCE) return;
    after = rows.at(-1)!.leafId;
  }
}

/** All whose data were erased: the digests stay, and nothing else of the text and the evidence. */
export const erased = (db: Db) =>
  db
    .select({ ...getTableColumns(signature), entry: leaf.entry })
    .from(signature)
    .innerJoin(erasure, eq(erasure.hash, signature.hash))
    .leftJoin(leaf, eq(leaf.id, signature.leafId));

/** Codes of pledges that replace another one than that of the same place before it, or one that wasn't withdrawn. */
export async function misplaced(db: Db): Promise<string[]> {
  // A window function.
  const rows = await db.execute<{ kode: string }>(sql`
    select g.kode from (
      select kode, replaces, lag(hash) over (partition by person_id order by leaf_id) as former from signature) g
    where g.replaces is distinct from g.former
      or g.former is not null and not exists (select from withdrawal w where w.hash = g.former)
    order by 1 limit 10`);
  return rows.map(({ kode }) => kode);
}

/** Codes in which the public list, or what it is made from, differs from the pledges in the ledger: a line too few, too many, or of other words. */
export async function unlisted(db: Db): Promise<string[]> {
  // FULL JOIN of a table and of what it should be.
  const rows = await db.execute<{ kode: string }>(sql`
    select coalesce(l.kode, g.kode) as kode from listing l full join (
      select g.*, f.entry from signature g join leaf f on f.id = g.leaf_id
      where f.log_index is not null and not exists (select from erasure e where e.hash = g.hash)) g on g.hash = l.hash
    where (l.hash, l.kegiatan_id, l.wilayah, l.wilayah_nama, l.nama, l.nama_lengkap, l.jabatan, l.kode, l.words, ikrar_time(l.at))
      is distinct from (g.hash, g.kegiatan_id, g.wilayah, g.wilayah_nama, g.nama, g.nama_lengkap, g.jabatan, g.kode,
        search_fold(g.nama || ' ' || split_part(g.wilayah_nama, ',', 1)), left(right(g.entry, 21), 20))
    order by 1 limit 10`);
  return rows.map(({ kode }) => kode);
}

/** Codes, and words, of which the public search's index isn't that of the list (signature/listing-follow.sql). */
export async function misindexed(db: Db): Promise<string[]> {
  // EXCEPT, of tables and of what they should be.
  const rows = await db.execute<{ what: string }>(sql`
    with term as (
      select s.term, l.wilayah, l.kode from listing l cross join lateral search_terms(l.nama, l.wilayah_nama) as s (term)
    ), word as (
      select w.word, search_deletes(w.word) as deletes
      from (select distinct unnest(string_to_array(l.words, ' ')) as word from listing l) w where length(w.word) between 2 and 40
    )
    select distinct what from (
      select d.kode as what from (
        (select t.term, t.wilayah, t.kode from listing_term t except all select * from term)
        union all (select * from term except all select t.term, t.wilayah, t.kode from listing_term t)) d
      union all
      select d.word from (
        (select s.word, s.deletes from search_word s except all select * from word)
        union all (select * from word except all select s.word, s.deletes from search_word s)) d) differs
    order by 1 limit 10`);
  return rows.map(({ what }) => what);
}

/** Areas whose counts differ from the places on the list, from the pledges that stand in the ledger, and, of sums, from those of their events. */
export async function miscounted(db: Db): Promise<string[]> {
  const rows = await db.execute<{ wilayah: string }>(sql`
    with stands as (
      select g.kegiatan_id, wilayah_hitung(g.wilayah) as wilayah, count(*) filter (where v.log_index is null) as sudah
      from signature g join leaf f on f.id = g.leaf_id and f.log_index is not null
      left join withdrawal w on w.hash = g.hash left join leaf v on v.id = w.leaf_id
      group by 1, 2
    ), listed as (
      select p.kegiatan_id, wilayah_hitung(p.wilayah) as wilayah, count(*) as wajib
      from person p where ${isListed(sql`p.id`)} group by 1, 2
    ), areas as (
      select left(t.wilayah, n) as wilayah, sum(t.sudah) as sudah, sum(case when exists (
        select from kegiatan_tahap k where k.kegiatan_id = t.kegiatan_id and k.tahap = 'dibuka') then t.wajib else 0 end) as wajib
      from tally t, unnest(array[0, 2, 5, 8]) n where n <= length(t.wilayah) group by 1
    )
    select coalesce(t.wilayah, s.wilayah) as wilayah
    from tally t full join stands s on s.kegiatan_id = t.kegiatan_id and s.wilayah = t.wilayah
    where coalesce(t.sudah, 0) <> coalesce(s.sudah, 0)
    union
    select coalesce(t.wilayah, l.wilayah)
    from tally t full join listed l on l.kegiatan_id = t.kegiatan_id and l.wilayah = t.wilayah
    where coalesce(t.wajib, 0) <> coalesce(l.wajib, 0)
    union
    select coalesce(a.wilayah, s.wilayah) from area_tally a full join areas s on s.wilayah = a.wilayah
    where (coalesce(a.sudah, 0), coalesce(a.wajib, 0)) <> (coalesce(s.sudah, 0), coalesce(s.wajib, 0))
    order by 1 limit 10`);
  return rows.map(({ wilayah }) => wilayah);
}

/** Codes of pledges whose paper, or what was appended to it, isn't the one of its digest and of its entry in the ledger. */
export async function repapered(db: Db): Promise<string[]> {
  const isEntry = (
    digest: AnyPgColumn,
  ) => sql`starts_with(${leaf.entry}, E'ikrar/catatan@v1\njenis segel\npernyataan sha256:'
    || encode(${document.hash}, 'hex') || E'\npdf sha256:' || encode(${digest}, 'hex') || E'\nwaktu ')`;
  const first = db
    .select({ kode: signature.kode })
    .from(document)
    .innerJoin(signature, eq(signature.hash, document.hash))
    .leftJoin(leaf, eq(leaf.id, document.leafId))
    .where(sql`(${document.sha256} = sha256(${document.pdf}) and ${isEntry(document.sha256)}) is not true`);
  const later = db
    .select({ kode: signature.kode })
    .from(documentTimestamp)
    .innerJoin(document, eq(document.hash, documentTimestamp.hash))
    .innerJoin(signature, eq(signature.hash, document.hash))
    .leftJoin(leaf, eq(leaf.id, documentTimestamp.leafId))
    .where(
      sql`(${documentTimestamp.sha256} = sha256(${document.pdf} || ${documentTimestamp.appended})
        and ${isEntry(documentTimestamp.sha256)}) is not true`,
    );
  const rows = await first.union(later);
  return rows.map(({ kode }) => kode).sort();
}

/** Places in the ledger of entries that more than one row claims (`shared`), and how many of which kind none does (`rowless`). */
export async function claimed(
  db: Db,
): Promise<{ shared: (number | null)[]; rowless: { jenis: string; count: number; first: number }[] }> {
  const rows = sql`(
    select leaf_id from signature union all select leaf_id from withdrawal union all select leaf_id from document
    union all select leaf_id from document_timestamp union all select leaf_id from naskah union all select leaf_id from roster_version
    union all select leaf_id from riwayat_hari)`;
  const [shared, rowless] = [
    await db.execute<{ log_index: string | null }>(sql`
      select l.log_index from ${rows} r join leaf l on l.id = r.leaf_id group by l.id having count(*) > 1 order by l.id limit 10`),
    // The papers of pledges that were erased went with them.
    await db.execute<{ jenis: string; count: number; first: string }>(sql`
      select substring(l.entry from E'\njenis ([^\n]+)\n') as jenis, count(*)::integer as count, min(l.log_index) as first
      from leaf l where l.log_index is not null and l.id not in (select leaf_id from ${rows} r)
        -- office/check-trail.ts names those of the trail.
        and not starts_with(l.entry, E'ikrar/catatan@v1\njenis riwayat\n')
        and not exists (select from erasure e where position('sha256:' || encode(e.hash, 'hex') in l.entry) > 0)
      group by 1 order by 1`),
  ];
  return {
    shared: shared.map(({ log_index }) => (log_index === null ? null : Number(log_index))),
    rowless: rowless.map((one) => ({ ...one, first: Number(one.first) })),
  };
}

/** Of `record_signatures`, of each. */
export const RECORDING = [
  'recorded',
  'already',
  'person-unknown',
  'credential-unknown',
  'pledge-lapsed',
  'no-check',
  'event-closed',
  'deadline-passed',
  'place-removed',
  'roster-changed',
  'credential-fallen',
  'held',
] as const;
type Hindrance = CodeOf<typeof RECORDING>;

export type Recorded =
  | { outcome: 'recorded'; row: SignatureRow }
  /** `held`: nothing is known of it. */
  | { outcome: 'held' }
  | { outcome: Exclude<Hindrance, 'held'> | 'code-taken' };

/**
 * Optimistic concurrency: all that a statement says of the rows, as they said it when it was issued. If that is no longer so,
 * nothing is recorded.
 */
export interface StatementRows {
  nomor: string;
  /** With titles. */
  nama: string;
  unsur: string;
  jabatan: string;
  wilayah: string;
  wilayah_nama: string;
  judul: string;
  tempat: string;
  tanggal: string;
  penyelenggara: string;
  penyelenggara_wilayah: string;
  naskah: string;
  versi: number;
  /** Hexadecimal, both. */
  naskah_sha256: string;
  daftar: string;
  terbit: string;
}

/** As the statement says it, which cleans what it is made from (`oneLine`): of rows that are clean, what they say. */
export const rowsIn = (said: Omit<Statement, 'isi'>): StatementRows => ({
  nomor: said.nomor,
  nama: said.nama,
  unsur: said.unsur,
  jabatan: said.jabatan,
  wilayah: said.wilayah.kode,
  wilayah_nama: said.wilayah.nama,
  judul: said.kegiatan,
  tempat: said.tempat,
  tanggal: said.tanggal,
  penyelenggara: said.penyelenggara.nama,
  penyelenggara_wilayah: said.penyelenggara.wilayah,
  naskah: said.naskah.id,
  versi: said.naskah.versi,
  naskah_sha256: said.naskah.sha256.replace('sha256:', ''),
  daftar: said.daftar.replace('sha256:', ''),
  terbit: said.terbit,
});

/** `record_signatures`'s of one; all but `outcome` only of one that was recorded. */
interface Answer {
  outcome: string;
  kegiatan_id: string;
  nama: string;
  replaces: string | null;
  counter_note: string | null;
  leaf_id: number;
  at: string;
}

const TO_ARRIVE = `${HOURS_TO_ARRIVE} hours`;
const TO_ENTRY = `${LONGEST} milliseconds`;

/** Unique constraints that another pledge may stand in: of the code, or of the whole statement, if it was withdrawn and is sent again. */
const OWN = ['signature_pkey', 'signature_hashSymbols_unique', 'signature_kode_unique'];

function isTaken(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string; constraint_name?: string } };
  return cause?.code === '23505' && OWN.includes(cause.constraint_name ?? '');
}

/** What was verified besides what is kept of it. */
export interface Use {
  counter: number;
  /** Of the passkey. */
  userHandle: Bytes;
}

/** A signature that was verified, and what was taken for true when it was. */
export interface Recording {
  made: Omit<SignatureRow, 'kegiatanId' | 'nama' | 'replaces' | 'counterNote' | 'leafId' | 'at'>;
  seen: StatementRows;
  use: Use;
}

/**
 * The first and the only write of signatures: one statement, idempotent, all of them, or it throws and none is there. Of each it does
 * nothing if the person has signed, or if anything that was taken for true isn't. It waits for nobody: whose rows somebody holds, of that
 * one it says so.
 */
export async function record(db: Db, several: readonly Recording[]): Promise<Recorded[]> {
  const asked = db.execute<{ answers: Record<number, Answer> }>(sql`
    select record_signatures(${JSON.stringify(several.map(inJson))}::jsonb, ${TO_ARRIVE}::interval,
      ${TO_ENTRY}::interval) as answers`);
  const rows = await asked.catch((error: unknown) => {
    if (several.length === 1 && isTaken(error)) return null;
    throw error;
  });
  if (!rows) return [{ outcome: 'code-taken' }];
  const { answers } = rows[0]!;
  return several.map(({ made }, at) => recordedOf(made, answers[at + 1]!));
}

/** As `record_signatures` takes it. */
const inJson = ({ made, seen, use }: Recording) => ({
  person: made.personId,
  hash: bytea(made.hash),
  hash_symbols: made.hashSymbols,
  kode: made.kode,
  statement: made.statement,
  nama_lengkap: made.namaLengkap,
  jabatan: made.jabatan,
  unsur: made.unsur,
  nomor: made.nomor,
  wilayah_nama: made.wilayahNama,
  credential_id: bytea(made.credentialId),
  authenticator_data: bytea(made.authenticatorData),
  client_data_json: bytea(made.clientDataJson),
  signature: bytea(made.signature),
  spki: bytea(made.spki),
  evidence_hash: bytea(made.evidenceHash),
  seen,
  counter: use.counter,
  user_handle: bytea(use.userHandle),
});

/** Bytes as PostgreSQL reads them from a text. */
const bytea = (bytes: Bytes): string => `\\x${hex(bytes)}`;

function recordedOf(made: Recording['made'], answer: Answer): Recorded {
  const done = outcomeOf(RECORDING, answer.outcome);
  if (!done.ok) return { outcome: done.code };
  return {
    outcome: 'recorded',
    row: {
      ...made,
      kegiatanId: answer.kegiatan_id,
      nama: answer.nama,
      replaces: answer.replaces === null ? null : fromHex(answer.replaces),
      counterNote: answer.counter_note,
      leafId: answer.leaf_id,
      at: new Date(answer.at),
    },
  };
}

/** Records a signature and undoes it, in one statement that leaves nothing behind. Throws what a true one would meet. */
export async function tryRecording(db: Db): Promise<void> {
  await db.execute(sql`select try_recording()`);
}

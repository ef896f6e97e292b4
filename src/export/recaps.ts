/**
 * Reads recaps batch by batch, each from where the last one ended: no batch is dearer than the first, and no connection
 * is held in between. Shown by test/export/export.test.ts.
 */
import { and, count, eq, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import type { Zona } from '../lib/zone.ts';
import type { Unsur } from '../naskah/wording.ts';
import * as people from '../roster/people.ts';
import { fullName } from '../roster/person.ts';
import {
  erasure,
  isListed,
  kegiatan,
  leaf,
  listing,
  person,
  signature,
  signerCredential,
  wilayah,
  withdrawal,
  withdrawnBecause,
} from '../schema.ts';
import { formatBefore, type RecapRow } from './recap.ts';

export const BATCH = 1000;
export type Batch = RecapRow[];

/** A place that has no number yet comes after those that have one. */
const urut = sql`coalesce(${person.urut}, 2147483647)`;

/** Codes below `62.01` are those from `62.01` to before `62.01/`: the point sorts right before the slash. */
const isWithin = (code: SQLWrapper, area: string): SQL =>
  sql`${code} collate "C" >= ${area} and ${code} collate "C" < ${`${area}/`}`;

/** Who has signed at an event, by number; of one area, or of all. */
export const signedAt = (db: Db, kegiatanId: string, area: string | null = null): AsyncGenerator<Batch> =>
  signatories(db, {
    where: and(
      eq(listing.kegiatanId, kegiatanId),
      area === null ? undefined : isWithin(listing.wilayah, area),
    )!,
    keterangan: sql`''`,
    by: sql`${urut}, ${listing.kode} collate "C"`,
    last: (row) => sql`${row.urut ?? 2147483647}::integer, ${row.kode}`,
  });

/** Rows of an event's files, by status. */
export interface Sizes {
  /** Of `signedAt`: pledges that stand, and withdrawn ones. */
  signed: { sudah: number; dicabut: number };
  /** Of `listed`, which has a row for each place. */
  listed: { sudah: number; dicabut: number; belum: number };
  /** Standing pledges without data, which the file of signatories can't have. */
  erased: number;
}

export async function sizes(db: Db, kegiatanId: string): Promise<Sizes> {
  const erasures = db
    .select({ n: count() })
    .from(erasure)
    .innerJoin(signature, eq(signature.hash, erasure.hash))
    .innerJoin(leaf, and(eq(leaf.id, signature.leafId), isNotNull(leaf.logIndex)))
    .where(
      and(
        eq(signature.kegiatanId, kegiatanId),
        sql`not exists (select from withdrawal x where x.hash = ${erasure.hash})`,
      ),
    );
  const [row] = await db
    .select({
      sudah: sql`count(*) filter (where ${withdrawal.hash} is null)`.mapWith(Number),
      dicabut: count(withdrawal.hash),
      erased: sql`${erasures}`.mapWith(Number),
    })
    .from(listing)
    .leftJoin(withdrawal, eq(withdrawal.hash, listing.hash))
    .where(eq(listing.kegiatanId, kegiatanId));
  const { sudah, dicabut, erased } = row!;
  const counts = await people.counts(db, kegiatanId);
  const sum = (of: 'wajib' | 'sudah' | 'dicabut'): number =>
    counts.reduce((all, count) => all + count[of], 0);
  const listed = {
    sudah: sum('sudah'),
    dicabut: sum('dicabut'),
    belum: sum('wajib') - sum('sudah') - sum('dicabut'),
  };
  return { signed: { sudah, dicabut }, listed, erased };
}

/** How many must sign, have, haven't, and have withdrawn: of a kecamatan, or of the kabupaten for those who serve it as a whole. */
export interface RecapCount {
  kode: string;
  nama: string;
  wajib: number;
  sudah: number;
  belum: number;
  dicabut: number;
}

/** Of these events together, within an area or everywhere, by code. */
export async function summary(
  db: Db,
  kegiatanIds: readonly string[],
  area: string | null,
): Promise<RecapCount[]> {
  const found = new Map<string, RecapCount>();
  for (const counts of await Promise.all(kegiatanIds.map((id) => people.counts(db, id)))) {
    for (const { wilayah: kode, nama, wajib, sudah, dicabut } of counts) {
      if (area !== null && kode !== area && !kode.startsWith(`${area}.`)) continue;
      const sum = found.get(kode) ?? { kode, nama, wajib: 0, sudah: 0, belum: 0, dicabut: 0 };
      sum.wajib += wajib;
      sum.sudah += sudah;
      sum.belum += wajib - sudah - dicabut;
      sum.dicabut += dicabut;
      found.set(kode, sum);
    }
  }
  return [...found.values()].sort((a, b) => (a.kode < b.kode ? -1 : 1));
}

/** Who has signed in an area, by area and name, at any event of an organiser; the event stands under Keterangan. */
export const signedIn = (db: Db, organizerId: string, area: string): AsyncGenerator<Batch> =>
  signatories(db, {
    where: and(eq(kegiatan.organizerId, organizerId), isWithin(listing.wilayah, area))!,
    keterangan: sql`${kegiatan.judul}`,
    by: sql`${listing.wilayah} collate "C", ${sort}, ${listing.kode} collate "C"`,
    last: (row) => sql`${row.wilayah}, ${row.sort}, ${row.kode}`,
  });

interface Asked {
  where: SQL;
  keterangan: SQL;
  /** What the rows are ordered by, and its values in the last row of a batch. */
  by: SQL;
  last: (row: SignedRow) => SQL;
}

/** Keyset pagination. */
async function* signatories(db: Db, { where, keterangan, by, last }: Asked): AsyncGenerator<Batch> {
  let after: SQL | undefined;
  for (;;) {
    const rows: SignedRow[] = await signed(db, keterangan).where(and(where, after)).orderBy(by).limit(BATCH);
    if (rows.length > 0) yield rows.map(recapRow);
    const end = rows[BATCH - 1];
    if (!end) return;
    after = sql`(${by}) > (${last(end)})`;
  }
}

const kecamatan = alias(wilayah, 'kecamatan');
const inKecamatan = sql`${kecamatan.kode} = left(${wilayah.kode}, 8) and length(${wilayah.kode}) >= 8`;

/** Columns of both files. */
const columns = {
  wilayah: wilayah.kode,
  kecamatan: sql<string>`coalesce(${kecamatan.nama}, '')`,
  desa: sql<string>`case when length(${wilayah.kode}) = 13 then ${wilayah.nama} else '' end`,
  urut: person.urut,
  unsur: sql<Unsur>`${person.unsur}`,
  nip: person.nip,
  pangkat: person.pangkat,
  zona: sql<Zona>`${kegiatan.zona}`,
  dicabut: withdrawal.at,
  alasan: withdrawnBecause,
};

/** `lower` of a name, by code unit: in the order of the index. */
const sort = sql<string>`lower(${listing.nama} collate "C")`;

const signed = (db: Db, keterangan: SQL) =>
  db
    .select({
      ...columns,
      nama: signature.namaLengkap,
      jabatan: signature.jabatan,
      at: signature.at,
      nomor: signature.nomor,
      kode: signature.kode,
      keterangan: sql<string>`${keterangan}`,
      sort,
    })
    .from(listing)
    .innerJoin(signature, eq(signature.hash, listing.hash))
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .innerJoin(person, eq(person.id, signature.personId))
    .innerJoin(wilayah, eq(wilayah.kode, listing.wilayah))
    .leftJoin(kecamatan, inKecamatan)
    .leftJoin(withdrawal, eq(withdrawal.hash, listing.hash));

type SignedRow = Awaited<ReturnType<typeof signed>>[number];

/** Everyone on an event's list, whether they have signed or not, by number; of one area, or of all. For officers alone. */
export async function* listed(
  db: Db,
  kegiatanId: string,
  { area = null, outstanding = false }: { area?: string | null; outstanding?: boolean } = {},
): AsyncGenerator<Batch> {
  const asked = and(
    eq(person.kegiatanId, kegiatanId),
    isListed(),
    area === null ? undefined : isWithin(person.wilayah, area),
  );
  let after: SQL | undefined;
  for (;;) {
    const { query, pledge } = places(db);
    const rows: ListedRow[] = await query
      .where(and(asked, after, outstanding ? isNull(pledge.hash) : undefined))
      .orderBy(urut, person.tempat)
      .limit(BATCH);
    if (rows.length > 0) {
      yield rows.map((row) => recapRow({ ...row, nama: fullName(row), keterangan: beforeOf(row) }));
    }
    const last = rows[BATCH - 1];
    if (!last) return;
    after = sql`(${urut}, ${person.tempat}) > (${last.urut ?? 2147483647}::integer, ${last.tempat})`;
  }
}

/** On rows of `person`, `signature g` and its `signer_credential c`: who holds the place has signed it. */
const isOwn = sql`same_holder(${person.tempat}, g.nama, c.nip, ${person.tempat}, ${person.nama}, ${person.nip})`;

/** Withdrawn pledges of the place that others have signed. */
const before = sql<{ nama: string; kode: string; at: string; alasan: string | null }[] | null>`(
  select json_agg(json_build_object('nama', g.nama_lengkap, 'kode', g.kode, 'at', withdrawal.at, 'alasan', ${withdrawnBecause})
    order by g.at, g.kode)
  from signature g join withdrawal on withdrawal.hash = g.hash join signer_credential c on c.id = g.credential_id
  where g.person_id = ${person.id} and not ${isOwn})`;

function places(db: Db) {
  const g = alias(signature, 'g');
  const c = alias(signerCredential, 'c');
  const x = alias(withdrawal, 'x');
  // The pledge that stands; else the holder's own last one, which was withdrawn.
  const pledge = db
    .select({ hash: g.hash, at: g.at, kode: g.kode })
    .from(g)
    .innerJoin(leaf, and(eq(leaf.id, g.leafId), isNotNull(leaf.logIndex)))
    .innerJoin(c, eq(c.id, g.credentialId))
    .leftJoin(x, eq(x.hash, g.hash))
    .where(sql`${g.personId} = ${person.id} and (${x.hash} is null or ${isOwn})`)
    .orderBy(sql`${x.hash} is null desc, ${g.at} desc, ${g.kode}`)
    .limit(1)
    .as('pledge');
  const query = db
    .select({
      ...columns,
      gelarDepan: person.gelarDepan,
      nama: person.nama,
      gelarBelakang: person.gelarBelakang,
      jabatan: person.jabatan,
      at: pledge.at,
      nomor: person.nomor,
      kode: pledge.kode,
      tempat: person.tempat,
      before,
    })
    .from(person)
    .innerJoin(kegiatan, eq(kegiatan.id, person.kegiatanId))
    .leftJoinLateral(pledge, sql`true`)
    .leftJoin(withdrawal, eq(withdrawal.hash, pledge.hash))
    .innerJoin(wilayah, eq(wilayah.kode, person.wilayah))
    .leftJoin(kecamatan, inKecamatan);
  return { query, pledge };
}

type ListedRow = Awaited<ReturnType<typeof places>['query']>[number];

const beforeOf = (row: ListedRow): string =>
  (row.before ?? [])
    .map(({ at, alasan, ...one }) =>
      formatBefore({ ...one, at: new Date(at), alasan: alasan ?? '' }, row.zona),
    )
    .join('. ');

type Row = Omit<RecapRow, 'signed' | 'withdrawn'> & {
  at: Date | null;
  zona: Zona;
  nomor: string | null;
  kode: string | null;
  dicabut: Date | null;
  alasan: string | null;
};

const recapRow = (row: Row): RecapRow => ({
  urut: row.urut,
  wilayah: row.wilayah,
  kecamatan: row.kecamatan,
  desa: row.desa,
  unsur: row.unsur,
  nama: row.nama,
  jabatan: row.jabatan,
  nip: row.nip,
  pangkat: row.pangkat,
  signed:
    row.at !== null && row.kode !== null
      ? { at: row.at, zona: row.zona, nomor: row.nomor ?? '', kode: row.kode }
      : null,
  withdrawn: row.dicabut === null ? null : { at: row.dicabut, alasan: row.alasan ?? '' },
  keterangan: row.keterangan,
});

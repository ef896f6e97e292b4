/**
 * Reads recaps batch by batch, each from where the last one ended: no batch is dearer than the first, and no connection
 * is held in between. Shown by test/export/export.test.ts.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Zona } from '../lib/zone.ts';
import type { Unsur } from '../naskah/wording.ts';
import * as people from '../roster/people.ts';
import { fullName } from '../roster/person.ts';
import { isListed, withdrawnBecause } from '../schema.ts';
import { formatBefore, type RecapRow } from './recap.ts';

export const BATCH = 1000;
export type Batch = RecapRow[];

/** A place that has no number yet comes after those that have one. */
const urut = sql`coalesce(p.urut, 2147483647)`;

/** Who has signed at an event, by number. */
export const signedAt = (db: Db, kegiatanId: string): AsyncGenerator<Batch> =>
  signatories(db, {
    where: sql`s.kegiatan_id = ${kegiatanId}`,
    keterangan: sql`''`,
    by: sql`${urut}, s.kode collate "C"`,
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
  const [row] = await db.execute<{ sudah: number; dicabut: number; erased: number }>(sql`
    select count(*) filter (where w.hash is null)::int as sudah, count(w.hash)::int as dicabut,
      (select count(*)::int from erasure e join signature g on g.hash = e.hash
        join leaf f on f.id = g.leaf_id and f.log_index is not null
        where g.kegiatan_id = ${kegiatanId} and not exists (select from withdrawal x where x.hash = e.hash)) as erased
    from listing l left join withdrawal w on w.hash = l.hash
    where l.kegiatan_id = ${kegiatanId}`);
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

/** Who has signed in an area, by area and name, at any event of an organiser; the event stands under Keterangan. */
export const signedIn = (db: Db, organizerId: string, wilayah: string): AsyncGenerator<Batch> =>
  signatories(db, {
    // The codes below `62.01` are those from `62.01` to before `62.01/`: the point sorts right before the slash.
    where: sql`k.organizer_id = ${organizerId}
      and s.wilayah collate "C" >= ${wilayah} and s.wilayah collate "C" < ${`${wilayah}/`}`,
    keterangan: sql`k.judul`,
    by: sql`s.wilayah collate "C", lower(s.nama collate "C"), s.kode collate "C"`,
    last: (row) => sql`${row.wilayah}, ${row.sort}, ${row.kode}`,
  });

interface Asked {
  where: SQL;
  keterangan: SQL;
  /** What the rows are ordered by, and its values in the last row of a batch. */
  by: SQL;
  last: (row: SignedRow) => SQL;
}

async function* signatories(db: Db, { where, keterangan, by, last }: Asked): AsyncGenerator<Batch> {
  let after = sql`true`;
  for (;;) {
    const rows = await db.execute<SignedRow>(sql`
      select ${places}, p.urut, p.unsur, g.nama_lengkap, g.jabatan, p.nip, p.pangkat, g.at, k.zona, g.nomor, g.kode,
        ${withdrawn}, ${keterangan} as keterangan, lower(s.nama collate "C") as sort
      from listing s
      join signature g on g.hash = s.hash
      join kegiatan k on k.id = g.kegiatan_id
      join person p on p.id = g.person_id
      ${placesOf(sql`s.wilayah`)}
      left join withdrawal on withdrawal.hash = s.hash
      where ${where} and ${after}
      order by ${by}
      limit ${BATCH}`);
    if (rows.length > 0) yield rows.map((row) => recapRow(row, row.nama_lengkap));
    const end = rows[BATCH - 1];
    if (!end) return;
    after = sql`(${by}) > (${last(end)})`;
  }
}

/** Everyone on an event's list, whether they have signed or not, by number. For officers alone. */
export async function* listed(db: Db, kegiatanId: string): AsyncGenerator<Batch> {
  let after = sql`true`;
  for (;;) {
    const rows = await db.execute<ListedRow>(sql`
      select ${places}, p.urut, p.unsur, p.gelar_depan, p.nama, p.gelar_belakang, p.jabatan, p.nip, p.pangkat, g.at, k.zona,
        p.nomor, g.kode, ${withdrawn}, '' as keterangan, p.tempat, ${before}
      from person p
      join kegiatan k on k.id = p.kegiatan_id
      -- The pledge that stands; else the holder's own last one, which was withdrawn.
      left join lateral (
        select g.hash, g.at, g.kode
        from signature g join leaf l on l.id = g.leaf_id and l.log_index is not null
        join signer_credential c on c.id = g.credential_id
        left join withdrawal x on x.hash = g.hash
        where g.person_id = p.id and (x.hash is null or ${isOwn})
        order by x.hash is null desc, g.at desc, g.kode limit 1) g on true
      left join withdrawal on withdrawal.hash = g.hash
      ${placesOf(sql`p.wilayah`)}
      where p.kegiatan_id = ${kegiatanId} and ${after} and ${isListed(sql`p.id`)}
      order by ${urut}, p.tempat
      limit ${BATCH}`);
    if (rows.length > 0) {
      yield rows.map((row) => ({ ...recapRow(row, nameOf(row)), keterangan: beforeOf(row) }));
    }
    const last = rows[BATCH - 1];
    if (!last) return;
    after = sql`(${urut}, p.tempat) > (${last.urut ?? 2147483647}::integer, ${last.tempat})`;
  }
}

const isOwn = sql`same_holder(p.tempat, g.nama, c.nip, p.tempat, p.nama, p.nip)`;
/** Withdrawn pledges of the place that others have signed. */
const before = sql`(
  select json_agg(json_build_object('nama', g.nama_lengkap, 'kode', g.kode, 'at', withdrawal.at, 'alasan', ${withdrawnBecause})
    order by g.at, g.kode)
  from signature g join withdrawal on withdrawal.hash = g.hash join signer_credential c on c.id = g.credential_id
  where g.person_id = p.id and not ${isOwn}) as before`;
const beforeOf = (row: ListedRow): string =>
  (row.before ?? [])
    .map(({ at, alasan, ...one }) =>
      formatBefore({ ...one, at: new Date(at), alasan: alasan ?? '' }, row.zona),
    )
    .join('. ');

const withdrawn = sql`withdrawal.at as dicabut, ${withdrawnBecause} as alasan`;
const places = sql`w.kode as wilayah, coalesce(kec.nama, '') as kecamatan,
  case when length(w.kode) = 13 then w.nama else '' end as desa`;
const placesOf = (kode: SQL): SQL => sql`
  join wilayah w on w.kode = ${kode}
  left join wilayah kec on kec.kode = left(w.kode, 8) and length(w.kode) >= 8`;

interface Row extends Record<string, unknown> {
  urut: number | null;
  wilayah: string;
  kecamatan: string;
  desa: string;
  unsur: Unsur;
  jabatan: string;
  nip: string;
  pangkat: string;
  at: string | null;
  zona: Zona;
  nomor: string | null;
  kode: string | null;
  dicabut: string | null;
  alasan: string | null;
  keterangan: string;
}
interface SignedRow extends Row {
  nama_lengkap: string;
  sort: string;
}
interface ListedRow extends Row {
  before: { nama: string; kode: string; at: string; alasan: string | null }[] | null;
  gelar_depan: string;
  nama: string;
  gelar_belakang: string;
  tempat: string;
}

const nameOf = (row: ListedRow): string =>
  fullName({ gelarDepan: row.gelar_depan, nama: row.nama, gelarBelakang: row.gelar_belakang });

const recapRow = (row: Row, nama: string): RecapRow => ({
  urut: row.urut,
  wilayah: row.wilayah,
  kecamatan: row.kecamatan,
  desa: row.desa,
  unsur: row.unsur,
  nama,
  jabatan: row.jabatan,
  nip: row.nip,
  pangkat: row.pangkat,
  signed:
    row.at !== null && row.kode !== null
      ? { at: new Date(row.at), zona: row.zona, nomor: row.nomor ?? '', kode: row.kode }
      : null,
  withdrawn: row.dicabut === null ? null : { at: new Date(row.dicabut), alasan: row.alasan ?? '' },
  keterangan: row.keterangan,
});

/** How far an event is: counts by kecamatan, and for officers alone the names still awaited. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Unsur } from '../naskah/wording.ts';
import { fullName } from '../roster/person.ts';

export interface AreaProgress {
  /** A kecamatan, or a kabupaten for those who serve it as a whole. */
  kode: string;
  nama: string;
  wajib: number;
  sudah: number;
}

export async function byArea(db: Db, kegiatanId: string): Promise<AreaProgress[]> {
  const rows = await db.execute<{ kode: string; nama: string; wajib: number; sudah: number }>(sql`
    select t.wilayah as kode, w.nama, t.wajib, t.sudah from tally t join wilayah w on w.kode = t.wilayah
    where t.kegiatan_id = ${kegiatanId} and (t.wajib > 0 or t.sudah > 0)
    order by t.wilayah collate "C"`);
  return [...rows];
}

/** Unsur on the list with the number of their places. */
export async function byUnsur(db: Db, kegiatanId: string): Promise<{ unsur: Unsur; places: number }[]> {
  const rows = await db.execute<{ unsur: Unsur; places: number }>(sql`
    select p.unsur, count(*)::integer as places from person p
    where p.kegiatan_id = ${kegiatanId} group by p.unsur order by p.unsur collate "C"`);
  return [...rows];
}

export interface Awaited {
  personId: string;
  tempat: string;
  /** With titles; empty while the office has no name yet. */
  nama: string;
  jabatan: string;
  kode: string;
  /** Area and, for a village, its kecamatan. */
  wilayah: string;
  invited: boolean;
}

/** Those without a signature, by area; at most `limit` after `after` (`tempat` of the last one shown, with its area). */
export async function awaited(
  db: Db,
  kegiatanId: string,
  options: { within?: string; after?: { kode: string; tempat: string }; limit: number },
): Promise<Awaited[]> {
  const where: SQL[] = [
    sql`p.kegiatan_id = ${kegiatanId}`,
    sql`not exists (select 1 from signature g where g.person_id = p.id)`,
  ];
  if (options.within !== undefined) where.push(sql`wilayah_hitung(p.wilayah) = ${options.within}`);
  if (options.after) {
    where.push(
      sql`(p.wilayah collate "C", p.tempat collate "C") > (${options.after.kode}, ${options.after.tempat})`,
    );
  }
  const rows = await db.execute<{
    person_id: string;
    tempat: string;
    gelar_depan: string;
    nama: string;
    gelar_belakang: string;
    jabatan: string;
    kode: string;
    area: string;
    around: string | null;
    invited: boolean;
  }>(sql`
    select p.id as person_id, p.tempat, p.gelar_depan, p.nama, p.gelar_belakang, p.jabatan, p.wilayah as kode,
      w.nama as area, case when length(w.kode) > 8 then i.nama end as around,
      exists (select 1 from invitation v where v.person_id = p.id) as invited
    from person p join wilayah w on w.kode = p.wilayah left join wilayah i on i.kode = w.induk
    where ${sql.join(where, sql` and `)}
    order by p.wilayah collate "C", p.tempat collate "C" limit ${options.limit}`);
  return rows.map((row) => ({
    personId: row.person_id,
    tempat: row.tempat,
    nama: fullName({ gelarDepan: row.gelar_depan, nama: row.nama, gelarBelakang: row.gelar_belakang }),
    jabatan: row.jabatan,
    kode: row.kode,
    wilayah: row.around ? `${row.area}, ${row.around}` : row.area,
    invited: row.invited,
  }));
}

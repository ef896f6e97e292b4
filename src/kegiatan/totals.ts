/**
 * How far the organisers within an area are, by the areas directly below it: numbers alone, for the organiser around them. Whose
 * names are outstanding in a kabupaten is for that one's officers. Shown by test/pages/office/office-home.test.ts.
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';

export interface NestedTotal {
  /** Of the kabupaten or kota within a province; of the kecamatan within a kabupaten. */
  kode: string;
  nama: string;
  /** Events that were opened. */
  kegiatan: number;
  wajib: number;
  sudah: number;
}

/**
 * Added up by organiser, not by where people serve (`area_tally`): an event is of one organiser, and that one's area lies in one
 * kabupaten, so each place on a list is told once. What the province holds itself for people of a kabupaten stands with its own
 * events, and would be told twice by the sums of areas. As there, an event counts from the day it is first opened.
 * A kabupaten with an organiser and no such event stands there with nothing.
 */
export async function within(db: Db, wilayah: string): Promise<NestedTotal[]> {
  const below = wilayah.length + 3;
  if (below > 8) return [];
  // LATERAL, so that an event's sums are made once, before the areas are added up.
  const rows = await db.execute<{ [Key in keyof NestedTotal]: NestedTotal[Key] }>(sql`
    select b.kode, coalesce(max(w.nama), b.kode) as nama, count(k.id)::integer as kegiatan,
      coalesce(sum(c.wajib), 0)::integer as wajib, coalesce(sum(c.sudah), 0)::integer as sudah
    from (select o.id, left(o.wilayah, ${below}::integer) as kode from organizer o
        where starts_with(o.wilayah, ${`${wilayah}.`})) b
      left join wilayah w on w.kode = b.kode
      left join kegiatan k on k.organizer_id = b.id and exists (
        select from kegiatan_tahap t where t.kegiatan_id = k.id and t.tahap = 'dibuka')
      left join lateral (
        select sum(t.wajib) as wajib, sum(t.sudah) as sudah from tally t where t.kegiatan_id = k.id) c on true
    group by b.kode order by b.kode collate "C"`);
  return [...rows];
}

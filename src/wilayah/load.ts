/** Puts the code table into the database, from `idn-area-data` (data ODbL). Node only: the package reads files. */
import { isNull, sql } from 'drizzle-orm';
import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data';
import type { Db } from '../db.ts';
import { hex, utf8 } from '../lib/bytes.ts';
import { sha256 } from '../lib/sha256.ts';
import { wilayah } from '../schema.ts';
import { type Area, kindOf, parentOf } from './area.ts';

/** Kepmendagri 300.2.2-2138/2025. */
const IN_FORCE_SINCE = '2025-04-25';

/**
 * SHA-256 of all codes and names (`digestOfAreas`) of the package's version that is installed: with another one, test/wilayah/areas.test.ts
 * says what belongs here. To read the files takes half a second, which no start needs whose table is this one.
 */
export const AREAS_DIGEST = 'db05837c8bcc718a7321b1855866e728ab74e1e90977fe55be43ac7e4f0bb6b8';

/** The data has a doubled quote where an apostrophe is meant, in 15 names: Soka"an. */
const repair = (nama: string): string => nama.normalize('NFC').replaceAll('"', "'").trim();

export async function readAreas(): Promise<Area[]> {
  const rows = [
    ...(await getProvinces()),
    ...(await getRegencies()),
    ...(await getDistricts()),
    ...(await getVillages()),
  ];
  return rows.map(({ code, name }) => ({
    kode: code,
    nama: repair(name),
    jenis: kindOf(code),
    induk: parentOf(code),
  }));
}

/**
 * Adds new codes, updates names, and gives codes that are no longer in the table the day they ended. Does nothing
 * if the table is already this one. Returns the number of rows that changed.
 */
export async function load(db: Db): Promise<number> {
  // Nearly every start.
  if ((await digestIn(db)) === AREAS_DIGEST) return 0;
  const areas = await readAreas();
  const rows = JSON.stringify(areas);
  const changed = await db.execute<{ n: number }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as a (kode text, nama text, jenis text, induk text)
    ), ended as (
      update wilayah w set berlaku_sampai = ${IN_FORCE_SINCE}
      where w.berlaku_sampai is null and not exists (select 1 from given g where g.kode = w.kode)
      returning 1
    ), stored as (
      insert into wilayah (kode, nama, jenis, induk, berlaku_sejak)
      select g.kode, g.nama, g.jenis, g.induk, ${IN_FORCE_SINCE} from given g
      on conflict (kode) do update set nama = excluded.nama, berlaku_sampai = null
        where wilayah.nama <> excluded.nama or wilayah.berlaku_sampai is not null
      returning 1
    )
    select ((select count(*) from ended) + (select count(*) from stored))::int as n`);
  const { n } = changed[0]!;
  if (n > 0) {
    // What was written waits in a list that each search would go through until the next vacuum, or by way of the whole table.
    await db.execute(sql`select gin_clean_pending_list('wilayah_nama')`);
    await db.execute(sql`analyze wilayah`);
  }
  return n;
}

/** Of a line for each code with its name, as "C" sorts the codes: a space comes before every sign that a code has. */
export async function digestOfAreas(areas: readonly Area[]): Promise<string> {
  const lines = areas.map(({ kode, nama }) => `${kode} ${nama}`).sort();
  return hex(await sha256(utf8(lines.join('\n'))));
}

/** The same of the codes in force; null if there are none. */
async function digestIn(db: Db): Promise<string | null> {
  const line = sql`${wilayah.kode} || ' ' || ${wilayah.nama}`;
  const lines = sql`string_agg(${line}, ${'\n'} order by ${wilayah.kode} collate "C")`;
  const [row] = await db
    .select({ digest: sql<string | null>`encode(sha256(convert_to(${lines}, 'UTF8')), 'hex')` })
    .from(wilayah)
    .where(isNull(wilayah.berlakuSampai));
  return row!.digest;
}

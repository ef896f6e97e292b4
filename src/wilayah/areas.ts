/** Areas in the database. Shown by test/wilayah/areas.test.ts. */
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { wordsOf } from '../lib/text.ts';
import { wilayah } from '../schema.ts';
import { type Area, type AreaKind, describePath, KODE_WILAYAH, parentOf, pathIn } from './area.ts';

const columns = { kode: wilayah.kode, nama: wilayah.nama, jenis: wilayah.jenis, induk: wilayah.induk };
const toArea = (row: { kode: string; nama: string; jenis: string; induk: string | null }): Area => ({
  ...row,
  jenis: row.jenis as AreaKind,
});

/** Also finds a code that is no longer in force: old pledges name it. */
export async function byCode(db: Db, kode: string): Promise<Area | null> {
  const [row] = await db.select(columns).from(wilayah).where(eq(wilayah.kode, kode));
  return row ? toArea(row) : null;
}

/** The areas of these codes and all areas around them, by code. Unknown codes are missing from the map. */
export async function byCodes(db: Db, codes: Iterable<string>): Promise<Map<string, Area>> {
  const wanted = new Set<string>();
  for (const kode of codes) {
    for (let at: string | null = kode; at !== null && !wanted.has(at); at = parentOf(at)) wanted.add(at);
  }
  if (wanted.size === 0) return new Map();
  const list = sql`(select jsonb_array_elements_text(${JSON.stringify([...wanted])}::jsonb))`;
  const rows = await db.select(columns).from(wilayah).where(sql`${wilayah.kode} in ${list}`);
  return new Map(rows.map((row) => [row.kode, toArea(row)]));
}

/** Those directly below: the provinces for null. In force only, by code. */
export async function children(db: Db, kode: string | null): Promise<Area[]> {
  const below = kode === null ? isNull(wilayah.induk) : eq(wilayah.induk, kode);
  const rows = await db
    .select(columns)
    .from(wilayah)
    .where(and(below, isNull(wilayah.berlakuSampai)))
    .orderBy(sql`${wilayah.kode} collate "C"`);
  return rows.map(toArea);
}

/** Every area of these kinds inside `kode`, itself included. In force only, by code. */
export async function within(db: Db, kode: string, kinds: readonly AreaKind[]): Promise<Area[]> {
  const rows = await db
    .select(columns)
    .from(wilayah)
    .where(and(inside(kode), inArray(wilayah.jenis, [...kinds]), isNull(wilayah.berlakuSampai)))
    .orderBy(sql`${wilayah.kode} collate "C"`);
  return rows.map(toArea);
}

/** The area itself, then the areas around it, outwards. Empty if the code is unknown. */
export async function pathOf(db: Db, kode: string): Promise<Area[]> {
  return pathIn(await byCodes(db, [kode]), kode);
}

export interface FoundArea extends Area {
  /** As `describePath` prints it: always with the kecamatan. */
  alamat: string;
}

export interface Search {
  /** Only inside this area. */
  within?: string;
  /** At most; 20 unless told. */
  limit?: number;
}

/** A word shorter than this has no trigram, so that the index can't find it. */
const SHORTEST = 3;

/**
 * Areas in force whose name has every word typed somewhere in it; for a code that one and those directly below. Whole
 * names first, then beginnings, then the wider area. By the index of trigrams: a page that is open to all may ask at
 * each letter typed, and gets nothing before there is a word of three letters.
 */
export async function search(
  db: Db,
  typed: string,
  { within, limit = 20 }: Search = {},
): Promise<FoundArea[]> {
  const kode = typed.trim();
  const isCode = KODE_WILAYAH.test(kode);
  const words = wordsOf(typed)?.map((word) => word.toLowerCase());
  if (!words || (!isCode && words.every((word) => word.length < SHORTEST))) return [];
  const wanted = words.join(' ');
  const name = sql`translate(lower(w.nama), '.,-/()"''’‘', '       ')`;
  const bare = sql`regexp_replace(${name}, '^(kabupaten|kota|desa adat) (administrasi )?', '')`;
  const where: SQL[] = [sql`w.berlaku_sampai is null`];
  if (isCode) where.push(sql`(w.kode = ${kode} or w.induk = ${kode})`);
  // A word holds letters and digits alone, so nothing in it is a wildcard.
  else for (const word of words) where.push(sql`${name} like ${`%${word}%`}`);
  if (within !== undefined) where.push(sql`starts_with(w.kode, ${within})`);
  const rows = await db.execute<{ kode: string; nama: string; jenis: AreaKind; induk: string | null }>(sql`
    select w.kode, w.nama, w.jenis, w.induk from wilayah w
    where ${sql.join(where, sql` and `)}
    order by case when ${bare} = ${wanted} then 0 when starts_with(${bare}, ${wanted}) then 1
        when position(${` ${wanted}`} in ${bare}) > 0 then 2 else 3 end,
      length(w.kode), lower(w.nama) collate "C", w.kode collate "C"
    limit ${limit}`);
  const around = await byCodes(
    db,
    rows.map((row) => row.kode),
  );
  return rows.map((row) => ({ ...toArea(row), alamat: describePath(pathIn(around, row.kode)) }));
}

const inside = (kode: string): SQL => sql`starts_with(${wilayah.kode}, ${kode})`;

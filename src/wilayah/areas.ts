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

/**
 * Areas in force whose name has, for each word typed, a word that begins so; for a code that one and those directly below.
 * Whole names first, then the wider area. By the index of words: a page that is open to all may ask at each letter typed.
 */
export async function search(
  db: Db,
  typed: string,
  { within, limit = 20 }: Search = {},
): Promise<FoundArea[]> {
  const kode = typed.trim();
  const words = wordsOf(typed);
  if (!words) return [];
  const wanted = words.join(' ').toLowerCase();
  const name = sql`translate(w.nama, '.,-/()"''’‘', '       ')`;
  const bare = sql`regexp_replace(lower(${name}), '^(kabupaten|kota|desa adat) (administrasi )?', '')`;
  const where: SQL[] = [
    sql`w.berlaku_sampai is null`,
    KODE_WILAYAH.test(kode)
      ? sql`(w.kode = ${kode} or w.induk = ${kode})`
      : sql`to_tsvector('simple', ${name}) @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`,
  ];
  if (within !== undefined) where.push(sql`starts_with(w.kode, ${within})`);
  const rows = await db.execute<{ kode: string; nama: string; jenis: AreaKind; induk: string | null }>(sql`
    select w.kode, w.nama, w.jenis, w.induk from wilayah w
    where ${sql.join(where, sql` and `)}
    order by case when ${bare} = ${wanted} then 0 when starts_with(${bare}, ${wanted}) then 1 else 2 end,
      length(w.kode), lower(w.nama) collate "C", w.kode collate "C"
    limit ${limit}`);
  const around = await byCodes(
    db,
    rows.map((row) => row.kode),
  );
  return rows.map((row) => ({ ...toArea(row), alamat: describePath(pathIn(around, row.kode)) }));
}

const inside = (kode: string): SQL => sql`starts_with(${wilayah.kode}, ${kode})`;

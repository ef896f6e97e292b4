/** Areas in the database. Shown by test/wilayah/areas.test.ts. */
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { wilayah } from '../schema.ts';
import { type Area, type AreaKind, describe, parentOf, pathIn } from './area.ts';

export { describe, pathIn, shortName } from './area.ts';

const columns = { kode: wilayah.kode, nama: wilayah.nama, jenis: wilayah.jenis, induk: wilayah.induk };
const toArea = (row: { kode: string; nama: string; jenis: string; induk: string | null }): Area => ({
  ...row,
  jenis: row.jenis as AreaKind,
});

/** Also finds a code that is no longer in force: old pledges name it. */
export async function byKode(db: Db, kode: string): Promise<Area | null> {
  const [row] = await db.select(columns).from(wilayah).where(eq(wilayah.kode, kode));
  return row ? toArea(row) : null;
}

/** The areas of these codes and all areas around them, by code. Unknown codes are missing from the map. */
export async function byKodes(db: Db, kodes: Iterable<string>): Promise<Map<string, Area>> {
  const wanted = new Set<string>();
  for (const kode of kodes) {
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
  return pathIn(await byKodes(db, [kode]), kode);
}

export interface FoundArea extends Area {
  /** As `describe` prints it: always with the kecamatan. */
  alamat: string;
}

export interface Search {
  /** Only inside this area. */
  within?: string;
  kinds?: readonly AreaKind[];
  /** At most; 20 unless told. */
  limit?: number;
}

/** Areas in force with `part` in their name, or whose code begins with it. Whole names first, then beginnings. */
export async function search(db: Db, part: string, options: Search = {}): Promise<FoundArea[]> {
  const wanted = part.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  if (wanted === '') return [];
  const pattern = wanted.replace(/[\\%_]/g, (character) => `\\${character}`);
  const name = sql`regexp_replace(lower(w.nama), '^(kabupaten|kota|desa adat) (administrasi )?', '')`;
  const where: SQL[] = [
    sql`w.berlaku_sampai is null`,
    /^[\d.]+$/.test(wanted) ? sql`starts_with(w.kode, ${wanted})` : sql`lower(w.nama) like ${`%${pattern}%`}`,
  ];
  if (options.within !== undefined) where.push(sql`starts_with(w.kode, ${options.within})`);
  if (options.kinds) {
    where.push(sql`w.jenis in (select jsonb_array_elements_text(${JSON.stringify(options.kinds)}::jsonb))`);
  }
  const rows = await db.execute<{ kode: string; nama: string; jenis: AreaKind; induk: string | null }>(sql`
    select w.kode, w.nama, w.jenis, w.induk from wilayah w
    where ${sql.join(where, sql` and `)}
    order by case when ${name} = ${wanted} then 0 when ${name} like ${`${pattern}%`} then 1
        when lower(w.nama) like ${`% ${pattern}%`} then 2 else 3 end,
      length(w.kode), lower(w.nama) collate "C", w.kode collate "C"
    limit ${options.limit ?? 20}`);
  const around = await byKodes(
    db,
    rows.map((row) => row.kode),
  );
  return rows.map((row) => ({ ...toArea(row), alamat: describe(pathIn(around, row.kode)) }));
}

/**
 * Areas in force whose name has words that begin so, whole names first. `words` are letters and digits alone. Uses the
 * index of words, so that a public page may ask for each letter typed: about a millisecond, where `search` reads all.
 */
export async function withWords(
  db: Db,
  words: readonly string[],
  { within, limit = 20 }: Pick<Search, 'within' | 'limit'> = {},
): Promise<FoundArea[]> {
  const name = sql`translate(w.nama, '.,-/()"''’‘', '       ')`;
  const where: SQL[] = [
    sql`w.berlaku_sampai is null`,
    sql`to_tsvector('simple', ${name}) @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`,
  ];
  if (within !== undefined) where.push(sql`starts_with(w.kode, ${within})`);
  const rows = await db.execute<{ kode: string; nama: string; jenis: AreaKind; induk: string | null }>(sql`
    select w.kode, w.nama, w.jenis, w.induk from wilayah w
    where ${sql.join(where, sql` and `)}
    order by length(w.nama) - ${words.join(' ').length} > 0, length(w.kode), lower(w.nama) collate "C", w.kode collate "C"
    limit ${limit}`);
  const around = await byKodes(
    db,
    rows.map((row) => row.kode),
  );
  return rows.map((row) => ({ ...toArea(row), alamat: describe(pathIn(around, row.kode)) }));
}

const inside = (kode: string): SQL => sql`starts_with(${wilayah.kode}, ${kode})`;

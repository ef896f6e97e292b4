import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describePath, KODE_WILAYAH, kindOf, pathIn, usualZona } from '../../src/wilayah/area.ts';
import * as areas from '../../src/wilayah/areas.ts';
import { AREAS_DIGEST, digestOfAreas, load, readAreas } from '../../src/wilayah/load.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();

const tally = <Key extends string>(keys: Key[]): Partial<Record<Key, number>> => {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

test('the digest is that of the package that is installed', async () => {
  expect(await digestOfAreas(await readAreas())).toBe(AREAS_DIGEST);
});

test('the whole table is in the database: 38 / 514 / 7,285 / 83,762', async () => {
  const rows = await db.execute<{ jenis: string; n: number }>(
    sql`select jenis, count(*)::int as n from wilayah group by jenis`,
  );
  expect(Object.fromEntries(rows.map(({ jenis, n }) => [jenis, n]))).toEqual({
    provinsi: 38,
    kabupaten: 416,
    kota: 98,
    kecamatan: 7285,
    kelurahan: 8496,
    desa: 75252,
    'desa adat': 14,
  });
});

test('every code has the form of the rule, and its parent is there', async () => {
  const all = await readAreas();
  expect(all.filter(({ kode }) => !KODE_WILAYAH.test(kode))).toEqual([]);
  const codes = new Set(all.map(({ kode }) => kode));
  expect(all.filter(({ induk }) => induk !== null && !codes.has(induk))).toEqual([]);
});

test.each([
  ['62.01', 6, 81, 13],
  ['16.10', 16, 227, 14],
  ['35.07', 33, 378, 12],
  ['33.20', 16, 184, 11],
  ['51.01', 5, 41, 10],
])('%s has %i kecamatan, %i desa and %i kelurahan', async (kode, kecamatan, desa, kelurahan) => {
  const found = await areas.within(db, kode, ['kecamatan', 'desa', 'kelurahan']);
  expect(tally(found.map(({ jenis }) => jenis))).toEqual({ kecamatan, desa, kelurahan });
});

test('Kotawaringin Barat by kecamatan', async () => {
  const counts = [];
  for (const { kode, nama } of await areas.children(db, '62.01')) {
    const kinds = tally((await areas.children(db, kode)).map(({ jenis }) => jenis));
    counts.push([nama, kinds.desa ?? 0, kinds.kelurahan ?? 0]);
  }
  expect(counts).toEqual([
    ['Kumai', 15, 3],
    ['Arut Selatan', 13, 7],
    ['Kotawaringin Lama', 15, 2],
    ['Arut Utara', 10, 1],
    ['Pangkalan Lada', 11, 0],
    ['Pangkalan Banteng', 17, 0],
  ]);
});

test('the wrong quotes of the data are apostrophes', async () => {
  const [row] = await db.execute<{ wrong: number; mended: number }>(sql`
    select count(*) filter (where nama like '%"%')::int as wrong,
      count(*) filter (where nama = 'Soka''an')::int as mended from wilayah`);
  expect(row).toEqual({ wrong: 0, mended: 1 });
});

test('loading the same table again changes nothing', async () => {
  expect(await load(db)).toBe(0);
});

test('a code that left the table is kept with the day it ended, and is found only by itself', async () => {
  await db.execute(sql`
    insert into wilayah (kode, nama, jenis, induk, berlaku_sejak)
    values ('62.01.01.2999', 'Desa Lama', 'desa', '62.01.01', '2020-01-01')`);
  expect(await load(db)).toBe(1);
  expect(await load(db)).toBe(0);
  expect(await areas.byCode(db, '62.01.01.2999')).toMatchObject({ nama: 'Desa Lama' });
  const found = await areas.search(db, 'desa lama', { within: '62.01' });
  expect(found.map(({ nama }) => nama)).not.toContain('Desa Lama');
  expect(await areas.children(db, '62.01.01')).toHaveLength(18);
});

test('a name that was mended by hand comes back, a code that returns is in force again', async () => {
  await db.execute(sql`update wilayah set nama = 'Salah' where kode = '62.01.01.2008'`);
  await db.execute(sql`update wilayah set berlaku_sampai = '2024-01-01' where kode = '62.01.01.2007'`);
  expect(await load(db)).toBe(2);
  expect((await areas.byCode(db, '62.01.01.2008'))?.nama).toBe('Sungai Kapitan');
});

test('an area is told with those around it', async () => {
  const path = await areas.pathOf(db, '62.01.01.2008');
  expect(path.map(({ kode }) => kode)).toEqual(['62.01.01.2008', '62.01.01', '62.01', '62']);
  expect(describePath(path)).toBe('Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah');
  expect(describePath(await areas.pathOf(db, '32.73'))).toBe('Kota Bandung, Jawa Barat');
  expect(await areas.pathOf(db, '99.99')).toEqual([]);
});

test('the database says it in the same words', async () => {
  const rows = await db.execute<{ kode: string; words: string }>(sql`
    select w.kode, a.words from wilayah w, area_in_words(w.kode) a
    where w.kode like '31%' or w.kode like '62.01%' or length(w.kode) <= 5`);
  expect(rows.length).toBeGreaterThan(900);
  const around = await areas.byCodes(db, new Set(rows.map(({ kode }) => kode)));
  for (const { kode, words } of rows) expect(words, kode).toBe(describePath(pathIn(around, kode)));
});

test('searching ranks whole names, then beginnings, and always names the kecamatan', async () => {
  const found = await areas.search(db, ' KUMAI', { within: '62.01' });
  expect(found.map(({ kode, alamat }) => `${kode} ${alamat}`)).toEqual([
    '62.01.01 Kumai, Kotawaringin Barat, Kalimantan Tengah',
    '62.01.01.1013 Kumai Hilir, Kumai, Kotawaringin Barat, Kalimantan Tengah',
    '62.01.01.1012 Kumai Hulu, Kumai, Kotawaringin Barat, Kalimantan Tengah',
  ]);
});

test('names that stand eight times in one kabupaten are told apart', async () => {
  const found = await areas.search(db, 'sukamulya', { within: '32.03' });
  expect(found).toHaveLength(8);
  expect(new Set(found.map(({ alamat }) => alamat)).size).toBe(8);
});

test('a part of a name, a code, a kabupaten without its word', async () => {
  expect((await areas.search(db, 'kapit', { within: '62.01' })).map(({ kode }) => kode)).toEqual([
    '62.01.01.2008',
  ]);
  const below = await areas.search(db, '62.01');
  expect(below[0]).toMatchObject({ kode: '62.01' });
  expect(below.slice(1).map(({ jenis }) => jenis)).toEqual(Array(6).fill('kecamatan'));
  expect((await areas.search(db, 'kotawaringin barat'))[0]).toMatchObject({ kode: '62.01' });
  expect((await areas.search(db, 'bandung')).slice(0, 2).map(({ kode }) => kode)).toEqual(['32.04', '32.73']);
  expect((await areas.search(db, 'waringin bar')).map(({ kode }) => kode)).toContain('62.01');
  expect((await areas.search(db, "soka'an"))[0]?.nama).toBe("Soka'an");
  expect(await areas.search(db, 'ku')).toEqual([]);
});

test.each(['', '   ', 'a', '%', '_', '\\', "'; drop table wilayah; --"])(
  '%j finds nothing by itself',
  async (part) => {
    expect(await areas.search(db, part)).toEqual([]);
  },
);

test('the kind is in the code: a lurah of DIY heads a desa', () => {
  expect(kindOf('34.02.01.2001')).toBe('desa');
  expect(kindOf('62.01.02.1001')).toBe('kelurahan');
  expect(kindOf('91.03.01.3007')).toBe('desa adat');
  expect(kindOf('32.73')).toBe('kota');
});

test('provinces keep their zone', () => {
  expect([usualZona('62.01'), usualZona('51'), usualZona('94.01')]).toEqual(['WIB', 'WITA', 'WIT']);
});

test('a kabupaten, a kota and a province are first where their own name is typed, with their kind or without', async () => {
  const all = await db.execute<{ kode: string; nama: string }>(
    sql`select kode, nama from wilayah where length(kode) <= 5 and berlaku_sampai is null`,
  );
  const bare = (nama: string): string => nama.replace(/^(?:Kabupaten|Kota) (?:Administrasi )?/, '');
  const wrong: string[] = [];
  for (const { nama } of all) {
    const [first] = await areas.search(db, bare(nama), { limit: 8 });
    if (!first || bare(first.nama) !== bare(nama)) wrong.push(`${nama}: ${first?.nama}`);
  }
  expect(wrong).toEqual([]);
  expect((await areas.search(db, 'Kab. Kaur', { limit: 8 }))[0]).toMatchObject({ nama: 'Kabupaten Kaur' });
});

test.each([
  ['Kumai Hulu Kumai Kobar', 'Kumai Hulu'],
  ['Desa Sungai Kapitan Kec Kumai Kab Kobar', 'Sungai Kapitan'],
  ['Kumai Hlu', 'Kumai Hulu'],
  ['Kotawaringinbarat', 'Kabupaten Kotawaringin Barat'],
  ['Pangkalanlada', 'Pangkalan Lada'],
  ['Limapuluh Kota', 'Kabupaten Lima Puluh Kota'],
  ['50 Kota', 'Kabupaten Lima Puluh Kota'],
  ['Kodya Jogja', 'Kota Yogyakarta'],
  ['DKI', 'Daerah Khusus Ibukota Jakarta'],
])('%s is %s', async (typed, nama) => {
  const found = await areas.search(db, typed, { limit: 8 });
  const otherwise = found.length > 0 ? found : await areas.searchOtherwise(db, typed);
  const [first] = otherwise.length > 0 ? otherwise : await areas.searchNear(db, typed);
  expect(first?.nama).toBe(nama);
});

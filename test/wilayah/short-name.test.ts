/** What people call a kabupaten for short. */
import { expect, test } from 'vitest';
import { fold } from '../../src/lib/text.ts';
import * as areas from '../../src/wilayah/areas.ts';
import { readAreas } from '../../src/wilayah/load.ts';
import { isShortName } from '../../src/wilayah/short-name.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();
const all = (await readAreas()).filter(({ kode }) => kode.length <= 5);

test.each(
  `kobar 62.01, kotim 62.02, barsel 62.04, barut 62.05, bartim 62.13, gumas 62.10, pulpis 62.11, kutim 64.08, kukar 64.02, kubar 64.07,
  ppu 64.09, mahulu 64.11, lamsel 18.01, lamteng 18.02, lampura 18.03, lambar 18.04, lamtim 18.07, tubaba 18.12, pesbar 18.13, tapsel 12.03,
  taput 12.02, tapteng 12.01, madina 12.13, humbahas 12.16, sergai 12.18, paluta 12.20, palas 12.21, labusel 12.22, labura 12.23, deliserdang 12.07,
  abdya 11.12, agara 11.02, pessel 13.01, pasbar 13.12, inhu 14.02, inhil 14.04, rohul 14.06, rohil 14.07, kuansing 14.09, tanjabbar 15.06,
  tanjabtim 15.07, oku 16.01, oki 16.02, muba 16.06, okut 16.08, okus 16.09, pali 16.12, muratara 16.13, basel 19.03, beltim 19.06,
  kbb 32.17, tangsel 36.74, jaksel 31.74, jakpus 31.71, lobar 52.01, loteng 52.02, lotim 52.03, ksb 52.07, klu 52.08, tts 53.02,
  flotim 53.06, mabar 53.15, matim 53.19, sbd 53.18, kkr 61.12, hss 63.06, hst 63.07, hsu 63.08, tanbu 63.10, tala 63.01,
  batola 63.04, minsel 71.05, minut 71.06, mitra 71.07, bolmong 71.01, bolmut 71.08, boltim 71.10, bolsel 71.11, sitaro 71.09, parimo 72.08,
  touna 72.09, morut 72.12, pangkep 73.10, sidrap 73.14, lutra 73.22, lutim 73.24, torut 73.26, konsel 74.05, kolut 74.08, konut 74.09,
  butur 74.10, koltim 74.11, konkep 74.12, mubar 74.13, buteng 74.14, busel 74.15, bonebol 75.03, gorut 75.05, polman 76.04, mateng 76.06,
  malteng 81.01, malra 81.02, sbt 81.05, sbb 81.06, mbd 81.08, halbar 82.01, halteng 82.02, halut 82.03, halsel 82.04, haltim 82.06,
  solo 33.72, jogja 34.71, kalteng 62, jabar 32, ntb 52, ntt 53, babel 19, kepri 21, sulsel 73, sultra 74`
    .split(',')
    .map((pair) => pair.trim().split(/\s+/) as [string, string]),
)('%s is %s', async (short, kode) => {
  const area = all.find((one) => one.kode === kode)!;
  expect(area.nama && isShortName(short, { kode, name: fold(area.nama) }), area.nama).toBe(true);
  // Few others are called so.
  expect(
    all.filter((one) => isShortName(short, { kode: one.kode, name: fold(one.nama) })).length,
  ).toBeLessThan(7);
  expect((await areas.search(db, short)).map((one) => one.kode)).toContain(kode);
});

test('no name of one word, and no word that only looks alike', () => {
  const is = (short: string, nama: string) => isShortName(short, { kode: 'x', name: fold(nama) });
  expect(is('ban', 'Kabupaten Banyuwangi')).toBe(false);
  expect(is('siti', 'Kabupaten Kotawaringin Barat')).toBe(false);
  expect(is('kota', 'Kabupaten Kotawaringin Barat')).toBe(false);
});

test.each([
  ['Kab. Kobar', '62.01'],
  ['kab kotawaringin barat', '62.01'],
  ['Kabupaten Kotawaringin Barat', '62.01'],
  ['Kab. Bandung', '32.04'],
  ['Kota Bandung', '32.73'],
  ['kotamadya bandung', '32.73'],
  ['banyuwangi', '35.10'],
  ['Kec. Kumai', '62.01.01'],
  ['Kecamatan Kumai', '62.01.01'],
  ['Desa Sungai Kapitan', '62.01.01.2008'],
  ['Kel. Kumai Hilir', '62.01.01.1013'],
  ['Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah', '62.01.01.2008'],
  ['Provinsi Kalimantan Tengah', '62'],
])('%s is first found as %s', async (typed, kode) => {
  expect((await areas.search(db, typed))[0]?.kode).toBe(kode);
});

test('one wrong letter in an area', async () => {
  for (const typed of ['Kumay', 'Kuami', 'kumaii', 'Kecamatan Kumal'])
    expect(
      (await areas.searchNear(db, typed, { limit: 20, within: '62' })).map(({ kode }) => kode),
      typed,
    ).toContain('62.01.01');
  for (const typed of ['Banyuwngi', 'Kab. Banyuwagni', 'Xanyuwangi'])
    expect(
      (await areas.searchNear(db, typed)).map(({ kode }) => kode),
      typed,
    ).toContain('35.10');
  expect(await areas.searchNear(db, 'qqqqqqq')).toEqual([]);
});

test.each([
  ['62.01.01', '62.01.01'],
  ['Kecamatan Kumai 62.01.01', '62.01.01'],
  ['62.01.01.2008 Sungai Kapitan, Kumai', '62.01.01.2008'],
  ['62', '62'],
  ['RT 62 Kumai', null],
  ['99.99.99.9999.9', null],
])('the code in %s is %s', (typed, kode) => {
  expect(areas.codeIn(typed)).toBe(kode);
});

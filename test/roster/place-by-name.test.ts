import { describe, expect, test } from 'vitest';
import { needsPlaces, placeByName } from '../../src/roster/place-by-name.ts';
import type { RosterRow } from '../../src/roster/roster-file.ts';
import { type Area, kindOf, parentOf } from '../../src/wilayah/area.ts';

const AREAS: Area[] = [
  ['62.01.01', 'Kumai'],
  ['62.01.01.1009', 'Candi'],
  ['62.01.01.2008', 'Sungai Kapitan'],
  ['62.01.01.2010', 'Pangkalan Satu'],
  ['62.01.02', 'Arut Selatan'],
  ['62.01.02.2001', 'Pangkalan Satu'],
  ['62.01.02.2002', 'Sei Tendang'],
].map(([kode, nama]) => ({ kode: kode!, nama: nama!, jenis: kindOf(kode!), induk: parentOf(kode!) }));

const row = (cells: RosterRow['cells'], more: Partial<RosterRow> = {}): RosterRow => ({
  row: 2,
  cells,
  ...more,
});
const placed = (given: RosterRow): RosterRow => placeByName([given], '62.01', AREAS)[0]!;
const told = ({ cells, strays = [] }: RosterRow): string =>
  [cells['Kode wilayah'] ?? '', ...strays.map(({ code, column, detail }) => `${code} ${column}: ${detail}`)]
    .join(' ')
    .trim();
const at = (desa: string, kecamatan = '', more: Partial<RosterRow> = {}): string =>
  told(placed(row({ Kecamatan: kecamatan, 'Desa/Kelurahan': desa }, more)));

test.each([
  ['Sungai Kapitan', 'Kumai', '62.01.01.2008'],
  ['SUNGAI  KAPITAN', '', '62.01.01.2008'],
  ['Desa Sei Kapitan', 'Kec. Kumai', '62.01.01.2008'],
  ['Sungai Tendang', 'Arut Selatan', '62.01.02.2002'],
  ['Kelurahan Candi', '-', '62.01.01.1009'],
  ['Pangkalan Satu', 'Arut Selatan', '62.01.02.2001'],
  ['62.01.02.2001 Pangkalan Satu', '', '62.01.02.2001'],
  ['', 'Kumai', '62.01.01'],
])('%s, %s', (desa, kecamatan, kode) => {
  expect(at(desa, kecamatan)).toBe(kode);
});

test('a letter astray is asked about, more are not guessed', () => {
  expect(at('Sungai Kapitaan', 'Kumai')).toBe(
    '62.01.01.2008 place-near Desa/Kelurahan: Sungai Kapitan, Kumai (62.01.01.2008)',
  );
  expect(at('Sungai Kapitan', 'Kumia')).toMatch(/^62\.01\.01\.2008 place-near /);
  for (const typed of ['Sungai Kptn', 'S. Kapitan']) {
    expect(at(typed, 'Kumai')).toBe(
      '62.01.01.2008 place-near Desa/Kelurahan: Sungai Kapitan, Kumai (62.01.01.2008)',
    );
  }
  expect(at('Sungai Kptx', 'Kumai')).toBe('place-unknown Desa/Kelurahan:');
  // Short names are alike too often.
  expect(at('Cando')).toMatch(/^62\.01\.01\.1009 place-near /);
  expect(placed(row({ 'Desa/Kelurahan': 'Kumi' })).cells['Kode wilayah']).toBeUndefined();
});

test('a kecamatan that is not there, and a desa of another one', () => {
  expect(at('Sungai Kapitan', 'Kumai Hulu')).toBe('kecamatan-unknown Kecamatan:');
  expect(at('Sungai Kapitan', 'Arut Selatan')).toBe(
    'place-unknown Desa/Kelurahan: Sungai Kapitan, Kumai (62.01.01.2008)',
  );
});

describe('a name of two places', () => {
  const BOTH = 'Pangkalan Satu, Kumai (62.01.01.2010); Pangkalan Satu, Arut Selatan (62.01.02.2001)';
  test('is not guessed', () => {
    expect(at('Pangkalan Satu')).toBe(`place-several Desa/Kelurahan: ${BOTH}`);
  });
  test('is that of the kecamatan named above, if the officer says so', () => {
    expect(at('Pangkalan Satu', '', { section: 'KUMAI' })).toBe(
      '62.01.01.2010 place-near Desa/Kelurahan: Pangkalan Satu, Kumai (62.01.01.2010)',
    );
    expect(at('Pangkalan Satu', '', { section: 'Lain' })).toBe(`place-several Desa/Kelurahan: ${BOTH}`);
  });
});

test('a place outside of the kecamatan that is named above is asked about', () => {
  expect(at('Sei Tendang', '', { section: 'Kumai' })).toBe(
    '62.01.02.2002 place-near Desa/Kelurahan: Sei Tendang, Arut Selatan (62.01.02.2002)',
  );
  expect(at('Sei Tendang', '', { section: 'Arut Selatan' })).toBe('62.01.02.2002');
});

test('a desa that was forgotten makes nobody a camat without a question', () => {
  expect(at('', 'Kumai', { unsurOfPlace: true })).toBe(
    '62.01.01 place-near Desa/Kelurahan: Kumai (62.01.01)',
  );
});

test('who serves the whole area is named by no place; anybody else is', () => {
  expect(told(placed(row({ Unsur: 'ASN' })))).toBe('62.01');
  expect(told(placed(row({ Unsur: 'kepala desa' })))).toBe('');
});

test('a code stays as it is typed', () => {
  const typed = { 'Kode wilayah': '62.01.02.1003', 'Desa/Kelurahan': 'Sungai Kapitan' };
  expect(told(placed(row(typed)))).toBe('62.01.02.1003');
  expect(needsPlaces([row(typed)])).toBe(false);
  expect(needsPlaces([row(typed), row({ Kecamatan: 'Kumai' })])).toBe(true);
});

test('the unsur of a place', () => {
  const unsur = (kode: string) => placed(row({ 'Kode wilayah': kode }, { unsurOfPlace: true })).cells.Unsur;
  expect(['62.01.01.2008', '6201012008', '62.01.01.1009', '62.01.01', '62.01.99.2001'].map(unsur)).toEqual([
    ...['kepala desa', 'kepala desa', 'lurah/camat', 'lurah/camat'],
    undefined,
  ]);
});

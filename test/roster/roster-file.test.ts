import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { UNSUR } from '../../src/naskah/wording.ts';
import { check, codesOf } from '../../src/roster/check.ts';
import { type Entry, heldByOffice, placeOf } from '../../src/roster/person.ts';
import { COLUMNS, formatRoster, formatTemplate, parseRoster } from '../../src/roster/roster-file.ts';
import { type Area, kindOf, parentOf } from '../../src/wilayah/area.ts';

const area = (kode: string, nama: string): [string, Area] => [
  kode,
  { kode, nama, jenis: kindOf(kode), induk: parentOf(kode) },
];
const areas = new Map([
  area('62', 'Kalimantan Tengah'),
  area('62.01', 'Kabupaten Kotawaringin Barat'),
  area('62.01.01', 'Kumai'),
  area('62.01.01.2008', 'Sungai Kapitan'),
  area('62.01.01.1013', 'Kumai Hilir'),
  area('62.01.01.2999', "Soka'an; Hulu"),
]);

const contoh: Entry = {
  unsur: 'kepala desa',
  wilayah: '62.01.01.2008',
  nip: '',
  gelarDepan: 'H.',
  nama: 'Contoh Nama',
  gelarBelakang: 'S.Sos., M.AP.',
  jabatan: 'Kepala Desa',
  pangkat: '',
  unitKerja: '',
};

test('a literal example', () => {
  const asn: Entry = {
    ...contoh,
    unsur: 'ASN',
    wilayah: '62.01',
    nip: '198609262015051001',
    jabatan: '=Analis',
  };
  expect(formatRoster([contoh, asn], areas)).toBe(
    [
      '\ufeffNo;Kode wilayah;Kecamatan;Desa/Kelurahan;Unsur;Gelar depan;Nama;Gelar belakang;Jabatan;NIP/NRP;Pangkat/Gol;Unit kerja',
      '1;62.01.01.2008;Kumai;Sungai Kapitan;kepala desa;H.;Contoh Nama;S.Sos., M.AP.;Kepala Desa;;;',
      "2;'62.01;;;ASN;H.;Contoh Nama;S.Sos., M.AP.;'=Analis;'198609262015051001;;",
      '',
    ].join('\r\n'),
  );
  expect(formatTemplate()).toBe(`\ufeff${COLUMNS.join(';')}\r\n`);
});

// Words as names and offices are made of; formula characters too, since an office may be typed with one.
const word = fc.stringMatching(/^[A-Za-zÀ-ÿ'’.-]{1,12}$/);
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ').normalize('NFC'));
const cellText = fc
  .tuple(fc.constantFrom('', '=', '+', '-', '@', "'", ';', '"', '1E5 '), words)
  .map(([a, b]) => a + b)
  // What only fills a cell is nothing.
  .filter((text) => /\p{L}/u.test(text));
const office = fc.constantFrom(
  { unsur: 'kepala desa' as const, wilayah: '62.01.01.2008', nip: '' },
  { unsur: 'kepala desa' as const, wilayah: '62.01.01.2999', nip: '' },
  { unsur: 'lurah/camat' as const, wilayah: '62.01.01', nip: '' },
  { unsur: 'lurah/camat' as const, wilayah: '62.01.01.1013', nip: '' },
);
const numbered = fc.record({
  unsur: fc.constantFrom(...UNSUR.filter((unsur) => !heldByOffice(unsur))),
  wilayah: fc.constantFrom('62.01', '62.01.01', '62.01.01.2008'),
  nip: fc.integer({ min: 1, max: 999 }).map((n) => String(n).padStart(3, '0')),
});
const place = fc.oneof(
  office,
  numbered.map((one) => ({ ...one, nip: (one.unsur === 'ASN' ? '198609262015051' : '86091') + one.nip })),
);
const entry = fc.tuple(place, cellText, cellText, cellText).map(
  ([given, jabatan, pangkat, unitKerja]): Entry => ({
    ...contoh,
    ...given,
    jabatan,
    pangkat,
    unitKerja,
  }),
);

test('what is printed is read and checked to the same entries, whatever the cells begin with', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, {
        selector: (e) => e.nip || placeOf(e),
        maxLength: 8,
        minLength: 1,
      }),
      (entries) => {
        const numbers = entries.map(({ nip }) => nip).filter(Boolean);
        fc.pre(new Set(numbers).size === numbers.length);
        const file = parseRoster(utf8(formatRoster(entries, areas)));
        expect(file).toMatchObject({ ok: true, unknown: [], encoding: 'utf-8' });
        if (!file.ok) return;
        expect([...codesOf(file.rows)].sort()).toEqual(
          [...new Set(entries.map(({ wilayah }) => wilayah))].sort(),
        );
        const checked = check(file.rows, { within: '62.01', areas, standing: [] });
        expect(checked.complaints).toEqual([]);
        expect(checked.entries.map((one) => one.entry)).toEqual(entries);
      },
    ),
    { numRuns: 200 },
  );
});

test.each([
  ['in another order', 'Nama;Unsur;Kode wilayah'],
  ['in other letters and spaces', ' NAMA ;unsur; kode  WILAYAH'],
  ['with commas and a BOM', '\ufeffKODE WILAYAH,Unsur,nama'],
])('headings %s', (_, head) => {
  const separator = head.includes(',') ? ',' : ';';
  const file = parseRoster(utf8(`${head}\r\n${['a', 'b', 'c'].join(separator)}\r\n`));
  expect(file.ok && Object.keys(file.rows[0]!.cells).sort()).toEqual(['Kode wilayah', 'Nama', 'Unsur']);
});

test.each(['Kode wilayah', 'Unsur', 'Nama'] as const)(
  'the column %s must be there, and is named',
  (column) => {
    const head = ['Kode wilayah', 'Unsur', 'Nama'].filter((one) => one !== column).join(';');
    expect(parseRoster(utf8(`${head}\na;b\n`))).toEqual({
      ok: false,
      code: 'column-missing',
      column,
      row: 1,
    });
  },
);

test('columns that aren’t ours are named, those left out stay out, rows keep their number', () => {
  const file = parseRoster(utf8('\n\nKode wilayah;Unsur;Nama;No HP;\n\n62.01;ASN;x;08;\n'));
  expect(file).toMatchObject({
    ok: true,
    unknown: ['No HP'],
    rows: [{ row: 5, cells: { 'Kode wilayah': '62.01', Unsur: 'ASN', Nama: 'x' } }],
  });
  expect(file.ok && Object.keys(file.rows[0]!.cells)).toHaveLength(3);
});

test('a row shorter than the headings has empty cells', () => {
  const file = parseRoster(utf8('Kode wilayah;Unsur;Nama\n62.01\n'));
  expect(file.ok && file.rows[0]!.cells).toEqual({ 'Kode wilayah': '62.01', Unsur: '', Nama: '' });
});

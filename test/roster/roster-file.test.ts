import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { looksTwiceEncoded } from '../../src/lib/misread.ts';
import { UNSUR } from '../../src/naskah/wording.ts';
import { checkRoster, codesOf } from '../../src/roster/check-roster.ts';
import { ROSTER_COLUMNS } from '../../src/roster/column.ts';
import { heldByOffice, placeOf, type RosterEntry } from '../../src/roster/person.ts';
import { formatRoster, formatTemplate, parseRoster } from '../../src/roster/roster-file.ts';
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

const contoh: RosterEntry = {
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
  const asn: RosterEntry = {
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
  expect(formatTemplate()).toBe(`\ufeff${ROSTER_COLUMNS.join(';')}\r\n`);
});

// Words as names and offices are made of; what a formula begins with is a complaint, and a matter of test/lib/csv.test.ts.
const word = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ]{2,6}['’.-]?[A-Za-zÀ-ÖØ-öø-ÿ]{3,6}$/);
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ').normalize('NFC'));
const cellText = fc
  .tuple(fc.constantFrom('', "'", '1E5 ', '007 '), words)
  .map(([a, b]) => a + b)
  // What only fills a cell is nothing; what looks like letters twice encoded is put right.
  .filter((text) => /\p{L}/u.test(text) && !looksTwiceEncoded(text));
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
  ([given, jabatan, pangkat, unitKerja]): RosterEntry => ({
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
        const checked = checkRoster(file.rows, { within: '62.01', areas, standing: [] });
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
  const file = parseRoster(utf8(`${head}\r\n${['x', 'y', 'z'].join(separator)}\r\n`));
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
      headings: head.split(';'),
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

const T = '62.01.01.2001';
const strays = (text: string) => {
  const file = parseRoster(utf8(text));
  return file.ok
    ? file.rows.flatMap(({ strays = [] }) =>
        strays.map(({ row, column, code }) => `${row} ${column}: ${code}`),
      )
    : `${file.code} ${file.row}`;
};

test.each([
  [
    `No;Kode wilayah;Unsur;Nama;Ket\n1;${T};kades;Budi;"\n2;${T};kades;Siti;"\n3;${T};kades;Wati;\n`,
    ['2 Ket: cell-lines'],
  ],
  [
    `No;Kode wilayah;Unsur;Nama\n1";${T};kades;Budi\n"2;${T};kades;Siti\n3";${T};kades;Wati\n`,
    ['3 No: cell-lines'],
  ],
  [`Alamat,Kode wilayah,Unsur,Nama\n"Jl. A\nRT 2",${T},kades,Budi\n`, ['2 Alamat: cell-lines']],
  [`Kode wilayah;Unsur;Nama;Ket\n${T};kades;Budi;"lihat SK\n${T};kades;Siti;SK "2"\n`, ['2 Ket: cell-lines']],
  // Within one row: as many cells are gone as the quote has taken.
  [`Kode wilayah;Unsur;Nama;Ket;Jabatan;NIP\n${T};kades;Budi;"x;Pj. Kades;"\n`, ['2 Ket: cell-lines']],
  // A comma too many.
  [`Kode wilayah,Unsur,Nama,Jabatan\n${T},kades,CONTOH, S.Sos,Kepala Desa\n`, ['2 Kolom 5: cell-no-heading']],
  // A heading over two columns.
  [`Kode wilayah;Unsur;Nama;;Jabatan\n${T};kades;CONTOH;S.Sos.;Kades\n`, ['2 Kolom 4: cell-no-heading']],
  [`62.01.01.2002;kades;Siti\nKode wilayah;Unsur;Nama\n${T};kades;Budi\n`, ['1 Baris: row-above']],
  [`Kode wilayah;Unsur;Nama;GOL;Alamat\n${T};kades;Budi;III/d;x\n`, ['1 GOL: column-unread']],
  // What is beside them and right.
  [`Kode wilayah;Unsur;Nama;Ket;GOL;\n${T};kades;Budi;"ada; lihat SK";-;–\n`, ['1 Ket: column-unread']],
  [`Kode wilayah;Unsur;Nama;Alamat;GOL;\n${T};kades;Budi;"Jl. A; RT 2";-;–\n`, []],
  [`"DAFTAR KADES\nTAHUN 2026";;\n"Kode\nwilayah";Unsur;Nama\n${T};kades;"Budi\n"\n`, []],
])('%j has strays %j', (text, found) => {
  expect(strays(text as string)).toEqual(found);
});

test('a quote that is never closed is named by the row where it began; a very long cell is told as such', () => {
  const rows = Array.from({ length: 80 }, (_, at) => `${T};kades;Budi;${at === 1 ? '"lihat SK' : ''}`).join(
    '\n',
  );
  expect(strays(`Kode wilayah;Unsur;Nama;Ket\n${rows}\n`)).toBe('csv-quotes 3');
  expect(strays(`Kode wilayah;Unsur;Nama;Ket\n${T};kades;Budi;"${'x'.repeat(120_000)}"\n`)).toBe(
    'csv-long 2',
  );
  expect(
    strays(
      `"DAFTAR;;\nKode wilayah;Unsur;Nama\n${T};kades;Budi\n"x";;\nKode wilayah;Unsur;Nama\n${T};kades;Siti\n`,
    ),
  ).toBe('csv-quotes 1');
});

test('two headings for one column are both named', () => {
  expect(parseRoster(utf8('Kode wilayah;Unsur;NAMA;NAMA LENGKAP\na;b;c;d\n'))).toMatchObject({
    code: 'column-twice',
    headings: ['NAMA', 'NAMA LENGKAP'],
  });
});

test('headings in two rows, and numbers or letters of columns below them', () => {
  const file = parseRoster(
    utf8(
      `No;Kode wilayah;Unsur;Gelar;;Nama\n;;;DEPAN;BELAKANG;\n1.;2.;3.;4.;5.;6.\nA;B;C;D;E;F\n1;${T};kades;H.;S.Sos.;Budi\n`,
    ),
  );
  expect(file).toMatchObject({
    ok: true,
    rows: [{ row: 5, cells: { 'Gelar depan': 'H.', 'Gelar belakang': 'S.Sos.' } }],
    leftOut: [{ why: 'headings' }, { why: 'numbers' }, { why: 'numbers' }],
  });
});

test('whoever has a number or an office beside the name is no section, sum or signature', () => {
  const file = parseRoster(
    utf8(
      `No;Kode wilayah;Unsur;Nama;Jabatan\n1;${T};kades;Budi;\n2;;;Juru Contoh;Kepala Desa\n3;;;Kota Contoh;\n` +
        ';;;Total Contoh;Kepala Desa\n4;;kades;;Jumlah anak 2\n;;;CAMAT CONTOH;\n;;JUMLAH;2;\n;;;;NIP. 197001011990011001\n',
    ),
  );
  expect(file.ok && [file.rows.map(({ row }) => row), file.leftOut.map(({ row }) => row)]).toEqual([
    [2, 3, 4, 5, 6],
    [7, 8, 9],
  ]);
});

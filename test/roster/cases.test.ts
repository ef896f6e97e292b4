/** Lists as offices have sent them (test/cases), each with what must come of it. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { complaintMessage, rosterMessages } from '../../src/pages/office/roster-messages.ts';
import { checkRoster, codesOf } from '../../src/roster/check-roster.ts';
import { fullName } from '../../src/roster/person.ts';
import { parseRoster } from '../../src/roster/roster-file.ts';
import * as areas from '../../src/wilayah/areas.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();

async function read(name: string) {
  const file = parseRoster(await readFile(new URL(`../cases/${name}`, import.meta.url)));
  if (!file.ok) return { file, leftOut: [], entries: [], complaints: [], questions: [], notes: [] };
  const known = await areas.byCodes(db, codesOf(file.rows));
  const found = checkRoster(file.rows, { within: '62.01', areas: known, standing: [] });
  const said = (list: readonly { row: number; column: string; code: string; detail: string }[]) =>
    list.map(({ row, column, code, detail }) => `${row} ${column}: ${code} ${detail}`.trim());
  return {
    file,
    leftOut: file.leftOut.map(({ row, why }) => `${row} ${why}`),
    entries: found.entries.map(({ entry }) => entry),
    complaints: said(found.complaints),
    questions: said(found.questions),
    notes: said(found.notes),
  };
}

test('01: the headings are found in row 3, what stands around the list is left out and told', async () => {
  const { entries, leftOut, complaints, questions } = await read('01-title-rows.csv');
  expect([complaints, questions]).toEqual([[], []]);
  expect(entries.map(({ nama, jabatan, nip }) => [nama, jabatan, nip])).toEqual([
    ['CONTOH SATU', 'Kepala Desa', ''],
    ['CONTOH DUA', 'Pj. Kepala Desa', ''],
  ]);
  expect(leftOut).toEqual(['1 above', '4 numbers', '7 nobody']);
});

test('01: where no headings are found, the sentence names the row that was read as them', () => {
  const file = parseRoster(new TextEncoder().encode('DAFTAR KEPALA DESA;;\n1;Budi;x\n'));
  expect(file).toMatchObject({ ok: false, code: 'column-missing', row: 1 });
  expect(rosterMessages('column-missing', { row: 1, column: 'Nama' }).next).toContain(
    'Baris 1 dibaca sebagai judul kolom.',
  );
});

test('02: numbers, a section, a sum and the block for a signature are nobody', async () => {
  const { entries, leftOut, complaints, questions } = await read('02-numbering-section-total.csv');
  expect([complaints, questions]).toEqual([[], []]);
  expect(entries.map(({ nama }) => nama)).toEqual(['CONTOH SATU', 'CONTOH DUA']);
  expect(leftOut).toEqual(['2 numbers', '3 nobody', '6 nobody', '7 nobody', '8 nobody']);
});

test('03: names', async () => {
  const { entries, complaints, questions, notes } = await read('03-names.csv');
  expect(entries.map((entry) => [fullName(entry), entry.jabatan])).toEqual([
    ['CONTOH SATU', 'Pj. Kepala Desa'],
    ['CONTOH DUA, S.Sos.', 'Kepala Desa'],
    ['CONTOH TIGA, S.Pd.', 'Kepala Desa'],
    ['H. CONTOH EMPAT', 'Kepala Desa'],
    ['C O N T O H, S.Pi., M.Pi.', 'Kepala Desa'],
    ['Contoh', 'Plt. Kepala Desa'],
  ]);
  expect(questions).toEqual(['6 Nama: name-spaced C O N T O H, S.Pi., M.Pi.']);
  expect(complaints).toEqual([
    '7 Nama: name-deceased',
    '8 Nama: name-acting',
    '9 Nama: name-nobody',
    '11 Nama: name-nobody',
  ]);
  for (const code of ['name-deceased', 'name-acting', 'name-nobody'] as const) {
    expect(complaintMessage({ code, detail: '' }).next).toMatch(/[Kk]osongkan Nama/);
  }
  expect(notes).toEqual([
    '2 Nama: acting-moved Pj. Kepala Desa',
    '3 Nama: titles-parted CONTOH DUA, S.Sos.',
    '4 Nama: titles-parted CONTOH TIGA, S.Pd.',
    '5 Nama: titles-parted H. CONTOH EMPAT',
    '6 Gelar belakang: titles-tidied S.Pi., M.Pi.',
    '10 Nama: acting-moved Plt. Kepala Desa',
  ]);
});

test('04: numbers', async () => {
  const { entries, complaints, questions, notes } = await read('04-nip.csv');
  expect(questions).toEqual([]);
  expect(complaints).toEqual(['10 NIP/NRP: nip-rounded']);
  expect(entries.map(({ nama, nip }) => `${nama} ${nip}`)).toEqual([
    'Contoh A 198609262015051001',
    'Contoh B 198609262015051002',
    'Contoh C 198609262015051003',
    'Contoh D 198609262015051004',
    'Contoh E 198609262015051005',
    'Contoh F 198609262015051006',
    'Contoh G 198609262022211007',
    'Contoh H 199909262025051008',
    'Contoh J ',
    'Contoh K ',
    'Contoh L ',
  ]);
  expect(notes).toEqual(['11 NIP/NRP: nip-none', '12 NIP/NRP: nip-none', '13 NIP/NRP: nip-none']);
});

test('07: a web page that is called .xls is told so; tabs part cells', async () => {
  const { file } = await read('07-html.xls');
  expect(file).toMatchObject({ ok: false, code: 'file-html' });
  expect(rosterMessages('file-html', { row: null, column: null }).title).toContain(
    'Ini bukan berkas Excel, melainkan halaman web',
  );
  const tabs = await read('07-tab.txt');
  expect(tabs.entries.map(({ wilayah, nama }) => [wilayah, nama])).toEqual([
    ['62.01.01.2001', 'Contoh Satu'],
  ]);
});

test('09: dashes are nothing in every column; a zero and an error of Excel are complaints', async () => {
  const { entries, complaints } = await read('09-dashes.csv');
  expect(complaints).toEqual([
    // Of an ASN it must be known.
    '4 Jabatan: jabatan-missing',
    ...['NIP/NRP', 'Gelar depan', 'Gelar belakang', 'Jabatan', 'Pangkat/Gol', 'Unit kerja'].map(
      (column) => `5 ${column}: cell-zero`,
    ),
    ...['NIP/NRP', 'Gelar depan', 'Gelar belakang', 'Jabatan', 'Pangkat/Gol', 'Unit kerja'].flatMap(
      (column) => (column === 'NIP/NRP' ? [] : [`6 ${column}: cell-error`]),
    ),
  ]);
  expect(entries.map((entry) => [fullName(entry), entry.jabatan, entry.nip, entry.pangkat])).toEqual([
    ['CONTOH SATU', 'Kepala Desa', '', ''],
    ['CONTOH DUA', 'Kepala Desa', '', ''],
  ]);
});

test('10: four places, two persons', async () => {
  const { entries, complaints, questions, notes } = await read('10-two-offices.csv');
  expect([complaints, questions]).toEqual([[], []]);
  expect(entries.map(({ jabatan, nip }) => [jabatan, nip])).toEqual([
    ['Camat', '198609262015051001'],
    ['Plt. Camat', '198609262015051001'],
    ['Pj. Kepala Desa', '198709262015051002'],
    ['Kasi Pemerintahan', '198709262015051002'],
  ]);
  expect(notes).toEqual(['3 NIP/NRP: nip-two-places baris 2', '5 NIP/NRP: nip-two-places baris 4']);
});

test('11: columns without text don’t count', async () => {
  const { file, entries } = await read('11-empty-columns.csv');
  expect(file).toMatchObject({ ok: true, unknown: [] });
  expect(entries.map(({ nama }) => nama)).toEqual(['Contoh Satu']);
});

import { expect, test } from 'vitest';
import { complaintMessage } from '../../src/pages/office/roster-messages.ts';
import { checkRoster, codesOf } from '../../src/roster/check-roster.ts';
import { readName } from '../../src/roster/name.ts';
import * as areas from '../../src/wilayah/areas.ts';
import { openHouse } from '../house.ts';
import { typed } from './typed.ts';

const { db } = await openHouse();

async function checked(lines: string, within = '62.01') {
  const rows = typed(lines);
  return checkRoster(rows, { within, areas: await areas.byCodes(db, codesOf(rows)), standing: [] });
}
/** Complaints as `row column code detail`. */
const complaintsOf = async (lines: string, within?: string): Promise<string[]> =>
  (await checked(lines, within)).complaints.map(({ row, column, code, detail }) =>
    `${row} ${column}: ${code} ${detail}`.trim(),
  );

test('a good list has no complaints', async () => {
  const { entries, complaints } = await checked(`
    No|Kode wilayah |Kecamatan   |Desa/Kelurahan|Unsur      |Gelar depan|Nama       |Gelar belakang|Jabatan|NIP/NRP           |Unit kerja
    1 |62.01.01.2008|Kec. KUMAI  |Desa sungai kapitan|Kades |H.         |Contoh Nama|S.Sos.,M.AP.  |       |                  |
    2 |62.01.02.1003|            |              |lurah      |           |Suharto    |              |Plt. Lurah|198609262015051001|
    3 |62.01.01     |Kumai       |              |camat      |           |           |              |       |                  |
    4 |62.01        |            |              |PPPK       |           |Nur'aini   |              |Analis |198609262021212003|BKPSDM
    5 |62.01        |            |              |Polri      |           |Budi       |              |Kapolsek|86091234         |
    6 |62.01        |            |              |tni        |           |Wayan      |              |Danramil|12345/P          |`);
  expect(complaints).toEqual([]);
  expect(
    entries.map(({ entry }) => [entry.unsur, entry.nama, entry.gelarBelakang, entry.jabatan, entry.nip]),
  ).toEqual([
    ['kepala desa', 'Contoh Nama', 'S.Sos., M.AP.', 'Kepala Desa', ''],
    ['lurah/camat', 'Suharto', '', 'Plt. Lurah', '198609262015051001'],
    ['lurah/camat', '', '', 'Camat', ''],
    ['ASN', "Nur'aini", '', 'Analis', '198609262021212003'],
    ['Polri', 'Budi', '', 'Kapolsek', '86091234'],
    ['TNI', 'Wayan', '', 'Danramil', '12345/P'],
  ]);
});

test('all complaints come at once, by row', async () => {
  expect(
    await complaintsOf(`
    Kode wilayah |Kecamatan|Desa/Kelurahan|Unsur      |Nama       |Jabatan|NIP/NRP
                 |         |              |           |Tanpa kode |       |
    62.1.1       |         |              |kepala desa|Salah      |       |
    62.01.01.2099|         |              |kepala desa|Tiada      |       |
    35.07.14.2008|         |              |kepala desa|Luar       |       |
    62.01.01.2008|Arut     |Kapitan       |raja       |Beda       |       |
    62.01.01.2008|         |              |lurah/camat|Desa       |       |
    62.01.02.1003|         |              |kepala desa|Kelurahan  |       |
    62.01        |         |              |lurah/camat|Kabupaten  |       |
    62.01        |         |              |ASN        |           |       |
    62.01        |         |              |ASN        |Angka      |Analis |1,98609E+17
    62.01        |         |              |ASN        |Bulat      |Analis |198609262015051000`),
  ).toEqual([
    '2 Nama: row-nobody',
    '3 Kode wilayah: kode-form',
    '4 Kode wilayah: kode-unknown',
    '5 Kode wilayah: kode-outside 62.01',
    '6 Kecamatan: kecamatan-differs Kumai',
    '6 Desa/Kelurahan: desa-differs Sungai Kapitan',
    '6 Unsur: unsur-unknown',
    '7 Unsur: unsur-area desa Sungai Kapitan',
    '8 Unsur: unsur-area kelurahan Mendawai',
    '9 Unsur: unsur-area kabupaten Kotawaringin Barat',
    '10 NIP/NRP: nip-missing',
    '10 Nama: name-missing',
    '10 Jabatan: jabatan-missing',
    '11 NIP/NRP: nip-scientific',
    '12 NIP/NRP: nip-rounded',
  ]);
});

test('the common short form of an area’s name is that name', async () => {
  expect(
    await complaintsOf(`
    Kode wilayah |Kecamatan |Desa/Kelurahan   |Unsur      |Nama |Jabatan|NIP/NRP
    62.01.01.2008|Kec. Kumai|Desa Sei. Kapitan|kepala desa|Satu |       |
    62.01.01.2007|          |Sei Kapital      |kepala desa|Satu |       |`),
  ).toEqual(['3 Desa/Kelurahan: desa-differs Kubu']);
});

const name = async (nama: string): Promise<string[]> => {
  const rows = [{ row: 2, cells: { 'Kode wilayah': '62.01.01.2008', Unsur: 'kepala desa', Nama: nama } }];
  const found = checkRoster(rows, {
    within: '62.01',
    areas: await areas.byCodes(db, codesOf(rows)),
    standing: [],
  });
  return found.complaints.map(({ code, detail }) => `${code} ${detail}`.trim());
};

test.each([
  ['Suharto'],
  ["Nur'aini Dg. Te'ne"],
  ['Nur’aini'],
  ['Muḥammad Āmir'],
  ['M. Yusuf'],
  ['R. Ayu-Lestari'],
  ['José'],
  ['  Contoh   Nama  '],
  ['Contoh\u00a0Nama'],
])('%j is a name', async (nama) => {
  expect(await name(nama)).toEqual([]);
});

test.each([
  ['Contoh, Nama', 'name-comma'],
  ['CONTOH (Alm)', 'name-deceased'],
  ['KOSONG', 'name-nobody'],
  ['0', 'cell-zero'],
  ['123456', 'name-letters'],
  ['#N/A', 'cell-error'],
  ['=cmd', 'cell-edge ='],
  ['Contoh\u200bNama', 'hidden-character U+200B'],
  ['Contoh\u202eNama', 'hidden-character U+202E'],
  ['Contoh\u2066Nama', 'hidden-character U+2066'],
  ['Contoh\nNama', 'hidden-character U+000A'],
  ['Contoh\tNama', 'hidden-character U+0009'],
  ['Contoh\u00adNama', 'hidden-character U+00AD'],
  ['محمد', 'undrawable م'],
  ['Contoh 😀', 'undrawable 😀'],
  ['Н. Contoh', 'undrawable Н'],
  ['a'.repeat(101), 'too-long 100'],
])('%j is not: %s', async (nama, complaint) => {
  expect(await name(nama)).toEqual([complaint]);
});

test('a decomposed letter is put together, an unusual space made plain', async () => {
  const { entries } = await checked(`
    Kode wilayah|Unsur|Nama
    62.01.01.2008|kepala desa|Jose\u0301\u2003Maria`);
  expect(entries[0]?.entry.nama).toBe('José Maria');
});

test('two rows of one place or one number name each other', async () => {
  expect(
    await complaintsOf(`
    Kode wilayah |Unsur      |Nama |Jabatan|NIP/NRP
    62.01.01.2008|kepala desa|Satu |       |
    62.01.01.2007|kepala desa|Dua  |       |
    62.01.01.2008|kades      |Tiga |       |
    62.01.02.1003|lurah      |Empat|       |198609262015051001
    62.01        |ASN        |Lima |Analis |19860926 201505 1 001
    62.01        |ASN        |Enam |Analis |198609262015051001`),
  ).toEqual(['4 Kode wilayah: place-twice 2', '7 NIP/NRP: place-twice 6']);
});

test('a code that a spreadsheet took for a time is understood', async () => {
  const { entries, complaints } = await checked(`
    Kode wilayah|Unsur|Nama
    62:01:01|camat|Contoh`);
  expect(complaints).toEqual([]);
  expect(entries[0]?.entry.wilayah).toBe('62.01.01');
});

test('in Bali a desa has a perbekel, in DIY a lurah who is kepala desa by unsur', async () => {
  const bali = await checked(
    `Kode wilayah|Unsur|Nama
    51.01.01.2004|kepala desa|Contoh`,
    '51',
  );
  expect(bali.entries[0]?.entry.jabatan).toBe('Perbekel');
  const diy = await checked(
    `Kode wilayah|Unsur|Nama|Jabatan
    34.02.01.2001|kepala desa|Contoh|
    34.02.01.2002|lurah|Contoh|
    34.02.01.2002|kepala desa|Contoh|Pj. Lurah`,
    '34.02',
  );
  expect(diy.entries.map(({ entry }) => entry.jabatan)).toEqual(['Lurah', 'Pj. Lurah']);
  expect(diy.complaints.map(({ row, code }) => [row, code])).toEqual([[3, 'unsur-area']]);
});

test('one number with two names is asked about; one person with two offices is told', async () => {
  const { questions, notes, complaints, entries } = await checked(`
    Kode wilayah |Unsur |Nama       |Jabatan|NIP/NRP
    62.01.02.1003|lurah |Contoh Satu|       |198609262015051001
    62.01        |ASN   |Contoh Dua |Analis |198609262015051001
    62.01.02     |camat |CONTOH SATU|       |198609262015051001`);
  expect(complaints).toEqual([]);
  expect(entries).toHaveLength(3);
  expect(questions.map(({ row, code, detail }) => [row, code, detail])).toEqual([
    [3, 'nip-other-name', 'Contoh Satu, baris 2'],
  ]);
  expect(notes.map(({ row, code, detail }) => [row, code, detail])).toEqual([
    [4, 'nip-two-places', 'baris 2'],
  ]);
});

test('an acting office, wherever it is written', async () => {
  const { entries, complaints, notes } = await checked(`
    Kode wilayah |Unsur           |Gelar depan|Nama        |Jabatan
    62.01.01.2001|Pj. Kepala Desa |           |Contoh Satu |
    62.01.01.2002|kepala desa     |Plt. H.    |Contoh Dua  |
    62.01.01.2003|kepala desa     |           |Contoh Tiga |PLT KADES
    62.01.01.2004|kepala desa     |           |Pj. Contoh  |Pj. Kepala Desa
    62.01.01.2005|kepala desa     |           |Pj Contoh   |Penghulu`);
  expect(complaints).toEqual([]);
  expect(entries.map(({ entry }) => [entry.gelarDepan, entry.nama, entry.jabatan])).toEqual([
    ['', 'Contoh Satu', 'Pj. Kepala Desa'],
    ['H.', 'Contoh Dua', 'Plt. Kepala Desa'],
    ['', 'Contoh Tiga', 'Plt. KADES'],
    ['', 'Contoh', 'Pj. Kepala Desa'],
    ['', 'Contoh', 'Pj. Penghulu'],
  ]);
  expect(notes.map(({ row, code }) => [row, code])).toEqual([
    [2, 'acting-moved'],
    [3, 'acting-moved'],
    [5, 'acting-moved'],
    [6, 'acting-moved'],
  ]);
  expect(
    await complaintsOf(`
    Kode wilayah |Unsur      |Nama       |Jabatan
    62.01.01.2001|kepala desa|Pj. Contoh |Plt. Kepala Desa`),
  ).toEqual(['2 Jabatan: jabatan-acting Pj.']);
});

test('errors of the spreadsheet and words of nobody are complaints in every column', async () => {
  expect(
    await complaintsOf(`
    Kode wilayah |Kecamatan|Unsur      |Nama  |Jabatan|Pangkat/Gol|Unit kerja
    #REF!        |Kumai    |kepala desa|Satu  |       |           |
    62.01.01.2002|#N/A     |#NAME?     |Dua   |NIHIL  |n/a        |Err:502
    62.01.01.2003|0        |kepala desa|Kosong|       |           |tidak ada`),
  ).toEqual([
    '2 Kode wilayah: cell-error',
    '3 Unsur: cell-error',
    '3 Kecamatan: cell-error',
    '3 Jabatan: cell-nobody',
    '3 Pangkat/Gol: cell-nobody',
    '3 Unit kerja: cell-error',
    '4 Kecamatan: cell-zero',
    '4 Nama: name-nobody',
    '4 Unit kerja: cell-nobody',
  ]);
});

test('codes of villages in any dress are read', async () => {
  const { entries, complaints } = await checked(`
    Kode wilayah  |Unsur      |Nama
    6201012001    |kepala desa|Satu
    62 01 01 2002 |kepala desa|Dua
    62-01-01-2003.|kepala desa|Tiga`);
  expect(complaints).toEqual([]);
  expect(entries.map(({ entry }) => entry.wilayah)).toEqual([
    '62.01.01.2001',
    '62.01.01.2002',
    '62.01.01.2003',
  ]);
});

test('titles, offices and ranks are looked at as names are', async () => {
  expect(
    await complaintsOf(`
    Kode wilayah |Unsur|Gelar depan|Nama  |Gelar belakang|Jabatan       |Pangkat/Gol
    62.01.01.2001|kades|H. CONTOH  |CONTOH|Alm           |=A1           |12/Nov
    62.01.01.2002|kades|IPTU       |CONTOH|H.            |TRUE          |Mar-04
    62.01.01.2003|kades|S.Sos      |CONTOH|lulusan SMA   |NAMA          |sda
    62.01.01.2004|kades|<b>        |CONTOH|Pj            |Plt. Pj. Kades|
    62.01.01.2005|kades|           |CONTOH|TRUE          |S.Sos         |
    62.01.01.2006|kades|           |NAMA  |              |Kades (Alm)   |`),
  ).toEqual([
    '2 Gelar depan: title-none',
    '2 Gelar belakang: name-deceased',
    '2 Jabatan: cell-edge =',
    '2 Pangkat/Gol: cell-date',
    '3 Gelar depan: title-rank',
    '3 Gelar belakang: title-front',
    '3 Jabatan: cell-nobody',
    '3 Pangkat/Gol: cell-date',
    '4 Gelar depan: title-back',
    '4 Gelar belakang: title-none',
    '4 Jabatan: cell-nobody',
    '4 Pangkat/Gol: cell-nobody',
    '5 Gelar depan: cell-marks <',
    '5 Gelar belakang: title-acting',
    '5 Jabatan: jabatan-two-acting',
    '6 Gelar belakang: cell-nobody',
    '6 Jabatan: jabatan-title',
    '7 Nama: name-nobody',
    '7 Jabatan: name-deceased',
  ]);
});

test('an acting office behind the office, or alone, is one; DR in its column is asked about too', async () => {
  const { entries, complaints, questions, notes } = await checked(`
    Kode wilayah |Unsur|Gelar depan|Nama  |Jabatan
    62.01.01.2001|kades|           |CONTOH|Kades (Pj)
    62.01.01.2002|kades|           |CONTOH|Plt
    62.01.01.2003|kades|DR         |CONTOH|`);
  expect(complaints).toEqual([]);
  expect(entries.map(({ entry }) => entry.jabatan)).toEqual(['Pj. Kades', 'Plt. Kepala Desa', 'Kepala Desa']);
  expect(notes.map(({ row, code }) => [row, code])).toEqual([
    [2, 'acting-moved'],
    [3, 'acting-moved'],
  ]);
  expect(questions.map(({ row, code, detail, other }) => [row, code, detail, other])).toEqual([
    [4, 'name-doctor', 'Dr. CONTOH', 'dr. CONTOH'],
  ]);
});

test('a rank before a name goes to its column: of a soldier surely, of others with a yes', async () => {
  const { entries, questions, notes } = await checked(`
    Kode wilayah |Unsur|Nama              |Jabatan |NIP/NRP |Pangkat/Gol
    62.01        |TNI  |KAPTEN INF CONTOH |Danramil|12345678|
    62.01.01.2001|kades|IPTU CONTOH       |        |        |
    62.01.01.2002|kades|AKP CONTOH        |        |        |Penata`);
  expect(entries.map(({ entry }) => [entry.nama, entry.pangkat])).toEqual([
    ['CONTOH', 'KAPTEN INF'],
    ['CONTOH', 'IPTU'],
    ['CONTOH', 'Penata'],
  ]);
  expect(notes.map(({ row, code }) => [row, code])).toEqual([[2, 'rank-moved']]);
  expect(questions.map(({ row, detail, other }) => [row, detail, other])).toEqual([
    [3, 'CONTOH; Pangkat/Gol: IPTU', 'IPTU CONTOH; Pangkat/Gol: (kosong)'],
    [4, 'CONTOH; Pangkat/Gol: Penata', 'AKP CONTOH; Pangkat/Gol: Penata'],
  ]);
});

test('a cell that can’t be left empty is never told to be', async () => {
  const { complaints } = await checked(`
    Kode wilayah |Unsur|Nama  |Jabatan|NIP/NRP
    62.01        |ASN  |#N/A  |0      |#REF!
    62.01        |ASN  |KOSONG|idem   |198609262015
    #N/A         |0    |Budi  |       |
    62.01.01.2001|kades|0     |#N/A   |198609262015`);
  const said = complaints.map((one) => `${one.row} ${one.column}: ${complaintMessage(one).next}`);
  expect(said.filter((line) => /^[234] .*kosongkan/i.test(line))).toEqual([]);
  expect(said.filter((line) => line.startsWith('5 '))).toEqual([
    '5 NIP/NRP: Cocokkan dengan kartu pegawai. Kosongkan bila kepala desa bukan ASN.',
    '5 Nama: Ketik isinya, atau kosongkan selnya.',
    '5 Jabatan: Ketik isinya, atau kosongkan selnya.',
  ]);
});

test('a row that lists nobody is shown with what stands in it', async () => {
  const { complaints } = await checked(`
    Kode wilayah|Unsur|Nama|Jabatan
                |     |    |Mengetahui: Budi`);
  expect(complaints).toMatchObject([{ code: 'row-nobody', column: 'Jabatan', value: 'Mengetahui: Budi' }]);
});

test('a number is never shown whole where it is asked about', async () => {
  const { questions, complaints } = await checked(`
    Kode wilayah |Unsur|Nama      |Jabatan|NIP/NRP
    62.01.02.1003|lurah|Contoh A B|       |198609262015051001
    62.01        |ASN  |Contoh C D|Analis |198609262015051001
    62.01        |ASN  |Contoh C D|Analis |198609262015051001`);
  expect(questions[0]).toMatchObject({ code: 'nip-other-name', value: 'Contoh C D, ••••••••••••••1001' });
  expect(complaints).toMatchObject([{ code: 'place-twice', value: '••••••••••••••1001' }]);
});

test('what is too long isn’t read: a hostile cell costs nothing', async () => {
  const long = 'SE '.repeat(30_000).trim();
  const rows = (
    ['Gelar depan', 'Nama', 'Gelar belakang', 'Jabatan', 'NIP/NRP', 'Unsur', 'Kode wilayah'] as const
  ).map((column, at) => ({
    row: at + 2,
    cells: { 'Kode wilayah': '62.01.01.2001', Unsur: 'kades', Nama: 'Budi', [column]: long },
  }));
  const found = checkRoster(rows, {
    within: '62.01',
    areas: await areas.byCodes(db, codesOf(rows)),
    standing: [],
  });
  expect(found.complaints.map(({ code }) => code)).toEqual(rows.map(() => 'too-long'));
  expect(found.complaints.every(({ value }) => value.length <= 300)).toBe(true);
  // Titles within the bound: work grows as their number does.
  const most = { gelarDepan: '', nama: 'CONTOH', gelarBelakang: 'SE '.repeat(100).trim() };
  expect(readName(most).gelarBelakang.split(', ')).toHaveLength(100);
});

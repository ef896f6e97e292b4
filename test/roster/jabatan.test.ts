import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complaintMessage } from '../../src/pages/office/roster-messages.ts';
import { checkRoster, codesOf } from '../../src/roster/check-roster.ts';
import type { Column } from '../../src/roster/column.ts';
import { readOffice } from '../../src/roster/jabatan.ts';
import type { Standing } from '../../src/roster/person.ts';
import * as areas from '../../src/wilayah/areas.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();

type Cells = Partial<Record<Column, string>>;
/** One row of a kepala desa, unless told otherwise: what is stored, and what is said about it. */
async function row(cells: Cells, standing: Standing[] = []) {
  const rows = [
    { row: 2, cells: { 'Kode wilayah': '62.01.01.2008', Unsur: 'kepala desa', Nama: 'BUDI', ...cells } },
  ];
  const known = await areas.byCodes(db, codesOf(rows));
  const { entries, complaints, questions, notes } = checkRoster(rows, {
    within: '62',
    areas: known,
    standing,
  });
  const said = (list: readonly { column: string; code: string }[]) =>
    list.map(({ column, code }) => `${column}: ${code}`);
  return {
    entry: entries[0]?.entry,
    jabatan: entries[0]?.entry.jabatan,
    complaints: said(complaints),
    questions: said(questions),
    readings: questions.map(({ detail, other }) => [detail, other]),
    notes: said(notes),
    found: complaints,
  };
}

test.each([
  ['Kepala Desa', null, 'Kepala Desa'],
  ['Pj Kades', 'Pj.', 'Kades'],
  ['Kades (Pj)', 'Pj.', 'Kades'],
  ['Penjabat (Pj) Kepala Desa', 'Pj.', 'Kepala Desa'],
  ['Pelaksana Tugas (Plt.) Kepala Desa', 'Plt.', 'Kepala Desa'],
  ['Pelaksana Tugas Harian Kepala Desa', 'Plh.', 'Kepala Desa'],
  ['Plt. Kades (Plt)', 'Plt.', 'Kades'],
  ['Kepala Desa, Pj.', 'Pj.', 'Kepala Desa'],
  ['Kepala Desa - Pj', 'Pj.', 'Kepala Desa'],
])('%j is read as %j and %j', (typed, acting, named) => {
  expect(readOffice(typed)).toEqual({ acting, named, two: false });
});

test.each(['Plt. Pj. Kades', 'Pj. / Plt. Kades', 'Pj. Kades (Plt)'])('%j has two acting words', (typed) => {
  expect(readOffice(typed).two).toBe(true);
});

// What the head of this desa is called, with or without its own name.
test.each([
  ['', 'Kepala Desa'],
  ['Kepala Desa', 'Kepala Desa'],
  ['KEPALA DESA', 'KEPALA DESA'],
  ['Kades', 'Kades'],
  ['Penghulu', 'Penghulu'],
  ['Hukum Tua', 'Hukum Tua'],
  ['Pj. Kepala Desa', 'Pj. Kepala Desa'],
  ['Kepala Desa Sungai Kapitan', 'Kepala Desa Sungai Kapitan'],
  ['Kepala Desa Sei Kapitan Kec. Kumai', 'Kepala Desa Sei Kapitan Kec. Kumai'],
  ['Kepala Desa (PAW)', 'Kepala Desa (PAW)'],
  ['Kepala Desa PAW', 'Kepala Desa PAW'],
  ['Kades PAW Sungai Kapitan', 'Kades PAW Sungai Kapitan'],
  ['Kepala Desa Antar Waktu', 'Kepala Desa Antar Waktu'],
  ['Kepala Desa Sungai Kapitan Antarwaktu', 'Kepala Desa Sungai Kapitan Antarwaktu'],
  ['Kepala Desa Definitif', 'Kepala Desa Definitif'],
  [
    'Kades Sungai Kapitan, Kecamatan Kumai, Kabupaten Kotawaringin Barat',
    'Kades Sungai Kapitan, Kecamatan Kumai, Kabupaten Kotawaringin Barat',
  ],
])('%j is the office of this kepala desa', async (typed, jabatan) => {
  const said = await row({ Jabatan: typed });
  expect([said.jabatan, said.complaints, said.questions]).toEqual([jabatan, [], []]);
});

test('so it is of a lurah and a camat', async () => {
  const office = (kode: string, Jabatan: string) =>
    row({ 'Kode wilayah': kode, Unsur: 'lurah/camat', Jabatan }).then(({ questions }) => questions);
  expect(await office('62.01.02.1003', 'Lurah Mendawai')).toEqual([]);
  expect(await office('62.01.01', 'Plt. Camat Kumai')).toEqual([]);
  expect(await office('62.01.02.1003', 'Camat')).toEqual(['Jabatan: jabatan-head']);
  expect(await office('62.01.01', 'Lurah')).toEqual(['Jabatan: jabatan-head']);
  expect(await office('62.01.01', 'Camat Pangkalan Lada')).toEqual(['Jabatan: jabatan-head']);
});

const ODD = [
  ...[
    'III/a',
    'Penata',
    'Drs. H. BUDI, M.Si',
    'Kepala Desa Kumai Hulu',
    'Camat',
    'Sekretaris Desa',
    'Mantan Kades',
  ],
  ...['Kades nonaktif', 'Calon Kades', 'Pj/Kades', 'Kepala Desa/Pj', 'Ya', 'v', 'Aktif', 'https://x.y'],
  ...[
    'Kepala Desa Kumai',
    'Kepala Desa Definitif Kumai',
    'Kepala Desa 2020-2026',
    'Sungai Kapitan',
    'Pgs. Kades',
  ],
];
test.each(ODD)('%j is asked about, as it was read', async (typed) => {
  const said = await row({ Jabatan: typed });
  expect([said.complaints, said.questions]).toEqual([[], ['Jabatan: jabatan-head']]);
  expect(said.readings[0]![0]).toBe(typed);
});

test('in capitals and in small letters too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ODD),
      fc.constantFrom('toUpperCase' as const, 'toLowerCase' as const),
      async (typed, dress) => {
        const said = await row({ Jabatan: ` ${typed[dress]().replaceAll(' ', '  ')}` });
        expect(said.complaints.length + said.questions.length).toBe(1);
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['SE', 'jabatan-title'],
  ['se', 'jabatan-title'],
  ['H.', 'jabatan-title'],
  ['S.E., M.M.', 'jabatan-title'],
  ['Plt. (kosong)', 'cell-nobody'],
  ['Pj. / Plt. Kades', 'jabatan-two-acting'],
  ['Kepala Desa NIP. 198609262015051001 HP 081234567890', 'cell-number'],
  ['Kepala Desa 0812-3456-7890', 'cell-number'],
  ['Kepala Desa (NIK 6201 0126 0986 0001)', 'cell-number'],
])('%j is no office: %s', async (typed, code) => {
  expect((await row({ Jabatan: typed })).complaints).toEqual([`Jabatan: ${code}`]);
});

test('a comma has shifted a row', async () => {
  const { complaints } = await row({ Jabatan: 'SE', 'Pangkat/Gol': 'Kepala Desa' });
  expect(complaints).toEqual(['Jabatan: jabatan-title', 'Pangkat/Gol: rank-other']);
});

test('a long number gets into no cell that is public, and the sentence says where it belongs', async () => {
  for (const [column, value] of [
    ['Unit kerja', 'Kantor Desa 081234567890'],
    ['Pangkat/Gol', 'Penata / 198609262015051001'],
    ['Pangkat/Gol', 'AKP NRP 86091234'],
    ['Gelar belakang', 'S.E. 198609262015051001'],
    ['Nama', 'BUDI NIP 198609262015051001'],
    ['Jabatan', 'Kepala Desa ١٩٨٦٠٩٢٦٢'],
  ] as const) {
    const { complaints, found } = await row({ [column]: value });
    expect([value, complaints]).toEqual([
      value,
      [`${column}: ${value.includes('١') ? 'undrawable' : 'cell-number'}`],
    ]);
    if (found[0]!.code === 'cell-number')
      expect(complaintMessage(found[0]!).next).toContain('ke kolom NIP/NRP');
  }
  // Numbers that an office has.
  for (const Jabatan of ['Guru SDN 101880', 'Kepala SMAN 1 Kumai', 'Kasi Pem. II/2']) {
    const asn = { 'Kode wilayah': '62.01', Unsur: 'ASN', 'NIP/NRP': '198609262015051001' };
    expect((await row({ ...asn, Jabatan })).complaints).toEqual([]);
  }
});

test('an acting word that is moved to a job other than the head’s is asked about', async () => {
  for (const [Nama, Jabatan, jabatan] of [
    ['Pj. BUDI', 'Kasi Pemerintahan', 'Pj. Kasi Pemerintahan'],
    ['Plt. BUDI', 'Sekretaris Desa', 'Plt. Sekretaris Desa'],
    ['Pj. BUDI', 'Camat Kumai', 'Pj. Camat Kumai'],
  ] as const) {
    const said = await row({ Nama, Jabatan });
    expect([said.complaints, said.questions, said.readings]).toEqual([
      [],
      ['Jabatan: jabatan-head'],
      [[jabatan, '']],
    ]);
  }
  const asn = { 'Kode wilayah': '62.01', Unsur: 'ASN', 'NIP/NRP': '198609262015051001', Jabatan: 'Analis' };
  expect(await row({ ...asn, Nama: 'Pj. BUDI' })).toMatchObject({ questions: ['Jabatan: jabatan-moved'] });
  expect(await row({ ...asn, Nama: 'PJ SIMANJUNTAK' })).toMatchObject({
    questions: ['Nama: name-pj'],
    readings: [['SIMANJUNTAK; Jabatan: Pj. Analis', 'PJ SIMANJUNTAK; Jabatan: Analis']],
  });
  expect(await row({ ...asn, Jabatan: 'Plt. Analis' })).toMatchObject({ questions: [], complaints: [] });
});

test('what is rarely an office is asked about of others too', async () => {
  const asn = { 'Kode wilayah': '62.01', Unsur: 'ASN', 'NIP/NRP': '198609262015051001' };
  const BEHIND = ['Kepala Dinas, menyusul', 'Kepala Dinas - non aktif', 'Kepala Dinas (pensiun)'];
  for (const Jabatan of ['SE', 'Ners', 'Penata Tk. I', 'III/d', 'v', 'Ya', 'https://x.y', ...BEHIND]) {
    const said = await row({ ...asn, Jabatan });
    expect([Jabatan, said.complaints, said.questions]).toEqual([Jabatan, [], ['Jabatan: jabatan-odd']]);
  }
  for (const Jabatan of [
    'Analis',
    'Kasi',
    'Pengatur Lalu Lintas',
    'Camat',
    'Staf',
    'Guru',
    'Analis (Ahli Muda)',
  ]) {
    expect([Jabatan, (await row({ ...asn, Jabatan })).questions]).toEqual([Jabatan, []]);
  }
});

test('two acting words in two columns: one of them is wrong', async () => {
  expect(await row({ Unsur: 'Pj. Kades', Nama: 'Plt. BUDI' })).toMatchObject({
    complaints: ['Nama: jabatan-acting'],
  });
  expect(await row({ Unsur: 'Pj. Kades', 'Gelar depan': 'Plh.' })).toMatchObject({
    complaints: ['Nama: jabatan-acting'],
  });
  // But P. J. are a person's own letters.
  expect(await row({ Unsur: 'Plt. Kades', Nama: 'PJ SIMANJUNTAK' })).toMatchObject({
    complaints: [],
    questions: ['Nama: name-word'],
    entry: { nama: 'PJ SIMANJUNTAK', jabatan: 'Plt. Kepala Desa' },
  });
  // An unsur that is none has no office.
  expect(await row({ Unsur: 'Pj' })).toMatchObject({ complaints: ['Unsur: unsur-unknown'], notes: [] });
});

const held = (more: Partial<Standing>): Standing => ({
  ...{
    id: 'x',
    kegiatanId: 'x',
    tempat: 'kepala desa 62.01.01.2008',
    rosterVersi: 1,
    urut: null,
    nomor: null,
  },
  ...{ signed: false, removed: null, wilayah: '62.01.01.2008', unsur: 'kepala desa' as const },
  ...{ gelarDepan: '', nama: 'YUSUF', gelarBelakang: '', jabatan: 'Kepala Desa' },
  ...{ nip: '', pangkat: '', unitKerja: '' },
  ...more,
});

test('a file without the column Jabatan can change who acts', async () => {
  const list = [held({ jabatan: 'Plt. Kepala Desa' })];
  expect(await row({ Nama: 'Pj. YUSUF' }, list)).toMatchObject({
    complaints: [],
    entry: { nama: 'YUSUF', jabatan: 'Pj. Kepala Desa' },
    notes: ['Nama: acting-moved'],
  });
  expect(await row({ Nama: 'YUSUF' }, list)).toMatchObject({ entry: { jabatan: 'Plt. Kepala Desa' } });
  expect(await row({ Nama: 'YUSUF', Unsur: 'Pj. Kades' }, list)).toMatchObject({
    complaints: [],
    entry: { jabatan: 'Pj. Kepala Desa' },
  });
});

test('what stands on the list is asked about no more', async () => {
  expect(await row({ Nama: 'YUSUF', Jabatan: 'Aktif' }, [held({ jabatan: 'Aktif' })])).toMatchObject({
    questions: [],
    entry: { jabatan: 'Aktif' },
  });
  expect(await row({ Nama: 'PJ YUSUF' }, [held({ nama: 'PJ YUSUF' })])).toMatchObject({
    questions: [],
    entry: { nama: 'PJ YUSUF', jabatan: 'Kepala Desa' },
  });
});

test('titles that a name brings along take the place of those on the list', async () => {
  const list = [held({ gelarDepan: 'H.', nama: 'ANDI', gelarBelakang: 'S.Pd.' })];
  expect((await row({ Nama: 'Hj. ANDI, S.H.' }, list)).entry).toMatchObject({
    ...{ gelarDepan: 'Hj.', nama: 'ANDI', gelarBelakang: 'S.H.' },
  });
  expect((await row({ Nama: 'ANDI' }, list)).entry).toMatchObject({
    gelarDepan: 'H.',
    gelarBelakang: 'S.Pd.',
  });
});

test('the area’s own name is no person’s without a yes', async () => {
  for (const Nama of ['SUNGAI KAPITAN', 'sungai  kapitan', 'Kumai', 'KOTAWARINGIN BARAT', 'Desa Putra']) {
    expect([Nama, (await row({ Nama })).questions]).toEqual([Nama, ['Nama: name-place']]);
  }
  for (const [Nama, area] of [
    ['Desa Sungai Kapitan', 'Sungai Kapitan'],
    ['Kec. Kumai', 'Kumai'],
  ] as const) {
    const { found } = await row({ Nama });
    expect(found).toMatchObject([{ column: 'Nama', code: 'name-area', detail: area }]);
  }
  expect((await row({ Nama: 'SUNGKONO KUMAIDI' })).questions).toEqual([]);
});

test('a soldier’s rank is sure where nothing of it may be the name', async () => {
  const soldier = { 'Kode wilayah': '62.01', Unsur: 'TNI', Jabatan: 'Danramil', 'NIP/NRP': '12345678' };
  expect(await row({ ...soldier, Nama: 'Letnan Kolonel Inf BUDI' })).toMatchObject({
    questions: [],
    entry: { nama: 'BUDI', pangkat: 'Letnan Kolonel Inf' },
  });
  expect(await row({ ...soldier, Nama: 'Mayor BUDI' })).toMatchObject({ questions: ['Nama: name-rank'] });
  expect(await row({ ...soldier, Nama: 'SERKA AL AMIN' })).toMatchObject({
    questions: ['Nama: name-rank', 'Nama: name-corps'],
    readings: [
      ['AL AMIN; Pangkat/Gol: SERKA', 'SERKA AL AMIN; Pangkat/Gol: (kosong)'],
      ['AL AMIN; Pangkat/Gol: SERKA', 'AMIN; Pangkat/Gol: SERKA AL'],
    ],
  });
});

test('two ranks that contradict are asked about with both', async () => {
  const officer = { 'Kode wilayah': '62.01', Unsur: 'Polri', Jabatan: 'Kapolsek', 'NIP/NRP': '86091234' };
  expect(await row({ ...officer, Nama: 'AKP BUDI', 'Pangkat/Gol': 'IPTU' })).toMatchObject({
    complaints: [],
    questions: ['Pangkat/Gol: rank-two'],
    readings: [['IPTU; bukan AKP, yang ada di kolom Nama', '']],
    notes: [],
    entry: { nama: 'BUDI', pangkat: 'IPTU' },
  });
  const soldier = { 'Kode wilayah': '62.01', Unsur: 'TNI', Jabatan: 'Danramil', 'NIP/NRP': '12345678' };
  const ranks = (Nama: string, rank: string) =>
    row({ ...soldier, Nama, 'Pangkat/Gol': rank }).then(({ questions }) => questions);
  expect(await ranks('LETKOL INF BUDI', 'MAYOR INF')).toEqual(['Pangkat/Gol: rank-two']);
  // Said once more, or with less.
  for (const rank of ['LETKOL INF', 'Letkol (Inf)', 'Letkol', '']) {
    expect([rank, await ranks('LETKOL INF BUDI', rank)]).toEqual([rank, []]);
  }
  // Whoever was promoted since the list was made: a file without the column says so in the name alone.
  const kept = (await row({ ...officer, Nama: 'BUDI', 'Pangkat/Gol': 'IPTU' })).entry;
  const standing = [
    { ...kept, id: 'x', tempat: 'Polri 86091234', removed: null, signed: false } as unknown as Standing,
  ];
  expect((await row({ ...officer, Nama: 'AKP BUDI' }, standing)).questions).toEqual([
    'Pangkat/Gol: rank-two',
  ]);
  const said = { ...officer, Nama: 'AKP BUDI', 'Pangkat/Gol': 'IPTU' };
  expect((await row(said, standing)).questions).toEqual([]);
});

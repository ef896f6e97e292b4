import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readName, takeActing } from '../../src/roster/name.ts';
import { fullName } from '../../src/roster/person.ts';

const read = (nama: string) => readName({ gelarDepan: '', nama, gelarBelakang: '' });

test.each([
  ['Suharto', 'Suharto'],
  ['CONTOH MA`RUF', 'CONTOH MA`RUF'],
  ['Contoh Syafi´i', 'Contoh Syafi´i'],
  ['Contoh Muʿammar', 'Contoh Muʿammar'],
  ["Contoh Rifa''i", "Contoh Rifa''i"],
  ['M.YUSUF CONTOH', 'M.YUSUF CONTOH'],
  ['Abd.Contoh', 'Abd.Contoh'],
  ['Contoh M. Ali', 'Contoh M. Ali'],
  ['CONTOH PENJABAT', 'CONTOH PENJABAT'],
  ['H CONTOH EMPAT', 'H. CONTOH EMPAT'],
  ['HJ.CONTOH', 'Hj. CONTOH'],
  ['Drs H. Contoh Nama', 'Drs. H. Contoh Nama'],
  ['dr.Contoh', 'dr. Contoh'],
  ['CONTOH DUA S.Sos', 'CONTOH DUA, S.Sos.'],
  ['CONTOH TIGA. S.Pd', 'CONTOH TIGA, S.Pd.'],
  ['Contoh Nama, S.Sos., M.AP', 'Contoh Nama, S.Sos., M.AP.'],
  ['Contoh Nama S. Sos, M.Si', 'Contoh Nama, S.Sos., M.Si.'],
  ['Ir. Contoh Nama S.T. M.T.', 'Ir. Contoh Nama, S.T., M.T.'],
  ['Contoh A.Md.Kom', 'Contoh, A.Md.Kom.'],
  ['Contoh Nama S. Pd. I', 'Contoh Nama, S.Pd.I.'],
  ['Contoh S. Sos M. Si', 'Contoh, S.Sos., M.Si.'],
  ['A. A. Contoh', 'A. A. Contoh'],
  ['I Wayan Contoh', 'I Wayan Contoh'],
  ['Contoh,', 'Contoh'],
])('%j is surely %j', (typed, name) => {
  const said = read(typed);
  expect([said.complaint, said.questions]).toEqual([null, []]);
  expect(fullName(said)).toBe(name);
});

test.each([
  ['CONTOH TIGA SE', 'name-titles', 'CONTOH TIGA, S.E.'],
  ['CONTOH SE MM', 'name-titles', 'CONTOH, S.E., M.M.'],
  ['Contoh S.Xyz', 'name-titles', 'Contoh, S.Xyz'],
  ['Contoh Nama M. M.', 'name-titles', 'Contoh Nama, M.M.'],
  ['Contoh, S.Xyz', 'name-titles', 'Contoh, S.Xyz'],
  ['H.M. Contoh', 'name-titles', 'H. M. Contoh'],
  ['DR. CONTOH', 'name-doctor', 'Dr. CONTOH'],
  ['C O N T O H', 'name-spaced', 'C O N T O H'],
  ['H A J I Contoh', 'name-spaced', 'H A J I Contoh'],
  ['CONTOH.SE', 'name-titles', 'CONTOH, S.E.'],
  ['Contoh S Sos', 'name-titles', 'Contoh, S.Sos.'],
  ['Contoh A Md', 'name-titles', 'Contoh, A.Md.'],
  ['ANDI MM.', 'name-titles', 'ANDI, M.M.'],
  ['ANDI M.M', 'name-titles', 'ANDI, M.M.'],
  ['Ust Contoh', 'name-titles', 'Ust. Contoh'],
  ['Bapak Contoh', 'name-address', 'Contoh'],
  ['Bpk. Contoh', 'name-address', 'Contoh'],
  ['Ibu Contoh', 'name-address', 'Contoh'],
  ['Sdr.Contoh', 'name-address', 'Contoh'],
  ['Ny. H. Contoh', 'name-address', 'H. Contoh'],
  ['KAPTEN INF CONTOH', 'name-rank', 'CONTOH'],
  ['IPTU CONTOH', 'name-rank', 'CONTOH'],
  ['AKP Contoh, S.H.', 'name-rank', 'Contoh, S.H.'],
  ['Kombes Pol. Contoh', 'name-rank', 'Contoh'],
  ['Mayor (Inf) Contoh', 'name-rank', 'Contoh'],
  ['Contoh dan Lain', 'name-two', 'Contoh dan Lain'],
  ['.Contoh', 'name-unusual', 'Contoh'],
  ['-Contoh', 'name-unusual', 'Contoh'],
  ['Contoh.', 'name-unusual', 'Contoh'],
  ['M . Contoh', 'name-unusual', 'M. Contoh'],
  ['A', 'name-unusual', 'A'],
])('%j is asked about: %s', (typed, question, name) => {
  const said = read(typed);
  expect([said.complaint, said.questions]).toEqual([null, [question]]);
  expect(fullName(said)).toBe(name);
});

test.each([
  ['Pj. CONTOH SATU', 'Pj.', 'CONTOH SATU'],
  ['PJ CONTOH', 'Pj.', 'CONTOH'],
  ['Plt.Contoh', 'Plt.', 'Contoh'],
  ['plh Contoh S.Sos', 'Plh.', 'Contoh, S.Sos.'],
  ['Pjs. H. Contoh', 'Pjs.', 'H. Contoh'],
  ['(Pj.) Contoh', 'Pj.', 'Contoh'],
  ['Pelaksana Tugas Contoh', 'Plt.', 'Contoh'],
])('%j acts: %s', (typed, acting, name) => {
  const said = read(typed);
  expect([said.complaint, said.acting, fullName(said)]).toEqual([null, acting, name]);
});

test.each(
  [
    ...[
      'KOSONG',
      'kosong',
      '(KOSONG)',
      'Kosong (Plt)',
      'Jabatan Kosong',
      'BELUM ADA',
      'Belum terisi',
      'tidak ada',
      'Tdk ada',
    ],
    ...[
      'BELUM',
      'TIDAK ADA KADES',
      'n.a.',
      'idem',
      'Sda',
      's.d.a',
      'TTD',
      'meninggal',
      'TRUE',
      'FALSE',
      'x x',
    ],
    ...['NIHIL', 'Lowong', 'VACANT', 'n/a', 'N / A', 'Plt.', 'tanpa nama', 'XXX', '??'],
  ].map((typed) => [typed]),
)('%j is nobody', (typed) => {
  expect(read(typed!).complaint?.code).toBe('name-nobody');
});

test.each([
  ['CONTOH (Alm)', 'name-deceased'],
  ['Alm. Contoh', 'name-deceased'],
  ['Contoh Almarhumah', 'name-deceased'],
  ['CONTOH TUJUH / PLH', 'name-acting'],
  ['Contoh (Pj)', 'name-acting'],
  ['H. Plt. Contoh', 'name-acting'],
  ['Plt Kades', 'name-office'],
  ['PJ KEPALA DESA', 'name-office'],
  ['Camat Kumai', 'name-office'],
  ['CONTOH nonaktif', 'name-status'],
  ['Contoh (meninggal dunia)', 'name-status'],
  ['Contoh, Nama', 'name-comma'],
  ['Contoh (Ibu)', 'name-marks'],
  ['Contoh/Nama', 'name-marks'],
  ['123456', 'name-letters'],
  ['=cmd', 'name-letters'],
])('%j is refused: %s', (typed, code) => {
  expect(read(typed).complaint?.code).toBe(code);
});

test('an acting title among those before a name belongs to the office too', () => {
  expect(readName({ gelarDepan: 'Pj. H.', nama: 'Contoh', gelarBelakang: '' })).toMatchObject({
    gelarDepan: 'H.',
    acting: 'Pj.',
  });
  expect(takeActing('Plt Kades')).toMatchObject({ acting: 'Plt.', rest: 'Kades' });
});

test.each([
  ['CONTOH SE', 'name-titles', '|CONTOH SE|', ''],
  ['CONTOH SE, S.Sos.', 'name-titles', '|CONTOH SE|S.Sos.', ''],
  ['H. CONTOH SE', 'name-titles', 'H.|CONTOH SE|', ''],
  ['ANDI M. M.', 'name-titles', '|ANDI M. M.|', ''],
  ['ANDI M.M', 'name-titles', '|ANDI M.M|', ''],
  ['CONTOH.SE', 'name-titles', '|CONTOH.SE|', ''],
  ['H.M. Contoh', 'name-titles', '|H.M. Contoh|', ''],
  ['DR. CONTOH', 'name-doctor', 'dr.|CONTOH|', ''],
  ['Ibu Contoh', 'name-address', '|Ibu Contoh|', ''],
  ['Mayor Contoh', 'name-rank', '|Mayor Contoh|', ''],
  ['Contoh.', 'name-unusual', '|Contoh.|', ''],
] as const)('%j with the other answer to %s is %j', (typed, question, fields, rank) => {
  const said = readName({ gelarDepan: '', nama: typed, gelarBelakang: '' }, new Set([question]));
  expect(said.complaint).toBeNull();
  expect([said.gelarDepan, said.nama, said.gelarBelakang].join('|')).toBe(fields);
  expect(said.rank).toBe(rank);
});

test('a rank before a name is told apart from it', () => {
  expect([read('KAPTEN INF CONTOH').rank, read('Mayor (Inf) Contoh').rank, read('May Contoh').rank]).toEqual([
    'KAPTEN INF',
    'Mayor (Inf)',
    '',
  ]);
});

test('titles that a column has already are not said twice', () => {
  const said = readName({ gelarDepan: 'H.', nama: 'H. Contoh Nama, S.Sos.', gelarBelakang: 'S.Sos., M.AP.' });
  expect(fullName(said)).toBe('H. Contoh Nama, S.Sos., M.AP.');
});

const titles = (list: string[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...list), { maxLength: most });
const names = fc
  .uniqueArray(fc.constantFrom('CONTOH', 'Budi', "Ma'ruf", 'M.', 'Siti', 'Al-Amin', 'José', 'Wati'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((words) => `Contoh ${words.join(' ')}`);

test('a name printed with its titles is read into its fields again', () => {
  fc.assert(
    fc.property(
      titles(['Drs.', 'H.', 'Prof.', 'dr.'], 3),
      names,
      titles(['S.Sos.', 'M.AP.', 'A.Md.Kom.', 'S.STP', 'Ph.D.'], 3),
      fc.constantFrom(', ', ' ', ','),
      (front, nama, back, comma) => {
        const gelar = { gelarDepan: front.join(' '), nama, gelarBelakang: back.join(', ') };
        const typed = [[...front, nama].join(' '), ...back].join(comma);
        const { gelarDepan, nama: name, gelarBelakang, complaint, questions } = read(typed);
        expect({ gelarDepan, nama: name, gelarBelakang }).toEqual(gelar);
        expect([complaint, questions]).toEqual([null, []]);
        // And what was read stays as it is.
        const again = readName(gelar);
        expect([fullName(again), again.questions, again.parted]).toEqual([fullName(gelar), [], false]);
      },
    ),
    { numRuns: 500 },
  );
});

test('what was read, whatever was typed, is read the same again', () => {
  const typed = fc
    .array(
      fc.constantFrom(
        'Pj.',
        'H',
        'H.',
        'CONTOH',
        'S.Sos',
        'SE',
        ',',
        'Dr',
        'S.',
        'M',
        'a',
        'Sos',
        '.',
        'Plt',
      ),
      { maxLength: 6 },
    )
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(typed, (text) => {
      const once = read(text);
      if (once.complaint) return;
      const twice = readName(once);
      if (twice.complaint) return;
      expect(fullName(twice)).toBe(fullName(once));
    }),
    { numRuns: 2000 },
  );
});

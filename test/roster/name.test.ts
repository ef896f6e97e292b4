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
  // A title of many letters with its stop.
  ['BUDI CONTOH, S.Farm.', 'BUDI CONTOH, S.Farm.'],
  ['BUDI CONTOH, S.Akun.', 'BUDI CONTOH, S.Akun.'],
  ['BUDI CONTOH S.Stat.', 'BUDI CONTOH, S.Stat.'],
  ['BUDI CONTOH, S.H., M.Ling.', 'BUDI CONTOH, S.H., M.Ling.'],
  ['BUDI CONTOH, A.Md.Farm.', 'BUDI CONTOH, A.Md.Farm.'],
  ['BUDI CONTOH, M.Tr.Hanla.', 'BUDI CONTOH, M.Tr.Hanla.'],
  ['BUDI CONTOH, S.Kep., Ners.', 'BUDI CONTOH, S.Kep., Ners'],
  ['BUDI CONTOH, S.Pd., Gr.', 'BUDI CONTOH, S.Pd., Gr.'],
  ['BUDI CONTOH, S.Psi., M.Psi., Psikolog', 'BUDI CONTOH, S.Psi., M.Psi., Psikolog'],
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

// Names as people have them: no question, no complaint, nothing parted.
test.each(
  [
    'Sri Kemala|Siti Nurhaliza|M. Yusuf|A. Rahman|St. Aminah|Mohd. Ali|Muh. Nur|Abd. Rahman|Md. Noor|Contoh M. Ali|Contoh A|Contoh H|J. Kristiadi',
    'Andi Tenri Olle|Andi Muh. Ilham|Daeng Tata|Karaeng Bontonompo|La Ode Muhammad|Wa Ode Siti|La Maddukelleng|Baso Amir|Besse Kajuara',
    'I Wayan Sudana|Ni Luh Putu Sari|I Gusti Ngurah Rai|Anak Agung Gde Agung|A.A. Gde Agung|I.B. Rai|Desak Made Ayu|Dewa Ayu Raka|Cokorda Raka|Nyoman S. Pendit',
    'Parlindungan Siregar|Hotman Sitompul|Togar Simanjuntak|Maruli Tua Sinaga|Hukum Sinaga|Raja Inal Siregar|P. Hutagalung|P. L. Tobing|Barus',
    'Yohanis Mayor|Yulianus Kapten|Lukas Enembe|Beny Wenda|Frans Kaisiepo|Lama Tokan|Frans Lebu Raya|Y. B. Mangunwijaya|Oei Tjoe Tat|A Hok',
    'Tjilik Riwut|Dehen Binti|Sabran Achmad|Ampung Luwuk|Teras Narang|Pas Kalis|Mar Bun|Teuku Umar|Cut Nyak Dien|Datuk Rajo Endah|Rio Dewanto|Jaro Sukarya',
    'Saiful Islam|Kristen Tobing|Juru Siregar|Ratu Ayu|Ngurah Lurah Bagus|Mulyadi Kepala Batu|Calonius Ginting|Mantani|Ekson|Laman|Mutasim|Samadi|Nanda|Pawit',
    'M. A. Rahman|M. H. Thamrin|A. P. Contoh|ST AMINAH|Smith Contoh|Istriana|Alsyah|Akan|Sesuai|Mpu Contoh|An Budi|Lim An Siang|A.N. Budi|Siti P. Aminah',
    'Sama Ginting|Testi|Prawira|Serdang|Mayora|Pujiono|Pelita|Plato|Pardi|Petrus Jaya|Rr. Sekar|R.A. Kartini|Al Amin|Al-Amin|Nur Al Huda|Rifa’i|D’Souza|Rombe Bua’',
  ]
    .flatMap((line) => line.split('|'))
    .map((typed) => [typed]),
)('%j is a name like any other', (typed) => {
  const said = read(typed!);
  expect([said.complaint, said.questions, said.parted]).toEqual([null, [], false]);
  expect(fullName(said)).toBe(typed);
});

/** Doubts: each is asked about, or refused. */
const DOUBTS: (readonly [typed: string, question: string, read: string, other: string])[] = [
  // A rank and what follows it.
  ['IPTU AL HUSNI', 'name-corps', 'AL HUSNI', 'HUSNI'],
  ['SERKA AL AMIN', 'name-rank', 'AL AMIN', 'SERKA AL AMIN'],
  ['PELDA MAR BUN', 'name-corps', 'BUN', 'MAR BUN'],
  ['AIPTU PAS KALIS', 'name-corps', 'KALIS', 'PAS KALIS'],
  ['AKP AD. BUDI', 'name-corps', 'AD. BUDI', 'BUDI'],
  ['Mayor Nav RUDI', 'name-corps', 'RUDI', 'Nav RUDI'],
  ['Brigadir Polisi Kepala BUDI', 'name-rank', 'BUDI', 'Brigadir Polisi Kepala BUDI'],
  ['Mayor Jenderal BUDI', 'name-rank', 'BUDI', 'Mayor Jenderal BUDI'],
  ['Sersan Kepala BUDI', 'name-rank', 'BUDI', 'Sersan Kepala BUDI'],
  ['Contoh Serka', 'name-rank', 'Contoh', 'Contoh Serka'],
  ['Kapten', 'name-word', 'Kapten', 'Kapten'],
  ['Serka', 'name-word', 'Serka', 'Serka'],
  ['Mayor', 'name-word', 'Mayor', 'Mayor'],
  // Letters that may be an acting word.
  ['Pelaksana Tugas Harian BUDI', 'name-pj', 'BUDI', 'Pelaksana Tugas Harian BUDI'],
  ['PJ SIMANJUNTAK', 'name-pj', 'SIMANJUNTAK', 'PJ SIMANJUNTAK'],
  ['P.J. SIMANJUNTAK', 'name-pj', 'SIMANJUNTAK', 'P.J. SIMANJUNTAK'],
  ['P.L.T BUDI', 'name-pj', 'BUDI', 'P.L.T BUDI'],
  // Titles in any letters.
  ['Budi Sh', 'name-titles', 'Budi, S.H.', 'Budi Sh'],
  ['Budi Sh Mh', 'name-titles', 'Budi, S.H., M.H.', 'Budi Sh Mh'],
  ['Budi Se', 'name-titles', 'Budi, S.E.', 'Budi Se'],
  ['Budi Spd', 'name-titles', 'Budi, S.Pd.', 'Budi Spd'],
  ['Budi Ssos Msi', 'name-titles', 'Budi, S.Sos., M.Si.', 'Budi Ssos Msi'],
  ['Drs Budi Msi', 'name-titles', 'Drs. Budi, M.Si.', 'Drs. Budi Msi'],
  ['budi ssos', 'name-titles', 'budi, S.Sos.', 'budi ssos'],
  ['BUDI SE.MM', 'name-titles', 'BUDI, S.E., M.M.', 'BUDI SE.MM'],
  ['BUDI SH.MKN', 'name-titles', 'BUDI, S.H., M.Kn.', 'BUDI SH.MKN'],
  ['BUDI ST.MT', 'name-titles', 'BUDI, S.T., M.T.', 'BUDI ST.MT'],
  ['BUDI.SH.MH', 'name-titles', 'BUDI, S.H., M.H.', 'BUDI.SH.MH'],
  ['BUDI.S.Sos.M.Si', 'name-titles', 'BUDI, S.Sos., M.Si.', 'BUDI.S.Sos.M.Si'],
  ['BUDI-SE', 'name-titles', 'BUDI, S.E.', 'BUDI-SE'],
  ['CONTOH. H', 'name-titles', 'H. CONTOH', 'CONTOH. H'],
  ['CONTOH HJ', 'name-titles', 'Hj. CONTOH', 'CONTOH HJ'],
  ['CONTOH Drs.', 'name-titles', 'Drs. CONTOH', 'CONTOH Drs.'],
  ['YOHANIS M.M.', 'name-titles', 'YOHANIS, M.M.', 'YOHANIS M.M.'],
  ['MARKUS B.A.', 'name-titles', 'MARKUS, B.A.', 'MARKUS B.A.'],
  ['FRANS M.P.', 'name-titles', 'FRANS, M.P.', 'FRANS M.P.'],
  ['SUHARTO S.S.', 'name-titles', 'SUHARTO, S.S.', 'SUHARTO S.S.'],
  ['DAUD A.P.', 'name-titles', 'DAUD, A.P.', 'DAUD A.P.'],
  ['BUDI S. H.', 'name-titles', 'BUDI, S.H.', 'BUDI S. H.'],
  ['Haji Budi', 'name-titles', 'H. Budi', 'Haji Budi'],
  ['SE', 'name-word', 'SE', 'SE'],
  // Words that are somebody's name and much else.
  ...[
    ...[
      'SAMA',
      'NA',
      'MUTASI',
      'ALM HUSIN',
      'PENGHULU HASAN',
      'KEPALA BATUAH',
      'BUKAN SIAPA',
      'NaN',
      'test',
      'Islam',
    ],
    ...[
      'Penata',
      'Penata Muda Tk. I',
      'PAW',
      'BUDI mundur',
      'BUDI lama',
      'BUDI cuti',
      'Mantan BUDI',
      'Eks BUDI',
    ],
    ...[
      'Calon BUDI',
      'Pejabat BUDI',
      'Kuwu BUDI',
      'Petinggi BUDI',
      'Hukum Tua BUDI',
      'BUDI Lurah',
      'BUDI Penata Muda',
    ],
  ].map((typed) => [typed, 'name-word', typed, typed] as const),
  ...[
    'Ketua BUDI',
    'Bupati',
    'Penata BUDI',
    'Swasta',
    'Desa',
    'BUDI sakit',
    'BUDI Purn',
    'Purn. BUDI',
    'BUDI Gol III',
    'DrsBUDI',
  ].map((typed) => [typed, 'name-word', typed, typed] as const),
  ['H. Mantan BUDI', 'name-word', 'H. Mantan BUDI', 'H. Mantan BUDI'],
  ['BUDI lama, S.H.', 'name-word', 'BUDI lama, S.H.', 'BUDI lama, S.H.'],
  ['BUDI lama S.Sos.', 'name-word', 'BUDI lama, S.Sos.', 'BUDI lama, S.Sos.'],
  ['BUDI Amd Kep', 'name-titles', 'BUDI, A.Md.Kep.', 'BUDI Amd Kep'],
  ['BUDI - SITI', 'name-two', 'BUDI - SITI', 'BUDI - SITI'],
  ["'BUDI", 'name-unusual', 'BUDI', "'BUDI"],
  ["''SITI", 'name-unusual', 'SITI', "''SITI"],
  ['BUDI`', 'name-unusual', 'BUDI', 'BUDI`'],
  ["HASAN'", 'name-unusual', 'HASAN', "HASAN'"],
];

for (const typed of [
  ...['dkk', 'dan seterusnya', 'a.n. SITI', 'an. SITI', 'u.p. SITI', 'c.q. SITI', 'cq SITI', 'ganti SITI'],
  ...['istri HASAN', 'suami SITI', 'alias UDIN', 'als UDIN', 'menyusul', 'belum fix', 'pindah', 'PAW'],
]) {
  DOUBTS.push([`BUDI ${typed}`, 'name-word', `BUDI ${typed}`, `BUDI ${typed}`]);
}
for (const typed of [
  'S.H. BUDI CONTOH',
  'BUDI S.H. CONTOH',
  'S.Sos BUDI',
  'SE BUDI CONTOH',
  'S. Sos BUDI',
  'BUDI Spd CONTOH',
]) {
  DOUBTS.push([typed, 'name-word', typed, typed]);
}
for (const typed of ['Pending', 'Anonim', 'Batal', 'Coret', 'Rangkap', 'Jumlah', 'Total']) {
  DOUBTS.push([typed, 'name-word', typed, typed]);
}

test.each(DOUBTS)('%j is a doubt: %s, %j or %j', (typed, question, reading, other) => {
  const said = read(typed);
  expect([said.complaint, said.questions]).toEqual([null, expect.arrayContaining([question])]);
  expect(fullName(said)).toBe(reading);
  const kept = readName({ gelarDepan: '', nama: typed, gelarBelakang: '' }, new Set([question as never]));
  expect([kept.complaint, fullName(kept)]).toEqual([null, other]);
});

const REFUSED: readonly (readonly [typed: string, code: string])[] = [
  ...['S.Sos', 'Drs.', 'H. Drs.', 'Hj', 'dr.', 'S.E., M.M.'].map((typed) => [typed, 'name-title'] as const),
  ...['CONTOH SMA', 'SMA', 'PNS X', 'Definitif', 'BUDI menunggu SK', 'VACUM', 'Laki-laki'].map(
    (typed) => [typed, 'name-status'] as const,
  ),
  ...[
    'tidak aktif',
    'mengundurkan diri',
    'habis masa jabatan',
    'ditahan',
    'terpilih',
    'ttd',
    'diganti SITI',
  ].map((typed) => [`BUDI ${typed}`, 'name-status'] as const),
  ...['Caretaker BUDI', 'Honorer BUDI', 'BUDI berhalangan', 'BUDI diwakili SITI', 'Dalam proses'].map(
    (typed) => [typed, 'name-status'] as const,
  ),
  ...['Ibu', 'Bapak', 'Ny', 'NN', 'n.n.'].map((typed) => [typed, 'name-nobody'] as const),
  ...[
    'Menyusul',
    'Data menyusul',
    'Akan ditunjuk',
    'Ditentukan kemudian',
    'TBA',
    'Menunggu SK',
    'Terlampir',
  ].map((typed) => [typed, 'name-nobody'] as const),
  ...['Isi nama', 'Hapus', 'Kosongkan', 'Lihat SK', 'Sesuai SK', 'Unknown', 'Undefined', 'Dirangkap'].map(
    (typed) => [typed, 'name-nobody'] as const,
  ),
  ...[
    'Menunggu penunjukan',
    'Proses PAW',
    'Proses Pilkades',
    'Mengetahui',
    'Hormat kami',
    'dkk',
    'dan seterusnya',
  ].map((typed) => [typed, 'name-nobody'] as const),
  ...['Pgs. BUDI', 'Ymt. BUDI', 'PJBUDI', 'PltBUDI'].map((typed) => [typed, 'name-acting'] as const),
  ...['Babinsa X', 'Danramil X', 'Contoh Kades', 'CONTOH Sekretaris Desa', 'BUDI - Sekdes', 'Geuchik X'].map(
    (typed) => [typed, 'name-office'] as const,
  ),
  ...['Bapak Kades X', 'H. Lurah BUDI', 'Drs. Sekretaris BUDI'].map(
    (typed) => [typed, 'name-office'] as const,
  ),
  ['BUDI tidak aktif, S.E.', 'name-status'],
  ['Ka. Desa BUDI', 'name-office'],
  ['BUDI, Drs.', 'name-title-front'],
  ['BUDI, H.', 'name-title-front'],
  ['BUDI, Siti', 'name-comma'],
  ['BUDI SMEA.', 'name-status'],
];

test.each(REFUSED)('%j can’t be a name: %s', (typed, code) => {
  expect(read(typed).complaint?.code).toBe(code);
});

test('neither letter case nor spaces turn a doubt into silence', () => {
  // With a space before them `S. Sos. M. Si` are titles without a doubt.
  const all = [...DOUBTS, ...REFUSED].map(([one]) => one).filter((one) => one !== 'BUDI.S.Sos.M.Si');
  const typed = fc.constantFrom(...all);
  const dress = fc.constantFrom<(text: string) => string>(
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase()),
    (text) => text.replace(/(?<!\p{L})\p{Lu}+/gu, (letters) => letters[0] + letters.slice(1).toLowerCase()),
    (text) => text.replace(/\.(?=\p{L})/gu, '. '),
    (text) => text.replace(/\. (?=\p{L}\.)/gu, '.'),
    (text) => text.replace(/\./g, ' .'),
  );
  fc.assert(
    fc.property(typed, fc.array(dress, { maxLength: 3 }), (text, dresses) => {
      const said = read(dresses.reduce((worn, wear) => wear(worn), text).replace(/ +/g, ' '));
      expect(said.complaint !== null || said.questions.length > 0).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('nor do titles around it', () => {
  // Beside other titles initials are titles: YOHANIS M.M., S.H.
  const all = [...DOUBTS, ...REFUSED].map(([one]) => one).filter((one) => !/ \p{L}\.\p{L}\.$/u.test(one));
  const silent = all
    .flatMap((one) => [
      `H. ${one}`,
      `Drs. H. ${one}`,
      `${one}, S.H.`,
      `${one} S.Sos.`,
      `Pj. ${one}`,
      `Bapak ${one}`,
    ])
    .filter((one) => {
      const said = read(one);
      return said.complaint === null && said.questions.length === 0;
    });
  expect(silent).toEqual([]);
  expect(read('Drs. IPTU Contoh, S.H.')).toMatchObject({ gelarDepan: 'Drs.', nama: 'Contoh', rank: 'IPTU' });
});

// Titles of a column and of the name, in the order of both.
test.each([
  ['Drs.', 'H. BUDI', '', 'Drs. H. BUDI'],
  ['Prof.', 'Dr. BUDI', '', 'Prof. Dr. BUDI'],
  ['H.', 'Drs. BUDI', '', 'Drs. H. BUDI'],
  ['Dr.', 'Prof. BUDI', '', 'Prof. Dr. BUDI'],
  ['dr.', 'Hj. SITI', '', 'dr. Hj. SITI'],
  ['', 'BUDI, M.M.', 'S.E.', 'BUDI, S.E., M.M.'],
  ['', 'BUDI, S.IP', 'S.I.P.', 'BUDI, S.IP.'],
  ['', 'BUDI, M.AP.', 'M.A.P.', 'BUDI, M.AP.'],
  ['', 'H. M. CONTOH', '', 'H. M. CONTOH'],
  ['', 'Hj. A. Tenri', '', 'Hj. A. Tenri'],
  ['', 'Drs. A.A. GDE', '', 'Drs. A.A. GDE'],
  ['', 'Dr. I.B. RAI', '', 'Dr. I.B. RAI'],
  ['', 'Ir. P. SIMANJUNTAK', '', 'Ir. P. SIMANJUNTAK'],
  ['', 'Pdt. Y. WENDA', '', 'Pdt. Y. WENDA'],
  ['', 'BUDI, Sp.A(K)', '', 'BUDI, Sp.A(K)'],
  ['', 'BUDI, ASEAN Eng.', '', 'BUDI, ASEAN Eng.'],
  ['', 'BUDI, M.Si (Han)', '', 'BUDI, M.Si.(Han)'],
  ['', 'BUDI, M.Tr.(Han)', '', 'BUDI, M.Tr.(Han)'],
  ['', 'BUDI, Sp.PD-KGEH', '', 'BUDI, Sp.PD-KGEH'],
  ['', 'BUDI, Dipl.-Ing', '', 'BUDI, Dipl.-Ing.'],
  ['', 'BUDI, SE/MM', '', 'BUDI, S.E., M.M.'],
  ['', 'BUDI A.Md. Kep', '', 'BUDI, A.Md.Kep.'],
  ['', 'BUDI S.Tr. Kep.', '', 'BUDI, S.Tr.Kep.'],
])('%j + %j + %j is surely %j', (gelarDepan, nama, gelarBelakang, name) => {
  const said = readName({ gelarDepan, nama, gelarBelakang });
  expect([said.complaint, said.questions]).toEqual([null, []]);
  expect(fullName(said)).toBe(name);
});

test('titles of a man and of a woman at once are asked about', () => {
  expect(readName({ gelarDepan: 'H.', nama: 'Hj. BUDI', gelarBelakang: '' }).questions).toEqual([
    'title-both',
  ]);
  expect(read('Drs. H. Contoh').questions).toEqual([]);
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

/** What a file says beside its rows: columns that aren't read, letters of another table, rows whose cells have moved. */
import { describe, expect, test } from 'vitest';
import { cellText, type RecapRow, recapCells, recapColumns } from '../../src/export/recap.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { formatCsv } from '../../src/lib/csv.ts';
import {
  complaintMessage,
  moreOfReading,
  questionMessages,
  questionReading,
  rosterMessages,
} from '../../src/pages/office/roster-messages.ts';
import { importRoster, inspect } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { answersTo, unanswered } from '../../src/roster/roster-answer.ts';
import { type LeftOut, parseRoster, type RosterRow } from '../../src/roster/roster-file.ts';
import { actorOf, makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();

const [T, U, W, X, Y] = [1, 2, 3, 4, 5].map((n) => `62.01.01.200${n}`);

/** The rows that a file has. */
function rowsIn(text: string | Uint8Array<ArrayBuffer>): { rows: RosterRow[]; leftOut: LeftOut[] } {
  const file = parseRoster(typeof text === 'string' ? utf8(text) : text);
  if (!file.ok) throw new Error(file.code);
  return file;
}
const look = async (text: string | Uint8Array<ArrayBuffer>, event?: Setting) =>
  inspect(db, event ?? (await makeEvent(db)), rowsIn(text).rows);
const told = (one: Parameters<typeof complaintMessage>[0]): string => {
  const { title, next } = complaintMessage(one);
  return `${title}. ${next}`;
};

describe('a column that isn’t read', () => {
  const masa = (...rows: [string, string][]) =>
    `Kode wilayah;Unsur;Nama;Masa jabatan\n${rows.map(([kode, text], at) => `${kode};kades;BUDI ${'ABCDE'[at]!.repeat(3)};${text}`).join('\n')}\n`;
  const four: [string, string][] = [
    [T!, '2019-2025'],
    [U!, '2020-2026'],
    [W!, '2021-2027'],
    [X!, 'Pj. sejak 2025'],
  ];

  test.each([
    [`Kode wilayah;Unsur;Nama;Status\n${T};kades;BUDI;Pj\n`, 'Status', 'Pj (baris 2)'],
    [
      `Kode wilayah;Unsur;Nama;Keterangan\n${T};kades;BUDI;Meninggal dunia\n${U};kades;SITI;\n`,
      'Keterangan',
      'Meninggal dunia (baris 2)',
    ],
    [
      `Kode wilayah;Unsur;Nama;Pj;Plt;Pejabat\n${T};kades;BUDI LAMA;;;SITI BARU\n`,
      'Pejabat',
      'SITI BARU (baris 2)',
    ],
  ])('%j is asked about', async (text, column, detail) => {
    const questions = (await look(text)).questions.filter(({ row }) => row === 1);
    expect(questions).toMatchObject([{ row: 1, column, code: 'column-unread', detail }]);
    expect(questionMessages['column-unread']).toEqual({
      title: 'Kolom ini tidak dibaca, tetapi isinya mungkin penting',
      next: 'Benar bila semua isinya memang tidak perlu. Bila perlu, pindahkan ke kolom yang dibaca.',
    });
    expect(questionReading(questions[0]!)).toBe(`Isinya dilewati: ${detail}`);
  });

  test('is shown with all that stands in it', async () => {
    const [question] = (await look(masa(...four))).questions;
    expect(questionReading(question!)).toBe(
      'Isinya dilewati: 2019-2025 (baris 2); 2020-2026 (baris 3); 2021-2027 (baris 4)',
    );
    expect(moreOfReading(question!)).toEqual(['Pj. sejak 2025 (baris 5)']);
  });

  test('is answered for these cells of these rows alone', async () => {
    const { questions } = await look(masa(...four));
    const answers = await answersTo(questions);
    const open = async (...rows: [string, string][]) =>
      (await unanswered((await look(masa(...rows))).questions, answers)).length;
    expect(await open(...four)).toBe(0);
    // One row more, without a text too; another text in the fourth row; two texts that changed places.
    expect(await open(...four, [Y!, ''])).toBe(1);
    expect(await open(...four, [Y!, 'Pj. sejak 2025'])).toBe(1);
    expect(await open(...four.slice(0, 3), [X!, 'Plt. sejak 2025'])).toBe(1);
    expect(await open([U!, '2019-2025'], [T!, '2020-2026'], ...four.slice(2))).toBe(1);
  });

  test('of our own recap is quiet: uploaded again it changes nothing and asks nothing', async () => {
    const event = await makeEvent(db);
    const list = formatCsv([
      ['Kode wilayah', 'Unsur', 'Gelar depan', 'Nama', 'Gelar belakang', 'NIP/NRP', 'Pangkat/Gol'],
      [T!, 'kepala desa', 'H.', 'Budi Contoh', 'S.Sos.', '', ''],
      [U!, 'kepala desa', '', 'SITI', '', '198609262015051001', 'Penata'],
      ['62.01.02.1003', 'lurah', '', 'Ratna', 'S.STP.', '198609262015051002', ''],
    ]);
    const put = async (text: string) =>
      importRoster(db, event, {
        rows: rowsIn(text).rows,
        by: actorOf(event),
        seen: await people.version(db, event.kegiatanId),
      });
    expect(await put(list)).toMatchObject({ ok: true });
    const at = new Date('2026-11-23T02:10:21Z');
    const signed = { at, zona: 'WIB' as const, nomor: '800/1/IKRAR/BKBP/XI/2026', kode: '7K3F9QXM2DAB' };
    const before = 'Ikrar 7K3F-9QXM-2DAB atas nama BUDI LAMA dicabut 2026-11-23 09.30 WIB: diberhentikan';
    const states: Pick<RecapRow, 'signed' | 'withdrawn' | 'keterangan'>[] = [
      { signed, withdrawn: null, keterangan: '' },
      { signed, withdrawn: { at, alasan: 'mengundurkan diri' }, keterangan: '' },
      { signed: null, withdrawn: null, keterangan: before },
    ];
    const rows = (await people.all(db, event.kegiatanId)).map((person, n) =>
      recapCells(
        {
          ...person,
          ...states[n]!,
          nama: [person.gelarDepan, person.nama, person.gelarBelakang]
            .join(' ')
            .trim()
            .replace(/ (S\.\S+)$/, ', $1'),
          kecamatan: '',
          desa: '',
        },
        { no: null, full: false },
      ).map(cellText),
    );
    const recap = formatCsv([recapColumns({ full: false }).map(({ name }) => name), ...rows]);
    expect(await put(recap)).toMatchObject({
      ok: true,
      written: 0,
      preview: { questions: [], complaints: [], unchanged: 3 },
    });
    // What somebody wrote into it afterwards is asked about.
    const edited = recap.replace(/;Belum;(.*);Ikrar [^\r\n]*/, ';Belum;$1;Meninggal dunia');
    expect((await look(edited, event)).questions).toMatchObject([
      { column: 'Keterangan', code: 'column-unread' },
    ]);
  });
});

describe('letters of another table', () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const head = 'Kode wilayah;Unsur;Nama\n';

  test.each([
    ['Mac OS Roman', bytes(`${head}${T};kades;MA\xd5RUF\n${U};kades;Jos\x8e\n`), ['MA’RUF', 'José']],
    ['Windows-1252', bytes(`${head}${T};kades;MA\x92RUF\n${U};kades;Jos\xe9\n`), ['MA’RUF', 'José']],
    ['UTF-8 twice over', utf8(`${head}${T};kades;MaÂ´ruf\n${U};kades;JosÃ©\n`), ['Ma´ruf', 'José']],
  ])('%s is read, and asked about', async (_, text, names) => {
    const event = await makeEvent(db);
    const { rows } = rowsIn(text);
    const { questions, complaints } = await inspect(db, event, rows);
    expect(complaints).toEqual([]);
    expect(questions).toMatchObject([
      { code: 'file-letters', detail: `${names[0]} (baris 2)\n${names[1]} (baris 3)` },
    ]);
    expect(questionMessages['file-letters']).toEqual({
      title: 'Berkas ini bukan UTF-8: periksa huruf khususnya',
      next: 'Benar bila semuanya tertulis benar. Bila tidak, simpan lagi sebagai CSV UTF-8.',
    });
    const given = { rows, by: actorOf(event), seen: 0 };
    expect(await importRoster(db, event, given)).toMatchObject({ ok: false, code: 'roster-questions' });
    expect(await importRoster(db, event, { ...given, answers: await answersTo(questions) })).toMatchObject({
      ok: true,
    });
    expect((await people.all(db, event.kegiatanId)).map(({ nama }) => nama)).toEqual(names);
  });

  test('that stand in no cell of ours are no question', async () => {
    expect((await look(bytes(`DAFTAR \x96 2026\n${head}${T};kades;BUDI\n`))).questions).toEqual([]);
    expect((await look(`${head}${T};kades;MA’RUF\n`)).questions).toEqual([]);
  });
});

describe('a row with a code is a person', () => {
  test.each([
    ['in one cell, by commas', `2,${U},Kades,SITI`],
    ['in one cell, by tabs', `2\t${U}\tKades\tSITI`],
    ['in one cell, by spaces', `4 ${U} Kades SITI`],
    ['one heading further', `2;;${U};kades;SITI`],
    ['as ten digits', `2;;${U!.replaceAll('.', '')};kades;SITI`],
  ])('%s', async (_, row) => {
    const text = `No;Kode wilayah;Unsur;Nama;Jabatan\n1;${T};kades;BUDI;\n${row}\n`;
    expect(rowsIn(text).leftOut).toEqual([]);
    const { complaints } = await look(text);
    expect(complaints.map((one) => [one.row, told(one)])).toEqual([
      [
        3,
        'Kode wilayah ada di kolom lain. Isi baris ini bergeser atau menyatu. Pindahkan tiap isi ke kolomnya.',
      ],
    ]);
  });

  test('in one cell where the first heading is that of the code', async () => {
    const { complaints } = await look(`Kode wilayah;Unsur;Nama\n${T};kades;BUDI\n"${U},kades,SITI";;\n`);
    expect(complaints.map(({ row, code }) => [row, code])).toEqual([[3, 'row-shifted']]);
  });

  test('also where all rows are so', async () => {
    const { complaints } = await look(`No;Kode wilayah;Unsur;Nama\n1,${T},Kades,BUDI\n2,${U},Kades,SITI\n`);
    expect(complaints.map(({ row, code }) => [row, code])).toEqual([
      [2, 'row-shifted'],
      [3, 'row-shifted'],
    ]);
  });

  test('a file of sections alone is told so', () => {
    const file = parseRoster(utf8('No;Kode wilayah;Unsur;Nama\n;;;JUMLAH\n;;;KECAMATAN KUMAI\n'));
    expect(file).toMatchObject({ ok: false, code: 'rows-nobody', row: 2 });
    expect(rosterMessages('rows-nobody', { row: 2, column: null })).toEqual({
      title: 'Belum ada baris orang di berkas ini',
      next: 'Baris 2 dan lainnya tanpa kode wilayah dan unsur. Isi keduanya, lalu unggah lagi.',
    });
  });

  test('one above the headings in one cell', async () => {
    const { complaints } = await look(`"2,${U},Kades,SITI"\nKode wilayah;Unsur;Nama\n${T};kades;BUDI\n`);
    expect(complaints.map(({ row, code }) => [row, code])).toEqual([[1, 'row-above']]);
  });

  test('one above the headings is counted once', async () => {
    const text = `${U};kades;SITI\nKode wilayah;Unsur;Nama\n${T};kades;BUDI\n`;
    expect(rowsIn(text).leftOut).toEqual([]);
    const { complaints, added } = await look(text);
    expect([added.length, complaints.map(({ row, code }) => [row, code])]).toEqual([1, [[1, 'row-above']]]);
  });

  test.each(['I;II;III;IV', '1;2;3;4', '(1);(2);(3);(4)', '1;2;3;6', 'a;b;c;d'])(
    'numbers of columns are none: %s',
    (row) => {
      const { rows, leftOut } = rowsIn(`No;Kode wilayah;Unsur;Nama\n${row}\n1;${T};kades;BUDI\n`);
      expect([rows.length, leftOut.map(({ why }) => why)]).toEqual([1, ['numbers']]);
    },
  );

  test.each([
    ['No;Kode wilayah;Unsur;Nama', 'I;62.01.01;KECAMATAN KUMAI;'],
    ['No;Kode wilayah;Kecamatan;Unsur;Nama', 'I;62.01.01;KECAMATAN KUMAI;;'],
    ['No;Kode wilayah;Unsur;Nama', 'I;62.01.01;;KECAMATAN KUMAI'],
  ])('a section with the code of its kecamatan is told to go: %s %s', async (head, row) => {
    const { complaints } = await look(`${head}\n${row}\n`);
    expect(complaints.map(told)).toEqual([
      'Baris ini bukan orang. Hapus. Bila ini orang, isi kode wilayah dan unsurnya.',
    ]);
  });
});

describe('numbers in two columns', () => {
  const head = 'Kode wilayah;Unsur;Nama;Jabatan;NIP;NRP\n';
  test('are one', async () => {
    const { rows } = rowsIn(
      `${head}62.01;ASN;BUDI;Analis;198609262015051001;-\n62.01;Polri;SITI;Kapolsek;;86091234\n`,
    );
    const { added, complaints } = await inspect(db, await makeEvent(db), rows);
    expect(complaints).toEqual([]);
    expect(added.map(({ entry }) => entry.nip)).toEqual(['198609262015051001', '86091234']);
  });

  test('in one row are a complaint', async () => {
    const { complaints } = await look(`${head}62.01;ASN;BUDI;Analis;198609262015051001;86091234\n`);
    expect(complaints.map(told)).toEqual([
      'NIP dan NRP terisi dua-duanya. Tulis satu saja: NIP untuk ASN, NRP untuk Polri dan TNI.',
    ]);
  });

  test('under one name twice lose nothing by what is advised', () => {
    const said = rosterMessages('column-twice', {
      row: 1,
      column: 'Nama',
      headings: ['NAMA', 'NAMA LENGKAP'],
    });
    expect(said.next).toBe(
      'Di baris 1, "NAMA" dan "NAMA LENGKAP" dibaca sama. Satukan isinya, atau ganti judul yang tidak dipakai.',
    );
  });
});

test.each([
  [
    'file-docx',
    'Ini dokumen Word (.docx), bukan daftar. Salin tabelnya ke Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx).',
  ],
  ['file-image', 'Ini foto atau gambar, bukan daftar. Minta berkas Excel aslinya, lalu unggah berkas itu.'],
] as const)('%s', (code, sentence) => {
  const { title, next } = rosterMessages(code, { row: null, column: null });
  expect(`${title}. ${next}`).toBe(sentence);
});

describe('names of areas', () => {
  const V = '62.01.01.2008';
  const differs = async (desa: string) =>
    (await look(`Kode wilayah;Desa/Kelurahan;Unsur;Nama\n${V};${desa};kades;BUDI\n`)).complaints.map(
      ({ code, detail }) => `${code} ${detail}`,
    );
  test.each([
    'Ds. Sungai Kapitan',
    'DS SUNGAI KAPITAN',
    'S. Kapitan',
    'Sei. Kapitan',
    'Sungai Kpt.',
    'Sungai Kapitan (Kumai)',
    'Sungai Kapitan, Kec. Kumai',
    'Desa Sungai Kapitan - Kumai',
    'Sungai Kapitan Kec. Kumai',
    'Sungai Kapitan, Kumai, Kab. Kotawaringin Barat',
    V,
    `${V} Sungai Kapitan`,
    '2008 - Sungai Kapitan',
    '6201012008',
    '-',
  ])('%s is Sungai Kapitan', async (desa) => {
    expect(await differs(desa)).toEqual([]);
  });
  test.each([
    'Sungai Bakau',
    'S. Bakau',
    'S. K.',
    'Kapitan',
    'Sungai Kapitan (Arut)',
    'Sungai Bakau (Kumai)',
    'Kumai',
    T!,
  ])('%s is not', async (desa) => {
    expect(await differs(desa)).toEqual(['desa-differs Sungai Kapitan']);
  });
});

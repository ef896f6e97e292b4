/** What Ikrar prints finds itself, whatever its dress, and with one wrong letter too. */
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { readingsOf } from '../../src/lib/readings.ts';
import { fold } from '../../src/lib/text.ts';
import * as people from '../../src/roster/people.ts';
import { fullName } from '../../src/roster/person.ts';
import * as schema from '../../src/schema.ts';
import * as lists from '../../src/signature/lists.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services, request } = await openHouse();
let cast: Cast;

interface Row {
  wilayah: string;
  gelarDepan?: string;
  nama: string;
  gelarBelakang?: string;
}

/** As an import keeps it today, and signed by a passkey. */
async function signed({ wilayah, gelarDepan = '', nama, gelarBelakang = '' }: Row): Promise<string> {
  const id = crypto.randomUUID();
  await db.insert(schema.person).values({
    ...{
      id,
      kegiatanId: cast.kegiatanId,
      tempat: `uji ${id}`,
      rosterVersi: 1,
      wilayah,
      unsur: 'kepala desa',
    },
    ...{ gelarDepan, nama, gelarBelakang, jabatan: 'Kepala Desa', nip: '', pangkat: '', unitKerja: '' },
    ...{ urut: 100 + Math.floor(Math.random() * 1e8), nomor: '1' },
  });
  await hasSigned(services, id);
  return fullName({ gelarDepan, nama, gelarBelakang });
}

/** Many, as the ledger's trigger leaves them. */
async function listed(rows: readonly Required<Row>[]): Promise<void> {
  const given = JSON.stringify(
    rows.map((row) => ({ ...row, lengkap: fullName(row), id: crypto.randomUUID() })),
  );
  await db.execute(sql`
    insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan, nip,
      pangkat, unit_kerja)
    select r.id, ${cast.kegiatanId}, 'uji ' || r.id, 1, r.wilayah, 'ASN', '', r.nama, '', 'Staf', '', '', ''
    from jsonb_to_recordset(${given}::jsonb) as r (id uuid, wilayah text, nama text)`);
  await db.execute(sql`
    with g as (
      insert into signature (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur, nomor,
        wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash, leaf_id)
      select sha256(r.id::text::bytea), r.id, left(replace(upper(r.id::text), '-', ''), 12), r.id, ${cast.kegiatanId}, '', r.nama,
        r.lengkap, 'Staf', 'ASN', '1', r.wilayah, w.nama || ', Contoh', c.id, '', '', '', '', '',
        append_leaf('tanda-tangan', array['pernyataan sha256:' || encode(sha256(r.id::text::bytea), 'hex')])
      from jsonb_to_recordset(${given}::jsonb) as r (id uuid, wilayah text, nama text, lengkap text)
      join wilayah w on w.kode = r.wilayah, (select id from signer_credential limit 1) c returning 1)
    select count(*) from g`);
  await services.publish();
}

const found = async (typed: string, scope: lists.Scope = {}): Promise<lists.Found> =>
  lists.search(db, scope, readingsOf(typed));
const names = async (typed: string, scope: lists.Scope = {}): Promise<string[]> =>
  (await found(typed, scope)).entries.map(({ namaLengkap }) => namaLengkap);
const page = async (typed: string, at = '/daftar'): Promise<string> => {
  const answer = await request(`${at}?cari=${encodeURIComponent(typed)}`);
  expect(answer.status, typed).toBe(200);
  return answer.text();
};

const STORED = readFileSync('test/cases/08-names-store.csv', 'utf8')
  .replace(/^\uFEFF/, '')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Row => {
    const [, wilayah, , gelarDepan, nama, gelarBelakang] = line.trim().split(';') as string[];
    return { wilayah: wilayah!, gelarDepan: gelarDepan!, nama: nama!, gelarBelakang: gelarBelakang! };
  });
const SEARCHED = readFileSync('test/cases/13-search.txt', 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split('\t') as [string, string]);

beforeAll(async () => {
  cast = await openCast(db);
  for (const row of STORED) await signed(row);
  await signed({
    wilayah: '62.01.02.2001',
    gelarDepan: 'H.',
    nama: 'Contoh Siti Wulandari',
    gelarBelakang: 'S.Sos.',
  });
  await signed({ wilayah: '62.01.02.2001', nama: 'Contoh Dewi Saragih', gelarBelakang: 'S.Pd., M.Si.' });
  await services.publish();
});

test.each(SEARCHED)('%s is found by %s', async (shown, typed) => {
  const text = await page(typed);
  const heading = /heading of (\S+)\)/.exec(shown)?.[1];
  if (heading) return expect(text).toContain(`href="${heading}"`);
  // The list's titles in these cases are as somebody typed them.
  const name = shown.split(',')[0]!;
  const people = await names(typed);
  if (people.some((one) => fold(one).includes(fold(name)))) return;
  expect(text).toContain(`>${name}, `);
});

test.each(STORED.map((row) => fullName({ gelarDepan: '', gelarBelakang: '', ...row })))(
  '%s finds itself, in the country, its kabupaten and its event',
  async (name) => {
    for (const scope of [{}, { wilayah: '62' }, { wilayah: '62.01' }, { kegiatan: cast.kegiatanId }]) {
      for (const typed of [name, name.toUpperCase(), name.replaceAll(' ', '\u00a0')]) {
        expect(await names(typed, scope), typed).toContain(name);
      }
      expect((await found(name, scope)).meant).toBeNull();
    }
  },
);

test.each([
  ["Ma'ruf", 'CONTOH MA`RUF'],
  ['MA’RUF contoh', 'CONTOH MA`RUF'],
  ['maʻruf', 'CONTOH MA`RUF'],
  ['rifai', "Contoh Rifa''i"],
  ['rifa"i', "Contoh Rifa''i"],
  ['JOSÉ FAÑEZ', 'Contoh José Fañez'],
  ['fanez', 'Contoh José Fañez'],
  ['contoh', 'C O N T O H, S.PI,. M.PI'],
  ['alamin', 'Contoh Al-Amin'],
  ['Al Amin', 'Contoh Al-Amin'],
  ['al-amin', 'Contoh Al-Amin'],
  ['amin', 'Contoh Al-Amin'],
  ['m yusuf', 'M.YUSUF CONTOH'],
  ['M. Yusuf Contoh', 'M.YUSUF CONTOH'],
  ['abd contoh', 'Abd.Contoh'],
  ['wulandari siti', 'H. Contoh Siti Wulandari, S.Sos.'],
  ['wulandari contoh', 'H. Contoh Siti Wulandari, S.Sos.'],
  ['Drs. H. Contoh Siti Wulandari, S.Sos', 'H. Contoh Siti Wulandari, S.Sos.'],
  ['Contoh Dewi Saragih SPd MSi', 'Contoh Dewi Saragih, S.Pd., M.Si.'],
])('%s finds %s', async (typed, name) => {
  for (const scope of [{}, { wilayah: '62.01' }]) expect(await names(typed, scope), typed).toContain(name);
});

test('other spellings, address words, offices and places beside a name find', async () => {
  await signed({ wilayah: '62.01.02.2001', nama: 'SUHARTO KERTAPATI' });
  await signed({ wilayah: '62.01.02.2001', nama: 'Soesilo Adiwarna' });
  await signed({ wilayah: '62.01.02.2001', nama: 'Abd. Rahman Kertapati' });
  await signed({ wilayah: '62.01.02.2001', nama: 'Abdurrahim Adiwarna' });
  await signed({ wilayah: '62.01.02.2001', nama: 'Muhammad Yusuf Adiwarna' });
  await signed({ wilayah: '62.01.02.2001', nama: 'Maya Yusuf Adiwarna' });
  await services.publish();
  for (const scope of [{}, { wilayah: '62.01' }, { kegiatan: cast.kegiatanId }]) {
    for (const [typed, name] of [
      ['soeharto', 'SUHARTO KERTAPATI'],
      ['Bapak Soeharto Kertapati', 'SUHARTO KERTAPATI'],
      ['Bpk. Suharto', 'SUHARTO KERTAPATI'],
      ['SUHARTO Kades', 'SUHARTO KERTAPATI'],
      ['suharto kertapati arut selatan', 'SUHARTO KERTAPATI'],
      ['kertapati kecamatan arut selatan', 'SUHARTO KERTAPATI'],
      ['susilo', 'Soesilo Adiwarna'],
      ['abdul rahman', 'Abd. Rahman Kertapati'],
      ['abdurrahman', 'Abd. Rahman Kertapati'],
      ['abd rahim', 'Abdurrahim Adiwarna'],
      ['abdul rahim', 'Abdurrahim Adiwarna'],
      ['muhammad yusuf', 'M.YUSUF CONTOH'],
      ['muhammad yusuf', 'Muhammad Yusuf Adiwarna'],
      ['m yusuf adiwarna', 'Muhammad Yusuf Adiwarna'],
    ] as const) {
      const result = await found(typed, scope);
      expect(
        result.entries.map(({ namaLengkap }) => namaLengkap),
        `${typed} ${JSON.stringify(scope)}`,
      ).toContain(name);
      expect(result.meant).toBeNull();
    }
    expect(await names('muhammad yusuf', scope)).not.toContain('Maya Yusuf Adiwarna');
    // Nobody of that name is there: who is like it is told apart from who is found.
    expect(await found('kertapati kumai', scope)).toMatchObject({ meant: null, without: ['kumai'] });
  }
});

/** What stands around a name where it is copied from: our own lines, lists, chats, rows, sentences. */
const DRESSES: readonly ((name: string) => string)[] = [
  (name) => `Ikrar netralitas: ${name}`,
  (name) => `Dokumen asli: ${name}`,
  (name) => `1. ${name}`,
  (name) => `1) ${name}`,
  (name) => `No. 3 ${name}`,
  (name) => `12 ${name}`,
  (name) => `[26/11 10.15] Budi: ${name}`,
  (name) => `[20.11, 26/11/2026] Budi Contoh: ${name}`,
  (name) => `26/11/26, 20.11 - Budi: ${name}`,
  (name) => `${name} (Alm)`,
  (name) => `${name} (sudah)`,
  (name) => `${name} - sudah`,
  (name) => `${name} NIP 19800101 200501 1 001`,
  (name) => `${name}, NIP. 198001012005011001`,
  (name) => `${name} 27 November 2026`,
  (name) => `${name} 27/11/2026 10.15 WIB`,
  (name) => `a.n. ${name}`,
  (name) => `an. ${name}`,
  (name) => `atas nama ${name}`,
  (name) => `Nama: ${name}`,
  (name) => `Nama Lengkap : ${name}`,
  (name) => `Nama ${name}`,
  (name) => `Ditandatangani oleh ${name}`,
  (name) => `Ditandatangani oleh: ${name}`,
  (name) => `${name} — Kepala Desa`,
  (name) => `${name}\nKepala Desa`,
  (name) => `•\t${name}`,
];

test.each(STORED.map((row) => [fullName({ gelarDepan: '', gelarBelakang: '', ...row }), row.nama]))(
  '%s is found in whatever stands around it, in public and in the office',
  async (printed, nama) => {
    for (const dress of DRESSES) {
      const typed = dress(printed);
      const result = await found(typed);
      expect(
        result.entries.map(({ namaLengkap }) => namaLengkap),
        typed,
      ).toContain(printed);
      expect([result.meant, result.without], typed).toEqual([null, null]);
      const office = await people.page(db, cast.kegiatanId, { search: typed });
      expect(
        office.people.map((one) => one.nama),
        typed,
      ).toContain(nama);
    }
  },
);

test('a copied row finds whom it is of: name, office and place, whatever parts them', async () => {
  await signed({ wilayah: '62.01.02.2001', gelarDepan: 'Haji', nama: 'Lulung Kertajaya' });
  await services.publish();
  for (const by of ['\t', '\n', ' ', ' | ', ' / ', ', ']) {
    const typed = ['Haji Lulung Kertajaya', 'Kepala Desa', 'Mendawai'].join(by);
    for (const scope of [{}, { wilayah: '62.01' }, { kegiatan: cast.kegiatanId }]) {
      expect((await found(typed, scope)).entries.map(({ namaLengkap }) => namaLengkap)).toEqual([
        'Haji Lulung Kertajaya',
      ]);
    }
    expect((await people.page(db, cast.kegiatanId, { search: typed })).people).toMatchObject([
      { nama: 'Lulung Kertajaya' },
    ]);
  }
});

test('each line of the list finds itself when it is copied, with its office and the places around', async () => {
  const { entries } = await lists.signatories(db, { kegiatan: cast.kegiatanId }, { count: 100 });
  expect(entries.length).toBeGreaterThan(10);
  for (const { namaLengkap, jabatan, wilayahNama } of entries) {
    const [village = '', kecamatan = '', kabupaten = ''] = wilayahNama.split(', ');
    for (const by of ['\t', '\n', ' ', ' - ', ', ']) {
      for (const cells of [
        [namaLengkap, jabatan, village],
        [namaLengkap, `${jabatan} ${village}`, kecamatan, kabupaten],
        [`1. ${namaLengkap}`, jabatan, `Desa ${village}`, `Kecamatan ${kecamatan}`, '27/11/2026'],
      ]) {
        const typed = cells.join(by);
        expect(await names(typed), typed).toContain(namaLengkap);
        const office = await people.page(db, cast.kegiatanId, { search: typed });
        expect(
          office.people.map(({ gelarDepan, nama, gelarBelakang }) =>
            fullName({ gelarDepan, nama, gelarBelakang }),
          ),
          typed,
        ).toContain(namaLengkap);
      }
    }
  }
});

test('of namesakes the one whose titles, office and place were typed along stands first, in public and in the office', async () => {
  const rows = [
    ['', 'SUTRISNO CONTOHAN', '', 'Sungai Cabang'],
    ['', 'SUTRISNO CONTOHAN', '', 'Teluk Pulai'],
    ['', 'SUTRISNO CONTOHAN', 'S.Sos.', 'Sabuai'],
    ['Drs.', 'SUTRISNO CONTOHAN', '', 'Keraya'],
    ['', 'SITI AMINAH CONTOHAN', '', 'Teluk Bogam'],
    ['', 'SITI AMINAH CONTOHAN', '', 'Sungai Bakau'],
    ['', 'AHMAD CONTOHAN', '', 'Batu Belaman'],
    ['', 'AHMAD CONTOHAN', 'S.E.', 'Sungai Tendang'],
  ] as const;
  for (const [gelarDepan, nama, gelarBelakang, village] of rows) {
    const [area] = await db.execute<{ kode: string }>(
      sql`select kode from wilayah where nama = ${village} and kode like '62.01.__.2___' limit 1`,
    );
    expect(area, village).toBeDefined();
    await signed({ wilayah: area!.kode, gelarDepan, nama, gelarBelakang });
  }
  await services.publish();
  for (const [typed, village] of [
    ['SUTRISNO CONTOHAN, S.Sos., Kepala Desa Sabuai', 'Sabuai'],
    ['SUTRISNO CONTOHAN, S.Sos.', 'Sabuai'],
    ['Drs. SUTRISNO CONTOHAN', 'Keraya'],
    ['SUTRISNO CONTOHAN, Teluk Pulai', 'Teluk Pulai'],
    ['SITI AMINAH CONTOHAN, Kepala Desa Sungai Bakau', 'Sungai Bakau'],
    ['SITI AMINAH CONTOHAN\nKepala Desa Sungai Bakau\nKumai', 'Sungai Bakau'],
    ['AHMAD CONTOHAN, S.E. Sungai Tendang', 'Sungai Tendang'],
    ['–\tSUTRISNO CONTOHAN, S.Sos.\tKepala Desa', 'Sabuai'],
    ['–\tDrs. SUTRISNO CONTOHAN\tKepala Desa\tKeraya', 'Keraya'],
    ['Kepala Desa Sabuai, SUTRISNO CONTOHAN', 'Sabuai'],
    ['Kepala Desa, SUTRISNO CONTOHAN, S.Sos.', 'Sabuai'],
  ] as const) {
    for (const scope of [{}, { wilayah: '62.01' }, { kegiatan: cast.kegiatanId }]) {
      const [first] = (await found(typed, scope)).entries;
      expect(first?.wilayahNama.split(',')[0], `${typed} ${JSON.stringify(scope)}`).toBe(village);
    }
    const [first] = (await people.page(db, cast.kegiatanId, { search: typed })).people;
    const [area] = await db.execute<{ nama: string }>(
      sql`select nama from wilayah where kode = ${first!.wilayah}`,
    );
    expect(area!.nama, `office: ${typed}`).toBe(village);
  }
  // Paged by the same order: each once.
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const part = await people.page(db, cast.kegiatanId, {
      search: 'SUTRISNO CONTOHAN, S.Sos., Keraya',
      limit: 1,
      ...(after && { after }),
    });
    seen.push(...part.people.map(({ id }) => id));
    if (part.next === null) break;
    after = part.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([4, 4]);
});

test('of more namesakes than a page holds, those of the place that was typed along are shown', async () => {
  await listed(
    Array.from({ length: 40 }, (_, n) => ({
      wilayah: n === 39 ? '35.07.01.2001' : '62.01.02.2001',
      gelarDepan: '',
      nama: 'Kertanegaran Wiranata',
      gelarBelakang: '',
    })),
  );
  // Their kecamatan is on no line here: these are to be on the page.
  for (const typed of [
    'Kertanegaran Wiranata, S.Sos., Tulungrejo',
    'Kertanegaran Wiranata, Donomulyo',
    'Kertanegaran Wiranata, Kepala Desa, Kecamatan Donomulyo',
    'Kertanegaran Wiranata, S.Sos., Kabupaten Malang',
  ])
    expect(
      (await found(typed)).entries.map(({ wilayah }) => wilayah),
      typed,
    ).toContain('35.07.01.2001');
});

test('how many fit is said of those that are shown', async () => {
  await listed(
    Array.from({ length: 30 }, () => ({
      ...{ wilayah: '62.01.02.2001', gelarDepan: '', nama: 'Kertabuanan Wiranata', gelarBelakang: '' },
    })),
  );
  expect(await page('Kertabuanan')).toContain('Lebih dari 25 nama cocok');
  await db.execute(sql`
    update listing set jabatan = 'Syahbandar'
    where kode = (select kode from listing where nama = 'Kertabuanan Wiranata' order by kode collate "C" limit 1)`);
  const result = await found('Kertabuanan Syahbandar');
  expect(result).toMatchObject({ entries: [{ jabatan: 'Syahbandar' }], more: false, without: null });
  expect(await page('Kertabuanan Syahbandar')).not.toContain('Lebih dari');
});

test('who holds an office that is written before the comma is found', async () => {
  const id = crypto.randomUUID();
  await db.insert(schema.person).values({
    ...{ id, kegiatanId: cast.kegiatanId, tempat: `uji ${id}`, rosterVersi: 1, wilayah: '62.01.02.2001' },
    ...{
      unsur: 'kepala desa',
      gelarDepan: '',
      nama: 'AGUNG SUGIARTONO',
      gelarBelakang: '',
      jabatan: 'Kapolsek Kumai',
    },
    ...{ nip: '', pangkat: '', unitKerja: '', urut: 99, nomor: '1' },
  });
  await hasSigned(services, id);
  await services.publish();
  for (const typed of ['Kapolsek Kumai, AGUNG SUGIARTONO', 'Kapolsek, AKP Agung Sugiartono, S.H.']) {
    expect(await found(typed), typed).toMatchObject({
      entries: [{ namaLengkap: 'AGUNG SUGIARTONO' }],
      meant: null,
      without: null,
    });
    expect((await people.page(db, cast.kegiatanId, { search: typed })).people[0]).toMatchObject({
      nama: 'AGUNG SUGIARTONO',
    });
  }
});

test('who has the most of the words is shown as the most alike, and what they lack is said', async () => {
  for (const scope of [{}, { wilayah: '62.01' }, { kegiatan: cast.kegiatanId }]) {
    const result = await found('mohon dicek Siti Wulandari ya', scope);
    expect(result).toMatchObject({ meant: null, without: ['mohon dicek ya'] });
    expect(result.entries.map(({ namaLengkap }) => namaLengkap)).toEqual([
      'H. Contoh Siti Wulandari, S.Sos.',
    ]);
  }
  const text = await page('Wulandari Qwertyono');
  expect(text).toContain(
    'Tidak ada yang memuat semua kata. Yang paling mirip, tanpa <strong>qwertyono</strong>',
  );
  expect(await people.page(db, cast.kegiatanId, { search: 'mohon dicek Siti Wulandari ya' })).toMatchObject({
    near: false,
    without: ['mohon dicek ya'],
    people: [{ nama: 'Contoh Siti Wulandari' }],
  });
  for (const none of ['qwertyono asdfgh', 'zxcv']) {
    expect(await found(none)).toEqual({ entries: [], more: false, meant: null, without: null });
    expect((await people.page(db, cast.kegiatanId, { search: none })).without).toBeNull();
  }
});

test('who is called just so stands first, in public and in the office, whatever the order of areas', async () => {
  const scope = { kegiatan: cast.kegiatanId };
  for (let n = 0; n < 30; n++)
    await signed({
      wilayah: '62.01.02.2001',
      nama: `Adinegara Contoh ${String.fromCodePoint(97 + (n % 26))}${n > 25 ? 'z' : 'y'}a`,
    });
  await signed({ wilayah: '62.01.05.2001', nama: 'Bapak Lurah Adinegara' });
  const [upright, initials] = [
    await signed({ wilayah: '62.01.05.2001', nama: 'Adinegara' }),
    await signed({ wilayah: '62.01.05.2001', nama: 'Y. S. Adinegara' }),
  ];
  await services.publish();
  for (const where of [scope, { wilayah: '62.01' }])
    expect((await names('adinegara', where))[0], JSON.stringify(where)).toBe(upright);
  for (const where of [scope, {}, { wilayah: '62' }])
    expect((await names('y s adinegara', where))[0]).toBe(initials);
  expect((await names('Bapak Lurah Adinegara', scope))[0]).toBe('Bapak Lurah Adinegara');
  expect(
    (await people.page(db, cast.kegiatanId, { search: 'Bapak Lurah Adinegara' })).people[0],
  ).toMatchObject({
    nama: 'Bapak Lurah Adinegara',
  });
  const first = await people.page(db, cast.kegiatanId, { search: 'adinegara', limit: 20 });
  expect(first.people[0]).toMatchObject({ nama: 'Adinegara' });
  const second = await people.page(db, cast.kegiatanId, {
    search: 'adinegara',
    limit: 20,
    after: first.next!,
  });
  const seen = [...first.people, ...second.people].map(({ id }) => id);
  expect([seen.length, new Set(seen).size, second.next]).toEqual([33, 33, null]);
});

test('a letter wrong or missing in a short word finds too', async () => {
  const name = await signed({ wilayah: '62.01.02.2001', nama: 'Ni Luh Putu Ayu Kertawidya' });
  await services.publish();
  for (const typed of [
    'Nx Luh Putu Ayu Kertawidya',
    'Ni Luh Putu Axu Kertawidya',
    'Ni Luh Ptu Ayu Kertawidya',
    'Ni Lh Putu Ayu',
  ])
    expect(await names(typed), typed).toContain(name);
  expect(await names('Kertawidia ayu')).toContain(name);
});

const HONOURED =
  `Brigjen Pol.|Brigjen TNI|Kolonel Inf|Letkol Inf|Mayor Arh|Kapten Czi|Letkol Laut (P)|Kolonel Pnb|Kombes Pol.|Sutan|Datuk|Dt.|Tuanku
  |Habib|KRT.|K.R.T.|Syekh|Buya|Dg.|Ki|Nyi|Ustadzah|Teungku|Tb.|Tubagus|Cand. Dr.|Pdt. Em.|Romo|Sr.|Jero|Ida Pedanda|Yang terhormat|St.
  |Kepada Yth. Bapak|R.M.`
    .split('|')
    .map((title) => title.trim());

test.each(HONOURED)('%s before a name, typed or printed, finds who bears it', async (title) => {
  const nama = `Kertaraharja ${title.replace(/\P{L}/gu, '')}wati`;
  const printed = await signed({ wilayah: '62.01.02.2001', gelarDepan: title, nama });
  await services.publish();
  for (const typed of [printed, printed.toUpperCase(), `Ikrar netralitas: ${printed}`]) {
    const result = await found(typed);
    expect(
      result.entries.map(({ namaLengkap }) => namaLengkap),
      typed,
    ).toContain(printed);
    expect([result.meant, result.without]).toEqual([null, null]);
    const office = await people.page(db, cast.kegiatanId, { search: typed });
    expect(
      office.people.map((one) => one.nama),
      typed,
    ).toContain(nama);
  }
  const typed = `${title} Contoh Siti Wulandari`;
  expect(await names(typed), typed).toContain('H. Contoh Siti Wulandari, S.Sos.');
  const office = await people.page(db, cast.kegiatanId, { search: typed });
  expect(
    office.people.map((one) => one.nama),
    typed,
  ).toContain('Contoh Siti Wulandari');
});

test('titles behind a name without a comma find, known or not', async () => {
  for (const titles of ['CHRM', 'S.Tr.Par', 'S.Sos M.Epid.', 'S.Sos. CHRM']) {
    const typed = `Contoh Siti Wulandari ${titles}`;
    expect(await names(typed), typed).toContain('H. Contoh Siti Wulandari, S.Sos.');
  }
});

test('a place is found with the one around it, with its office, and by its other spelling', async () => {
  for (const typed of [
    'sungai cabang kumai',
    'Sei Cabang',
    'sei cabang kumai',
    'Kades Sungai Cabang',
    'Kepala Desa Sungai Cabang',
  ])
    expect(await page(typed), typed).toContain('href="/daftar/62.01.01.2001"');
  expect(await page('Camat Kumai')).toContain('href="/daftar/62.01.01"');
  expect(await page('Pj. Kepala Desa')).toContain('Pj. Kepala Desa adalah nama jabatan');
  expect(await page('Kepala Desa Sungai Cabang')).not.toContain('adalah nama jabatan');
});

test('one wrong letter is said, and finds; two find nobody', async () => {
  for (const typed of ['Wulandary', 'siti wulandsri', 'Wualndari', 'wulandarri', 'wulndari']) {
    expect(await names(typed), typed).toEqual(['H. Contoh Siti Wulandari, S.Sos.']);
    const text = await page(typed);
    expect(text).toContain('Tidak ada nama yang persis. Mungkin maksud Anda <strong>');
    expect(text).toContain('wulandari');
    expect(await names(typed, { kegiatan: cast.kegiatanId })).toEqual(['H. Contoh Siti Wulandari, S.Sos.']);
  }
  expect(await page('wulandari')).not.toContain('Mungkin maksud');
  expect(await names('wvlandary')).toEqual([]);
});

test('a place of those who have signed stands before one of nobody', async () => {
  const text = await page('kumai');
  expect(text).toMatch(/>Kecamatan Kumai, Kotawaringin Barat/);
  const at = (what: string): number => text.indexOf(what);
  expect(at('href="/daftar/62.01.01"')).toBeGreaterThan(0);
  expect(at('href="/daftar/62.01.01"')).toBeLessThan(at('Wilayah tanpa penanda tangan'));
  expect(at('Wilayah tanpa penanda tangan')).toBeLessThan(at('href="/daftar/62.01.01.1012"'));
  const people = await page('contoh');
  expect(people.indexOf('Urut nama')).toBeGreaterThan(0);
  for (const place of people.matchAll(/href="\/daftar\/[\d.]+"/g)) {
    if (people.slice(place.index).startsWith('href="/daftar/kegiatan')) continue;
    expect(place.index).toBeGreaterThan(people.indexOf('Urut nama'));
  }
});

test('a withdrawn pledge is found as withdrawn, and not counted', async () => {
  const name = await signed({ wilayah: '62.01.02.2004', nama: 'Suryadharma Contoh' });
  await services.publish();
  const before = await lists.signersIn(db, ['62.01.02.2004', '62.01.02']);
  await db.execute(sql`
    with pledge as (select hash from signature where nama = 'Suryadharma Contoh'),
    asked as (
      insert into withdrawal_request (id, hash, statement, by, authenticator_data, client_data_json, signature, spki)
      select gen_random_uuid(), hash, E'x\nalasan Salah orang\n', ${cast.officerId}::uuid, '', '', '', 'a' from pledge
      returning id, hash)
    insert into withdrawal (hash, request_id, by, authenticator_data, client_data_json, signature, spki, leaf_id)
    select hash, id, gen_random_uuid(), '', '', '', 'b', append_leaf('pencabutan', array['pernyataan sha256:00']) from asked`);
  await services.publish();
  for (const typed of [name, 'suryadarma']) {
    const [entry] = (await found(typed)).entries;
    expect(entry).toMatchObject({ namaLengkap: name, dicabut: { alasan: 'Salah orang' } });
    expect(await page(typed)).toMatch(/Dicabut<\/span> .*Salah orang/);
  }
  const after = await lists.signersIn(db, ['62.01.02.2004', '62.01.02']);
  expect(after.get('62.01.02')).toBe(before.get('62.01.02')! - 1);
  expect(before.get('62.01.02.2004')).toBe(1);
  expect(after.has('62.01.02.2004')).toBe(false);
});

test('the office finds on its list what the public finds', async () => {
  const office = async (search: string): Promise<string[]> =>
    (await people.page(db, cast.kegiatanId, { search })).people.map(({ nama }) => nama);
  for (const [shown, typed] of SEARCHED.slice(0, 9))
    expect((await office(typed)).map(fold), typed).toContainEqual(
      expect.stringContaining(readingsOf(shown.split(',')[0]!).at(-1)!.join(' ')),
    );
  for (const { nama } of STORED) expect(await office(nama.toUpperCase()), nama).toContain(nama);
  expect(await office('Sungai Kapitan')).toContain('Siti Contoh');
  expect((await people.page(db, cast.kegiatanId, { search: 'wulandari' })).near).toBe(false);
  expect(await people.page(db, cast.kegiatanId, { search: 'Siti Wulandsri' })).toMatchObject({
    near: true,
    people: [{ nama: 'Contoh Siti Wulandari' }],
  });
  for (const typed of ['%', '_', '\\', '🙂', "'", '(?:', 'x'.repeat(5000)])
    expect(await office(typed)).toEqual([]);
  const { people: withdrawn } = await people.page(db, cast.kegiatanId, {
    status: 'dicabut',
    search: 'suryadharma',
  });
  expect(withdrawn).toMatchObject([
    { nama: 'Suryadharma Contoh', signedAt: null, withdrawn: expect.any(String) },
  ]);
});

const FRONT = ['', 'H.', 'Hj.', 'Drs. H.', 'Dr. Ir.', 'KH.'];
const BACK = ['', 'S.Sos.', 'S.Pd.I', 'S.E., M.M.', 'S.Tr.Pi.', 'A.Md.Kom.', 'SH, M.Kn', 'S.Si., M.T.P.'];
const WORDS =
  `Abdurrahman Wicaksono Hutabarat Nainggolan Rahmawati Kusumaningrum Simanjuntak Prasetyo Ma'arif Ngurah
  Fitriyani Tjokrosudarmo Al-Habsyi Sembiring Purnamasari Batubara Lumbantoruan I Oktaviani Dwi Manurung M. Suryani Yuliana`.split(
    /\s+/,
  );
const nameOf = fc
  .tuple(
    fc.constantFrom(...FRONT),
    fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 4 }),
    fc.constantFrom(...BACK),
  )
  .filter(([, words]) => words.filter((word) => word.length > 4).length >= 2)
  .map(([gelarDepan, words, gelarBelakang]) => ({
    gelarDepan,
    nama: words.join(' '),
    gelarBelakang,
    wilayah: '35.07.01.2001',
  }));
const CORPUS = fc.sample(nameOf, { numRuns: 120, seed: 9 });

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');
/** One letter of the `at`-th long word wrong. */
function mistyped(name: string, pick: number, place: number, kind: number, letter: string): string {
  const long = [...name.matchAll(/\p{L}{5,}/gu)];
  const { 0: word, index } = long[pick % long.length]!;
  const at = place % word.length;
  // Put before a name, one that stands for a name in the list is nobody's mistake: "mLumbantoruan" is who is called M. Lumbantoruan.
  const put = at === 0 && /[im]/.test(letter) ? 'x' : letter;
  const wrong = [
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, at) + put + word.slice(at),
    word.slice(0, at) + word.slice(at + 1),
    at + 1 < word.length ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) : word,
  ][kind % 4]!;
  return name.slice(0, index) + wrong + name.slice(index + word.length);
}

test('whoever is listed is found by the name as it is printed, and with any one letter wrong', async () => {
  await listed(CORPUS);
  const one = fc.constantFrom(...CORPUS);
  await fc.assert(
    fc.asyncProperty(one, fc.boolean(), async (person, narrow) => {
      const scope = narrow ? { wilayah: '35.07' } : {};
      expect(await names(fullName(person), scope)).toContain(fullName(person));
      expect(await names(person.nama, scope)).toContain(fullName(person));
    }),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(
      one,
      fc.nat(9),
      fc.nat(30),
      fc.nat(3),
      fc.constantFrom(...LETTERS),
      async (person, ...how) => {
        const typed = mistyped(fullName(person), ...how);
        expect((await names(typed)).map(fold), typed).toContain(fold(fullName(person)));
      },
    ),
    { numRuns: 150 },
  );
});

test('what is typed is folded as what is stored', async () => {
  const texts = fc
    .sample(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({
          unit: fc.constantFrom(..."abcZ 019.,-'’`´ʿʼéÉñḤøłıŉİſK½ﬁßẞ\u0301\u00a0\u200b_%\\"),
          maxLength: 12,
        }),
      ),
      { numRuns: 600, seed: 5 },
    )
    .map((text) => text.replaceAll('\0', '').toWellFormed());
  const rows = await db.execute<{ folded: string }>(sql`
    select search_fold(t.text) as folded from jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb) with ordinality as t (text, n)
    order by n`);
  expect(rows.map(({ folded }) => folded)).toEqual(texts.map(fold));
});

test('the index of areas reads their names as the search does', async () => {
  const rows = await db.execute(sql`
    select nama from wilayah where nama <> 'Teuw*' and search_fold(nama)
      <> btrim(regexp_replace(translate(lower(nama), '.,-/()"''’‘', '       '), ' +', ' ', 'g'))`);
  expect([...rows]).toEqual([]);
});

/** Who has signed: each once, nobody else, and as many as the ledger holds. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { readingsOf } from '../../src/lib/readings.ts';
import { sha256Text } from '../../src/lib/sha256.ts';
import * as schema from '../../src/schema.ts';
import * as lists from '../../src/signature/lists.ts';
import { newCode } from '../../src/statement/code.ts';
import { type Cast, hasSigned, openCast, toStage } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services, request } = await openHouse();
let cast: Cast;
let open: string;

const page = async (path: string): Promise<string> => {
  const answer = await request(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
};
const codesOn = (text: string): string[] =>
  [...text.matchAll(/href="\/p\/([0-9A-Z-]{14})"/g)].map(([, code]) => code!.replaceAll('-', ''));

/** Puts signatures into the database as `record_signatures` leaves them: quicker than two hundred phones. */
async function sign(kegiatanId: string, wilayah: string, names: readonly string[]): Promise<string[]> {
  const codes: string[] = [];
  for (const nama of names) {
    const kode = newCode();
    const id = crypto.randomUUID();
    const hash = await sha256Text(kode);
    codes.push(kode);
    await db.insert(schema.person).values({
      id,
      kegiatanId,
      tempat: `ASN ${kode}`,
      rosterVersi: 1,
      wilayah,
      unsur: 'ASN',
      gelarDepan: '',
      nama,
      gelarBelakang: '',
      jabatan: 'Staf',
      nip: '',
      pangkat: '',
      unitKerja: '',
    });
    await db.execute(sql`
      insert into tally (kegiatan_id, wilayah, wajib) values (${kegiatanId}, left(${wilayah}, 8), 1)
      on conflict (kegiatan_id, wilayah) do update set wajib = tally.wajib + 1`);
    await db.execute(sql`
      insert into signature (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur,
        nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash,
        leaf_id)
      select sha256(${kode}::bytea), ${kode}, ${kode}, ${id}::uuid, ${kegiatanId}, '', ${nama}, ${`Drs. ${nama}`}, 'Staf', 'ASN',
        '1', ${wilayah}, (select w.nama from wilayah w where w.kode = ${wilayah}) || ', Contoh', c.id, '', '', '', '', '',
        append_leaf('tanda-tangan', array['pernyataan sha256:' || encode(${`\\x${Buffer.from(hash).toString('hex')}`}::bytea, 'hex')])
      from signer_credential c limit 1`);
  }
  return codes;
}

beforeAll(async () => {
  cast = await openCast(db);
  open = cast.kegiatanId;
  await hasSigned(services, cast.siti);
  // Names alike, names of one word, small letters, and the area as a whole.
  await sign(
    open,
    '62.01.01.2009',
    Array.from({ length: 31 }, (_, n) => (n % 3 ? 'Agus Contoh' : `agus ${n}`)),
  );
  await sign(
    open,
    '62.01',
    Array.from({ length: 30 }, () => 'Wulan'),
  );
  await sign(open, '62.01.02.2001', ["Ma'ruf Contoh", '<script>alert(1)</script>', 'Ḥasan']);
  await services.publish();
});

test.each([
  ['/daftar/62', 65],
  ['/daftar/62.01', 65],
  ['/daftar/62.01.01', 32],
  ['/daftar/62.01.01.2009', 31],
  ['/daftar/62.01.02', 3],
  ['/daftar/kegiatan/', 65],
])('pages of %s hold each of %i once', async (address, many) => {
  const here = address.endsWith('/') ? address + open : address;
  const seen: string[] = [];
  let next: string | null = here;
  while (next) {
    const text: string = await page(next);
    const codes = codesOn(text);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.length).toBeLessThanOrEqual(25);
    seen.push(...codes);
    next = /rel="next" href="([^"]+)"/.exec(text)?.[1] ?? null;
  }
  expect(seen).toHaveLength(many);
  expect(new Set(seen).size).toBe(many);
});

test('the order is by area, name without titles, code', async () => {
  const { entries } = await lists.signatories(db, { wilayah: '62.01.01' }, { count: 100 });
  const key = (entry: lists.ListedPledge): string =>
    `${entry.wilayah} ${entry.namaLengkap.replace(/^Drs\. /, '').toLowerCase()} ${entry.kode}`;
  expect(entries.slice(1).map(key)).toEqual(entries.slice(1).map(key).toSorted());
});

test('counts are what the ledger holds, and waiting signatures are in neither', async () => {
  const other = await openCast(db, { of: cast });
  await hasSigned(services, other.budi);
  const inLedger = async (): Promise<number> => {
    const rows = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from leaf where log_index is not null and entry like E'%\njenis tanda-tangan\n%'`,
    );
    return rows[0]!.n;
  };
  const listed = async (): Promise<number> =>
    (await lists.signatories(db, {}, { count: 1000 })).entries.length;
  for (const _ of ['waiting', 'placed']) {
    const n = await inLedger();
    expect(await listed()).toBe(n);
    for (const area of [null, '62', '62.01']) expect((await lists.countOf(db, area)).sudah).toBe(n);
    expect(await page('/daftar')).toContain(`<strong class="total">${n}</strong>`);
    const provinces = await lists.areas(db, null);
    expect(provinces.reduce((sum, { sudah }) => sum + sudah, 0)).toBe(n);
    await services.publish();
  }
  const event = (await lists.eventById(db, open))!;
  expect(event).toMatchObject({ wajib: 4 + 64, sudah: 65 });
});

test('those who have not signed are never named, nor found', async () => {
  for (const path of [
    '/daftar',
    '/daftar/62.01',
    '/daftar/62.01.01',
    '/daftar/62.01.01.1013',
    `/daftar/kegiatan/${open}`,
    '/daftar?cari=ratna',
    '/daftar/62.01?cari=ratna+contoh',
  ]) {
    const text = await page(path);
    expect(text, path).not.toContain('Ratna Contoh');
    expect(text, path).toContain('tidak berarti tidak netral');
  }
});

test('a name is found by the beginnings of its words, whatever the marks in it', async () => {
  const found = async (typed: string, scope: lists.Scope = {}): Promise<string[]> =>
    (await lists.search(db, scope, readingsOf(typed))).entries.map((entry) => entry.namaLengkap);
  const maruf = ["Drs. Ma'ruf Contoh"];
  for (const typed of ["ma'ruf", 'Maruf', 'MA’RUF con', 'contoh maru'])
    expect(await found(typed)).toEqual(maruf);
  expect(await found('Ḥas')).toEqual(['Drs. Ḥasan']);
  expect(await found('sungai kapitan')).toEqual(['Hj. Siti Contoh, S.Sos., M.AP.']);
  expect(await found('maruf', { kegiatan: open })).toEqual(maruf);
  expect(await found('maruf', { wilayah: '62.01.02' })).toEqual(maruf);
  expect(await found('maruf', { wilayah: '62.01.01' })).toEqual([]);
  expect(await found('maruf', { wilayah: '6' })).toEqual([]);
  expect(await lists.search(db, {}, [['agus']], 10)).toMatchObject({ more: true });
  expect(readingsOf(" a ' ! ")).toEqual([]);
});

test('strange searches are searches', async () => {
  for (const typed of ["' or 1=1", 'a & b | !c', ':*', '%00', '%_', '\\', '<->', '🙂🙂', 'x'.repeat(5000)]) {
    await page(`/daftar?cari=${encodeURIComponent(typed)}`);
    await page(`/daftar/62.01?cari=${encodeURIComponent(typed)}`);
  }
  expect((await request('/daftar?cari=62.01.01')).headers.get('location')).toBe('/daftar/62.01.01');
  expect(await page('/daftar?cari=kapitan')).toContain('Sungai Kapitan, Kumai, Kotawaringin Barat');
});

test('script in a name is text', async () => {
  const text = await page('/daftar/62.01.02');
  expect(text).toContain('&lt;script&gt;');
  expect(text).not.toContain('<script>alert');
});

test('an event is nobody’s business before it opens, and stays readable after it closes', async () => {
  const secret = await openCast(db, {
    of: cast,
    tahap: 'disiapkan',
  });
  const before = await lists.countOf(db, '62.01');
  expect((await request(`/daftar/kegiatan/${secret.kegiatanId}`)).status).toBe(404);
  expect(await page('/daftar/kegiatan')).not.toContain(secret.kegiatanId);
  await toStage(db, secret.kegiatanId, secret.officerId, 'dibuka');
  expect((await lists.countOf(db, '62.01')).wajib).toBe(before.wajib + 4);
  await toStage(db, secret.kegiatanId, secret.officerId, 'ditutup');
  await toStage(db, secret.kegiatanId, secret.officerId, 'dibuka');
  expect((await lists.countOf(db, '62.01')).wajib).toBe(before.wajib + 4);
  await toStage(db, secret.kegiatanId, secret.officerId, 'ditutup');
  expect(await page(`/daftar/kegiatan/${secret.kegiatanId}`)).toContain('Sudah ditutup');
});

test('events are paged by day', async () => {
  const all = await lists.eventsOf(db, null, { count: 100 });
  const first = await lists.eventsOf(db, null, { count: 1 });
  const rest = await lists.eventsOf(db, null, { count: 100, after: first.next });
  expect([...first.events, ...rest.events].map(({ id }) => id)).toEqual(all.events.map(({ id }) => id));
  expect((await lists.eventsOf(db, '62.01.01')).events).toHaveLength(all.events.length);
  expect((await lists.eventsOf(db, '33')).events).toEqual([]);
});

test('what is not there', async () => {
  for (const path of [
    '/daftar/99.99',
    '/daftar/x',
    '/daftar/kegiatan/x',
    '/daftar/kegiatan/%00',
    '/daftar/%00',
  ]) {
    expect((await request(path)).status, path).toBe(404);
  }
  expect(await page('/daftar/33.20')).toContain('Belum ada tanda tangan yang tercatat di sini.');
});

test('lists may be kept for seconds', async () => {
  expect((await request('/daftar')).headers.get('cache-control')).toBe('public, max-age=10');
  expect((await request('/daftar/x')).headers.get('cache-control')).toBe('no-store');
});

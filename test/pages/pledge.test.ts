/** Somebody scans a QR or types a code: what they see, in every spelling, and what they never see. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';
import { hex } from '../../src/lib/bytes.ts';
import { sha256Text } from '../../src/lib/sha256.ts';
import { commands } from '../../src/pages/pledge.tsx';
import * as pledges from '../../src/signature/pledges.ts';
import type { SignatureRow } from '../../src/signature/signatures.ts';
import { formatCode } from '../../src/statement/code.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const house = await openHouse({ origin: 'https://ikrar.example' });
const { db, services, request } = house;
let cast: Cast;
let siti: SignatureRow;
let ratna: SignatureRow;

beforeAll(async () => {
  cast = await openCast(db);
  siti = (await hasSigned(services, cast.siti)).row;
  ratna = (await hasSigned(services, cast.ratna, { algorithm: 'EdDSA' })).row;
  await services.publish();
});

test('what chats and people add to its address leads to it', async () => {
  const shown = formatCode(siti.kode);
  for (const added of ['.', '.pdf.', '/bukti*', '*', ')', ',', '"', '%E2%80%8B', '.pdf)', '%20ya', '&x=1']) {
    const answer = await request(`/p/${shown}${added}`);
    expect([answer.status, answer.headers.get('location')], added).toEqual([303, `/p/${shown}`]);
  }
  expect((await request(`/P/${siti.hashSymbols}.`)).headers.get('location')).toBe(`/P/${siti.hashSymbols}`);
  for (const alone of ['/p', '/P', '/p.', '/p*', '/p/'])
    expect((await request(alone)).headers.get('location'), alone).toMatch(/^\/(?:periksa|p)$/);
  expect((await request('/p/7K3F-9QXM-2DA8.txt')).status).toBe(404);
  expect((await request('/peta')).status).toBe(404);
});

test('who comes with a picture of a paper is asked to compare, before anything is called genuine', async () => {
  for (const address of [`/p/${formatCode(siti.kode)}`, `/P/${siti.hashSymbols}`]) {
    const page = await (await request(`${address}?banding=ya`)).text();
    expect(page).toContain('<h1>Bandingkan dengan kertas Anda</h1>');
    expect(page).not.toContain('Dokumen asli');
    expect(page.indexOf('Isi ikrar')).toBeLessThan(page.indexOf('Unduh dokumen'));
    expect(await (await request(`${address}?banding=tidak`)).text()).toContain('<h1>Dokumen asli</h1>');
  }
});

test('code and hash in every spelling lead to the same pledge', async () => {
  const { kode, hashSymbols } = siti;
  const grouped = formatCode(kode);
  const spellings = [
    grouped,
    kode,
    grouped.toLowerCase(),
    kode.toLowerCase(),
    kode.replaceAll('0', 'O').replaceAll('1', 'l'),
    `${kode.slice(0, 5)}-${kode.slice(5)}`,
    `%20${kode}%20`,
    hashSymbols,
    hashSymbols.toLowerCase(),
    formatCode(hashSymbols),
  ];
  for (const letter of ['p', 'P']) {
    for (const spelling of spellings) {
      const answer = await request(`/${letter}/${spelling}`);
      expect(answer.status, spelling).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-robots-tag')).toBe('noindex');
      const page = await answer.text();
      expect(page).toContain('<h1>Dokumen asli</h1>');
      expect(page).toContain('Hj. Siti Contoh, S.Sos., M.AP.');
      expect(page).toContain('Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah');
      expect(page).toContain('62.01.01.2008');
      expect(page).toContain(`href="/p/${grouped}.pdf"`);
      expect(page).toMatch(/pukul \d\d\.\d\d WIB/);
      expect(page).toContain('ikrar.example');
      expect(page).toContain('name="robots" content="noindex"');
    }
  }
});

test.each([
  ['7K3F-9QXM-2DA7', 'Kode tidak ditemukan'],
  ['7K3F-9QXM-2DA8', 'Kode salah ketik'],
  ['K73F-9QXM-2DA7', 'Kode salah ketik'],
  ['7K3F-9QXM', 'Jumlah huruf tidak cocok'],
  ['7K3F-9QXM-2DU7', 'Ada tanda yang tidak dikenal'],
  ['0123456789ABCDEFGHJKMNPQRSTVWXYZ', 'Kode QR tidak ditemukan'],
  ['%00%00', 'Halaman tidak ditemukan'],
  ['%3Cscript%3E', 'Ada tanda yang tidak dikenal'],
])('%s: %s', async (typed, title) => {
  const answer = await request(`/p/${typed}`);
  expect(answer.status).toBe(404);
  const page = await answer.text();
  expect(page).toContain(`<h1>${title}</h1>`);
  expect(page).not.toContain('<script>');
});

test('the text is served byte for byte, and its digest is the one shown', async () => {
  const grouped = formatCode(siti.kode);
  const answer = await request(`/p/${grouped}/pernyataan.txt`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; charset=utf-8$/i);
  const text = await answer.text();
  expect(text).toBe(siti.statement);
  const page = await (await request(`/p/${grouped}`)).text();
  expect(page).toContain(hex(await sha256Text(text)));
  expect((await request('/p/7K3F-9QXM-2DA7/pernyataan.txt')).status).toBe(404);
});

test('the shown commands verify the signature without us', async () => {
  const run = promisify(execFile);
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-periksa-'));
  try {
    for (const [{ kode, statement }, verdict] of [
      [siti, 'Verified OK'],
      [ratna, 'Signature Verified Successfully'],
    ] as const) {
      const pledge = (await pledges.byCode(db, kode))!;
      const { signature, digest } = commands(pledge, `https://ikrar.example/p/${formatCode(kode)}`);
      const offline = (line: string): string =>
        line.replace(/curl -s \S+\/pernyataan\.txt/, 'printf %s "$PERNYATAAN"');
      const shell = (script: string) =>
        run('bash', ['-c', script], { cwd: folder, env: { ...process.env, PERNYATAAN: statement } });
      // A shell drops line ends from a variable only when it makes one; this one came whole.
      expect((await shell(offline(digest))).stdout).toContain(hex(pledge.hash));
      const { stdout } = await shell(offline(signature));
      const [challenge] = stdout.split('\n');
      expect(stdout).toContain(`"challenge":"${challenge}"`);
      expect(stdout).toContain(verdict);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('nothing private is on any public page', async () => {
  const rows = await db.execute<{ id: string; credential: string; nip: string }>(sql`
    select p.id, encode(g.credential_id, 'hex') as credential, p.nip
    from signature g join person p on p.id = g.person_id`);
  const nip = '198609262015052001';
  expect(rows.map((row) => row.nip)).toContain(nip);
  for (const path of [
    '/',
    `/p/${formatCode(ratna.kode)}`,
    `/p/${formatCode(ratna.kode)}/pernyataan.txt`,
    '/daftar',
    '/daftar/62.01.01',
    '/daftar/62.01.01.1013',
    `/daftar/kegiatan/${cast.kegiatanId}`,
    '/daftar?cari=ratna',
  ]) {
    const page = await (await request(path)).text();
    for (const secret of [nip, ...rows.flatMap(({ id, credential }) => [id, credential])]) {
      expect(page, path).not.toContain(secret);
    }
  }
});

test('what was signed and does not yet stand in the ledger says so', async () => {
  const other = await openCast(db, { of: cast });
  const { row } = await hasSigned(services, other.budi);
  const before = await (await request(`/p/${formatCode(row.kode)}`)).text();
  expect(before).toContain('<h1>Menunggu pencatatan</h1>');
  expect(before).not.toContain('Dokumen asli');
  expect(before).not.toContain('.pdf');
  await services.publish();
  expect(await (await request(`/p/${formatCode(row.kode)}`)).text()).toContain('<h1>Dokumen asli</h1>');
});

test('words changed in the database are not called genuine', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const other = await openCast(db, { of: cast });
  const { row } = await hasSigned(services, other.siti);
  await services.publish();
  const show = async () => (await request(`/p/${formatCode(row.kode)}`)).text();
  // A column beside the signed text changes nothing of what is shown.
  await db.execute(sql`update signature set nama_lengkap = 'Orang Lain' where kode = ${row.kode}`);
  expect(await show()).not.toContain('Orang Lain');
  const changed = sql`update signature set statement = replace(statement, 'Netral.', 'Tidak netral.') where kode = ${row.kode}`;
  await db.execute(changed);
  expect(await show()).toContain('<h1>Isi tidak cocok</h1>');
  // With the digest changed too, the ledger's entry still tells.
  await db.execute(sql`with listed as (delete from listing) delete from document_due`);
  await db.execute(
    sql`update signature set hash = sha256(convert_to(statement, 'UTF8')) where kode = ${row.kode}`,
  );
  expect(await show()).toContain('<h1>Isi tidak cocok</h1>');
  expect(log).toHaveBeenCalled();
  log.mockRestore();
});

test('who scans a paper reads what it says first; what is for experts is folded away', async () => {
  const page = await (await request(`/P/${siti.hashSymbols}`)).text();
  const [first, folded] = page.split('<details class="technical">') as [string, string];
  for (const words of ['Dokumen asli', 'Hj. Siti Contoh', 'Kepala Desa', 'Isi ikrar', 'Apa artinya?'])
    expect(first).toContain(words);
  const plain = first.slice(first.indexOf('<main')).replace(/<details>.*?<\/details>/s, '');
  expect(plain).not.toMatch(/sha256|openssl|bukti\.json|checkpoint|[0-9a-f]{64}/);
  for (const words of ['Yang terbukti', 'Yang tidak terbukti', 'openssl', 'bukti.json', 'Catatan terbuka'])
    expect(folded).toContain(words);
});

test('a chat shows who and what of a link, and nothing that may change or is private', async () => {
  const page = await (await request(`/p/${siti.kode}`)).text();
  const told = (property: string) =>
    new RegExp(`<meta property="og:${property}" content="([^"]*)"`).exec(page)?.[1];
  expect(told('title')).toBe('Ikrar netralitas: Hj. Siti Contoh, S.Sos., M.AP.');
  expect(told('description')).toMatch(
    /^Kepala Desa, Sungai Kapitan, .*\. Deklarasi Netralitas .* Buka untuk melihat statusnya sekarang\.$/,
  );
  expect(page.match(/<meta [^>]*og:[^>]*>/g)!.join()).not.toMatch(/asli|dicabut|NIP|\d{18}/);
  const front = await (await request('/')).text();
  expect(front).toContain(
    '<meta name="description" content="Ikrar netralitas yang dapat diperiksa siapa saja."',
  );
  // Of an invitation what it is, not whose; the office tells nothing.
  const invitation = await (await request('/u')).text();
  expect(invitation).toContain('<meta property="og:title" content="Undangan tanda tangan ikrar netralitas"');
  expect(invitation).toContain(
    '<meta property="og:description" content="Baca ikrarnya di HP sendiri, lalu tanda tangan dengan sidik jari, wajah, atau PIN layar."',
  );
  expect(invitation).toContain('<meta name="robots" content="noindex"');
  expect(await (await request('/kantor/masuk')).text()).not.toContain('og:');
});

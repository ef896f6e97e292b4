/** `npm run ledger -- check`, at an address and at a database. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '../../src/app.ts';
import { connect } from '../../src/db.ts';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { generateSigner } from '../../src/ledger/note.ts';
import * as records from '../../src/office/records.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf, makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { textAt } from '../vectors/seed.ts';

/** Of some ledger. */
const KEY = textAt('ledger/kunci').trimEnd();

const { db, services, url } = await openHouse();
let folder: string;
let server: ServerType;
let address: string;

interface Run {
  code: number;
  out: string;
  progress: string;
}

const run = (...given: string[]): Promise<Run> =>
  new Promise((done) => {
    const child = execFile(process.execPath, ['dist/ledger.js', ...given], (_error, out, progress) =>
      done({ code: child.exitCode ?? -1, out, progress }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-ledger-'));
  await hasSigned(services, (await openCast(db)).siti);
  await services.publish();
  await writeFile(join(folder, 'checkpoint'), (await checkpoints.current(db))!.note);
  await writeFile(join(folder, 'kunci'), `${services.signer.verifier}\n`);
  // Entries that have a row each.
  await db.execute(sql`
    select add_wording('kades-umum', null, 'kepala desa', 'umum', 'PERNYATAAN ' || n, true) from generate_series(1, 300) n`);
  await services.publish();
  const port = await new Promise<number>((done) => {
    server = serve({ fetch: (request) => app.fetch(request, services), port: 0 }, (at) => done(at.port));
  });
  address = `http://localhost:${port}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test('an address, by its own key and by one that was kept', async () => {
  const own = await run('check', address);
  expect(own).toMatchObject({ code: 0 });
  expect(own.out).toContain('dari alamat itu sendiri');
  expect(own.out).toMatch(/^benar {11}Akar pohon: sama dengan yang dihitung dari 3\d\d catatan\.$/m);
  expect(own.out).toMatch(/^tidak diperiksa Jumlah tanda tangan: /m);
  expect(own.progress).toMatch(/^3\d\d dari 3\d\d catatan$/m);

  const kept = await run(
    'check',
    `${address}/catatan/`,
    '--key',
    join(folder, 'kunci'),
    '--checkpoint',
    join(folder, 'checkpoint'),
  );
  expect(kept).toMatchObject({ code: 0 });
  expect(kept.out).toContain('dari berkas');
  expect(kept.out).toMatch(/^benar {11}Checkpoint simpanan: /m);
  expect(kept.out.trim().split('\n')).toHaveLength(11);
});

test('a database, which is only read', async () => {
  const done = await run('check', url, '--key', services.signer.verifier);
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toMatch(/^benar {11}Jumlah tanda tangan: 1 catatan/m);
  expect(done.out).toMatch(/^benar {11}Checkpoint terdahulu: 3 /m);

  const readOnly = new URL(url);
  readOnly.searchParams.set('default_transaction_read_only', 'on');
  const connection = connect(readOnly.href, { max: 1 });
  await expect(connection.db.execute(sql`delete from tally`)).rejects.toMatchObject({
    cause: { code: '25006' },
  });
  await connection.end();
});

test('a database older than the copy outside, and one with another tree at its size, end with 1', async () => {
  const { size, root } = (await checkpoints.current(db))!;
  const copy = join(folder, 'salinan');
  const compare = async (given: { size: number; root: Uint8Array<ArrayBuffer> }): Promise<Run> => {
    const text = formatCheckpoint({ origin: services.signer.name, ...given });
    await writeFile(copy, await services.signer.sign(text));
    return run('check', url, '--key', services.signer.verifier, '--checkpoint', copy);
  };
  const same = await compare({ size, root });
  expect(same).toMatchObject({ code: 0 });
  expect(same.out).toMatch(/^benar {11}Checkpoint simpanan: /m);
  const newer = await compare({ size: size + 12, root });
  expect(newer).toMatchObject({ code: 1 });
  expect(newer.out).toContain(`Checkpoint simpanan: catatan menjadi lebih pendek: ${size + 12} > ${size}`);
  const other = await compare({ size, root: new Uint8Array(32) });
  expect(other).toMatchObject({ code: 1 });
  expect(other.out).toContain(`Checkpoint simpanan: berbeda dari yang dihitung, pada ${size} catatan`);
});

test('a row that says something else than what was signed ends with 1', async () => {
  const lines = async () => {
    const { code, out } = await run('check', url, '--key', services.signer.verifier);
    return [code, out.split('\n').filter((line) => line.includes('Bukti: '))];
  };
  const set = async (jabatan: string, more: number): Promise<string> => {
    const [row] = await db.execute<{ kode: string }>(sql`
      with changed as (update signature set jabatan = ${jabatan} returning kode), counted as (update tally set wajib = wajib + ${more})
      select kode from changed`);
    return row!.kode;
  };
  const kode = await set('Camat', 1);
  expect(await lines()).toEqual([
    1,
    [
      `salah           Bukti: kolom di samping ikrar ${kode} berbeda dari pernyataannya.`,
      `salah           Bukti: daftar publik berbeda dari ikrar ${kode}.`,
      'salah           Bukti: hitungan wilayah 62.01.01 berbeda dari daftar atau ikrarnya.',
    ],
  ]);
  await set('Kepala Desa', -1);
  const right = 'benar           Bukti: 1 ikrar dan 0 pencabutan terbukti, daftar dan hitungannya cocok.';
  expect(await lines()).toEqual([0, [right]]);
});

test('a database with an audit trail: as it was written, or each day and record that differs', async () => {
  const { officerId, organizerId, kegiatanId } = await makeEvent(db);
  const by = actorOf({ officerId, organizerId });
  for (let n = 0; n < 3; n++) await records.opens(db, by, { tindakan: 'rekap-unduh', kegiatanId });
  // Written the day before yesterday.
  await db.execute(sql`
    update riwayat r set at = n.at, isi = n.isi, sha256 = sha256(convert_to(n.isi, 'UTF8'))
    from (
      select u.id, u.at - interval '2 days' as at,
        regexp_replace(u.isi, 'waktu [^\n]+', 'waktu ' || ikrar_time(u.at - interval '2 days')) as isi from riwayat u) n
    where n.id = r.id`);
  expect(await records.closeDays(db)).toBe(1);
  await services.publish();
  const right = await run('check', url, '--key', services.signer.verifier);
  expect(right).toMatchObject({ code: 0 });
  expect(right.out).toMatch(/^benar {11}Riwayat: 3 baris dan 1 hari seperti waktu ditulis\.$/m);

  await db.execute(
    sql`update riwayat set isi = replace(isi, 'Petugas', 'Bukan') where id = (select min(id) from riwayat)`,
  );
  await db.execute(sql`update riwayat set sha256 = sha256('x') where id = (select max(id) from riwayat)`);
  const wrong = await run('check', url, '--key', services.signer.verifier);
  expect(wrong).toMatchObject({ code: 1 });
  const hari = String.raw`\d+ \S+ 20\d\d`;
  const said = wrong.out.split('\n').filter((line) => line.includes('Riwayat: '));
  expect(said).toEqual([
    expect.stringMatching(
      new RegExp(`^salah {11}Riwayat: isi baris \\d+, ${hari}, bukan yang disidik waktu ditulis\\.$`),
    ),
    expect.stringMatching(
      new RegExp(`^salah {11}Riwayat: isi baris \\d+, ${hari}, bukan yang disidik waktu ditulis\\.$`),
    ),
    expect.stringMatching(
      new RegExp(
        `^salah {11}Riwayat: baris-baris ${hari} bukan lagi yang disidik waktu hari itu ditutup\\.$`,
      ),
    ),
  ]);
  expect((await run('check', address)).out).toMatch(
    /^tidak diperiksa Riwayat: tidak diminta, atau tidak terlihat/m,
  );
  await db.execute(sql`truncate riwayat_terhitung, riwayat_hari, riwayat`);
});

test('something wrong ends with 1', async () => {
  await append(db, 2);
  await services.publish();
  const rowless = await run('check', url, '--key', services.signer.verifier);
  expect(rowless).toMatchObject({ code: 1 });
  expect(rowless.out).toMatch(/^salah {11}Bukti: 2 entri segel tanpa baris, mulai nomor \d+\.$/m);
  const other = await generateSigner(services.config.ledgerOrigin);
  const foreign = await run('check', address, '--key', other.verifier);
  expect(foreign).toMatchObject({ code: 1 });
  expect(foreign.out).toMatch(/^salah {11}Checkpoint terakhir: tidak ditandatangani kunci itu/m);
  await db.execute(sql`delete from tree_hash where level = 0 and index = 7`);
  const broken = await run('check', url, '--key', services.signer.verifier);
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.out).toMatch(/^salah {11}Semua ubin: tidak ada: tile\/0\/000\.$/m);
});

test.each([
  [['check'], 'npm run ledger'],
  [['walk', 'https://ikrar.example'], 'npm run ledger'],
  [['check', 'https://ikrar.example', '--lain'], 'npm run ledger'],
  [['check', 'ftp://ikrar.example'], 'npm run ledger'],
  [['check', 'http://localhost:1', '--key', 'x'], 'bukan kunci catatan'],
  [['check', 'http://localhost:1'], 'http://localhost:1/catatan/kunci tidak menjawab.'],
  [['check', 'postgres://a@localhost:1/b'], 'Beri --key'],
  [
    ['check', 'http://localhost:1', '--key', KEY, '--checkpoint', 'src'],
    'Berkas src tidak dapat dipakai (EISDIR). Periksa --key dan --checkpoint.',
  ],
  [['check', 'http://localhost:1', '--key', KEY, '--checkpoint', 'tidak-ada'], 'Berkas tidak-ada tidak ada.'],
])('%j ends with 2 and a sentence', async (given, sentence) => {
  const done = await run(...given);
  expect(done).toMatchObject({ code: 2 });
  expect(done.progress).toContain(sentence);
  expect(done.progress).not.toContain('    at ');
});

test('a database that does not answer ends with 2', async () => {
  const done = await run('check', 'postgres://a@localhost:1/b', '--key', services.signer.verifier);
  expect(done.code).toBe(2);
  expect(done.progress).toMatch(
    /^Catatan tidak terbaca\. Basis data tidak menjawab di \S+\. Periksa alamat itu\.$/m,
  );
});

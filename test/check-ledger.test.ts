/** A stranger finds a pledge in the ledger with docs/check-ledger.mjs, which knows nothing of this code. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '../src/app.ts';
import { formatCheckpoint } from '../src/ledger/checkpoint.ts';
import { formatLeaf } from '../src/ledger/leaf.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { formatBundle } from '../src/ledger/tile.ts';
import { utf8 } from '../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../src/lib/sha256.ts';
import { hasSigned, openCast } from './cast.ts';
import { openHouse } from './house.ts';
import { append } from './ledger/append.ts';
import * as naive from './ledger/naive.ts';

const { db, services } = await openHouse();
let folder: string;
let server: ServerType;
let ledger: string;
let index: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-check-'));
  const { row } = await hasSigned(services, (await openCast(db)).siti);
  await writeFile(join(folder, 'pernyataan.txt'), row.statement);
  // More than one bundle of entries, after it.
  await append(db, 300);
  await services.publish();
  const rows = await db.execute<{ index: number }>(
    sql`select log_index::int as index from leaf where id = ${row.leafId}`,
  );
  index = rows[0]!.index;
  const port = await new Promise<number>((done) => {
    server = serve({ fetch: (request) => app.fetch(request, services), port: 0 }, (at) => done(at.port));
  });
  ledger = `http://localhost:${port}/catatan`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  code: number;
  out: string;
  said: string;
}

/** What it answers, in one sentence. */
const run = (...given: string[]): Promise<Ended> =>
  new Promise((done) => {
    const child = execFile('node', ['docs/check-ledger.mjs', ...given], (_error, out, said) =>
      done({ code: child.exitCode ?? -1, out, said }),
    );
  });
const check = (...given: string[]): Promise<Ended> => run(ledger, join(folder, 'pernyataan.txt'), ...given);

test('finds the entry, by the key the ledger names and by the key one knows', async () => {
  const own = await check();
  expect(own).toMatchObject({ code: 0, said: '' });
  expect(own.out).toMatch(
    new RegExp(`^Entri nomor ${index} dari 3\\d\\d dalam catatan localhost:8080/catatan:\nikrar/`),
  );
  expect((await check(services.signer.verifier)).out).toContain('jenis tanda-tangan');
});

test('refuses another key, and a statement that was changed', async () => {
  const other = await generateSigner(services.config.ledgerOrigin);
  expect(await check(other.verifier)).toEqual({
    code: 1,
    out: '',
    said: 'Checkpoint tidak ditandatangani dengan kunci ini.\n',
  });
  const strange = await generateSigner('lain.example/catatan');
  expect(await check(strange.verifier)).toMatchObject({ code: 1, out: '' });
  await writeFile(join(folder, 'lain.txt'), 'ikrar/pernyataan@v1\n');
  expect(await run(ledger, join(folder, 'lain.txt'))).toEqual({
    code: 1,
    out: '',
    said: 'Tidak ada entri untuk pernyataan ini.\n',
  });
});

test.each<[string, () => string[], string]>([
  ['nothing', () => [], 'Beri alamat catatan'],
  ['no statement', () => [ledger], 'Beri alamat catatan'],
  ['no address', () => ['pernyataan.txt', ledger], 'Beri alamat catatan'],
  ['a file that is not there', () => [ledger, 'tidak-ada.txt'], 'Berkas tidak-ada.txt tidak terbaca.'],
  ['a folder', () => [ledger, folder], 'tidak terbaca.'],
  ['a key that is none', () => [ledger, 'README.md', 'abc'], 'Itu bukan kunci catatan'],
  ['a site without a ledger', () => [`${ledger}/salah`, 'README.md'], '/salah/kunci menjawab 404'],
  ['nobody there', () => ['http://127.0.0.1:1/catatan', 'README.md'], '/kunci tidak menjawab.'],
])('given %s, it says so', async (_what, given, sentence) => {
  const ended = await run(...given());
  expect(ended).toMatchObject({ code: 2, out: '' });
  expect(ended.said).toContain(sentence);
  expect(ended.said).not.toMatch(/\bat \S+:\d+|Error|ENOENT|EISDIR/);
});

/** A ledger signed by its own key that says whatever it is told. */
async function lying(entries: string[], change = (checkpoint: string) => checkpoint): Promise<Ended> {
  const signer = await generateSigner('dusta.example/catatan');
  const root = naive.mth(entries.map((entry) => naive.leafOf(utf8(entry))));
  const checkpoint = change(
    formatCheckpoint({ origin: signer.name, size: entries.length, root: root as Uint8Array<ArrayBuffer> }),
  );
  const files: Record<string, string | Uint8Array<ArrayBuffer>> = {
    '/catatan/kunci': `${signer.verifier}\n`,
    '/catatan/checkpoint': await signer.sign(checkpoint),
    [`/catatan/tile/entries/000.p/${entries.length}`]: formatBundle(entries.map(utf8)),
  };
  const port = await new Promise<number>((done) => {
    liar = serve(
      {
        fetch: (request) => {
          const file = files[new URL(request.url).pathname];
          return file === undefined ? new Response('', { status: 404 }) : new Response(file);
        },
        port: 0,
      },
      (at) => done(at.port),
    );
  });
  const ended = await run(`http://localhost:${port}/catatan`, join(folder, 'pernyataan.txt'));
  liar.close();
  return ended;
}
let liar: ServerType;

const dated = async (...times: (string | number)[]): Promise<string[]> => {
  const pernyataan = formatDigest(await sha256(await readFile(join(folder, 'pernyataan.txt'))));
  return times.map((time) =>
    formatLeaf({
      jenis: 'tanda-tangan',
      fields: [
        ['pernyataan', pernyataan],
        ['bukti', pernyataan],
      ],
      waktu: new Date(time),
    }),
  );
};
const day = (days: number): number => Math.floor(Date.now() / 1000) * 1000 + days * 86_400_000;

test('time that goes back, or is yet to come, is named with its entries', async () => {
  expect(await lying(await dated(day(-3), day(-2), day(-2)))).toMatchObject({ code: 0, said: '' });
  expect((await lying(await dated(day(-3), day(-2), day(-40)))).said).toBe(
    'Waktu mundur: nomor 2 lebih awal daripada nomor 1.\n',
  );
  expect((await lying(await dated(day(-3), day(1)))).said).toBe('Waktu nomor 1 di masa depan.\n');
});

test('a withdrawal is told beside', async () => {
  const [signed, later] = await dated(day(-3), day(-2));
  const ended = await lying([signed!, later!.replace('tanda-tangan', 'pencabutan')]);
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.out).toContain('Ikrar ini sudah dicabut: entri nomor 1.\nEntri nomor 0 dari 2');
});

test('what a ledger says reaches the terminal only as plain letters', async () => {
  const [good] = await dated(day(-3));
  for (const ended of [
    await lying([good!.replace('bukti ', 'bukti \u001b]0;x\u0007')]),
    await lying([good!], (text) => text.replace('dusta', '\u009b31mdusta')),
    await lying([good!], (text) => text.replace('\n1\n', '\nInfinity\n')),
    await lying([good!], (text) => text.replace('\n1\n', '\n1e9\n')),
  ]) {
    expect(ended.code).toBeGreaterThan(0);
    expect(ended.out).toBe('');
    expect(ended.said).toMatch(/^[ -~]+\n$/);
  }
});

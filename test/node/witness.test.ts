/** The command itself, as a process: it remembers over a restart. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { checkCosignatures, parseWitnessKey } from '../../src/ledger/cosignature.ts';
import { generateSigner } from '../../src/ledger/note.ts';
import { formatAddCheckpoint } from '../../src/ledger/witness.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import * as naive from '../ledger/naive.ts';

const signer = await generateSigner('ikrar.example/catatan');
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-witness-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

const key = () => join(folder, 'kunci');
const state = () => join(folder, 'ingatan');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

interface Options {
  key?: string;
  state?: string;
  host?: string;
  port?: number;
}

async function start(log = signer.verifier, options: Options = {}) {
  const { port = await freePort() } = options;
  const child = spawn(
    process.execPath,
    [
      'dist/witness.js',
      '--key',
      options.key ?? key(),
      '--state',
      options.state ?? state(),
      '--host',
      options.host ?? '127.0.0.1',
      '--name',
      'saksi.example/satu',
      '--port',
      String(port),
      '--log',
      log,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  children.push(child);
  let said = '';
  const heard = new Promise<void>((done) => {
    const hear = (text: Buffer) => {
      said += text;
      if (said.split('\n').length > 2) done();
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
  });
  const ended = once(child, 'close');
  await Promise.race([heard, ended]);
  return {
    said: () => said,
    port,
    verifier: said.split('\n')[1]!,
    ended,
    code: () => child.exitCode,
    post: (body: string) => fetch(`http://127.0.0.1:${port}/add-checkpoint`, { method: 'POST', body }),
    stop: async (how: NodeJS.Signals) => {
      child.kill(how);
      await ended;
    },
  };
}

const leavesOf = (name: string, size: number) =>
  Array.from({ length: size }, (_, index) => naive.leafOf(utf8(`${name} ${index}`)));

async function request(name: string, older: number, size: number): Promise<string> {
  const leaves = leavesOf(name, size);
  const proof = older === 0 || older === size ? [] : naive.proof(older, leaves);
  return formatAddCheckpoint({
    older,
    hashes: proof.map((hash) => Uint8Array.from(hash)),
    checkpoint: await signer.sign(
      formatCheckpoint({ origin: signer.name, size, root: Uint8Array.from(naive.mth(leaves)) }),
    ),
  });
}

test('it remembers over restarts, also when killed, and countersigns no fork', async () => {
  const first = await start();
  const answer = await first.post(await request('a', 0, 5));
  expect(answer.status).toBe(200);
  const checkpoint = (await request('a', 0, 5)).split('\n\n').slice(1).join('\n\n');
  const witness = await parseWitnessKey(first.verifier);
  expect(await checkCosignatures(checkpoint + (await answer.text()), witness)).toHaveLength(1);
  await first.stop('SIGKILL');

  const second = await start();
  expect(second.verifier).toBe(first.verifier);
  const conflict = await second.post(await request('b', 0, 8));
  expect([conflict.status, conflict.headers.get('content-type'), await conflict.text()]).toEqual([
    409,
    'text/x.tlog.size',
    '5\n',
  ]);
  expect((await second.post(await request('b', 5, 8))).status).toBe(422);
  expect((await second.post(await request('b', 5, 5))).status).toBe(422);
  expect(second.said()).toContain('CATATAN BERCABANG');
  // Two at once from one state: the second comes too late.
  const both = await Promise.all([8, 9].map(async (size) => second.post(await request('a', 5, size))));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await second.post('x'.repeat(300_000))).status).toBe(413);
  await second.stop('SIGTERM');
  expect(second.code()).toBe(0);

  expect(await checkCosignatures(await readFile(state(), 'utf8'), witness)).toHaveLength(1);
  for (const path of [key(), state()]) expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('what hinders it is told with the options that there are', async () => {
  const first = await start();
  const { port } = first;
  const another = { key: join(folder, 'kunci-lain'), state: join(folder, 'ingatan-lain') };
  for (const [options, sentence] of [
    [{ ...another, port }, `Port ${port} sudah dipakai program lain. Pilih yang lain dengan --port.`],
    [{ ...another, host: '192.0.2.1' }, 'Komputer ini tidak punya alamat 192.0.2.1. Periksa --host.'],
    [
      { ...another, state: folder },
      `Berkas ${folder} tidak dapat dipakai (EISDIR). Periksa --key dan --state.`,
    ],
    [{ ...another, key: join(folder, 'a/b') }, 'Periksa --key dan --state.'],
  ] as const) {
    const refused = await start(signer.verifier, options);
    expect(refused.said()).toContain(sentence);
    expect(refused.said()).not.toMatch(/PORT|IKRAR_|DATABASE_URL|\n {4}at /);
    expect(refused.code()).toBe(1);
  }
  await first.stop('SIGTERM');
});

test('one that has lost its memory or its key does not start', async () => {
  const first = await start();
  await first.post(await request('a', 0, 5));
  await first.stop('SIGTERM');
  const [keyText, stateText] = await Promise.all([key(), state()].map((path) => readFile(path, 'utf8')));

  const refused = async (what: RegExp, log?: string) => {
    const service = await start(log);
    expect(service.said()).toMatch(what);
    expect(service.code()).toBe(1);
  };
  await rm(state());
  await refused(/Ingatan saksi .* tidak ada/);
  await writeFile(state(), stateText!.replace('\n5\n', '\n4\n'));
  await refused(/Ingatan saksi .* rusak/);
  await writeFile(state(), stateText!);
  await refused(/bukan tentang catatan ini/, (await generateSigner('ikrar.example/catatan')).verifier);
  await refused(/--log harus kunci catatan/, 'x');
  await rm(key());
  await refused(/Kunci saksi .* tidak ada, padahal/);
  await writeFile(key(), keyText!.slice(1));
  await refused(/Kunci saksi .* rusak/);
});

const size = () => `${key()}.ukuran`;
const lock = () => `${key()}.jalan`;

/** Does not start, and says why. */
async function refuses(what: string, options: Options = {}): Promise<void> {
  const service = await start(signer.verifier, options);
  expect(service.said()).toContain(what);
  expect(service.said()).not.toMatch(/\n {4}at /);
  await service.ended;
  expect(service.code()).toBe(1);
}

/** A witness that has countersigned 5 entries and then 8, and what it had kept before the second. */
async function outgrown(): Promise<{ older: string; newer: string }> {
  const service = await start();
  await service.post(await request('a', 0, 5));
  const older = await readFile(state(), 'utf8');
  expect((await service.post(await request('a', 5, 8))).status).toBe(200);
  await service.stop('SIGTERM');
  expect(await readFile(size(), 'utf8')).toBe('8\n');
  return { older, newer: await readFile(state(), 'utf8') };
}

test('a state that was emptied, or is an older one, is not believed', async () => {
  const { older, newer } = await outgrown();
  await writeFile(state(), '');
  await refuses(
    `Ingatan saksi ${state()} mundur: isinya 0 catatan, padahal kunci ini sudah menandatangani 8 (${size()}).`,
  );
  await writeFile(state(), older);
  await refuses('mundur: isinya 5 catatan, padahal kunci ini sudah menandatangani 8');
  await refuses('Kembalikan ingatan yang terbaru, atau mulai dengan kunci baru.');
  await writeFile(size(), '8');
  await refuses(`${size()} rusak`);
  await writeFile(size(), '8\n');
  await writeFile(state(), newer);
  const again = await start();
  expect((await again.post(await request('a', 8, 9))).status).toBe(200);
  await again.stop('SIGTERM');

  // A crash came between the two files: the state is ahead.
  await writeFile(size(), '8\n');
  await (await start()).stop('SIGTERM');
  expect(await readFile(size(), 'utf8')).toBe('9\n');

  // The limit: both put back together are as they were.
  await Promise.all([writeFile(size(), '5\n'), writeFile(state(), older)]);
  await (await start()).stop('SIGTERM');
});

test('files of an earlier version go on where they say how far; empty ones an operator must vouch for', async () => {
  await outgrown();
  await Promise.all([size(), lock()].map((path) => rm(path)));
  // A start that fails takes nothing from the next one.
  const other = await start((await generateSigner('ikrar.example/catatan')).verifier);
  expect(other.said()).toContain('bukan tentang catatan ini');
  const again = await start();
  expect(await readFile(size(), 'utf8')).toBe('8\n');
  await again.stop('SIGTERM');

  await Promise.all([size(), lock()].map((path) => rm(path)));
  await writeFile(state(), '');
  await refuses(`Ingatan saksi ${state()} kosong dan ${size()} tidak ada`);
  await refuses('(saksi.example/satu tidak pernah ada di checkpoint catatan): echo 0 > ');
  await refuses('mulai dengan kunci baru: --key dan --state lain.');
  await writeFile(size(), '0\n');
  const vouched = await start();
  expect((await vouched.post(await request('a', 0, 5))).status).toBe(200);
});

test('a size that is missing where this version has run is no earlier version: an older state is not believed', async () => {
  const { older, newer } = await outgrown();
  await rm(size());
  await writeFile(state(), older);
  await refuses(`${size()} tidak ada, padahal saksi ini sudah pernah jalan (${lock()} ada).`);
  await refuses(`Bila pasti belum pernah menandatangani lebih dari 5 catatan: echo 5 > ${size()}`);
  await writeFile(state(), newer);
  await refuses(`echo 8 > ${size()}`);
  await writeFile(size(), '8\n');
  await (await start()).stop('SIGTERM');
});

test('one key has one lock and one size, by whatever names it is reached', async () => {
  const [real, alias] = [join(folder, 'asli'), join(folder, 'tautan')];
  await mkdir(real);
  await symlink(real, alias);
  const [direct, other] = [join(real, 'kunci'), join(folder, 'kunci-tautan')];
  await symlink(direct, other);
  // Also where the link is there first.
  const first = await start(signer.verifier, { key: other, state: join(alias, 'ingatan') });
  expect((await first.post(await request('a', 0, 5))).status).toBe(200);
  for (const spelling of [direct, other, join(alias, 'kunci'), join(real, '../asli/kunci')]) {
    await refuses(`Saksi dengan kunci ${direct} sudah jalan.`, { key: spelling });
  }
  await first.stop('SIGTERM');
  expect(await readFile(`${direct}.ukuran`, 'utf8')).toBe('5\n');
  await writeFile(join(real, 'ingatan'), '');
  await refuses(`(${direct}.ukuran)`, { key: other, state: join(alias, 'ingatan') });
  const hard = join(folder, 'kunci-keras');
  await link(direct, hard);
  await refuses(`Kunci saksi ${hard} punya nama lain (hard link).`, { key: hard });
});

test('a lock file with something in it gets a sentence', async () => {
  await (await start()).stop('SIGTERM');
  for (const garbage of ['x', 'x'.repeat(5_000), new Uint8Array(4096).fill(7)]) {
    await writeFile(lock(), garbage);
    const again = await start();
    expect(again.said()).not.toMatch(/\n {4}at /);
    if (again.code() === null) await again.stop('SIGTERM');
    else expect(again.said()).toContain(`Berkas kunci jalan ${lock()} berisi sesuatu, padahal harus kosong.`);
  }
  await refuses(`Lalu kosongkan, jangan hapus: : > ${lock()}`);
});

test('two on one key: the second does not start, and a killed one leaves nothing in the way', async () => {
  const first = await start();
  await refuses(`Saksi dengan kunci ${key()} sudah jalan.`);
  // Not with a memory of its own either: then it would countersign another tree.
  await refuses('Dua sekaligus dapat menandatangani dua catatan yang berbeda.', {
    state: join(folder, 'lain'),
  });
  await first.stop('SIGKILL');
  const starts = await Promise.all(Array.from({ length: 4 }, () => start()));
  const running = starts.filter(({ code }) => code() === null);
  expect(running).toHaveLength(1);
  expect((await running[0]!.post(await request('a', 0, 5))).status).toBe(200);
});

test('a state that is changed under it: nothing is signed until it is as it was, and it says so', async () => {
  const { older, newer } = await outgrown();
  const service = await start();
  const [next, same] = await Promise.all([request('a', 8, 9), request('a', 8, 8)]);
  for (const change of [
    () => writeFile(state(), older),
    () => writeFile(state(), ''),
    () => rm(state()),
    () => writeFile(size(), '5\n'),
    () => rm(size()),
  ]) {
    await change();
    expect([(await service.post(next)).status, (await service.post(same)).status]).toEqual([503, 503]);
    expect((await service.post(await request('a', 5, 8))).status).toBe(503);
    await Promise.all([writeFile(state(), newer), writeFile(size(), '8\n')]);
  }
  expect(service.said()).toContain(
    `INGATAN SAKSI BERUBAH. ${state()} atau ${size()} ditulis program lain, diganti, atau hilang. Tidak ada yang ditandatangani.`,
  );
  expect((await service.post(same)).status).toBe(200);
  expect((await service.post(next)).status).toBe(200);
});

test('two keys on one state, and a process whose lock was deleted: the other one signs nothing', async () => {
  const other = { key: join(folder, 'kunci-lain') };
  const [a, b] = [await start(), await start(signer.verifier, other)];
  expect((await a.post(await request('a', 0, 5))).status).toBe(200);
  expect((await b.post(await request('b', 0, 5))).status).toBe(503);
  expect(b.said()).toContain('INGATAN SAKSI BERUBAH');
  await b.stop('SIGTERM');
  // And it doesn't take the other's state for its own.
  await refuses(`Ingatan saksi ${state()} rusak, atau bukan tentang catatan ini.`, other);

  await rm(lock());
  const twin = await start();
  expect((await twin.post(await request('a', 5, 8))).status).toBe(200);
  expect((await a.post(await request('b', 5, 8))).status).toBe(503);
});

test('one whose lock file is gone or another signs nothing any more, also when it is put back', async () => {
  for (const change of [() => rm(lock()), () => rename(lock(), `${lock()}-aside`)]) {
    const first = await start();
    const from = Number(await readFile(size(), 'utf8'));
    await change();
    // Its state is as it left it: the lock alone tells.
    const [next, other] = await Promise.all([request('a', from, from + 3), request('b', from, from + 3)]);
    expect((await first.post(other)).status).toBe(503);
    expect(first.said()).toContain(`KUNCI JALAN SAKSI HILANG. ${lock()} dihapus, dipindah, atau diganti`);
    const twin = await start();
    expect((await twin.post(next)).status).toBe(200);
    await twin.stop('SIGTERM');
    await rm(lock());
    await rename(`${lock()}-aside`, lock()).catch(() => {});
    expect((await first.post(other)).status).toBe(503);
    await first.stop('SIGTERM');
    await writeFile(lock(), '');
  }
});

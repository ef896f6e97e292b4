/** The command itself, as a process: it remembers over a restart. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { checkCosignatures, parseWitnessKey } from '../../src/ledger/cosignature.ts';
import { generateSigner } from '../../src/ledger/note.ts';
import { formatRequest } from '../../src/ledger/witness.ts';
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
      'src/node/witness.ts',
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
  return formatRequest({
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
  for (const [options, sentence] of [
    [{ port }, `Port ${port} sudah dipakai program lain. Pilih yang lain dengan --port.`],
    [{ host: '192.0.2.1' }, 'Komputer ini tidak punya alamat 192.0.2.1. Periksa --host.'],
    [{ state: folder }, `Berkas ${folder} tidak dapat dipakai (EISDIR). Periksa --key dan --state.`],
    [{ key: join(folder, 'a/b') }, 'Periksa --key dan --state.'],
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

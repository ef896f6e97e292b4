/**
 * The real service, started as `npm start` starts it, killed and started again. One data folder goes through all of it,
 * in the order of the file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { checkNote, exportSigner, generateSigner, parseVerifier } from '../../src/ledger/note.ts';
import { formatPem } from '../../src/lib/pem.ts';
import { freeOrigin } from '../browser/browser.ts';
import { openHouse } from '../house.ts';

// Several starts each, on a machine that may be busy with the other tests.

const PROGRAM = resolve('dist/node.js');

let data: string;
let origin: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  if (!existsSync(PROGRAM)) throw new Error('first: npm run build');
  data = await mkdtemp(join(tmpdir(), 'ikrar-crash-'));
  await chmod(data, 0o711);
  origin = await freeOrigin();
});
afterEach(() => {
  for (const service of running) service.kill('SIGKILL');
});
afterAll(() => rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

interface Started {
  service: ChildProcess;
  /** All it has printed. */
  said(): string;
  exited: Promise<number | null>;
}

function launch(more: Record<string, string> = {}): Started {
  const environment = { PATH: process.env.PATH!, PORT: new URL(origin).port, IKRAR_DATA: data, ...more };
  const service = spawn(process.execPath, [PROGRAM], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(service);
  let printed = '';
  for (const stream of [service.stdout, service.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const exited = once(service, 'close').then(([code]) => {
    running.delete(service);
    return code as number | null;
  });
  return { service, said: () => printed, exited };
}

/** Started and listening, or an error with what it said. */
async function start(more?: Record<string, string>): Promise<Started> {
  const started = launch(more);
  const ended = started.exited.then(() => Promise.reject(new Error(started.said())));
  const ready = vi.waitFor(() => expect(started.said()).toContain('Ikrar siap di'), {
    timeout: 100_000,
    interval: 50,
  });
  ended.catch(() => {});
  await Promise.race([ready, ended]);
  return started;
}

async function stop({ service, exited }: Started): Promise<void> {
  service.kill('SIGTERM');
  expect(await exited).toBe(0);
}

async function kill({ service, exited }: Started): Promise<void> {
  service.kill('SIGKILL');
  await exited;
}

/** The published checkpoint, after its signature was checked by the published key. */
async function checkpoint() {
  const verifier = await parseVerifier((await (await fetch(`${origin}/catatan/kunci`)).text()).trim());
  const note = await (await fetch(`${origin}/catatan/checkpoint`)).text();
  return { ...parseCheckpoint(await checkNote(note, verifier)), verifier };
}

/** Straight into the database of the running service. */
async function record(entries: number): Promise<void> {
  const [, , , port] = (await readFile(join(data, 'pg/postmaster.pid'), 'utf8')).split('\n');
  const password = (await readFile(join(data, 'keys/postgres'), 'utf8')).trim();
  const sql = postgres(`postgres://ikrar:${password}@127.0.0.1:${port}/ikrar`, { max: 1 });
  const digest = `pernyataan sha256:${'0'.repeat(64)}`;
  await sql`select append_leaf('tanda-tangan', string_to_array(${digest}, '|')) from generate_series(1, ${entries})`;
  await sql.end();
}

test('the first start makes keys for the owner alone and prints the one-time link', async () => {
  const first = await start();
  expect(first.said()).toMatch(
    new RegExp(`^Tautan pertama untuk kantor: ${origin}/kantor/masuk#[\\w-]{20,}$`, 'm'),
  );
  for (const name of ['ledger.pem', 'secret', 'postgres']) {
    expect((await stat(join(data, 'keys', name))).mode & 0o777).toBe(0o600);
  }
  await stop(first);
});

test('killed between recording and integration: nothing is lost, nothing doubled', async () => {
  const first = await start();
  const before = await checkpoint();
  // Stopped, not dead, so that its timer can't be faster than the kill.
  first.service.kill('SIGSTOP');
  await record(3);
  await kill(first);

  const second = await start();
  const after = await checkpoint();
  expect(after.size).toBe(before.size + 3);
  expect(after.verifier).toEqual(before.verifier);
  await kill(second);

  const third = await start();
  expect((await checkpoint()).size).toBe(after.size);
  expect(await readFile(join(data, 'checkpoint'), 'utf8')).toContain(`\n${after.size}\n`);
  await stop(third);
});

test('what another process left waiting is published by the timer', async () => {
  const service = await start();
  const before = await checkpoint();
  await record(2);
  await vi.waitFor(async () => expect((await checkpoint()).size).toBe(before.size + 2), {
    timeout: 60_000,
    interval: 100,
  });
  await stop(service);
});

test('a trial may change its port: the ledger goes on under its name', async () => {
  const first = await start();
  const key = await (await fetch(`${origin}/catatan/kunci`)).text();
  await stop(first);
  const other = await freeOrigin();
  const moved = await start({ PORT: new URL(other).port });
  expect(await (await fetch(`${other}/catatan/kunci`)).text()).toBe(key);
  await stop(moved);
});

test('a restored backup does not fork the ledger', async () => {
  const now = join(data, 'pg');
  const backup = join(data, 'pg-backup');
  await cp(now, backup, { recursive: true, preserveTimestamps: true });
  const service = await start();
  const before = await checkpoint();
  await record(1);
  await vi.waitFor(async () => expect((await checkpoint()).size).toBe(before.size + 1), {
    timeout: 60_000,
    interval: 100,
  });
  await stop(service);

  const later = join(data, 'pg-later');
  await rename(now, later);
  await restoreOwner(backup, later);
  await rename(backup, now);
  const copy = await readFile(join(data, 'checkpoint'), 'utf8');
  const old = await start();
  expect(old.said()).toContain('tidak melanjutkan catatan yang sudah diterbitkan');
  expect((await fetch(`${origin}/sehat`)).status).toBe(503);
  expect((await fetch(`${origin}/daftar`)).status).toBe(200);
  expect((await checkpoint()).size).toBe(before.size);
  await stop(old);
  expect(await readFile(join(data, 'checkpoint'), 'utf8')).toBe(copy);

  await rm(now, { recursive: true });
  await rename(later, now);
  await stop(await start());
});

test('an empty database beside the outside copy starts, stands still and makes no office', async () => {
  const { url } = await openHouse();
  const empty = await start({ DATABASE_URL: url });
  expect(empty.said()).toContain('ledger-forked');
  expect(empty.said()).not.toContain('Tautan pertama');
  expect(await (await fetch(`${origin}/sehat`)).json()).toMatchObject({ halted: { code: 'ledger-forked' } });
  await stop(empty);
});

test('the key of another ledger stops the start with a sentence', async () => {
  const path = join(data, 'keys/ledger.pem');
  const whole = await readFile(path, 'utf8');
  const other = formatPem('PRIVATE KEY', await exportSigner(await generateSigner('elsewhere')));
  await writeFile(path, other);
  const refused = launch();
  expect(await refused.exited).toBe(1);
  expect(refused.said()).toContain('tidak ditandatangani kunci ini');
  expect(refused.said()).toContain('bagian ledger-key-changed');
  await writeFile(path, whole);
  await stop(await start());
});

test('a half-written key stops the start with a sentence that says which', async () => {
  const path = join(data, 'keys/ledger.pem');
  const whole = await readFile(path, 'utf8');
  await writeFile(path, whole.slice(0, 60));
  const refused = launch();
  expect(await refused.exited).toBe(1);
  expect(refused.said().trim()).toBe(
    `File kunci ${path} rusak atau hanya tertulis sebagian. Kembalikan file itu dari cadangan.\nLangkahnya ada di docs/operasi.md, bagian ledger-key-changed.`,
  );
  await writeFile(path, whole);
});

test('a lost key is not made again', async () => {
  const path = join(data, 'keys/secret');
  await rename(path, `${path}.away`);
  const refused = launch();
  expect(await refused.exited).toBe(1);
  expect(refused.said()).toContain(`File kunci ${path} tidak ada`);
  await rename(`${path}.away`, path);
  await stop(await start());
});

test('wrong settings are named all at once, before anything starts', async () => {
  const wrong = { PORT: 'x', DATABASE_URL: 'sqlite://a', IKRAR_ORIGIN: 'http://ikrar.example' };
  const refused = launch({ ...wrong, IKRAR_DATA: '/proc/ikrar' });
  expect(await refused.exited).toBe(1);
  expect(refused.said()).toContain('PORT "x"');
  expect(refused.said()).toContain('DATABASE_URL "sqlite://a"');
  expect(refused.said()).toContain('IKRAR_ORIGIN "http://ikrar.example"');
  expect(refused.said()).toContain('IKRAR_DATA "/proc/ikrar" bukan folder yang dapat ditulisi');
});

test('a second service, with a database of its own, finds the port taken and says so', async () => {
  const first = await start();
  const { url } = await openHouse();
  const other = await mkdtemp(join(tmpdir(), 'ikrar-crash-'));
  await chmod(other, 0o711);
  const second = launch({ IKRAR_DATA: other, DATABASE_URL: url });
  expect(await second.exited).toBe(1);
  expect(second.said()).toContain(`Port ${new URL(origin).port} sudah dipakai program lain`);
  expect((await fetch(`${origin}/sehat`)).status).toBe(200);
  await stop(first);
  await rm(other, { recursive: true, force: true });
});

/** Copies made by root belong to root; PostgreSQL wants its own user. */
async function restoreOwner(folder: string, like: string): Promise<void> {
  const { uid, gid } = await stat(like);
  if (process.getuid?.() !== 0) return;
  const child = spawn('chown', ['-R', `${uid}:${gid}`, folder]);
  await once(child, 'exit');
}

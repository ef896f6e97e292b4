import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from '../../src/node/postgres.ts';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-pg-'));
  await chmod(folder, 0o711);
  data = join(folder, 'pg');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = () => startPostgres(data, { password: 'sandi' });

async function query<T>(url: string, text: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(text)) as unknown as T[];
  } finally {
    await sql.end();
  }
}

test('keeps what was written, and asks for its password', async () => {
  const first = await start();
  await query(first.url, "create table t (a text); insert into t values ('tetap')");
  await expect(query(first.url.replace('sandi', 'salah'), 'select 1')).rejects.toThrow(/password/);
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'select a from t')).toEqual([{ a: 'tetap' }]);
  await second.stop();
});

test('who waits for another says so at once, and goes on when that has ended', async () => {
  const first = await start();
  const said: string[] = [];
  let second!: Promise<EmbeddedPostgres>;
  await new Promise<void>((done) => {
    const say = (line: string) => done(void said.push(line));
    second = startPostgres(data, { password: 'sandi', say });
  });
  expect(said).toEqual([`Folder data ${folder} sedang dipakai. Menunggu paling lama 20 detik …`]);
  await first.stop();
  await (await second).stop();
});

test('a file left by another program with its number is no hindrance', async () => {
  await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n`);
  const server = await start();
  await server.stop();
});

test('ends when its process is killed, and starts again at once', async () => {
  const program = `
    import { startPostgres } from ${JSON.stringify(resolve('src/node/postgres.ts'))};
    const { url } = await startPostgres(${JSON.stringify(data)}, { password: 'sandi' });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  await query(String(line).trim(), "insert into t values ('ditulis lalu mati')");
  child.kill('SIGKILL');
  await once(child, 'exit');
  const server = await start();
  expect(await query(server.url, 'select count(*)::int as n from t')).toEqual([{ n: 2 }]);
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  expect(pid).toBeGreaterThan(0);
  await server.stop();
});

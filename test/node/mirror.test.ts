/** The file that is the copy outside: written by several, and on a disk that doesn't answer. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileMirror } from '../../src/node/mirror.ts';

const folder = await mkdtemp(join(tmpdir(), 'ikrar-mirror-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Adds one to a number in the copy, again and again, each time from what it has read. */
const ADDER = `
  import { fileMirror } from './src/node/mirror.ts';
  const mirror = fileMirror(process.argv[1]);
  for (let done = 0; done < 40; ) {
    const before = await mirror.read();
    if (await mirror.replace(before, String(Number(before) + 1))) done++;
  }`;

test('of several processes on one folder none takes back what another has written', async () => {
  const path = join(folder, 'checkpoint');
  await writeFile(path, '0');
  const adders = [1, 2, 3].map(() =>
    spawn(process.execPath, ['--input-type=module-typescript', '-e', ADDER, path], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const codes = await Promise.all(adders.map(async (one) => (await once(one, 'close'))[0] as number));
  expect(codes).toEqual([0, 0, 0]);
  expect(await readFile(path, 'utf8')).toBe('120');
  expect((await readdir(folder)).sort()).toEqual(['checkpoint', 'checkpoint.giliran']);
  expect(await readFile(`${path}.giliran`, 'utf8')).toBe('');
});

test('at once in one process too', async () => {
  const path = join(folder, 'satu');
  const mirror = fileMirror(path);
  expect(await mirror.replace(null, 'a')).toBe(true);
  const done = await Promise.all(['b', 'c', 'd'].map((next) => mirror.replace('a', next)));
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await mirror.replace(null, 'e')).toBe(false);
});

test('a disk that does not answer is asked once, and the others go on', async () => {
  const path = join(folder, 'macet');
  // Whoever opens it to read waits until somebody writes.
  execFileSync('mkfifo', [path]);
  const mirror = fileMirror(path, 100);
  for (let many = 0; many < 8; many++) {
    await expect(mirror.read()).rejects.toMatchObject({
      code: 'ETIMEDOUT',
      message: `${path}: the disk does not answer`,
    });
  }
  // Files and cryptography have threads left.
  expect(await fileMirror(join(folder, 'satu')).read()).not.toBe(null);
  await crypto.subtle.digest('SHA-256', new Uint8Array(100_000));
  const writer = spawn('sh', ['-c', 'echo lagi > "$0"', path]);
  await once(writer, 'close');
  await expect
    .poll(
      () =>
        mirror
          .read()
          .catch(() => null)
          .then(
            (text) => text,
            () => null,
          ),
      { timeout: 3_000 },
    )
    .toBe(null);
});

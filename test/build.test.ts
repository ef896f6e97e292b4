/** A build under a running service: no file is missing at any time, what is unchanged is left alone, what is stale goes. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtKey, putFiles, verifyOptions } from '../build.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { utf8 } from '../src/lib/bytes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-build-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);
const file = (name: string, text: string) => ({ path: inFolder(name), contents: utf8(text) });

test('each file is there whole while it is replaced', async () => {
  const long = (letter: string) => letter.repeat(2_000_000);
  await putFiles([folder], [file('sign.js', long('a'))]);
  let building = true;
  const seen = new Set<string>();
  const reading = (async () => {
    while (building) {
      const text = await readFile(inFolder('sign.js'), 'utf8').catch((error) => String(error.code));
      seen.add(text.length === 2_000_000 ? 'whole' : text.slice(0, 20));
    }
  })();
  for (let i = 0; i < 30; i++) await putFiles([folder], [file('sign.js', long(i % 2 ? 'a' : 'b'))]);
  building = false;
  await reading;
  expect([...seen]).toEqual(['whole']);
});

test('what is unchanged is not touched, what is stale goes afterwards, what another build has in hand stays', async () => {
  await putFiles([folder], [file('same.js', 'same'), file('sub/old.js', 'old'), file('new.js', '1')]);
  const before = await stat(inFolder('same.js'));
  const staged = `new.js.${crypto.randomUUID()}.baru`;
  await writeFile(inFolder(staged), 'half');
  await putFiles([folder], [file('same.js', 'same'), file('new.js', '2')]);
  const after = await stat(inFolder('same.js'));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(await readFile(inFolder('new.js'), 'utf8')).toBe('2');
  expect((await readdir(folder)).sort()).toEqual(['new.js', staged, 'same.js', 'sub'].sort());
  expect(await readdir(inFolder('sub'))).toEqual([]);
});

test('two builds at once', async () => {
  await mkdir(inFolder('dist'));
  const one = () =>
    putFiles(
      [inFolder('dist')],
      ['a', 'b', 'c'].map((name) => file(`dist/${name}.js`, name)),
    );
  await Promise.all([one(), one(), one()]);
  expect((await readdir(inFolder('dist'))).sort()).toEqual(['a.js', 'b.js', 'c.js']);
});

test('the key that the check was built with is known to the next build', async () => {
  const { verifier } = await generateSigner('ikrar.example/catatan');
  const outfile = inFolder('periksa.mjs');
  expect(await builtKey(outfile)).toBe('');
  await build({ ...(await verifyOptions(verifier)), outfile });
  expect(await builtKey(outfile)).toBe(verifier);
  await build({ ...(await verifyOptions('')), outfile });
  expect(await builtKey(outfile)).toBe('');
});

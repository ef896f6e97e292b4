/**
 * The commands of docs/periksa-sendiri.md, run as they stand there by bash, openssl and coreutils. Nothing is skipped where
 * one of them is missing: then nobody knows whether the page is right.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { generateSigner } from '../../src/ledger/note.ts';
import { FOLDERS, textAt, valuesOf } from '../vectors/seed.ts';

const page = await readFile('docs/periksa-sendiri.md', 'utf8');
const script = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines).join('\n');

/** The number of answers on the page. */
const STEPS = script.match(/^ *jawab (?!\()/gm)!.length;

interface Answers {
  right: string[];
  wrong: string[];
  out: string;
}

async function follow(proof: string, key = textAt('ledger/kunci'), lines = script): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-sendiri-'));
  try {
    await writeFile(join(folder, 'bukti.json'), proof);
    await writeFile(join(folder, 'kunci-catatan'), key);
    const { stdout, stderr } = await promisify(execFile)('bash', ['-u', '-c', lines], { cwd: folder });
    const said = (head: string) =>
      [...stdout.matchAll(new RegExp(`^${head}: (.*)$`, 'gm'))].map(([, what]) => what!);
    return { right: said('cocok'), wrong: said('TIDAK COCOK'), out: stdout + stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the tools of the page are here', async () => {
  const { stdout } = await promisify(execFile)('openssl', ['version']);
  expect(stdout, 'openssl 3 is needed to try the commands of the page').toMatch(/^OpenSSL (?:[3-9]|\d\d)\./);
});

test.each(FOLDERS)('%s: each step of a genuine pledge answers "cocok"', async (folder) => {
  const { right, wrong, out } = await follow(textAt(`${folder}/bukti.json`));
  expect(wrong, out).toEqual([]);
  expect(right).toHaveLength(STEPS);
  expect(STEPS).toBe(17);
  const { statementHash, hashSymbols } = valuesOf(folder);
  expect(out).toContain(`${statementHash}  pernyataan.txt\n${hashSymbols}\n`);
  expect(out).toContain(textAt(`${folder}/pernyataan.txt`));
});

const genuine = textAt('es256/bukti.json');
const other = JSON.parse(textAt('rs256/bukti.json')) as Record<string, string>;
const exchanged = (...keys: string[]): string => {
  const proof = JSON.parse(genuine) as Record<string, string>;
  for (const key of keys) proof[key] = other[key]!;
  return `${JSON.stringify(proof, null, 2)}\n`;
};

test.each<[string, string, string]>([
  ['a name', genuine.replace('Contoh Nama', 'Contoh Lain'), 'tantangan berasal dari pernyataan ini'],
  ['a word', genuine.replace('Menolak', 'Menerima'), 'naskah yang disebut adalah naskah ini'],
  ['the statement', exchanged('pernyataan'), 'tantangan berasal dari pernyataan ini'],
  ['the signature', exchanged('signature'), 'tanda tangan dibuat dengan kunci ini'],
  ['the key', exchanged('publicKey'), 'kunci ini yang disebut dalam pernyataan'],
  [
    'signature, key and all that was signed',
    exchanged('signature', 'publicKey', 'clientDataJSON', 'authenticatorData'),
    'tantangan berasal dari pernyataan ini',
  ],
  ['the entry', exchanged('catatan'), 'entri menyebut pernyataan ini'],
  [
    'the time of the entry',
    genuine.replace('02:10:21Z', '02:10:22Z'),
    'entri ada dalam catatan dengan akar itu',
  ],
  ['the proof', exchanged('tlogProof'), 'entri ada dalam catatan dengan akar itu'],
  [
    'the size',
    genuine.replace('catatan\\n5\\n', 'catatan\\n6\\n'),
    'checkpoint ditandatangani dengan kunci catatan Anda',
  ],
])('%s, exchanged, is found', async (_what, proof, step) => {
  expect(proof).not.toBe(genuine);
  expect((await follow(proof)).wrong).toContain(step);
});

test('another ledger and another site are found', async () => {
  const { verifier } = await generateSigner('ikrar.example/catatan');
  expect((await follow(genuine, `${verifier}\n`)).wrong).toEqual([
    'checkpoint ditandatangani dengan kunci catatan Anda',
  ]);
  const elsewhere = script.replace('situs=ikrar.example', 'situs=lain.example');
  expect((await follow(genuine, undefined, elsewhere)).wrong).toEqual([
    'ditandatangani di situs yang Anda harapkan',
    'kunci sandi dibuat untuk situs itu',
    'pernyataan menyebut catatan situs itu',
  ]);
});

/** Code that shares nothing with src works out roots and proofs from the tiles that are served, and gets the same as we say. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';
import { entryHash, openLog, tilesOf } from './stranger.ts';

const { db, services, request } = await openHouse();
const get = async (path: string): Promise<Buffer> => {
  const answer = await request(`/catatan/${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
};

const { row } = await hasSigned(services, (await openCast(db)).siti);
const grow = async (to: number) => {
  await services.publish();
  const { size } = await openLog(get);
  if (to > size) await append(db, to - size);
  await services.publish();
  return openLog(get);
};

/** `bukti.tlog-proof`, by the letter of https://c2sp.org/tlog-proof. */
async function servedProof(): Promise<{ index: number; hashes: Buffer[] }> {
  const text = await (await request(`/p/${formatCode(row.kode)}/bukti.tlog-proof`)).text();
  const [, index, ...hashes] = text.slice(0, text.indexOf('\n\n')).split('\n');
  return {
    index: Number(index!.slice('index '.length)),
    hashes: hashes.map((line) => Buffer.from(line, 'base64')),
  };
}

async function servedConsistency(older: number, newer: number): Promise<Buffer[]> {
  const [, , , ...hashes] = (await get(`konsistensi/${older}/${newer}`)).toString().trimEnd().split('\n');
  return hashes.map((line) => Buffer.from(line, 'base64'));
}

test.each([
  ['one partial tile', 100, ['tile/0/000.p/100']],
  ['one full tile, and the first hash above it', 256, ['tile/0/000', 'tile/1/000.p/1']],
  ['one entry more', 257, ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']],
  [
    'full and partial tiles on two levels',
    700,
    ['tile/0/000', 'tile/0/001', 'tile/0/002.p/188', 'tile/1/000.p/2'],
  ],
])('%s', async (_, size, paths) => {
  const log = await grow(size);
  expect(log.size).toBe(size);
  expect(tilesOf(size).map(([path]) => path)).toEqual(paths);

  expect(log.root(size)).toEqual(log.signedRoot);

  const { index, hashes } = await servedProof();
  expect(hashes.length).toBeGreaterThan(0);
  expect(log.inclusion(index, size)).toEqual(hashes);
  const [kept] = await db.execute<{ entry: string }>(sql`select entry from leaf where log_index = ${index}`);
  const { entry } = kept!;
  expect(entryHash(Buffer.from(entry))).toEqual(log.leaf(index));

  for (const older of [1, 2, 3, 64, 99, 100, 128, 255, 256, 257, 511, 512, 513, 699, 700]) {
    if (older > size) continue;
    expect([older, log.consistency(older, size)]).toEqual([older, await servedConsistency(older, size)]);
  }
});

test.each(['tile/0/001', 'tile/1/000.p/2'])('a hash changed in %s is noticed', async (changed) => {
  const altered = async (path: string) => {
    const bytes = await get(path);
    if (path === changed) bytes[40]! ^= 1;
    return bytes;
  };
  await expect(openLog(altered)).rejects.toThrow('stranger: level 1, hash 1');
});

test('a hash changed in the last tile gives another root', async () => {
  const log = await openLog(async (path) => {
    const bytes = await get(path);
    if (path === 'tile/0/002.p/188') bytes[40]! ^= 1;
    return bytes;
  });
  expect(log.root(log.size)).not.toEqual(log.signedRoot);
});

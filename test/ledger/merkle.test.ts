import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkConsistency,
  checkInclusion,
  type HashReader,
  leafHash,
  nodeHash,
  proveBoth,
  proveConsistency,
  proveInclusion,
  rootOf,
} from '../../src/ledger/merkle.ts';
import { fromHex, hex, utf8 } from '../../src/lib/bytes.ts';
import * as naive from './naive.ts';

const LARGEST = 100;
const leaves = Array.from({ length: LARGEST }, (_, at) => naive.leafOf(utf8(`entry ${at}`)));

/** Reads from the leaves, and refuses to look past the size of the tree that is asked about. */
const reader = (size: number, from = leaves, seen = from === leaves ? hashed : new Map()): HashReader => {
  return async (nodes) =>
    nodes.map(({ level, index }) => {
      const end = (index + 1) * 2 ** level;
      if (end > size) throw new Error(`past the tree: ${level}/${index}`);
      const key = `${level}/${index}`;
      const hash = seen.get(key) ?? naive.mth(from.slice(index * 2 ** level, end));
      seen.set(key, hash);
      return hash;
    });
};
const hashed = new Map<string, Uint8Array>();

const sizes = Array.from({ length: LARGEST + 1 }, (_, size) => size);
/** Where also everything that must not pass is tried: small trees, and those around a power of two. */
const triedHard = (size: number): boolean => size <= 24 || (size >= 63 && size <= 65) || size === LARGEST;
const rootAt = sizes.map((size) => naive.mth(leaves.slice(0, size)));
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte));

test('the root at every size from 0 to 100', async () => {
  for (const size of sizes) expect(hex(await rootOf(size, reader(size)))).toBe(hex(rootAt[size]!));
});

test('inclusion of every entry at every size from 0 to 100', async () => {
  for (const size of sizes) {
    const root = rootAt[size]!;
    for (let index = 0; index < size; index++) {
      const proof = await proveInclusion(size, index, reader(size));
      expect(proof.map(hex)).toEqual(naive.path(index, leaves.slice(0, size)).map(hex));
      if (!(await checkInclusion(size, index, root, leaves[index]!, proof)))
        throw new Error(`${index} of ${size}`);
      if (!triedHard(size)) continue;
      // Nothing else passes: another leaf, place, size, root; a hash changed, missing or too many.
      const others = await Promise.all([
        checkInclusion(size, index, root, flipped(leaves[index]!), proof),
        checkInclusion(size, index, flipped(root), leaves[index]!, proof),
        checkInclusion(size, index + 1, root, leaves[index]!, proof),
        checkInclusion(size, index - 1, root, leaves[index]!, proof),
        checkInclusion(size, index, root, leaves[index]!, [...proof, root]),
        proof.length > 0 && checkInclusion(size, index, root, leaves[index]!, proof.slice(1)),
        proof.length > 0 && checkInclusion(size, index, root, leaves[index]!, proof.slice(0, -1)),
        proof.length > 0 && checkInclusion(size, index, root, leaves[index]!, proof.map(flipped)),
        size > 1 && checkInclusion(2 * size, index, root, leaves[index]!, proof),
      ]);
      if (others.includes(true)) throw new Error(`${index} of ${size}: ${others}`);
    }
  }
});

test('consistency of every pair of sizes from 0 to 100', async () => {
  for (const size of sizes) {
    for (let older = 0; older <= size; older++) {
      const [first, second] = [rootAt[older]!, rootAt[size]!];
      const proof = await proveConsistency(older, size, reader(size));
      if (older > 0) expect(proof.map(hex)).toEqual(naive.proof(older, leaves.slice(0, size)).map(hex));
      if (!(await checkConsistency(older, first, size, second, proof)))
        throw new Error(`${older} to ${size}`);
      if (!triedHard(size)) continue;
      const others = await Promise.all([
        checkConsistency(older, flipped(first), size, second, proof),
        older > 0 && checkConsistency(older, first, size, flipped(second), proof),
        checkConsistency(older, first, size, second, [...proof, second]),
        checkConsistency(size + 1, first, size, second, proof),
        proof.length > 0 && checkConsistency(older, first, size, second, proof.slice(1)),
        proof.length > 0 && checkConsistency(older, first, size, second, proof.slice(0, -1)),
        proof.length > 0 && checkConsistency(older, first, size, second, proof.map(flipped)),
      ]);
      if (others.includes(true)) throw new Error(`${older} to ${size}: ${others}`);
    }
  }
});

test('both at once are the two, with one reading', async () => {
  for (const size of sizes.filter(triedHard).slice(1)) {
    for (let index = 0; index < size; index++) {
      let readings = 0;
      const once: HashReader = (nodes) => {
        readings++;
        return reader(size)(nodes);
      };
      const older = (index * 7) % (size + 1);
      const both = await proveBoth({ older, index }, size, once);
      expect(readings).toBeLessThanOrEqual(1);
      expect(both.inclusion).toEqual(await proveInclusion(size, index, reader(size)));
      expect(both.consistency).toEqual(await proveConsistency(older, size, reader(size)));
    }
  }
});

test('the vectors of the Certificate Transparency reference', async () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map(fromHex);
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const hashes = await Promise.all(inputs.map(leafHash));
  for (const [size, root] of roots.entries()) {
    expect(hex(await rootOf(size, reader(size, hashes)))).toBe(root);
  }
  expect((await proveInclusion(8, 5, reader(8, hashes))).map(hex)).toEqual([
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
  expect((await proveConsistency(6, 8, reader(8, hashes))).map(hex)).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
});

test('what is no size, place or hash proves nothing and is never proved', async () => {
  const root = rootAt[3]!;
  for (const [size, index] of [
    [0, 0],
    [3, 3],
    [3, -1],
    [3, 1.5],
    [2 ** 60, 0],
    [Number.NaN, 0],
  ] as const) {
    expect(await checkInclusion(size, index, root, leaves[0]!, [])).toBe(false);
    await expect(proveInclusion(size, index, reader(3))).rejects.toThrow('merkle: no such entry');
  }
  expect(await checkInclusion(1, 0, leaves[0]!.slice(1), leaves[0]!.slice(1), [])).toBe(false);
  await expect(proveConsistency(4, 3, reader(3))).rejects.toThrow('merkle: the older tree');
});

test('a proof of another height proves nothing, whatever root is brought with it', async () => {
  // Proofs don't name their tree: who brings one may bring the size, the place and the root too.
  for (let from = 1; from <= 12; from++) {
    for (let at = 0; at < from; at++) {
      const proof = naive.path(at, leaves.slice(0, from));
      for (let size = 0; size <= 24; size++) {
        for (let index = 0; index <= size; index++) {
          if (index < size && naive.path(index, leaves.slice(0, size)).length === proof.length) continue;
          const taken = await checkInclusion(size, index, rootAt[from]!, leaves[at]!, proof);
          if (taken) throw new Error(`${at} of ${from} as ${index} of ${size}`);
        }
      }
    }
  }
});

test('a proof of continuing that goes on above both roots, or ends below them, is none', async () => {
  const above = leaves[9]!;
  for (let size = 2; size <= 12; size++) {
    for (let older = 1; older < size; older++) {
      const proof = naive.proof(older, leaves.slice(0, size));
      const [first, second] = [rootAt[older]!, rootAt[size]!];
      const under = (root: Uint8Array) => nodeHash(above, root);
      const higher = checkConsistency(older, await under(first), size, await under(second), [
        ...proof,
        above,
      ]);
      expect(await higher, `${older} to ${size}`).toBe(false);
      const whole = [2 * size, 4 * size, 2 ** 20];
      for (const other of whole)
        expect(await checkConsistency(older, first, other, second, proof), `${older} to ${other}`).toBe(
          false,
        );
    }
  }
});

test('no tree is the beginning of a smaller one, though hashes are there that would say so', async () => {
  const [a, b] = leaves as [Uint8Array, Uint8Array];
  expect(await checkConsistency(3, a, 2, await nodeHash(a, b), [a, b])).toBe(false);
});

test('a hash of another length is none, though its parent is known', async () => {
  const short = leaves[1]!.subarray(1);
  const root = await nodeHash(leaves[0]!, short);
  expect(await checkInclusion(2, 0, root, leaves[0]!, [short])).toBe(false);
  const higher = await nodeHash(root, leaves[2]!);
  expect(await checkInclusion(4, 0, higher, leaves[0]!, [short, leaves[2]!])).toBe(false);
  expect(await checkConsistency(1, leaves[0]!, 2, root, [short])).toBe(false);
  expect(await checkConsistency(1, leaves[0]!, 4, higher, [short, leaves[2]!])).toBe(false);
});

test('half an entry, or one of none, is in no tree', async () => {
  const [leaf, beside] = [leaves[0]!, leaves[1]!];
  const root = await nodeHash(leaf, beside);
  expect(await checkInclusion(1, 0, leaf, leaf, [])).toBe(true);
  for (const index of [0.5, -0.5, -1, 1, Number.NaN])
    expect(await checkInclusion(1, index, leaf, leaf, []), `${index}`).toBe(false);
  for (const size of [1.5, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(await checkInclusion(size, 0, root, leaf, [beside]), `${size}`).toBe(false);
  for (const older of [0.5, -1, Number.NaN])
    expect(await checkConsistency(older, leaf, 2, root, [beside]), `${older}`).toBe(false);
  for (const size of [1.5, 2.5, Number.NaN])
    expect(await checkConsistency(1, leaf, size, root, [beside]), `${size}`).toBe(false);
});

test('trees of 2^48 entries are the greatest', async () => {
  const level: Uint8Array[] = [leaves[0]!];
  for (let at = 1; at <= 48; at++) level.push(naive.mth([level[at - 1]!, level[at - 1]!]));
  const read: HashReader = async (nodes) => nodes.map((node) => level[node.level]!);
  const root = await rootOf(2 ** 48, read);
  const proof = await proveInclusion(2 ** 48, 0, read);
  expect(await checkInclusion(2 ** 48, 0, root, level[0]!, proof)).toBe(true);
  await expect(rootOf(2 ** 48 + 1, read)).rejects.toThrow('merkle: not a size');
  await expect(rootOf(-1, read)).rejects.toThrow('merkle: not a size');
  await expect(rootOf(1.5, read)).rejects.toThrow('merkle: not a size');
  await expect(proveInclusion(2 ** 48 + 1, 0, read)).rejects.toThrow('merkle: no such entry');
  await expect(proveConsistency(0, 2 ** 48 + 1, read)).rejects.toThrow('merkle: the older tree');
  await expect(proveConsistency(1.5, 3, read)).rejects.toThrow('merkle: the older tree');
});

test('a reader is asked only if there is something to read, and must answer all of it', async () => {
  const never: HashReader = () => Promise.reject(new Error('asked'));
  expect(await proveInclusion(1, 0, never)).toEqual([]);
  expect(await proveConsistency(0, 5, never)).toEqual([]);
  expect(await proveConsistency(5, 5, never)).toEqual([]);
  const short: HashReader = async (nodes) => (await reader(7)(nodes)).slice(1);
  await expect(rootOf(7, short)).rejects.toThrow('merkle: the reader gave another number');
});

test('sizes beyond 32 bits: a proof is as tall as the tree, and a wrong one fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2 ** 31, max: 2 ** 45 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (size, part) => {
        const index = Math.floor(size * part);
        // A tree whose subtrees all have the hash of their level: every proof can be written down.
        const level: Uint8Array[] = [leaves[0]!];
        for (let at = 1; at <= 46; at++) level.push(naive.mth([level[at - 1]!, level[at - 1]!]));
        const read: HashReader = async (nodes) => nodes.map((node) => level[node.level]!);
        const proof = await proveInclusion(size, index, read);
        const root = await rootOf(size, read);
        expect(await checkInclusion(size, index, root, leaves[0]!, proof)).toBe(true);
        expect(await checkInclusion(size, index, root, leaves[1]!, proof)).toBe(false);
        const older = Math.max(1, index);
        const consistency = await proveConsistency(older, size, read);
        expect(await checkConsistency(older, await rootOf(older, read), size, root, consistency)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

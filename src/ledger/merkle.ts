/**
 * The Merkle tree of RFC 6962, section 2: hashes, roots, proofs. SHA-256. Shown at every size from 0 to 100 by
 * test/ledger/merkle.test.ts.
 *
 * The tree is known by its complete subtrees: node (level, index) covers the 2^level entries from index × 2^level on.
 * A tree of 7 entries has these, and its root is node(a, node(b, c)) of the ones in brackets:
 *
 *     level 2       [a = 0]
 *     level 1     0       1     [b = 2]
 *     level 0   0   1   2   3   4   5  [c = 6]
 *
 * Nothing here reads a database: it asks a `HashReader` for the nodes it needs, all at once. Sizes and indexes are
 * safe integers, so shifts are divisions.
 */
import { type Bytes, equal } from '../lib/bytes.ts';
import { sha256 } from '../lib/sha256.ts';

export interface TreeNode {
  level: number;
  index: number;
}

/** Hashes of complete subtrees, in the order asked. Throws if one is not there. */
export type HashReader = (nodes: TreeNode[]) => Promise<Uint8Array[]>;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** MTH({d}) = SHA-256(0x00 ‖ d). */
export const leafHash = (entry: Uint8Array): Promise<Bytes> => sha256(LEAF, entry);

/** SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(NODE, left, right);

/** Root hash, MTH(D[size]), of the tree of `size` entries; of none, SHA-256 of nothing. */
export async function rootOf(size: number, read: HashReader): Promise<Bytes> {
  mustBe(isSize(size), 'not a size');
  return size === 0 ? sha256() : (await rangeHashes([{ from: 0, to: size }], read))[0]!;
}

/** Inclusion proof, PATH(index, D[size]): the hashes that lead from an entry to the root, from below. */
export const proveInclusion = async (size: number, index: number, read: HashReader): Promise<Bytes[]> =>
  rangeHashes(inclusionRanges(size, index), read);

/** Consistency proof, PROOF(older, D[size]): the hashes that show the older tree to be the beginning of the tree of `size`. */
export const proveConsistency = async (older: number, size: number, read: HashReader): Promise<Bytes[]> =>
  rangeHashes(consistencyRanges(older, size), read);

/** Both for one tree, with one reading: that it holds the entry, and that it continues the older tree. */
export async function proveBoth(
  { older, index }: { older: number; index: number },
  size: number,
  read: HashReader,
): Promise<{ inclusion: Bytes[]; consistency: Bytes[] }> {
  const ranges = inclusionRanges(size, index);
  const hashes = await rangeHashes([...ranges, ...consistencyRanges(older, size)], read);
  return { inclusion: hashes.slice(0, ranges.length), consistency: hashes.slice(ranges.length) };
}

function inclusionRanges(size: number, index: number): Range[] {
  mustBe(isSize(size) && isSize(index) && index < size, 'no such entry in the tree');
  const ranges: Range[] = [];
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
    }
  }
  return ranges;
}

function consistencyRanges(older: number, size: number): Range[] {
  mustBe(isSize(size) && isSize(older) && older <= size, 'the older tree is the larger');
  if (older === 0 || older === size) return [];
  const ranges: Range[] = [];
  let from = 0;
  let to = size;
  // Down to where the older tree ends, with what lies beside the way.
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
    }
  }
  // The older root itself is known to who checks, unless the way has turned right.
  if (from > 0) ranges.unshift({ from, to });
  return ranges;
}

/** Verifies an inclusion proof (RFC 9162, section 2.1.3.2): whether the entry with this leaf hash is the one at `index`. */
export async function checkInclusion(
  size: number,
  index: number,
  root: Uint8Array,
  leaf: Uint8Array,
  proof: Uint8Array[],
): Promise<boolean> {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([root, leaf, ...proof])) return false;
  let node = index;
  let last = size - 1;
  let hash: Uint8Array = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = await nodeHash(beside, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = await nodeHash(hash, beside);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
}

/**
 * Verifies a consistency proof (RFC 9162, section 2.1.4.2): whether the older tree is the beginning of the newer one. The
 * empty tree is the beginning of every tree, with an empty proof.
 */
export async function checkConsistency(
  older: number,
  olderRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: Uint8Array[],
): Promise<boolean> {
  if (!isSize(size) || !isSize(older) || older > size || !areHashes([olderRoot, root, ...proof]))
    return false;
  if (older === 0) return proof.length === 0 && equal(olderRoot, await sha256());
  if (older === size) return proof.length === 0 && equal(olderRoot, root);
  const hashes = isPowerOfTwo(older) ? [olderRoot, ...proof] : proof;
  const first = hashes[0];
  if (first === undefined || proof.length === 0) return false;
  let node = older - 1;
  let last = size - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  let olderHash = first;
  let hash = first;
  for (const beside of hashes.slice(1)) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      olderHash = await nodeHash(beside, olderHash);
      hash = await nodeHash(beside, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = await nodeHash(hash, beside);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equal(olderHash, olderRoot) && equal(hash, root);
}

/** Entries `from` … `to` − 1, as RFC 6962 splits them: `from` is a multiple of the largest subtree within. */
interface Range {
  from: number;
  to: number;
}

/** The complete subtrees of a range, the largest first. */
function subtreesOf({ from, to }: Range): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = from; at < to; ) {
    const level = Math.floor(Math.log2(to - at));
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** The hash of each range, with one reading for all of them. */
async function rangeHashes(ranges: Range[], read: HashReader): Promise<Bytes[]> {
  const parts = ranges.map(subtreesOf);
  const nodes = parts.flat();
  const hashes = nodes.length === 0 ? [] : await read(nodes);
  mustBe(hashes.length === nodes.length, 'the reader gave another number of hashes');
  let at = 0;
  const out: Bytes[] = [];
  for (const part of parts) {
    const own = hashes.slice(at, at + part.length);
    at += part.length;
    let hash = Uint8Array.from(own.pop()!);
    while (own.length > 0) hash = await nodeHash(own.pop()!, hash);
    out.push(hash);
  }
  return out;
}

/** The largest power of two below `count`, which is at least 2. */
const splitOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isPowerOfTwo = (value: number): boolean => 2 ** Math.floor(Math.log2(value)) === value;

/** Up to 2^48 logarithms are exact; no ledger comes near it. */
const isSize = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 2 ** 48;

const areHashes = (hashes: Uint8Array[]): boolean => hashes.every((hash) => hash.length === 32);

function mustBe(condition: boolean, what: string): asserts condition {
  if (!condition) throw new RangeError(`merkle: ${what}`);
}

/**
 * The ledger as a stranger reads it: checkpoint and hash tiles over HTTP, roots and proofs worked out from them. Written after
 * RFC 6962 (section 2.1) and https://c2sp.org/tlog-tiles alone; nothing of src stands behind it, and no entry is read.
 *
 *     const log = await openLog(get);
 *     log.root(log.size)          the root, from tiles
 *     log.inclusion(5, log.size)  the path of entry 5
 */
import { createHash } from 'node:crypto';

const hash = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
export const entryHash = (entry: Uint8Array): Buffer => hash(Buffer.of(0), entry);
const node = (left: Uint8Array, right: Uint8Array): Buffer => hash(Buffer.of(1), left, right);

/** The greatest power of two below n. */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** Hash over neighbours, the tree of section 2.1. */
const tree = (hashes: Uint8Array[]): Uint8Array => {
  if (hashes.length === 1) return hashes[0]!;
  const left = split(hashes.length);
  return node(tree(hashes.slice(0, left)), tree(hashes.slice(left)));
};

/** The paths of tiles that hold a tree of this size, each with how many hashes it holds. */
export function tilesOf(size: number): [string, number][] {
  const found: [string, number][] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / 256)) {
    for (let tile = 0; tile * 256 < count; tile++) {
      const width = Math.min(256, count - tile * 256);
      const index = String(tile).padStart(3, '0');
      if (tile > 999) throw new Error('stranger: a ledger this large was not thought of');
      found.push([`tile/${level}/${index}${width < 256 ? `.p/${width}` : ''}`, width]);
    }
  }
  return found;
}

export async function openLog(get: (path: string) => Promise<Buffer>) {
  const [, sizeLine, root] = (await get('checkpoint')).toString().split('\n');
  const size = Number(sizeLine);
  const levels: Uint8Array[][] = [];
  for (const [path, width] of tilesOf(size)) {
    const bytes = await get(path);
    if (bytes.length !== width * 32) throw new Error(`stranger: ${path} holds ${bytes.length} bytes`);
    const level = Number(path.split('/')[1]);
    levels[level] ??= [];
    for (let at = 0; at < bytes.length; at += 32) levels[level].push(bytes.subarray(at, at + 32));
  }
  for (const [above, hashes] of levels.slice(1).entries()) {
    for (const [at, stored] of hashes.entries()) {
      const worked = tree(levels[above]!.slice(at * 256, at * 256 + 256));
      if (Buffer.compare(worked, stored) !== 0) throw new Error(`stranger: level ${above + 1}, hash ${at}`);
    }
  }

  /** Hash of the entries from `from` up to, not with, `to`. */
  const range = (from: number, to: number): Buffer => {
    const count = to - from;
    const level = Math.log2(count) / 8;
    if (Number.isInteger(level) && from % count === 0) return Buffer.from(levels[level]![from / count]!);
    const left = split(count);
    return node(range(from, from + left), range(from + left, to));
  };

  /** PATH(m, D[from:to]) of section 2.1.1. */
  const path = (at: number, from: number, to: number): Buffer[] => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return at < middle
      ? [...path(at, from, middle), range(middle, to)]
      : [...path(at, middle, to), range(from, middle)];
  };

  /** SUBPROOF(m, D[from:to], whole) of section 2.1.2. */
  const subproof = (older: number, from: number, to: number, whole: boolean): Buffer[] => {
    if (older === to) return whole ? [] : [range(from, to)];
    const middle = from + split(to - from);
    return older <= middle
      ? [...subproof(older, from, middle, whole), range(middle, to)]
      : [...subproof(older, middle, to, false), range(from, middle)];
  };

  return {
    size,
    /** As the checkpoint says it. */
    signedRoot: Buffer.from(root!, 'base64'),
    leaf: (at: number): Buffer => range(at, at + 1),
    root: (of: number): Buffer => range(0, of),
    inclusion: (at: number, of: number): Buffer[] => path(at, 0, of),
    consistency: (older: number, newer: number): Buffer[] => subproof(older, 0, newer, true),
  };
}

/**
 * Tiles (https://c2sp.org/tlog-tiles): the tree and its entries in immutable pieces. Shown by
 * test/ledger/formats.test.ts.
 *
 *     tile/0/x001/x234/067         256 leaf hashes, from entry 1234067 × 256 on
 *     tile/1/000.p/17              the first 17 hashes of level 1: each the root of a full tile of level 0
 *     tile/entries/000.p/5         the first 5 entries
 *
 * A path is `tile/<level>/<index>[.p/<width>]`: the level from 0 to 63, or `entries`; the index in groups of three
 * digits, all but the last with an `x` before; the width, from 1 to 255, only for a partial tile.
 * A tile is its hashes one after another, 32 bytes each. A bundle of entries is, for each, its length in two bytes,
 * big-endian, and its bytes.
 */
import { type Bytes, concat } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import type { TreeNode } from './merkle.ts';

export type TileCode = 'tile-malformed';

/** Hashes, or entries, in a full tile. */
export const FULL = 256;

export interface Tile {
  level: number | 'entries';
  index: number;
  /** 1 to 256. */
  width: number;
}

/** Prints the path of a tile. Throws a `TypeError` if there can be no such tile. */
export function formatTilePath({ level, index, width }: Tile): string {
  if (level !== 'entries' && !(Number.isInteger(level) && level >= 0 && level <= 63)) {
    throw new TypeError('tile: not a level');
  }
  if (!Number.isSafeInteger(index) || index < 0) throw new TypeError('tile: not an index');
  if (!Number.isInteger(width) || width < 1 || width > FULL) throw new TypeError('tile: not a width');
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g)!;
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width === FULL ? '' : `.p/${width}`}`;
}

/** The tile of a path, or null if the path is not what `formatTilePath` prints. */
export function parseTilePath(path: string): Tile | null {
  const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(
    path,
  );
  if (!match) return null;
  const tile: Tile = {
    level: match[1] === 'entries' ? 'entries' : Number(match[1]),
    index: Number(match[2]!.replace(/[x/]/g, '')),
    width: match[3] === undefined ? FULL : Number(match[3]),
  };
  try {
    return formatTilePath(tile) === path ? tile : null;
  } catch {
    return null;
  }
}

/** Whether a tree of `size` entries has the whole of this tile. */
export function tileWithin({ level, index, width }: Tile, size: number): boolean {
  const hashes = level === 'entries' ? size : Math.floor(size / FULL ** level);
  return index * FULL + width <= hashes;
}

/** The subtrees whose hashes make up a tile of hashes. */
export function nodesOf({ level, index, width }: Tile & { level: number }): TreeNode[] {
  return Array.from({ length: width }, (_, at) => ({ level: level * 8, index: index * FULL + at }));
}

/** Throws a `TypeError` if these are not 1 to 256 hashes. */
export function formatTile(hashes: Uint8Array[]): Bytes {
  if (hashes.length < 1 || hashes.length > FULL || hashes.some((hash) => hash.length !== 32)) {
    throw new TypeError('tile: not hashes of a tile');
  }
  return concat(...hashes);
}

/** The hashes of a tile. Throws `tile-malformed` on what `formatTile` doesn't print. */
export function parseTile(bytes: Bytes): Bytes[] {
  if (bytes.length === 0 || bytes.length % 32 !== 0 || bytes.length > FULL * 32) {
    throw new Failure<TileCode>('tile-malformed');
  }
  return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.slice(at * 32, at * 32 + 32));
}

/** Throws a `TypeError` if these are not 1 to 256 entries of at most 65,535 bytes. */
export function formatBundle(entries: Uint8Array[]): Bytes {
  if (entries.length < 1 || entries.length > FULL || entries.some(({ length }) => length > 0xffff)) {
    throw new TypeError('tile: not entries of a tile');
  }
  return concat(
    ...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]),
  );
}

/** The entries of a bundle. Throws `tile-malformed` on what `formatBundle` doesn't print. */
export function parseBundle(bytes: Bytes): Bytes[] {
  const entries: Bytes[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 + ((bytes[at]! << 8) | (bytes[at + 1] ?? 0));
    if (at + 1 >= bytes.length || end > bytes.length)
      throw new Failure<TileCode>('tile-malformed', 'cut off');
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  if (entries.length < 1 || entries.length > FULL) throw new Failure<TileCode>('tile-malformed', 'number');
  return entries;
}

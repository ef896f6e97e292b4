/** Every text and byte format of the ledger: what is printed is read back, and nothing else is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency, parseConsistency } from '../../src/ledger/consistency.ts';
import { formatLeaf, JENIS, parseLeaf } from '../../src/ledger/leaf.ts';
import {
  formatBundle,
  formatTile,
  formatTilePath,
  nodesOf,
  parseBundle,
  parseTile,
  parseTilePath,
  tileWithin,
} from '../../src/ledger/tile.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { type Bytes, fromHex, hex, utf8 } from '../../src/lib/bytes.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Uint8Array.from(array));
const size = fc.oneof(fc.nat({ max: 3000 }), fc.maxSafeNat());

const extensions = fc.array(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((line) => [...line].every((letter) => letter >= ' ')),
  { minLength: 1, maxLength: 3 },
);
const checkpoint = fc.record(
  { origin: fc.stringMatching(/^[a-z0-9.:/-]{1,40}$/), size, root: hash, extensions },
  { requiredKeys: ['origin', 'size', 'root'] },
);
const leaf = fc.record({
  jenis: fc.constantFrom(...JENIS),
  fields: fc.array(
    fc.tuple(fc.stringMatching(/^[a-z][a-z-]{0,12}$/), fc.stringMatching(/^[!-~]{1,9}( [!-~]{1,9}){0,2}$/)),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  waktu: fc
    .date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000)),
});
const proof = fc.record({
  index: size,
  hashes: fc.array(hash, { maxLength: 12 }),
  checkpoint: checkpoint.map((value) => `${formatCheckpoint(value)}\n\u2014 a AAAAAAA=\n`),
});

/** A printed text with one place changed is refused, or was printed like this by something else. */
function onlyPrinted<T>(
  value: fc.Arbitrary<T>,
  format: (value: T) => string,
  parse: (text: string) => T,
  code: string,
): void {
  fc.assert(fc.property(value, (given) => void expect(parse(format(given))).toEqual(given)));
  const puts = ['', '\n', '\n\n', ' ', '=', '0', 'x', '+', '-', '\r', '\u00a0', 'é'];
  fc.assert(
    fc.property(value, fc.nat(), fc.constantFrom(...puts), fc.boolean(), (given, at, put, replace) => {
      const printed = format(given);
      const where = at % (printed.length + 1);
      const changed = printed.slice(0, where) + put + printed.slice(where + (replace ? 1 : 0));
      let read: T;
      try {
        read = parse(changed);
      } catch (error) {
        expect(error).toMatchObject({ code });
        return;
      }
      expect(format(read)).toBe(changed);
    }),
    { numRuns: 500 },
  );
}

test('checkpoint', () => {
  onlyPrinted(checkpoint, formatCheckpoint, parseCheckpoint, 'checkpoint-malformed');
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  expect(parseCheckpoint(`example.com/behind-the-sofa\n20852163\n${root}\n`)).toMatchObject({
    origin: 'example.com/behind-the-sofa',
    size: 20852163,
  });
  const extended = `a\n1\n${root}\nextension\n \n`;
  expect(parseCheckpoint(extended).extensions).toEqual(['extension', ' ']);
  expect(parseCheckpoint(`a\n1\n${root}\n`)).not.toHaveProperty('extensions');
  for (const bad of [
    '',
    `a\n01\n${root}\n`,
    `a\n1\n${root}`,
    `a\n1\n${root}\nextension`,
    `a\n1\n${root}\n\nextension\n`,
    `a\n1\n${root}\nextension\n\n`,
    `a\n1\n${root}\nexten\tsion\n`,
    `a\n-1\n${root}\n`,
    `a\n9999999999999999\n${root}\n`,
    `\n1\n${root}\n`,
  ]) {
    expect(() => parseCheckpoint(bad), bad).toThrow('checkpoint-malformed');
  }
});

test('leaf', () => {
  onlyPrinted(leaf, formatLeaf, parseLeaf, 'leaf-malformed');
  const good = `ikrar/catatan@v1\njenis tanda-tangan\npernyataan sha256:00\nwaktu 2026-11-23T02:10:21Z\n`;
  expect(formatLeaf(parseLeaf(good))).toBe(good);
  for (const bad of [
    '',
    good.trimEnd(),
    good.replace('v1', 'v2'),
    good.replace('tanda-tangan', 'lain'),
    good.replace('pernyataan sha256:00\n', ''),
    good.replace('02:10', '25:10'),
    good.replace('11-23', '02-30'),
    good.replace('21Z', '21.000Z'),
    good.replace('sha256:00', 'Ahmad  Fauzi'),
    good.replace('sha256:00', 'Ā'),
  ]) {
    expect(() => parseLeaf(bad), bad).toThrow('leaf-malformed');
  }
});

test('proof', () => {
  onlyPrinted(proof, formatProof, parseProof, 'tlog-proof-malformed');
  const good = `c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/log\n1\n${'A'.repeat(43)}=\n\n\u2014 a AAAAAAA=\n`;
  expect(parseProof(good)).toMatchObject({ index: 0, hashes: [] });
  for (const bad of [
    '',
    good.replace('v1', 'v2'),
    good.replace('index 0', 'index 00'),
    good.replace('index 0', 'extra AA==\nindex 0'),
    good.slice(0, 32),
  ]) {
    expect(() => parseProof(bad), bad).toThrow('tlog-proof-malformed');
  }
});

test('consistency proof', () => {
  const consistency = fc
    .record({ sizes: fc.tuple(size, size), hashes: fc.array(hash, { maxLength: 12 }) })
    .map(({ sizes: [a, b], hashes }) => ({ older: Math.min(a, b), size: Math.max(a, b), hashes }));
  onlyPrinted(consistency, formatConsistency, parseConsistency, 'consistency-malformed');
  const good = `ikrar/konsistensi@v1\ndari 2\nsampai 5\n${'A'.repeat(43)}=\n`;
  expect(parseConsistency(good)).toEqual({ older: 2, size: 5, hashes: [new Uint8Array(32)] });
  for (const bad of [
    '',
    good.trimEnd(),
    good.replace('v1', 'v2'),
    good.replace('dari 2', 'sejak 2'),
    good.replace('dari 2', 'dari 6'),
    good.replace('dari 2', 'dari 02'),
    good.replace('sampai 5', 'hingga 5'),
    good.replace(/A+=/, 'AA=='),
    `${good}\n`,
    good.slice(0, 21),
  ]) {
    expect(() => parseConsistency(bad), bad).toThrow('consistency-malformed');
  }
});

test('what could not be read again is not printed', () => {
  const root = new Uint8Array(32);
  const long = (count: number) => Array.from({ length: count }, () => root);
  const no = new Uint8Array(31);
  const at = new Date('2026-11-23T02:10:21Z');
  const digest: [string, string][] = [['pernyataan', 'sha256:00']];
  const plain = { origin: 'a', size: 1, root };
  const tile = { level: 0, index: 0, width: 1 } as const;
  const sizes = [-1, 1.5, 2 ** 53, Number.NaN];
  const refused: Record<string, (() => unknown)[]> = {
    'checkpoint: not an origin': ['', 'a\nb', 'a\u0000', 'a\u202e'].map(
      (origin) => () => formatCheckpoint({ ...plain, origin }),
    ),
    'checkpoint: not a size': sizes.map((size) => () => formatCheckpoint({ ...plain, size })),
    'checkpoint: not a root': [() => formatCheckpoint({ ...plain, root: no })],
    'checkpoint: not extension lines': ['', 'a\nb', 'a\u0000', '\ud800'].map(
      (line) => () => formatCheckpoint({ ...plain, extensions: ['x', line] }),
    ),
    'consistency: not two sizes': [
      ...sizes.map((older) => () => formatConsistency({ older, size: 2 ** 53 - 1, hashes: [] })),
      ...sizes.map((size) => () => formatConsistency({ older: 0, size, hashes: [] })),
      () => formatConsistency({ older: 2, size: 1, hashes: [] }),
    ],
    'consistency: not hashes': [long(65), [root, no]].map(
      (hashes) => () => formatConsistency({ older: 1, size: 2, hashes }),
    ),
    'tlog-proof: not an index': sizes.map(
      (index) => () => formatProof({ index, hashes: [], checkpoint: 'x\n' }),
    ),
    'tlog-proof: not hashes': [long(64), [root, no]].map(
      (hashes) => () => formatProof({ index: 0, hashes, checkpoint: 'x\n' }),
    ),
    'tlog-proof: not a checkpoint': ['', 'x'].map(
      (checkpoint) => () => formatProof({ index: 0, hashes: [], checkpoint }),
    ),
    'leaf: no such kind': [() => formatLeaf({ jenis: 'lain' as 'segel', fields: digest, waktu: at })],
    'leaf: no field': [() => formatLeaf({ jenis: 'segel', fields: [], waktu: at })],
    'leaf: not a field': [
      ['', 'x'],
      ['a', ''],
      ['A', 'x'],
      ['1', 'x'],
      ['-a', 'x'],
      ['a', ' x'],
      ['a', 'x '],
      ['a', 'x  y'],
      ['a', 'x\ty'],
      ['a', 'ā'],
      ['a b', 'c'],
      ['a', 'x\nb y'],
    ].map(
      (field) => () =>
        formatLeaf({ jenis: 'segel', fields: [...digest, field as [string, string]], waktu: at }),
    ),
    'tile: not a level': [-1, 64, 1.5, Number.NaN].map((level) => () => formatTilePath({ ...tile, level })),
    'tile: not an index': sizes.map((index) => () => formatTilePath({ ...tile, index })),
    'tile: not a width': [0, 257, 1.5, Number.NaN].map((width) => () => formatTilePath({ ...tile, width })),
    'tile: not hashes of a tile': [[], long(257), [root, no]].map((hashes) => () => formatTile(hashes)),
    'tile: not entries of a tile': [[], long(257)].map((entries) => () => formatBundle(entries)),
  };
  for (const [message, all] of Object.entries(refused))
    for (const print of all) expect(print, String(print)).toThrow(new TypeError(message));
});

test('the longest of each is read again', () => {
  const longest = 'a'.repeat(65_535 - formatLeaf(leafOf('')).length);
  expect(parseLeaf(formatLeaf(leafOf(longest))).fields[0]![1]).toBe(`x${longest}`);
  expect(() => formatLeaf(leafOf(`${longest}a`))).toThrow(new TypeError('leaf: too long'));
  const hashes = (count: number) => Array.from({ length: count }, () => new Uint8Array(32));
  const consistency = { older: 0, size: 2 ** 53 - 1, hashes: hashes(64) };
  expect(parseConsistency(formatConsistency(consistency))).toEqual(consistency);
  const proof = { index: 2 ** 53 - 1, hashes: hashes(63), checkpoint: '\n' };
  expect(parseProof(formatProof(proof))).toEqual(proof);
  expect(parseTile(formatTile(hashes(256)))).toHaveLength(256);
  const bundle = [new Uint8Array(65_535), ...hashes(255)];
  expect(parseBundle(formatBundle(bundle))).toEqual(bundle);
});

const leafOf = (more: string) => ({
  jenis: 'segel' as const,
  fields: [['pdf', `x${more}`]] as [string, string][],
  waktu: new Date('2026-11-23T02:10:21Z'),
});

test('path of a tile', () => {
  expect(formatTilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
  expect(formatTilePath({ level: 'entries', index: 5, width: 17 })).toBe('tile/entries/005.p/17');
  const tile = fc.record({
    level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
    index: size,
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(fc.property(tile, (given) => void expect(parseTilePath(formatTilePath(given))).toEqual(given)));
  fc.assert(
    fc.property(tile, fc.nat(), fc.constantFrom('', '0', 'x', '/', '.p/', '9'), (given, at, put) => {
      const printed = formatTilePath(given);
      const where = at % (printed.length + 1);
      const changed = printed.slice(0, where) + put + printed.slice(where + 1);
      const read = parseTilePath(changed);
      if (read) expect(formatTilePath(read)).toBe(changed);
    }),
  );
  for (const bad of [
    '',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/-1/000',
    'tile/0/000/',
    'tile/data/000',
    'tile/0/x999/x999/x999/x999/x999/999',
  ]) {
    expect(parseTilePath(bad), bad).toBe(null);
  }
});

test("which tiles a tree has: the specification's example of 70,000 entries", () => {
  const has = (path: string): boolean => tileWithin(parseTilePath(path)!, 70_000);
  expect(has('tile/0/272')).toBe(true);
  expect(has('tile/0/273.p/112')).toBe(true);
  expect(has('tile/0/273.p/113')).toBe(false);
  expect(has('tile/entries/273.p/112')).toBe(true);
  expect(has('tile/0/273')).toBe(false);
  expect(has('tile/1/000')).toBe(true);
  expect(has('tile/1/001.p/17')).toBe(true);
  expect(has('tile/1/001.p/18')).toBe(false);
  expect(has('tile/2/000.p/1')).toBe(true);
  expect(has('tile/2/000.p/2')).toBe(false);
  expect(has('tile/3/000.p/1')).toBe(false);
  expect(has('tile/63/000.p/1')).toBe(false);
});

test('a tile of level 1 is made of subtrees of 256', () => {
  expect(nodesOf({ level: 1, index: 2, width: 3 })).toEqual([
    { level: 8, index: 512 },
    { level: 8, index: 513 },
    { level: 8, index: 514 },
  ]);
});

test('contents of tiles', () => {
  const hashes = fc.array(hash, { minLength: 1, maxLength: 256 });
  fc.assert(
    fc.property(hashes, (given) => void expect(parseTile(formatTile(given))).toEqual(given)),
    { numRuns: 20 },
  );
  const entries = fc.array(
    fc.uint8Array({ maxLength: 300 }).map((array) => Uint8Array.from(array)),
    { minLength: 1, maxLength: 256 },
  );
  fc.assert(
    fc.property(entries, (given) => void expect(parseBundle(formatBundle(given))).toEqual(given)),
    { numRuns: 50 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (given) => {
      let read: Bytes[];
      try {
        read = parseBundle(Uint8Array.from(given));
      } catch (error) {
        expect(error).toMatchObject({ code: 'tile-malformed' });
        return;
      }
      expect(formatBundle(read)).toEqual(Uint8Array.from(given));
    }),
  );
  expect(hex(formatBundle([utf8('ab'), utf8('')]))).toBe('000261620000');
  for (const length of [0, 31, 33, 257 * 32])
    expect(() => parseTile(new Uint8Array(length)), `${length}`).toThrow('tile-malformed');
  // Cut off within a length, within an entry; none; more than a bundle holds.
  for (const bundle of ['00', '0001', '00016100', '000061', ''])
    expect(() => parseBundle(fromHex(bundle)), bundle).toThrow('tile-malformed');
  expect(() => parseBundle(new Uint8Array(2 * 257))).toThrow('tile-malformed');
  expect(parseBundle(new Uint8Array(2 * 256))).toHaveLength(256);
  expect(() => formatBundle([utf8('a'), new Uint8Array(65_536)])).toThrow('tile: not entries');
});

import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { ARCHIVE_LIMITS, crc32, openArchive, unpackEntry } from '../../src/sheet/archive.ts';

const FILES = { 'a.txt': strToU8('isi a '.repeat(100)), 'b/c.txt': strToU8('isi c') };
const zip = (files: Parameters<typeof zipSync>[0] = FILES, level: 0 | 6 = 6): Uint8Array =>
  zipSync(files, { level });

/** The bytes with a number of a central header, or of the end, in another value. */
function altered(
  bytes: Uint8Array,
  of: 'central' | 'end',
  at: number,
  width: 2 | 4,
  value: number,
): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  const magic = of === 'central' ? 0x02014b50 : 0x06054b50;
  let from = 0;
  while (view.getUint32(from, true) !== magic) from++;
  if (width === 2) view.setUint16(from + at, value, true);
  else view.setUint32(from + at, value, true);
  return copy;
}

const codeOf = async (bytes: Uint8Array): Promise<string> => {
  const opened = await openArchive(new Uint8Array(bytes));
  return opened.ok ? 'ok' : opened.code;
};
const unpack = async (bytes: Uint8Array, name = 'a.txt'): Promise<Uint8Array | null> => {
  const opened = await openArchive(new Uint8Array(bytes));
  if (!opened.ok) throw new Error(opened.code);
  return unpackEntry(opened.archive, name);
};

test('CRC-32 of its check value', async () => {
  expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
});

test.each([0, 6] as const)('what was packed comes out, at level %i', async (level) => {
  for (const [name, bytes] of Object.entries(FILES))
    expect(await unpack(zip(FILES, level), name)).toEqual(bytes);
  expect(await unpack(zip(FILES, level), 'd')).toBeNull();
});

test('a comment may stand at the end, as long as it says', async () => {
  const bytes = zip();
  const commented = new Uint8Array([...altered(bytes, 'end', 20, 2, 3), 1, 2, 3]);
  expect(await codeOf(commented)).toBe('ok');
  expect(await codeOf(commented.subarray(0, -1))).toBe('archive-broken');
});

describe('is refused before a byte is unpacked', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'archive-broken'],
    ['its beginning', () => zip().subarray(0, 60), 'archive-broken'],
    ['its end', () => zip().subarray(60), 'archive-broken'],
    ['more bytes', () => new Uint8Array(ARCHIVE_LIMITS.bytes + 1), 'archive-bytes'],
    [
      'more entries',
      () => zip(Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`${n}`, strToU8('x')]))),
      'archive-entries',
    ],
    ['a part of several', () => altered(zip(), 'end', 4, 2, 1), 'archive-broken'],
    ['fewer entries than there are', () => altered(zip(), 'end', 10, 2, 1), 'archive-broken'],
    ['encrypted', () => altered(zip(), 'central', 8, 2, 1), 'archive-locked'],
    ['encrypted otherwise', () => altered(zip(), 'central', 8, 2, 0x2000), 'archive-locked'],
    ['packed in another way', () => altered(zip(), 'central', 10, 2, 12), 'archive-broken'],
    ['ZIP64', () => altered(zip(), 'central', 24, 4, 0xffffffff), 'archive-broken'],
    ['a size that is not declared', () => altered(zip(), 'central', 24, 4, 0), 'archive-broken'],
    ['more than DEFLATE can make', () => altered(zip(), 'central', 24, 4, 100_000), 'archive-broken'],
    ['packed bytes that are not there', () => altered(zip(), 'central', 20, 4, 5_000), 'archive-broken'],
    ['a place behind the end', () => altered(zip(), 'central', 42, 4, 5_000), 'archive-broken'],
    [
      'more in all',
      () => zip({ 'a.txt': new Uint8Array(20_000_000), 'b.txt': new Uint8Array(12_000_001) }),
      'archive-unpacked',
    ],
    ['one name twice', () => renamed(zip(), 'b/c.txt', 'A.TXT'), 'archive-broken'],
    ['a way out', () => renamed(zip(), 'b/c.txt', '../.txt'), 'archive-broken'],
    ['a place of a disk', () => renamed(zip(), 'b/c.txt', 'c:/.txt'), 'archive-broken'],
    ['a root', () => renamed(zip(), 'b/c.txt', '/bc.txt'), 'archive-broken'],
    ['one within another', () => overlapped(zip()), 'archive-broken'],
  ])('%s', async (_, make, code) => {
    expect(await codeOf(zip())).toBe('ok');
    expect(await codeOf(make())).toBe(code);
  });

  const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
    Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'));
  function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
    return to.length === from.length
      ? replaced(bytes, from, to)
      : zip({ 'a.txt': FILES['a.txt'], [to]: strToU8('x') });
  }
  /** The second entry's place is the first one's. */
  function overlapped(bytes: Uint8Array): Uint8Array {
    const copy = new Uint8Array(bytes);
    const view = new DataView(copy.buffer);
    const central: number[] = [];
    for (let at = 0; at < copy.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) central.push(at);
    view.setUint32(central[1]! + 42, 0, true);
    return copy;
  }
});

describe('is not unpacked', () => {
  test('if it has more than it declares, or less', async () => {
    const size = FILES['a.txt'].length;
    expect(await unpack(altered(zip(), 'central', 24, 4, size - 1))).toBeNull();
    expect(await unpack(altered(zip(), 'central', 24, 4, size + 1))).toBeNull();
    expect(await unpack(zip())).toEqual(FILES['a.txt']);
  });
  test('if a bit of it is another', async () => {
    const bytes = zip(FILES, 0);
    const at = Buffer.from(bytes).indexOf('isi a');
    bytes[at]! ^= 1;
    expect(await unpack(bytes)).toBeNull();
  });
  test('if its checksum is another', async () => {
    expect(await unpack(altered(zip(), 'central', 16, 4, 1))).toBeNull();
  });
});

/** ZIP files as strangers make them: what is in them is read, and what only hostile ones have is refused by name. */
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { Failure } from '../../src/lib/failure.ts';
import { type ReadPiece, readPacked, readZipDirectory } from '../../src/lib/zip-directory.ts';

const MOST = 1_000;
const pieceOf =
  (zip: Bytes): ReadPiece =>
  async (from, to) =>
    zip.slice(from, to);
const directoryOf = (zip: Bytes) => readZipDirectory(zip.length, pieceOf(zip), MOST);

interface Made {
  name: string;
  body: string;
  method?: number;
  flags?: number;
  /** What the central directory says instead. */
  size?: number;
  packed?: number;
  from?: number;
}

/** By hand, so that it may lie. */
function made(entries: readonly Made[], comment = ''): Bytes {
  const parts: Bytes[] = [];
  const central: Bytes[] = [];
  let at = 0;
  for (const one of entries) {
    const [name, body] = [utf8(one.name), utf8(one.body)];
    const size = one.size ?? body.length;
    const packed = one.packed ?? body.length;
    const shared = [20, one.flags ?? 0x800, one.method ?? 0, 0, 0];
    const head = (first: number[], after: number[]) => {
      const bytes = new Uint8Array(first.length * 2 + 12 + after.length * 2);
      const view = new DataView(bytes.buffer);
      for (const [index, value] of first.entries()) view.setUint16(index * 2, value, true);
      view.setUint32(first.length * 2 + 4, packed, true);
      view.setUint32(first.length * 2 + 8, size, true);
      for (const [index, value] of after.entries())
        view.setUint16(first.length * 2 + 12 + index * 2, value, true);
      return bytes;
    };
    const from = one.from ?? at;
    const local = concat(head([0x4b50, 0x0403, ...shared], [name.length, 0]), name, body);
    central.push(
      concat(
        head(
          [0x4b50, 0x0201, 20, ...shared],
          [name.length, 0, 0, 0, 0, 0, 0, from & 0xffff, Math.floor(from / 65536)],
        ),
        name,
      ),
    );
    parts.push(local);
    at += local.length;
  }
  const directory = concat(...central);
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, directory.length, true);
  view.setUint32(16, at, true);
  view.setUint16(20, comment.length, true);
  return concat(...parts, directory, end, utf8(comment));
}

test('what another program has packed is read, stored or deflated, with folders left out', async () => {
  const zip = new Uint8Array(
    zipSync({
      'satu.txt': [utf8('satu'), { level: 0 }],
      dalam: { 'Ḥāfiẓ.txt': utf8('dua '.repeat(50)) },
      kosong: {},
    }),
  );
  const { entries, refused } = await directoryOf(zip);
  expect(refused).toEqual([]);
  expect(entries.map(({ name, deflated, size }) => [name, deflated, size])).toEqual([
    ['satu.txt', false, 4],
    ['dalam/Ḥāfiẓ.txt', true, 200],
  ]);
  expect(utf8Text(await readPacked(entries[0]!, pieceOf(zip)))).toBe('satu');
  expect((await readPacked(entries[1]!, pieceOf(zip))).length).toBe(entries[1]!.packed);
});

test('with a comment behind it, and with a name whose accents stand apart', async () => {
  const zip = made([{ name: 'Ma\u0304.pdf', body: 'x' }], 'catatan');
  expect((await directoryOf(zip)).entries.map(({ name }) => name)).toEqual(['M\u0101.pdf']);
});

describe('an entry that only hostile files have', () => {
  const good: Made = { name: 'baik.pdf', body: 'baik' };
  test.each<[string, Made[], string]>([
    ['a way out', [{ name: '../keluar.pdf', body: 'x' }], 'entry-path'],
    ['a way out from inside', [{ name: 'a/../../keluar.pdf', body: 'x' }], 'entry-path'],
    ['an absolute name', [{ name: '/etc/passwd', body: 'x' }], 'entry-path'],
    ['a drive', [{ name: 'C:keluar.pdf', body: 'x' }], 'entry-path'],
    ['backslashes', [{ name: '..\\keluar.pdf', body: 'x' }], 'entry-path'],
    ['a control', [{ name: 'a\u0000.pdf', body: 'x' }], 'entry-path'],
    ['no name', [{ name: '', body: 'x' }], 'entry-path'],
    ['a name twice', [good], 'entry-twice'],
    ['encryption', [{ name: 'a.pdf', body: 'x', flags: 0x801 }], 'entry-encrypted'],
    ['another method', [{ name: 'a.pdf', body: 'x', method: 12 }], 'entry-method'],
    ['too large unpacked', [{ name: 'a.pdf', body: 'x', method: 8, size: MOST + 1 }], 'entry-large'],
    ['bytes of another one', [{ name: 'a.pdf', body: 'x', from: 0 }], 'entry-shared'],
    ['more bytes than there are', [{ name: 'a.pdf', body: 'x', packed: 900, size: 900 }], 'entry-shared'],
    ['stored, of two sizes', [{ name: 'a.pdf', body: 'x', size: 5 }], 'entry-shared'],
  ])('%s', async (_what, entries, code) => {
    const { entries: read, refused } = await directoryOf(made([good, ...entries]));
    expect(refused.map((one) => one.code)).toContain(code);
    // Of two that share bytes neither is read.
    expect(read.map(({ name }) => name)).toEqual(entries[0]!.from === 0 ? [] : [good.name]);
  });
});

const codeOf = async (zip: Bytes): Promise<string> => {
  try {
    await directoryOf(zip);
    return 'read';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

test('what is none, is cut off anywhere, or is larger than any', async () => {
  const zip = made([{ name: 'a.pdf', body: 'isi' }]);
  expect(await codeOf(zip)).toBe('read');
  expect(await codeOf(new Uint8Array())).toBe('zip-malformed');
  expect(await codeOf(utf8('%PDF-1.7'))).toBe('zip-malformed');
  for (let at = 0; at < zip.length; at++)
    expect(await codeOf(zip.slice(0, at)), String(at)).toBe('zip-malformed');
  expect(await codeOf(concat(utf8('MZ'), zip))).toBe('zip-malformed');
  expect(await codeOf(made([{ name: 'a.pdf', body: 'x', size: 0xffffffff }]))).toBe('zip-64');
});

test('an entry that isn’t where the directory says isn’t read', async () => {
  const zip = made([{ name: 'a.pdf', body: 'isi' }]);
  const { entries } = await directoryOf(zip);
  zip[0] = 0;
  await expect(readPacked(entries[0]!, pieceOf(zip))).rejects.toThrow('zip-malformed');
});

/**
 * The central directory of a ZIP file (APPNOTE 6.3.10) that a stranger has made: what is in it, without unpacking anything. Shown by
 * test/lib/zip-directory.test.ts.
 *
 * What only hostile files have is refused by name: ways out of a folder, a name twice, entries that share bytes (so that a small file
 * unpacks to a large one), a size beyond what is asked for. What few files have isn't read: encryption, several disks, ZIP64.
 */
import type { Bytes } from './bytes.ts';
import { Failure } from './failure.ts';

/** `zip-malformed`: no ZIP, or cut off. `zip-64`: larger than any that is asked for. `zip-many`: too many entries. */
export type ZipCode = 'zip-malformed' | 'zip-64' | 'zip-many';

/** Why an entry isn't for reading. */
export type ZipEntryCode =
  | 'entry-path'
  | 'entry-twice'
  | 'entry-shared'
  | 'entry-large'
  | 'entry-encrypted'
  | 'entry-method';

export interface ZipEntry {
  /** With `/` between folders. */
  name: string;
  deflated: boolean;
  /** In bytes, as it lies there and unpacked. */
  packed: number;
  size: number;
  /** CRC-32 of what is unpacked. */
  crc: number;
  /** Its local header; and where the next thing begins. */
  from: number;
  to: number;
}

export interface ZipDirectory {
  entries: ZipEntry[];
  refused: { name: string; code: ZipEntryCode }[];
}

/** A piece of the file. */
export type ReadPiece = (from: number, to: number) => Promise<Bytes>;

const MOST_ENTRIES = 65_534;
const END = 22;
const CENTRAL = 46;
const LOCAL = 30;

const view = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const malformed = (detail: string) => new Failure<ZipCode>('zip-malformed', detail);

/** `length`: of the file. `most`: what an entry may have unpacked. Folders are left out. Throws `Failure<ZipCode>`. */
export async function readZipDirectory(length: number, read: ReadPiece, most: number): Promise<ZipDirectory> {
  const { count, from, to } = findDirectory(await read(Math.max(0, length - END - 0xffff), length), length);
  const bytes = await read(from, to);
  const all = view(bytes);
  const entries: (ZipEntry & { flags: number; method: number })[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + CENTRAL > bytes.length || all.getUint32(at, true) !== 0x02014b50) throw malformed('entry');
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => all.getUint16(at + field, true));
    const next = at + CENTRAL + nameLength! + extra! + comment!;
    if (next > bytes.length) throw malformed('name');
    const [packed, size, local] = [20, 24, 42].map((field) => all.getUint32(at + field, true));
    if ([packed, size, local].includes(0xffffffff)) throw new Failure<ZipCode>('zip-64');
    entries.push({
      name: decode(bytes.subarray(at + CENTRAL, at + CENTRAL + nameLength!)),
      flags: all.getUint16(at + 8, true),
      method: all.getUint16(at + 10, true),
      deflated: all.getUint16(at + 10, true) === 8,
      packed: packed!,
      size: size!,
      crc: all.getUint32(at + 16, true),
      from: local!,
      to: from,
    });
    at = next;
  }
  if (at !== bytes.length) throw malformed('bytes after the entries');
  const byPlace = entries.toSorted((a, b) => a.from - b.from);
  for (const [index, entry] of byPlace.entries()) {
    // Of two at one place neither has any room.
    entry.to = byPlace[index - 1]?.from === entry.from ? entry.from : (byPlace[index + 1]?.from ?? from);
  }

  const seen = new Set<string>();
  const directory: ZipDirectory = { entries: [], refused: [] };
  for (const { flags, method, ...entry } of entries) {
    const code = refusalOf(entry, flags, method, most) ?? (seen.has(entry.name) ? 'entry-twice' : null);
    seen.add(entry.name);
    if (code !== null) directory.refused.push({ name: entry.name, code });
    else if (!entry.name.endsWith('/')) directory.entries.push(entry);
  }
  return directory;
}

function findDirectory(tail: Bytes, length: number): { count: number; from: number; to: number } {
  const end = view(tail);
  for (let at = tail.length - END; at >= 0; at--) {
    if (end.getUint32(at, true) !== 0x06054b50 || at + END + end.getUint16(at + 20, true) !== tail.length)
      continue;
    const [disk, first, here, count] = [4, 6, 8, 10].map((field) => end.getUint16(at + field, true));
    const [size, from] = [12, 16].map((field) => end.getUint32(at + field, true));
    if (count === 0xffff || from === 0xffffffff) throw new Failure<ZipCode>('zip-64');
    if (count! > MOST_ENTRIES) throw new Failure<ZipCode>('zip-many');
    const to = length - tail.length + at;
    if (disk !== 0 || first !== 0 || here !== count || from! + size! !== to) throw malformed('end');
    return { count: count!, from: from!, to };
  }
  throw malformed('no end');
}

function refusalOf(
  { name, packed, size, from, to }: ZipEntry,
  flags: number,
  method: number,
  most: number,
): ZipEntryCode | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (name === '' || /^\/|\\|:|[\u0000-\u001f]|(?:^|\/)\.{1,2}(?:\/|$)|\/\//.test(name)) return 'entry-path';
  // The strong kind too, and one whose names are masked.
  if ((flags & 0x2041) !== 0) return 'entry-encrypted';
  if (method !== 0 && method !== 8) return 'entry-method';
  if (from + LOCAL + packed > to || (method === 0 && packed !== size)) return 'entry-shared';
  return size > most ? 'entry-large' : null;
}

/** What is no UTF-8 is of an old program: its letters are anybody's guess. */
function decode(bytes: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).normalize('NFC');
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** What may stand behind an entry: how long it was, if its header didn't know (APPNOTE 4.3.9). */
const DESCRIPTOR = 16;

/**
 * The bytes of an entry as they lie there. Throws `zip-malformed` if it isn't where the directory says, or is another one to whoever reads
 * without a directory: by its name, by how it is packed, or since there is more between it and the next.
 */
export async function readPacked(
  { name, deflated, packed, from, to }: ZipEntry,
  read: ReadPiece,
): Promise<Bytes> {
  const head = await read(from, from + LOCAL);
  if (head.length < LOCAL || view(head).getUint32(0, true) !== 0x04034b50) throw malformed('local header');
  const [method, nameLength, extra] = [8, 26, 28].map((field) => view(head).getUint16(field, true));
  const begins = from + LOCAL + nameLength! + extra!;
  const own = decode(await read(from + LOCAL, from + LOCAL + nameLength!));
  if (own !== name || (method === 8) !== deflated) throw malformed('local header');
  if (begins + packed > to || to - begins - packed > DESCRIPTOR) throw malformed('local header');
  return read(begins, begins + packed);
}

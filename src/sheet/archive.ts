/**
 * A workbook's ZIP, which a stranger has made: what its directory declares (lib/zip-directory.ts) is believed or refused before a byte is
 * unpacked, and nothing is unpacked beyond what was declared. Shown by test/sheet/archive.test.ts.
 */
import { Inflate } from 'fflate';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type ReadPiece, readPacked, readZipDirectory, type ZipEntry } from '../lib/zip-directory.ts';

export const ARCHIVE_LIMITS = {
  bytes: 10_000_000,
  entries: 200,
  /** All together, unpacked. */
  unpacked: 32_000_000,
};

export type ArchiveFault =
  | 'archive-bytes'
  | 'archive-broken'
  | 'archive-entries'
  | 'archive-unpacked'
  | 'archive-locked';

export interface Archive {
  read: ReadPiece;
  entries: ReadonlyMap<string, ZipEntry>;
}

/** The most that DEFLATE makes of a byte (RFC 1951): 258 of two bits. */
const DEFLATE_MOST = 1_032;
/** Of what is packed, so that no more is unpacked at once than is looked at. */
const STEP = 8_192;

type Opened = { ok: true; archive: Archive } | { ok: false; code: ArchiveFault };

/** Two entries of one name are one that each reader takes as it likes: names are told apart as Windows does. */
export async function openArchive(bytes: Bytes): Promise<Opened> {
  const refuse = (code: ArchiveFault): Opened => ({ ok: false, code });
  if (bytes.length > ARCHIVE_LIMITS.bytes) return refuse('archive-bytes');
  const read: ReadPiece = async (from, to) => bytes.subarray(from, to);
  const directory = await readZipDirectory(bytes.length, read, ARCHIVE_LIMITS.unpacked).catch((cause) => {
    if (cause instanceof Failure) return null;
    throw cause;
  });
  if (!directory) return refuse('archive-broken');
  const [refused] = directory.refused;
  if (refused) {
    if (refused.code === 'entry-encrypted') return refuse('archive-locked');
    return refuse(refused.code === 'entry-large' ? 'archive-unpacked' : 'archive-broken');
  }
  const { entries } = directory;
  if (entries.length > ARCHIVE_LIMITS.entries) return refuse('archive-entries');
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size < entries.length)
    return refuse('archive-broken');
  // A size that isn't declared, or that its bytes can't have.
  const lies = ({ deflated, packed, size }: ZipEntry): boolean =>
    deflated && (size > packed * DEFLATE_MOST || (size === 0 && packed > 2));
  if (entries.some(lies)) return refuse('archive-broken');
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
  if (unpacked > ARCHIVE_LIMITS.unpacked) return refuse('archive-unpacked');
  return { ok: true, archive: { read, entries: new Map(entries.map((entry) => [entry.name, entry])) } };
}

/** What an entry holds; null if it isn't as it was declared, or there is none. */
export async function unpackEntry({ read, entries }: Archive, name: string): Promise<Uint8Array | null> {
  const entry = entries.get(name);
  if (!entry) return null;
  const packed = await readPacked(entry, read).catch((cause) => {
    if (cause instanceof Failure) return null;
    throw cause;
  });
  const unpacked = packed && entry.deflated ? inflate(packed, entry.size) : packed;
  return unpacked?.length === entry.size && crc32(unpacked) === entry.crc ? unpacked : null;
}

function inflate(packed: Uint8Array, size: number): Uint8Array | null {
  const out = new Uint8Array(size);
  let length = 0;
  let ended = false;
  const stream = new Inflate((part, last) => {
    if (length + part.length <= size) out.set(part, length);
    length += part.length;
    ended ||= last;
  });
  try {
    for (let at = 0; at < packed.length && length <= size; at += STEP) {
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    }
  } catch {
    return null;
  }
  return ended && length === size ? out : null;
}

let table: Uint32Array | undefined;

/** CRC-32 as ZIP has it (APPNOTE.TXT 4.4.7). */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 255]!;
  return ~sum >>> 0;
}

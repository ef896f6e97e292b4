/**
 * A ZIP of a stranger's (APPNOTE.TXT 6.3), as far as a workbook needs one: what its central directory declares is believed or refused
 * before a byte is unpacked, and nothing is unpacked beyond what was declared. Shown by test/sheet/archive.test.ts.
 *
 *     local header, bytes | local header, bytes | … | central header | central header | … | end of central directory
 */
import { Inflate } from 'fflate';

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

interface Entry {
  name: string;
  deflated: boolean;
  crc: number;
  packed: number;
  unpacked: number;
  /** Where its bytes begin. */
  from: number;
}

export interface Archive {
  bytes: Uint8Array;
  entries: ReadonlyMap<string, Entry>;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** A number that stands in a ZIP64 record. */
const ELSEWHERE = 0xffffffff;
/** Of what is packed, so that no more is unpacked at once than is looked at: DEFLATE makes a byte 1,032 at most. */
const STEP = 8_192;

/** Two entries of one name are one that each reader takes as it likes: names are told apart as Windows does. */
export function openArchive(
  bytes: Uint8Array,
): { ok: true; archive: Archive } | { ok: false; code: ArchiveFault } {
  const refuse = (code: ArchiveFault) => ({ ok: false as const, code });
  if (bytes.length > ARCHIVE_LIMITS.bytes) return refuse('archive-bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const u16 = (at: number): number => view.getUint16(at, true);
  const u32 = (at: number): number => view.getUint32(at, true);
  let end = bytes.length - 22;
  // Only a comment may stand behind it, as long as it says.
  while (end >= 0 && !(u32(end) === END && end + 22 + u16(end + 20) === bytes.length)) {
    if (bytes.length - end > 22 + 0xffff) return refuse('archive-broken');
    end--;
  }
  if (end < 0) return refuse('archive-broken');
  const count = u16(end + 10);
  // In parts, or more than this record can say (ZIP64).
  if (u16(end + 4) !== 0 || u16(end + 6) !== 0 || u16(end + 8) !== count) return refuse('archive-broken');
  if (count > ARCHIVE_LIMITS.entries) return refuse('archive-entries');

  const entries = new Map<string, Entry>();
  const names = new Set<string>();
  let at = u32(end + 16);
  if (at + u32(end + 12) !== end) return refuse('archive-broken');
  let unpacked = 0;
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || u32(at) !== CENTRAL) return refuse('archive-broken');
    const [flags, method] = [u16(at + 8), u16(at + 10)];
    const [nameLength, extra, comment] = [u16(at + 28), u16(at + 30), u16(at + 32)];
    const header = u32(at + 42);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry = {
      ...{ name, deflated: method === 8, crc: u32(at + 16), packed: u32(at + 20), unpacked: u32(at + 24) },
      from: 0,
    };
    at += 46 + nameLength + extra + comment;
    if (at > end) return refuse('archive-broken');
    // Encrypted, its strong kind too.
    if ((flags & 0x2041) !== 0) return refuse('archive-locked');
    if (method !== 0 && method !== 8) return refuse('archive-broken');
    if ([entry.packed, entry.unpacked, header].includes(ELSEWHERE)) return refuse('archive-broken');
    // A size that isn't declared; and DEFLATE makes no more of it than that.
    if (entry.deflated ? entry.unpacked > entry.packed * 1032 : entry.unpacked !== entry.packed)
      return refuse('archive-broken');
    if (entry.deflated && entry.unpacked === 0 && entry.packed > 2) return refuse('archive-broken');
    if (name === '' || /[\0\\:]|^\/|(?:^|\/)\.\.(?:\/|$)/.test(name)) return refuse('archive-broken');
    const folded = name.toLowerCase();
    if (names.has(folded)) return refuse('archive-broken');
    names.add(folded);
    if (header + 30 > end || u32(header) !== LOCAL) return refuse('archive-broken');
    entry.from = header + 30 + u16(header + 26) + u16(header + 28);
    unpacked += entry.unpacked;
    if (unpacked > ARCHIVE_LIMITS.unpacked) return refuse('archive-unpacked');
    entries.set(name, entry);
  }
  if (at !== end) return refuse('archive-broken');
  // None within another, nor within the directory: the same bytes unpacked twice are how small files grow.
  const places = [...entries.values()].sort((a, b) => a.from - b.from);
  for (const [n, { from, packed }] of places.entries()) {
    if (from + packed > (places[n + 1]?.from ?? u32(end + 16))) return refuse('archive-broken');
  }
  return { ok: true, archive: { bytes, entries } };
}

/** What an entry holds; null if it isn't as it was declared, or there is none. */
export function unpackEntry({ bytes, entries }: Archive, name: string): Uint8Array | null {
  const entry = entries.get(name);
  if (!entry) return null;
  const packed = bytes.subarray(entry.from, entry.from + entry.packed);
  const unpacked = entry.deflated ? inflate(packed, entry.unpacked) : packed;
  return unpacked?.length === entry.unpacked && crc32(unpacked) === entry.crc ? unpacked : null;
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

/**
 * A version of an event's list as it stood after a change, whole. Shown by test/roster/version.test.ts.
 *
 *     ikrar/daftar@v1
 *     kegiatan 7h2kq0v9xa
 *     versi 3
 *     acak 2h0Zb1kUS3q0pN3bOZr5pJxG0k1l9dQ3u0nq3c1T5aE
 *
 *     kepala desa⇥62.01.01.2008⇥⇥H.⇥Contoh Nama⇥S.Sos., M.AP.⇥Kepala Desa⇥⇥
 *
 * One line a place, sorted by place; fields parted by TAB (⇥): unsur, wilayah, NIP/NRP, gelar depan, nama, gelar belakang,
 * jabatan, pangkat, unit kerja. UTF-8, LF. It holds NIP, so it is never public; its SHA-256 is, and the 32 random bytes
 * (base64url) keep a list of few from being guessed. Parsing accepts only what formatting prints again.
 */
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, randomBytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { isId } from '../lib/id.ts';
import { isUnsur } from '../naskah/wording.ts';
import { placeOf, type RosterEntry } from './person.ts';

export interface RosterVersion {
  kegiatanId: string;
  versi: number;
  /** 32 random bytes. */
  acak: Bytes;
  /** Any order; no two of one place. */
  entries: readonly RosterEntry[];
}

export const newAcak = (): Bytes => randomBytes(32);

const FIELDS = [
  'unsur',
  'wilayah',
  'nip',
  'gelarDepan',
  'nama',
  'gelarBelakang',
  'jabatan',
  'pangkat',
  'unitKerja',
] as const satisfies readonly (keyof RosterEntry)[];

/** The line of a place, without its line feed. Throws if a field holds a TAB or a line feed, which no check lets through. */
export function formatLine(entry: RosterEntry): string {
  const line = FIELDS.map((field) => entry[field]).join('\t');
  if (line.includes('\n') || line.split('\t').length !== FIELDS.length) {
    throw new Error('roster: a field with a TAB or a line feed');
  }
  return line;
}

/** The place of a line that has a name, as a list of one; else an empty list. */
export function placeNamed(line: string): string[] {
  const [unsur = '', wilayah = '', nip = '', , nama = ''] = line.split('\t');
  return nama !== '' && isUnsur(unsur) ? [placeOf({ unsur, wilayah, nip })] : [];
}

export function formatVersion({ kegiatanId, versi, acak, entries }: RosterVersion): string {
  const lines = entries
    .map((entry) => ({ place: placeOf(entry), line: formatLine(entry) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ line }) => `${line}\n`);
  return `ikrar/daftar@v1\nkegiatan ${kegiatanId}\nversi ${versi}\nacak ${base64url(acak)}\n\n${lines.join('')}`;
}

/** Throws `Failure<'roster-version'>` on anything that `formatVersion` doesn't print. */
export function parseVersion(text: string): RosterVersion {
  const head = /^ikrar\/daftar@v1\nkegiatan (\S+)\nversi ([1-9]\d{0,8})\nacak ([\w-]{43})\n\n/.exec(text);
  if (!head || !isId(head[1]!)) throw new Failure('roster-version', 'head');
  const body = text.slice(head[0].length);
  if (body !== '' && !body.endsWith('\n')) throw new Failure('roster-version', 'last line');
  const entries = body
    .split('\n')
    .slice(0, -1)
    .map((line): RosterEntry => {
      const cells = line.split('\t');
      const [unsur, wilayah, nip, gelarDepan, nama, gelarBelakang, jabatan, pangkat, unitKerja] = cells as [
        ...string[],
      ] as [string, string, string, string, string, string, string, string, string];
      if (cells.length !== FIELDS.length || !isUnsur(unsur)) throw new Failure('roster-version', 'line');
      return { unsur, wilayah, nip, gelarDepan, nama, gelarBelakang, jabatan, pangkat, unitKerja };
    });
  const version: RosterVersion = {
    kegiatanId: head[1]!,
    versi: Number(head[2]),
    acak: acakOf(head[3]!),
    entries,
  };
  if (formatVersion(version) !== text) throw new Failure('roster-version', 'not as printed');
  return version;
}

function acakOf(text: string): Bytes {
  try {
    return fromBase64url(text);
  } catch (cause) {
    throw new Failure('roster-version', 'acak', { cause });
  }
}

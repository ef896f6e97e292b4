/**
 * Riwayat: a record of what an officer did, or opened, that matters; and the text that lists a day's records, whose digest is
 * an entry of the ledger. Shown by test/office/record.test.ts.
 *
 *     ikrar/riwayat@v1
 *     waktu 2026-11-26T02:10:21Z
 *     penyelenggara 7h2kq0v9xa
 *     petugas 3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11 Rina Contoh
 *     peran penyelenggara
 *     tindakan kegiatan-ubah
 *     kegiatan 5m8r2t0wzc
 *     perihal -
 *     dasar sesi
 *     sebelum batas 2026-11-27T09:00:00Z
 *     sesudah batas 2026-11-28T09:00:00Z
 *     acak 5b0e6d1c2f3a4b5c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e
 *
 *     ikrar/riwayat-hari@v1
 *     hari 2026-11-26
 *     baris 2
 *     sha256:46ba7d81427155a667c05c5e0f92bd932cc11f963bfb273c03a0527d5b3591de
 *     sha256:71624b4d6014ec033ccc6c13f7c7438aadea973b41a5094c44b7f54602ccb162
 *
 * Rules:
 * 1. UTF-8, each line ended by LF. `-` stands for what there is none of: no officer (the installation itself; or nobody known, by a
 *    link), no role (nobody acts in one when signing in), no event, nothing that it is about.
 * 2. `sebelum` and `sesudah`: a line for each thing that it changed, or that says how much; by name, in the order of the letters. One
 *    that is empty has no line. Values are words parted by single spaces.
 * 3. `acak`: two random UUIDs (RFC 9562, version 4) without hyphens. Once the text is erased, nobody guesses it from its digest.
 * 4. No secret, no link, no card's code, no key but the digest of a public one; of a NIP or NRP, and of any number of nine digits or
 *    more in free text, the last four digits.
 * 5. The database writes records itself: `format_record` (format-record.sql) prints the same bytes, and `close_record_days` the
 *    text of a day. Parsing accepts only what formatting prints again.
 */
import { Failure } from '../lib/failure.ts';
import { isUuid } from '../lib/id.ts';
import { isDay, isInstant } from '../lib/instant.ts';
import { type Digest, parseDigest } from '../lib/sha256.ts';
import { TINDAKAN } from './change.ts';
import type { ChangeKind } from './officer-changes.ts';
import { PERAN, type Peran } from './role.ts';

/** What is done to officers and their passkeys, as in `officer_change`. */
const OFFICER_ACTS = [
  ...TINDAKAN,
  'ubah-peran',
  'masuk',
  'kunci-tautan',
  'akhiri-tautan',
] as const satisfies readonly (ChangeKind | 'periksa')[];

/**
 * What is recorded. `masuk`, `keluar`: a session. `-lihat`, `-tampil`, `-unduh`: what was only opened. `-ditolak`: what was refused, at
 * the entrance or of whoever is inside.
 */
export const RECORDED_ACTS = [
  'masuk',
  'masuk-ditolak',
  'keluar',
  'keluar-semua',
  'kegiatan-buat',
  'kegiatan-ubah',
  'kegiatan-naskah',
  'kegiatan-buka',
  'kegiatan-tutup',
  'naskah-tambah',
  'daftar-impor',
  'daftar-ubah',
  'daftar-lihat',
  'kartu-buat',
  'kartu-ganti',
  'kartu-unduh',
  'kartu-tampil',
  'rekap-unduh',
  'pencabutan-ajukan',
  'pencabutan-setujui',
  'pencabutan-batalkan',
  'data-hapus',
  'riwayat-unduh',
  'tindakan-ditolak',
  'penyelenggara-undang',
  ...OFFICER_ACTS.map((act) => `petugas-${act}` as const),
] as const;
export type RecordedAct = (typeof RECORDED_ACTS)[number];
export const isRecordedAct = (text: string): text is RecordedAct =>
  (RECORDED_ACTS as readonly string[]).includes(text);

/** On what ground: a session at the office, a fresh passkey over a text, a one-time link, or a command of the installation. */
export const DASAR = ['sesi', 'kunci-sandi', 'tautan', 'pengelola'] as const;
export type Dasar = (typeof DASAR)[number];

/** Names (lower-case letters and hyphens) and values. */
export type Values = Readonly<Record<string, string>>;

export interface ActRecord {
  /** `2026-11-26T02:10:21Z` */
  waktu: string;
  /** Id of the organiser. */
  penyelenggara: string | null;
  /** Name: as it was then. */
  petugas: { id: string; nama: string } | null;
  peran: Peran | null;
  /** One of `RECORDED_ACTS`, or of a newer release. */
  tindakan: string;
  /** Id of the event. */
  kegiatan: string | null;
  /** What it is about: a code, the id of a place on the list, a name. */
  perihal: string | null;
  dasar: Dasar;
  sebelum: Values;
  sesudah: Values;
  /** 64 hexadecimal digits. */
  acak: string;
}

export type RecordCode = 'record-malformed';

const FIRST_LINE = 'ikrar/riwayat@v1';
const DAY_FIRST_LINE = 'ikrar/riwayat-hari@v1';
const NAME = /^[a-z][a-z-]*$/;

/** Control characters and what parts lines stand for a space, as in format-record.sql. */
const tidy = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what can't stand in a line.
  value.replace(/[\u0001-\u0020\u007f-\u00a0\u2028\u2029]+/g, ' ').replace(/^ | $/g, '');

const linesOf = (kind: 'sebelum' | 'sesudah', values: Values): string[] =>
  Object.entries(values)
    .map(([name, value]) => [name, tidy(value)] as const)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      if (!NAME.test(name)) throw new TypeError('record: no name of a value');
      return `${kind} ${name} ${value}`;
    });

/** Throws a `TypeError` if a part can't stand in one. */
export function formatRecord(r: ActRecord): string {
  const refused = (what: string) => new TypeError(`record: ${what}`);
  const word = (text: string | null): string => {
    const line = tidy(text ?? '');
    return line === '' ? '-' : line;
  };
  if (!isInstant(r.waktu)) throw refused('no instant');
  if (r.penyelenggara !== null && !/^[0-9a-z]{1,40}$/.test(r.penyelenggara)) throw refused('no organiser');
  if (r.petugas !== null && (!isUuid(r.petugas.id) || tidy(r.petugas.nama) === ''))
    throw refused('no officer');
  if (r.peran !== null && !PERAN.includes(r.peran)) throw refused('no role');
  if (!NAME.test(r.tindakan)) throw refused('no act');
  if (!DASAR.includes(r.dasar)) throw refused('no such ground');
  if (!/^[0-9a-f]{64}$/.test(r.acak)) throw refused('not random');
  return [
    FIRST_LINE,
    `waktu ${r.waktu}`,
    `penyelenggara ${word(r.penyelenggara)}`,
    `petugas ${r.petugas === null ? '-' : `${r.petugas.id} ${tidy(r.petugas.nama)}`}`,
    `peran ${word(r.peran)}`,
    `tindakan ${r.tindakan}`,
    `kegiatan ${word(r.kegiatan)}`,
    `perihal ${word(r.perihal)}`,
    `dasar ${r.dasar}`,
    ...linesOf('sebelum', r.sebelum),
    ...linesOf('sesudah', r.sesudah),
    `acak ${r.acak}`,
    '',
  ].join('\n');
}

const LINES =
  /^ikrar\/riwayat@v1\nwaktu (.+)\npenyelenggara (.+)\npetugas (.+)\nperan (.+)\ntindakan (.+)\nkegiatan (.+)\nperihal (.+)\ndasar (.+)\n((?:sebelum .+\n)*)((?:sesudah .+\n)*)acak (.+)\n$/u;

/** Throws `Failure<'record-malformed'>` on anything but what `formatRecord` prints. */
export function parseRecord(text: string): ActRecord {
  try {
    const [whole, ...found] = LINES.exec(text) ?? [];
    if (whole !== undefined) {
      const [waktu, organizer, officer, peran, tindakan, event, about, dasar, before, after, acak] =
        found as string[];
      const none = <T extends string>(word: string | undefined) => (word === '-' ? null : (word as T));
      const parsed: ActRecord = {
        waktu: waktu!,
        penyelenggara: none(organizer),
        petugas: officer === '-' ? null : { id: officer!.slice(0, 36), nama: officer!.slice(37) },
        peran: none<Peran>(peran),
        tindakan: tindakan!,
        kegiatan: none(event),
        perihal: none(about),
        dasar: dasar as Dasar,
        sebelum: valuesOf(before!),
        sesudah: valuesOf(after!),
        acak: acak!,
      };
      if (formatRecord(parsed) === text) return parsed;
    }
  } catch (cause) {
    throw new Failure<RecordCode>('record-malformed', undefined, { cause });
  }
  throw new Failure<RecordCode>('record-malformed');
}

const valuesOf = (lines: string): Values =>
  Object.fromEntries(
    lines
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const [, name, ...rest] = line.split(' ');
        return [name!, rest.join(' ')];
      }),
  );

/** A day (WIB) of the trail: the digests of its records, in the order in which they were written. */
export interface RecordDay {
  /** `2026-11-26` */
  hari: string;
  digests: readonly Digest[];
}

export function formatRecordDay({ hari, digests }: RecordDay): string {
  if (!isDay(hari)) throw new TypeError('record: no day');
  if (!digests.every((digest) => parseDigest(digest) !== null)) throw new TypeError('record: no digest');
  return `${[DAY_FIRST_LINE, `hari ${hari}`, `baris ${digests.length}`, ...digests].join('\n')}\n`;
}

/** Throws `Failure<'record-malformed'>` on anything but what `formatRecordDay` prints. */
export function parseRecordDay(text: string): RecordDay {
  try {
    const [, hari, , ...digests] = text.slice(0, -1).split('\n');
    const day = { hari: hari!.slice('hari '.length), digests: digests as Digest[] };
    if (formatRecordDay(day) === text) return day;
  } catch (cause) {
    throw new Failure<RecordCode>('record-malformed', undefined, { cause });
  }
  throw new Failure<RecordCode>('record-malformed');
}

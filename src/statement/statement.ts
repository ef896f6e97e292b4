/**
 * Pernyataan: the text that is signed. Format `ikrar/pernyataan@v1`, shown by test/statement/statement.test.ts.
 *
 *     ikrar/pernyataan@v1
 *     kode 7K3F-9QXM-2DA7
 *     nomor 800/17/IKRAR/BKBP/XI/2026
 *     penyelenggara 62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat
 *     kegiatan Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat
 *     tempat Hotel Mercure, Pangkalan Bun
 *     tanggal 2026-11-23
 *     nama H. Contoh Nama, S.Sos., M.AP.
 *     unsur kepala desa
 *     jabatan Kepala Desa
 *     wilayah 62.01.01.2008 Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah
 *     identitas undangan pribadi
 *     naskah kades-pilkada/3 sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
 *     daftar sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730
 *     kunci sha256:bf07a7fbb825fc0aae7bf4a1177b2b31fcf8a3feeaf7092761e18c859ee52a9c
 *     catatan ikrar.example/catatan 1042 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
 *     terbit 2026-11-23T02:10:05Z
 *     acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
 *
 *     PERNYATAAN NETRALITAS KEPALA DESA
 *     …
 *
 * Rules:
 * 1. UTF-8, Unicode NFC, at most 16,384 bytes. LF parts the lines; no other control, bidi or zero-width character.
 * 2. The first line names the format. Then each key once, in this order, one space, its value. A value is not empty and
 *    has no space at its ends and no two in a row. An empty line ends the header.
 * 3. All that follows is the wording (`naskah`), byte for byte as the signer read it; it may or may not end in LF.
 * 4. `kode` in groups of four with a right check symbol; days and times as calendars have them; digests as
 *    `sha256:` and 64 lower-case digits; `catatan` is the origin, the size and the root (base64) of the last published
 *    tree, so the pledge was signed after it; `acak` is 32 random bytes, base64url, which keep the digest from being guessed.
 * 5. Parsing accepts only what formatting prints again, byte for byte: one statement, one text, one digest.
 */
import { base32 } from '../lib/base32.ts';
import { base64, fromBase64, isNonce } from '../lib/base64.ts';
import { type Bytes, utf8, utf8Text } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { isDay, isInstant } from '../lib/instant.ts';
import { type Digest, parseDigest, sha256Text } from '../lib/sha256.ts';
import { hiddenCharacter, hiddenCharacterInText, isLine } from '../lib/text.ts';
import { isWordingId } from '../naskah/wording.ts';
import { KODE_WILAYAH } from '../wilayah/area.ts';
import { formatCode, isCode, parseCode } from './code.ts';

const FIRST_LINE = 'ikrar/pernyataan@v1';
const GREATEST_BYTES = 16_384;

/** From `terbit` to the signature's arrival: a phone that lost its network in the hall sends from home the same evening. */
export const HOURS_TO_ARRIVE = 12;

/**
 * From `terbit` to the time of the entry, so that no honest pledge is outside: it arrived in time, and then a row may have
 * waited for a lock or been recorded at a second try, and its entry may have got the time of the one before it.
 */
export const HOURS_TO_ENTRY = HOURS_TO_ARRIVE + 1;

/** The same in milliseconds for an entry that is made now; a minute is left for what it may wait for. */
export const LONGEST = HOURS_TO_ENTRY * 3_600_000 - 60_000;

/** How the signer was told apart from others. */
export const IDENTITAS = ['undangan pribadi', 'undangan pribadi, diperiksa petugas'] as const;
export type Identitas = (typeof IDENTITAS)[number];
/** How, as statements are issued. */
export const ISSUED_AS: Identitas = 'undangan pribadi';

export interface Statement {
  /** Twelve symbols, without hyphens. */
  kode: string;
  nomor: string;
  /** Who holds the declaration: code of its area, and its name. */
  penyelenggara: { wilayah: string; nama: string };
  kegiatan: string;
  tempat: string;
  /** `2026-11-23` */
  tanggal: string;
  /** With titles. */
  nama: string;
  unsur: string;
  jabatan: string;
  /** Code, and `Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah`. */
  wilayah: { kode: string; nama: string };
  identitas: Identitas;
  /** The wording, and the digest of its text, which is `isi`. */
  naskah: { id: string; versi: number; sha256: Digest };
  /** Digest of the list from which the name came. */
  daftar: Digest;
  /** Digest of the signer's public key (SPKI, DER). */
  kunci: Digest;
  /** The last published tree; `root` in base64. */
  catatan: { origin: string; size: number; root: string };
  /** UTC, whole seconds: `2026-11-23T02:10:05Z` */
  terbit: string;
  /** 32 random bytes, base64url. */
  acak: string;
  /** The wording, exactly as shown and signed. */
  isi: string;
}

export type StatementCode =
  | 'statement-size'
  | 'statement-encoding'
  | 'statement-character'
  | 'statement-header'
  | 'statement-value';

const KEYS = [
  'kode',
  'nomor',
  'penyelenggara',
  'kegiatan',
  'tempat',
  'tanggal',
  'nama',
  'unsur',
  'jabatan',
  'wilayah',
  'identitas',
  'naskah',
  'daftar',
  'kunci',
  'catatan',
  'terbit',
  'acak',
] as const;
type Key = (typeof KEYS)[number];

const ORIGIN = /^[^\s]+$/;

/** The text of a statement. Throws `Failure<StatementCode>` if a field can't be written so that it can be read again. */
export function formatStatement(statement: Statement): string {
  const text = printStatement(statement);
  checkText(text);
  checkFields(statement);
  return text;
}

/** The same of what is known to be one, as to compare it: nothing is checked. */
export const printStatement = (statement: Statement): string => {
  const values = valuesOf(statement);
  return `${[FIRST_LINE, ...KEYS.map((key) => `${key} ${values[key]}`)].join('\n')}\n\n${statement.isi}`;
};

const valuesOf = (s: Statement): Record<Key, string> => ({
  kode: formatCode(s.kode),
  nomor: s.nomor,
  penyelenggara: `${s.penyelenggara.wilayah} ${s.penyelenggara.nama}`,
  kegiatan: s.kegiatan,
  tempat: s.tempat,
  tanggal: s.tanggal,
  nama: s.nama,
  unsur: s.unsur,
  jabatan: s.jabatan,
  wilayah: `${s.wilayah.kode} ${s.wilayah.nama}`,
  identitas: s.identitas,
  naskah: `${s.naskah.id}/${s.naskah.versi} ${s.naskah.sha256}`,
  daftar: s.daftar,
  kunci: s.kunci,
  catatan: `${s.catatan.origin} ${s.catatan.size} ${s.catatan.root}`,
  terbit: s.terbit,
  acak: s.acak,
});

/** Throws `Failure<StatementCode>` on anything but what `formatStatement` prints. */
export function parseStatement(given: string | Uint8Array): Statement {
  const text = typeof given === 'string' ? given : decode(given);
  checkText(text);
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  if (end < 0 || lines.length !== KEYS.length + 1 || lines[0] !== FIRST_LINE) {
    throw new Failure<StatementCode>('statement-header');
  }
  const value = (key: Key): string => {
    const line = lines[KEYS.indexOf(key) + 1]!;
    if (!line.startsWith(`${key} `)) throw new Failure<StatementCode>('statement-header', key);
    return line.slice(key.length + 1);
  };
  /** The parts of a value: `heads` words, then the rest. */
  const parts = (key: Key, heads: number): string[] => {
    const words = value(key).split(' ');
    if (words.length <= heads) throw new Failure<StatementCode>('statement-value', key);
    return [...words.slice(0, heads), words.slice(heads).join(' ')];
  };
  const kode = parseCode(value('kode'));
  if (!kode.ok) throw new Failure<StatementCode>('statement-value', kode.code);
  const [organizerArea, organizerName] = parts('penyelenggara', 1);
  const [areaCode, areaName] = parts('wilayah', 1);
  const [wording, wordingDigest] = parts('naskah', 1);
  const [origin, size, root] = parts('catatan', 2);
  const [wordingId, version] = wording!.split('/');
  const statement: Statement = {
    kode: kode.code,
    nomor: value('nomor'),
    penyelenggara: { wilayah: organizerArea!, nama: organizerName! },
    kegiatan: value('kegiatan'),
    tempat: value('tempat'),
    tanggal: value('tanggal'),
    nama: value('nama'),
    unsur: value('unsur'),
    jabatan: value('jabatan'),
    wilayah: { kode: areaCode!, nama: areaName! },
    identitas: value('identitas') as Identitas,
    naskah: { id: wordingId!, versi: Number(version), sha256: wordingDigest as Digest },
    daftar: value('daftar') as Digest,
    kunci: value('kunci') as Digest,
    catatan: { origin: origin!, size: Number(size), root: root! },
    terbit: value('terbit'),
    acak: value('acak'),
    isi: text.slice(end + 2),
  };
  // Each value is checked as the formatter does, and what it prints must be what was read.
  const printed = printStatement(statement);
  if (printed !== text) checkText(printed);
  checkFields(statement);
  if (printed !== text) throw new Failure<StatementCode>('statement-value', 'another spelling');
  return statement;
}

/** SHA-256 of the UTF-8 text: what the QR, the ledger and the evidence name the pledge by. */
export const statementHash = (text: string): Promise<Bytes> => sha256Text(text);

/** The first 160 bits of the hash as 32 Crockford symbols, as in the QR. */
export const hashSymbols = (hash: Uint8Array): string => base32(hash.subarray(0, 20));

/** Whether the words are those that the line `naskah` names. */
export async function wordingMatches(statement: Statement): Promise<boolean> {
  const named = parseDigest(statement.naskah.sha256);
  return named !== null && base64(named) === base64(await sha256Text(statement.isi));
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > GREATEST_BYTES) throw new Failure<StatementCode>('statement-size');
  try {
    return utf8Text(bytes);
  } catch (cause) {
    throw new Failure<StatementCode>('statement-encoding', undefined, { cause });
  }
}

function checkText(text: string): void {
  if (text.length > GREATEST_BYTES || utf8(text).length > GREATEST_BYTES) {
    throw new Failure<StatementCode>('statement-size');
  }
  const hidden = hiddenCharacterInText(text);
  if (hidden !== null) throw new Failure<StatementCode>('statement-character', hidden);
  if (text.normalize('NFC') !== text) throw new Failure<StatementCode>('statement-encoding', 'not NFC');
}

function checkFields(statement: Statement): void {
  const values = valuesOf(statement);
  for (const key of KEYS) checkLine(key, values[key]);
  checkValues(statement);
}

function checkLine(key: Key, value: string): void {
  const hidden = hiddenCharacter(value);
  if (hidden !== null) throw new Failure<StatementCode>('statement-character', `${key}: ${hidden}`);
  // Any other space would look like the one that is allowed.
  if (!isLine(value)) throw new Failure<StatementCode>('statement-value', key);
}

function checkValues(s: Statement): void {
  const holds: Partial<Record<Key | 'isi', boolean>> = {
    kode: isCode(s.kode),
    penyelenggara: KODE_WILAYAH.test(s.penyelenggara.wilayah) && s.penyelenggara.nama !== '',
    tanggal: isDay(s.tanggal),
    wilayah: KODE_WILAYAH.test(s.wilayah.kode) && s.wilayah.nama !== '',
    identitas: IDENTITAS.includes(s.identitas),
    naskah: isWordingId(s.naskah.id) && isCount(s.naskah.versi) && parseDigest(s.naskah.sha256) !== null,
    daftar: parseDigest(s.daftar) !== null,
    kunci: parseDigest(s.kunci) !== null,
    catatan: ORIGIN.test(s.catatan.origin) && isCount(s.catatan.size) && isRoot(s.catatan.root),
    terbit: isInstant(s.terbit),
    acak: isNonce(s.acak),
    isi: s.isi !== '' && !s.isi.startsWith('\n'),
  };
  for (const [key, held] of Object.entries(holds)) {
    if (!held) throw new Failure<StatementCode>('statement-value', key);
  }
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

function isRoot(text: string): boolean {
  try {
    return fromBase64(text).length === 32;
  } catch {
    return false;
  }
}

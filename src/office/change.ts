/**
 * Perubahan petugas: what an officer's passkey signs before there are more or fewer of those who may approve. The browser
 * reads the text and compares it with the page, as with every text (passkey/prompt.ts). Shown by test/office/change.test.ts.
 *
 *     ikrar/perubahan-petugas@v1
 *     situs https://ikrar.example
 *     oleh Rina Contoh
 *     tindakan akhiri-kunci
 *     petugas Budi Contoh
 *     id 3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11
 *     kunci sha256:4d1f…
 *     terbit 2026-11-24T01:30:00Z
 *     acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
 *
 * Rules:
 * 1. UTF-8, Unicode NFC, at most 2048 bytes. Each line ends in LF; no other control, bidi or zero-width character.
 * 2. `oleh` is the officer who acts, `petugas` whom it is about: by name, and by `id` (a UUID) once they are an officer, so in
 *    every act but `undang`.
 * 3. `kunci` is the digest of the public key (SPKI) that is added or ended; it stands in `tambah-kunci` and `akhiri-kunci` alone.
 * 4. `situs` is an origin (RFC 6454), `terbit` is UTC, `acak` 32 random bytes (base64url).
 * 5. Parsing accepts only what formatting prints again, byte for byte.
 */
import { isNonce } from '../lib/base64.ts';
import { utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { isUuid } from '../lib/id.ts';
import { isInstant } from '../lib/instant.ts';
import { type Digest, parseDigest } from '../lib/sha256.ts';
import { isLine } from '../lib/text.ts';
import { isOrigin } from '../passkey/prompt.ts';

/**
 * `undang`: a link for a new officer. `tautan-kunci`: a link for a passkey of one's own on another device. `tambah-kunci`,
 * `akhiri-kunci`: a passkey is added here, or ended. `keluarkan`: an officer is removed. `jamin`: vouched for. `periksa`: the officer
 * has looked at what others have changed.
 */
export const TINDAKAN = [
  'undang',
  'tautan-kunci',
  'tambah-kunci',
  'akhiri-kunci',
  'keluarkan',
  'jamin',
  'periksa',
] as const;
export type Tindakan = (typeof TINDAKAN)[number];

/** What is done, and about whom. */
export interface Change {
  tindakan: Tindakan;
  /** Name. */
  petugas: string;
  /** UUID; null: not an officer yet. */
  id: string | null;
  kunci: Digest | null;
}

export interface ChangeText extends Change {
  situs: string;
  oleh: string;
  terbit: string;
  acak: string;
}

export type ChangeCode = 'change-malformed';

const FIRST_LINE = 'ikrar/perubahan-petugas@v1';
const GREATEST_BYTES = 2048;
const LINES =
  /^ikrar\/perubahan-petugas@v1\nsitus (\S+)\noleh (.+)\ntindakan (\S+)\npetugas (.+)\n(?:id (\S+)\n)?(?:kunci (\S+)\n)?terbit (\S+)\nacak (\S+)\n$/u;

/** Throws a `TypeError` if a value can't be written so that it can be read again. */
export function formatChange(c: ChangeText): string {
  const refused = (what: string) => new TypeError(`change: ${what}`);
  if (!TINDAKAN.includes(c.tindakan)) throw refused('no such act');
  if (!isOrigin(c.situs)) throw refused('no origin');
  if (!isLine(c.oleh) || !isLine(c.petugas)) throw refused('no name');
  const due = (is: boolean, value: string | null, fits: (value: string) => boolean) =>
    value === null ? !is : is && fits(value);
  if (!due(c.tindakan !== 'undang', c.id, isUuid)) throw refused('no id, or one that is not due');
  const isOfKey = c.tindakan === 'tambah-kunci' || c.tindakan === 'akhiri-kunci';
  if (!due(isOfKey, c.kunci, (kunci) => parseDigest(kunci) !== null)) {
    throw refused('no key, or one that is not due');
  }
  if (!isInstant(c.terbit) || !isNonce(c.acak)) throw refused('no instant, or no nonce');
  const lines = [
    FIRST_LINE,
    `situs ${c.situs}`,
    `oleh ${c.oleh}`,
    `tindakan ${c.tindakan}`,
    `petugas ${c.petugas}`,
    ...(c.id === null ? [] : [`id ${c.id}`]),
    ...(c.kunci === null ? [] : [`kunci ${c.kunci}`]),
    `terbit ${c.terbit}`,
    `acak ${c.acak}`,
  ];
  const text = `${lines.join('\n')}\n`;
  if (utf8(text).length > GREATEST_BYTES) throw refused('too long');
  return text;
}

/** Throws `Failure<'change-malformed'>` on anything but what `formatChange` prints. */
export function parseChange(text: string): ChangeText {
  try {
    const found = text.length > GREATEST_BYTES ? null : LINES.exec(text);
    if (found) {
      const [, situs, oleh, tindakan, petugas, id, kunci, terbit, acak] = found as unknown as string[];
      const change = {
        situs: situs!,
        oleh: oleh!,
        tindakan: tindakan as Tindakan,
        petugas: petugas!,
        id: id ?? null,
        kunci: (kunci ?? null) as Digest | null,
        terbit: terbit!,
        acak: acak!,
      };
      if (formatChange(change) === text) return change;
    }
  } catch (cause) {
    throw new Failure<ChangeCode>('change-malformed', undefined, { cause });
  }
  throw new Failure<ChangeCode>('change-malformed');
}

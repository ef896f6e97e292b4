/**
 * Pencabutan: the text by which two officers withdraw a pledge; each signs it with a passkey, as a signer signs a
 * statement (passkey/challenge.ts). Format `ikrar/pencabutan@v1`, shown by test/withdrawal/withdrawal.test.ts.
 *
 *     ikrar/pencabutan@v1
 *     kode 7K3F-9QXM-2DA7
 *     pernyataan sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
 *     penyelenggara 62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat
 *     alasan Undangan dibuka di HP orang lain.
 *     terbit 2026-11-24T01:30:00Z
 *     acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
 *
 * Rules:
 * 1. UTF-8, Unicode NFC. Each line ends in LF; no other control, bidi or zero-width character.
 * 2. The first line names the format. Then each key once, in this order, one space, its value, which has no space at its
 *    ends and no two in a row.
 * 3. `kode` and `pernyataan` (SHA-256) name the pledge, `penyelenggara` is the one of its statement, every value in that
 *    grammar (test/statement/grammar.test.ts), `alasan` has at most
 *    300 characters and is public, `terbit` is UTC, `acak` is 32 random bytes (base64url).
 * 4. Parsing accepts only what formatting prints again, byte for byte.
 */
import { isNonce } from '../lib/base64.ts';
import { utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { isInstant } from '../lib/instant.ts';
import { type Digest, parseDigest } from '../lib/sha256.ts';
import { isLine } from '../lib/text.ts';
import { formatCode, isCode, parseCode } from '../statement/code.ts';
import { KODE_WILAYAH } from '../wilayah/area.ts';

export type WithdrawalCode = 'withdrawal-malformed';

export interface Withdrawal {
  /** Of the pledge: twelve symbols, without hyphens. */
  kode: string;
  /** SHA-256 of the pledge's statement. */
  pernyataan: Digest;
  /** Code of the area, and name. */
  penyelenggara: { wilayah: string; nama: string };
  alasan: string;
  /** UTC, whole seconds: `2026-11-24T01:30:00Z` */
  terbit: string;
  /** 32 random bytes, base64url. */
  acak: string;
}

const FIRST_LINE = 'ikrar/pencabutan@v1';
export const LONGEST_REASON = 300;
const GREATEST_BYTES = 4096;
const LINES =
  /^ikrar\/pencabutan@v1\nkode (\S+)\npernyataan (\S+)\npenyelenggara (\S+) (.+)\nalasan (.+)\nterbit (\S+)\nacak (\S+)\n$/u;

/** Throws a `TypeError` if a value can't be written so that it can be read again. */
export function formatWithdrawal(w: Withdrawal): string {
  const refused = (what: string) => new TypeError(`withdrawal: ${what}`);
  const lines = [
    `kode ${formatCode(w.kode)}`,
    `pernyataan ${w.pernyataan}`,
    `penyelenggara ${w.penyelenggara.wilayah} ${w.penyelenggara.nama}`,
    `alasan ${w.alasan}`,
    `terbit ${w.terbit}`,
    `acak ${w.acak}`,
  ];
  if (!lines.every(isLine)) throw refused('a line that is not one');
  if (!isCode(w.kode) || parseDigest(w.pernyataan) === null) throw refused('no pledge');
  if (!KODE_WILAYAH.test(w.penyelenggara.wilayah) || w.penyelenggara.nama === '')
    throw refused('no organiser');
  if (w.alasan === '' || w.alasan.length > LONGEST_REASON) throw refused('no reason, or a long one');
  if (!isInstant(w.terbit) || !isNonce(w.acak)) throw refused('no instant, or no nonce');
  const text = `${[FIRST_LINE, ...lines].join('\n')}\n`;
  if (utf8(text).length > GREATEST_BYTES) throw refused('too long');
  return text;
}

/** Throws `Failure<'withdrawal-malformed'>` on anything but what `formatWithdrawal` prints. */
export function parseWithdrawal(text: string): Withdrawal {
  try {
    const found = LINES.exec(text)?.slice(1) as
      | [string, string, string, string, string, string, string]
      | undefined;
    const kode = parseCode(found?.[0] ?? '');
    if (found && kode.ok) {
      const [, pernyataan, wilayah, nama, alasan, terbit, acak] = found;
      const withdrawal: Withdrawal = {
        kode: kode.code,
        pernyataan: pernyataan as Digest,
        penyelenggara: { wilayah, nama },
        alasan,
        terbit,
        acak,
      };
      if (formatWithdrawal(withdrawal) === text) return withdrawal;
    }
  } catch (cause) {
    throw new Failure<WithdrawalCode>('withdrawal-malformed', undefined, { cause });
  }
  throw new Failure<WithdrawalCode>('withdrawal-malformed');
}

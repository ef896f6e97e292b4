/**
 * Prompt: the texts that a passkey is asked over when it signs no document. The browser reads the text, compares it with
 * the page and works the challenge out of it (challenge.ts), so that no server gets a signature over bytes of its choice.
 * Shown by test/passkey/prompt.test.ts.
 *
 *     ikrar/masuk@v1
 *     situs https://ikrar.example
 *     terbit 2026-11-24T01:30:00Z
 *     acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
 *
 *     ikrar/kunci-petugas@v1
 *     situs https://ikrar.example
 *     nama Rina Contoh
 *     terbit 2026-11-24T01:30:00Z
 *     acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
 *
 * Rules:
 * 1. UTF-8, Unicode NFC, at most 2048 bytes. Each line ends in LF; no other control, bidi or zero-width character.
 * 2. The first line is `ikrar/`, the purpose, `@v1`; there is no text for two purposes.
 * 3. `situs` is an origin (RFC 6454), `terbit` is UTC, `acak` 32 random bytes (base64url). `nama`, whose the new passkey
 *    will be, stands in the two texts for making one, and in no other.
 * 4. Parsing accepts only what formatting prints again, byte for byte.
 */
import { isNonce } from '../lib/base64.ts';
import { utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { isInstant } from '../lib/instant.ts';
import { isLine } from '../lib/text.ts';

/**
 * `masuk`: an officer logs in. `pengenalan`: a signer's phone finds out which of its passkeys it has; made in the browser
 * and thrown away there. `kunci-penanda-tangan`, `kunci-petugas`: a passkey is made, a signer's or an officer's.
 */
export type Purpose = 'masuk' | 'pengenalan' | 'kunci-penanda-tangan' | 'kunci-petugas';
/** The passkey is made, and signs nothing. */
export type Making = Extract<Purpose, `kunci-${string}`>;

export type Prompt<P extends Purpose> = {
  /** Origin of the site: `https://ikrar.example` */
  situs: string;
  /** UTC, whole seconds. */
  terbit: string;
  /** 32 random bytes, base64url. */
  acak: string;
} & (P extends Making ? { nama: string } : unknown);

export type PromptCode = 'prompt-malformed';

const GREATEST_BYTES = 2048;
const LINES = /^ikrar\/[a-z-]+@v1\nsitus (\S+)\n(?:nama (.+)\n)?terbit (\S+)\nacak (\S+)\n$/u;

const isMaking = (purpose: Purpose): purpose is Making => purpose.startsWith('kunci-');

/** Throws a `TypeError` if a value can't be written so that it can be read again. */
export function formatPrompt<P extends Purpose>(purpose: P, prompt: Prompt<P>): string {
  const refused = (what: string) => new TypeError(`prompt: ${what}`);
  const { situs, terbit, acak, nama } = prompt as Prompt<P> & { nama?: string };
  if (isMaking(purpose) !== (nama !== undefined)) throw refused('a name that is not due, or none');
  if (!isOrigin(situs)) throw refused('no origin');
  if (!isInstant(terbit) || !isNonce(acak)) throw refused('no instant, or no nonce');
  if (nama !== undefined && !isLine(nama)) throw refused('no name');
  const lines = [
    `ikrar/${purpose}@v1`,
    `situs ${situs}`,
    ...(nama === undefined ? [] : [`nama ${nama}`]),
    `terbit ${terbit}`,
    `acak ${acak}`,
  ];
  const text = `${lines.join('\n')}\n`;
  if (utf8(text).length > GREATEST_BYTES) throw refused('too long');
  return text;
}

/** Throws `Failure<'prompt-malformed'>` on anything but what `formatPrompt` prints for this purpose. */
export function parsePrompt<P extends Purpose>(purpose: P, text: string): Prompt<P> {
  try {
    // What doesn't match has no parts, and throws too.
    const [, situs, nama, terbit, acak] = LINES.exec(text)!;
    const prompt = { situs, terbit, acak, ...(nama === undefined ? {} : { nama }) } as Prompt<P>;
    if (formatPrompt(purpose, prompt) === text) return prompt;
  } catch (cause) {
    throw new Failure<PromptCode>('prompt-malformed', undefined, { cause });
  }
  throw new Failure<PromptCode>('prompt-malformed');
}

/** RFC 6454: `https://ikrar.example` */
export const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);

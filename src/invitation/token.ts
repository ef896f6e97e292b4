/**
 * What an invitation opens with: a token in the link and a code typed from the paper card.
 *
 *     https://ikrar.example/u#QQX4AZZ4S34KCQKT0PTZZ9H6RG      26 symbols, 128 bits
 *     G60B-FYEN-88YF-5ARS                                     15 symbols, 75 bits, and a check symbol
 *
 * Both are cut from HMAC-SHA-256(key `undangan`, "<person> <version>"): bytes 0–15 and 16–25. So a card can be printed
 * again while nothing but digests is stored, and a new version makes another card. The token stands after `#`, which
 * no browser sends: it reaches no log.
 */
import { base32, inFours, normalizeSymbols } from '../lib/base32.ts';
import { type Bytes, utf8 } from '../lib/bytes.ts';
import { checkSymbol, checksOut } from '../lib/check-symbol.ts';
import { hasGroups, runsIn, undressed } from '../lib/pasted.ts';
import type { Secret } from '../lib/secret.ts';
import { sha256Text } from '../lib/sha256.ts';

const TOKEN_LENGTH = 26;
const TYPED_LENGTH = 16;

export interface Invitation {
  /** 26 symbols. */
  token: string;
  /** 16 symbols, shown in fours: `formatTyped`. */
  code: string;
}

export async function deriveInvitation(
  secret: Secret,
  personId: string,
  version: number,
): Promise<Invitation> {
  const mac = await secret.mac('undangan', utf8(`${personId} ${version}`));
  const symbols = base32(mac.subarray(16, 26)).slice(0, TYPED_LENGTH - 1);
  return { token: base32(mac.subarray(0, 16)), code: symbols + checkSymbol(symbols) };
}

export const invitationLink = (origin: string, token: string): string => `${origin}/u#${token}`;

/** `G60BFYEN88YF5ARS` -> `G60B-FYEN-88YF-5ARS` */
export const formatTyped = (code: string): string => inFours(code);

export type Typed =
  | { ok: true; symbols: string }
  | { ok: false; code: 'typed-length' | 'typed-symbol' | 'typed-check' };

/** A token or a typed code in any letter case, dress and company, or the link. Tells what is wrong before anything is asked. */
export function parseInvitation(typed: string): Typed {
  const text = undressed(typed);
  const behind = text.slice(text.lastIndexOf('#') + 1);
  const whole = parseSymbols(behind);
  if (whole.ok) return whole;
  const [found] = [behind, text].flatMap((part) => [
    ...runsIn(part, TOKEN_LENGTH),
    ...runsIn(part, TYPED_LENGTH).filter(checksOut),
  ]);
  if (found !== undefined) return { ok: true, symbols: found };
  return hasGroups(text, 4) ? { ok: false, code: 'typed-check' } : whole;
}

function parseSymbols(text: string): Typed {
  const symbols = normalizeSymbols(text.replace(/[._/]/g, ''));
  if (symbols === null) return { ok: false, code: 'typed-symbol' };
  if (symbols.length === TOKEN_LENGTH) return { ok: true, symbols };
  if (symbols.length !== TYPED_LENGTH) return { ok: false, code: 'typed-length' };
  return checksOut(symbols) ? { ok: true, symbols } : { ok: false, code: 'typed-check' };
}

/** What is stored of a token or a code: the SHA-256 of its symbols. */
export const digestOf = (symbols: string): Promise<Bytes> => sha256Text(symbols);

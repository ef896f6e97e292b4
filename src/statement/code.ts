/**
 * Kode: the name of a pledge that a person can read out and type. Twelve Crockford base32 symbols: 55 random bits and a
 * check symbol (lib/check-symbol.ts). Shown by test/statement/code.test.ts.
 *
 *     7K3F-9QXM-2DA7
 */
import { base32, inFours, normalizeSymbols } from '../lib/base32.ts';
import { randomBytes } from '../lib/bytes.ts';
import { checkSymbol, checksOut } from '../lib/check-symbol.ts';

export const CODE_LENGTH = 12;

/** Twelve symbols without hyphens. */
export function newCode(): string {
  const symbols = base32(randomBytes(7)).slice(0, CODE_LENGTH - 1);
  return symbols + checkSymbol(symbols);
}

/** `7K3F9QXM2DA7` as `7K3F-9QXM-2DA7`. */
export const formatCode = (symbols: string): string => inFours(symbols);

export type CodeFault = 'code-length' | 'code-symbol' | 'code-check';
export type ParsedCode = { ok: true; code: string } | { ok: false; code: CodeFault };

/** What a person typed, in any letter case, with or without hyphens. `code` is then the twelve symbols without hyphens. */
export function parseCode(typed: string): ParsedCode {
  const symbols = normalizeSymbols(typed);
  if (symbols === null) return { ok: false, code: 'code-symbol' };
  if (symbols.length !== CODE_LENGTH) return { ok: false, code: 'code-length' };
  return checksOut(symbols) ? { ok: true, code: symbols } : { ok: false, code: 'code-check' };
}

/** Whether the symbols are a code as it is kept: `7K3F9QXM2DA7`. */
export function isCode(symbols: string): boolean {
  const parsed = parseCode(symbols);
  return parsed.ok && parsed.code === symbols;
}

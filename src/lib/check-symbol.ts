/**
 * The last symbol of a code that people type: `7K3F9QXM2DA` -> `7` as in `7K3F-9QXM-2DA7`.
 *
 * Symbols are read as elements of GF(32) = GF(2)[x]/(x^5 + x^2 + 1), the first value of SYMBOLS being 0. The check
 * symbol makes the sum of symbol · x^place zero, the check symbol itself having place 0 and the one before it place 1.
 * Since no x^place is zero and no two neighbouring ones are equal, every single wrong symbol and every swap of
 * neighbours is noticed, at any length up to 31.
 */
import { SYMBOLS } from './base32.ts';

const timesX = (value: number): number => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;

/** The sum by Horner's rule; zero for a code whose last symbol is right. */
function sum(symbols: string): number {
  let held = 0;
  for (const symbol of symbols) {
    const value = SYMBOLS.indexOf(symbol);
    if (value < 0) throw new TypeError('check-symbol: not a symbol');
    held = timesX(held) ^ value;
  }
  return held;
}

/** The symbol to put after `symbols`. */
export const checkSymbol = (symbols: string): string => SYMBOLS[timesX(sum(symbols))]!;

/** Whether the last symbol belongs to those before it. */
export const checksOut = (symbols: string): boolean => symbols.length > 1 && sum(symbols) === 0;

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SYMBOLS } from '../../src/lib/base32.ts';
import { checkSymbol, checksOut } from '../../src/lib/check-symbol.ts';

const symbols = fc
  .array(fc.constantFrom(...SYMBOLS), { minLength: 1, maxLength: 30 })
  .map((list) => list.join(''));

test('every single wrong symbol and every swap of neighbours is noticed', () => {
  fc.assert(
    fc.property(symbols, (text) => {
      const code = text + checkSymbol(text);
      expect(checksOut(code)).toBe(true);
      for (let at = 0; at < code.length; at++) {
        for (const other of SYMBOLS) {
          if (other === code[at]) continue;
          expect(checksOut(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
        }
        if (at > 0 && code[at] !== code[at - 1]) {
          const swapped = code.slice(0, at - 1) + code[at] + code[at - 1] + code.slice(at + 1);
          expect(checksOut(swapped)).toBe(false);
        }
      }
    }),
    { numRuns: 30 },
  );
});

import { expect, test } from 'vitest';
import { SYMBOLS } from '../../src/lib/base32.ts';
import { checkSymbol } from '../../src/lib/check-symbol.ts';
import { formatCode, newCode, parseCode } from '../../src/statement/code.ts';

const codes = Array.from({ length: 20 }, newCode);

test('is twelve symbols, read in any letter case, with or without hyphens', () => {
  for (const code of codes) {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(formatCode(code)).toMatch(/^.{4}-.{4}-.{4}$/);
    for (const typed of [
      code,
      formatCode(code),
      formatCode(code).toLowerCase(),
      ` ${code.replace(/./g, '$& ')}`,
    ]) {
      expect(parseCode(typed)).toEqual({ ok: true, code });
    }
  }
  expect(parseCode('7K3F-9QXM-2DA7')).toEqual({ ok: true, code: '7K3F9QXM2DA7' });
});

test('reads O as 0 and I and L as 1', () => {
  const code = `0110ABCDEFG${checkSymbol('0110ABCDEFG')}`;
  expect(parseCode(`OILo${code.slice(4)}`)).toEqual({ ok: true, code });
});

test('tells what is wrong', () => {
  expect(parseCode('7K3F-9QXM-2DA')).toEqual({ ok: false, code: 'code-length' });
  expect(parseCode('')).toEqual({ ok: false, code: 'code-length' });
  expect(parseCode('7K3F-9QXM-2DAU')).toEqual({ ok: false, code: 'code-symbol' });
  expect(parseCode('7K3F-9QXM-2DA8')).toEqual({ ok: false, code: 'code-check' });
});

test('every single wrong symbol is caught', () => {
  for (const code of codes) {
    for (let at = 0; at < code.length; at++) {
      for (const symbol of SYMBOLS) {
        if (symbol === code[at]) continue;
        const wrong = code.slice(0, at) + symbol + code.slice(at + 1);
        expect(parseCode(wrong)).toEqual({ ok: false, code: 'code-check' });
      }
    }
  }
});

test('every swap of neighbours is caught, for each place and each pair', () => {
  let swaps = 0;
  for (let at = 0; at < 10; at++) {
    for (const a of SYMBOLS) {
      for (const b of SYMBOLS) {
        if (a === b) continue;
        const head = `${'7K3F9QXM2D'.slice(0, at)}${a}${b}${'7K3F9QXM2DA'.slice(at + 2)}`;
        const code = head + checkSymbol(head);
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        if (parseCode(swapped).ok) throw new Error(`${code} and ${swapped}`);
        swaps++;
      }
    }
  }
  // The last data symbol with the check symbol.
  for (const a of SYMBOLS) {
    const head = `7K3F9QXM2D${a}`;
    const check = checkSymbol(head);
    if (check !== a && parseCode(`7K3F9QXM2D${check}${a}`).ok) throw new Error(head);
  }
  expect(swaps).toBe(10 * 32 * 31);
});

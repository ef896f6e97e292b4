import { expect, test } from 'vitest';
import { fromMacRoman, looksMacRoman, mendTwiceEncoded } from '../../src/lib/misread.ts';

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('Mac OS Roman is read as the Encoding Standard has it', () => {
  expect(fromMacRoman(every)).toBe(new TextDecoder('macintosh').decode(every));
  expect(fromMacRoman(new Uint8Array(100_000).fill(0xd5))).toBe('’'.repeat(100_000));
});

test('a Mac’s bytes are told from those of Windows', () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  expect(looksMacRoman(bytes('MA\xd5RUF;Jos\x8e'))).toBe(true);
  expect(looksMacRoman(bytes('MA\x92RUF;Jos\xe9;\x96'))).toBe(false);
  expect(looksMacRoman(bytes('Nama'))).toBe(false);
});

test.each(['Ma´ruf', 'Nur’aini', 'José Fañez', 'Muʿammar', '“Ñ” – …', 'a\u00a0b'])(
  '%s that was read as Windows-1252 is put right',
  (right) => {
    const wrong = new TextDecoder('windows-1252').decode(new TextEncoder().encode(right));
    expect(wrong).not.toBe(right);
    expect(mendTwiceEncoded(wrong)).toBe(right);
  },
);

test.each(['Ma´ruf', 'MA’RUF', 'José', 'Â', 'Ãa', 'AÂ’Ø', 'Contoh'])('%s stays', (right) => {
  expect(mendTwiceEncoded(right)).toBe(right);
});

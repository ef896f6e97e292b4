import { expect, test } from 'vitest';
import { hiddenCharacter, hiddenCharacterInText, oneLine } from '../../src/lib/text.ts';

test('names the first hidden character', () => {
  expect(hiddenCharacter('Siti Nur’aini, S.Sos.')).toBeNull();
  expect(hiddenCharacter('Siti\u200bNur')).toBe('U+200B');
  expect(hiddenCharacter('Siti\u202eNur')).toBe('U+202E');
  expect(hiddenCharacter('a\nb')).toBe('U+000A');
  expect(hiddenCharacter('a\u3164b')).toBe('U+3164');
  expect(hiddenCharacter('\ud83d')).toBe('U+D83D');
  expect(hiddenCharacterInText('a\nb')).toBeNull();
  expect(hiddenCharacterInText('a\r\nb')).toBe('U+000D');
});

test('makes one clean line', () => {
  expect(oneLine('  Hotel\u00a0 Contoh,\n Pangkalan\u200b Bun \u200f ')).toBe('Hotel Contoh, Pangkalan Bun');
  expect(oneLine('Rene\u0301')).toBe('René');
});

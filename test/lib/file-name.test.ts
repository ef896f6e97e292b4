import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disposition, fileName } from '../../src/lib/file-name.ts';

test.each([
  ['Ikrar Siti Contoh - Deklarasi Netralitas', 'Ikrar Siti Contoh - Deklarasi Netralitas.pdf'],
  ['Ikrar A/B\\C: "D" <e>|*?', 'Ikrar A-B-C- D e.pdf'],
  ['  ..Ikrar\u202E  Budi\n. ', 'Ikrar Budi.pdf'],
  ["Ikrar Ma'ruf Ḥāfiẓ, S.Sos.", "Ikrar Ma'ruf Ḥāfiẓ, S.Sos.pdf"],
])('%j', (words, name) => {
  expect(fileName(words, '.pdf')).toBe(name);
});

test('a long one is cut at a word', () => {
  const name = fileName(`Ikrar Siti Contoh - ${'Deklarasi Netralitas '.repeat(20)}`, '.pdf');
  expect(name).toMatch(/^Ikrar Siti Contoh - .* (?:Deklarasi|Netralitas)\.pdf$/);
});

test('whatever it is called, every system takes it, and a browser reads it back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (words) => {
      const name = fileName(`Ikrar ${words.toWellFormed()}`, '.pdf');
      expect(name).toMatch(/^Ikrar[^/\\:*?"<>|\p{Cc}]*\.pdf$/u);
      expect(name).not.toMatch(/[ .]\.pdf$/);
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(160);
      const header = disposition('inline', name, 'Ikrar.pdf');
      expect(header).toMatch(/^inline; filename="Ikrar\.pdf"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
      expect(decodeURIComponent(header.split("''")[1]!)).toBe(name);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KODE_WILAYAH, readKode } from '../../src/wilayah/area.ts';

test.each([
  ...['62.01.01.2001', '6201012001', '62 01 01 2001', '62-01-01-2001', '62/01/01/2001', '62,01,01,2001'],
  ...['62.01.01.2001.', '62:01:01:2001', '="62.01.01.2001"', "'62.01.01.2001", '62.1.1.2001', '6201.01.2001'],
  ...[
    '６２．０１．０１．２００１',
    ' 62.01.01.2001\u00a0',
    '62.01.01\u200b.2001',
    '62–01–01–2001',
    '62. 01. 01. 2001',
  ],
])('%j is 62.01.01.2001', (typed) => {
  expect(readKode(typed)).toBe('62.01.01.2001');
});

test.each([
  ...[
    '',
    '-',
    '62.1',
    '62.1.1',
    '6,2E+09',
    '62.01.01.201',
    '620101200',
    '62010120011',
    '12/11/2026',
    'Kumai',
    '62.01 Kobar',
  ],
  ...['62.01.01.2001.5', '198609262015051001', '6'.repeat(100)],
])('%j is no code', (typed) => {
  expect(readKode(typed)).toBeNull();
});

test('a code in any dress is that code, and what is read is a code', () => {
  const level = (digits: number) => fc.stringMatching(new RegExp(`^\\d{${digits}}$`));
  const codes = fc
    .tuple(level(2), level(2), level(2), level(4), fc.integer({ min: 1, max: 4 }))
    .map(([a, b, c, d, levels]) => [a, b, c, d].slice(0, levels));
  fc.assert(
    fc.property(codes, fc.constantFrom('.', ' ', '-', '', '/', ' . ', '_'), (levels, between) => {
      expect(readKode(levels.join(between))).toBe(levels.join('.'));
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const kode = readKode(text);
      expect(kode === null || KODE_WILAYAH.test(kode)).toBe(true);
    }),
  );
});

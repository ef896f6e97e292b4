/** DER has one spelling for each value; all others are refused, wherever they stand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, equal, fromHex, hex } from '../../src/lib/bytes.ts';
import { oidOf, parseDer, printDer, printOid, printSet } from '../../src/lib/der.ts';

const refusal = (digits: string): string => {
  try {
    parseDer(fromHex(digits));
    return 'read';
  } catch (error) {
    return (error as Error).message;
  }
};

describe.each([
  ['a sequence', '3003020101', '308103020101', 'a length in another spelling'],
  [
    'a longer length',
    `04818${'0'}${'00'.repeat(128)}`,
    `0482008${'0'}${'00'.repeat(128)}`,
    'a length in another spelling',
  ],
  ['an integer', '020105', '02020005', 'an integer in another spelling'],
  ['a negative integer', '0201ff', '0202ffff', 'an integer in another spelling'],
  ['an integer with its sign', '02020080', '0203000080', 'an integer in another spelling'],
  ['true', '0101ff', '010101', 'a boolean'],
  ['null', '0500', '050100', 'null'],
  ['an identifier', '06032a0304', '06042a800304', 'an identifier'],
  ['an identifier that ends', '06032a0304', '06032a0384', 'an identifier'],
  ['bits', '030204f0', '030204f1', 'a string of bits'],
  ['no bits', '030100', '030101', 'a string of bits'],
  ['octets', '04020102', '2404040201020400', 'a string in pieces'],
  ['a set', '3106020101020102', '3106020102020101', 'a set in another order'],
  ['a day', '170d3236313132333032313032315a', '170b323631313233303231305a', 'a time'],
  [
    'a time with a fraction',
    '181132303236313132333032313032312e355a',
    '181232303236313132333032313032312e35305a',
    'a time',
  ],
])('%s', (_, right, wrong, why) => {
  test('in its one spelling', () => expect(refusal(right)).toBe('read'));
  test('in another', () => expect(refusal(wrong)).toMatch(/^der: /));
  test('within others', () => {
    const within = (digits: string): string => hex(printDer(0x30, printDer(0xa0, fromHex(digits))));
    expect(refusal(within(right))).toBe('read');
    expect(refusal(within(wrong))).toMatch(/^der: /);
  });
  test('says why', () => {
    // Some are no BER either, and then it is the library that says so.
    const said = refusal(wrong);
    expect(said === `der: ${why}` || /^der: (?!read)/.test(said)).toBe(true);
  });
});

test('without a length, or with a tag of several bytes, it is not read', () => {
  expect(refusal('30800201010000')).toBe('der: without a length');
  expect(refusal('bf8501030201')).toMatch(/^der: /);
});

test('what is printed is read again as it is', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }) as fc.Arbitrary<Bytes>;
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), (values) => {
      const parts = values.map((value) => printDer(0x04, value));
      const list = printDer(0x30, ...parts);
      expect(parseDer(list).parts.map(({ body }) => hex(body))).toEqual(values.map(hex));
      expect(parseDer(printSet(parts)).parts).toHaveLength(parts.length);
      expect(equal(printSet(parts), printSet(parts.toReversed()))).toBe(true);
      expect(equal(printDer(0x30, concat(...parts)), list)).toBe(true);
    }),
  );
});

test.each(['1.2.840.113549.1.7.2', '2.5.4.3', '1.3.132.0.34', '2.16.840.1.101.3.4.2.1', '0.9.2342.19200300'])(
  '%s',
  (id) => expect(oidOf(parseDer(printOid(id)))).toBe(id),
);

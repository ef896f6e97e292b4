/** pencabutan.json: one spelling alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  claimsWithdrawal,
  formatWithdrawalFile,
  parseWithdrawalFile,
  type WithdrawalFile,
} from '../../src/proof/withdrawal-file.ts';

const bytes = fc.uint8Array({ maxLength: 80 }).map((some) => new Uint8Array(some));
const text = fc.string({ maxLength: 120, unit: 'grapheme' }).filter((some) => some.isWellFormed());
const approval = fc.record({
  authenticatorData: bytes,
  clientDataJson: bytes,
  signature: bytes,
  spki: bytes,
});
const files: fc.Arbitrary<WithdrawalFile> = fc.record({
  withdrawal: text,
  officers: fc.tuple(approval, approval),
  rpId: text,
  origin: text,
  entry: text,
  tlogProof: text,
});

test('what is printed is read again', () => {
  fc.assert(
    fc.property(files, (file) => {
      const printed = formatWithdrawalFile(file);
      expect(parseWithdrawalFile(printed)).toEqual(file);
      expect(claimsWithdrawal(new TextEncoder().encode(printed))).toBe(true);
    }),
  );
});

const [sample] = fc.sample(files, { numRuns: 1, seed: 7 });
const printed = formatWithdrawalFile(sample!);

test.each([
  ['another format', printed.replace('berkas@v1', 'berkas@v2')],
  ['cut off', printed.slice(0, -2)],
  ['other spaces', JSON.stringify(JSON.parse(printed))],
  ['a key more', printed.replace('{\n', '{\n  "x": "",\n')],
  ['a key twice', printed.replace('  "rpId"', '  "rpId": "",\n  "rpId"')],
  ['one officer', printed.replace(/,\n {4}\{[^}]*\}\n {2}\]/, '\n  ]')],
  ['three officers', printed.replace(/(\n {4}\{[^}]*\}),/, '$1,$1,')],
  ['officers that are no list', printed.replace(/\[[^\]]*\]/, '"petugas"')],
  ['an officer who is none', printed.replace(/\{[^{}]*\}(?=,)/, 'null')],
  ['an officer who is a list', printed.replace(/\{[^{}]*\}(?=,)/, '[]')],
  ['a number', printed.replace(/"rpId": ".*"/, '"rpId": 1')],
  ['half a letter', printed.replace('"rpId": "', '"rpId": "\\ud83d')],
  ['padding', printed.replace(/"signature": ".*"/, '"signature": "AA=="')],
  ['no text', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['too long', `${printed}${' '.repeat(70_000)}`],
])('%s is refused', (_, broken) => {
  expect(broken).not.toBe(printed);
  expect(() => parseWithdrawalFile(broken)).toThrow('withdrawal-file-malformed');
});

test('65,536 bytes are read, and none more', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const short = formatWithdrawalFile({ ...sample!, rpId: '' });
  const longest = { ...sample!, rpId: 'a'.repeat(65_536 - bytesOf(short).length) };
  for (const given of [formatWithdrawalFile(longest), bytesOf(formatWithdrawalFile(longest))])
    expect(parseWithdrawalFile(given)).toEqual(longest);
  // Bytes count, not letters.
  for (const rpId of [`${longest.rpId}a`, longest.rpId.replace('a', 'é'), '’'.repeat(22_000)])
    for (const given of [
      formatWithdrawalFile({ ...sample!, rpId }),
      bytesOf(formatWithdrawalFile({ ...sample!, rpId })),
    ])
      expect(() => parseWithdrawalFile(given)).toThrow('withdrawal-file-malformed');
});

test('what claims to be one is told by how it begins', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  expect(claimsWithdrawal(bytesOf(printed.slice(0, 64)))).toBe(true);
  for (const other of [
    '',
    ` ${printed}`,
    printed.replace('berkas@v1', 'berkas@v2'),
    JSON.stringify(JSON.parse(printed)),
  ])
    expect(claimsWithdrawal(bytesOf(other))).toBe(false);
});

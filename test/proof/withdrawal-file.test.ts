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
  ['no text', ''],
  ['null', 'null'],
  ['too long', `${printed}${' '.repeat(70_000)}`],
])('%s is refused', (_, broken) => {
  expect(broken).not.toBe(printed);
  expect(() => parseWithdrawalFile(broken)).toThrow('withdrawal-file-malformed');
});

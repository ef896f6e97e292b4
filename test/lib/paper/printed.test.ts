/** A file as it is printed: made whole with its constants, compared without them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bytes, equal, hex, utf8 } from '../../../src/lib/bytes.ts';
import {
  type Constant,
  firstDifference,
  lengthOf,
  type Printed,
  wholeOf,
} from '../../../src/lib/paper/printed.ts';
import { sha256 } from '../../../src/lib/sha256.ts';

const bytes = utf8('always the same');
const constant: Constant = { length: bytes.length, sha256: hex(await sha256(bytes)) };
const printed: Printed = [utf8('before '), constant, utf8(' after')];
const whole = wholeOf(printed, () => bytes);

test('is as long as it says, and the same as itself', async () => {
  expect(new TextDecoder().decode(whole)).toBe('before always the same after');
  expect(lengthOf(printed)).toBe(whole.length);
  expect(await firstDifference(printed, whole)).toBe(null);
});

test('tells the part from which on a file is another', async () => {
  const at = (changed: Bytes): Promise<number | null> => firstDifference(printed, changed);
  expect(await at(whole.with(0, 0) as Bytes)).toBe(0);
  expect(await at(whole.with(9, 0) as Bytes)).toBe(7);
  expect(await at(whole.with(whole.length - 1, 0) as Bytes)).toBe(7 + bytes.length);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      expect(await at(whole.slice(0, length))).not.toBe(null);
    }),
  );
});

test('what stands behind it is not its own to tell', async () => {
  const longer = new Uint8Array([...whole, 1, 2]);
  expect([await firstDifference(printed, longer), equal(longer, whole)]).toEqual([null, false]);
});

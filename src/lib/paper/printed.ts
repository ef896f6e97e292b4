/**
 * A file as it is printed: bytes, and constant parts that are known by their digest. So a paper can be compared, byte for byte,
 * by a program that has the measures of its typeface but not the typeface. Shown by test/lib/paper/printed.test.ts.
 */
import { type Bytes, concat, equal, hex } from '../bytes.ts';
import { sha256 } from '../sha256.ts';

/** Bytes that are always the same. `sha256`: 64 hexadecimal digits. */
export interface Constant {
  length: number;
  sha256: string;
}

export type Printed = readonly (Bytes | Constant)[];

export const lengthOf = (printed: Printed): number => printed.reduce((sum, { length }) => sum + length, 0);

/** `constant`: the bytes of a constant part. */
export const wholeOf = (printed: Printed, constant: (part: Constant) => Bytes): Bytes =>
  concat(...printed.map((part) => (part instanceof Uint8Array ? part : constant(part))));

/** Null if `file` begins with what was printed; otherwise where the first part begins that it does not have. */
export async function firstDifference(printed: Printed, file: Uint8Array): Promise<number | null> {
  let at = 0;
  for (const part of printed) {
    const found = new Uint8Array(file.subarray(at, at + part.length));
    const same =
      part instanceof Uint8Array
        ? equal(found, part)
        : found.length === part.length && hex(await sha256(found)) === part.sha256;
    if (!same) return at;
    at += part.length;
  }
  return null;
}

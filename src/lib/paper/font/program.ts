/** The font programs themselves, for who makes a paper. Who checks one finds them in it. */
import { fromBase64 } from '../../base64.ts';
import type { Bytes } from '../../bytes.ts';
import type { Constant } from '../printed.ts';
import { programs } from './programs.ts';

const decoded = new Map<string, Bytes>();

export function programOf({ sha256 }: Constant): Bytes {
  let found = decoded.get(sha256);
  if (!found) {
    const text = programs[sha256];
    if (text === undefined) throw new Error(`font: no program ${sha256}`);
    found = fromBase64(text);
    decoded.set(sha256, found);
  }
  return found;
}

/** SHA-256 (FIPS 180-4) by WebCrypto, and the way its digests are written in our texts. */
import { type Bytes, concat, fromHex, hex, utf8 } from './bytes.ts';

export const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));

export const sha256Text = (text: string): Promise<Bytes> => sha256(utf8(text));

/** `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

export const formatDigest = (hash: Uint8Array): Digest => `sha256:${hex(hash)}`;

/** The 32 bytes, or null if the text is not what `formatDigest` prints. */
export function parseDigest(text: string): Bytes | null {
  const match = /^sha256:([0-9a-f]{64})$/.exec(text);
  return match ? fromHex(match[1]!) : null;
}

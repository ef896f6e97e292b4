/**
 * SHA-256 (FIPS 180-4), and the way its digests are written in our texts. Not by WebCrypto, which hands each digest to
 * another thread: for texts of a few kB that takes longer than the digest, and a signature asks for six. Shown by
 * test/lib/sha256.test.ts.
 */
import { sha256 as hash } from '@noble/hashes/sha2.js';
import { type Bytes, fromHex, hex, utf8 } from './bytes.ts';

/** The digest of the parts, one after the other. */
export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  const state = hash.create();
  for (const part of parts) state.update(part);
  return new Uint8Array(state.digest());
}

export const sha256Text = (text: string): Promise<Bytes> => sha256(utf8(text));

/** `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

export const formatDigest = (hash: Uint8Array): Digest => `sha256:${hex(hash)}`;

/** The 32 bytes, or null if the text is not what `formatDigest` prints. */
export function parseDigest(text: string): Bytes | null {
  const match = /^sha256:([0-9a-f]{64})$/.exec(text);
  return match ? fromHex(match[1]!) : null;
}

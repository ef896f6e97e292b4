/**
 * SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), DER: the encoding of a public key that every tool reads. The same
 * three kinds as in cose.ts, told apart by how the bytes begin:
 *
 *     ES256   3059 3013 06072a8648ce3d0201 06082a8648ce3d030107 0342 00 04 x (32) y (32)      RFC 5480
 *     EdDSA   302a 3005 06032b6570 0321 00 x (32)                                             RFC 8410
 *     RS256   3082… 300d 06092a864886f70d010101 0500 0382… 00 3082… n e                       RFC 8017, e = 65537
 *
 * Shown by test/passkey/spki.test.ts.
 */
import { type Bytes, concat, equal, fromHex, hex } from '../lib/bytes.ts';
import { isStrictPoint } from '../lib/ed25519.ts';
import { Failure } from '../lib/failure.ts';
import type { Algorithm } from './strict.ts';
import type { VerifyingKey } from './verify.ts';

const PARAMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const;

const P256_POINT = /^3059301306072a8648ce3d020106082a8648ce3d03010703420004.{128}$/;
const ED25519_HEAD = fromHex('302a300506032b6570032100');
const ED25519_POINT = new RegExp(`^${hex(ED25519_HEAD)}.{64}$`);
const RSA = /^3082.{4}300d06092a864886f70d01010105000382/;

/** Of an Ed25519 key of 32 bytes. */
export const ed25519Spki = (publicKey: Uint8Array): Bytes => concat(ED25519_HEAD, publicKey);

/**
 * Throws `Failure<'passkey-key'>` on any other key and on another encoding of the same, a `DOMException` where WebCrypto
 * has no such algorithm.
 */
export async function parseSpki(spki: Bytes): Promise<VerifyingKey> {
  const refused = (cause?: unknown) => new Failure('passkey-key', undefined, { cause });
  const alg = algorithmOf(spki);
  if (alg === null) throw refused();
  if (alg === 'EdDSA') {
    const publicKey = spki.slice(ED25519_HEAD.length);
    // With a key of small order anyone could make a signature that fits many messages.
    if (!isStrictPoint(publicKey)) throw refused();
    return { alg, publicKey };
  }
  const key = await crypto.subtle.importKey('spki', spki, PARAMS[alg], true, ['verify']).catch((cause) => {
    if (cause instanceof DOMException && cause.name === 'NotSupportedError') throw cause;
    throw refused(cause);
  });
  // One key, one encoding, one digest. How the others begin fixes all of theirs.
  if (alg === 'ES256') return { alg, key };
  if (!equal(new Uint8Array(await crypto.subtle.exportKey('spki', key)), spki)) throw refused();
  const { modulusLength, publicExponent } = key.algorithm as KeyAlgorithm & {
    modulusLength: number;
    publicExponent: Uint8Array;
  };
  // With the exponent 1 anyone could make a signature, and the pledge would prove nothing.
  if (modulusLength < 2048 || modulusLength > 4096 || hex(publicExponent) !== '010001') throw refused();
  return { alg, key, modulusLength: Math.ceil(modulusLength / 8) };
}

function algorithmOf(spki: Uint8Array): Algorithm | null {
  // An RSA key of 4096 bits has 550 bytes.
  if (spki.length > 600) return null;
  const digits = hex(spki);
  if (P256_POINT.test(digits)) return 'ES256';
  if (ED25519_POINT.test(digits)) return 'EdDSA';
  return RSA.test(digits) ? 'RS256' : null;
}

/**
 * The signature of an assertion (W3C WebAuthn, section 7.2, steps 20 and 21): over authenticatorData ‖ SHA-256 of
 * clientDataJSON, by WebCrypto. Shown by test/passkey/ceremony.test.ts, beside what the WebAuthn library says of the same.
 */
import { concat } from '../lib/bytes.ts';
import { sha256 } from '../lib/sha256.ts';
import { type Algorithm, checkSignatureShape, parseEcdsa } from './strict.ts';

/** A public key, read from either of its encodings: cose.ts, spki.ts. */
export interface VerifyingKey {
  alg: Algorithm;
  /** What WebCrypto verifies with; a point that isn't on the curve has thrown. */
  key: CryptoKey;
  /** Bytes of an RSA modulus. */
  modulusLength?: number;
}

const PARAMS = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
} as const;

/** `signature` as the authenticator gave it: DER for ES256. Throws `Failure<'signature-shape'>` if it can't be one. */
export async function verifySignature(
  { alg, key, modulusLength }: VerifyingKey,
  signature: Uint8Array<ArrayBuffer>,
  signed: { authenticatorData: Uint8Array; clientDataJson: Uint8Array },
): Promise<boolean> {
  checkSignatureShape(alg, signature, { modulusLength });
  const data = concat(signed.authenticatorData, await sha256(signed.clientDataJson));
  const bytes = alg === 'ES256' ? parseEcdsa(signature) : signature;
  return crypto.subtle.verify(PARAMS[alg], key, bytes, data);
}

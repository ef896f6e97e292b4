/**
 * The signature of an assertion (W3C WebAuthn, section 7.2, steps 20 and 21): over authenticatorData ‖ SHA-256 of
 * clientDataJSON, by WebCrypto. Shown by test/passkey/ceremony.test.ts, beside what the WebAuthn library says of the same.
 */
import { type Bytes, concat } from '../lib/bytes.ts';
import { verifyEd25519 } from '../lib/ed25519.ts';
import { sha256 } from '../lib/sha256.ts';
import { rawSignature } from './strict.ts';

/** A public key, read from either of its encodings: cose.ts, spki.ts. */
export type VerifyingKey =
  /** `key`: what WebCrypto verifies with; a point that isn't on the curve has thrown. */
  | { alg: 'ES256'; key: CryptoKey }
  /** 32 bytes, strict (`isStrictPoint`). */
  | { alg: 'EdDSA'; publicKey: Bytes }
  /** `modulusLength`: in bytes. */
  | { alg: 'RS256'; key: CryptoKey; modulusLength: number };

/** `signature` as the authenticator gave it: DER for ES256. Throws `Failure<'signature-shape'>` if it can't be one. */
export async function verifySignature(
  verifying: VerifyingKey,
  signature: Bytes,
  signed: { authenticatorData: Uint8Array; clientDataJson: Uint8Array },
): Promise<boolean> {
  const raw = rawSignature(verifying, signature);
  const data = concat(signed.authenticatorData, await sha256(signed.clientDataJson));
  switch (verifying.alg) {
    case 'ES256':
      return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, verifying.key, raw, data);
    case 'EdDSA':
      return verifyEd25519(verifying.publicKey, raw, data);
    case 'RS256':
      return crypto.subtle.verify('RSASSA-PKCS1-v1_5', verifying.key, raw, data);
  }
}

/**
 * Which key this phone signs with, where the phone itself must say so: from the answer of `create()`, or, when that was
 * long ago, by the signature. No DOM: shown by test/client/compare.test.ts.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { fromBase64url } from '../../lib/base64.ts';
import { type Digest, formatDigest, sha256 } from '../../lib/sha256.ts';
import { parseSpki } from '../../passkey/spki.ts';
import { verifySignature } from '../../passkey/verify.ts';
import { able } from '../check/able.ts';

/** Null for none, and for one that the service would spell otherwise. */
export async function spkiDigest(spki: Uint8Array | null): Promise<Digest | null> {
  if (!spki) return null;
  try {
    await parseSpki(new Uint8Array(spki));
    return formatDigest(await sha256(spki));
  } catch {
    return null;
  }
}

/** Whether the signature is by the key that the statement names. `publicKey`: SPKI that the server brings, base64url. */
export async function isSignedBy(
  kunci: Digest,
  publicKey: string,
  { response }: AuthenticationResponseJSON,
): Promise<boolean> {
  try {
    const spki = fromBase64url(publicKey);
    if (formatDigest(await sha256(spki)) !== kunci) return false;
    const key = await parseSpki(spki);
    if (key.alg === 'EdDSA' && !(await able())) return false;
    return await verifySignature(key, fromBase64url(response.signature), {
      authenticatorData: fromBase64url(response.authenticatorData),
      clientDataJson: fromBase64url(response.clientDataJSON),
    });
  } catch {
    return false;
  }
}

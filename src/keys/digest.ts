/**
 * What a key is known by in the database. Shown by test/keys/recognize.test.ts.
 *
 *     secret   SHA-256("ikrar/kunci@v1\nsecret\n" ‖ the 32 random bytes): nothing is learned of them by it
 *     seal     SHA-256(public key, SPKI in DER), as in `seal_certificate`:
 *              openssl pkey -in keys/seal.pem -pubout -outform DER | sha256sum
 */
import { type Bytes, utf8 } from '../lib/bytes.ts';
import { openSealKey } from '../lib/sealer.ts';
import { sha256 } from '../lib/sha256.ts';

export const digestOfSecret = (secret: Bytes): Promise<Bytes> =>
  sha256(utf8('ikrar/kunci@v1\nsecret\n'), secret);

/** `key`: PKCS #8, as `createSealKey` made it. Throws a `SealKeyError`. */
export async function digestOfSeal(key: Bytes): Promise<Bytes> {
  const { publicKey } = await openSealKey(key);
  return sha256(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
}

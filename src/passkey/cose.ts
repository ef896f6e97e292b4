/**
 * COSE_Key (RFC 9052, section 7; RFC 9053, RFC 8230) of a new passkey, and the same key as SPKI, by WebCrypto. All is asked here that
 * verifying will ask, so that what registers can sign. Three kinds are taken:
 *
 *     ES256   {1: 2, 3: -7,   -1: 1, -2: x (32), -3: y (32)}
 *     EdDSA   {1: 1, 3: -8,   -1: 6, -2: x (32)}
 *     RS256   {1: 3, 3: -257, -1: n, -2: e}          2048 to 4096 bits in whole bytes, e = 65537
 *
 * Shown by test/passkey/cose.test.ts.
 */
import { decodePartialCBOR } from '@levischuck/tiny-cbor';
import { base64url } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { isOnCurve, isStrictPoint } from '../lib/ed25519.ts';
import { Failure } from '../lib/failure.ts';
import { ed25519Spki, parseSpki } from './spki.ts';
import { ALGORITHMS } from './strict.ts';
import type { VerifyingKey } from './verify.ts';

const KTY = 1;
const ALG = 3;

type Fields = Map<number, unknown>;

/** Throws `Failure<'passkey-key'>` on any other key, and on one with which no signature will ever verify. */
export async function parseCoseKey(cose: Uint8Array): Promise<VerifyingKey> {
  try {
    const key = await keyOf(decodePartialCBOR(new Uint8Array(cose), 0)[0] as Fields);
    // As it is read again for each signature.
    await parseSpki(await spkiOf(key));
    return key;
  } catch (cause) {
    throw new Failure('passkey-key', undefined, { cause });
  }
}

/** The key as SubjectPublicKeyInfo (RFC 5280), DER. */
export const spkiOf = async (verifying: VerifyingKey): Promise<Bytes> =>
  verifying.alg === 'EdDSA'
    ? ed25519Spki(verifying.publicKey)
    : new Uint8Array(await crypto.subtle.exportKey('spki', verifying.key));

async function keyOf(fields: Fields): Promise<VerifyingKey> {
  const bytes = (label: number): Uint8Array => {
    const value = fields.get(label);
    // A list of numbers would be written as bytes are.
    if (!(value instanceof Uint8Array)) throw new TypeError(`cose: ${label}`);
    return value;
  };
  const imported = (jwk: JsonWebKey, params: EcKeyImportParams | RsaHashedImportParams) =>
    crypto.subtle.importKey('jwk', jwk, params, true, ['verify']);
  switch (fields.get(ALG)) {
    case ALGORITHMS.ES256: {
      if (fields.get(KTY) !== 2 || fields.get(-1) !== 1) throw new TypeError('cose: not P-256');
      const jwk = { kty: 'EC', crv: 'P-256', x: base64url(bytes(-2)), y: base64url(bytes(-3)) };
      return { alg: 'ES256', key: await imported(jwk, { name: 'ECDSA', namedCurve: 'P-256' }) };
    }
    case ALGORITHMS.EdDSA: {
      if (fields.get(KTY) !== 1 || fields.get(-1) !== 6) throw new TypeError('cose: not Ed25519');
      const publicKey = new Uint8Array(bytes(-2));
      if (!isStrictPoint(publicKey) || !isOnCurve(publicKey)) {
        throw new TypeError('cose: no point, one of small order, or another spelling');
      }
      return { alg: 'EdDSA', publicKey };
    }
    case ALGORITHMS.RS256: {
      const n = bytes(-1);
      // Its highest bit is set, so that its bits are whole bytes: 2041 bits are 256 bytes too, and too few to verify with.
      const whole = n[0]! >= 0x80;
      // An even one is no product of two primes, and OpenSSL verifies nothing with it.
      if (fields.get(KTY) !== 3 || !whole || n.at(-1)! % 2 === 0) {
        throw new TypeError('cose: not RSA of whole bytes');
      }
      // What every authenticator has. With 1 anyone could make a signature, and the pledge would prove nothing.
      const e = base64url(bytes(-2));
      if (e !== 'AQAB') throw new TypeError('cose: not the exponent 65537');
      const jwk = { kty: 'RSA', n: base64url(n), e };
      const key = await imported(jwk, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' });
      return { alg: 'RS256', key, modulusLength: n.length };
    }
    default:
      throw new TypeError('cose: another algorithm');
  }
}

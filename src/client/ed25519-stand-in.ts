/**
 * Ed25519 for browsers without it (Chrome before 137, older WebViews): the equation of RFC 8032, section 5.1.7, as
 * WebCrypto's implementations compute it, without the cofactor. Loaded by src/client/check/able.ts, only there; in a copy of
 * /periksa that was kept it stands inside, so it is found by name. Shown by test/lib/ed25519.test.ts, beside WebCrypto.
 */
import { hashes, Point } from '@noble/ed25519';
import { concat, equal } from '../lib/bytes.ts';
import type { Verify } from '../lib/ed25519.ts';

const ORDER = Point.CURVE().n;

function numberOf(bytes: Uint8Array): bigint {
  let number = 0n;
  for (const byte of bytes.slice().reverse()) number = (number << 8n) | BigInt(byte);
  return number;
}

export const verify: Verify = async (publicKey, signature, message) => {
  const r = signature.subarray(0, 32);
  const s = numberOf(signature.subarray(32));
  if (s >= ORDER) return false;
  const k = numberOf(await hashes.sha512Async(concat(r, publicKey, message))) % ORDER;
  try {
    const key = Point.fromBytes(publicKey);
    return equal(Point.BASE.multiply(s, false).subtract(key.multiply(k, false)).toBytes(), r);
  } catch {
    // No point of the curve is written so.
    return false;
  }
};

Object.assign(globalThis, { ikrarEd25519: verify });

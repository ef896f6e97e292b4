/**
 * Verifies Ed25519 signatures (RFC 8032, section 5.1.7) with the same answer on every platform. Shown by
 * test/lib/ed25519.test.ts.
 *
 * WebCrypto's implementations part at the edges: some take a key or an R of small order, with which a signature fits many
 * messages, and some take a second encoding of a point. Both are refused here, as WebCrypto's own text now wants it. On
 * what is left they agree: S is below the order, and [S]B − [k]A, encoded, is R.
 */
import type { Bytes } from './bytes.ts';

/** Of a key of 32 bytes, a signature of 64. False on whatever is none. */
export type Verify = (publicKey: Bytes, signature: Bytes, message: Bytes) => Promise<boolean>;

export const verifyEd25519: Verify = async (publicKey, signature, message) => {
  if (signature.length !== 64 || !isStrictPoint(publicKey) || !isStrictPoint(signature.subarray(0, 32))) {
    return false;
  }
  return (standIn ?? byWebCrypto)(publicKey, signature, message);
};

const byWebCrypto: Verify = async (publicKey, signature, message) => {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch (error) {
    // Some say so already when they are given it: no point of the curve is written so.
    if (error instanceof DOMException && error.name === 'DataError') return false;
    throw error;
  }
};

let standIn: Verify | null = null;

/** For a page in a browser whose WebCrypto has no Ed25519 (Chrome before 137): it verifies with this from now on. */
export function standInForWebCrypto(verify: Verify): void {
  standIn = verify;
}

const P = 2n ** 255n - 19n;
const Y_ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
/** The eight points of small order have these y, and no other point has one of them. */
const SMALL_ORDER = [0n, 1n, P - 1n, Y_ORDER_8, P - Y_ORDER_8];

/** The highest bit is the sign of x. Of x = 0 there are two spellings too; but then y is 1 or −1. */
function yOf(encoded: Uint8Array): bigint {
  let y = 0n;
  for (const byte of encoded.slice().reverse()) y = (y << 8n) | BigInt(byte);
  return y & (2n ** 255n - 1n);
}

/**
 * Whether 32 bytes can be the one encoding (section 5.1.2) of a point that is not of small order. Whether there is such a
 * point on the curve is not asked: with none, nothing verifies.
 */
export function isStrictPoint(encoded: Uint8Array): boolean {
  if (encoded.length !== 32) return false;
  const y = yOf(encoded);
  return y < P && !SMALL_ORDER.includes(y);
}

const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

/**
 * Whether there is a point on the curve with the y of a strict encoding: x² = (y² − 1) / (d·y² + 1) has a root (section 5.1.3). By Euler's
 * criterion, since u/v and u·v are squares or not alike. With none, no signature ever verifies: asked of a new key, and of nothing else.
 */
export function isOnCurve(encoded: Uint8Array): boolean {
  const y = yOf(encoded);
  const yy = (y * y) % P;
  return power((((yy + P - 1n) % P) * ((D * yy + 1n) % P)) % P, (P - 1n) / 2n) === 1n;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = (square * square) % P)
    if (left & 1n) result = (result * square) % P;
  return result;
}

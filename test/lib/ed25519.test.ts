/**
 * Ed25519: what WebCrypto says here and what the stand-in for old browsers says are the same, on honest signatures and on
 * the edges; points of small order and second encodings are refused before either is asked.
 */
import { Point } from '@noble/ed25519';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verify as standIn } from '../../src/client/ed25519-stand-in.ts';
import { type Bytes, concat, fromHex, hex, utf8 } from '../../src/lib/bytes.ts';
import { isStrictPoint, verifyEd25519 } from '../../src/lib/ed25519.ts';
import { encodingsOf, SMALL_ORDER_ENCODINGS, TORSION } from './small-order.ts';

const ORDER = Point.CURVE().n;
const FIELD = Point.CURVE().p;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes.slice().reverse())}`);
const bytesOf = (number: bigint): Bytes => fromHex(number.toString(16).padStart(64, '0')).reverse();
const encode = (point: Point): Bytes => new Uint8Array(point.toBytes());

/** Both answers, behind the one door. */
async function answers(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  const behind = await verifyEd25519(publicKey, signature, message);
  const strict =
    signature.length === 64 && isStrictPoint(publicKey) && isStrictPoint(signature.subarray(0, 32));
  expect(strict && (await standIn(publicKey, signature, message))).toBe(behind);
  return behind;
}

/** A signature by the key `a` with the nonce `r`, each shifted by a point of small order. */
async function signed(a: bigint, r: bigint, message: Bytes, shiftKey = Point.ZERO, shiftR = Point.ZERO) {
  const publicKey = encode(Point.BASE.multiply(a).add(shiftKey));
  const first = encode(Point.BASE.multiply(r).add(shiftR));
  const digest = await crypto.subtle.digest('SHA-512', concat(first, publicKey, message));
  const s = (r + numberOf(new Uint8Array(digest)) * a) % ORDER;
  return { publicKey, signature: concat(first, bytesOf(s)), s };
}

const scalar = fc.bigInt({ min: 1n, max: ORDER - 1n });
const message = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes));

test('RFC 8032, section 7.1, test 2', async () => {
  const key = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = fromHex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(await answers(key, signature, fromHex('72'))).toBe(true);
  expect(await answers(key, signature, fromHex('73'))).toBe(false);
});

describe('both ways say the same', () => {
  test('of signatures that WebCrypto made, whole and with a bit changed', async () => {
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    await fc.assert(
      fc.asyncProperty(message, fc.nat(96 * 8 - 1), async (text, bit) => {
        const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, text));
        expect(await answers(publicKey, signature, text)).toBe(true);
        const all = concat(publicKey, signature);
        all[bit >> 3]! ^= 1 << (bit & 7);
        expect(await answers(all.slice(0, 32), all.slice(32), text)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('of noise, in every length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 70 }), async (a, b) => {
        expect(await answers(new Uint8Array(a), new Uint8Array(b), utf8('x'))).toBe(false);
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        async (a, b) => {
          expect(await answers(new Uint8Array(a), new Uint8Array(b), utf8('x'))).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of keys and of R with a part of small order: without the cofactor', async () => {
    const seen = new Set<boolean>();
    const torsion = fc.constantFrom(...TORSION);
    await fc.assert(
      fc.asyncProperty(scalar, scalar, message, torsion, torsion, async (a, r, text, shiftKey, shiftR) => {
        const { publicKey, signature } = await signed(a, r, text, shiftKey, shiftR);
        seen.add(await answers(publicKey, signature, text));
      }),
      { numRuns: 100 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });

  test('of an S that is not below the order', async () => {
    await fc.assert(
      fc.asyncProperty(scalar, scalar, message, async (a, r, text) => {
        const { publicKey, signature, s } = await signed(a, r, text);
        expect(await answers(publicKey, signature, text)).toBe(true);
        for (let more = s + ORDER; more < 2n ** 256n; more += ORDER) {
          const other = concat(signature.subarray(0, 32), bytesOf(more));
          expect(await answers(publicKey, other, text)).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('points that are refused', () => {
  test('the list holds every spelling of every point of small order', () => {
    expect(new Set(TORSION.map((point) => point.toHex())).size).toBe(8);
    for (const point of TORSION) expect(point.isSmallOrder()).toBe(true);
    expect(SMALL_ORDER_ENCODINGS).toHaveLength(14);
    for (const encoded of SMALL_ORDER_ENCODINGS) {
      expect(Point.fromBytes(encoded, true).isSmallOrder()).toBe(true);
    }
  });

  test.each(SMALL_ORDER_ENCODINGS.map((encoded) => [hex(encoded)]))('%s', async (encoded) => {
    const point = fromHex(encoded);
    expect(isStrictPoint(point)).toBe(false);
    // S = 0 and R = the key's negative, or zero: one of these fits where a library looks at nothing but the equation.
    for (const r of SMALL_ORDER_ENCODINGS) {
      for (const text of ['a', 'b', 'c', 'd']) {
        expect(await verifyEd25519(point, concat(r, new Uint8Array(32)), utf8(text))).toBe(false);
      }
    }
  });

  test('since the equation alone takes a signature that nobody made', async () => {
    const zero = encode(Point.ZERO);
    const anything = concat(zero, new Uint8Array(32));
    expect(await standIn(zero, anything, utf8('anything'))).toBe(true);
  });

  test('an R of small order, though the equation holds', async () => {
    const { publicKey } = await signed(7n, 1n, utf8(''));
    const text = utf8('x');
    const zero = encode(Point.ZERO);
    const digest = await crypto.subtle.digest('SHA-512', concat(zero, publicKey, text));
    const s = (numberOf(new Uint8Array(digest)) * 7n) % ORDER;
    const signature = concat(zero, bytesOf(s));
    expect(await standIn(publicKey, signature, text)).toBe(true);
    expect(await verifyEd25519(publicKey, signature, text)).toBe(false);
  });

  test('each spelling whose y is not below p, whatever its sign', () => {
    for (let y = FIELD; y < 2n ** 255n; y++) {
      expect(isStrictPoint(bytesOf(y))).toBe(false);
      expect(isStrictPoint(bytesOf(y + 2n ** 255n))).toBe(false);
    }
  });

  test('and no honest one', async () => {
    await fc.assert(
      fc.asyncProperty(scalar, async (a) => {
        const point = Point.BASE.multiply(a);
        expect(encodingsOf(point)).toHaveLength(1);
        expect(isStrictPoint(encode(point))).toBe(true);
        for (const shift of TORSION) expect(isStrictPoint(encode(point.add(shift)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('bytes of another length', () => {
    for (const length of [0, 31, 33]) expect(isStrictPoint(new Uint8Array(length).fill(9))).toBe(false);
  });
});

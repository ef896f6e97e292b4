/** What registers can sign: of keys of every algorithm and size, registration takes those alone with which a signature verifies. */
import { constants, generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, fromHex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { isOnCurve, isStrictPoint } from '../../src/lib/ed25519.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { parseCoseKey, spkiOf } from '../../src/passkey/cose.ts';
import { parseSpki } from '../../src/passkey/spki.ts';
import { verifySignature } from '../../src/passkey/verify.ts';
import { bytes, integer, map } from '../authenticator.ts';

const rsa = (n: Uint8Array, e = fromHex('010001')) =>
  map(
    [integer(1), integer(3)],
    [integer(3), integer(-257)],
    [integer(-1), bytes(n)],
    [integer(-2), bytes(e)],
  );
const ec = (x: Uint8Array, y: Uint8Array) =>
  map(
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(x)],
    [integer(-3), bytes(y)],
  );
const okp = (x: Uint8Array) =>
  map(
    [integer(1), integer(1)],
    [integer(3), integer(-8)],
    [integer(-1), integer(6)],
    [integer(-2), bytes(x)],
  );

const fromJwk = (value: string | undefined): Uint8Array => new Uint8Array(Buffer.from(value!, 'base64url'));

/** As the service keeps it; null if registration refuses. */
async function registered(cose: Uint8Array) {
  try {
    return await spkiOf(await parseCoseKey(cose));
  } catch (error) {
    expect(error).toMatchObject({ code: 'passkey-key' });
    return null;
  }
}

/** Whether what its owner signs verifies, as it will at each pledge. */
async function signs(spki: Uint8Array<ArrayBuffer>, privateKey: KeyObject): Promise<boolean> {
  const signed = { authenticatorData: randomBytes(37), clientDataJson: randomBytes(100) };
  const data = concat(signed.authenticatorData, await sha256(signed.clientDataJson));
  const padding = privateKey.asymmetricKeyType === 'rsa' ? { padding: constants.RSA_PKCS1_PADDING } : {};
  const made = signWith(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', data, {
    key: privateKey,
    ...padding,
  });
  return verifySignature(await parseSpki(spki), new Uint8Array(made), signed);
}

/** Each field of a good key made another, or left out. */
describe('a key of which one field is another', () => {
  const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });
  const p256 = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  const ed25519 = jwkOf(generateKeyPairSync('ed25519').publicKey);
  const rs256 = jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
  const text = (value: string) => concat(Uint8Array.of(0x60 + value.length), utf8(value));
  const x = () => bytes(fromJwk(p256.x));
  const good: Record<string, Record<number, Uint8Array>> = {
    ES256: { 1: integer(2), 3: integer(-7), [-1]: integer(1), [-2]: x(), [-3]: bytes(fromJwk(p256.y)) },
    EdDSA: { 1: integer(1), 3: integer(-8), [-1]: integer(6), [-2]: bytes(fromJwk(ed25519.x)) },
    RS256: { 1: integer(3), 3: integer(-257), [-1]: bytes(fromJwk(rs256.n)), [-2]: bytes(fromJwk(rs256.e)) },
  };
  const keyOf = (fields: Record<number, Uint8Array>) =>
    map(
      ...Object.entries(fields).map(([label, value]): [Bytes, Bytes] => [
        integer(Number(label)),
        new Uint8Array(value),
      ]),
    );

  test.each(Object.entries(good))('%s', async (_, fields) => {
    expect(await registered(keyOf(fields))).not.toBeNull();
    for (const label of Object.keys(fields).map(Number)) {
      const { [label]: __, ...rest } = fields;
      expect(await registered(keyOf(rest)), `without ${label}`).toBeNull();
      for (const other of [integer(4), text('x'), bytes(new Uint8Array(31)), bytes(new Uint8Array(33))])
        expect(await registered(keyOf({ ...fields, [label]: other })), `${label}`).toBeNull();
    }
  });

  test('a list of numbers is no bytes', async () => {
    const list = (value: Uint8Array) => concat(Uint8Array.of(0x98, value.length), ...[...value].map(integer));
    const { [-2]: coordinate, ...rest } = good.ES256!;
    expect(await registered(keyOf({ ...rest, [-2]: coordinate! }))).not.toBeNull();
    expect(await registered(keyOf({ ...rest, [-2]: list(fromJwk(p256.x)) }))).toBeNull();
  });

  test('an RSA modulus of whole bytes, from the least on', async () => {
    const n = fromJwk(rs256.n);
    const begun = (first: number) => keyOf({ ...good.RS256!, [-1]: bytes(n.with(0, first)) });
    expect(await registered(begun(0x80))).not.toBeNull();
    expect(await registered(begun(0x7f))).toBeNull();
  });

  test('what is no key at all', async () => {
    for (const cose of [new Uint8Array(0), integer(1), map(), text('key'), bytes(new Uint8Array(32))])
      expect(await registered(cose)).toBeNull();
  });
});

describe('an RSA key', () => {
  const sizes = [2040, 2041, 2047, 2048, 2049, 2050, 2056, 2064, 3072, 4095, 4096, 4104];
  test.each(sizes)('of %i bits', async (modulusLength) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
    const n = fromJwk(publicKey.export({ format: 'jwk' }).n);
    // Asked for an odd number, OpenSSL may make one fewer.
    const bits = n.length * 8 - Math.clz32(n[0]!) + 24;
    const spki = await registered(rsa(n));
    expect(spki !== null).toBe(bits >= 2048 && bits <= 4096 && bits % 8 === 0);
    if (spki) expect(await signs(spki, privateKey)).toBe(true);
  });

  test('with another exponent, an even modulus or a zero before it', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const n = fromJwk(publicKey.export({ format: 'jwk' }).n);
    expect(await registered(rsa(n))).not.toBeNull();
    for (const e of ['01', '03', '00010001', '0100000001'])
      expect(await registered(rsa(n, fromHex(e)))).toBeNull();
    expect(await registered(rsa(n.map((byte, at) => (at === n.length - 1 ? byte & 0xfe : byte))))).toBeNull();
    expect(await registered(rsa(concat(Uint8Array.of(0), n)))).toBeNull();
  });
});

test('any key of P-256, and no other pair of numbers', async () => {
  const at = fc.integer({ min: 0, max: 63 });
  const bit = fc.integer({ min: 0, max: 7 });
  await fc.assert(
    fc.asyncProperty(at, bit, async (place, of) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x, y } = publicKey.export({ format: 'jwk' });
      const spki = await registered(ec(fromJwk(x), fromJwk(y)));
      expect(await signs(spki!, privateKey)).toBe(true);
      const both = concat(fromJwk(x), fromJwk(y));
      both[place]! ^= 1 << of;
      expect(await registered(ec(both.subarray(0, 32), both.subarray(32)))).toBeNull();
    }),
    { numRuns: 30 },
  );
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  expect(await registered(ec(fromJwk(x), fromJwk(y)))).toBeNull();
  expect(await registered(ec(new Uint8Array(32), new Uint8Array(32)))).toBeNull();
});

describe('an Ed25519 key', () => {
  test('any that was generated', async () => {
    for (let i = 0; i < 20; i++) {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const spki = await registered(okp(fromJwk(publicKey.export({ format: 'jwk' }).x)));
      expect(await signs(spki!, privateKey)).toBe(true);
    }
  });

  test('of 32 bytes that are no point: about half of all', async () => {
    let points = 0;
    for (let i = 0; i < 100; i++) {
      const x = randomBytes(32);
      const taken = (await registered(okp(x))) !== null;
      expect(taken).toBe(isStrictPoint(x) && isOnCurve(x));
      if (taken) points++;
    }
    expect(points).toBeGreaterThan(20);
    expect(points).toBeLessThan(80);
    // RFC 8032's first test key, and the same with y = 2, for which there is no x.
    expect(isOnCurve(fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'))).toBe(true);
    expect(isOnCurve(fromHex(`02${'00'.repeat(31)}`))).toBe(false);
  });

  test.each([
    ['of order 1', `01${'00'.repeat(31)}`],
    ['of order 2', `ec${'ff'.repeat(30)}7f`],
    ['of order 4', '00'.repeat(32)],
    ['spelt twice', `ee${'ff'.repeat(30)}7f`],
    ['of 31 bytes', '05'.repeat(31)],
  ])('%s is refused', async (_, x) => {
    expect(await registered(okp(fromHex(x)))).toBeNull();
  });
});

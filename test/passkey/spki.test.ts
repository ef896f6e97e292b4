/** A public key as SPKI: the three kinds are read, each in its one encoding, and verify as the same key in COSE does. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { type Bytes, concat, fromHex, hex, utf8 } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { ed25519Spki, parseSpki } from '../../src/passkey/spki.ts';
import { verifySignature } from '../../src/passkey/verify.ts';
import { SMALL_ORDER_ENCODINGS } from '../lib/small-order.ts';

const spkiOf = (key: KeyObject): Bytes => new Uint8Array(key.export({ type: 'spki', format: 'der' }));
const rsa = (modulusLength: number, publicExponent = 65_537): Bytes =>
  spkiOf(generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey);
const p256 = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
const ed25519 = spkiOf(generateKeyPairSync('ed25519').publicKey);

test.each([
  ['ES256', p256, undefined],
  ['EdDSA', ed25519, undefined],
  ['RS256', rsa(2048), 256],
  ['RS256', rsa(4096), 512],
])('%s', async (alg, spki, modulusLength) => {
  expect(await parseSpki(spki)).toMatchObject({ alg, ...(modulusLength && { modulusLength }) });
});

test('what it reads verifies', async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const key = await parseSpki(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
  const made = { authenticatorData: new Uint8Array(37), clientDataJson: utf8('{}') };
  const data = concat(made.authenticatorData, await sha256(made.clientDataJson));
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, data));
  expect(await verifySignature(key, signature, made)).toBe(true);
  expect(await verifySignature(key, signature, { ...made, clientDataJson: utf8('{} ') })).toBe(false);
});

test('where WebCrypto lacks the algorithm, that is said of the device, and nothing of the key', async () => {
  const lacking = new DOMException('no', 'NotSupportedError');
  vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(lacking);
  await expect(parseSpki(p256)).rejects.toBe(lacking);
});

describe('refuses', () => {
  const offCurve = p256.slice();
  offCurve[90]! ^= 1;
  const compressed = fromHex(
    `3039301306072a8648ce3d020106082a8648ce3d03010703220002${hex(p256.subarray(27, 59))}`,
  );
  test.each<[string, Bytes]>([
    ['nothing', new Uint8Array(0)],
    ['a byte after', concat(p256, Uint8Array.of(0))],
    ['a byte less', ed25519.slice(0, -1)],
    ['a point that is not on the curve', offCurve],
    ['a compressed point', compressed],
    ['another curve', spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
    ['a key for agreement', spkiOf(generateKeyPairSync('x25519').publicKey)],
    ['a short RSA key', rsa(1024)],
    ['an RSA key a byte too short', rsa(2040)],
    ['an RSA key a byte too long', rsa(4104)],
    ['an RSA key within a longer text', concat(Uint8Array.of(0x30, 0x82), rsa(2048))],
    ['an Ed25519 key a byte too long', concat(ed25519, Uint8Array.of(0))],
    ['a point within a longer text', concat(Uint8Array.of(0), p256)],
    ['an Ed25519 key within a longer text', concat(Uint8Array.of(0), ed25519)],
    ['another exponent', rsa(2048, 3)],
    ['RSA and a byte after', concat(rsa(2048), Uint8Array.of(0))],
    ['a long one', new Uint8Array(100_000)],
    ...SMALL_ORDER_ENCODINGS.map((point): [string, Bytes] => [
      `an Ed25519 key of small order, ${hex(point)}`,
      ed25519Spki(point),
    ]),
  ])('%s', async (_, spki) => {
    await expect(parseSpki(spki)).rejects.toMatchObject({ code: 'passkey-key' });
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bytes, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { openSecret, type SecretUse } from '../../src/lib/secret.ts';

/** The same by WebCrypto, which made every ticket and invitation that is out there. */
async function byWebCrypto(root: Bytes, use: SecretUse, data: Bytes): Promise<Bytes> {
  const material = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(`ikrar/${use}@v1`) },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
}

test('an HMAC is that of RFC 2104 under a key of RFC 5869, of any secret and any length', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 80 }),
      fc.constantFrom<SecretUse>('undangan', 'tiket', 'pendaftaran', 'tantangan-petugas'),
      fc.uint8Array({ maxLength: 300 }),
      async (root, use, data) => {
        const secret = await openSecret(new Uint8Array(root));
        const mac = await secret.mac(use, new Uint8Array(data));
        expect(mac).toEqual(await byWebCrypto(new Uint8Array(root), use, new Uint8Array(data)));
      },
    ),
    { numRuns: 60 },
  ));

test('a tag is checked whole, for its use alone', async () => {
  const secret = await openSecret(randomBytes(32));
  const data = utf8('ikrar/tiket@v1\n');
  const tag = await secret.mac('tiket', data);
  expect(await secret.check('tiket', data, tag)).toBe(true);
  expect(await secret.check('undangan', data, tag)).toBe(false);
  expect(await secret.check('tiket', utf8('ikrar/tiket@v2\n'), tag)).toBe(false);
  expect(await secret.check('tiket', data, tag.slice(0, 31))).toBe(false);
  expect(await secret.check('tiket', data, tag.with(31, tag[31]! ^ 1))).toBe(false);
  await expect(openSecret(randomBytes(31))).rejects.toThrow('fewer than 32 bytes');
});

/** SHA-256 against the one of WebCrypto: any bytes, in any parts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, hex, utf8 } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';

it('is that of FIPS 180-4', async () => {
  expect(hex(await sha256(utf8('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(hex(await sha256())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('is that of WebCrypto', async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 4 }), async (parts) => {
      const expected = new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
      expect(await sha256(...parts)).toEqual(expected);
    }),
  );
});

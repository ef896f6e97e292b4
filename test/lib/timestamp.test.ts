/** Tokens by OpenSSL are read; tokens by a forger are refused for what is wrong with them. */
import { Boolean as Flag, Integer, OctetString } from 'asn1js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64 } from '../../src/lib/base64.ts';
import { type Bytes, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { undrawable } from '../../src/lib/glyphs.ts';
import { sha256, sha256Text } from '../../src/lib/sha256.ts';
import { checkTimestamp } from '../../src/lib/timestamp.ts';
import vectors from '../vectors/cms.json' with { type: 'json' };
import { oid, owner, sequence, tagged } from './make-cms.ts';
import { authority, makeTimestamp, type Stamping, TIME_STAMPING } from './make-timestamp.ts';

const digest = await sha256Text('segel');
const by = await authority('Penanda Waktu');
const other = await authority('Penanda Waktu');
const nonce = new Uint8Array([0x41, 2, 3]);
const good: Stamping = { by, digest, nonce };
const codeOf = (token: Bytes, asked: Bytes | null = nonce): Promise<string> =>
  checkTimestamp(token, digest, asked).then(
    () => 'ok',
    (error) => error.code,
  );

test.each(vectors.tokens)('by OpenSSL, $name', async ({ cms }) => {
  const { at, name } = await checkTimestamp(fromBase64(cms), await sha256(utf8(vectors.content)));
  expect(name).not.toBe('');
  expect(at.getUTCFullYear()).toBe(2026);
  expect(await codeOf(fromBase64(cms))).toBe('timestamp-other');
});

test('says when, and who says so', async () => {
  const token = await makeTimestamp({ ...good, at: new Date('2026-11-23T02:12:00Z') });
  expect(await checkTimestamp(token, digest)).toMatchObject({
    at: new Date('2026-11-23T02:12:00Z'),
    name: 'Penanda Waktu',
    certificate: { whole: good.by.certificate },
  });
});

const extension = (critical: boolean) =>
  tagged(1, [sequence(oid('1.2.3'), new Flag({ value: critical }), new OctetString({ valueHex: nonce }))]);
const ROWS: [name: string, changes: Partial<Stamping>, code: string][] = [
  ['as it should be', {}, 'ok'],
  [
    'with accuracy and order',
    { fields: [sequence(new Integer({ value: 1 })), new Flag({ value: true })] },
    'ok',
  ],
  ['of another digest', { digest: randomBytes(32) }, 'timestamp-other'],
  ['of a digest by another function', { hash: '2.16.840.1.101.3.4.2.3' }, 'timestamp-malformed'],
  ['with another nonce', { nonce: new Uint8Array([0x41, 2, 4]) }, 'timestamp-nonce'],
  ['without a nonce', { nonce: undefined }, 'timestamp-nonce'],
  ['of another version', { version: 2 }, 'timestamp-malformed'],
  ['two numbers', { fields: [new Integer({ value: 1 })] }, 'timestamp-malformed'],
  ['in another order', { fields: [new Flag({ value: true }), sequence()] }, 'timestamp-malformed'],
  ['something that is none of it', { fields: [tagged(3, [])] }, 'timestamp-malformed'],
  ['an extension', { nonce: undefined, fields: [new Integer({ valueHex: nonce }), extension(false)] }, 'ok'],
  [
    'an extension that must be understood',
    { nonce: undefined, fields: [new Integer({ valueHex: nonce }), extension(true)] },
    'timestamp-malformed',
  ],
  ['of another type', { cms: { type: '1.2.840.113549.1.7.1' } }, 'timestamp-malformed'],
  ['of other words than are signed', { cms: { digest: randomBytes(32) } }, 'timestamp-signature'],
  ['by another key', { by: { ...by, key: other.key } }, 'timestamp-signature'],
  ['under another certificate', { cms: { named: other.certificate } }, 'timestamp-signature'],
  ['without a certificate', { cms: { certificates: [] } }, 'timestamp-signature'],
  ['before its certificate', { at: new Date('2025-12-31T00:00:00Z') }, 'timestamp-authority'],
  ['after its certificate', { at: new Date('2041-01-01T00:00:00Z') }, 'timestamp-authority'],
  ['by who may not', { by: await owner('Penyegel') }, 'timestamp-authority'],
  [
    'by who may do other things too',
    { by: await owner('Segala', { purposes: [TIME_STAMPING, '1.3.6.1.5.5.7.3.3'] }) },
    'timestamp-authority',
  ],
];
test.each(ROWS)('%s', async (_, changes, code) => {
  expect(await codeOf(await makeTimestamp({ ...good, ...changes }))).toBe(code);
});

test('any byte changed is found', async () => {
  const token = await makeTimestamp(good);
  const place = fc.nat(token.length - 1);
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = token.slice();
      changed[at]! ^= change;
      // What is changed outside of what is signed changes nothing that is said.
      const said = await checkTimestamp(changed, digest, nonce).catch(({ code }) => code);
      if (typeof said === 'object') expect(said).toEqual(await checkTimestamp(token, digest));
      else expect(said).toMatch(/^timestamp-/);
    }),
    { numRuns: 300 },
  );
});

test('a name is cut to what our papers can draw', async () => {
  const named = async (name: string) =>
    (await checkTimestamp(await makeTimestamp({ ...good, by: await authority(name) }), digest)).name;
  expect(await named('Café  Đại')).toBe('Café Đ?i');
  expect(await named('時刻')).toBe('??');
  expect(await named(' ')).toBe('tanpa nama');
  expect(await named('n'.repeat(300))).toBe('n'.repeat(100));
  for (let code = 0xc0; code <= 0x17f; code++) {
    const letter = String.fromCodePoint(code);
    if (!'×÷'.includes(letter)) expect([letter, undrawable(letter)]).toEqual([letter, null]);
  }
});

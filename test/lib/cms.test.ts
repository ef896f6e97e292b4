/** CMS by OpenSSL is read, CMS by a forger is refused for what is wrong with it. */
import 'reflect-metadata';
import { KeyUsageFlags } from '@peculiar/x509';
import { Null } from 'asn1js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64 } from '../../src/lib/base64.ts';
import { type Bytes, concat, equal, hex, utf8 } from '../../src/lib/bytes.ts';
import { checkCms, DATA, TST_INFO } from '../../src/lib/cms.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import vectors from '../vectors/cms.json' with { type: 'json' };
import { attribute, der, type Making, makeCms, octets, owner, unguarded } from './make-cms.ts';

const content = utf8(vectors.content);
const digest = await sha256(content);
const codeOf = (cms: Bytes, type = DATA, beside: Bytes | null = content): Promise<string> =>
  checkCms(cms, type, beside).then(
    () => 'ok',
    (error) => error.code,
  );

test.each(vectors.accepted)('by OpenSSL, $name', async ({ cms }) => {
  const { certificate, content: signed } = await checkCms(fromBase64(cms), DATA, content);
  expect(certificate.name).toBe('Badan Contoh');
  expect([certificate.notBefore.getUTCFullYear(), certificate.notAfter.getUTCFullYear()]).toEqual([
    2026, 2051,
  ]);
  expect(signed).toBe(content);
  expect(await codeOf(fromBase64(cms), DATA, utf8('ikran\n'))).toBe('cms-digest');
  expect(await codeOf(fromBase64(cms), TST_INFO)).toBe('cms-malformed');
  expect(await codeOf(fromBase64(cms), DATA, null)).toBe('cms-malformed');
});

test.each(vectors.refused)('by OpenSSL, refused: $name', async ({ cms, code }) => {
  expect(await codeOf(fromBase64(cms))).toBe(code);
});

test.each(vectors.tokens)('a token by OpenSSL, $name', async ({ cms }) => {
  const { content: info, certificate } = await checkCms(fromBase64(cms), TST_INFO, null);
  // TSTInfo: a sequence that begins with the version, and holds the digest that was sent.
  expect([...info.subarray(0, 1), ...info.subarray(2, 5)]).toEqual([0x30, 2, 1, 1]);
  expect(hex(info).includes(hex(digest))).toBe(true);
  expect(certificate.extensions.get('2.5.29.37')!.critical).toBe(true);
  expect(await codeOf(fromBase64(cms), DATA, null)).toBe('cms-malformed');
  expect(await codeOf(fromBase64(cms), TST_INFO)).toBe('cms-malformed');
});

test('by our own sealer', async () => {
  const { key, certificate } = await createSealKey('Ikrar ikrar.example');
  const sealer = await openSealer(key, [certificate]);
  const read = await checkCms(await sealer.seal(digest), DATA, content);
  expect([read.certificate.name, read.certificate.whole]).toEqual(['Ikrar ikrar.example', certificate]);
});

const by = await owner('Penyegel');
const other = await owner('Penyegel');
const ROWS: [string, Partial<Making>, string][] = [
  ['as it should be', {}, 'ok'],
  ['its certificate among others', { certificates: [other.certificate, by.certificate] }, 'ok'],
  ['of another content', { digest: new Uint8Array(32) }, 'cms-digest'],
  ['two signers', { signers: 2 }, 'cms-malformed'],
  ['no signer', { signers: 0 }, 'cms-malformed'],
  ['no certificate', { certificates: [] }, 'cms-certificate'],
  ['another certificate alone', { certificates: [other.certificate] }, 'cms-certificate'],
  ['another certificate named', { named: other.certificate }, 'cms-certificate'],
  [
    'another key than that of its certificate',
    { named: other.certificate, certificates: [other.certificate] },
    'cms-signature',
  ],
  [
    'another certificate for readers that look elsewhere',
    { identified: (await owner('Lain')).certificate },
    'cms-certificate',
  ],
  [
    'a key that is not for signing',
    { by: await owner('X', { usage: KeyUsageFlags.keyEncipherment }) },
    'cms-certificate',
  ],
  ['an RSA key that anyone can sign for: its exponent is 1', unguarded(by), 'cms-certificate'],
  ['a key for commitments', { by: await owner('X', { usage: KeyUsageFlags.nonRepudiation }) }, 'ok'],
  ['an attribute twice', { more: [attribute('1.2.840.113549.1.9.4', octets(digest))] }, 'cms-malformed'],
  ['an attribute that nobody knows', { more: [attribute('1.2.3.4', new Null())] }, 'ok'],
  ['what is signed both within and beside', { within: content }, 'cms-malformed'],
];
test.each(ROWS)('by hand, %s', async (_, making, code) => {
  expect(await codeOf(await makeCms({ by, digest, ...making }))).toBe(code);
});

test('unsigned attributes are told, and prove nothing', async () => {
  const cms = await makeCms({ by, digest, unsigned: [attribute('1.2.3.4', new Null())] });
  expect((await checkCms(cms, DATA, content)).unsigned).toEqual(new Map([['1.2.3.4', [der(new Null())]]]));
});

test('no byte of it can be changed unseen but what nobody signed', async () => {
  const cms = await makeCms({ by, digest });
  await fc.assert(
    fc.asyncProperty(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = cms.with(at, cms[at]! ^ flip);
      try {
        const read = await checkCms(changed, DATA, content);
        // The certificate is named by its digest, and it is the signer that is told.
        expect(read.certificate.whole).toEqual(by.certificate);
      } catch (error) {
        expect((error as { code: string }).code).toMatch(/^cms-/);
      }
    }),
    { numRuns: 500 },
  );
});

test('whatever it is given, it answers', async () => {
  const cms = await makeCms({ by, digest });
  const cut = fc.nat(cms.length).map((at) => cms.slice(0, at));
  const nested = fc.nat(400).map((depth) => concat(...Array(depth).fill(Uint8Array.of(0x30, 0x80))));
  const many = fc.constant(concat(Uint8Array.of(0x30, 0x83, 0, 0xff, 0xf0), new Uint8Array(0xfff0).fill(5)));
  const noise = fc.uint8Array({ maxLength: 200 }) as fc.Arbitrary<Bytes>;
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, nested, many, noise), async (bytes) => {
      expect(await codeOf(bytes)).toBe(equal(bytes, cms) ? 'ok' : 'cms-malformed');
    }),
  );
  expect(await codeOf(concat(cms, Uint8Array.of(0)))).toBe('cms-malformed');
  expect(await codeOf(new Uint8Array(1 << 20))).toBe('cms-malformed');
});

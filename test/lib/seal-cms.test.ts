/** The seal's one spelling: whatever says the same otherwise is refused, and each part is somebody's word. */
import { Null } from 'asn1js';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, equal, hex, utf8 } from '../../src/lib/bytes.ts';
import { checkCms, DATA } from '../../src/lib/cms.ts';
import { withSmallerS } from '../../src/lib/cms-format.ts';
import { parseDer } from '../../src/lib/der.ts';
import { checkSealCms, stampSeal } from '../../src/lib/seal-cms.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { twin } from '../authenticator.ts';
import { attribute, greater, type Making, makeCms, owner } from './make-cms.ts';
import { authority, makeTimestamp } from './make-timestamp.ts';

const content = utf8('ikrar\n');
const digest = await sha256(content);
const codeOf = (cms: Bytes, covered = content): Promise<string> =>
  checkSealCms(cms, covered).then(
    () => 'ok',
    (error) => error.code,
  );
const by = await owner('Penyegel');
const other = await owner('Lain');
const made = (making: Partial<Making> = {}): Promise<Bytes> => makeCms({ by, digest, ...making });

test('what our sealer makes, with one certificate or more, is in its one spelling', async () => {
  const own = await createSealKey('Penyegel');
  for (const above of [[], [other.certificate], [other.certificate, by.certificate]]) {
    const sealer = await openSealer(own.key, [own.certificate, ...above]);
    for (let turn = 0; turn < 8; turn++) {
      const cms = await sealer.seal(digest);
      expect([await codeOf(cms), cms.length < sealer.room]).toEqual(['ok', true]);
      expect((await checkSealCms(cms, content)).certificate.whole).toEqual(own.certificate);
    }
  }
});

test('a timestamp is put in, and read out', async () => {
  const stamping = await authority('Penanda Waktu');
  const stamped = await stampSeal(await made(), content, (of) => makeTimestamp({ by: stamping, digest: of }));
  const { token, signature } = await checkSealCms(stamped, content);
  expect(hex(token!)).toContain(hex(await sha256(signature)));
  expect((await checkSealCms(await made(), content)).token).toBe(null);
});

describe('a seal that holds for others, and is not in its one spelling', () => {
  const rows: [string, () => Promise<Bytes>][] = [
    ['a certificate that nobody names', () => made({ certificates: [by.certificate, other.certificate] })],
    ['an unsigned attribute', () => made({ unsigned: [attribute('1.2.3.4', new Null())] })],
    ['a signed attribute more', () => made({ more: [attribute('1.2.3.4', new Null())] })],
    [
      'another version',
      async () => replaced(await made(), [0x02, 0x01, 0x01, 0x31], [0x02, 0x01, 0x03, 0x31]),
    ],
    ['the greater s', () => made({ scheme: greater(by.key) })],
  ];
  test.each(rows)('%s', async (_, make) => {
    const cms = await make();
    expect((await checkCms(cms, DATA, content)).certificate.whole).toEqual(by.certificate);
    expect(await codeOf(cms)).toBe('cms-malformed');
  });
});

test('of another file, and by another key, it is told what is wrong', async () => {
  expect(await codeOf(await made(), utf8('lain'))).toBe('cms-digest');
  expect(await codeOf(await made({ by: { key: other.key, certificate: by.certificate } }))).toBe(
    'cms-signature',
  );
});

test('no byte of it can be changed', async () => {
  const cms = await made();
  for (let at = 0; at < cms.length; at++) {
    expect([at, await codeOf(cms.with(at, cms[at]! ^ 1))]).not.toEqual([at, 'ok']);
  }
});

test('of two signatures that verify alike one is taken', async () => {
  const { signature } = await checkCms(await made(), DATA, content);
  expect(equal(withSmallerS(twin(signature), 'P-256'), signature)).toBe(true);
  expect(equal(withSmallerS(signature, 'P-256'), signature)).toBe(true);
  expect(() => withSmallerS(concat(signature, signature), 'P-256')).toThrow();
  expect(parseDer(signature).parts).toHaveLength(2);
});

/** The first `from`, of the same length. */
function replaced(bytes: Bytes, from: number[], to: number[]): Bytes {
  const at = bytes.findIndex((_, start) => from.every((byte, i) => bytes[start + i] === byte));
  if (at < 0) throw new Error('seal-cms: nothing changed');
  const out = bytes.slice();
  out.set(to, at);
  return out;
}

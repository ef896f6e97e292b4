/** The format of a status: what is printed is read again, and so is what a later service may add; nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Digest, formatDigest } from '../../src/lib/sha256.ts';
import { formatStatus, PLEDGE_STATUSES, parseStatus } from '../../src/proof/status.ts';

const digest: fc.Arbitrary<Digest> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(formatDigest);
const line = formatStatus({ kode: '7K3F9QXM2DA7', status: 'sah', pdf: [] });

test('what is printed is read again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PLEDGE_STATUSES), fc.array(digest, { maxLength: 3 }), (status, pdf) => {
      const said = { kode: '7K3F9QXM2DA7', status, pdf };
      expect(parseStatus(formatStatus(said))).toEqual(said);
    }),
  );
});

test('words and keys of a later service are no reason to stop reading', () => {
  const later = line.replace('"sah"', '"dicabut"').replace('}', ',"sejak":"2026-12-01T00:00:00Z"}');
  expect(parseStatus(later)).toEqual({ kode: '7K3F9QXM2DA7', status: 'dicabut', pdf: [] });
});

describe('refuses', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', line.slice(0, -3)],
    ['a list', '[]'],
    ['null', 'null'],
    ['another format', line.replace('@v1', '@v2')],
    ['another code', line.replace('2DA7', '2DA8')],
    ['a code spelled otherwise', line.replace('7K3F-', '7K3F')],
    ['no status', line.replace('"status":"sah",', '')],
    ['a status that is no word', line.replace('"sah"', '1')],
    ['a key twice', line.replace('"pdf"', '"status":"menunggu","pdf"')],
    ['papers that are no list', line.replace('[]', '"sha256:00"')],
    ['a digest that is none', line.replace('[]', '["sha256:00"]')],
    ['a digest that is no text', line.replace('[]', '[1]')],
  ])('%s', (_, text) => {
    expect(() => parseStatus(text)).toThrow('status-malformed');
  });
});

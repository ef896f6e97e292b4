/** What a later timestamp appends: one string of bytes, printed from a paper and a token, and nothing else passes for it. */
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { seal } from '../../src/document/seal.ts';
import { printPaper } from '../../src/kertas/print.ts';
import { findToken, printTimestampUpdate } from '../../src/kertas/timestamp-update.ts';
import { concat, equal, utf8 } from '../../src/lib/bytes.ts';
import { isDict, openPdf } from '../../src/lib/pdf.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { checkTimestamp } from '../../src/lib/timestamp.ts';
import { authority, makeTimestamp } from '../lib/make-timestamp.ts';
import { samplePledge } from './sample.ts';

const { key, certificate } = await createSealKey('Kesbangpol Contoh');
const sealer = await openSealer(key, [certificate]);
const room = { name: sealer.name, at: new Date('2026-11-23T02:11:00Z'), length: sealer.room };
const choices = { layout: 2, zona: 'WIB', stamp: 'stempel-menyusul' } as const;
const paper = printPaper(await samplePledge(), choices, room);
const whole = await seal(sealer, paper);
const by = await authority('Penanda Waktu');
const { digest } = await printTimestampUpdate(paper, whole, 2000);
const token = await makeTimestamp({ by, digest });
const { appended, digest: again } = await printTimestampUpdate(paper, whole, 2000, token);
const file = concat(whole, appended);

test('holds the token, which is of all but itself', async () => {
  const found = findToken(appended);
  expect([found!.room, equal(found!.token, token), equal(again, digest)]).toEqual([2000, true, true]);
  expect((await checkTimestamp(found!.token, digest)).name).toBe('Penanda Waktu');
});

test('is an update that other readers find, with a second signature over the whole file', async () => {
  const pdf = await openPdf(file);
  expect([pdf.updates, pdf.trailing, pdf.prepended]).toEqual([1, 0, 0]);
  const values = pdf.objects().filter((value) => isDict(value) && value.has('ByteRange'));
  expect(values).toHaveLength(2);
  const { context } = await PDFDocument.load(file, { updateMetadata: false });
  const fields = context
    .enumerateIndirectObjects()
    .filter(([, object]) => String(object).includes('/FT /Sig'));
  expect(fields).toHaveLength(2);
  const [, , after, rest] = /\/ByteRange \[(0) (\d+) (\d+) (\d+) /
    .exec(Buffer.from(appended).toString('latin1'))!
    .slice(1)
    .map(Number);
  expect(after! + rest!).toBe(file.length);
});

test('a token is found in nothing else', () => {
  for (const other of [
    utf8(''),
    utf8('\n'),
    utf8('/SubFilter /ETSI.RFC3161 /ByteRange [0 1] /Contents <>'),
    utf8('/SubFilter /ETSI.RFC3161 /ByteRange [0 1] /Contents <ffff>'),
    utf8(`/SubFilter /ETSI.RFC3161 /ByteRange [0 1] /Contents <${'30'.repeat(20_000)}>`),
  ]) {
    expect(findToken(other)).toBe(null);
  }
});

test('any byte changed outside of the token is not what is printed', async () => {
  const text = Buffer.from(appended).toString('latin1');
  const from = text.indexOf('/Contents <') + '/Contents <'.length;
  const to = from + 2 * token.length;
  const place = fc.nat(appended.length - 1).filter((at) => at < from || at >= to);
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = appended.slice();
      changed[at]! ^= change;
      const found = findToken(changed);
      const printed = found && (await printTimestampUpdate(paper, whole, found.room, found.token));
      expect(printed !== null && equal(printed.appended, changed)).toBe(false);
    }),
    { numRuns: 100 },
  );
});

test('a token has its room, and no more than is allowed', async () => {
  await expect(printTimestampUpdate(paper, whole, token.length - 1, token)).rejects.toThrow('no room');
  await expect(printTimestampUpdate(paper, whole, 1 << 20)).rejects.toThrow('no room');
});

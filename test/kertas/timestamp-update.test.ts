/** What a later timestamp appends: one string of bytes, read by printing it again, and nothing else passes for it. */
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { seal } from '../../../src/document/seal.ts';
import { stamp } from '../../../src/document/stamp.ts';
import { concat, equal, utf8 } from '../../../src/lib/bytes.ts';
import { formatTimestampUpdate, parseTimestampUpdate } from '../../../src/lib/paper/timestamp-update.ts';
import { isDict, openPdf } from '../../../src/lib/pdf.ts';
import { createSealKey, openSealer } from '../../../src/lib/sealer.ts';
import { checkTimestamp } from '../../../src/lib/timestamp.ts';
import { samplePledge } from '../../document/sample.ts';
import { authority, makeTimestamp } from '../make-timestamp.ts';

const { key, certificate } = await createSealKey('Kesbangpol Contoh');
const sealer = await openSealer(key, [certificate]);
const room = { name: sealer.name, at: new Date('2026-11-23T02:11:00Z'), length: sealer.room };
const pledge = { ...(await samplePledge()), timestamp: 'later' as const };
const paper = await seal(sealer, await stamp(pledge, room));
const by = await authority('Penanda Waktu');
const { digest } = await formatTimestampUpdate(paper, 2000);
const token = await makeTimestamp({ by, digest });
const { appended } = await formatTimestampUpdate(paper, 2000, token);
const file = concat(paper, appended);

test('is read back as the paper, the token, and what the token is of', async () => {
  const read = await parseTimestampUpdate(file);
  expect(equal(read!.paper, paper)).toBe(true);
  expect([equal(read!.token, token), equal(read!.digest, digest)]).toEqual([true, true]);
  expect((await checkTimestamp(read!.token, read!.digest)).name).toBe('Penanda Waktu');
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
  expect(fields.map(([, object]) => /\/T [<(](.*)[>)]/.exec(String(object))?.[1])).toContain('Stempel waktu');
  const [, , after, rest] = /\/ByteRange \[(0) (\d+) (\d+) (\d+) /
    .exec(Buffer.from(appended).toString('latin1'))!
    .slice(1)
    .map(Number);
  expect(after! + rest!).toBe(file.length);
});

test('the paper alone, and any other thing, is none', async () => {
  const { appended: empty } = await formatTimestampUpdate(paper, 2000);
  for (const other of [
    paper,
    concat(paper, utf8('\n')),
    concat(paper, empty),
    concat(file, utf8('\n')),
    concat(file, appended),
    concat(utf8(' '), file),
    file.subarray(0, file.length - 1),
    utf8('%PDF-1.7\n%%EOF\n/SubFilter /ETSI.RFC3161\n/x\n/Contents <3000>\n%%EOF\n'),
    new Uint8Array(0),
  ]) {
    expect((await parseTimestampUpdate(other)) === null).toBe(true);
  }
});

test('any byte changed outside of the token makes it another thing', async () => {
  const text = Buffer.from(file).toString('latin1');
  const from = text.lastIndexOf('/Contents <') + '/Contents <'.length;
  const to = from + 2 * token.length;
  const place = fc.integer({ min: paper.length, max: file.length - 1 }).filter((at) => at < from || at >= to);
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = file.slice();
      changed[at]! ^= change;
      expect((await parseTimestampUpdate(changed)) === null).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a paper is stamped so once, only if sealed, and only in its room', async () => {
  await expect(formatTimestampUpdate(file, 2000)).rejects.toThrow();
  await expect(formatTimestampUpdate(await stamp(pledge), 2000)).rejects.toThrow('timestamp-update');
  await expect(formatTimestampUpdate(paper, token.length - 1, token)).rejects.toThrow('no room');
  await expect(formatTimestampUpdate(paper, 1 << 20)).rejects.toThrow('no room');
});

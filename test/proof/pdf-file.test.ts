/** What is attached to a PDF: to ours as it is, to one that an app has saved again, to bytes that are none. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { issue } from '../../src/document/issue.ts';
import { concat, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { bring } from '../../src/proof/bring.ts';
import { check } from '../../src/proof/check.ts';
import { readAttachments } from '../../src/proof/pdf-file.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { updated } from './altered-pdf.ts';

const house = await openHouse();
const cast = await openCast(house.db);
const { row } = await hasSigned(house.services, cast.siti);
await house.services.publish();
const given = await issue(house.services, row.kode);
if (!given.ok) throw new Error(given.code);
const { pdf } = given;

/** Saved again by an app: objects in streams, another table, the seal broken. */
const resaved = async (): Promise<Uint8Array> =>
  (await PDFDocument.load(pdf, { updateMetadata: false })).save();

test('our own paper gives its statement and its proof', async () => {
  const read = await readAttachments(pdf);
  if (!read.ok) throw new Error(read.code);
  expect(utf8Text(read.statement!)).toBe(row.statement);
  expect(utf8Text(read.proof!)).toMatch(/^\{\n {2}"format": "ikrar\/bukti-berkas@v2",\n/);
  expect(read.signed).toBe(true);
});

test('saved again by an app, its proof holds and it is not our paper', async () => {
  const file = await resaved();
  const read = await readAttachments(file);
  if (!read.ok) throw new Error(read.code);
  expect(utf8Text(read.statement!)).toBe(row.statement);
  const brought = await bring(file);
  if (!brought.ok) throw new Error(brought.code);
  const trust = { verifier: house.services.signer.verifier, source: 'berkas' } as const;
  expect((await check(brought.given, trust)).verdict).toBe('bukan berkas terdaftar');
});

test('an update on it is read as every reader does', async () => {
  const read = await readAttachments(updated(pdf, 3, (body) => body));
  expect(read.ok).toBe(true);
});

test('a PDF without attachments has none', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  expect(await readAttachments(await document.save())).toEqual({
    ok: true,
    statement: null,
    proof: null,
    signed: false,
  });
});

test('what inflates to more than any of ours is not read', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  await document.attach(new Uint8Array(9 << 20), 'bukti.json');
  expect(await readAttachments(await document.save())).toEqual({ ok: false, code: 'pdf-size' });
  const packed = deflateSync(new Uint8Array(9 << 20));
  expect(packed.length).toBeLessThan(20_000);
});

test('whatever it is given, it answers', async () => {
  const cut = fc.nat(pdf.length).map((at) => pdf.slice(0, at));
  const joined = fc.nat(pdf.length).map((at) => concat(pdf.subarray(at), pdf));
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => concat(utf8('%PDF-1.7\n'), bytes));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, joined, noise), async (bytes) => {
      expect(typeof (await readAttachments(bytes)).ok).toBe('boolean');
    }),
    { numRuns: 60 },
  );
});

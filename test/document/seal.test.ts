/** A sealed paper, checked by code that shares nothing with the sealer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seal } from '../../src/document/seal.ts';
import { printPaper } from '../../src/kertas/print.ts';
import { hex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { openPdf } from '../../src/lib/pdf.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { CHOICES, samplePaper, samplePledge } from '../kertas/sample.ts';
import { readSeal } from './read-seal.ts';

const { key, certificate } = await createSealKey('Ikrar ikrar.example');
const sealer = await openSealer(key, [certificate]);
const pledge = await samplePledge();
const room = { name: sealer.name, at: new Date('2026-11-23T02:11:00Z'), length: sealer.room };
const paper = printPaper(pledge, CHOICES, room);
const sealed = await seal(sealer, paper);

describe('a sealed paper', () => {
  test('bears one seal over the whole file, by the certificate it holds', () => {
    const read = readSeal(sealed);
    expect(read.signer).toBe('CN=Ikrar ikrar.example');
    expect(hex(new Uint8Array(read.certificate.raw))).toBe(hex(certificate));
    expect(sealed.length).toBe(samplePaper(pledge, CHOICES, room).length);
    expect(sealed.length).toBeLessThan(80_000);
  });

  test('is one version of a file, and says what it said before', async () => {
    const pdf = await openPdf(sealed);
    expect([pdf.updates, pdf.prepended, pdf.trailing]).toEqual([0, 0, 0]);
    const { pages, attachments } = await readPdf(sealed);
    expect(pages).toEqual((await readPdf(samplePaper(pledge))).pages);
    expect([...attachments.keys()]).toEqual(['bukti.json', 'pernyataan.txt']);
  });

  test('shows any byte changed: outside of the seal, in its signature, behind it', () => {
    const { length } = readSeal(sealed);
    const text = new TextDecoder('latin1').decode(sealed);
    const start = text.indexOf('/Contents <308') + '/Contents <'.length;
    const end = text.indexOf('>', start);
    // The last 64 bytes of the CMS are the signature.
    const ours = { from: start, to: start + 2 * (length - 64) };
    const place = fc.nat(sealed.length - 1).filter((at) => at < ours.from || at >= ours.to);
    const within = fc.integer({ min: ours.to, max: end - 1 });
    fc.assert(
      fc.property(fc.oneof(place, within), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = sealed.slice();
        changed[at]! ^= change;
        expect(() => readSeal(changed)).toThrow();
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a byte after it', (file: Uint8Array) => [file, utf8('\n')]],
    ['a byte before it', (file: Uint8Array) => [utf8(' '), file]],
    [
      'an update',
      (file: Uint8Array) => [file, utf8('1 0 obj\nnull\nendobj\nxref\n0 0\ntrailer\n<<>>\n%%EOF\n')],
    ],
    ['another paper behind it', (file: Uint8Array) => [file, file]],
  ])('%s is found', (_, change) => {
    expect(() => readSeal(Buffer.concat(change(sealed)))).toThrow(/not covered|seals|left out/);
  });
});

test('a seal that is larger than its room is not written', async () => {
  const tight = printPaper(pledge, CHOICES, { ...room, length: 100 });
  await expect(seal(sealer, tight)).rejects.toThrow('larger than its room');
});

test.each([
  ['of something else', async () => sealer.seal(randomBytes(32)), 'cms-digest'],
  ['that is none', async () => randomBytes(500), 'cms-malformed'],
])('what comes from a sealer %s is not given out', async (_, answer, code) => {
  await expect(seal({ ...sealer, seal: answer }, paper)).rejects.toMatchObject({
    name: 'SealerError',
    cause: { code },
  });
});

test('the paper before the seal is the same each time', () => {
  expect(hex(samplePaper(pledge, CHOICES, room))).toBe(hex(samplePaper(pledge, CHOICES, room)));
});

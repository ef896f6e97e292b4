/** A sealed paper, checked by code that shares nothing with the sealer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seal } from '../../src/document/seal.ts';
import { stamp } from '../../src/document/stamp.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { readPdfFile } from '../../src/proof/pdf-file.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { readSeal } from './read-seal.ts';
import { samplePledge } from '../kertas/sample.ts';

const { key, certificate } = await createSealKey('Ikrar ikrar.example');
const sealer = await openSealer(key, [certificate]);
const pledge = await samplePledge();
const room = { name: sealer.name, at: new Date('2026-11-23T02:11:00Z'), length: sealer.room };
const paper = await stamp(pledge, room);
const sealed = await seal(sealer, paper);

describe('a sealed paper', () => {
  test('bears one seal over the whole file, by the certificate it holds', () => {
    const read = readSeal(sealed);
    expect(read.signer).toBe('CN=Ikrar ikrar.example');
    expect(hex(new Uint8Array(read.certificate.raw))).toBe(hex(certificate));
    expect(sealed.length).toBe(paper.length);
    expect(sealed.length).toBeLessThan(80_000);
  });

  test('is one version of a file, and says what it said before', async () => {
    const read = await readPdfFile(sealed);
    const plain = await readPdfFile(await stamp(pledge));
    if (!read.ok || !plain.ok) throw new Error('not read');
    expect(plain.file.seal).toEqual({ ok: false, code: 'seal-none' });
    expect(read.file.seal).toMatchObject({ ok: true, at: room.at });
    expect(read.file).toEqual({ ...plain.file, seal: read.file.seal });
    expect(read.file).toMatchObject({ updates: 0, trailing: false, prepended: false, strange: [] });
    expect((await readPdf(sealed)).attachments.has('pernyataan.txt')).toBe(true);
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

test('a paper is sealed once, and only if it was made for that', async () => {
  await expect(seal(sealer, sealed)).rejects.toThrow('not one room');
  await expect(seal(sealer, await stamp(pledge))).rejects.toThrow('not one room');
  const two = new Uint8Array(Buffer.concat([paper, paper]));
  await expect(seal(sealer, two)).rejects.toThrow('not one room');
});

test('a seal that is larger than its room is not written', async () => {
  const tight = await stamp(pledge, { ...room, length: 100 });
  await expect(seal(sealer, tight)).rejects.toThrow('larger than its room');
});

test('the paper before the seal is the same each time', async () => {
  expect(hex(await stamp(pledge, room))).toBe(hex(paper));
});

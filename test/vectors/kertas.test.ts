/**
 * Papers that were given out stay genuine: each file in the folder `kertas` is what today's code prints, byte for byte, and so is
 * the digest of what is printed for texts of every shape. A line here is never changed; a new version gets lines of its own.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hex } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { pledgeOf, readPaper } from '../../src/proof/read-paper.ts';
import { CHOICES, samplePaper, samplePledge } from '../kertas/sample.ts';
import { bytesAt, FOLDERS, textAt } from './seed.ts';

const OF_ONE = ['es256.pdf', 'eddsa.pdf', 'rs256.pdf', 'rs256-stempel.pdf'];
const PAPERS = [...OF_ONE, ...OF_ONE.map((name) => `v2-${name}`)];

test('every file is named', () => {
  expect(readdirSync(join(import.meta.dirname, 'kertas')).sort()).toEqual(PAPERS.toSorted());
});

test.each(PAPERS)('%s is what we print, and genuine', async (name) => {
  const file = bytesAt(`kertas/${name}`);
  const read = await readPaper(file);
  expect(read.ok).toBe(true);
  const brought = await bring(file);
  if (!brought.ok) throw new Error(brought.code);
  const trust = { verifier: textAt('ledger/kunci'), source: 'berkas' } as const;
  const { verdict, steps } = await checkProof(brought.given, trust);
  expect(verdict, JSON.stringify(steps)).toBe('asli');
});

const isi = (points: number): string =>
  `PERNYATAAN NETRALITAS\n\nSaya menyatakan:\n\n${Array.from(
    { length: points },
    (_, at) =>
      `${at + 1}. Tidak memihak, tidak memakai wewenang, anggaran, maupun fasilitas dinas untuk siapa pun.`,
  ).join('\n')}\n\nDemikian.`;

test.each([
  [
    'es256',
    async () => pledgeOf(textAt('es256/bukti-v2.json')),
    '4c5d2d1629ccb4247c286b6ff1b19e6e6f95ca606458985a98d9d09254dd6645',
  ],
  [
    'eddsa',
    async () => pledgeOf(textAt('eddsa/bukti-v2.json')),
    'e3ab235cb1621c80eab54ca6a80b77a669030132a15b67022ef5eef3e769cfc2',
  ],
  [
    'rs256',
    async () => pledgeOf(textAt('rs256/bukti-v2.json')),
    '8cf4811f3a221a5e310fd4aea655d5fb6e26409d8ed8c0ec99f801db2470f222',
  ],
  [
    'a short wording',
    async () => samplePledge({ isi: isi(1) }),
    '4cdc34a6cb0f7fefd2ce110851071a6107aae61d5e1d79edb503b5c80f2e6da2',
  ],
  [
    'one that is set smaller',
    async () => samplePledge({ isi: isi(11) }),
    'b2800a68938e1d6f324b1af3c9864eda1cb511b10f9de188591cc56e33f6b0cc',
  ],
  [
    'one over several sheets',
    async () => samplePledge({ isi: isi(60) }),
    '4446cd8837247971a01b5d870f7eb309ad2845e824da8889bd419f1d2f382369',
  ],
  [
    'long names and places',
    async () =>
      samplePledge({
        isi: isi(5),
        nama: `H. ${'Muhammad '.repeat(12)}Ḥāfiẓ, S.Sos., M.AP.`,
        tempat: `${'Gedung Serbaguna dan Pusat Pelatihan Masyarakat, '.repeat(3)}Kumai`,
        kegiatan: 'Deklarasi Netralitas '.repeat(12).trim(),
      }),
    '672473c05cec7d02cd17c622764b08f0a611c6220c13dcb8ffafd4311f4d0242',
  ],
  [
    'letters that need an escape',
    async () => samplePledge({ isi: isi(2), nama: 'A (B) \\ ĊĨ čḍ', jabatan: 'Pj. (a.n.) \\' }),
    '188f1e83eec9d486a354832837cfd7ef558936021eea9a901b19c34dbabded1d',
  ],
])('version 1: %s is printed as ever', async (_, make, digest) => {
  expect(hex(await sha256(samplePaper(await make(), { ...CHOICES, layout: 1 })))).toBe(digest);
});

/** The same parts, as version 2 prints them. */
test.each([
  [
    'es256',
    async () => pledgeOf(textAt('es256/bukti-v2.json')),
    'f0babd0f296025dbdd8229f6a7a08b01e680378f0ab78b5f6a422938168cd66f',
  ],
  [
    'a short wording',
    async () => samplePledge({ isi: isi(1) }),
    '95df2dcf4edd4423ab3c5138bbe80b44284124b6ea2c82a1bbe523cc4746415b',
  ],
  [
    'one that is set smaller',
    async () => samplePledge({ isi: isi(11) }),
    'fc8153825f464741c4dfc2f4fcf8411a94215dff72793e5e19ecbed2d3a960b8',
  ],
  [
    'one over several sheets',
    async () => samplePledge({ isi: isi(60) }),
    'fd4df57ce6944f94c6ccd64f703d6a1c8c73569a08e16eeda4af8ec37c542f0d',
  ],
])('version 2: %s is printed as ever', async (_, make, digest) => {
  expect(hex(await sha256(samplePaper(await make(), { ...CHOICES, layout: 2 })))).toBe(digest);
});

test('each kind of key has its paper', () => {
  for (const folder of FOLDERS) expect(PAPERS).toContain(`${folder}.pdf`);
});

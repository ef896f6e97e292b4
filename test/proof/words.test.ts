/** The words on our papers are known from what was signed, and one that is other, more or less is found. */
import { describe, expect, test } from 'vitest';
import type { Pledge } from '../../src/document/pledge.ts';
import { stamp } from '../../src/document/stamp.ts';
import type { Zona } from '../../src/lib/zone.ts';
import { builtinWordings } from '../../src/naskah/builtin/all.ts';
import { differenceOfWords, type Evidence } from '../../src/proof/words.ts';
import { readPdf } from '../document/read-pdf.ts';
import { samplePledge } from '../document/sample.ts';

type Sample = Parameters<typeof samplePledge>;

async function drawn(changes: Sample[0] = {}, origin?: string, zona: Zona = 'WIB') {
  const pledge = { ...(await samplePledge(changes, origin)), zona };
  const { pages } = await readPdf(await stamp(pledge));
  return { pledge, pages: pages.map(({ lines }) => lines.map(({ text }) => text).join('\n')) };
}

const evidenceOf = (pledge: Pledge): Evidence => ({ ...pledge, index: pledge.ledger.index });

const kades = builtinWordings.find(({ id }) => id === 'kades-pilkada')!.isi;
const long = kades.replace(
  /\n\nApabila/,
  `\n${Array.from({ length: 40 }, (_, at) => `${at + 6}. Butir tambahan yang cukup panjang untuk lebih dari satu baris di kertas ini, ke-${at + 6}.`).join('\n')}\n\nApabila`,
);

const PAPERS: { name: string; changes?: Sample[0]; origin?: string; zona?: Zona }[] = [
  ...builtinWordings.map(({ id, isi }) => ({ name: id, changes: { isi } })),
  { name: 'over several pages', changes: { isi: long } },
  { name: 'at home', origin: 'http://localhost:8080' },
  { name: 'in the middle', zona: 'WITA' },
  { name: 'in the east', zona: 'WIT' },
  {
    name: 'a place too long for a line',
    changes: { tempat: 'Gedung Pertemuan Umum Kecamatan Pangkalan Banteng, Kotawaringin Barat' },
  },
  { name: 'a name with everything', changes: { nama: 'Dr. H. Abdul-Raḥmān ‘Ucok’ (S’), S.H., M.H.' } },
  { name: 'a name that is a label', changes: { nama: 'Jabatan', jabatan: 'Nama' } },
  { name: 'a word longer than a line', changes: { nama: `A${'a'.repeat(90)}` } },
];

test.each(PAPERS)('ours are known: $name', async ({ changes, origin, zona }) => {
  const { pledge, pages } = await drawn(changes, origin, zona);
  expect(differenceOfWords(pages, pledge, evidenceOf(pledge))).toBeNull();
});

describe('found', async () => {
  const { pledge, pages } = await drawn();
  const [words, evidence] = pages as [string, string];
  const changed = (from: string | RegExp, to: string): string[] => {
    const other = words.replace(from, to);
    expect(other).not.toBe(words);
    return [other, evidence];
  };
  test.each<[string, () => string[]]>([
    ['another name', () => changed('Contoh Nama', 'Orang Lain')],
    [
      'another name below the signature',
      () => changed(/Contoh Nama(?=[\s\S]{0,60}Kepala Desa\s+Kode)/, 'Orang Lain'),
    ],
    ['another word', () => changed(/menyatakan/, 'menolak')],
    ['a point less', () => changed(/2\. .*\n/, '')],
    ['a word at the head', () => changed(/^/, 'BATAL ')],
    ['a word at the foot', () => changed(/$/, ' BATAL')],
    ['another day', () => changed('23 November', '24 November')],
    ['another hour', () => changed('09.10 WIB', '08.10 WIB')],
    ['another code', () => changed(/2DA./, '2DAZ')],
    ['another site to check at', () => changed('ikrar.example', 'ikrar.test')],
    ['a page more', () => [words, words, evidence]],
    ['a page before', () => ['BATAL', words, evidence]],
    ['a page less', () => [words]],
    ['no page', () => []],
    ['another digest', () => [words, evidence.replace(/[0-9a-f]{64}/, '0'.repeat(64))]],
    ['another place in the ledger', () => [words, evidence.replace('1.043', '1.044')]],
    ['a word after the evidence', () => [words, evidence.replace(/(?=Kode 7K3F)/, 'BATAL ')]],
    ['evidence of another', () => [words, evidence.replace('Contoh Nama', 'Orang Lain')]],
  ])('%s', (_, alter) => {
    expect(differenceOfWords(alter(), pledge, evidenceOf(pledge))).not.toBeNull();
  });
});

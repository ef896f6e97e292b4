/** Cards to cut: each with its own link and code, and nobody's name cut short. */
import { expect, test } from 'vitest';
import { type Card, type CardsAbout, drawCards as pieces } from '../../src/invitation/card.ts';
import { deriveInvitation, formatTyped } from '../../src/invitation/token.ts';
import { type Bytes, concat, hex } from '../../src/lib/bytes.ts';
import { openSecret } from '../../src/lib/secret.ts';
import { readPdf } from '../kertas/read-pdf.ts';

const about = {
  origin: 'https://ikrar.example',
  organizer: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  contact: '0812-3456-7890, Rina Contoh',
  judul: 'Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat',
  zona: 'WITA' as const,
  batas: new Date('2026-11-30T16:00:00Z'),
};

/** All pieces in one. */
async function drawCards(
  list: readonly Card[],
  about: CardsAbout,
  seen: (done: number) => void = () => {},
): Promise<Bytes> {
  const drawn: Bytes[] = [];
  for await (const { bytes, done } of pieces(list, about)) {
    drawn.push(bytes);
    seen(done);
  }
  return concat(...drawn);
}

async function make(count: number): Promise<Card[]> {
  const secret = await openSecret(new Uint8Array(32).fill(7));
  const names = [
    'Sarinah',
    'Prof. Dr. Ir. H. Muhammad ʿAbd al-Ḥāfiẓ Kartosuwiryo Notonegoro Wiryoatmodjo, S.Sos., S.H., M.Si., M.A.P.',
  ];
  return Promise.all(
    Array.from({ length: count }, async (_, at) => ({
      nomor: at + 1,
      nama: names[at % 2]!,
      jabatan: 'Penjabat Kepala Desa',
      wilayah:
        '12.21.05.2012 Tarutung Bolak Nauli Sibatang Kayu Simatoran, Ulu Barumun, Padang Lawas, Sumatera Utara',
      ...(await deriveInvitation(secret, `orang ${at}`, 1)),
    })),
  );
}

test('eight on a sheet, each with name, office, link, code, address and deadline', async () => {
  const list = await make(11);
  const pdf = await readPdf(await drawCards(list, about));
  expect(pdf.pages.map(({ qrs }) => qrs.length)).toEqual([8, 3]);
  expect(pdf.pages.flatMap(({ qrs }) => qrs)).toEqual(
    list.map(({ token }) => `https://IKRAR.EXAMPLE/u#${token}`),
  );
  const texts = pdf.elements.map(({ text }) => text);
  for (const { nama, jabatan, wilayah, code } of list) {
    expect(texts).toContain(`${nama} ${jabatan} ${wilayah}`);
    expect(texts.filter((text) => text.includes(formatTyped(code)))).toEqual([
      expect.stringContaining('buka ikrar.example/u dan ketik kode:'),
    ]);
  }
  for (const said of [
    'Pindai dengan kamera HP Bapak/Ibu, baca, lalu tanda tangani.',
    'Perlu bantuan? Hubungi 0812-3456-7890, Rina Contoh',
    about.organizer,
  ])
    expect(texts.filter((text) => text.includes(said))).toHaveLength(11);
  expect(texts.filter((text) => text.includes('Selasa, 1 Desember 2026 pukul 00.00 WITA'))).toHaveLength(11);
  expect(pdf.elements.filter(({ alt }) => alt === 'Kode QR undangan untuk Sarinah')).toHaveLength(6);
});

test('the link opens as an address does: only what follows the host knows letter case', async () => {
  const [card] = await make(1);
  const pdf = await readPdf(await drawCards([card!], about));
  const url = new URL(pdf.pages[0]!.qrs[0]!);
  expect(url.href).toBe(`https://ikrar.example/u#${card!.token}`);
});

test('nothing on a card stands over something else', async () => {
  const pdf = await readPdf(await drawCards(await make(8), about));
  const seen = new Set<string>();
  for (const { x, y } of pdf.pages[0]!.lines) {
    const place = `${Math.round(x)} ${Math.round(y / 5)}`;
    expect(seen.has(place)).toBe(false);
    seen.add(place);
  }
});

const LONG = {
  organizer:
    'Badan Kesatuan Bangsa dan Politik serta Perlindungan Masyarakat dan Penanggulangan Bencana Kabupaten Kotawaringin Barat',
  judul:
    'Deklarasi Netralitas Kepala Desa, Lurah, Camat, ASN, TNI dan Polri pada Pemilihan Kepala Daerah Serentak Tahun 2026 se-Kabupaten Kotawaringin Barat, Pangkalan Bun',
  contact: '0812-3456-7890, Hj. Rina Contoh Wahyuningtyas Kusumanegara Prawirodirdjo, M.Si.',
};

test.each([
  ['https://ikrar.example', 33],
  ['https://ikrar.kotawaringinbaratkab.go.id', 37],
])(
  'the QR of %s is clear of all words, and at least 25 mm wide with them all; none of them is cut',
  async (origin, modules) => {
    const pdf = await readPdf(await drawCards(await make(8), { ...about, origin, ...LONG }));
    const [{ content, lines, qrs }] = pdf.pages as [(typeof pdf.pages)[0]];
    expect(qrs).toHaveLength(8);
    const texts = pdf.elements.map(({ text }) => text);
    for (const said of Object.values(LONG))
      expect(texts.filter((text) => text.includes(said))).toHaveLength(8);
    expect(texts.join(' ')).not.toContain('…');
    const placed = [...content.matchAll(/q 0 g ([\d.]+) 0 0 [\d.]+ ([\d.]+) ([\d.]+) cm/g)];
    for (const [unit, left, bottom] of placed.map(([, ...numbers]) => numbers.map(Number)) as [
      number,
      number,
      number,
    ][]) {
      expect((unit * (modules + 8) * 25.4) / 72).toBeGreaterThanOrEqual(25);
      const [x, y, dark] = [left + 4 * unit, bottom + 4 * unit, unit * modules];
      for (const line of lines) {
        const beside = line.x >= x + dark || line.x < x - 1;
        // Letters reach two points below their line and seven above it.
        expect(beside || line.y >= y + dark + 2 || line.y + 7 <= y).toBe(true);
      }
    }
  },
);

test('only what no letters could hold is cut, and the cut is marked', async () => {
  const contact = `0812-3456-7890, ${'Rina Contoh Wahyuningsih '.repeat(12)}`;
  const pdf = await readPdf(await drawCards(await make(8), { ...about, contact }));
  expect(pdf.pages[0]!.qrs).toHaveLength(8);
  expect(
    pdf.elements.filter(({ text }) => text.includes('0812-3456-7890') && text.includes('…')),
  ).toHaveLength(8);
});

test('again the same cards, and word of how far it is', async () => {
  const list = await make(20);
  const steps: number[] = [];
  const first = await drawCards(list, about, (done) => steps.push(done));
  // A sheet each, and the end of the file.
  expect(steps).toEqual([8, 16, 20, 20]);
  expect(hex(await drawCards(list, about))).toBe(hex(first));
});

test('a sheet is sent when it is drawn: no piece of a long file is greater than those of a short one', async () => {
  const lengths = async (count: number): Promise<number[]> => {
    const all: number[] = [];
    for await (const { bytes } of pieces(await make(count), about)) all.push(bytes.length);
    return all;
  };
  const [short, long] = [await lengths(16), await lengths(500)];
  expect([short.length, long.length]).toEqual([3, 64]);
  expect(Math.max(...long.slice(0, -1))).toBeLessThan(1.2 * Math.max(...short.slice(0, -1)));
  // The end has typefaces, and of what is drawn no more than where it is: four elements a card, each in the table, on its list and on its page.
  expect(long.at(-1)! - short.at(-1)!).toBeLessThan(484 * 200);
});

test('while a thousand are made, other work goes on', async () => {
  const list = await make(200);
  let turns = 0;
  let made = false;
  const other = (async () => {
    while (!made) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turns++;
    }
  })();
  await drawCards(list, about);
  made = true;
  await other;
  expect(turns).toBeGreaterThanOrEqual(200 / 8);
});

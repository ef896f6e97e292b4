/** The paper of a pledge, read back: what stands on it, in what order, and that it is the same every time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { undrawable } from '../../src/lib/glyphs.ts';
import { typefaces, widthOf } from '../../src/lib/paper/typeface.ts';
import { builtinWordings } from '../../src/naskah/builtin/all.ts';
import { linesOf } from '../../src/naskah/wording.ts';
import { formatCode } from '../../src/statement/code.ts';
import { readPdf } from './read-pdf.ts';
import { samplePaper, samplePledge } from './sample.ts';

const KB = 1000;
const kades = builtinWordings.find(({ id }) => id === 'kades-pilkada')!.isi;
const withPoints = (count: number): string =>
  kades.replace(
    /\n\nApabila/,
    `\n${Array.from({ length: count }, (_, i) => `${i + 6}. Butir tambahan ke-${i + 6} yang cukup panjang untuk lebih dari satu baris: tidak memakai wewenang, anggaran, maupun gedung dinas untuk calon mana pun.`).join('\n')}\n\nApabila`,
  );

describe('a pledge', async () => {
  const pledge = await samplePledge();
  const bytes = samplePaper(pledge);
  const pdf = await readPdf(bytes);
  const kode = formatCode(pledge.statement.kode);

  test('has a page of words and a page of evidence, and is small', () => {
    expect(pdf.pages).toHaveLength(2);
    expect(bytes.length).toBeLessThan(80 * KB);
  });

  test('is the same file each time', async () => {
    expect(hex(samplePaper(await samplePledge()))).toBe(hex(bytes));
  });

  test('has the address of its hash in the QR, in capitals but for the scheme', () => {
    expect(pdf.pages.flatMap(({ qrs }) => qrs)).toEqual([`https://IKRAR.EXAMPLE/P/${pledge.hashSymbols}`]);
    expect(pledge.hashSymbols).toMatch(/^[0-9A-HJKMNP-TV-Z]{32}$/);
  });

  test('carries the statement, byte for byte', () => {
    const file = pdf.attachments.get('pernyataan.txt');
    expect(file?.type).toBe('text/plain');
    expect(hex(file!.bytes)).toBe(hex(utf8(pledge.text)));
  });

  test('carries the proof, byte for byte, and says so', () => {
    const file = pdf.attachments.get('bukti.json');
    expect(file?.type).toBe('application/json');
    expect(hex(file!.bytes)).toBe(hex(utf8(pledge.proof)));
    expect([...pdf.attachments.keys()].sort()).toEqual(['bukti.json', 'pernyataan.txt']);
    expect(pdf.pages[1]!.lines.map(({ text }) => text).join('\n')).toContain('bukti.json');
  });

  test('says its words in the order in which they were signed, each paragraph an element', () => {
    const said = pdf.elements.map(({ text }) => text);
    const words = linesOf(pledge.statement.isi)
      .filter(({ kind }) => kind !== 'blank')
      .map(({ text }) => text);
    expect(said.filter((text) => words.includes(text))).toEqual(words);
  });

  test('is tagged: titles, paragraphs, the QR as a figure with words', () => {
    const h1 = pdf.elements.filter(({ type }) => type === 'H1').map(({ text }) => text);
    expect(h1).toEqual(['PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN KEPALA DAERAH', 'LEMBAR BUKTI']);
    const figures = pdf.elements.filter(({ type }) => type === 'Figure');
    expect(figures.map(({ alt }) => alt)).toEqual([
      `Kode QR ke halaman pemeriksaan https://IKRAR.EXAMPLE/P/${pledge.hashSymbols}`,
    ]);
    expect(pdf.marked).toBe(true);
    expect(pdf.lang).toBe('id-ID');
  });

  test('names itself, its organiser and its time', () => {
    expect(pdf.document.getTitle()).toBe(
      'PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN KEPALA DAERAH: H. Contoh Nama, S.Sos., M.AP.',
    );
    expect(pdf.document.getAuthor()).toBe(pledge.statement.penyelenggara.nama);
    expect(pdf.document.getSubject()).toContain(kode);
    expect(pdf.document.getCreationDate()).toEqual(pledge.at);
    expect(pdf.displaysTitle).toBe(true);
  });

  test('says who, where, when with zone, and how to check', () => {
    const [words, evidence] = pdf.pages.map(({ lines }) => lines.map(({ text }) => text).join('\n'));
    expect(words).toContain('H. Contoh Nama, S.Sos., M.AP.');
    expect(words).toContain('62.01.01.2008');
    expect(words).toContain('Nomor 800/17/IKRAR/BKBP/XI/2026');
    expect(words).toContain('Hotel Mercure, Pangkalan Bun, 23 November 2026');
    expect(words).toContain('Senin, 23 November 2026 pukul 09.10 WIB');
    expect(words!.replaceAll('\n', ' ')).toContain('tanda tangan elektronik tidak tersertifikasi');
    expect(words).toContain(kode);
    expect(words!.replaceAll('\n', '')).toContain(`https://ikrar.example/p/${kode}`);
    for (const fact of [
      hex(pledge.hash),
      hex(pledge.challenge),
      hex(pledge.evidenceHash),
      pledge.statement.kunci.slice(7),
      pledge.statement.daftar.slice(7),
      pledge.statement.naskah.sha256.slice(7),
      pledge.hashSymbols,
      'ikrar.example/catatan',
      '1.043 (entri pertama bernomor 0)',
      'ES256: ECDSA pada kurva P-256 dengan SHA-256',
      'UV: sidik jari, wajah, atau kunci layar diperiksa oleh perangkat',
      'Senin, 23 November 2026 pukul 09.10.21 WIB (2026-11-23 02.10.21 UTC)',
      'sha256sum pernyataan.txt',
    ]) {
      expect(evidence).toContain(fact);
    }
  });

  test('stays within the margins', () => {
    for (const { lines } of pdf.pages) {
      for (const { x, y } of lines) {
        expect(x).toBeGreaterThan(70);
        expect(y).toBeGreaterThan(28);
        expect(y).toBeLessThan(800);
      }
    }
  });
});

test.each(builtinWordings.map(({ id, isi }) => [id, isi]))('%s stands on one page', async (_, isi) => {
  const pdf = await readPdf(samplePaper(await samplePledge({ isi })));
  expect(pdf.pages).toHaveLength(2);
});

test('a long wording goes on over pages, and the signature never stands alone', async () => {
  for (const points of [4, 8, 12, 20, 25, 40]) {
    const isi = withPoints(points);
    const pdf = await readPdf(samplePaper(await samplePledge({ isi })));
    const said = pdf.elements.map(({ text }) => text);
    for (const { kind, text } of linesOf(isi)) if (kind !== 'blank') expect(said).toContain(text);
    const signed = pdf.pages.findIndex(({ qrs }) => qrs.length > 0);
    expect(signed).toBe(pdf.pages.length - 2);
    expect(pdf.pages[signed]!.lines.filter(({ text }) => /Undang|Putusan/.test(text))).not.toHaveLength(0);
    const footers = pdf.pages.map(({ lines }) => lines.at(-1)!.text);
    expect(footers).toEqual(pdf.pages.map((_, at) => `Halaman ${at + 1} dari ${pdf.pages.length}`));
  }
});

test('without https, as at home, the QR says so', async () => {
  const pledge = await samplePledge({}, 'http://localhost:8080');
  const pdf = await readPdf(samplePaper(pledge));
  expect(pdf.pages[0]!.qrs).toEqual([`http://LOCALHOST:8080/P/${pledge.hashSymbols}`]);
});

test('a letter that can not be drawn is refused', async () => {
  for (const nama of ['王小明', 'Budi 😀', 'محمد']) {
    const pledge = await samplePledge({ nama });
    expect(() => samplePaper(pledge)).toThrow('no glyph');
  }
});

test('any name that can be drawn has its paper', async () => {
  const letter = fc
    .integer({ min: 0x21, max: 0x2212 })
    .map((code) => String.fromCodePoint(code).normalize('NFC'))
    .filter((text) => text !== '\u00a0' && undrawable(text) === null && /^[\p{L}\p{P}]+$/u.test(text));
  const word = fc.string({ unit: letter, minLength: 1, maxLength: 44 });
  const name = fc
    .array(word, { minLength: 1, maxLength: 6 })
    .map((words) => words.join(' ').normalize('NFC'));
  await fc.assert(
    fc.asyncProperty(name, async (nama) => {
      const bytes = samplePaper(await samplePledge({ nama }));
      // With every letter that a name may have, where it asks for one beyond Latin-1.
      expect(bytes.length).toBeLessThan(110 * KB);
      const { pages } = await readPdf(bytes);
      const drawn = pages[0]!.lines.map(({ text }) => text).join('');
      expect(drawn.replaceAll(' ', '')).toContain(nama.replaceAll(' ', ''));
    }),
    { numRuns: 40 },
  );
});

describe('nothing is drawn where nobody looks', () => {
  /** Every line of every sheet, by the letters' own widths; in points. */
  async function stray(isi: string, changes: Parameters<typeof samplePledge>[0] = {}): Promise<string[]> {
    const { pages } = await readPdf(samplePaper(await samplePledge({ ...changes, isi })));
    return pages.flatMap(({ content }) =>
      [
        ...content.matchAll(
          /BT \/([RB]) ([\d.]+) Tf [\d.]+ g (-?[\d.]+) (-?[\d.]+) Td \[((?:\((?:[^()\\]|\\[\s\S])*\)|-?[\d.]+)*)\] TJ ET/g,
        ),
      ]
        .filter(([, font, size, x, y, shown]) => {
          const letters = [...shown!.matchAll(/\(((?:[^()\\]|\\[\s\S])*)\)/g)]
            .map(([, bytes]) =>
              bytes!.replace(/\\([\s\S])/g, (_, one) => ({ n: '\n', r: '\r' })[one as string] ?? one),
            )
            .join('');
          const text = (letters.match(/[\s\S]{2}/g) ?? [])
            .map((pair) => String.fromCharCode((pair.charCodeAt(0) << 8) | pair.charCodeAt(1)))
            .join('');
          const face = typefaces[font === 'B' ? 'bold' : 'regular'];
          const right = Number(x) + widthOf(text.trimEnd(), face, Number(size));
          return Number(x) < 70 || right > 560 || Number(y) < 28 || Number(y) > 820;
        })
        .map(([line]) => line),
    );
  }

  test.each([
    [
      'a point with a number of 120 digits',
      `JUDUL\n\nSaya:\n\n${'0'.repeat(120)}2. kecuali pasangan calon nomor 2.\n\nTutup.`,
    ],
    ['a word of 3,000 letters', `JUDUL\n\nSaya ${'netral'.repeat(500)}.\n\nTutup.`],
    ['lines that all lead to the next', `JUDUL\n\n${'a:\n'.repeat(4500)}\nTutup.`],
  ])('%s', async (_, isi) => {
    expect(await stray(isi)).toEqual([]);
  });

  test('a signature that is higher than a sheet makes no paper', async () => {
    const isi = 'JUDUL\n\nSaya netral.';
    expect(await stray(isi, { jabatan: 'Kepala Desa '.repeat(20).trim() })).toEqual([]);
    await expect(stray(isi, { jabatan: 'Kepala Desa '.repeat(300).trim() })).rejects.toThrow(RangeError);
  });

  test('words of every shape', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'aiW.:-/ '), minLength: 1, maxLength: 200 });
    const start = fc.constantFrom('', '1. ', '999. ', `${'1'.repeat(60)}. `, '- ');
    const line = fc.tuple(start, word).map(([mark, text]) => `${mark}${text.trim() || 'a'}`);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        expect(await stray(`JUDUL\n\n${lines.join('\n')}\n\nTutup.`)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

test('the head shows no other letters than were signed, and only ones that can be drawn', async () => {
  const nama = 'Kantor µ ſ ı ŉ ß ẖ ẗ ẘ ẙ é ş Ñ İ';
  const pledge = await samplePledge({ penyelenggara: { wilayah: '62.01', nama } });
  const { pages } = await readPdf(samplePaper(pledge));
  expect(pages[0]!.lines[0]!.text.trim()).toBe('KANTOR µ ſ ı ŉ ß ẖ ẗ ẘ ẙ É Ş Ñ İ');
});

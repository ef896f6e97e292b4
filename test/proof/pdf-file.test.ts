/** Papers read back from bytes that nobody vouches for: ours as they are, altered ones as what they show. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PDFName, PDFRawStream } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { issue } from '../../src/document/issue.ts';
import { stamp } from '../../src/document/stamp.ts';
import { concat, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { builtinWordings } from '../../src/naskah/builtin/all.ts';
import { type PdfFile, readPdfFile } from '../../src/proof/pdf-file.ts';
import { hasSigned, openCast } from '../cast.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { samplePledge } from '../kertas/sample.ts';
import { openHouse } from '../house.ts';
import { drawn, rewritten, updated, withAttached, withDrawing } from './altered-pdf.ts';

const house = await openHouse();
const cast = await openCast(house.db);
const { row } = await hasSigned(house.services, cast.siti);
await house.services.publish();
const given = await issue(house.services, row.kode);
if (!given.ok) throw new Error(given.code);
const { pdf } = given;

async function read(bytes: Uint8Array): Promise<PdfFile> {
  const answer = await readPdfFile(bytes);
  if (!answer.ok) throw new Error(answer.code);
  return answer.file;
}
const name = (text: string): PDFName => PDFName.of(text);
const genuine = await read(pdf);

describe('our own papers', () => {
  test('give the statement, and the words of each page as drawn', async () => {
    expect(utf8Text(genuine.statement!)).toBe(row.statement);
    const { pages } = await readPdf(pdf);
    expect(genuine.page).toEqual(pages.map(({ lines }) => lines.map(({ text }) => text).join('')));
    expect(genuine).toMatchObject({ prepended: false, trailing: false, updates: 0, strange: [] });
  });

  test.each(builtinWordings.map(({ id, isi }) => [id, isi]))('%s is read', async (_, isi) => {
    expect((await read(await stamp(await samplePledge({ isi })))).strange).toEqual([]);
  });

  test.each([
    ['letters of the whole font', { nama: 'Ḥāfiẓ Ātika ṛ, S.Pd.I.' }],
    ['a name of one long word', { nama: 'X'.repeat(90) }],
    ['a long place', { tempat: `${'Gedung Serbaguna dan Pusat Pelatihan Masyarakat, '.repeat(3)}Kumai` }],
    ['a long event', { kegiatan: 'Deklarasi Netralitas '.repeat(12).trim() }],
    [
      'many pages',
      {
        isi: builtinWordings[0]!.isi.replace(
          '\n\n',
          `\n\n${'Kalimat yang panjang. '.repeat(300).trim()}\n\n`,
        ),
      },
    ],
  ])('%s', async (_, changes) => {
    expect((await read(await stamp(await samplePledge(changes)))).strange).toEqual([]);
  });
});

describe('what is changed is seen', () => {
  test('a word of the page, its attachment kept', async () => {
    const file = await read(
      await withDrawing(pdf, (content) => content.replace(drawn('Siti'), drawn('Sari'))),
    );
    expect(file.page![0]).toContain('Sari Contoh');
    expect(utf8Text(file.statement!)).toBe(row.statement);
    expect(file.strange).toEqual([]);
  });

  test('the attachment, its page kept', async () => {
    const file = await read(
      await withAttached(pdf, 'pernyataan.txt', (text) => text.replace('Siti', 'Sari')),
    );
    expect(utf8Text(file.statement!)).toContain('Sari Contoh');
    expect(file.page).toEqual(genuine.page);
  });

  test('bytes before the file', async () => {
    expect(await read(concat(utf8('#!/bin/sh\n'), pdf))).toMatchObject({
      prepended: true,
      page: genuine.page,
    });
  });

  test.each([
    ['bytes', 'x'],
    ['a second end', '\n%%EOF\n'],
    ['an end of nothing', '\nstartxref\n%%EOF\n'],
    ['empty lines', '\n\n'],
  ])('%s after the file', async (_, tail) => {
    expect(await read(concat(pdf, utf8(tail)))).toMatchObject({ trailing: true, page: genuine.page });
  });

  test('an end of line after the file is none', async () => {
    for (const tail of ['\n', '\r\n', '\r']) {
      expect(await read(concat(pdf, utf8(tail)))).toMatchObject({ trailing: false });
    }
  });

  test('an incremental update, and what it shows', async () => {
    const file = await read(await updated(pdf, (content) => content.replace(drawn('Siti'), drawn('Sari'))));
    expect(file).toMatchObject({ updates: 1, trailing: false });
    expect(file.page![0]).toContain('Sari Contoh');
    expect((await read(await updated(await updated(pdf, (text) => text), (text) => text))).updates).toBe(2);
  });
});

describe('what all readers would not read alike is not read', () => {
  const latin1 = Buffer.from(pdf).toString('latin1');
  const swapped = (from: string | RegExp, to: string): Uint8Array => {
    const changed = latin1.replace(from, to);
    if (changed === latin1) throw new Error('nothing changed');
    return Buffer.from(changed, 'latin1');
  };
  test.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['no PDF', () => utf8('ikrar/pernyataan@v1\n')],
    ['cut off', () => pdf.subarray(0, pdf.length - 40)],
    ['half', () => pdf.subarray(0, pdf.length / 2)],
    ['a key twice', () => swapped('/Root 2 0 R', '/Root 2 0 R/Root 2 0 R')],
    ['encrypted', () => swapped('/Root 2 0 R', '/Root 2 0 R/Encrypt 2 0 R')],
    [
      'cross-references that go round',
      () => swapped('/Root 2 0 R', `/Root 2 0 R/Prev ${/startxref\n(\d+)/.exec(latin1)![1]}`),
    ],
    ['no catalog', () => swapped('/Root 2 0 R', '/Root 1 0 R')],
  ])('%s', async (_, alter) => {
    expect(await readPdfFile(alter())).toEqual({ ok: false, code: 'pdf-malformed' });
  });

  test('a stream that inflates without end, and a file that is far too large', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(100_000_000)));
    expect(bomb.length).toBeLessThan(200_000);
    const bombed = await rewritten(pdf, (d) => {
      const stream = PDFRawStream.of(d.context.obj({ Filter: 'FlateDecode' }), bomb);
      d.getPages()[0]!.node.set(name('Contents'), d.context.register(stream));
    });
    expect(await readPdfFile(bombed)).toEqual({ ok: false, code: 'pdf-size' });
    expect(await readPdfFile(new Uint8Array(5_000_000))).toEqual({ ok: false, code: 'pdf-size' });
  });

  test('an object of very many values, and one very deep', async () => {
    const root = (value: string): Uint8Array => {
      const head = `%PDF-1.7\n1 0 obj\n${value}\nendobj\n`;
      return utf8(
        `${head}xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Root 1 0 R >>\nstartxref\n${head.length}\n%%EOF`,
      );
    };
    expect(await readPdfFile(root(`[${'1 '.repeat(300_000)}]`))).toEqual({ ok: false, code: 'pdf-size' });
    expect(await readPdfFile(root('['.repeat(100_000)))).toEqual({ ok: false, code: 'pdf-malformed' });
    expect(await readPdfFile(root('1 0 R'))).toEqual({ ok: false, code: 'pdf-malformed' });
  });
});

test('whatever is done to the bytes, it answers', async () => {
  const change = fc.record({
    at: fc.nat(pdf.length - 1),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (changes, insert) => {
        let bytes: Uint8Array = pdf;
        for (const { at, bytes: put } of changes) {
          bytes = concat(bytes.subarray(0, at), put, bytes.subarray(at + (insert ? 0 : put.length)));
        }
        const answer = await readPdfFile(bytes);
        expect(typeof answer.ok).toBe('boolean');
      },
    ),
    { numRuns: 150 },
  );
});

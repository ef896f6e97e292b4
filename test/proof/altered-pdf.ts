/**
 * The tamper matrix of papers: each way to change the PDF of a pledge, and the step and code that must catch it first. A
 * forger has a PDF library, and works byte by byte where that doesn't help.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef, PDFString } from 'pdf-lib';
import { type Bytes, concat, utf8 } from '../../src/lib/bytes.ts';
import { barsOf, encodeQr } from '../../src/lib/paper/qr.ts';
import type { CheckCode, Report, Step, Trust } from '../../src/proof/check.ts';
import { formatProofFile } from '../../src/proof/proof.ts';
import type { World } from './alterations.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** The code of `text` in a content stream, as far as no kerning parts it. */
export const drawn = (text: string): string =>
  Array.from({ length: text.length }, (_, at) =>
    text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0'),
  ).join('');

/** Opens a paper, lets `change` work on it, and writes it anew. */
export async function rewritten(
  pdf: Uint8Array,
  change: (document: PDFDocument) => void | Promise<void>,
): Promise<Bytes> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  await change(document);
  return new Uint8Array(await document.save({ updateFieldAppearances: false }));
}

const packed = (document: PDFDocument, bytes: Uint8Array): PDFRawStream =>
  PDFRawStream.of(document.context.obj({ Filter: 'FlateDecode' }), new Uint8Array(deflateSync(bytes)));

/** What a page draws is changed and deflated again. */
export const withDrawing = (pdf: Uint8Array, change: (content: string) => string, page = 0): Promise<Bytes> =>
  rewritten(pdf, (document) => {
    const { node } = document.getPages()[page]!;
    const stream = document.context.lookup(node.get(name('Contents'))) as PDFRawStream;
    const content = inflateSync(stream.contents).toString('latin1');
    const changed = change(content);
    if (changed === content) throw new Error('altered-pdf: nothing changed');
    node.set(name('Contents'), document.context.register(packed(document, Buffer.from(changed, 'latin1'))));
  });

/** The bytes of an attachment are changed, the page is kept. */
export const withAttached = (
  pdf: Uint8Array,
  attachment: string,
  change: (text: string) => string,
): Promise<Bytes> =>
  rewritten(pdf, (document) => {
    const list = document.catalog.lookup(name('Names'), PDFDict).lookup(name('EmbeddedFiles'), PDFDict);
    const files = list.lookup(name('Names')) as unknown as { size(): number; lookup(at: number): unknown };
    for (let at = 1; at < files.size(); at += 2) {
      const file = files.lookup(at) as PDFDict;
      if (!String(file.get(name('F'))).includes(attachment)) continue;
      const ref = file.lookup(name('EF'), PDFDict).get(name('F')) as PDFRef;
      const text = inflateSync((document.context.lookup(ref) as PDFRawStream).contents).toString();
      const changed = change(text);
      if (changed === text) throw new Error('altered-pdf: nothing changed');
      document.context.assign(ref, packed(document, utf8(changed)));
    }
  });

/** An incremental update (ISO 32000-1, 7.5.6) that puts another content in place of an object. */
export async function updated(pdf: Uint8Array, change: (content: string) => string): Promise<Bytes> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const ref = document.getPages()[0]!.node.get(name('Contents')) as PDFRef;
  const stream = document.context.lookup(ref) as PDFRawStream;
  const content = deflateSync(Buffer.from(change(inflateSync(stream.contents).toString('latin1')), 'latin1'));
  const text = Buffer.from(pdf).toString('latin1');
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)![1]!;
  const root = /\/Root (\d+ 0 R)/.exec(text)![1]!;
  const head = utf8(
    `\n${ref.objectNumber} 0 obj\n<< /Filter /FlateDecode /Length ${content.length} >>\nstream\n`,
  );
  const object = concat(head, content, utf8('\nendstream\nendobj\n'));
  const xref = pdf.length + object.length;
  const offset = String(pdf.length + 1).padStart(10, '0');
  return concat(
    pdf,
    object,
    utf8(
      `xref\n${ref.objectNumber} 1\n${offset} 00000 n \n` +
        `trailer\n<< /Size 1000 /Root ${root} /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
}

export interface AlteredPdf {
  name: string;
  alter(pdf: Bytes, world: World): Promise<Bytes> | Bytes;
  step: Step;
  code: CheckCode;
  /** What is trusted beside the ledger's key. */
  trust?(world: World): Promise<Partial<Trust>>;
  /** `tidak cocok` unless told. */
  verdict?: Report['verdict'];
}

const firstText = /^BT .* TJ ET$/m;
const aligned = /^BT \/R ([\d.]+) Tf 0 g 70\.87 ([\d.]+) Td .*$/m;

type Row = [name: string, alter: AlteredPdf['alter'], step: Step, code: CheckCode];
const siti = drawn('Siti');
const ROWS: Row[] = [
  // The words.
  [
    'text of the page changed, attachment kept',
    (pdf) => withDrawing(pdf, (t) => t.replace(siti, drawn('Sari'))),
    'teks',
    'text-page',
  ],
  [
    'a word added to the page',
    (pdf) => withDrawing(pdf, (t) => t.replace(siti, siti + drawn('ta'))),
    'teks',
    'text-page',
  ],
  [
    'a line taken from the page',
    (pdf) => withDrawing(pdf, (t) => t.replace(new RegExp(`${aligned.source}\n`, 'm'), '')),
    'teks',
    'text-page',
  ],
  [
    'text of the evidence sheet changed',
    (pdf) => withDrawing(pdf, (t) => t.replace(drawn('Bukti'), drawn('Bukan')), 1),
    'teks',
    'text-page',
  ],
  ['a page taken away', (pdf) => rewritten(pdf, (d) => d.removePage(1)), 'teks', 'text-page'],
  [
    'pages swapped',
    (pdf) =>
      rewritten(pdf, (d) => {
        const [, second] = d.getPages();
        d.removePage(1);
        d.insertPage(0, second!);
      }),
    'teks',
    'text-page',
  ],
  [
    'attachment changed, page kept',
    (pdf) => withAttached(pdf, 'pernyataan.txt', (t) => t.replace('Siti', 'Sari')),
    'teks',
    'text-attachment',
  ],
  [
    'both changed alike',
    async (pdf) =>
      withAttached(await withDrawing(pdf, (t) => t.replaceAll(siti, drawn('Sari'))), 'pernyataan.txt', (t) =>
        t.replace('Siti', 'Sari'),
      ),
    'teks',
    'text-attachment',
  ],
  [
    'the evidence of another signer',
    (pdf, { budi }) => withAttached(pdf, 'bukti.json', () => formatProofFile(budi)),
    'teks',
    'text-attachment',
  ],
  [
    'all attachments of another signer',
    async (pdf, { budi }) =>
      withAttached(
        await withAttached(pdf, 'bukti.json', () => formatProofFile(budi)),
        'pernyataan.txt',
        () => budi.statement,
      ),
    'teks',
    'text-page',
  ],

  [
    'another QR, the words kept',
    (pdf) => {
      const other = barsOf(encodeQr('HTTPS://LAIN.EXAMPLE/P/0123456789ABCDEFGHJKMNPQRSTVWXYZ'));
      const path = other.replace(/$/gm, ' 1 re');
      return withDrawing(pdf, (t) => t.replace(/(?<= cm\n)[\s\S]*?(?=\nf Q)/, path));
    },
    'teks',
    'text-qr',
  ],
  ['no QR', (pdf) => withDrawing(pdf, (t) => t.replace(/\nq 0 g [\s\S]*?f Q/, '')), 'teks', 'text-qr'],

  // The outside of the file.
  ['bytes before the file', (pdf) => concat(utf8('x'), pdf), 'segel', 'pdf-prepended'],
  ['bytes after the file', (pdf) => concat(pdf, utf8('x')), 'segel', 'pdf-trailing'],
  ['a second end after the file', (pdf) => concat(pdf, utf8('\n%%EOF\n')), 'segel', 'pdf-trailing'],
  ['an incremental update that shows nothing new', (pdf) => updated(pdf, (t) => t), 'segel', 'pdf-updated'],
  [
    'an incremental update of the page',
    (pdf) => updated(pdf, (t) => t.replace(siti, drawn('Sari'))),
    'teks',
    'text-page',
  ],

  // What no paper of ours holds.

  [
    'two attachments of one name',
    (pdf) => rewritten(pdf, (d) => d.attach(utf8('lain'), 'pernyataan.txt')),
    'teks',
    'pdf-attachments',
  ],
  [
    'a foreign attachment',
    (pdf) => rewritten(pdf, (d) => d.attach(utf8('lain'), 'lain.txt')),
    'teks',
    'pdf-attachments',
  ],
  [
    'an attachment under two names',
    (pdf) =>
      rewritten(pdf, (document) => {
        for (const [, object] of document.context.enumerateIndirectObjects()) {
          if (object instanceof PDFDict && object.get(name('Type')) === name('Filespec')) {
            object.set(name('F'), PDFString.of('bukti.json'));
          }
        }
      }),
    'teks',
    'pdf-attachments',
  ],
  [
    'letters that look like others',
    (pdf) =>
      rewritten(pdf, (document) => {
        for (const [, object] of document.context.enumerateIndirectObjects()) {
          const map = object instanceof PDFDict ? object.get(name('CIDToGIDMap')) : undefined;
          if (map instanceof PDFRef) {
            const shifted = new Uint8Array(deflateSync(new Uint8Array(0x20000).fill(1)));
            document.context.assign(
              map,
              PDFRawStream.of(document.context.obj({ Filter: 'FlateDecode' }), shifted),
            );
          }
        }
      }),
    'teks',
    'pdf-fonts',
  ],
  [
    'letters of other widths',
    (pdf) =>
      rewritten(pdf, (document) => {
        for (const [, object] of document.context.enumerateIndirectObjects()) {
          if (object instanceof PDFDict && object.has(name('W')))
            object.set(name('W'), document.context.obj([32, [9]]));
        }
      }),
    'teks',
    'pdf-fonts',
  ],
  [
    'white words',
    (pdf) => withDrawing(pdf, (text) => text.replace(/^(BT .* Tf) 0 g/m, '$1 1 g')),
    'teks',
    'pdf-drawing',
  ],
  [
    'tiny words',
    (pdf) => withDrawing(pdf, (text) => text.replace(/^BT \/R [\d.]+ Tf/m, 'BT /R 0.5 Tf')),
    'teks',
    'pdf-drawing',
  ],
  [
    'words off the sheet',
    (pdf) => withDrawing(pdf, (text) => text.replace(/ g [\d.]+ ([\d.]+) Td/, ' g 900 $1 Td')),
    'teks',
    'pdf-drawing',
  ],
  [
    'words that run off',
    (pdf) => withDrawing(pdf, (text) => text.replace(aligned, (line) => line.replace(' 70.87 ', ' 400 '))),
    'teks',
    'pdf-drawing',
  ],
  [
    'words torn apart',
    (pdf) => withDrawing(pdf, (text) => text.replace(/>-?\d+</, '>-9000<')),
    'teks',
    'pdf-drawing',
  ],
  [
    'words over others',
    (pdf) => withDrawing(pdf, (text) => text.replace(firstText, (line) => `${line}\n${line}`)),
    'teks',
    'pdf-drawing',
  ],
  [
    'words in another order on the sheet',
    (pdf) =>
      withDrawing(pdf, (text) => {
        const [one, two] = [...text.matchAll(new RegExp(aligned, 'gm'))].slice(-2);
        return text
          .replace(one![0], one![0].replace(one![2]!, two![2]!))
          .replace(two![0], two![0].replace(two![2]!, one![2]!));
      }),
    'teks',
    'pdf-drawing',
  ],
  [
    'words crossed out',
    (pdf) =>
      withDrawing(pdf, (text) =>
        text.replace(
          aligned,
          (line, _, y) => `${line}\n1 w 0 G [] 0 d 71 ${Number(y) + 3} m 300 ${Number(y) + 3} l S`,
        ),
      ),
    'teks',
    'pdf-drawing',
  ],
  [
    'words covered',
    (pdf) =>
      withDrawing(pdf, (text) =>
        text.replace(aligned, (line, _, y) => `${line}\n0.93 g 71 ${Number(y) - 3} 300 14 re f`),
      ),
    'teks',
    'pdf-drawing',
  ],
  [
    'a white box',
    (pdf) => withDrawing(pdf, (text) => `${text}\n1 g 0 0 600 850 re f`),
    'teks',
    'pdf-drawing',
  ],
  ['a picture', (pdf) => withDrawing(pdf, (text) => `${text}\n/X Do`), 'teks', 'pdf-drawing'],
  [
    'another text operator',
    (pdf) => withDrawing(pdf, (text) => `${text}\nBT /R 9 Tf 80 400 Td (x) Tj ET`),
    'teks',
    'pdf-drawing',
  ],
  ['a layer', (pdf) => withDrawing(pdf, (text) => `/OC /L BDC\n${text}`), 'teks', 'pdf-drawing'],
  [
    'a turned page',
    (pdf) => rewritten(pdf, (d) => d.getPages()[0]!.node.set(name('Rotate'), d.context.obj(180))),
    'teks',
    'pdf-drawing',
  ],
  [
    'a cut page',
    (pdf) => rewritten(pdf, (d) => d.getPages()[0]!.setCropBox(0, 0, 300, 300)),
    'teks',
    'pdf-drawing',
  ],
  [
    'a note over the page',
    (pdf) =>
      rewritten(pdf, (d) => {
        const note = d.context.obj({ Type: 'Annot', Subtype: 'FreeText', Rect: [80, 400, 300, 420] });
        d.getPages()[0]!.node.set(name('Annots'), d.context.obj([d.context.register(note)]));
      }),
    'teks',
    'pdf-over',
  ],
  ['a script', (pdf) => rewritten(pdf, (d) => d.addJavaScript('x', 'app.alert(1)')), 'teks', 'pdf-active'],
  [
    'an action on opening',
    (pdf) =>
      rewritten(pdf, (d) => d.catalog.set(name('OpenAction'), d.context.obj({ S: 'JavaScript', JS: '1' }))),
    'teks',
    'pdf-active',
  ],
];
export const ALTERED_PDFS: AlteredPdf[] = ROWS.map(([name, alter, step, code]) => ({
  name,
  alter,
  step,
  code,
}));

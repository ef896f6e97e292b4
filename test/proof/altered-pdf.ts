/** Alters papers as a forger would: with a PDF library, or byte by byte. */
import { deflateSync, inflateSync } from 'node:zlib';
import { PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFRef } from 'pdf-lib';
import { type Bytes, concat, utf8 } from '../../src/lib/bytes.ts';

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

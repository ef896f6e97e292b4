/** Reads our own PDFs back: the text of each page, its marks, the QR from its drawing, the attachments, the structure. */
import { inflateSync } from 'node:zlib';
import jsqr from 'jsqr';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';

export interface ReadPage {
  content: string;
  /** Each line as drawn, in the order drawn. */
  lines: { text: string; mark: number | null; x: number; y: number }[];
  qrs: string[];
}

export interface ReadElement {
  type: string;
  alt: string | null;
  text: string;
}

export interface ReadPdf {
  pages: ReadPage[];
  elements: ReadElement[];
  attachments: Map<string, { bytes: Uint8Array; type: string }>;
  lang: string | null;
  marked: boolean;
  displaysTitle: boolean;
  document: PDFDocument;
}

const inflate = ({ dict, contents }: PDFRawStream): Uint8Array =>
  new Uint8Array(dict.has(name('Filter')) ? inflateSync(contents) : contents);
function stream(context: PDFContext, ref: unknown): PDFRawStream {
  const found = ref instanceof PDFRef ? context.lookup(ref) : undefined;
  if (!(found instanceof PDFRawStream)) throw new Error('no stream');
  return found;
}

const name = (text: string): PDFName => PDFName.of(text);
const decoded = (value: unknown): string | null =>
  value instanceof PDFHexString || value instanceof PDFString ? value.decodeText() : null;

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context, catalog } = document;
  const pages = document.getPages().map((page) => {
    const found = stream(context, page.node.get(name('Contents')));
    return readContent(Buffer.from(inflate(found)).toString('latin1'));
  });
  return {
    pages,
    elements: readStructure(document, pages),
    attachments: readAttachments(context, catalog),
    lang: decoded(catalog.get(name('Lang'))),
    marked: String(catalog.lookup(name('MarkInfo'), PDFDict).get(name('Marked'))) === 'true',
    displaysTitle:
      String(catalog.lookup(name('ViewerPreferences'), PDFDict).get(name('DisplayDocTitle'))) === 'true',
    document,
  };
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, sign: string) => ({ n: '\n', r: '\r' })[sign] ?? sign);

function readContent(content: string): ReadPage {
  const lines: ReadPage['lines'] = [];
  let open: string | null = null;
  let mark: number | null = null;
  for (const line of content.split('\n')) {
    const begin = /^\/\w+ (?:<<\/MCID (\d+)>> BDC|BMC)$/.exec(line);
    if (begin) {
      if (open !== null) throw new Error('marks are nested');
      open = line;
      mark = begin[1] === undefined ? null : Number(begin[1]);
    } else if (line === 'EMC') {
      if (open === null) throw new Error('a mark ends that did not begin');
      open = null;
    } else if (open === null) {
      throw new Error(`outside of any mark: ${line}`);
    }
    const shown = /^BT .* g ([\d.]+) ([\d.]+) Td \[(.*)\] TJ ET$/s.exec(line);
    if (shown) {
      const bytes = [...shown[3]!.matchAll(/\(((?:[^\\()]|\\.)*)\)/gs)]
        .map(([, part]) => unescaped(part!))
        .join('');
      const units = bytes.match(/../gs) ?? [];
      const text = String.fromCharCode(
        ...units.map((pair) => (pair.charCodeAt(0) << 8) | pair.charCodeAt(1)),
      );
      lines.push({ text, mark, x: Number(shown[1]), y: Number(shown[2]) });
    }
  }
  if (open !== null) throw new Error('a mark does not end');
  const qrs = [...content.matchAll(/^q 0 g ([\d.]+) 0 0 .* cm\n((?:\d+ \d+ \d+ 1 re\n)+)f Q$/gm)].map(
    ([, , path]) => readQr(path!),
  );
  return { content, lines, qrs };
}

/** The rectangles as a picture, four points a module, read by a QR reader that is not ours. */
function readQr(path: string): string {
  const boxes = [...path.matchAll(/(\d+) (\d+) (\d+) 1 re/g)].map(([, x, y, width]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
  }));
  const far = Math.max(...boxes.map(({ x, width }) => x + width));
  const side = (far + 4) * 4;
  const picture = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { x, y, width } of boxes) {
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4 * width; column++) {
        const at = ((side - 4 * (y + 1) + row) * side + 4 * x + column) * 4;
        picture.fill(0, at, at + 3);
      }
    }
  }
  const read = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
  const found = read(picture, side, side);
  if (!found) throw new Error('the QR code can not be read');
  return found.data;
}

function readStructure(document: PDFDocument, pages: ReadPage[]): ReadElement[] {
  const { context, catalog } = document;
  const root = catalog.lookup(name('StructTreeRoot'), PDFDict);
  const body = root.lookup(name('K'), PDFArray).lookup(0, PDFDict);
  const refs = document.getPages().map(({ ref }) => ref);
  const textOf = (page: unknown, mark: number): string => {
    const at = refs.indexOf(page as PDFRef);
    return pages[at]!.lines.filter((line) => line.mark === mark)
      .map(({ text }) => text)
      .join('');
  };
  return body
    .lookup(name('K'), PDFArray)
    .asArray()
    .map((ref) => {
      const element = context.lookup(ref, PDFDict);
      const home = element.get(name('Pg'));
      const text = element
        .lookup(name('K'), PDFArray)
        .asArray()
        .map((part) =>
          part instanceof PDFNumber
            ? textOf(home, part.asNumber())
            : textOf(
                (part as PDFDict).get(name('Pg')),
                (part as PDFDict).lookup(name('MCID'), PDFNumber).asNumber(),
              ),
        )
        .join('')
        .trimEnd();
      return {
        type: element.lookup(name('S'), PDFName).asString().slice(1),
        alt: decoded(element.get(name('Alt'))),
        text,
      };
    });
}

function readAttachments(context: PDFContext, catalog: PDFDict): ReadPdf['attachments'] {
  const found: ReadPdf['attachments'] = new Map();
  const names = catalog.lookup(name('Names'));
  if (!(names instanceof PDFDict)) return found;
  const list = names.lookup(name('EmbeddedFiles'), PDFDict).lookup(name('Names'), PDFArray);
  for (let i = 0; i < list.size(); i += 2) {
    const file = list.lookup(i + 1, PDFDict);
    const ref = file.lookup(name('EF'), PDFDict).get(name('F'));
    const held = stream(context, ref);
    const type = held.dict.lookup(name('Subtype'), PDFName).decodeText();
    found.set(decoded(file.get(name('UF')))!, { bytes: inflate(held), type });
  }
  return found;
}

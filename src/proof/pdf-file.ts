/**
 * Reads the paper of a pledge (document/stamp.ts) from bytes that nobody vouches for, without a PDF library: what is
 * attached, and what is drawn on its pages. Shown by test/proof/pdf-file.test.ts.
 *
 * A PDF can be made to show anything, so whatever our paper never holds is reported rather than understood: other
 * drawing (drawing.ts), other fonts, anything over a page, scripts, a second attachment of the same name. What remains
 * is read as every viewer shows it.
 */
import { type Bytes, hex } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import {
  type Dict,
  isDict,
  isRef,
  isStream,
  isText,
  nameOf,
  openPdf,
  type Pdf,
  type PdfCode,
  type Ref,
  type Value,
} from '../lib/pdf.ts';
import { sha256 } from '../lib/sha256.ts';
import { type Drawing, type FontWidths, readDrawing } from './drawing.ts';
import { type FoundSeal, findSeal } from './seal-file.ts';

/**
 * What no paper of ours holds. `attachments`: one that is not ours, or two of one name. `fonts`: not our typeface, or
 * changed, so that letters may look like others. `drawing`: drawn otherwise than we draw. `over`: something lies over a page.
 * `active`: scripts, actions, forms.
 */
export type Strange = 'attachments' | 'fonts' | 'drawing' | 'over' | 'active';

export interface PdfFile {
  /** Attachment pernyataan.txt. */
  statement: Bytes | null;
  /** Attachment bukti.json. */
  proof: Bytes | null;
  /** What is drawn on each page, in the order drawn, as one text; null if it can't be said what is. */
  page: string[] | null;
  /** The QRs drawn, page after page: the bars of each (drawing.ts). */
  qrs: string[];
  /** Bytes before the file, or after its last `%%EOF`. */
  prepended: boolean;
  trailing: boolean;
  /** Changes appended to the first version. */
  updates: number;
  seal: FoundSeal;
  strange: Strange[];
}

export type ReadPdfFile = { ok: true; file: PdfFile } | { ok: false; code: PdfCode };

/** Never throws. */
export async function readPdfFile(bytes: Uint8Array): Promise<ReadPdfFile> {
  try {
    return { ok: true, file: await read(await openPdf(bytes), bytes) };
  } catch (error) {
    if (error instanceof Failure) return { ok: false, code: error.code as PdfCode };
    throw error;
  }
}

async function read(pdf: Pdf, bytes: Uint8Array): Promise<PdfFile> {
  const catalog = pdf.resolve(pdf.trailer.get('Root'));
  if (!isDict(catalog) || nameOf(catalog.get('Type')) !== 'Catalog') throw malformed('catalog');
  const strange = new Set<Strange>();
  if ([...catalog.keys()].some((key) => !CATALOG.has(key))) strange.add('active');
  const form = pdf.resolve(catalog.get('AcroForm'));
  if (isDict(form) && [...form.keys()].some((key) => !FORM.has(key))) strange.add('active');
  const attached = await readAttachments(pdf, catalog, strange);
  const drawings = await readPages(pdf, catalog, strange);
  return {
    statement: attached.get('pernyataan.txt') ?? null,
    proof: attached.get('bukti.json') ?? null,
    page: strange.has('drawing') || strange.has('fonts') ? null : drawings.map(({ text }) => text),
    qrs: drawings.flatMap(({ qrs }) => qrs),
    prepended: pdf.prepended > 0,
    trailing: pdf.trailing > 0,
    updates: pdf.updates,
    seal: findSeal(pdf, catalog, bytes),
    strange: [...strange],
  };
}

const malformed = (detail: string): Failure<PdfCode> => new Failure<PdfCode>('pdf-malformed', detail);

/** `AcroForm`, `DSS` and `Extensions` come with a seal; a form shows nothing but by its annotations. */
const CATALOG = new Set([
  'Type',
  'Version',
  'Pages',
  'Names',
  'AF',
  'ViewerPreferences',
  'StructTreeRoot',
  'MarkInfo',
  'Lang',
  'Metadata',
  'AcroForm',
  'DSS',
  'Extensions',
]);

/** 12.7.2: what a form needs that holds a seal and nothing to fill in. */
const FORM = new Set(['Fields', 'SigFlags']);

const ATTACHED = new Set(['pernyataan.txt', 'bukti.json']);

/** 7.11.4: name tree of the catalog. Ours is one list. */
async function readAttachments(pdf: Pdf, catalog: Dict, strange: Set<Strange>): Promise<Map<string, Bytes>> {
  const found = new Map<string, Bytes>();
  const names = pdf.resolve(catalog.get('Names'));
  if (names === null) return found;
  if (!isDict(names)) throw malformed('names');
  if ([...names.keys()].some((key) => key !== 'EmbeddedFiles')) strange.add('active');
  const tree = pdf.resolve(names.get('EmbeddedFiles'));
  const list = isDict(tree) ? pdf.resolve(tree.get('Names')) : null;
  if (!isDict(tree) || tree.has('Kids') || !Array.isArray(list)) {
    strange.add('attachments');
    return found;
  }
  for (let at = 0; at < list.length && at < 20; at += 2) {
    const file = pdf.resolve(list[at + 1]);
    const held = isDict(file) ? pdf.resolve(file.get('EF')) : null;
    const stream = isDict(held) ? pdf.resolve(held.get('F')) : null;
    if (!isDict(file) || !isDict(held) || !isStream(stream)) throw malformed('attachment');
    const label = textOf(pdf.resolve(list[at]));
    const name = textOf(pdf.resolve(file.get('UF')));
    const plain = textOf(pdf.resolve(file.get('F')));
    // Readers go by one name or another, so there may be only one.
    if (label !== name || plain !== name || name === null || !ATTACHED.has(name) || found.has(name)) {
      strange.add('attachments');
      continue;
    }
    if (held.has('UF') && pdf.resolve(held.get('UF')) !== stream) strange.add('attachments');
    found.set(name, await pdf.contents(stream));
  }
  if (list.length > 2 * ATTACHED.size) strange.add('attachments');
  return found;
}

/** A text string (7.9.2.2), in UTF-16 or in letters of ASCII. */
function textOf(value: Value): string | null {
  if (!isText(value)) return null;
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    let out = '';
    for (let at = 2; at + 1 < bytes.length; at += 2)
      out += String.fromCharCode((bytes[at]! << 8) | bytes[at + 1]!);
    return out;
  }
  return String.fromCharCode(...bytes.subarray(0, 200));
}

const MOST_PAGES = 50;
const PAGE = new Set([
  'Type',
  'Parent',
  'Resources',
  'MediaBox',
  'Contents',
  'StructParents',
  'Tabs',
  'Annots',
]);

async function readPages(pdf: Pdf, catalog: Dict, strange: Set<Strange>): Promise<Drawing[]> {
  const root = pdf.resolve(catalog.get('Pages'));
  const kids = isDict(root) ? pdf.resolve(root.get('Kids')) : null;
  if (!isDict(root) || !Array.isArray(kids)) throw malformed('pages');
  if (kids.length === 0 || kids.length > MOST_PAGES || root.get('Count') !== kids.length)
    throw malformed('pages');
  if ([...root.keys()].some((key) => !['Type', 'Kids', 'Count'].includes(key))) strange.add('drawing');
  const known = new Map<number, FontWidths | null>();
  const drawings: Drawing[] = [];
  for (const kid of kids) {
    const page = pdf.resolve(kid);
    if (!isDict(page) || nameOf(page.get('Type')) !== 'Page') throw malformed('page');
    if ([...page.keys()].some((key) => !PAGE.has(key)) || !isSheet(pdf.resolve(page.get('MediaBox')))) {
      strange.add('drawing');
    }
    if (!isBare(pdf, page.get('Annots'))) strange.add('over');
    const fonts = await readFonts(pdf, page, known);
    if (!fonts) strange.add('fonts');
    const stream = pdf.resolve(page.get('Contents'));
    if (!isStream(stream)) {
      strange.add('drawing');
      continue;
    }
    const drawn = readDrawing(await pdf.contents(stream), fonts ?? {});
    if (drawn === null) strange.add('drawing');
    else drawings.push(drawn);
  }
  return drawings;
}

/** A4, upright. */
const isSheet = (box: Value): boolean =>
  Array.isArray(box) && box.length === 4 && box.every((side, at) => side === [0, 0, 595.28, 841.89][at]);

/** Nothing lies over the page. A seal hangs on it by a field without extent, which shows nothing. */
function isBare(pdf: Pdf, value: Value | undefined): boolean {
  const list = pdf.resolve(value);
  if (list === null) return true;
  return (
    Array.isArray(list) &&
    list.length <= 10 &&
    list.every((entry) => {
      const annotation = pdf.resolve(entry);
      if (!isDict(annotation) || nameOf(annotation.get('FT')) !== 'Sig') return false;
      const box = pdf.resolve(annotation.get('Rect'));
      return Array.isArray(box) && box.length === 4 && box[0] === box[2] && box[1] === box[3];
    })
  );
}

/** Our fonts have these digests (`fontDigest`). Papers of earlier releases stay genuine: add to this list, take nothing away. */
const FONTS = new Set([
  'b3376530d8ac9bab87deea352d4db573c77575216f5095d9d589225a947714b9',
  'b9d68e2b9dae7892034c01ce88dbc03a2cc520885a9ae6e0524cafa7733c8cfc',
  'ec3f371443f4d4e003278e070f9e45ce6cbea0675f49662e884aa60d9ac3a51e',
  '17d25f7d9b6859b9981084d1f4bb01b98eeaa67fdbafaac446eedef271ec5479',
]);

/** Widths of the fonts `R` and `B`; null unless both are ours. `known`: read before, by the number of the object. */
async function readFonts(
  pdf: Pdf,
  page: Dict,
  known: Map<number, FontWidths | null>,
): Promise<Record<string, FontWidths> | null> {
  const resources = pdf.resolve(page.get('Resources'));
  if (!isDict(resources) || [...resources.keys()].some((key) => key !== 'Font' && key !== 'ProcSet'))
    return null;
  const list = pdf.resolve(resources.get('Font'));
  if (!isDict(list)) return null;
  const fonts: Record<string, FontWidths> = {};
  for (const [key, ref] of list) {
    if ((key !== 'R' && key !== 'B') || !isRef(ref)) return null;
    let widths = known.get(ref.ref);
    if (widths === undefined) {
      widths = await readFont(pdf, ref);
      known.set(ref.ref, widths);
    }
    if (!widths) return null;
    fonts[key] = widths;
  }
  return fonts;
}

async function readFont(pdf: Pdf, ref: Ref): Promise<FontWidths | null> {
  const font = pdf.resolve(ref);
  if (!isDict(font) || !FONTS.has(await fontDigest(pdf, font))) return null;
  const [descendant] = pdf.resolve(font.get('DescendantFonts')) as Value[];
  const runs = (pdf.resolve(descendant) as Dict).get('W') as Value[];
  const widths: FontWidths = new Map();
  for (let at = 0; at + 1 < runs.length; at += 2) {
    for (const [i, width] of (runs[at + 1] as number[]).entries())
      widths.set((runs[at] as number) + i, width);
  }
  return widths;
}

/**
 * SHA-256, in hexadecimal digits, of all of a font that decides how its letters look: its dictionaries with the
 * keys in order, each stream as it stands in the file. The map to Unicode (ToUnicode) is left out: it shows nothing.
 */
export async function fontDigest(pdf: Pdf, font: Dict): Promise<string> {
  const parts: Uint8Array[] = [];
  const say = (text: string): void => {
    parts.push(new TextEncoder().encode(text));
  };
  const print = (value: Value, depth: number): void => {
    const found = pdf.resolve(value);
    if (depth > 8 || parts.length > 20_000) throw malformed('font');
    if (isStream(found)) {
      say('stream ');
      print(new Map([...found.dict].filter(([key]) => key !== 'Length')), depth + 1);
      say(`${found.raw.length} `);
      parts.push(found.raw);
    } else if (isDict(found)) {
      say('<<');
      for (const key of [...found.keys()].sort()) {
        if (key === 'ToUnicode') continue;
        say(`/${key} `);
        print(found.get(key)!, depth + 1);
      }
      say('>>');
    } else if (Array.isArray(found)) {
      say('[');
      for (const entry of found) print(entry, depth + 1);
      say(']');
    } else if (isText(found)) say(`<${hex(found.bytes)}>`);
    else say(`${nameOf(found) === null ? String(found) : `/${nameOf(found)}`} `);
  };
  print(font, 0);
  return hex(await sha256(...parts));
}

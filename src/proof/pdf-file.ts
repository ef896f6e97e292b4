/**
 * What is attached to a PDF that nobody vouches for: bukti.json and pernyataan.txt. A file that some app has saved again is no
 * paper of ours any more, but its proof may still be whole. Shown by test/proof/pdf-file.test.ts.
 */
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import {
  type Dict,
  isDict,
  isStream,
  isText,
  openPdf,
  type Pdf,
  type PdfCode,
  type Stream,
  type Value,
} from '../lib/pdf.ts';

export interface Attachments {
  /** pernyataan.txt */
  statement: Bytes | null;
  /** bukti.json */
  proof: Bytes | null;
  /** Whether there is anything like a signature in the file. */
  signed: boolean;
}

/** Never throws. Of several attachments of one name the first is taken. */
export async function readAttachments(
  bytes: Uint8Array,
): Promise<({ ok: true } & Attachments) | { ok: false; code: PdfCode }> {
  try {
    const pdf = await openPdf(bytes);
    const catalog = pdf.resolve(pdf.trailer.get('Root'));
    if (!isDict(catalog)) throw new Failure<PdfCode>('pdf-malformed', 'catalog');
    const found = new Map<string, Stream>();
    const names = pdf.resolve(catalog.get('Names'));
    if (isDict(names)) collect(pdf, names.get('EmbeddedFiles'), { found, left: MOST_NODES });
    const contents = async (name: string): Promise<Bytes | null> => {
      const stream = found.get(name);
      return stream ? pdf.contents(stream) : null;
    };
    const form = pdf.resolve(catalog.get('AcroForm'));
    return {
      ok: true,
      statement: await contents('pernyataan.txt'),
      proof: await contents('bukti.json'),
      signed: isDict(form) && (pdf.resolve(form.get('SigFlags')) ?? 0) !== 0,
    };
  } catch (error) {
    if (error instanceof Failure) return { ok: false, code: error.code as PdfCode };
    throw error;
  }
}

const DEEPEST = 8;
const MOST_NODES = 500;

interface Search {
  found: Map<string, Stream>;
  /** Nodes and files that may still be looked at: a tree may lead back to itself. */
  left: number;
}

/** 7.9.6: a name tree. */
function collect(pdf: Pdf, value: Value | undefined, search: Search, depth = 0): void {
  const tree = pdf.resolve(value);
  if (!isDict(tree) || depth > DEEPEST || search.left-- <= 0) return;
  const list = pdf.resolve(tree.get('Names'));
  for (let at = 1; Array.isArray(list) && at < list.length && search.left-- > 0; at += 2) {
    const file = pdf.resolve(list[at]);
    const name = isDict(file) ? (textOf(pdf, file, 'UF') ?? textOf(pdf, file, 'F')) : null;
    const held = isDict(file) ? pdf.resolve(file.get('EF')) : null;
    const stream = isDict(held) ? (pdf.resolve(held.get('F')) ?? pdf.resolve(held.get('UF'))) : null;
    if (name !== null && isStream(stream) && !search.found.has(name)) search.found.set(name, stream);
  }
  const kids = pdf.resolve(tree.get('Kids'));
  for (const kid of Array.isArray(kids) ? kids : []) {
    if (search.left <= 0) return;
    collect(pdf, kid, search, depth + 1);
  }
}

/** A text string (7.9.2.2), in UTF-16 or in letters of ASCII. */
function textOf(pdf: Pdf, file: Dict, key: string): string | null {
  const value = pdf.resolve(file.get(key));
  if (!isText(value)) return null;
  const { bytes } = value;
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return String.fromCharCode(...bytes.subarray(0, 200));
  let out = '';
  for (let at = 2; at + 1 < Math.min(bytes.length, 400); at += 2)
    out += String.fromCharCode((bytes[at]! << 8) | bytes[at + 1]!);
  return out;
}

/**
 * A document timestamp (ISO 32000-2, 12.8.5; ETSI EN 319 142-1, 5.4.3) put on a sealed paper later, as an incremental update
 * (7.5.6). From a paper and a token it is one string of bytes, so a file is this or another thing: it is read by printing it
 * again. Shown by test/lib/paper/timestamp-update.test.ts. Object numbers aside, after the paper stands:
 *
 *     71 0 obj
 *     [70 0 R 75 0 R]
 *     endobj
 *     72 0 obj
 *     << /Fields [70 0 R 75 0 R] /SigFlags 3 >>
 *     endobj
 *     74 0 obj
 *     << /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161
 *     /ByteRange [0 41377 52419 912          ]
 *     /Contents <3082…0000>
 *     >>
 *     endobj
 *     75 0 obj
 *     << /Type /Annot /Subtype /Widget /FT /Sig /T (Stempel waktu) /F 132 /Rect [0 0 0 0] /P 5 0 R /V 74 0 R >>
 *     endobj
 *     76 0 obj
 *     << /Type /XRef /Size 77 /W [1 4 1] /Index [71 1 72 1 74 1 75 1 76 1] /Root 2 0 R /Info 3 0 R /ID [<…> <…>] /Prev 40028 /Length 30 >>
 *     stream
 *     …
 *     endstream
 *     endobj
 *     startxref
 *     53096
 *     %%EOF
 */
import { type Bytes, concat, equal, fromHex, hex, utf8 } from '../bytes.ts';
import { expectTag, readDer } from '../der.ts';
import { isDict, isRef, isText, openPdf, type Pdf, type Value } from '../pdf.ts';
import { sha256 } from '../sha256.ts';

export interface TimestampUpdate {
  /** What is appended. */
  appended: Bytes;
  /** SHA-256 of the whole file but for the token and its brackets: what the token is of. */
  digest: Bytes;
}

export interface ReadTimestampUpdate {
  /** The file as it was before. */
  paper: Bytes;
  token: Bytes;
  /** What the token must be of. */
  digest: Bytes;
}

/** Bytes: a token that needs more is refused. */
const LARGEST_ROOM = 16 * 1024;

/**
 * `paper`: as paper.ts makes it, sealed, without updates. `room`: bytes for the token. Without a token the room is empty,
 * and the digest says what the token must be of. Throws if the paper is another, or the token is longer.
 */
export async function formatTimestampUpdate(
  paper: Bytes,
  room: number,
  token: Uint8Array = new Uint8Array(0),
): Promise<TimestampUpdate> {
  if (token.length > room || room > LARGEST_ROOM) throw new TypeError('timestamp-update: no room');
  const { size, annotations, form, field, page, root, info, id, previous } = await anchorsOf(paper);
  const [value, widget, table] = [size, size + 1, size + 2];
  const fields = `[${field} 0 R ${widget} 0 R]`;
  const objects: [number: number, body: string][] = [
    [annotations, fields],
    [form, `<< /Fields ${fields} /SigFlags 3 >>`],
    [
      value,
      '<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161\n' +
        `/ByteRange ${RANGE}\n/Contents <${hex(token).padEnd(2 * room, '0')}>\n>>`,
    ],
    [
      widget,
      '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Stempel waktu) /F 132 /Rect [0 0 0 0] ' +
        `/P ${page} 0 R /V ${value} 0 R >>`,
    ],
  ];
  objects.sort(([a], [b]) => a - b);
  let text = '\n';
  const places: [number: number, offset: number][] = [];
  for (const [number, body] of objects) {
    places.push([number, paper.length + text.length]);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const end = paper.length + text.length;
  places.push([table, end]);
  const index = places.map(([number]) => `${number} 1`).join(' ');
  const rows = places.map(([, offset]) => row(offset));
  const head =
    `${table} 0 obj\n<< /Type /XRef /Size ${size + 3} /W [1 4 1] /Index [${index}] ` +
    `/Root ${root} 0 R /Info ${info} 0 R /ID [${id.map((one) => `<${hex(one)}>`).join(' ')}] ` +
    `/Prev ${previous} /Length ${6 * rows.length} >>\nstream\n`;
  const tail = `\nendstream\nendobj\nstartxref\n${end}\n%%EOF\n`;
  const appended = concat(utf8(text), utf8(head), ...rows, utf8(tail));

  const range = text.indexOf(RANGE);
  const start = text.indexOf('<', range);
  const after = text.indexOf('>', start) + 1;
  const numbers = `[0 ${paper.length + start} ${paper.length + after} ${appended.length - after}`;
  appended.set(utf8(`${numbers.padEnd(RANGE.length - 1)}]`), range);
  const digest = await sha256(paper, appended.subarray(0, start), appended.subarray(after));
  return { appended, digest };
}

/** The paper below a document timestamp; null if the file is anything else. Never throws. The token is not verified. */
export async function parseTimestampUpdate(file: Uint8Array): Promise<ReadTimestampUpdate | null> {
  const whole = new Uint8Array(file);
  const text = new TextDecoder('latin1').decode(whole);
  const end = text.lastIndexOf(END, text.length - END.length - 2) + END.length;
  const contents = /\/SubFilter \/ETSI\.RFC3161\n.*\n\/Contents <([0-9a-f]+)>/.exec(text.slice(end))?.[1];
  if (end < END.length || contents === undefined || contents.length > 2 * LARGEST_ROOM) return null;
  try {
    const room = fromHex(contents);
    const token = expectTag(readDer(room).value, 0x30).whole;
    const paper = whole.slice(0, end);
    const { appended, digest } = await formatTimestampUpdate(paper, room.length, token);
    return equal(appended, whole.subarray(end)) ? { paper, token, digest } : null;
  } catch {
    return null;
  }
}

const END = '%%EOF';
/** As wide as the greatest numbers that we read. */
const RANGE = '[0 9999999 9999999 9999999]';

/** 7.5.8.3: in use, at this offset, the first of its number. */
function row(offset: number): Bytes {
  const bytes = new Uint8Array(6);
  new DataView(bytes.buffer).setUint32(1, offset);
  bytes[0] = 1;
  return bytes;
}

/** What the update hangs on: numbers of objects, as they stand in the paper. Throws if the paper is not of our making. */
async function anchorsOf(paper: Bytes) {
  const tail = new TextDecoder('latin1').decode(paper.subarray(-64));
  const previous = /startxref\n(\d+)\n%%EOF$/.exec(tail)?.[1];
  const pdf = await openPdf(paper);
  const [root, info, id, size] = ['Root', 'Info', 'ID', 'Size'].map((key) => pdf.trailer.get(key));
  const catalog = dictOf(pdf, root);
  const form = catalog.get('AcroForm');
  const fields = pdf.resolve(dictOf(pdf, form).get('Fields'));
  const kids = pdf.resolve(dictOf(pdf, catalog.get('Pages')).get('Kids'));
  const [page] = Array.isArray(kids) ? kids : [];
  const annotations = dictOf(pdf, page).get('Annots');
  const listed = pdf.resolve(annotations);
  if (
    previous === undefined ||
    pdf.updates > 0 ||
    pdf.prepended > 0 ||
    typeof size !== 'number' ||
    !Array.isArray(id) ||
    !id.every(isText) ||
    !Array.isArray(fields) ||
    fields.length !== 1 ||
    !Array.isArray(listed) ||
    listed.length !== 1 ||
    numberOf(listed[0]) !== numberOf(fields[0])
  ) {
    throw new TypeError('timestamp-update: not a sealed paper of ours');
  }
  return {
    size,
    annotations: numberOf(annotations),
    form: numberOf(form),
    field: numberOf(fields[0]),
    page: numberOf(page),
    root: numberOf(root),
    info: numberOf(info),
    id: id.map(({ bytes }) => bytes),
    previous,
  };
}

function dictOf(pdf: Pdf, value: Value | undefined) {
  const found = pdf.resolve(value);
  if (!isDict(found)) throw new TypeError('timestamp-update: no dictionary');
  return found;
}

function numberOf(value: Value | undefined): number {
  if (!isRef(value)) throw new TypeError('timestamp-update: no reference');
  return value.ref;
}

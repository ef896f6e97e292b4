/**
 * A document timestamp (ISO 32000-2, 12.8.5; ETSI EN 319 142-1, 5.4.3) put on a sealed paper later, as an incremental update
 * (7.5.6). From a paper and a token it is one string of bytes, so a file is this or another thing: it is read by printing it
 * again. Shown by test/kertas/timestamp-update.test.ts. Object numbers aside, after the paper stands:
 *
 *     57 0 obj
 *     [59 0 R 62 0 R]
 *     endobj
 *     58 0 obj
 *     << /Fields [59 0 R 62 0 R] /SigFlags 3 >>
 *     endobj
 *     61 0 obj
 *     << /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange [0 61377 72419 912          ] /Contents <3082…0000> >>
 *     endobj
 *     62 0 obj
 *     << /Type /Annot /Subtype /Widget /FT /Sig /T <feff…> /F 132 /Rect [0 0 0 0] /P 7 0 R /V 61 0 R >>
 *     endobj
 *     xref
 *     57 2
 *     0000061101 00000 n
 *     …
 *     trailer
 *     << /Size 63 /Root 1 0 R /Info 2 0 R /ID [<…> <…>] /Prev 60028 >>
 *     startxref
 *     73096
 *     %%EOF
 */
import { type Bytes, fromHex, hex, utf8 } from '../lib/bytes.ts';
import { expectTag, readDer } from '../lib/der.ts';
import { array, dict, printEnd, ref } from '../lib/paper/objects.ts';
import { formatRange, sealField } from '../lib/paper/paper.ts';
import { sha256 } from '../lib/sha256.ts';
import type { SealablePaper } from './print.ts';

export interface TimestampUpdate {
  /** What is appended. */
  appended: Bytes;
  /** SHA-256 of the whole file but for the token and its brackets: what the token is of. */
  digest: Bytes;
}

/** Bytes: a token that needs more is refused. */
const LARGEST_ROOM = 16 * 1024;

/**
 * `whole`: the bytes of a sealed paper. `room`: bytes for the token. Without a token the room is empty, and the digest says
 * what the token must be of. Throws a `RangeError` if the token is longer than its room, or the room too large.
 */
export async function printTimestampUpdate(
  paper: SealablePaper,
  whole: Bytes,
  room: number,
  token: Uint8Array = new Uint8Array(0),
): Promise<TimestampUpdate> {
  if (token.length > room || room > LARGEST_ROOM) throw new RangeError('timestamp-update: no room');
  const { size, startxref, trailer, page } = paper;
  const { form, field, annotations } = paper.room;
  const [value, widget] = [size, size + 1];
  const fields = array([field, widget].map(ref));
  const contents = `<${hex(token).padEnd(2 * room, '0')}>`;
  const stamp = (range: string): string =>
    dict({
      Type: '/DocTimeStamp',
      Filter: '/Adobe.PPKLite',
      SubFilter: '/ETSI.RFC3161',
      ByteRange: range,
      Contents: contents,
    });
  const print = (range: string): string => {
    const objects: [number: number, body: string][] = [
      [annotations, fields],
      [form, dict({ Fields: fields, SigFlags: 3 })],
      [value, stamp(range)],
      [widget, sealField('Stempel waktu', page, value)],
    ];
    let text = '';
    const offsets: number[] = [];
    for (const [number, body] of objects) {
      offsets.push(whole.length + text.length);
      text += `${number} 0 obj\n${body}\nendobj\n`;
    }
    const [first, second, ...rest] = offsets;
    const rows = [
      [annotations, [first!]],
      [form, [second!]],
      [value, rest],
    ] as const;
    const end = whole.length + text.length;
    return text + printEnd(rows, { Size: size + 2, ...trailer, Prev: startxref }, end);
  };
  // The range is always as wide.
  const draft = print(formatRange({ from: 0, to: 0 }, 0));
  const from = draft.lastIndexOf('/Contents <') + '/Contents '.length;
  const to = from + contents.length;
  const range = formatRange(
    { from: whole.length + from, to: whole.length + to },
    whole.length + draft.length,
  );
  const appended = utf8(print(range));
  return { appended, digest: await sha256(whole, appended.subarray(0, from), appended.subarray(to)) };
}

/** The token that stands in what was appended, and its room in bytes; null if there is none. What else stands there is not looked at. */
export function findToken(appended: Uint8Array): { room: number; token: Bytes } | null {
  const text = new TextDecoder('latin1').decode(appended);
  const digits = /\/SubFilter \/ETSI\.RFC3161 \/ByteRange \[[0-9 ]+\] \/Contents <([0-9a-f]+)>/.exec(
    text,
  )?.[1];
  if (digits === undefined || digits.length > 2 * LARGEST_ROOM) return null;
  try {
    const room = fromHex(digits);
    return { room: room.length, token: expectTag(readDer(room).value, 0x30).whole };
  } catch {
    return null;
  }
}

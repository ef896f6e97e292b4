/**
 * The pictures of a PDF as scanners make them: JPEG as it is, or points deflated. Nothing is believed of what the file says
 * of itself but how its points lie: what is found is a QR, and that leads to a page of ours or nowhere. So the file is not
 * parsed; its streams are looked for. Shown by test/browser/picture.test.ts.
 *
 *     7 0 obj
 *     <</Type/XObject/Subtype/Image/Width 2480/Height 3508/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode/Length 471002>>
 *     stream
 *     …
 *     endstream
 */
import { isJpeg, openPicture } from './picture.ts';

/** Stands in the file `bytes`. */
export interface Scan {
  /** What stands before its data. */
  dict: string;
  data: Uint8Array<ArrayBuffer>;
}

/** A batch from an office's scanner. */
const MOST_SCANS = 60;
/** Of one side: no QR can be read in less. */
const LEAST = 120;
const MOST_DICT = 4096;
/** Points of a picture in memory; larger ones are made smaller on the way. */
const MOST_POINTS = 16_000_000;
const MOST_INFLATED = 160_000_000;

export const isPdf = (head: Uint8Array): boolean => find(head.subarray(0, 1024), '%PDF-', 0) >= 0;

/** Its pictures, in the order of the file. */
export function scansOf(file: Uint8Array<ArrayBuffer>): Scan[] {
  const scans: Scan[] = [];
  let at = 0;
  while (scans.length < MOST_SCANS) {
    const keyword = find(file, 'stream', at);
    if (keyword < 0) break;
    let from = keyword + 'stream'.length;
    if (file[from] === 13) from++;
    if (file[from] === 10) from++;
    const end = find(file, 'endstream', from);
    if (end < 0) break;
    at = end + 'endstream'.length;
    const before = latin1(file.subarray(Math.max(0, keyword - MOST_DICT), keyword));
    const dict = before.slice(before.lastIndexOf('obj') + 3);
    const data = file.subarray(from, end);
    const image = isJpeg(data) || /\/Subtype\s*\/Image\b/.test(dict);
    if (image && !isSmall(dict)) scans.push({ dict, data });
  }
  return scans;
}

/** Null: in a way that is not read here. */
export async function openScan({ dict, data }: Scan): Promise<ImageBitmap | null> {
  try {
    const filters = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dict)?.[1]?.match(/\w+/g) ?? [];
    const plain = filters[0] === 'FlateDecode' ? await unpack(data) : data;
    if (isJpeg(plain)) return await openPicture(new Blob([plain]));
    // What other filters have packed is for its own reader; some browsers have one for JPEG 2000.
    if (filters.length > (filters[0] === 'FlateDecode' ? 1 : 0)) return await openPicture(new Blob([plain]));
    return await createImageBitmap(paint(dict, plain));
  } catch {
    return null;
  }
}

/** How many colours a point has follows from how many bytes there are, whatever colour space is named. */
function paint(dict: string, data: Uint8Array): ImageData {
  const width = numberOf(dict, 'Width');
  const height = numberOf(dict, 'Height');
  const bits = /\/ImageMask\s+true/.test(dict) ? 1 : numberOf(dict, 'BitsPerComponent');
  const predictor = numberOf(dict, 'Predictor') || 1;
  const extra = predictor >= 10 ? 1 : 0;
  const rowBytes = Math.floor(data.length / height) - extra;
  const colours = bits === 1 ? 1 : Math.floor(rowBytes / width);
  const readable = bits === 1 ? rowBytes >= width / 8 : bits === 8 && (colours === 1 || colours === 3);
  if (!readable || predictor === 2) throw new Error('scan: points that lie in another way');
  const row = bits === 1 ? Math.ceil(width / 8) : width * colours;
  const rows = extra === 1 ? unpredict(data, row, height, colours) : data;
  const inverted = /\/Decode\s*\[\s*1\b/.test(dict) ? 255 : 0;
  const lightOf = (x: number, y: number): number => {
    if (bits === 1) return (rows[y * row + (x >> 3)]! >> (7 - (x & 7))) & 1 ? 255 : 0;
    const at = y * row + x * colours;
    return colours === 1 ? rows[at]! : (3 * rows[at]! + 6 * rows[at + 1]! + rows[at + 2]!) / 10;
  };
  // Each point of the picture is the mean of a square of this side.
  const side = Math.ceil(Math.sqrt((width * height) / MOST_POINTS));
  const picture = new ImageData(Math.floor(width / side), Math.floor(height / side));
  let point = 0;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      let sum = 0;
      for (let down = 0; down < side; down++) {
        for (let right = 0; right < side; right++) sum += lightOf(x * side + right, y * side + down);
      }
      picture.data.fill(Math.abs(inverted - sum / (side * side)), point, point + 3);
      picture.data[point + 3] = 255;
      point += 4;
    }
  }
  return picture;
}

/** Undoes the filters of PNG (RFC 2083, 6), of which each row names its own. */
function unpredict(data: Uint8Array, row: number, height: number, step: number): Uint8Array {
  const rows = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x < step ? 0 : rows[at - step]!;
      const up = y === 0 ? 0 : rows[at - row]!;
      const corner = y === 0 || x < step ? 0 : rows[at - row - step]!;
      const guess =
        filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : filter === 4
                ? nearest(left, up, corner)
                : 0;
      rows[at] = data[y * (row + 1) + 1 + x]! + guess;
    }
  }
  return rows;
}

/** Paeth's. */
function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
}

/** Browsers take nothing behind the end of what is packed; and a PDF has the end of a line there, or it hasn't. */
async function unpack(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  for (let left = data.length; ; left--) {
    const plain = await inflate(data.subarray(0, left));
    if (plain !== null) return plain;
    const last = data[left - 1];
    if (data.length - left === 2 || (last !== 10 && last !== 13)) throw new Error('scan: damaged');
  }
}

/** Null if it is damaged. Throws if it grows beyond all bounds. */
async function inflate(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const next = await reader.read().catch(() => null);
    if (next === null) return null;
    if (next.done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += next.value.length;
    if (size > MOST_INFLATED) {
      await reader.cancel();
      throw new Error('scan: inflates to too much');
    }
    parts.push(next.value);
  }
}

/** As far as it says so. */
const isSmall = (dict: string): boolean =>
  ['Width', 'Height'].some((side) => numberOf(dict, side) > 0 && numberOf(dict, side) < LEAST);

const numberOf = (dict: string, key: string): number =>
  Number(new RegExp(`/${key}\\s+(\\d{1,6})\\b`).exec(dict)?.[1] ?? 0);

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** Where these letters stand, from `at` on; -1 if nowhere. */
function find(bytes: Uint8Array, letters: string, at: number): number {
  const first = letters.charCodeAt(0);
  for (let place = bytes.indexOf(first, at); place >= 0; place = bytes.indexOf(first, place + 1)) {
    let matched = 1;
    while (matched < letters.length && bytes[place + matched] === letters.charCodeAt(matched)) matched++;
    if (matched === letters.length) return place;
  }
  return -1;
}

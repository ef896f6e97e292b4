/**
 * Reads the objects of a PDF (ISO 32000-1, clause 7) from bytes that nobody vouches for. Strict where readers differ: no
 * repair, no key twice in a dictionary, no encryption, each object where the cross-reference says. Bounded in size, depth
 * and what its streams inflate to. Shown by test/proof/pdf-file.test.ts.
 *
 *     const pdf = await openPdf(bytes);
 *     const catalog = pdf.resolve(pdf.trailer.get('Root'));
 */
import type { Bytes } from './bytes.ts';
import { Failure } from './failure.ts';

/**
 * `pdf-size`: larger than we read, or inflates to more. `pdf-malformed`: not a PDF that all readers read alike. `pdf-locked`:
 * encrypted. `pdf-device`: a browser that can't inflate, from before 2023.
 */
export type PdfCode = 'pdf-size' | 'pdf-malformed' | 'pdf-locked' | 'pdf-device';

interface Name {
  name: string;
}
export interface Text {
  bytes: Bytes;
}
export interface Ref {
  ref: number;
}
export type Dict = Map<string, Value>;
export interface Stream {
  dict: Dict;
  /** As it stands in the file. */
  raw: Bytes;
}
export type Value = null | boolean | number | Name | Text | Ref | Value[] | Dict | Stream;

export interface Pdf {
  trailer: Dict;
  /** The object that a reference leads to; anything else is returned as it is. Null if there is none. */
  resolve(value: Value | undefined): Value;
  /** All objects there are, used or not. Throws as reading one does. */
  objects(): Value[];
  /** The bytes of a stream, inflated if it is. */
  contents(stream: Stream): Promise<Bytes>;
  /** Bytes before the header. */
  prepended: number;
  /** Bytes after the last `%%EOF`, without one end of line. */
  trailing: number;
  /** Changes appended to the first file (7.5.6). */
  updates: number;
}

const MOST_BYTES = 4 << 20;
const MOST_INFLATED = 8 << 20;
const MOST_OBJECTS = 20_000;
const MOST_SECTIONS = 16;
const DEEPEST = 24;
/** Numbers, names, arrays … read altogether. Ours have about 2,000. */
const MOST_VALUES = 200_000;
/** Bytes. Ours have about 20,000 between values. */
const MOST_SKIPPED = 8 << 20;

const malformed = (detail: string, cause?: unknown): Failure<PdfCode> =>
  new Failure<PdfCode>('pdf-malformed', detail, { cause });
const tooLarge = (detail: string): Failure<PdfCode> => new Failure<PdfCode>('pdf-size', detail);

export const isDict = (value: Value | undefined): value is Dict => value instanceof Map;
export const isStream = (value: Value | undefined): value is Stream =>
  typeof value === 'object' && value !== null && 'raw' in value;
export const isRef = (value: Value | undefined): value is Ref =>
  typeof value === 'object' && value !== null && 'ref' in value;
export const isText = (value: Value | undefined): value is Text =>
  typeof value === 'object' && value !== null && 'bytes' in value;
/** What a name says, or null if it is no name. */
const nameOf = (value: Value | undefined): string | null =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : null;

/** Throws `Failure<PdfCode>`. */
export async function openPdf(file: Uint8Array): Promise<Pdf> {
  if (file.length > MOST_BYTES) throw tooLarge('file');
  const prepended = find(file, '%PDF-1.', 0);
  if (prepended < 0) throw malformed('no header');
  const bytes = new Uint8Array(file.subarray(prepended));
  const end = findEnd(bytes);
  const rest = bytes.subarray(end.after);
  const line = rest[0] === 13 ? (rest[1] === 10 ? 2 : 1) : rest[0] === 10 ? 1 : 0;

  const work: Work = { left: MOST_VALUES, skipped: 0, resolve: null };
  let budget = MOST_INFLATED;
  const contents = async ({ dict, raw }: Stream): Promise<Bytes> => {
    const [filter, parameters] = [only(dict.get('Filter')), only(dict.get('DecodeParms'))];
    if (dict.has('F')) throw malformed('a stream elsewhere');
    if (filter === undefined) return raw;
    if (nameOf(filter) !== 'FlateDecode') throw malformed('another filter');
    const inflated = await inflate(raw, budget);
    budget -= inflated.length;
    return isDict(parameters) ? unpredicted(inflated, parameters) : inflated;
  };

  const places = new Map<number, Place>();
  const { trailer, sections } = await readSections(bytes, end.start, contents, places, work);
  const resolve = await openObjects(bytes, places, contents, work);
  const objects = (): Value[] => [...places.keys()].map((ref) => resolve({ ref }));
  return {
    trailer,
    resolve,
    objects,
    contents,
    prepended,
    trailing: rest.length - line,
    updates: sections - 1,
  };
}

/** Where an object stands: null if it is deleted. */
type Place = { offset: number; generation: number } | { container: number; index: number } | null;
type Contents = Pdf['contents'];
type Keep = (object: number, place: Place) => void;

/** What all readers of one file share. */
interface Work {
  /** Values that may still be read. */
  left: number;
  /** Bytes of comments and white space passed so far: they may be passed again and again. */
  skipped: number;
  /** Once there is one: for the length of a stream that stands elsewhere. */
  resolve: Pdf['resolve'] | null;
}

/** The last `startxref` that is followed by a number and `%%EOF`. */
function findEnd(bytes: Uint8Array): { start: number; after: number } {
  const mark = 'startxref';
  for (let at = bytes.length - mark.length; at >= 0; at--) {
    if (!isAt(bytes, mark, at)) continue;
    const match = /^startxref\s+(\d{1,8})\s+%%EOF/.exec(ascii(bytes.subarray(at, at + 64)));
    if (match) return { start: Number(match[1]), after: at + match[0].length };
  }
  throw malformed('no end');
}

/** Fills `places` from the newest cross-reference to the oldest: what stands in a newer one hides the older. */
async function readSections(
  bytes: Bytes,
  start: number,
  contents: Contents,
  places: Map<number, Place>,
  work: Work,
): Promise<{ trailer: Dict; sections: number }> {
  let trailer: Dict | null = null;
  let at: number | null = start;
  const seen = new Set<number>();
  const keep: Keep = (object, place) => {
    if (object >= MOST_OBJECTS) throw tooLarge('objects');
    if (!places.has(object)) places.set(object, place);
  };
  while (at !== null) {
    if (seen.has(at) || seen.size >= MOST_SECTIONS) throw malformed('cross-references go round');
    seen.add(at);
    const section: Dict = isAt(bytes, 'xref', at)
      ? readTable(bytes, at, keep, work)
      : await readXrefStream(bytes, at, contents, keep, work);
    if (section.has('Encrypt')) throw new Failure<PdfCode>('pdf-locked');
    if (section.has('XRefStm')) throw malformed('hybrid');
    trailer ??= section;
    const previous: Value | undefined = section.get('Prev');
    if (previous !== undefined && !isCount(previous)) throw malformed('Prev');
    at = previous ?? null;
  }
  return { trailer: trailer!, sections: seen.size };
}

/** 7.5.4 */
function readTable(bytes: Bytes, at: number, keep: Keep, work: Work): Dict {
  const reader = new Reader(bytes, at, work);
  reader.word('xref');
  while (!reader.next('trailer')) {
    const first = reader.count();
    const many = reader.count();
    for (let i = 0; i < many; i++) {
      const offset = reader.count();
      const generation = reader.count();
      if (reader.next('n')) keep(first + i, { offset, generation });
      else {
        reader.word('f');
        keep(first + i, null);
      }
    }
  }
  const trailer = reader.value();
  if (!isDict(trailer)) throw malformed('trailer');
  return trailer;
}

/** 7.5.8 */
async function readXrefStream(
  bytes: Bytes,
  at: number,
  contents: Contents,
  keep: Keep,
  work: Work,
): Promise<Dict> {
  const { value } = new Reader(bytes, at, work).object();
  if (!isStream(value) || nameOf(value.dict.get('Type')) !== 'XRef') throw malformed('cross-reference');
  const widths = counts(value.dict.get('W'));
  const size = value.dict.get('Size');
  if (widths.length !== 3 || widths.some((width) => width > 4) || !isCount(size)) throw malformed('W');
  const [kindWidth, firstWidth, secondWidth] = widths as [number, number, number];
  const row = kindWidth + firstWidth + secondWidth;
  const table = await contents(value);
  const index = value.dict.has('Index') ? counts(value.dict.get('Index')) : [0, size];
  let from = 0;
  const field = (width: number): number => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum = sum * 256 + table[from++]!;
    return sum;
  };
  if (index.length % 2 !== 0 || row === 0) throw malformed('Index');
  for (let part = 0; part < index.length; part += 2) {
    const first = index[part]!;
    for (let i = 0; i < index[part + 1]!; i++) {
      if (from + row > table.length) throw malformed('short cross-reference');
      const kind = kindWidth === 0 ? 1 : field(kindWidth);
      const one = field(firstWidth);
      const two = field(secondWidth);
      if (kind === 0) keep(first + i, null);
      else if (kind === 1) keep(first + i, { offset: one, generation: two });
      else if (kind === 2) keep(first + i, { container: one, index: two });
      else throw malformed('kind of entry');
    }
  }
  if (from !== table.length) throw malformed('long cross-reference');
  return value.dict;
}

/** Object streams (7.5.7) are read first, so that following a reference needs no waiting. */
async function openObjects(
  bytes: Bytes,
  places: ReadonlyMap<number, Place>,
  contents: Contents,
  work: Work,
): Promise<Pdf['resolve']> {
  const known = new Map<number, Value>();
  const open = new Set<number>();
  const containers = new Map<number, { objects: number[]; reader: (index: number) => Reader }>();

  const load = (object: number): Value => {
    const place = places.get(object);
    if (!place) return null;
    const kept = known.get(object);
    if (kept !== undefined) return kept;
    if (open.has(object) || open.size > DEEPEST) throw malformed('references go round');
    open.add(object);
    let value: Value;
    if ('offset' in place) {
      const read = new Reader(bytes, place.offset, work).object();
      if (read.object !== object || read.generation !== place.generation) throw malformed('another object');
      value = read.value;
    } else {
      const container = containers.get(place.container);
      if (container?.objects[place.index] !== object) throw malformed('not in its stream');
      value = container.reader(place.index).value();
    }
    open.delete(object);
    known.set(object, value);
    return value;
  };
  const resolve = (value: Value | undefined): Value => {
    let found = value ?? null;
    for (let steps = 0; isRef(found); steps++) {
      if (steps > DEEPEST) throw malformed('references go round');
      found = load(found.ref);
    }
    return found;
  };
  work.resolve = resolve;

  const needed = new Set(
    [...places.values()].flatMap((place) => (place && 'container' in place ? place.container : [])),
  );
  for (const container of needed) {
    const place = places.get(container);
    if (!place || !('offset' in place)) throw malformed('no stream of objects');
    const stream = load(container);
    if (!isStream(stream) || nameOf(stream.dict.get('Type')) !== 'ObjStm')
      throw malformed('stream of objects');
    const [many, first] = [stream.dict.get('N'), stream.dict.get('First')];
    if (!isCount(many) || !isCount(first) || many > MOST_OBJECTS) throw malformed('stream of objects');
    const inflated = await contents(stream);
    const head = new Reader(inflated, 0, work);
    const objects: number[] = [];
    const offsets: number[] = [];
    for (let i = 0; i < many; i++) {
      objects.push(head.count());
      offsets.push(head.count());
    }
    containers.set(container, {
      objects,
      reader: (index) => new Reader(inflated, first + offsets[index]!, work),
    });
  }
  return resolve;
}

const isCount = (value: Value | undefined): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

function counts(value: Value | undefined): number[] {
  if (!Array.isArray(value) || !value.every(isCount)) throw malformed('numbers');
  return value;
}

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((sign) => sign.charCodeAt(0)));
const code = (sign: string): number => sign.charCodeAt(0);
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** The grammar of objects (7.3). */
class Reader {
  #bytes: Bytes;
  #at: number;
  #work: Work;

  constructor(bytes: Bytes, at: number, work: Work) {
    this.#bytes = bytes;
    this.#at = at;
    this.#work = work;
  }

  #skip(): void {
    const from = this.#at;
    this.#pass();
    this.#work.skipped += this.#at - from;
    if (this.#work.skipped > MOST_SKIPPED) throw tooLarge('comments');
  }

  #pass(): void {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return;
      if (SPACE.has(byte)) this.#at++;
      else if (byte === code('%')) {
        while (this.#at < this.#bytes.length && this.#bytes[this.#at] !== 10 && this.#bytes[this.#at] !== 13)
          this.#at++;
      } else return;
    }
  }

  /** Reads past `word` if it stands here. */
  next(word: string): boolean {
    this.#skip();
    const after = this.#bytes[this.#at + word.length];
    if (!isAt(this.#bytes, word, this.#at)) return false;
    if (after !== undefined && !SPACE.has(after) && !DELIMITERS.has(after)) return false;
    this.#at += word.length;
    return true;
  }

  word(word: string): void {
    if (!this.next(word)) throw malformed(`no ${word}`);
  }

  count(): number {
    this.#skip();
    const from = this.#at;
    while (isDigit(this.#bytes[this.#at]) && this.#at - from < 11) this.#at++;
    if (from === this.#at) throw malformed('no number');
    return Number(ascii(this.#bytes.subarray(from, this.#at)));
  }

  /** `12 0 obj … endobj` */
  object(): { object: number; generation: number; value: Value } {
    const object = this.count();
    const generation = this.count();
    this.word('obj');
    let value = this.value();
    if (isDict(value) && this.next('stream')) value = this.#stream(value);
    this.word('endobj');
    return { object, generation, value };
  }

  #stream(dict: Dict): Stream {
    if (this.#bytes[this.#at] === 13) this.#at++;
    if (this.#bytes[this.#at++] !== 10) throw malformed('stream');
    const given = dict.get('Length') ?? null;
    const length = isRef(given) && this.#work.resolve ? this.#work.resolve(given) : given;
    if (!isCount(length) || this.#at + length > this.#bytes.length) throw malformed('length of a stream');
    const raw = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    this.word('endstream');
    return { dict, raw };
  }

  value(depth = 0): Value {
    if (depth > DEEPEST) throw malformed('too deep');
    if (this.#work.left-- <= 0) throw tooLarge('values');
    this.#skip();
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw malformed('ends within an object');
    switch (String.fromCharCode(byte)) {
      case '/':
        return this.#name();
      case '(':
        return this.#literal();
      case '[': {
        this.#at++;
        const values: Value[] = [];
        for (this.#skip(); this.#bytes[this.#at] !== code(']'); this.#skip())
          values.push(this.value(depth + 1));
        this.#at++;
        return values;
      }
      case '<':
        return this.#bytes[this.#at + 1] === code('<') ? this.#dict(depth) : this.#hex();
    }
    if (this.next('null')) return null;
    if (this.next('true')) return true;
    if (this.next('false')) return false;
    return this.#number();
  }

  #dict(depth: number): Dict {
    this.#at += 2;
    const dict: Dict = new Map();
    for (this.#skip(); !isAt(this.#bytes, '>>', this.#at); this.#skip()) {
      if (this.#bytes[this.#at] !== code('/')) throw malformed('key');
      const { name } = this.#name();
      if (dict.has(name)) throw malformed('a key stands twice');
      dict.set(name, this.value(depth + 1));
    }
    this.#at += 2;
    return dict;
  }

  #name(): Name {
    this.#at++;
    let name = '';
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || SPACE.has(byte) || DELIMITERS.has(byte)) return { name };
      if (byte === code('#')) {
        const digits = ascii(this.#bytes.subarray(this.#at + 1, this.#at + 3));
        if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw malformed('name');
        name += String.fromCharCode(Number.parseInt(digits, 16));
        this.#at += 3;
      } else {
        name += String.fromCharCode(byte);
        this.#at++;
      }
    }
  }

  #hex(): Text {
    const from = ++this.#at;
    while (this.#at < this.#bytes.length && this.#bytes[this.#at] !== code('>')) this.#at++;
    const digits = ascii(this.#bytes.subarray(from, this.#at++)).replace(/\s/g, '');
    if (!/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) throw malformed('hexadecimal string');
    return { bytes: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
  }

  #literal(): Text {
    this.#at++;
    const out: number[] = [];
    for (let open = 1; ; ) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw malformed('string');
      if (byte === code('(')) open++;
      if (byte === code(')') && --open === 0) return { bytes: Uint8Array.from(out) };
      if (byte !== code('\\')) {
        out.push(byte);
        continue;
      }
      const next = this.#bytes[this.#at++];
      const escaped = ESCAPES.get(next ?? -1);
      // Octal and line continuations are left to those who write them: we don't, and the text is only a label.
      if (escaped === undefined) throw malformed('escape');
      out.push(escaped);
    }
  }

  #number(): Value {
    const match = /^[+-]?(?:\d{1,12}(?:\.\d{0,20})?|\.\d{1,20})(?![^\s()<>[\]{}/%])/.exec(
      ascii(this.#bytes.subarray(this.#at, this.#at + 40)),
    );
    if (!match) throw malformed('no object');
    this.#at += match[0].length;
    const back = this.#at;
    if (/^\d+$/.test(match[0])) {
      this.#skip();
      while (isDigit(this.#bytes[this.#at])) this.#at++;
      if (this.#at > back && this.next('R')) return { ref: Number(match[0]) };
    }
    this.#at = back;
    return Number(match[0]);
  }
}

const ESCAPES = new Map(
  Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12, '(': 40, ')': 41, '\\': 92 }).map(([sign, byte]) => [
    code(sign),
    byte,
  ]),
);

function ascii(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte);
  return out;
}

function isAt(bytes: Uint8Array, word: string, at: number): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function find(bytes: Uint8Array, word: string, from: number): number {
  for (let at = from; at <= bytes.length - word.length; at++) if (isAt(bytes, word, at)) return at;
  return -1;
}

/** One filter may stand in an array of one (7.4.1). */
const only = (value: Value | undefined): Value | undefined =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;

/** 7.4.4.4, the predictors of PNG (RFC 2083, 6): as most apps write a cross-reference. One byte a column. */
function unpredicted(bytes: Bytes, parameters: Dict): Bytes {
  const [predictor = 1, columns = 1] = ['Predictor', 'Columns'].map((key) => parameters.get(key));
  if (predictor === 1) return bytes;
  const plain = ['Colors', 'BitsPerComponent'].every(
    (key, at) => (parameters.get(key) ?? [1, 8][at]) === [1, 8][at],
  );
  if (!isCount(columns) || columns === 0 || !plain || !isCount(predictor) || predictor < 10)
    throw malformed('predictor');
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)]!;
    if (kind > 4) throw malformed('predictor');
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? out[at - 1]! : 0;
      const above = row > 0 ? out[at - columns]! : 0;
      const corner = row > 0 && column > 0 ? out[at - columns - 1]! : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][kind]!;
      out[at] = bytes[row * (columns + 1) + 1 + column]! + guess;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(left + above - corner - one)) as [
    number,
    number,
    number,
  ];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** RFC 1950. Throws as soon as more than `most` bytes come out. */
async function inflate(raw: Bytes, most: number): Promise<Bytes> {
  if (typeof DecompressionStream === 'undefined') throw new Failure<PdfCode>('pdf-device');
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let sum = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      sum += value.length;
      if (sum > most) throw tooLarge('inflated');
      parts.push(value);
    }
  } catch (cause) {
    void reader.cancel().catch(() => {});
    throw cause instanceof Failure ? cause : malformed('deflate', cause);
  }
  const out = new Uint8Array(sum);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

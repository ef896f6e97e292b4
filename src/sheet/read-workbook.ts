/**
 * Reads a workbook (XLSX: ECMA-376, transitional and strict) as a person sees it: sheets that are shown, what stands in each cell. A
 * formula counts by the value that was stored with it. Shown by test/sheet/read-workbook.test.ts.
 *
 *     <row r="3"><c r="A3" t="s"><v>0</v></c><c r="F3"><v>198609262015051000</v></c></row>
 *
 * Hostile bytes: sizes are held by archive.ts; no DTD, no entity of its own, no element deeper than a workbook's.
 */
import { Parser } from 'saxen';
import type { Bytes } from '../lib/bytes.ts';
import { type Archive, type ArchiveFault, openArchive, unpackEntry } from './archive.ts';
import { columnAt, type TableLimits, type TableRow } from './table.ts';

export type WorkbookFault =
  | ArchiveFault
  | 'file-xls'
  | 'file-xlsb'
  | 'file-ods'
  | 'file-docx'
  | 'file-archive'
  | 'workbook-locked'
  | 'workbook-macros'
  | 'workbook-links'
  | 'workbook-strings'
  | 'workbook-rows'
  | 'workbook-cells'
  | 'workbook-empty';

export interface WorkbookSheet {
  name: string;
  rows: TableRow[];
  /** Rows with text that a filter or an officer has hidden; they are among `rows`. */
  hiddenRows: number;
}

export type Workbook =
  | { ok: true; sheets: WorkbookSheet[]; hidden: string[] }
  /** `sheet`, `row`: where it is, if it is in one. */
  | { ok: false; code: WorkbookFault; sheet: string | null; row: number | null };

/** Of all texts that cells share. */
const STRINGS_BYTES = 8_000_000;
/** A workbook's elements are eight deep, rich text and extensions included. */
const DEPTH = 32;
/** Merged areas of a sheet; an office's list has a few for each kecamatan. */
const MERGES = 10_000;
/** Of a format of numbers. */
const MOST_FORMAT = 255;
/** An office's workbook has a sheet for each kecamatan, or for each month. */
const SHEETS = 60;
/** Between two elements stands a text of at most 32,767 letters, perhaps each as an entity. */
const TOKEN = 250_000;
/** Letters of a workbook's cells: a text that cells share counts in each. */
const LETTERS = 10_000_000;
/** What is given to the parser at once: what it keeps back is looked at again with each. */
const CHUNK = 1 << 19;

class Refused extends Error {
  readonly code: WorkbookFault;
  readonly row: number | null;
  constructor(code: WorkbookFault, row: number | null = null) {
    super(code);
    this.code = code;
    this.row = row;
  }
}

/** Whether the bytes begin as one that `readWorkbook` reads or has a sentence for: a ZIP, or a container of the older Office. */
export const looksWorkbook = (bytes: Uint8Array): boolean => isZip(bytes) || isContainer(bytes);

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
const isContainer = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte);

export async function readWorkbook(bytes: Bytes, limits: TableLimits): Promise<Workbook> {
  let sheet: string | null = null;
  const refuse = (code: WorkbookFault, row: number | null = null): Workbook => ({
    ...{ ok: false, code, sheet, row },
  });
  // What Office encrypts it wraps in such a container, and names so in UTF-16.
  if (isContainer(bytes)) return refuse(holds16(bytes, 'EncryptedPackage') ? 'workbook-locked' : 'file-xls');
  const opened = await openArchive(bytes);
  if (!opened.ok) return refuse(opened.code);
  const { archive } = opened;
  try {
    const kind = kindOf(archive);
    if (kind) return refuse(kind);
    const book = await readBook(archive);
    const strings = await readStrings(archive, book.strings);
    const dates = await readDates(archive, book.styles);
    const left = { letters: LETTERS };
    const sheets: WorkbookSheet[] = [];
    if (book.shown.length > SHEETS) return refuse('archive-entries');
    // One part under two names would be read as often.
    if (new Set(book.shown.map(({ path }) => path)).size < book.shown.length) return refuse('archive-broken');
    let rows = limits.rows;
    for (const { name, path } of book.shown) {
      sheet = name;
      const read = await readSheet(archive, path, {
        limits: { ...limits, rows },
        strings,
        dates,
        left,
        since1904: book.since1904,
      });
      rows -= read.rows.length;
      if (read.rows.length > 0) sheets.push({ name, ...read });
    }
    sheet = null;
    return sheets.length === 0 ? refuse('workbook-empty') : { ok: true, sheets, hidden: book.hidden };
  } catch (error) {
    if (error instanceof Refused) return refuse(error.code, error.row);
    throw error;
  }
}

function holds16(bytes: Uint8Array, text: string): boolean {
  const wanted = [...text].flatMap((letter) => [letter.charCodeAt(0), 0]);
  return bytes.some((byte, at) => byte === wanted[0] && wanted.every((one, n) => bytes[at + n] === one));
}

/** What a ZIP is that we don't read; null for a workbook without anything in it that runs or reads elsewhere. */
function kindOf(archive: Archive): WorkbookFault | null {
  const names = [...archive.entries.keys()].map((name) => name.toLowerCase());
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (names.includes('mimetype')) return 'file-ods';
  if (has(/^xl\/workbook\.bin$/)) return 'file-xlsb';
  if (has(/^word\//)) return 'file-docx';
  if (has(/vbaproject|^xl\/(?:macrosheets|activex|ctrlprops)\/|customui/)) return 'workbook-macros';
  if (has(/^xl\/externallinks\/|connections\.xml$|querytables\//)) return 'workbook-links';
  return names.includes('[content_types].xml') && has(/^xl\//) ? null : 'file-archive';
}

interface Book {
  shown: { name: string; path: string }[];
  hidden: string[];
  since1904: boolean;
  /** Paths of parts; null for none. */
  strings: string | null;
  styles: string | null;
}

async function readBook(archive: Archive): Promise<Book> {
  const root = (await relations(archive, '')).find(({ type }) => type === 'officeDocument');
  if (!root) throw new Refused('archive-broken');
  const parts = await relations(archive, root.target);
  const partOf = (type: string): string | null => parts.find((part) => part.type === type)?.target ?? null;
  const book: Book = {
    ...{
      shown: [],
      hidden: [],
      since1904: false,
      strings: partOf('sharedStrings'),
      styles: partOf('styles'),
    },
  };
  await parseXml(archive, root.target, {
    open(name, attributes) {
      if (name === 'x:workbookPr') book.since1904 = isTrue(attributes().date1904);
      if (name !== 'x:sheet') return;
      const { name: title = '', state, 'r:id': id } = attributes();
      // Of charts and dialogues alone there is nothing to read.
      const part = parts.find((one) => one.id === id);
      if (part?.type !== 'worksheet') return;
      if (state === 'hidden' || state === 'veryHidden') book.hidden.push(resolved(title));
      else book.shown.push({ name: resolved(title), path: part.target });
    },
  });
  return book;
}

/** What a part names: by id, kind and path. `part` empty: the package. */
async function relations(
  archive: Archive,
  part: string,
): Promise<{ id: string; type: string; target: string }[]> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const found: { id: string; type: string; target: string }[] = [];
  await parseXml(archive, `${folder}_rels/${part.slice(slash + 1)}.rels`, {
    open(name, attributes) {
      if (name !== 'p:Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode } = attributes();
      if (mode === 'External') return;
      const path = target.startsWith('/') ? resolved(target.slice(1)) : resolve(folder, resolved(target));
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: path });
    },
  });
  return found;
}

function resolve(folder: string, target: string): string {
  const path = folder.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

/** Texts that cells share, in their order: of rich text all runs, and none of how it is read aloud. */
async function readStrings(archive: Archive, path: string | null): Promise<string[]> {
  const found: string[] = [];
  if (path === null) return found;
  if ((archive.entries.get(path)?.size ?? 0) > STRINGS_BYTES) throw new Refused('workbook-strings');
  let text = '';
  let reading = false;
  let aloud = false;
  await parseXml(archive, path, {
    open(name) {
      if (name === 'x:si') text = '';
      if (name === 'x:rPh') aloud = true;
      if (name === 'x:t') reading = !aloud;
    },
    text(part) {
      if (reading) text += part;
    },
    close(name) {
      if (name === 'x:t') reading = false;
      if (name === 'x:rPh') aloud = false;
      if (name === 'x:si') found.push(unescaped(text));
    },
  });
  return found;
}

/** Which styles of cells show a number as a date (ECMA-376 part 1, 18.8.30). */
async function readDates(archive: Archive, path: string | null): Promise<boolean[]> {
  const dates: boolean[] = [];
  if (path === null) return dates;
  const formats = new Map<string, string>();
  let inCells = false;
  await parseXml(archive, path, {
    open(name, attributes) {
      if (name === 'x:numFmt')
        formats.set(attributes().numFmtId ?? '', resolved(attributes().formatCode ?? ''));
      if (name === 'x:cellXfs') inCells = true;
      if (name === 'x:xf' && inCells) dates.push(isDate(attributes().numFmtId ?? '0', formats));
    },
    close(name) {
      if (name === 'x:cellXfs') inCells = false;
    },
  });
  return dates;
}

function isDate(id: string, formats: ReadonlyMap<string, string>): boolean {
  const code = formats.get(id);
  // 18.8.31: no longer than a cell's format may be.
  if (code !== undefined && code.length > MOST_FORMAT) return false;
  // Those that every workbook has without naming them.
  if (code === undefined) return /^(?:1[4-9]|2[0-2]|2[7-9]|3[0-6]|4[5-7]|5[0-8])$/.test(id);
  // Outside quotes, brackets and escapes.
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

interface Of {
  limits: TableLimits;
  strings: readonly string[];
  dates: readonly boolean[];
  since1904: boolean;
  /** What the cells that follow may have. */
  left: { letters: number };
}

/** A cell that is being read. */
interface Open {
  at: number;
  type: string;
  style: number;
  value: string;
  formula: boolean;
}

async function readSheet(
  archive: Archive,
  path: string,
  of: Of,
): Promise<{ rows: TableRow[]; hiddenRows: number }> {
  const rows: TableRow[] = [];
  const merges: string[] = [];
  let hiddenRows = 0;
  let row = 0;
  let next = 0;
  let hidden = false;
  let given: TableRow = { row, cells: [] };
  let cell: Open | null = null;
  let reading = false;
  let aloud = false;
  await parseXml(archive, path, {
    open(name, attributes) {
      switch (name) {
        case 'x:row': {
          const { r, hidden: isHidden } = attributes();
          // A row without its number follows the one before.
          row = r === undefined ? row + 1 : Number(r);
          if (!Number.isInteger(row) || row < given.row + 1 || row > 1_048_576)
            throw new Refused('archive-broken');
          hidden = isTrue(isHidden);
          given = { row, cells: [] };
          next = 0;
          return;
        }
        case 'x:c': {
          const { r, t = 'n', s = '0' } = attributes();
          const at = r === undefined ? next : columnIn(r, row);
          if (at < next) throw new Refused('archive-broken', row);
          next = at + 1;
          cell = { at, type: t, style: Number(s), value: '', formula: false };
          return;
        }
        case 'x:f':
          if (cell) cell.formula = true;
          return;
        case 'x:rPh':
          aloud = true;
          return;
        case 'x:v':
          reading = cell !== null && cell.type !== 'inlineStr';
          return;
        case 'x:t':
          reading = cell?.type === 'inlineStr' && !aloud;
          return;
        case 'x:mergeCell':
          if (merges.length === MERGES) throw new Refused('workbook-cells');
          merges.push(attributes().ref ?? '');
      }
    },
    text(part) {
      if (reading && cell) cell.value += part;
    },
    close(name) {
      if (name === 'x:v' || name === 'x:t') reading = false;
      if (name === 'x:rPh') aloud = false;
      if (name === 'x:c' && cell) {
        place(given, cell, of);
        cell = null;
      }
      if (name !== 'x:row') return;
      if (!given.cells.some((text) => text.trim() !== '') && !given.formulas) return;
      if (hidden) hiddenRows++;
      rows.push(given);
      if (rows.length > of.limits.rows) throw new Refused('workbook-rows', row);
    },
  });
  for (const merge of merges) fillDown(rows, merge, of);
  return { rows, hiddenRows };
}

/** `F17` of row 17: its column from 0. */
function columnIn(reference: string, row: number): number {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || Number(digits) !== row) throw new Refused('archive-broken', row);
  return columnAt(letters);
}

function place(given: TableRow, cell: Open, of: Of): void {
  const text = textOf(cell, of);
  const unknown = text === '' && cell.formula && cell.type !== 'str';
  if (text.trim() === '' && !unknown) return;
  if (cell.at >= of.limits.cells) throw new Refused('workbook-cells', given.row);
  of.left.letters -= text.length;
  if (of.left.letters < 0) throw new Refused('archive-unpacked', given.row);
  while (given.cells.length < cell.at) given.cells.push('');
  given.cells.push(text);
  if (unknown) given.formulas = [...(given.formulas ?? []), cell.at];
  else if (cell.type === 'n' || cell.type === 'd') given.numbers = [...(given.numbers ?? []), cell.at];
}

/** What a cell shows (ECMA-376 part 1, 18.18.11). */
function textOf({ type, style, value }: Open, { strings, dates, since1904 }: Of): string {
  switch (type) {
    case 's': {
      if (value === '') return '';
      const text = strings[Number(value)];
      if (text === undefined) throw new Refused('archive-broken');
      return text;
    }
    case 'b':
      return value === '' ? '' : isTrue(value) ? 'TRUE' : 'FALSE';
    case 'n': {
      if (value.trim() === '') return '';
      const number = Number(value);
      if (!Number.isFinite(number)) throw new Refused('archive-broken');
      return dates[style] ? dateOf(number, since1904) : numberOf(number);
    }
    default:
      // 'str', 'inlineStr', 'e' (an error), 'd' (a date as ISO 8601 writes it).
      return unescaped(value);
  }
}

/** All its digits, where Excel would show `1,98609E+17`. */
const numberOf = String;

/** `2026-11-27`, with `08:30` if it has a time. Day 60 is one that Excel alone has, 29 February 1900. */
function dateOf(number: number, since1904: boolean): string {
  if (number < 0 || number > 2_958_466) return numberOf(number);
  const days = since1904 ? number + 1462 : number < 60 ? number + 1 : number;
  const at = new Date(Math.round((days - 25_569) * 86_400) * 1000);
  const text = at.toISOString();
  const time = text.slice(11, 16);
  return number < 1 ? time : time === '00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${time}`;
}

/** What a merged area says it says in each of its rows: a kecamatan beside its villages. */
function fillDown(rows: readonly TableRow[], merge: string, { limits, left }: Of): void {
  const [, letters, top, , bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(merge) ?? [];
  if (letters === undefined || top === bottom) return;
  const at = columnIn(`${letters}${top}`, Number(top));
  if (at >= limits.cells) return;
  let from = firstFrom(rows, Number(top));
  const head = rows[from];
  const text = head?.row === Number(top) ? (head.cells[at] ?? '') : '';
  if (text === '') return;
  const isNumber = head?.numbers?.includes(at) ?? false;
  for (from++; from < rows.length && rows[from]!.row <= Number(bottom); from++) {
    const below = rows[from]!;
    left.letters -= text.length;
    if (left.letters < 0) throw new Refused('archive-unpacked', below.row);
    while (below.cells.length <= at) below.cells.push('');
    below.cells[at] = text;
    // What stood in it isn't seen.
    const others = below.numbers?.filter((one) => one !== at) ?? [];
    if (isNumber) others.push(at);
    if (others.length > 0) below.numbers = others;
    else delete below.numbers;
  }
}

/** The place of the first row from this number on. */
function firstFrom(rows: readonly TableRow[], row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.row < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** `_x000D_` stands for what XML can't hold, or doesn't keep (ECMA-376 part 1, 22.9.2.19). */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

interface Told {
  /** Values as they stand in the file: see `resolved`. */
  open(name: string, attributes: () => Record<string, string | undefined>): void;
  text?(part: string): void;
  close?(name: string): void;
}

const SPREADSHEET = 'x';
const NAMESPACES = {
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main': SPREADSHEET,
  'http://purl.oclc.org/ooxml/spreadsheetml/main': SPREADSHEET,
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/package/2006/relationships': 'p',
};

async function parseXml(archive: Archive, path: string, told: Told): Promise<void> {
  const bytes = await unpackEntry(archive, path);
  if (!bytes) throw new Refused('archive-broken');
  const broken = (): never => {
    throw new Refused('archive-broken');
  };
  let depth = 0;
  const parser = new Parser()
    .ns(NAMESPACES)
    .on('openTag', (name, attributes) => {
      if (++depth > DEPTH) broken();
      told.open(name, () => attributes() || broken());
    })
    .on('closeTag', (name) => {
      depth--;
      told.close?.(name);
    })
    .on('text', (text) => told.text?.(resolved(text)))
    .on('cdata', (text) => told.text?.(text))
    .on('attention', broken)
    .on('error', broken);
  // UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.4).
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const decoder = new TextDecoder(wide);
  let open = 0;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const text = decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
    // What isn't ended yet is kept by the parser, and looked at again.
    let from = 0;
    for (let next = text.indexOf('<'); next >= 0; next = text.indexOf('<', next + 1)) {
      if (open + next - from > TOKEN) broken();
      [open, from] = [0, next];
    }
    open += text.length - from;
    if (open > TOKEN) broken();
    parser.write(text);
  }
  if (parser.end()) broken();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities that XML has, and letters by their number; any other would be of a DTD. */
const resolved = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));|&/gi, (_, decimal, hexadecimal, name) => {
        if (name !== undefined && name in ENTITIES) return ENTITIES[name]!;
        const code = decimal === undefined ? Number.parseInt(hexadecimal ?? 'x', 16) : Number(decimal);
        if (!(code > 0 && code <= 0x10ffff)) throw new Refused('archive-broken');
        return String.fromCodePoint(code);
      })
    : text;

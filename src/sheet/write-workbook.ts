/**
 * Prints a workbook (ECMA-376-1, SpreadsheetML; a ZIP of XML parts): the only file that writes XLSX. Sheet by sheet and batch by
 * batch, so that a long one is never whole in memory. Shown by test/sheet/write-workbook.test.ts.
 *
 *     writeWorkbook([{ name: 'Rekap', columns: [{ name: 'No', width: 6 }, { name: 'NIP', width: 22 }], filter: true,
 *       rows: batches([[1, '198609262015051001']]) }])
 *
 *     xl/worksheets/sheet1.xml (18.3.1.99), a row of it:
 *     <row r="2"><c r="A2" s="0"><v>17</v></c><c r="B2" s="1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c></row>
 *
 * Text is an inline string (18.3.1.53) in the format `@` (18.8.30): no program runs it, reads a number in it, or does so once somebody
 * has edited it. A formula (18.3.1.40) is never written. What XML 1.0 can't hold (2.2: control characters but TAB, LF and CR; U+FFFE,
 * U+FFFF; half a surrogate pair) is left out; all else comes back as it was, up to the 32,767 UTF-16 units that a cell may have.
 */
import { Zip, ZipDeflate } from 'fflate';
import { type Bytes, concat, utf8 } from '../lib/bytes.ts';
import { formatLocal, ZONES, type Zona } from '../lib/zone.ts';

/** The type of such a file, for a browser (IANA). */
export const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A date and a time of the day, in its zone, to the minute: the number of a day, so that it sorts; the format says the zone. */
export interface Moment {
  at: Date;
  zona: Zona;
}

/** A part of a whole, from 0 to 1. */
export interface Percent {
  percent: number;
}

/** `null` is an empty cell. */
export type Cell = string | number | Moment | Percent | null;
export type CellRow = readonly Cell[];

export interface WrittenSheet {
  /** What programs can't have in it is left out. */
  name: string;
  /** `width` in digits of the body's typeface (18.3.1.13). */
  columns: readonly { name: string; width: number }[];
  /** In batches: the next one is asked for when the one before has left. */
  rows: AsyncIterable<readonly CellRow[]>;
  /** Rows above the heading: the first is a title. */
  above?: readonly CellRow[];
  /** Rows below the table. */
  below?: readonly CellRow[];
  /** Each column can be filtered. */
  filter?: boolean;
}

/** The first that a ZIP can say: the same rows are the same file, whatever the clock and its zone. */
const ZIP_TIME = new Date(1980, 0, 1);

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** 18.3.1.73; and what a cell holds in Excel. */
const MOST_ROWS = 1_048_576;
const MOST_LETTERS = 32_767;

/** Indices of `cellXfs` (18.8.10). Formats from 164 on are the file's own (18.8.30). */
const STYLE = { number: 0, text: 1, percent: 2, bold: 3, heading: 4, WIB: 5, WITA: 6, WIT: 7 } as const;
const PERCENT_FORMAT = 163 + ZONES.length + 1;

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${ZONES.length + 1}">${ZONES.map(
  (zona, at) =>
    `<numFmt numFmtId="${164 + at}" formatCode="yyyy\\-mm\\-dd\\ hh&quot;.&quot;mm\\ &quot;${zona}&quot;"/>`,
).join('')}<numFmt numFmtId="${PERCENT_FORMAT}" formatCode="0.0%"/></numFmts>
<fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7E7E7"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="8">${[
  format(0),
  format(49),
  format(PERCENT_FORMAT),
  format(49, 'fontId="1" applyFont="1"'),
  format(
    49,
    'fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"',
    '<alignment vertical="center" wrapText="1"/>',
  ),
  ...ZONES.map((_, at) => format(164 + at)),
].join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function format(id: number, more = '', alignment = ''): string {
  return `<xf numFmtId="${id}" xfId="0" applyNumberFormat="1" ${more}>${alignment}</xf>`;
}

/** The pieces of the file. Who leaves ends the reading of rows. Throws a `RangeError` beyond the rows that a sheet may have. */
export async function* writeWorkbook(sheets: readonly WrittenSheet[]): AsyncGenerator<Bytes> {
  let made: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    made.push(bytes);
  });
  const take = (): Bytes => {
    const bytes = concat(...made);
    made = [];
    return bytes;
  };
  const open = (path: string): ((text: string, last?: boolean) => void) => {
    // Level 4 takes half the time of 6, and writes 5 % more.
    const entry = Object.assign(new ZipDeflate(path, { level: 4 }), { mtime: ZIP_TIME });
    zip.add(entry);
    return (text, last = false) => entry.push(utf8(text), last);
  };
  const names = namesOf(sheets);
  const ends: number[] = [];
  for (const [at, sheet] of sheets.entries()) {
    const write = open(`xl/worksheets/sheet${at + 1}.xml`);
    const above = sheet.above ?? [];
    write(headOf(sheet, above.length + 1, at === 0));
    let count = 0;
    const writeRows = (rows: readonly CellRow[], style: TextStyle = 'text'): void => {
      if (count + rows.length > MOST_ROWS) throw new RangeError('workbook: more rows than a sheet may have');
      write(rows.map((cells) => rowXml(cells, ++count, style)).join(''));
    };
    writeRows(above.slice(0, 1), 'bold');
    writeRows(above.slice(1));
    writeRows([sheet.columns.map(({ name }) => name)], 'heading');
    for await (const batch of sheet.rows) {
      writeRows(batch);
      // Of a short batch perhaps nothing came out yet: it goes with what follows.
      if (made.length > 0) yield take();
    }
    ends.push(count);
    writeRows(sheet.below ?? []);
    write(endOf(sheet, above.length + 1, ends.at(-1)!), true);
    yield take();
  }
  for (const [path, text] of partsOf(sheets, names, ends)) open(path)(text, true);
  zip.end();
  yield take();
}

/** What stands before the rows: the first `head` of them stay in sight. */
function headOf({ columns }: WrittenSheet, head: number, first: boolean): string {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0">` +
    `<pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="13.5"/><cols>${widths.join('')}</cols><sheetData>`
  );
}

/** And behind them, in the order of 18.3.1.99: the filter, and how it is printed. */
const endOf = (sheet: WrittenSheet, head: number, end: number): string =>
  `</sheetData>${sheet.filter ? `<autoFilter ref="${rangeOf(sheet, head, end)}"/>` : ''}` +
  '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
  '<headerFooter><oddFooter>&amp;R&amp;8Halaman &amp;P dari &amp;N</oddFooter></headerFooter></worksheet>';

const rangeOf = ({ columns }: WrittenSheet, head: number, end: number, fixed = ''): string =>
  `${fixed}A${fixed}${head}:${fixed}${letterOf(columns.length)}${fixed}${end}`;

/** `A` to `ZZ` of 1 to 702. */
const letterOf = (column: number): string =>
  (column > 26 ? String.fromCharCode(64 + Math.floor((column - 1) / 26)) : '') +
  String.fromCharCode(65 + ((column - 1) % 26));

/** The parts beside the sheets: which there are (OPC, ECMA-376-2), the workbook with its names (18.2.27), the styles (18.8.39). */
function partsOf(
  sheets: readonly WrittenSheet[],
  names: readonly string[],
  ends: readonly number[],
): [string, string][] {
  const type = (path: string, of: string) =>
    `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${of}+xml"/>`;
  const link = (id: number, of: string, target: string) =>
    `<Relationship Id="r${id}" Type="${LINKS}/${of}" Target="${target}"/>`;
  const named = (name: string, at: number, value: string, more = '') =>
    `<definedName name="_xlnm.${name}" localSheetId="${at}"${more}>'${escapeXml(names[at]!.replaceAll("'", "''"))}'!${value}</definedName>`;
  const head = sheets.map(({ above }) => (above?.length ?? 0) + 1);
  return [
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>${names
        .map((name, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="r${at + 1}"/>`)
        .join('')}</sheets><definedNames>${sheets
        .map(
          (sheet, at) =>
            (sheet.filter
              ? named('_FilterDatabase', at, rangeOf(sheet, head[at]!, ends[at]!, '$'), ' hidden="1"')
              : '') + named('Print_Titles', at, `$${head[at]}:$${head[at]}`),
        )
        .join('')}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets
        .map((_, at) => link(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`))
        .join('')}${link(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${link(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type(
        'xl/workbook.xml',
        'sheet.main',
      )}${sheets.map((_, at) => type(`xl/worksheets/sheet${at + 1}.xml`, 'worksheet')).join('')}${type('xl/styles.xml', 'styles')}</Types>`,
    ],
  ];
}

type TextStyle = 'text' | 'bold' | 'heading';

const rowXml = (cells: CellRow, row: number, style: TextStyle): string =>
  `<row r="${row}">${cells.map((cell, at) => cellXml(cell, `${letterOf(at + 1)}${row}`, style)).join('')}</row>`;

/** Throws a `RangeError` on what is no number. */
function cellXml(cell: Cell, place: string, style: TextStyle): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string')
    return `<c r="${place}" s="${STYLE[style]}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.slice(0, MOST_LETTERS))}</t></is></c>`;
  const [value, of] =
    typeof cell === 'number'
      ? [cell, STYLE.number]
      : 'percent' in cell
        ? [cell.percent, STYLE.percent]
        : [serialOf(cell), STYLE[cell.zona]];
  if (!Number.isFinite(value)) throw new RangeError('workbook: no number');
  return `<c r="${place}" s="${of}"><v>${value}</v></c>`;
}

/** Days since the last but one of 1899 (18.17.4.1), by the clock of the zone. */
const serialOf = ({ at, zona }: Moment): number =>
  Date.parse(`${formatLocal(at, zona)}Z`) / 86_400_000 + 25_569;

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
/** All but `Char` of XML 1.0, 2.2. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * A CR by its number, since a bare one is read as LF (XML 1.0, 2.11). `_x000D_` in a text is no escape (22.9.2.19), and is written so
 * that nobody takes it for one.
 */
const escapeXml = (text: string): string =>
  text
    .replace(NO_XML, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>"\r]/g, (mark) => MARKS[mark]!);

/** 18.2.19, and Excel: at most 31 letters, none of `[]:*?/\`, no apostrophe at an end, none of one name, not `History`. */
function namesOf(sheets: readonly WrittenSheet[]): string[] {
  const taken = new Set(['history']);
  return sheets.map(({ name }) => {
    const plain = name
      .replace(NO_XML, '')
      .replace(/[[\]:*?/\\\s]+/g, ' ')
      .replace(/^[' ]+|[' ]+$/g, '');
    for (let n = 1; ; n++) {
      const end = n === 1 ? '' : ` (${n})`;
      const one = (plain || 'Lembar').slice(0, 31 - end.length).replace(/[\ud800-\udbff]$|[' ]+$/g, '') + end;
      if (taken.has(one.toLowerCase())) continue;
      taken.add(one.toLowerCase());
      return one;
    }
  });
}

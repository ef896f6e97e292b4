/** Workbooks letter by letter, as no library would write them: what a test is about stands in it, and nothing else. */
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { Bytes } from '../../src/lib/bytes.ts';

/** A cell: text, a number, nothing, or its XML from `<c` on with `REF` where its address stands. */
export type Cell = string | number | null | { xml: string };

export interface SheetOf {
  rows: readonly (readonly Cell[])[];
  state?: 'hidden' | 'veryHidden';
  merges?: readonly string[];
  /** Rows that aren't shown. */
  hiddenRows?: readonly number[];
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

const letters = (at: number): string =>
  (at >= 26 ? String.fromCharCode(64 + Math.floor(at / 26)) : '') + String.fromCharCode(65 + (at % 26));

function cellXml(cell: Cell, ref: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return cell.xml.replaceAll('REF', ref);
  return `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function sheetXml({ rows, merges = [], hiddenRows = [] }: SheetOf): string {
  const lines = rows.map((cells, n) => {
    const hidden = hiddenRows.includes(n + 1) ? ' hidden="1"' : '';
    return `<row r="${n + 1}"${hidden}>${cells.map((cell, at) => cellXml(cell, `${letters(at)}${n + 1}`)).join('')}</row>`;
  });
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData>${
    merged && `<mergeCells count="${merges.length}">${merged}</mergeCells>`
  }</worksheet>`;
}

export interface Around {
  /** Style 1 of cells is a date; so is what `formats` says of further ones. */
  formats?: readonly string[];
  since1904?: boolean;
  strings?: string;
}

/** The parts of a workbook, to be changed before they are packed. */
export function partsOf(
  sheets: Record<string, SheetOf | SheetOf['rows']>,
  around: Around = {},
): Record<string, string> {
  const all = Object.entries(sheets).map(([name, sheet]) => ({
    name,
    sheet: 'rows' in sheet ? (sheet as SheetOf) : { rows: sheet as SheetOf['rows'] },
  }));
  const { formats = [], since1904 = false, strings } = around;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${since1904 ? ' date1904="1"' : ''}/><sheets>${all
      .map(
        ({ name, sheet }, n) =>
          `<sheet name="${escaped(name)}" sheetId="${n + 1}"${sheet.state ? ` state="${sheet.state}"` : ''} r:id="rId${n + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
      .map(
        (_, n) =>
          `<Relationship Id="rId${n + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="rIdS" Type="${OFFICE}/styles" Target="/xl/styles.xml"/>${
      strings === undefined
        ? ''
        : `<Relationship Id="rIdT" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/>`
    }</Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts>${formats
      .map((code, n) => `<numFmt numFmtId="${200 + n}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>${formats
      .map((_, n) => `<xf numFmtId="${200 + n}"/>`)
      .join('')}</cellXfs></styleSheet>`,
  };
  if (strings !== undefined) parts['xl/sharedStrings.xml'] = `${XML}<sst xmlns="${MAIN}">${strings}</sst>`;
  for (const [n, { sheet }] of all.entries()) parts[`xl/worksheets/sheet${n + 1}.xml`] = sheetXml(sheet);
  return parts;
}

export const packParts = (parts: Readonly<Record<string, string | Uint8Array>>): Bytes => {
  const files: Zippable = {};
  for (const [name, part] of Object.entries(parts))
    files[name] = typeof part === 'string' ? strToU8(part) : part;
  return new Uint8Array(zipSync(files));
};

export const workbookOf = (sheets: Record<string, SheetOf | SheetOf['rows']>, around: Around = {}): Bytes =>
  packParts(partsOf(sheets, around));

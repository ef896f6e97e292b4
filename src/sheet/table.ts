/**
 * Rows as a person typed them, from a workbook's sheet or from text. What has no text doesn't count: neither rows nor cells at their
 * ends.
 */

export interface TableRow {
  /** As a spreadsheet counts: the first row is 1, empty rows count. */
  row: number;
  cells: string[];
  /** Columns, from 0, whose cell is a number or a date and no text: it may not say what it was. */
  numbers?: number[] | undefined;
  /** Columns whose formula was never calculated: what it says nobody knows. */
  formulas?: number[] | undefined;
}

/** What is read of a file at most. */
export interface TableLimits {
  /** With text in them. */
  rows: number;
  /** Cells in one row, up to the last one with text. */
  cells: number;
}

/** `F` of 5: the letters of a column, from 0. */
export function columnLetters(at: number): string {
  let letters = '';
  for (let n = at + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

/** `F17`: of row 17 the column 5, counted from 0. */
export const addressOf = (row: number, at: number): string => `${columnLetters(at)}${row}`;

/** The column of `F17`, from 0. */
export const columnAt = (address: string): number =>
  [...address.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Rows of a list as an office would type them. */
import type { Column } from '../../src/roster/column.ts';
import type { RosterRow } from '../../src/roster/roster-file.ts';

/** Rows under headings as text: the first line names the columns, cells are parted by `|`. */
export function typed(lines: string): RosterRow[] {
  const [head, ...rows] = lines
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.map((cells, at) => ({
    row: at + 2,
    cells: Object.fromEntries(head!.map((column, place) => [column as Column, cells[place] ?? ''])),
  }));
}

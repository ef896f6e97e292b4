/**
 * A list as a workbook for an office: to be filled in, or as its officer has mended it. Every cell is text, so that Excel leaves numbers
 * and codes as they are. Shown by test/pages/office/roster-workbook.test.ts.
 */
import type { Bytes } from '../lib/bytes.ts';
import { columnLetters } from '../sheet/table.ts';
import { writeWorkbook } from '../sheet/write-workbook.ts';
import { type Column, ROSTER_COLUMNS } from './column.ts';
import type { RosterBook } from './roster-book.ts';
import type { RosterText } from './roster-file.ts';

const WIDTHS: Readonly<Record<Column, number>> = {
  No: 6,
  'Kode wilayah': 15,
  Kecamatan: 20,
  'Desa/Kelurahan': 24,
  Unsur: 14,
  'Gelar depan': 12,
  Nama: 32,
  'Gelar belakang': 18,
  Jabatan: 28,
  'NIP/NRP': 22,
  'Pangkat/Gol': 20,
  'Unit kerja': 28,
};
const USUAL_WIDTH = 20;

/** Under our headings. */
export const rosterWorkbook = (rows: readonly (readonly string[])[]): AsyncGenerator<Bytes> =>
  writeWorkbook([
    {
      name: 'Daftar nama',
      columns: ROSTER_COLUMNS.map((name) => ({ name, width: WIDTHS[name] })),
      rows: once(rows),
      filter: true,
    },
  ]);

/** The people in a file, under its own headings, as they stand after mending; what stood around them is left out. */
export function mendedWorkbook(
  { tables }: RosterBook,
  { rows, headings, places }: Extract<RosterText, { ok: true }>,
): AsyncGenerator<Bytes> {
  const [table] = tables;
  const people = new Set(rows.map(({ row }) => row));
  const listed = table!.rows.filter(({ row }) => people.has(row)).map(({ cells }) => cells);
  const widest = Math.max(headings.length, ...listed.map((cells) => cells.length));
  const columns = Array.from({ length: widest }, (_, at) => {
    const ours = places.find((place) => place.at === at)?.column;
    return { name: headings[at] || `Kolom ${columnLetters(at)}`, width: ours ? WIDTHS[ours] : USUAL_WIDTH };
  });
  return writeWorkbook([{ name: table!.name ?? 'Daftar nama', columns, rows: once(listed), filter: true }]);
}

async function* once(rows: readonly (readonly string[])[]): AsyncGenerator<readonly (readonly string[])[]> {
  yield rows;
}

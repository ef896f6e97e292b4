/**
 * A recap as a workbook: the rows, and on a second sheet how many there are and when it was printed by whom. Shown by
 * test/export/recap-workbook.test.ts.
 */
import type { Bytes } from '../lib/bytes.ts';
import { partOf } from '../lib/zone.ts';
import { type Cell, type CellRow, type Moment, writeWorkbook } from '../sheet/write-workbook.ts';
import { type RecapRow, recapCells, recapColumns } from './recap.ts';
import type { RecapCount } from './recaps.ts';
import type { RecapForm } from './stream.ts';

/** What a file says of itself. */
export interface RecapAbout {
  organizer: string;
  /** The event's title, or which events. */
  title: string;
  /** Which rows: `Penanda tangan`, … */
  which: string;
  printed: Moment;
  /** Name of the officer. */
  by: string;
  /** Of the public page; null: there is none yet. */
  address: string | null;
  counts: readonly RecapCount[];
  /** Sentences: what isn't in the file, why it holds whole numbers. */
  notes: readonly string[];
}

/** Of the table of counts, on sheet and paper. */
export const SUMMARY_COLUMNS = [
  { name: 'Kecamatan', width: 30 },
  { name: 'Kode', width: 22 },
  { name: 'Wajib', width: 10 },
  { name: 'Sudah', width: 10 },
  { name: 'Diwakili', width: 10 },
  { name: 'Belum', width: 10 },
  { name: 'Dicabut', width: 10 },
  { name: 'Persen', width: 10 },
] as const;

/** Who came in another's place is not recorded yet. */
const NOT_COUNTED = '–';
export const NOT_COUNTED_NOTE = 'Diwakili: belum dicatat di layanan ini.';

/** A row for each area, the last one of all together. */
export function summaryRows(counts: readonly RecapCount[]): Cell[][] {
  const all = { kode: '', nama: 'Jumlah', wajib: 0, sudah: 0, belum: 0, dicabut: 0 };
  for (const count of counts)
    for (const key of ['wajib', 'sudah', 'belum', 'dicabut'] as const) all[key] += count[key];
  return [...counts, all].map(({ kode, nama, wajib, sudah, belum, dicabut }) => [
    nama,
    kode,
    wajib,
    sudah,
    NOT_COUNTED,
    belum,
    dicabut,
    { percent: partOf(sudah, wajib) },
  ]);
}

/** The pieces of the file. */
export const recapWorkbook = (
  batches: AsyncIterable<readonly RecapRow[]>,
  about: RecapAbout,
  { counted = false, full = false }: RecapForm = {},
): AsyncGenerator<Bytes> =>
  writeWorkbook([
    { name: 'Rekap', columns: recapColumns({ full }), rows: cellsOf(batches, counted, full), filter: true },
    {
      name: 'Ringkasan',
      columns: SUMMARY_COLUMNS,
      rows: once(summaryRows(about.counts)),
      above: [
        ['Rekap ikrar netralitas'],
        ['Penyelenggara', about.organizer],
        ['Kegiatan', about.title],
        ['Isi berkas', about.which],
        ['Dicetak', about.printed],
        ['Oleh', about.by],
        ['Daftar publik', about.address],
        [],
      ],
      below: [[], ...[NOT_COUNTED_NOTE, ...about.notes].map((note) => [note])],
    },
  ]);

async function* cellsOf(
  batches: AsyncIterable<readonly RecapRow[]>,
  counted: boolean,
  full: boolean,
): AsyncGenerator<CellRow[]> {
  let no = 0;
  for await (const batch of batches)
    yield batch.map((row) => recapCells(row, { no: counted ? ++no : null, full }));
}

async function* once(rows: readonly CellRow[]): AsyncGenerator<readonly CellRow[]> {
  yield rows;
}

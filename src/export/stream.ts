/** A CSV file that is never whole in memory. Shown by test/export/export.test.ts. */
import { formatCsv, formatCsvRows } from '../lib/csv.ts';
import { cellText, type RecapRow, recapCells, recapColumns } from './recap.ts';

/** Whether whoever reads still may: asked when a batch is there and before it leaves. */
export type StillMay = () => Promise<boolean>;

/** What ends a file whose reader may no longer read it. */
export const INCOMPLETE = 'BERKAS INI TIDAK LENGKAP: sesi atau peran Anda berakhir selama diunduh.';

/**
 * The next batch is read when the last one has left; a reader who goes away ends the reading. For who may no longer read, a line
 * says that the file isn't whole, and the connection breaks: no browser or program takes it for a file that came to its end.
 */
export function streamCsv<Row>(
  columns: readonly string[],
  batches: AsyncGenerator<readonly Row[]>,
  cells: (row: Row) => readonly string[],
  stillMay: StillMay,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let begun = false;
  let broken = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(formatCsv([columns])));
          return;
        }
        if (broken) {
          controller.error(new Error('export: the reader may no longer read it'));
          return;
        }
        const { done, value } = await batches.next();
        if (done) {
          controller.close();
          return;
        }
        if (!(await stillMay())) {
          broken = true;
          await batches.return(undefined);
          controller.enqueue(encoder.encode(formatCsvRows([[INCOMPLETE]])));
          return;
        }
        controller.enqueue(encoder.encode(formatCsvRows(value.map(cells))));
      },
      async cancel() {
        await batches.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Numbers where rows are of several lists: of each its place in the file. */
export interface RecapForm {
  counted?: boolean;
  full?: boolean;
}

/** A recap. `counted`: rows are of several lists, and numbered here. */
export function streamRecap(
  batches: AsyncGenerator<readonly RecapRow[]>,
  stillMay: StillMay,
  { counted = false, full = false }: RecapForm = {},
): ReadableStream<Uint8Array> {
  let no = 0;
  return streamCsv(
    recapColumns({ full }).map(({ name }) => name),
    batches,
    (row) => recapCells(row, { no: counted ? ++no : null, full }).map(cellText),
    stillMay,
  );
}

/** A CSV file that is never whole in memory. Shown by test/export/export.test.ts. */
import { formatCsv, formatCsvRows } from '../lib/csv.ts';
import { RECAP_COLUMNS, type RecapRow, recapCells } from './recap.ts';

/** The next batch is read when the last one has left; a reader who goes away ends the reading. */
export function streamCsv<Row>(
  columns: readonly string[],
  batches: AsyncGenerator<readonly Row[]>,
  cells: (row: Row) => readonly string[],
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let begun = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(formatCsv([columns])));
          return;
        }
        const { done, value } = await batches.next();
        if (done) {
          controller.close();
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

/** A recap. `counted`: rows are of several lists, and numbered here. */
export function streamRecap(
  batches: AsyncGenerator<readonly RecapRow[]>,
  { counted = false }: { counted?: boolean } = {},
): ReadableStream<Uint8Array> {
  let no = 0;
  return streamCsv(RECAP_COLUMNS, batches, (row) => recapCells(row, counted ? ++no : null));
}

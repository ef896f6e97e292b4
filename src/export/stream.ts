/** A recap as a CSV file that is never whole in memory. Shown by test/export/export.test.ts. */
import { formatCsv, formatCsvRows } from '../lib/csv.ts';
import { RECAP_COLUMNS, type RecapRow, recapCells } from './recap.ts';

/**
 * The next batch is read when the last one has left; a reader who goes away ends the reading. `counted`: rows are of several
 * lists, and numbered here.
 */
export function streamRecap(
  batches: AsyncGenerator<readonly RecapRow[]>,
  { counted = false }: { counted?: boolean } = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let no = 0;
  let begun = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(formatCsv([RECAP_COLUMNS])));
          return;
        }
        const { done, value } = await batches.next();
        if (done) {
          controller.close();
          return;
        }
        controller.enqueue(
          encoder.encode(formatCsvRows(value.map((row) => recapCells(row, counted ? ++no : null)))),
        );
      },
      async cancel() {
        await batches.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

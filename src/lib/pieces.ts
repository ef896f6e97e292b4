/**
 * An answer that is made while it is sent: a piece when the one before has left, so that no more of it is in memory. Who goes away ends
 * the making. Shown by test/pages/office/cards.test.ts.
 */
import type { Bytes } from './bytes.ts';

export const streamPieces = (pieces: AsyncGenerator<Bytes>): ReadableStream<Bytes> =>
  new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );

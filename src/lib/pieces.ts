/**
 * An answer that is made while it is sent: a piece when the one before has left, so that no more of it is in memory. Who goes away ends
 * the making. Whether whoever reads still may is asked before the first piece leaves and, as a slow reader takes the others, each second: if not,
 * the connection breaks, so that nobody takes it for a file that came to its end. Shown by test/pages/office/cards.test.ts.
 */
import type { Bytes } from './bytes.ts';

/** `believed`: for how long the answer of `stillMay` is, in milliseconds. */
export function streamPieces(
  pieces: AsyncGenerator<Bytes>,
  stillMay: () => Promise<boolean>,
  believed = 1_000,
): ReadableStream<Bytes> {
  let asked = Number.NEGATIVE_INFINITY;
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        if (Date.now() - asked >= believed) {
          if (!(await stillMay())) {
            await pieces.return(undefined);
            controller.error(new Error('pieces: the reader may no longer read them'));
            return;
          }
          asked = Date.now();
        }
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
}

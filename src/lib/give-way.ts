/**
 * For work in the background that comes in pieces: to be called after each of them, so that who waits for an answer hardly
 * notices. Shown by test/lib/give-way.test.ts.
 */

/** Milliseconds by which a timer is late when others have the event loop: signers at work. */
const LATE = 3;
/** No rest is longer, in milliseconds: the work goes on under any load. */
const LONGEST = 1_000;

/**
 * Rests as long as the last piece took (milliseconds), so that others have at least half of the time; and again for as long
 * as they use it. Ends at once when the signal aborts.
 */
export async function giveWay(piece: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + LONGEST;
  for (;;) {
    const due = performance.now() + piece;
    await rest(piece, signal);
    const now = performance.now();
    if (signal?.aborted || now >= end || now - due < LATE) return;
  }
}

const rest = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });

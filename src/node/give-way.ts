/**
 * For heavy work in the background that comes in pieces, to be called after each of them: so that who waits for an answer
 * hardly notices. A signature is some milliseconds of the event loop, many times over with the database between them; a paper is
 * 15 in one go. Shown by test/node/give-way.test.ts.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/** Part of the time that the event loop may be at work while nobody is there. */
const IDLE = 0.1;
/** Milliseconds: shorter ones tell little. */
const SHORTEST = 10;
/** Milliseconds after which the work goes on under any load. */
const LONGEST = 1_000;

/** Rests for as long as the last piece took (milliseconds), and again until others have left the event loop idle meanwhile. */
export async function giveWay(piece: number): Promise<void> {
  const end = performance.now() + LONGEST;
  do {
    const before = performance.eventLoopUtilization();
    await setTimeout(Math.max(piece, SHORTEST));
    if (performance.eventLoopUtilization(before).utilization < IDLE) return;
  } while (performance.now() < end);
}

/**
 * Someone outside who keeps every checkpoint that is ever public, from each process, and so notices a fork; and who sees when
 * the copies outside the database learn of it.
 */
import type { Known } from './check/world.ts';
import { pause } from './until.ts';

export interface Watch {
  /** Each once, in the order in which they were seen. */
  readonly saved: readonly string[];
  /** Each size of a copy outside, when it was first seen. */
  readonly known: readonly Known[];
  stop(): Promise<void>;
}

/** `copies`: each gives what stands in a copy now, or null. */
export function openWatch(
  doors: readonly string[],
  copies: readonly (() => Promise<string | null>)[],
): Watch {
  const saved = new Set<string>();
  const known: Known[] = [];
  let stopped = false;
  const again = async (look: () => Promise<void>): Promise<void> => {
    while (!stopped) {
      // Away just now.
      await look().catch(() => {});
      await pause(100);
    }
  };
  const watching = [
    ...doors.map((door) =>
      again(async () => {
        const answer = await fetch(`${door}/catatan/checkpoint`, { signal: AbortSignal.timeout(2_000) });
        if (answer.status === 200) saved.add(await answer.text());
      }),
    ),
    ...copies.map((read) =>
      again(async () => {
        const size = Number((await read())?.split('\n')[1]);
        if (size > (known.at(-1)?.size ?? 0)) known.push({ size, at: Date.now() });
      }),
    ),
  ];
  return {
    get saved() {
      return [...saved];
    },
    known,
    stop: async () => {
      stopped = true;
      await Promise.all(watching);
    },
  };
}

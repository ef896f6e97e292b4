/** Someone outside who keeps every checkpoint that is ever public, from each process, and so notices a fork. */
import { pause } from './until.ts';

export interface Watch {
  /** Each once, in the order in which they were seen. */
  readonly saved: readonly string[];
  stop(): Promise<void>;
}

export function openWatch(doors: readonly string[]): Watch {
  const saved = new Set<string>();
  let stopped = false;
  const watching = doors.map(async (door) => {
    while (!stopped) {
      try {
        const answer = await fetch(`${door}/catatan/checkpoint`, { signal: AbortSignal.timeout(2_000) });
        if (answer.status === 200) saved.add(await answer.text());
      } catch {
        // Away just now.
      }
      await pause(100);
    }
  });
  return {
    get saved() {
      return [...saved];
    },
    stop: async () => {
      stopped = true;
      await Promise.all(watching);
    },
  };
}

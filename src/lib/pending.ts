/** Work after the answer: its failure is logged, and who closes can wait for the rest of it. Shown by test/lib/pending.test.ts. */
import { logError } from './log.ts';

export interface Pending {
  /** A function is called when those given before it have ended: heavy work, which would slow the answers of everyone. */
  later(work: Promise<unknown> | (() => Promise<unknown>)): void;
  /** Settles when nothing is at work, also nothing that other work has begun. */
  settled(): Promise<void>;
}

export function openPending(): Pending {
  const open = new Set<Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>): Promise<unknown> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  return {
    later(work) {
      const tracked: Promise<unknown> = (typeof work === 'function' ? inTurn(work) : work)
        .catch((error) => logError('later', error))
        .finally(() => open.delete(tracked));
      open.add(tracked);
    },
    async settled() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}

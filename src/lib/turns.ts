/**
 * Turns: so many at work at once, the others wait, and each address that waits is served as often as any other. Nothing of
 * an address is kept once nobody of it waits. Shown by test/lib/turns.test.ts.
 */

export interface Turns {
  /** `who`: one of those that are treated alike. `leaves`: aborted once nobody waits for the answer any more. */
  take(who: string, leaves?: () => AbortSignal): Promise<Turn>;
}

/** `address-busy`: this address alone has more waiting than it may; `all-busy`: nobody's turn comes soon enough. */
export type Turn = { ok: true; leave(): void } | { ok: false; code: 'address-busy' | 'all-busy' };

export interface Width {
  atOnce: number;
  /** How many may wait, of all and of one address. */
  waiting: number;
  waitingEach: number;
  /** Milliseconds that one waits at most. */
  patience: number;
}

export function openTurns({ atOnce, waiting, waitingEach, patience }: Width): Turns {
  /** In the order in which they are served next. */
  const queues = new Map<string, Set<() => void>>();
  let working = 0;
  let queued = 0;

  const leave = (): void => {
    working--;
    for (const [who, queue] of queues) {
      // Its next one comes after those of all others.
      queues.delete(who);
      const [first] = queue;
      if (queue.size > 1) queues.set(who, queue);
      first!();
      return;
    }
  };
  const begin = (): Turn => {
    working++;
    let left = false;
    return {
      ok: true,
      leave: () => {
        if (!left) leave();
        left = true;
      },
    };
  };

  return {
    async take(who, leaves) {
      if (working < atOnce) return begin();
      const queue = queues.get(who) ?? new Set();
      if (queue.size >= waitingEach) return { ok: false, code: 'address-busy' };
      if (queued >= waiting) return { ok: false, code: 'all-busy' };
      return new Promise((done) => {
        const out = (turn: Turn): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          queue.delete(start);
          if (queue.size === 0 && queues.get(who) === queue) queues.delete(who);
          queued--;
          done(turn);
        };
        const start = (): void => out(begin());
        const giveUp = (): void => out({ ok: false, code: 'all-busy' });
        const timer = setTimeout(giveUp, patience);
        const signal = leaves?.();
        signal?.addEventListener('abort', giveUp, { once: true });
        queue.add(start);
        queues.set(who, queue);
        queued++;
      });
    },
  };
}

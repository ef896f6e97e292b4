/**
 * Turns of those who come second: so many at work at once, the others wait, and each address that waits is served as often as any
 * other. Once all places to wait are taken, they go by fair shares: the newest of the longest queue makes room for an address that
 * has fewer. While somebody who goes first is at work, hardly any begins. Nothing of an address is kept once nobody of it waits.
 * Shown by test/lib/turns.test.ts.
 */

export interface Turns {
  /** `who`: one of those that are treated alike. `leaves`: aborted once nobody waits for the answer any more. */
  take(who: string, leaves?: () => AbortSignal): Promise<Turn>;
  /** Somebody who waits for nobody begins; call what comes back at the end. */
  goFirst(): () => void;
}

/** `address-busy`: this address has more waiting than its share; `all-busy`: nobody's turn comes soon enough. */
export type Turn = { ok: true; leave(): void } | { ok: false; code: BusyCode };

export type BusyCode = 'address-busy' | 'all-busy';

export interface Width {
  atOnce: number;
  /** Milliseconds between two that begin while somebody goes first: they aren't forgotten. */
  pause: number;
  /** How many may wait, of all and of one address. */
  waiting: number;
  waitingEach: number;
  /** Milliseconds that one waits at most. */
  patience: number;
}

interface Waiting {
  start(): void;
  refuse(code: BusyCode): void;
}

export function openTurns({ atOnce, pause, waiting, waitingEach, patience }: Width): Turns {
  /** In the order in which they are served next. */
  const queues = new Map<string, Set<Waiting>>();
  let queued = 0;
  let working = 0;
  let first = 0;
  let begunAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Milliseconds until one may begin; null: once another has ended. */
  const due = (): number | null => {
    if (first === 0) return working < atOnce ? 0 : null;
    return working > 0 ? null : Math.max(0, begunAt + pause - performance.now());
  };
  const startDue = (): void => {
    timer = undefined;
    while (queued > 0 && due() === 0) {
      const [[who, queue]] = queues as unknown as [[string, Set<Waiting>]];
      const [next] = queue;
      // Its next one comes after those of all others.
      queues.delete(who);
      queues.set(who, queue);
      next!.start();
    }
    wake();
  };
  /** True if a place is free now for an address of which so many wait: never by taking one from who has as few. */
  const makeRoom = (has: number): boolean => {
    if (queued < waiting) return true;
    let longest: ReadonlySet<Waiting> = new Set();
    for (const queue of queues.values()) if (queue.size > longest.size) longest = queue;
    if (longest.size <= has + 1) return false;
    [...longest].at(-1)!.refuse('address-busy');
    return true;
  };
  /** Never at once: who goes first may have come meanwhile. */
  const wake = (): void => {
    const ms = due();
    clearTimeout(timer);
    timer = queued > 0 && ms !== null ? setTimeout(startDue, ms) : undefined;
  };
  /** What may be called many times, and counts once. */
  const once = (end: () => void): (() => void) => {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      wake();
    };
  };
  const begin = (): Turn => {
    working++;
    begunAt = performance.now();
    return { ok: true, leave: once(() => void working--) };
  };

  return {
    async take(who, leaves) {
      if (queued === 0 && due() === 0) return begin();
      const queue = queues.get(who) ?? new Set();
      if (queue.size >= waitingEach) return { ok: false, code: 'address-busy' };
      if (!makeRoom(queue.size)) return { ok: false, code: 'all-busy' };
      return new Promise((done) => {
        const out = (turn: Turn): void => {
          clearTimeout(tired);
          signal?.removeEventListener('abort', giveUp);
          queue.delete(me);
          if (queue.size === 0) queues.delete(who);
          queued--;
          done(turn);
        };
        const me: Waiting = {
          start: () => out(begin()),
          refuse: (code) => out({ ok: false, code }),
        };
        const giveUp = (): void => me.refuse('all-busy');
        const tired = setTimeout(giveUp, patience);
        const signal = leaves?.();
        signal?.addEventListener('abort', giveUp, { once: true });
        queue.add(me);
        queues.set(who, queue);
        queued++;
        if (signal?.aborted) giveUp();
        wake();
      });
    },
    goFirst() {
      first++;
      return once(() => void first--);
    },
  };
}

/**
 * Makes callers share runs: at most one runs and one waits. A caller during a run joins the one that waits, so what it
 * brought before it called is seen by a run that began after. Shown by test/lib/coalesce.test.ts.
 */
export function coalesce<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let waiting: Promise<T> | null = null;
  const start = (): Promise<T> => {
    const current = (async () => run())();
    const ended = (): void => {
      if (running === current) running = null;
    };
    running = current;
    current.then(ended, ended);
    return current;
  };
  return () => {
    if (!running) return waiting ?? start();
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        return start();
      });
    return waiting;
  };
}

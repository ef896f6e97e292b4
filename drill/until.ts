/** Waiting: for a condition, never for luck. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Looks again and again until `found` gives something. Throws what was waited for if it doesn't within `ms`. */
export async function until<T>(
  what: string,
  ms: number,
  found: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await found();
    if (value) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${Math.round(ms / 1000)} s`);
    await pause(50);
  }
}

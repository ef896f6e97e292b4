import { expect, test } from 'vitest';
import { coalesce } from '../../src/lib/coalesce.ts';

test('at most one runs and one waits', async () => {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const run = coalesce(async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => ends.push(resolve));
    return running--;
  });
  const first = run();
  const joined = [run(), run(), run()];
  expect(joined[1]).toBe(joined[0]);
  expect(ends.length).toBe(1);
  ends[0]!();
  await first;
  // A caller in the very moment between two runs joins the one that waits.
  const between = run();
  await Promise.resolve();
  while (ends.length < 2) await Promise.resolve();
  ends[1]!();
  await Promise.all(joined);
  if (ends.length > 2) ends[2]!();
  await Promise.race([between, new Promise((resolve) => setImmediate(resolve))]);
  expect(most).toBe(1);
});

test('what was brought before the call is seen by the run one waits for', async () => {
  const seen: number[] = [];
  let brought = 0;
  const run = coalesce(async () => {
    const now = brought;
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(now);
    return now;
  });
  const calls = Array.from({ length: 50 }, async (_, at) => {
    for (let tick = 0; tick < at % 7; tick++) await Promise.resolve();
    const mine = ++brought;
    expect(await run()).toBeGreaterThanOrEqual(mine);
  });
  await Promise.all(calls);
  expect(seen.length).toBeLessThan(10);
});

test('a run that fails fails for its own callers alone', async () => {
  let calls = 0;
  const run = coalesce(async () => {
    await Promise.resolve();
    if (++calls === 1) throw new Error('first');
    return calls;
  });
  const first = run();
  const second = run();
  await expect(first).rejects.toThrow('first');
  expect(await second).toBe(2);
  expect(await run()).toBe(3);
  const sudden = coalesce((): Promise<void> => {
    throw new Error('before it began');
  });
  await expect(sudden()).rejects.toThrow('before it began');
  await expect(sudden()).rejects.toThrow('before it began');
});

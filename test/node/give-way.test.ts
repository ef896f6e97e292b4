import { expect, test } from 'vitest';
import { giveWay } from '../../src/node/give-way.ts';

const took = async (piece: number): Promise<number> => {
  const began = performance.now();
  await giveWay(piece);
  return performance.now() - began;
};

/** Keeps the event loop for half of the time, as signers do, until told to stop. */
function busy(): () => void {
  const timer = setInterval(() => {
    const end = performance.now() + 5;
    while (performance.now() < end);
  }, 10);
  return () => clearInterval(timer);
}

test('as long as the piece where nobody is there; while others work until they have ended, a second at most', async () => {
  const alone = await took(60);
  expect(alone).toBeGreaterThanOrEqual(59);

  let stop = busy();
  setTimeout(() => stop(), 300);
  expect(await took(20)).toBeGreaterThanOrEqual(300);

  stop = busy();
  const under = await took(20);
  stop();
  expect(under).toBeGreaterThanOrEqual(999);
  expect(under).toBeLessThan(5_000);
});

import { afterEach, expect, test, vi } from 'vitest';
import { openPending } from '../../src/lib/pending.ts';

afterEach(() => vi.restoreAllMocks());

test('waits for all work, also for what work begins', async () => {
  const { later, settled } = openPending();
  const done: string[] = [];
  const first = async () => {
    await Promise.resolve();
    later(Promise.resolve().then(() => done.push('second')));
    done.push('first');
  };
  later(first());
  await settled();
  expect(done).toEqual(['first', 'second']);
});

test('a failure is logged and hinders nothing', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { later, settled } = openPending();
  later(Promise.reject(new Error('no')));
  await settled();
  expect(log.mock.calls.join()).toContain('later: Error: no');
});

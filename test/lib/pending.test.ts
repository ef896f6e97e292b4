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

test('functions have their turn one after the other, a failed one too', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { later, settled } = openPending();
  const said: string[] = [];
  const work = (name: string) => async () => {
    said.push(`${name} begins`);
    await Promise.resolve();
    said.push(`${name} ends`);
    if (name === 'second') throw new Error('no');
  };
  for (const name of ['first', 'second', 'third']) later(work(name));
  later(Promise.resolve().then(() => said.push('beside them')));
  await settled();
  expect(said.filter((text) => text !== 'beside them')).toEqual(
    ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  expect(said.indexOf('beside them')).toBeLessThan(said.indexOf('third ends'));
  expect(log.mock.calls.join()).toContain('later: Error: no');
});

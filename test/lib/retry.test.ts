import { expect, test } from 'vitest';
import { isAway, isTransient, retry } from '../../src/lib/retry.ts';

const failing = (times: number, error: Error) => {
  let calls = 0;
  return {
    calls: () => calls,
    work: async () => {
      calls++;
      if (calls <= times) throw error;
      return 'done';
    },
  };
};
const lost = Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' });

test('tries again after a lost connection, also one that is wrapped', async () => {
  const once = failing(2, new Error('query', { cause: lost }));
  expect(await retry(once.work)).toBe('done');
  expect(once.calls()).toBe(3);
});

test('gives up after a few tries', async () => {
  const always = failing(9, lost);
  await expect(retry(always.work, { tries: 2 })).rejects.toBe(lost);
  expect(always.calls()).toBe(2);
});

test('does not repeat what will fail again', async () => {
  const broken = Object.assign(new Error('unique'), { code: '23505' });
  const always = failing(9, broken);
  await expect(retry(always.work)).rejects.toBe(broken);
  expect(always.calls()).toBe(1);
});

test('knows which errors pass', () => {
  const with_ = (code: string) => Object.assign(new Error(code), { code });
  for (const code of ['08006', '57P01', '57P03', '40001', '40P01', '53300', 'ECONNRESET']) {
    expect(isTransient(with_(code)), code).toBe(true);
  }
  for (const code of ['23505', '57014', '42601', 'P0002', 'STATEMENT_TIMEOUT'])
    expect(isTransient(with_(code)), code).toBe(false);
  expect(isTransient(new Error('other'))).toBe(false);
  for (const code of ['57014', '25006', 'STATEMENT_TIMEOUT']) expect(isAway(with_(code)), code).toBe(true);
});

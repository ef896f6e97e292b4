import { expect, test, vi } from 'vitest';
import { isTooOften, networkOf, type RateLimit } from '../../src/edge/limits.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

/** As the platform counts: three for each key. */
function limiter(): RateLimit {
  const asked = new Map<string, number>();
  return {
    limit: async ({ key }) => {
      const count = (asked.get(key) ?? 0) + 1;
      asked.set(key, count);
      return { success: count <= 3 };
    },
  };
}
const from = (address: string, path: string) =>
  new Request(`https://ikrar.test${path}`, { headers: { 'cf-connecting-ip': address } });

test('a search is counted by network, and nothing else is', async () => {
  const limit = limiter();
  const ask = (path: string, address = '2001:db8::1') => isTooOften(from(address, path), limit);
  for (const path of ['/daftar?cari=sari', '/%64aftar?%63ari=sari', '/daftar/62.01?cari=sari'])
    expect([path, await ask(path)]).toEqual([path, false]);
  expect(await ask('/daftar?cari=budi')).toBe(true);
  expect(await ask('/daftar?cari=budi', '2001:db8::2')).toBe(true);
  expect(await ask('/daftar?cari=budi', '203.0.113.7')).toBe(false);
  for (const path of [
    '/u',
    '/undangan',
    '/undangan/tanda-tangan',
    '/daftar',
    '/p/7K3F-9QXM-2DA7',
    '/p/7K3F-9QXM-2DA7.pdf',
    '/sehat',
  ])
    expect([path, await ask(path)]).toEqual([path, false]);
});

test('without a binding, or while it doesn’t answer, nobody is hindered', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const request = from('203.0.113.7', '/daftar?cari=sari');
  expect(await isTooOften(request, undefined)).toBe(false);
  expect(await isTooOften(request, 'COSTLY' as never)).toBe(false);
  expect(await isTooOften(request, { limit: () => Promise.reject(new Error('away')) })).toBe(false);
  expect(await isTooOften(request, { limit: () => new Promise(() => {}) })).toBe(false);
  log.mockRestore();
});

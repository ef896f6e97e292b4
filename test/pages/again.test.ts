/** A page is made again after a lost connection: few times, and for no longer than somebody waits. */
import { Hono } from 'hono';
import { afterEach, expect, test, vi } from 'vitest';
import { readAgain } from '../../src/pages/again.ts';
import type { Env, Services } from '../../src/services.ts';

afterEach(() => vi.useRealTimers());

/** Each try takes so many milliseconds and meets such an error. */
function site(code: string, ms: number) {
  let tries = 0;
  const app = new Hono<Env>();
  app.use(readAgain((request, services) => app.fetch(request, services)));
  app.onError((_, c) => c.text('away', 503));
  app.get('/', async () => {
    tries++;
    vi.setSystemTime(Date.now() + ms);
    throw Object.assign(new Error(code), { code });
  });
  return { tries: () => tries, get: () => app.request('/', {}, {} as Services) };
}

test.each([
  ['a lost connection, told at once', 'CONNECTION_CLOSED', 0, 5],
  ['one that took three seconds to be told', 'CONNECT_TIMEOUT', 3_000, 3],
  ['an answer that was waited for in vain already', 'STATEMENT_TIMEOUT', 0, 1],
  ['what will fail again', '23505', 0, 1],
])('%s', async (_, code, ms, tries) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const made = site(code, ms);
  expect((await made.get()).status).toBe(503);
  expect(made.tries()).toBe(tries);
});

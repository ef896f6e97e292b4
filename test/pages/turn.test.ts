/** Who reads waits for who reads; who signs, enters by a card or opens the signing page waits for nobody, and is refused by nothing. */

import { expect, test } from 'vitest';
import { app } from '../../src/app.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import { openTurns } from '../../src/lib/turns.ts';
import { faultMessages } from '../../src/pages/fault-messages.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const house = await openHouse({ max: 10 });
const { services } = house;

/** All turns are taken, and a place to wait is left for nobody. */
const full = openTurns({ atOnce: 1, pause: 25, waiting: 0, waitingEach: 0, patience: 10 });
await full.take('');
const crowded = openTurns({ atOnce: 1, pause: 25, waiting: 0, waitingEach: 1, patience: 10 });
await crowded.take('');

const ask = (path: string, init: RequestInit = {}, turns = full) =>
  app.request(path, init, { ...services, turns, from: '192.0.2.1' });

test.each(['/daftar', '/daftar?cari=budi', '/daftar/62.01', '/p/7K3F9QXM2DA7', '/P/7K3F9QXM2DA7.pdf'])(
  '%s: a sentence, and when to come again',
  async (path) => {
    const each = await ask(path);
    expect([each.status, each.headers.get('retry-after'), each.headers.get('cache-control')]).toEqual([
      429,
      '10',
      'no-store',
    ]);
    const { title, next } = faultMessages['address-busy'];
    const page = await each.text();
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(page).toContain(next);
    const all = await ask(path, {}, crowded);
    expect([all.status, all.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await all.text()).toContain(faultMessages['all-busy'].next);
  },
);

test('who has most waiting makes room for a newcomer, and is told when to come again', async () => {
  const turns = openTurns({ atOnce: 1, pause: 25, waiting: 2, waitingEach: 2, patience: 20_000 });
  const at = await turns.take('');
  const from = (address: string) =>
    Promise.resolve(app.request('/daftar', {}, { ...services, turns, from: address }));
  const [first, second] = [from('192.0.2.1'), from('192.0.2.1')];
  const newcomer = from('192.0.2.2');
  const displaced = await second;
  expect([displaced.status, displaced.headers.get('retry-after')]).toEqual([429, '10']);
  expect(await displaced.text()).toContain(faultMessages['address-busy'].next);
  if (at.ok) at.leave();
  expect([(await first).status, (await newcomer).status]).toEqual([200, 200]);
});

test('a script reads a code', async () => {
  const answer = await ask('/kantor/masuk/wilayah?cari=kumai', { headers: { accept: 'application/json' } });
  expect(answer.status).toBe(429);
  expect(await answer.json()).toMatchObject({ ok: false, code: 'address-busy' });
});

test.each(['/', '/periksa', '/catatan/kunci', '/kantor/masuk', '/tidak-ada'])(
  '%s takes its turn, as whatever strangers may read',
  async (path) => {
    expect((await ask(path)).status).toBe(429);
  },
);

test.each(['/u', '/sehat', '/kantor'])('%s waits for nobody', async (path) => {
  expect([200, 303, 503]).toContain((await ask(path)).status);
  expect((await ask(path)).headers.get('retry-after')).not.toBe('10');
});

test('nor do signing and entering, from whatever address', async () => {
  for (const path of ['', '/kunci', '/pernyataan', '/tanda-tangan', '/status']) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        ask(`/undangan${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"undangan":"x","text":"x","ticket":"x","statement":"x","kunci":"x","response":{}}',
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  }
});

test('while somebody signs, readers wait; a turn is given back whatever comes of it', async () => {
  const turns = openTurns({ atOnce: 1, pause: 60_000, waiting: 5, waitingEach: 5, patience: 20_000 });
  for (const path of ['/daftar', '/daftar/tidak-ada', '/p/x', '/daftar']) {
    expect((await ask(path, {}, turns)).status).toBeLessThan(500);
  }
  const leave = turns.goFirst();
  let read = false;
  const reading = Promise.resolve(ask('/daftar', {}, turns)).then((answer) => {
    read = true;
    return answer;
  });
  const signing = await ask(
    '/undangan/status',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"undangan":"x"}' },
    turns,
  );
  expect([signing.status, read]).toEqual([404, false]);
  leave();
  expect((await reading).status).toBe(200);
});

test('whose invitation is known goes first, until they are answered; strangers and half a body never do', async () => {
  const cast = await openCast(house.db);
  await invitations.issueMissing(house.db, services.secret, cast.kegiatanId, actorOf(cast));
  const { token } = await deriveInvitation(services.secret, cast.siti, 1);
  const said: string[] = [];
  const turns = {
    ...full,
    goFirst: () => {
      said.push('first');
      return () => said.push('answered');
    },
  };
  const post = (undangan: string) =>
    ask(
      '/undangan',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ undangan }) },
      turns,
    );
  for (const stranger of ['x', '0'.repeat(26), '']) await post(stranger);
  const held = new AbortController();
  const half = ask(
    '/undangan',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
      body: new ReadableStream({
        start: (controller) =>
          held.signal.addEventListener('abort', () => controller.error(new Error('gone'))),
      }),
    } as RequestInit,
    turns,
  );
  expect(said).toEqual([]);
  expect((await post(token)).status).toBe(200);
  expect(said).toEqual(['first', 'answered']);
  held.abort();
  expect((await half).status).toBe(400);
  expect(said).toHaveLength(2);
});

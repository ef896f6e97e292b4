import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { connect } from '../../src/db.ts';
import { publish } from '../../src/ledger/publish.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';

const { db, services, request } = await openHouse();

test('a healthy service tells the ledger', async () => {
  const before = (await (await request('/sehat')).json()) as { ledger: { waiting: number } };
  expect(before).toEqual({
    database: true,
    halted: null,
    ledger: {
      size: 0,
      waiting: before.ledger.waiting,
      published: null,
      checkpointAge: null,
      unpublishedAge: expect.any(Number),
      outside: null,
    },
    documents: { waiting: 0, unstamped: 0 },
  });
  await services.publish();
  await append(db, 2);
  const response = await request('/sehat');
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const size = before.ledger.waiting;
  expect(await response.json()).toEqual({
    database: true,
    halted: null,
    ledger: {
      size,
      waiting: 2,
      published: size,
      checkpointAge: expect.any(Number),
      unpublishedAge: 0,
      outside: size,
    },
    documents: { waiting: 0, unstamped: 0 },
  });
});

test('what was recorded and can’t be published, as on a full disk, is an alarm however often one asks', async () => {
  await services.publish();
  expect(await (await request('/sehat')).json()).toMatchObject({ ledger: { unpublishedAge: null } });
  await append(db, 1);
  expect((await request('/sehat')).status).toBe(200);
  await db.execute(sql`update leaf set at = at - interval '1 minute' where log_index is null`);
  const answer = await request('/sehat');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ halted: null, ledger: { unpublishedAge: 60 } });
  // Also once it has its place in the tree: it is not public before the copy knows.
  const full = { ...services.mirror, replace: () => Promise.reject(new Error('ENOSPC')) };
  await expect(publish(db, services.signer, full)).rejects.toThrow('ENOSPC');
  await db.execute(
    sql`update leaf set at = at - interval '1 minute' where log_index = (select max(log_index) from leaf)`,
  );
  expect((await request('/sehat')).status).toBe(503);
  await services.publish();
  expect((await request('/sehat')).status).toBe(200);
});

test('a copy outside that can’t be read is an alarm, after half a minute', async () => {
  const behind = {
    ...services,
    mirror: { ...services.mirror, read: () => Promise.reject(new Error('no disk')) },
  };
  const ask = () => app.request('/sehat', {}, behind);
  expect((await ask()).status).toBe(200);
  await db.execute(sql`update checkpoint set at = at - interval '2 minutes'`);
  const answer = await ask();
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ database: true, halted: null, ledger: { outside: null } });
  expect((await request('/sehat')).status).toBe(200);
});

test('without its database it says so, and no more', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const nowhere = connect('postgres://nobody:secret@127.0.0.1:1/none', { max: 1 });
  const response = await app.request('/sehat', {}, { ...services, db: nowhere.db });
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ database: false });
  expect(logged).toHaveBeenCalled();
  logged.mockRestore();
  await nowhere.end();
});

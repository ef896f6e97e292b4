/** A service starts on a database that takes no writes: what it has can be read, and all else follows by itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { openHouse } from '../house.ts';
import { openDoor } from './door.ts';

/**
 * A service's first start of all, on a database that only reads: keys are to be made known, a ledger to be published. Or `again`,
 * with both, and something to publish.
 */
async function startReading({ again = false } = {}) {
  const { url, db } = await openHouse();
  const data = await mkdtemp(join(tmpdir(), 'ikrar-reading-'));
  afterAll(() => rm(data, { recursive: true, force: true }));
  const name = new URL(url).pathname.slice(1);
  if (again) {
    const before = await openDoor({ data, url, origin: 'https://ikrar.test' });
    await db.execute(sql`select append_leaf('segel', array['dokumen sha256:' || repeat('0', 64)])`);
    await before.stop();
    // Something waits to be published.
    await db.execute(sql`select append_leaf('segel', array['dokumen sha256:' || repeat('1', 64)])`);
  }
  await db.execute(sql.raw(`alter database ${name} set default_transaction_read_only = on`));
  const door = await openDoor({ data, url, origin: 'https://ikrar.test' });
  return {
    db,
    door,
    health: async (): Promise<[number, string[]]> => {
      const answer = await fetch(`${door.address}/sehat`);
      const { alarms } = (await answer.json()) as { alarms: { code: string }[] };
      return [answer.status, alarms.map(({ code }) => code)];
    },
    takeWrites: async () => {
      await db.execute(sql.raw(`alter database ${name} reset all`));
      await db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'ikrar%' and pid <> pg_backend_pid()`);
    },
  };
}

test('it reads, says so, and writes as soon as it can', async () => {
  const { db, door, health, takeWrites } = await startReading();
  expect(door.said()).not.toContain('read-only transaction');
  expect(door.said()).toMatch(/^Basis data hanya dapat dibaca: /m);
  for (const path of ['/', '/daftar', '/tentang'])
    expect((await fetch(door.address + path)).status).toBe(200);
  // The wordings of a template that is older than half a minute wait to be published as well.
  expect(await health()).toEqual([503, expect.arrayContaining(['database-read-only'])]);
  expect(await checkpoints.current(db)).toBe(null);

  await takeWrites();
  await vi.waitFor(async () => expect(await health()).toEqual([200, []]), { timeout: 15_000, interval: 200 });
  expect(await checkpoints.current(db)).not.toBe(null);
  const known = await db.execute<{ nama: string }>(sql`select nama from key_digest order by nama`);
  expect(known.map(({ nama }) => nama)).toEqual(['seal', 'secret']);
  await door.stop();
});

test('so does one that has run before', async () => {
  const { db, door, health, takeWrites } = await startReading({ again: true });
  expect(door.said()).toMatch(/^Basis data hanya dapat dibaca: /m);
  for (const path of ['/', '/daftar', '/catatan/checkpoint'])
    expect((await fetch(door.address + path)).status).toBe(200);
  expect(await health()).toEqual([503, expect.arrayContaining(['database-read-only'])]);
  const { size } = (await checkpoints.current(db))!;
  await takeWrites();
  await vi.waitFor(async () => expect(await health()).toEqual([200, []]), { timeout: 15_000, interval: 200 });
  expect((await checkpoints.current(db))!.size).toBeGreaterThan(size);
  await door.stop();
});

test('keys that turn out to be another’s once it takes writes stop the ledger, as they would have stopped the start', async () => {
  const { db, door, health, takeWrites } = await startReading();
  await db.execute(sql`insert into key_digest (nama, digest) values ('secret', sha256('another'))`);
  await takeWrites();
  await vi.waitFor(
    async () => expect(await health()).toEqual([503, expect.arrayContaining(['key-of-another'])]),
    { timeout: 15_000, interval: 200 },
  );
  expect(door.said().match(/bukan milik basis data ini/g)).toHaveLength(1);
  expect((await fetch(`${door.address}/`)).status).toBe(200);
  await door.stop();
});

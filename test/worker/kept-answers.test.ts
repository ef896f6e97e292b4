/** Lists are kept at the edge for as long as they say; what is somebody's own, or was not found, never. */
import { expect, test } from 'vitest';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { openWire } from '../wire.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const { row } = await hasSigned(house.services, (await openCast(house.db)).siti);
await house.services.publish();
const wire = await openWire(Number(new URL(house.serviceUrl).port));
const { href } = Object.assign(new URL(house.serviceUrl), { port: String(wire.port) });
const worker = await openWorker(
  { ...house, serviceUrl: href },
  { copy: (await house.services.mirror.read())! },
);

/** Connections to the database that two requests in a row have opened, each. */
async function twice(path: string): Promise<[number, number]> {
  const opened: number[] = [];
  const bodies: string[] = [];
  for (let at = 0; at < 2; at++) {
    const before = wire.taken();
    const answer = await worker.request(path);
    bodies.push(await answer.text());
    // What it has begun behind the answer opens none later.
    await expect.poll(() => wire.open()).toBe(0);
    opened.push(wire.taken() - before);
  }
  expect(bodies[1]).toBe(bodies[0]);
  return opened as [number, number];
}

test.each(['/daftar/62.01.01', '/daftar', '/', '/catatan', '/daftar?cari=siti'])(
  '%s is made once',
  async (path) => {
    const [first, second] = await twice(path);
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(0);
  },
);

test('each address has its own', async () => {
  const [one, other] = [await worker.request('/daftar/62.01'), await worker.request('/daftar/62')];
  expect(await one.text()).not.toBe(await other.text());
});

test.each([
  `/p/${row.kode}`,
  `/p/${row.kode}/status.json`,
  '/sehat',
  '/daftar/99',
  '/catatan/checkpoint',
  '/catatan/tile/entries/000.p/1',
])('%s is made each time', async (path) => {
  const before = wire.taken();
  await (await worker.request(path)).text();
  const between = wire.taken();
  await (await worker.request(path)).text();
  expect(between).toBeGreaterThan(before);
  expect(wire.taken()).toBeGreaterThan(between);
});

test('a HEAD or a POST is answered by the site itself', async () => {
  await (await worker.request('/daftar')).text();
  const head = await worker.request('/daftar', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await worker.request('/daftar', { method: 'POST' })).status).toBe(405);
});

/** A database that isn't there, ends each connection without a word, or never answers: in workerd too it ends soon, and says so. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const sockets = new Set<Socket>();
let connections = 0;

/** What takes connections in the database's place. */
async function stand(ends: string): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket.on('error', () => {}));
    if (ends === 'ends') socket.destroy();
    // AuthenticationOk, and no more.
    if (ends === 'greets') socket.end(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0]));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((closed) => server.close(() => closed())) };
}
afterAll(() => {
  for (const socket of sockets) socket.destroy();
});

test.each([
  ['is not there', 'refused'],
  ['ends each connection without a word', 'ends'],
  ['lets in, and then ends each connection', 'greets'],
  ['takes connections, and never answers', 'silent'],
])('a database that %s', async (_, how) => {
  const there = await stand(how);
  if (how === 'refused') await there.close();
  const { href } = Object.assign(new URL(house.serviceUrl), { port: String(there.port) });
  const worker = await openWorker({ ...house, serviceUrl: href });
  connections = 0;
  const answer = await worker.request('/daftar');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(await answer.text()).toContain('Layanan sedang tidak dapat');
  // As many as a request may open, whatever was said on each.
  expect(connections).toBeLessThanOrEqual(13);
  const health = (await (await worker.request('/sehat')).json()) as { alarms: { code: string }[] };
  expect(health.alarms.map(({ code }) => code)).toEqual(['database-away']);
  // What needs none is there.
  for (const path of ['/u', '/ikrar.css']) expect((await worker.request(path)).status).toBe(200);
  await worker.close();
  if (how !== 'refused') {
    for (const socket of sockets) socket.destroy();
    await there.close();
  }
});

/** Fair shares of connections: who holds them, however, shuts out nobody; and as long as there is room, nobody is closed. */
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { parseProxies } from '../../src/node/remote-address.ts';
import { type Limits, listen } from '../../src/node/run.ts';
import type { Env, Services } from '../../src/services.ts';

interface Caller {
  said: string;
  isOpen: boolean;
  socket: Socket;
}

/** What is at work until it is let go. */
const held = new Set<() => void>();
const site = new Hono<Env>()
  .get('/', (c) => c.text('ada'))
  .get('/tanpa-akhir', (c) =>
    c.body(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)) })),
  )
  .get('/lama', async (c) => {
    await new Promise<void>((done) => held.add(done));
    return c.text('selesai');
  })
  .post('/', async (c) => c.text(`${(await c.req.text()).length}`));
vi.spyOn(console, 'error').mockImplementation(() => {});

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const done of held) done();
  held.clear();
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  vi.restoreAllMocks();
});

async function open(limits: Limits) {
  const server = await listen(site, { host: '127.0.0.1', port: 0 }, () => ({}) as Services, limits);
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  const seen = new Set<string>();
  server.prependListener('connection', ({ remoteAddress, remotePort }: Socket) =>
    seen.add(`${remoteAddress} ${remotePort}`),
  );
  /** A connection that the server has seen, and what came back on it. */
  const come = async (from: string, bytes = ''): Promise<Caller> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    const caller: Caller = { said: '', isOpen: true, socket };
    sockets.push(socket);
    socket.setEncoding('utf8').on('data', (part) => {
      caller.said += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      caller.isOpen = false;
    });
    await once(socket, 'connect');
    const name = `${from} ${socket.localPort}`;
    while (!seen.has(name)) await once(server, 'connection');
    if (bytes) socket.write(bytes);
    return caller;
  };
  const crowd = async (size: number, from: string, bytes = '') => {
    const all = [];
    for (let at = 0; at < size; at++) all.push(await come(from, bytes));
    return all;
  };
  return { server, come, crowd };
}

const eventually = (hope: () => void): Promise<void> => vi.waitFor(hope, { interval: 5, timeout: 20_000 });
const asked = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
const half = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\nx';
const stillOpen = (all: Caller[]): number => all.filter(({ isOpen }) => isOpen).length;
const answered = (caller: Caller, text = 'ada') =>
  eventually(() => expect(caller.said).toMatch(new RegExp(`^HTTP/1.1 200 OK\r\n.*${text}`, 's')));

test.each([
  ['says nothing', ''],
  ['says half a head', 'GET / HTTP/1.1\r\nhost: x\r\nx: '],
  ['has asked once', asked('/')],
  ['never ends its request', half],
  ['asks again before it is answered', asked('/').repeat(3)],
])('who holds all connections and %s shuts out nobody', async (_, bytes) => {
  const { come, crowd } = await open({ most: 40 });
  const crowding = await crowd(40, '127.0.0.9', bytes);
  expect(stillOpen(crowding)).toBe(40);
  const signers = [];
  for (let at = 0; at < 10; at++) {
    signers.push(await come(`127.0.0.${50 + at}`, asked('/')));
    await answered(signers.at(-1)!);
  }
  await eventually(() => expect(stillOpen(crowding)).toBe(30));
  // Those that have been silent for longest went, and none of the signers'.
  expect(crowding.slice(0, 10).map(({ isOpen }) => isOpen)).toEqual(Array(10).fill(false));
  expect(stillOpen(signers)).toBe(10);
  // Whoever comes again takes from themselves.
  await crowd(5, '127.0.0.9', bytes);
  await eventually(() => expect(stillOpen(crowding)).toBe(25));
  expect(stillOpen(signers)).toBe(10);
});

test('a hall is one address: all of it is served, also at once, as long as there is room', async () => {
  const { crowd } = await open({ most: 400 });
  const hall = (await Promise.all(Array.from({ length: 4 }, () => crowd(100, '127.0.0.9')))).flat();
  for (const { socket } of hall) socket.write(asked('/'));
  await Promise.all(hall.map((caller) => answered(caller)));
  expect(stillOpen(hall)).toBe(400);
  // Larger than all there is: those that were answered make room, and everybody is.
  const later = await crowd(300, '127.0.0.9', asked('/'));
  await Promise.all(later.map((caller) => answered(caller)));
  expect(stillOpen(later)).toBe(300);
  await eventually(() => expect(stillOpen(hall)).toBe(100));
});

test('what is at work is never closed; who does not fetch an answer is not at work', async () => {
  const { server, come, crowd } = await open({ most: 12 });
  const working = await crowd(6, '127.0.0.9', asked('/lama'));
  await eventually(() => expect(held.size).toBe(6));
  const slow = await crowd(6, '127.0.0.9');
  const answers: ServerResponse[] = [];
  server.on('request', (_, response) => answers.push(response));
  for (const { socket } of slow) socket.pause().write(asked('/tanpa-akhir'));
  await eventually(() => expect(answers.filter((one) => one.writableNeedDrain)).toHaveLength(6));
  const next = await crowd(6, '127.0.0.50', asked('/lama'));
  await eventually(() => expect(held.size).toBe(12));
  expect([stillOpen(working), stillOpen(next)]).toEqual([6, 6]);
  for (const { socket } of slow) socket.resume();
  await eventually(() => expect(stillOpen(slow)).toBe(0));
  // Nobody idles: this one comes again.
  const refused = await come('127.0.0.60', asked('/'));
  await eventually(() => expect(refused.isOpen).toBe(false));
  for (const done of held) done();
  await Promise.all([...working, ...next].map((caller) => answered(caller, 'selesai')));
  await answered(await come('127.0.0.60', asked('/')));
});

test('of a proxy each connection counts for itself: another that takes all leaves its own alone', async () => {
  const { come, crowd } = await open({ most: 40, proxies: parseProxies('127.0.0.2').trusted });
  const proxy = await crowd(30, '127.0.0.2', asked('/'));
  const crowding = await crowd(40, '127.0.0.9');
  await eventually(() => expect(stillOpen(crowding)).toBe(10));
  expect(stillOpen(proxy)).toBe(30);
  // All are the proxy's: it is let in all the same, in place of what it hasn't used for longest.
  proxy[0]!.socket.write(asked('/'));
  await eventually(() => expect(proxy[0]!.said.match(/ada/g)).toHaveLength(2));
  const more = await crowd(11, '127.0.0.2', asked('/'));
  await Promise.all(more.map((caller) => answered(caller)));
  await eventually(() => expect([stillOpen(crowding), stillOpen(proxy)]).toEqual([1, 28]));
  await answered(await come('127.0.0.50', asked('/')));
});

test('what left is forgotten', async () => {
  const { come, crowd } = await open({ most: 20 });
  for (let round = 0; round < 3; round++) {
    const all = await crowd(20, `127.0.0.${10 + round}`, asked('/'));
    await Promise.all(all.map((caller) => answered(caller)));
    for (const { socket } of all) socket.destroy();
  }
  const one = await come('127.0.0.50', asked('/'));
  await answered(one);
  const others = await crowd(19, '127.0.0.9');
  expect([stillOpen(others), one.isOpen]).toEqual([19, true]);
});

test('a request that never ends is ended', async () => {
  const { crowd } = await open({ headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 50 });
  const [body, head] = [
    ...(await crowd(1, '127.0.0.9', half)),
    ...(await crowd(1, '127.0.0.9', 'GET / HTTP/1.1\r\n')),
  ];
  await eventually(() => expect([body!.isOpen, head!.isOpen]).toEqual([false, false]));
  for (const { said } of [body!, head!]) {
    expect(said).toMatch(/^HTTP\/1.1 408 /);
    expect(said).toContain('Permintaan ini tidak dapat dibaca.');
  }
});

/** The drills' own network: what falls silent is not told, and what comes later goes through once it speaks again. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openWire } from '../wire.ts';

/** Says everything back, in the name it was given. */
async function openEcho(name: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => socket.write(`${name}:${data}`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => server.close());
  return (server.address() as { port: number }).port;
}

async function call(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, 'data');
  socket.write(text);
  return String((await answer)[0]);
}

test('it carries, falls silent, speaks to newcomers, leads elsewhere, and is cut', async () => {
  const wire = await openWire(await openEcho('satu'));
  const first = await call(wire.port);
  expect(await ask(first, 'a')).toBe('satu:a');

  wire.fallSilent();
  const during = await call(wire.port);
  let heard = '';
  for (const socket of [first, during]) {
    socket.on('data', (data) => {
      heard += data;
    });
    socket.write('b');
  }
  wire.speak();
  const later = await call(wire.port);
  expect(await ask(later, 'c')).toBe('satu:c');
  expect(heard).toBe('');
  expect([first.destroyed, during.destroyed]).toEqual([false, false]);

  wire.leadTo(await openEcho('dua'));
  expect(await ask(await call(wire.port), 'd')).toBe('dua:d');
  expect(await ask(later, 'e')).toBe('satu:e');

  const ends = [first, during, later].map((socket) => once(socket, 'close'));
  wire.cut();
  await Promise.all(ends);
  await wire.close();
});

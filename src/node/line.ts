/**
 * The way to PostgreSQL on Node: sockets that can be given up, and of several servers the one that takes writes. Shown by
 * test/faults/half-open.test.ts and test/faults/servers.test.ts.
 */
import { connect as connectSocket, type Socket } from 'node:net';
import postgres from 'postgres';
import type { Line } from '../db.ts';
import { coalesce } from '../lib/coalesce.ts';

/** Milliseconds in which one that lives is heard: who is asked to stop a statement says that it did. */
const PROBATION = 1_000;

/** Not more often, in milliseconds: what fails for all at once is one trouble. */
const BETWEEN = 2_000;

/** `servers`: an address each (lib/database-url.ts). */
export function openLine(servers: readonly [string, ...string[]]): Line {
  const sockets = new Set<Socket>();
  const find = coalesce(() => writableOf(servers));
  let left = Number.NEGATIVE_INFINITY;
  return {
    open: async () => {
      const { hostname, port } = new URL(servers.length > 1 ? await find() : servers[0]);
      const host = hostname.replace(/^\[|\]$/g, '') || 'localhost';
      const socket = connectSocket({ host, port: Number(port || 5432) });
      for (const old of sockets) if (old.destroyed) sockets.delete(old);
      sockets.add(socket);
      // The driver reads the name that a certificate must have.
      return Object.assign(socket, { host });
    },
    giveUpSilent: () => {
      const heard = [...sockets].map((socket) => [socket, socket.bytesRead] as const);
      setTimeout(() => {
        for (const [socket, bytes] of heard) if (socket.bytesRead === bytes) socket.destroy();
      }, PROBATION).unref();
    },
    giveUpAll: () => {
      if (performance.now() - left < BETWEEN) return;
      left = performance.now();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The first that takes writes; else the first that answers, to be read from; else the first. Asks all at once. */
export async function writableOf(servers: readonly [string, ...string[]]): Promise<string> {
  if (servers.length === 1) return servers[0];
  const answers = await Promise.all(
    servers.map((server) =>
      takesWrites(server).then(
        (writes) => ({ server, writes }),
        () => null,
      ),
    ),
  );
  const there = answers.filter((answer) => answer !== null);
  return (there.find(({ writes }) => writes) ?? there[0])?.server ?? servers[0];
}

async function takesWrites(server: string): Promise<boolean> {
  const client = postgres(server, { max: 1, fetch_types: false, connect_timeout: 3, onnotice: () => {} });
  try {
    const [row] = await client<{ writes: boolean }[]>`
      select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writes`;
    return row!.writes;
  } finally {
    await client.end({ timeout: 1 });
  }
}

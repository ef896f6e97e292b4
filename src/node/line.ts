/**
 * The way to PostgreSQL on Node: sockets that can be given up, and of several servers the one that takes writes. Shown by
 * test/faults/half-open.test.ts and test/faults/servers.test.ts.
 */
import { connect as connectSocket, type Socket } from 'node:net';
import postgres from 'postgres';
import type { Line } from '../db.ts';
import { coalesce } from '../lib/coalesce.ts';

/** Not more often, in milliseconds: what fails for all at once is one trouble. */
const BETWEEN = 2_000;

/** Milliseconds between two looks at what was said and heard: TLS tells of neither as it happens. */
const LOOK = 250;

/** Milliseconds before the next try where something takes connections and ends them without a word: at first, and at most. */
const PAUSE = { first: 50, most: 2_000 };

/** What is known of a socket, by `performance.now()`. */
interface Watch {
  server: string;
  written: number;
  read: number;
  /** When it was last used by us, and when something last came. */
  askedAt: number;
  heardAt: number;
  connected: boolean;
  /** To be ended as soon as nobody waits for it. */
  leaving: boolean;
}

/** `servers`: an address each (lib/database-url.ts). `inUse`: the one that was found already. */
export function openLine(servers: readonly [string, ...string[]], inUse: string | null = null): Line {
  const sockets = new Map<Socket, Watch>();
  let current = inUse;
  /** Something came from the one in use a moment ago: if it doesn't answer one more, it is only too busy. */
  const isAlive = (): boolean => {
    look();
    const since = performance.now() - BETWEEN;
    return [...sockets].some(
      ([{ destroyed }, { server, read, heardAt }]) =>
        !destroyed && server === current && read > 0 && heardAt > since,
    );
  };
  const find = coalesce(() => writableOf(servers, current, isAlive));
  let left = Number.NEGATIVE_INFINITY;
  let pause = 0;
  let silentAt = Number.NEGATIVE_INFINITY;

  const look = (): void => {
    const now = performance.now();
    for (const [socket, watch] of sockets) {
      const { bytesRead, bytesWritten } = socket;
      if (bytesWritten !== watch.written) Object.assign(watch, { written: bytesWritten, askedAt: now });
      if (bytesRead !== watch.read) Object.assign(watch, { read: bytesRead, heardAt: now });
      else if (watch.leaving && watch.askedAt < watch.heardAt) socket.destroy();
    }
  };
  let looking: NodeJS.Timeout | undefined;

  const keep = (socket: Socket, server: string): void => {
    const now = performance.now();
    const watch: Watch = {
      server,
      written: 0,
      read: 0,
      askedAt: now,
      heardAt: now,
      connected: false,
      leaving: false,
    };
    sockets.set(socket, watch);
    looking ??= setInterval(look, LOOK).unref();
    socket.once('connect', () => {
      watch.connected = true;
    });
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) {
        clearInterval(looking);
        looking = undefined;
      }
      if (socket.bytesRead > 0) pause = 0;
      // Those that end at once are one trouble.
      else if (watch.connected && performance.now() - silentAt >= pause) {
        silentAt = performance.now();
        pause = Math.min(PAUSE.most, Math.max(PAUSE.first, 2 * pause));
      }
    });
  };
  /** Since the last that said nothing, one has spoken. */
  const isHeard = (): boolean => {
    look();
    return [...sockets.values()].some(({ read, heardAt }) => read > 0 && heardAt > silentAt);
  };
  const use = (server: string): void => {
    if (current !== null && current !== server)
      for (const [socket, watch] of sockets) if (watch.server !== server) socket.destroy();
    current = server;
  };

  return {
    open: async () => {
      // What is ended without a word is opened again at once by the driver.
      if (pause > 0 && isHeard()) pause = 0;
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
      const server = servers.length > 1 ? await find() : servers[0];
      use(server);
      const { hostname, port } = new URL(server);
      const host = hostname.replace(/^\[|\]$/g, '') || 'localhost';
      const socket = connectSocket({ host, port: Number(port || 5432) });
      keep(socket, server);
      // The driver reads the name that a certificate must have.
      return Object.assign(socket, { host });
    },
    giveUpSilent: (ms) => {
      look();
      // What is known may be that much late, twice.
      const since = performance.now() - Math.max(ms / 2, ms - 2 * LOOK);
      for (const [socket, { askedAt, heardAt }] of sockets) {
        if (askedAt < heardAt) socket.destroy();
        // With what it hasn't sent: the network may come back, and nobody waits for that any more.
        else if (heardAt <= since && askedAt <= since) giveUp(socket);
      }
    },
    giveUpAll: () => {
      if (performance.now() - left < BETWEEN) return;
      left = performance.now();
      look();
      for (const watch of sockets.values()) watch.leaving = true;
    },
  };
}

const giveUp = (socket: Socket): unknown => (socket.connecting ? socket.destroy() : socket.resetAndDestroy());

/**
 * The one in use, as long as it takes writes: one that was the first before it may be back, and believe that it still is. Else
 * the first that takes writes; else one that answers, to be read from. Asks all at once.
 */
export async function writableOf(
  servers: readonly [string, ...string[]],
  inUse: string | null = null,
  isAlive: () => boolean = () => false,
): Promise<string> {
  if (servers.length === 1) return servers[0];
  const preferred = inUse === null ? servers : [inUse, ...servers.filter((server) => server !== inUse)];
  const answers = await Promise.all(
    preferred.map((server) =>
      takesWrites(server).then(
        (writes) => ({ server, writes }),
        () => (server === inUse && isAlive() ? { server, writes: true } : null),
      ),
    ),
  );
  const there = answers.filter((answer) => answer !== null);
  return (there.find(({ writes }) => writes) ?? there[0])?.server ?? preferred[0]!;
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

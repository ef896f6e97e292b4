/**
 * The way to Hyperdrive: sockets with a pause between those that are ended without a word, and an end of trying. The driver's own opens
 * the next at once and for ever: 27,000 connections in 12 s. Shown by test/worker/away.test.ts.
 */
import { Socket } from 'node:net';
import type { Line } from '../db.ts';

/** Sockets that a request may open without a pause, as many as its pool has; and after them, each after twice the pause of the last. */
const AT_ONCE = 5;
const MORE = 8;
/** In milliseconds. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 800;

/** Null: the driver's own is used, which knows TLS. */
export function openEdgeLine(connectionString: string): Line | null {
  const { hostname, port } = new URL(connectionString);
  // Within Cloudflare's network, and without TLS.
  if (!hostname.endsWith('.hyperdrive.local')) return null;
  /** All of the request: whatever was said on one before it ended. */
  let opened = 0;
  return {
    open: async () => {
      const again = opened++ - AT_ONCE;
      if (again >= 0)
        await new Promise((resolve) =>
          setTimeout(resolve, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** again)),
        );
      const socket = new Socket();
      // Before the driver hears of it. The runtime's own errors have no code, and pass (lib/retry.ts).
      socket.on('error', (error: Error & { code?: string }) => {
        error.code ??= 'ECONNRESET';
      });
      if (again < MORE) socket.connect(Number(port || 5432), hostname);
      else
        setTimeout(() =>
          socket.destroy(Object.assign(new Error('db: ends each connection'), { code: 'ECONNRESET' })),
        );
      return Object.assign(socket, { host: hostname });
    },
    // They end with their request.
    giveUpSilent: () => {},
    giveUpAll: () => {},
  };
}

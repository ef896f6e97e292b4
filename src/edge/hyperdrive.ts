/**
 * The way to Hyperdrive: sockets with a pause between those that are ended without a word, and an end of trying. The driver's own opens
 * the next at once and for ever: 27,000 connections in 12 s. Shown by test/worker/away.test.ts.
 */
import { Socket } from 'node:net';
import type { Line } from '../db.ts';

/** Sockets that one request may have ended without a word, and the pause after the first, in milliseconds; then twice as long each. */
const TRIES = 6;
const FIRST_PAUSE = 50;

/** Null: the driver's own is used, which knows TLS. */
export function openEdgeLine(connectionString: string): Line | null {
  const { hostname, port } = new URL(connectionString);
  // Within Cloudflare's network, and without TLS.
  if (!hostname.endsWith('.hyperdrive.local')) return null;
  let silent = 0;
  return {
    open: async () => {
      if (silent > 0) await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE * 2 ** (silent - 1)));
      const socket = new Socket();
      let heard = false;
      socket.once('data', () => {
        heard = true;
        silent = 0;
      });
      socket.once('close', () => {
        if (!heard) silent++;
      });
      // Before the driver hears of it. The runtime's own errors have no code, and pass (lib/retry.ts).
      socket.on('error', (error: Error & { code?: string }) => {
        error.code ??= 'ECONNRESET';
      });
      if (silent < TRIES) socket.connect(Number(port || 5432), hostname);
      else
        setTimeout(() =>
          socket.destroy(Object.assign(new Error('db: ended without a word'), { code: 'ECONNRESET' })),
        );
      return Object.assign(socket, { host: hostname });
    },
    // They end with their request.
    giveUpSilent: () => {},
    giveUpAll: () => {},
  };
}

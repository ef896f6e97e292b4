/**
 * The network in front of a server of TCP, for tests and drills: led elsewhere, cut, silent without an end, or meddling with what
 * it carries. Shown by test/drill/wire.test.ts.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Wire {
  readonly port: number;
  /** From now on new connections lead there. */
  leadTo(port: number): void;
  /** Ends every connection. */
  cut(): void;
  /** What stands now never speaks again, and nobody is told: as with a router that has forgotten it. New connections work. */
  forget(): void;
  /** What was sent meanwhile arrives. */
  remember(): void;
  /** The same, and what comes later waits: as behind a host that has vanished. */
  fallSilent(): void;
  /** New connections go through again. Those that fell silent stay so. */
  speak(): void;
  /** New connections are refused. */
  refuse(): void;
  /** Whether new ones are taken and ended at once, as by a load balancer without a server. */
  hangUp(on: boolean): void;
  /** How many connections there have been, and how many are open on our side. */
  taken(): number;
  open(): number;
  close(): Promise<void>;
}

/** What it makes of the bytes of either way. */
export interface Meddling {
  toServer?(bytes: Buffer): Buffer;
  toClient?(bytes: Buffer): Buffer;
}

/** `target`: a port of this machine. */
export async function openWire(target: number, meddling: Meddling = {}): Promise<Wire> {
  const sockets = new Set<Socket>();
  let leading = target;
  let silent = false;
  let hangingUp = false;
  let taken = 0;
  const server = createServer((near) => {
    taken++;
    near.on('error', () => {});
    if (hangingUp) {
      near.resume().end();
      return;
    }
    sockets.add(near);
    near.on('close', () => sockets.delete(near));
    if (silent) {
      near.pause();
      return;
    }
    const far = connect(leading, '127.0.0.1');
    far.on('error', () => {});
    sockets.add(far);
    far.on('close', () => sockets.delete(far));
    for (const [one, other, change] of [
      [near, far, meddling.toServer],
      [far, near, meddling.toClient],
    ] as const) {
      one.setNoDelay(true);
      one.on('data', (bytes) => other.write(change ? change(bytes) : bytes));
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const forget = (): void => {
    for (const socket of sockets) socket.pause();
  };
  return {
    port: (server.address() as { port: number }).port,
    leadTo: (port) => {
      leading = port;
    },
    cut,
    forget,
    remember: () => {
      for (const socket of sockets) socket.resume();
    },
    fallSilent: () => {
      silent = true;
      forget();
    },
    speak: () => {
      silent = false;
    },
    refuse: () => server.close(),
    hangUp: (on) => {
      hangingUp = on;
    },
    taken: () => taken,
    open: () => sockets.size / 2,
    close: async () => {
      cut();
      if (server.listening) server.close();
    },
  };
}

/** A network in front of a server of TCP: it can forget connections without closing them, and let all through later. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Proxy {
  port: number;
  /** From now on nothing is heard any more on the connections that there are. New ones work. */
  forget(): void;
  /** What was sent meanwhile arrives. */
  remember(): void;
  /** New connections are refused. */
  refuse(): void;
  /** Whether new ones are taken and ended at once, as by a load balancer without a server. */
  hangUp(on: boolean): void;
  /** Ends all connections. */
  cut(): void;
  /** How many connections there have been. */
  taken(): number;
  /** Connections that are open on our side. */
  open(): number;
  close(): Promise<void>;
}

/** What it makes of the bytes of either way. */
export interface Meddling {
  toServer?(bytes: Buffer): Buffer;
  toClient?(bytes: Buffer): Buffer;
}

export async function openProxy(host: string, port: number, meddling: Meddling = {}): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let hangingUp = false;
  let taken = 0;
  const server = createServer({ pauseOnConnect: false }, (near) => {
    taken++;
    if (hangingUp) {
      near.on('error', () => {}).resume();
      near.end();
      return;
    }
    const far = connect(port, host);
    for (const [one, other, change] of [
      [near, far, meddling.toServer],
      [far, near, meddling.toClient],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => other.write(change ? change(bytes) : bytes));
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as { port: number };
  return {
    port: address.port,
    forget: () => {
      for (const socket of sockets) socket.pause();
    },
    remember: () => {
      for (const socket of sockets) socket.resume();
    },
    refuse: () => server.close(),
    hangUp: (on) => {
      hangingUp = on;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    taken: () => taken,
    open: () => sockets.size / 2,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) server.close();
    },
  };
}

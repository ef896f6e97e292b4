/** The network between service and database, as long as it is ours: led elsewhere, cut, or silent without an end. */
import { connect, createServer, type Socket } from 'node:net';

export interface Wire {
  readonly port: number;
  /** From now on new connections lead there. */
  leadTo(port: number): void;
  /** Ends every connection. */
  cut(): void;
  /**
   * Nothing goes through any more, in either direction, and nobody is told: as behind a host that has vanished. What stands
   * now never speaks again; what comes later waits.
   */
  fallSilent(): void;
  /** New connections go through again. Those that fell silent stay so, as with a router that has forgotten them. */
  speak(): void;
  close(): Promise<void>;
}

export async function openWire(target: number): Promise<Wire> {
  let port = target;
  let silent = false;
  const pairs = new Set<[Socket, Socket]>();
  const mute = new Set<Socket>();
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    near.on('close', () => mute.delete(near));
    if (silent) {
      near.pause();
      mute.add(near);
      return;
    }
    const far = connect(port, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [one, other] of [pair, [far, near] as const]) {
      one.setNoDelay(true);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        pairs.delete(pair);
        if (!mute.has(other)) other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => done());
  });
  const cut = (): void => {
    for (const socket of [...[...pairs].flat(), ...mute]) socket.destroy();
    pairs.clear();
    mute.clear();
  };
  return {
    port: (server.address() as { port: number }).port,
    leadTo: (next) => {
      port = next;
    },
    cut,
    fallSilent: () => {
      silent = true;
      for (const [near, far] of pairs) {
        for (const socket of [near, far]) {
          socket.unpipe();
          socket.pause();
          mute.add(socket);
        }
      }
      pairs.clear();
    },
    speak: () => {
      silent = false;
    },
    close: async () => {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}

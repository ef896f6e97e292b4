/**
 * `npm run bench -- distance`: round trips and milliseconds of each request, where the database is 50 ms away: on Node and in workerd,
 * over a wire of our own. A round trip is a turn of the talk on one connection: something is sent after something was heard. `in a row`: how
 * many of them went one after the other, whichever connection they took. A greeting (start-up and password) is counted apart and not
 * delayed: Node keeps its connections, and on Workers it is Hyperdrive that greets, which stands beside the isolate.
 */
import { connect, createServer, type Socket } from 'node:net';
import { openActs, root } from './bundled-acts.ts';

/** Each way, in milliseconds. */
const DELAY = 50;

interface Taken {
  connections: number;
  trips: number;
  row: number;
}

interface LongWire {
  /** The address of a server behind it. */
  url(server: string): string;
  /** Of what was sent since it was called last. */
  take(): Taken;
  close(): void;
}

/** ReadyForQuery: the greeting is over. */
const READY = Buffer.from([90, 0, 0, 0, 5, 73]);

async function openLongWire(server: string): Promise<LongWire> {
  const target = new URL(server);
  const sockets = new Set<Socket>();
  let taken: Taken = { connections: 0, trips: 0, row: 0 };
  /** How many in a row had been answered when something was last heard, on whichever connection. */
  let heard = 0;
  const door = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    taken.connections++;
    let greeted = false;
    let listens = true;
    let row = 0;
    const later = (act: () => void): unknown => (greeted ? setTimeout(act, DELAY) : act());
    near.on('data', (bytes) => {
      // Terminate: nothing is waited for.
      const leaves = bytes[0] === 88;
      if (greeted && listens && !leaves) {
        taken.trips++;
        row = heard + 1;
        taken.row = Math.max(taken.row, row);
      }
      listens = false;
      later(() => far.write(bytes));
    });
    far.on('data', (bytes) => {
      later(() => {
        near.write(bytes);
        listens = true;
        heard = Math.max(heard, row);
      });
      greeted ||= bytes.includes(READY);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay().on('error', () => {});
      from.on('close', () => setTimeout(() => to.destroy(), DELAY));
      sockets.add(from);
    }
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  const { port } = door.address() as { port: number };
  return {
    url: (server) => Object.assign(new URL(server), { hostname: '127.0.0.1', port: String(port) }).href,
    take: () => {
      const before = taken;
      taken = { connections: 0, trips: 0, row: 0 };
      heard = 0;
      return before;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      door.close();
    },
  };
}

interface Told extends Taken {
  act: string;
  request: string;
  ms: number;
}

async function measure(runtime: 'enterFar' | 'enterWorker'): Promise<Told[]> {
  const { acts, server, atEnd, close } = await openActs();
  try {
    const wire = await openLongWire(server);
    atEnd(wire.close);
    const told: Told[] = [];
    await acts.doActs(
      async (act, request, run, settled) => {
        await settled();
        wire.take();
        const begun = performance.now();
        const answer = await run();
        told.push({ act, request, ms: performance.now() - begun, ...wire.take() });
        await settled();
        return answer;
      },
      (house) => acts[runtime](house, wire.url(house.serviceUrl)),
    );
    return told;
  } finally {
    await close();
  }
}

const line = (what: string, figures: (string | number)[]): string =>
  what.padEnd(58) + figures.map((figure) => String(figure).padStart(12)).join('');
const figuresOf = ({ connections, trips, row, ms }: Taken & { ms: number }): number[] => [
  connections,
  trips,
  row,
  Math.round(ms),
];

process.chdir(root);
for (const [name, runtime] of [
  ['Node', 'enterFar'],
  ['workerd', 'enterWorker'],
] as const) {
  if (process.argv[2] !== undefined && process.argv[2] !== name.toLowerCase()) continue;
  console.log(line(`\n${name}, ${DELAY} ms each way`, ['connections', 'round trips', 'in a row', 'ms']));
  const told = await measure(runtime);
  for (const [act, requests = []] of Object.entries(Object.groupBy(told, (one) => one.act))) {
    const sum = (of: keyof Taken | 'ms'): number => requests.reduce((all, one) => all + one[of], 0);
    const all = { connections: sum('connections'), trips: sum('trips'), row: sum('row'), ms: sum('ms') };
    console.log(line(act, figuresOf(all)));
    for (const one of requests) console.log(line(`  ${one.request}`, figuresOf(one)));
  }
}
process.exit(0);

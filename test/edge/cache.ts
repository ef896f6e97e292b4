/**
 * A cache before a database, as Hyperdrive's is unless it is turned off: what only reads, and calls no function that is stable or
 * volatile, is answered for a minute with what was answered before. It reads the protocol as it passes by (PostgreSQL, 54.7).
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

const FRESH = 60_000;

/** Whole messages of a stream: their type, and all of their bytes. `begun`: the first has no type. */
function splitter(each: (type: string, message: Buffer) => void, begun = true): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  let first = !begun;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const at = first ? 0 : 1;
      if (rest.length < at + 4) return;
      const end = at + rest.readInt32BE(at);
      if (rest.length < end) return;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      each(first ? '' : String.fromCharCode(message[0]!), message);
      first = false;
    }
  };
}

/** What stands before the next zero byte. */
const textAt = (bytes: Buffer, at: number): string => bytes.toString('utf8', at, bytes.indexOf(0, at));

/** Leads to the same database. `hits`: how many reads it has answered itself. */
export async function openCache(url: string): Promise<{ url: string; hits(): number }> {
  const kept = new Map<string, { answer: Buffer; at: number }>();
  const sockets = new Set<Socket>();
  let hits = 0;
  const { hostname, port } = new URL(url);
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    /** Texts of prepared statements, by their names. */
    const statements = new Map<string, string>();
    let asking: Buffer[] = [];
    let key: string | null = null;
    let answer: Buffer[] = [];
    far.on(
      'data',
      splitter((type, message) => {
        answer.push(message);
        // ReadyForQuery.
        if (type === 'Z' && key !== null) kept.set(key, { answer: Buffer.concat(answer), at: Date.now() });
        if (type === 'Z') answer = [];
        near.write(message);
      }),
    );
    near.on(
      'data',
      splitter((type, message) => {
        asking.push(message);
        if (type === 'P') {
          const name = textAt(message, 5);
          statements.set(name, textAt(message, 6 + Buffer.byteLength(name)));
        }
        // Whatever isn't sent together up to a Sync is begun: the greeting, the password, a cancel.
        if (type === 'S' || !/[PBDEC]/.test(type)) {
          const bound = asking.find((one) => one[0] === 66);
          const portal = bound ? textAt(bound, 5) : '';
          const text = bound ? statements.get(textAt(bound, 6 + Buffer.byteLength(portal))) : undefined;
          const isRead = text !== undefined && /^select\b[^(]*$/i.test(text);
          key = isRead ? `${text} ${bound!.toString('hex')}` : null;
          const found = key === null ? undefined : kept.get(key);
          // Parsed and described it isn't yet where it was asked for elsewhere.
          if (found && asking.length === 3 && Date.now() - found.at < FRESH) {
            hits++;
            near.write(found.answer);
          } else far.write(Buffer.concat(asking));
          asking = [];
        }
      }, false),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port: own } = server.address() as { port: number };
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(own) }).href,
    hits: () => hits,
  };
}

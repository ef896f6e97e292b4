/** The connection to PostgreSQL. Keepers take `Db` as their first argument; it is never global. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema.ts';

export type Db = PostgresJsDatabase<typeof schema>;

export interface Connection {
  db: Db;
  end(): Promise<void>;
}

/**
 * `max`: greatest number of connections at once. `lasting`: on Node one pool serves the process and outlives its
 * connections; on Workers each request has its own.
 */
export function connect(
  url: string,
  { max, lasting = true }: { max: number; lasting?: boolean },
): Connection {
  const client = postgres(url, {
    max,
    fetch_types: false,
    onnotice: () => {},
    backoff: pauseBeforeAgain,
    ...(lasting && { connection: { application_name: LONG_NAME } }),
  });
  mend(client);
  serializeOnce(client);
  return { db: drizzle(client, { schema, casing: 'snake_case' }), end: () => client.end({ timeout: 5 }) };
}

/**
 * Seconds before a connection that was lost is opened again. The library's own pause grows with every connection lost
 * by the whole pool: ten that die at once would keep everybody waiting for twenty seconds. Shown by
 * test/faults/connection.test.ts.
 */
const pauseBeforeAgain = (): number => 0.05 + Math.random() * 0.15;

/**
 * What postgres.js 3.4.9 hadn't yet sent when a connection was lost stays in its buffer, and then keeps each new beginning
 * there too: that connection is dead for good. Only 1,024 bytes or more leave the buffer in any case. So the first
 * message is as long: the server turns the mixture away before it asks who is there, the buffer is empty, and the
 * library's next try is clean. Shown by test/faults/connection.test.ts.
 */
const LONG_NAME = 'ikrar'.padEnd(1024);

/**
 * Drizzle sends all it has through `unsafe`, which prepares nothing unless asked. Prepared, a statement is planned once
 * and saves a round trip; and Hyperdrive can't be relied on for the others. A text without values may hold several.
 */
function mend(client: postgres.Sql): void {
  const { unsafe } = client;
  client.unsafe = ((query: string, values: unknown[] = [], options = {}) =>
    withoutHoles(
      unsafe(query, values as never[], { ...options, prepare: values.length > 0 }),
    )) as typeof client.unsafe;
}

/**
 * Where a prepared statement is gone, or its table has another column since, postgres.js 3.4.9 sends it again by itself, with
 * the values that it has already made texts of: `true` became false, bytes their own hexadecimal. A text is left as it
 * is. Shown by test/db.test.ts.
 */
function serializeOnce({ options: { serializers } }: postgres.Sql): void {
  for (const [type, serialize] of Object.entries(
    serializers as Record<string, (value: unknown) => unknown>,
  )) {
    serializers[Number(type)] = (value: unknown) => (typeof value === 'string' ? value : serialize(value));
  }
}

/**
 * After a statement that failed between two of its rows, postgres.js 3.4.9 counts on where it stopped: the first rows of
 * the connection's next answer are holes, and a row that is there looks missing
 * (https://github.com/porsager/postgres/issues/1119). Shown by test/db.test.ts.
 */
function withoutHoles<Q>(query: Q): Q {
  const pending = query as unknown as { resolve(answer: unknown[] & { count: number | null }): void };
  const { resolve } = pending;
  pending.resolve = (answer) => {
    if (answer.count !== null && answer.length > answer.count) answer.splice(0, answer.length - answer.count);
    resolve(answer);
  };
  return query;
}

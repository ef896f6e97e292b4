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
 * `max`: greatest number of connections at once. On Node one pool serves the process, and `prepared` saves a round trip
 * and the planning of every statement but its first; on Workers a client lives as long as its request and gains nothing.
 */
export function connect(
  url: string,
  { max, prepared = false }: { max: number; prepared?: boolean },
): Connection {
  const client = postgres(url, { max, fetch_types: false, onnotice: () => {}, backoff: pauseBeforeAgain });
  if (prepared) prepareAll(client);
  return { db: drizzle(client, { schema, casing: 'snake_case' }), end: () => client.end({ timeout: 5 }) };
}

/**
 * Seconds before a connection that was lost is opened again. The library's own pause grows with every connection lost
 * by the whole pool: ten that die at once would keep everybody waiting for twenty seconds. Shown by
 * test/faults/connection.test.ts.
 */
const pauseBeforeAgain = (): number => 0.05 + Math.random() * 0.15;

/** Drizzle sends all it has through `unsafe`, which prepares nothing unless asked. A text without values may hold several statements. */
function prepareAll(client: postgres.Sql): void {
  const { unsafe } = client;
  client.unsafe = ((query: string, values: unknown[] = [], options = {}) =>
    unsafe(query, values as never[], { prepare: values.length > 0, ...options })) as typeof client.unsafe;
}

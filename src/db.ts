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
 * `max`: greatest number of connections at once. On Node one pool serves the process; on Workers a client lives as
 * long as its request.
 */
export function connect(url: string, { max }: { max: number }): Connection {
  const client = postgres(url, { max, fetch_types: false, prepare: true, onnotice: () => {} });
  return { db: drizzle(client, { schema, casing: 'snake_case' }), end: () => client.end({ timeout: 5 }) };
}

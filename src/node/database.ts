/** The database as a process of Node opens it: which server, and what stands between. Shown by test/node/database.test.ts. */
import postgres from 'postgres';
import { type Connection, connect } from '../db.ts';
import { serversOf } from '../lib/database-url.ts';
import { openLine, writableOf } from './line.ts';
import { mustBeSet, pinned } from './session.ts';

export type Servers = readonly [string, ...string[]];

/** The servers of a DATABASE_URL that the settings have let through. */
export const serversIn = (url: string): Servers => (serversOf(url) ?? [url]) as [string, ...string[]];

export interface Database extends Connection {
  /** What stands between us and the server; null: nothing. */
  pooler: Pooler | null;
}

/** The pool of a service. */
export async function openDatabase(url: string, { max }: { max: number }): Promise<Database> {
  const servers = serversIn(url);
  const server = await writableOf(servers);
  const { pooler, address } = await settle(server);
  return { pooler, ...connect(address, { max, pooler, line: openLine(servers, server) }) };
}

/** For a command, and for whoever makes the tables: the server that takes writes, with a session as it must be. */
export const settledAddress = async (url: string): Promise<string> =>
  (await settle(await writableOf(serversIn(url)))).address;

/** `address`: by which every session is as it must be. */
async function settle(server: string): Promise<{ pooler: Pooler | null; address: string }> {
  const pooler = await findPooler(server);
  if (pooler === null) return { pooler, address: pinned(server) };
  await mustBeSet(server);
  return { pooler, address: server };
}

/** `prepares`: whether it keeps prepared statements apart for its clients, as PgBouncer does with `max_prepared_statements`. */
export interface Pooler {
  prepares: boolean;
}

/**
 * A pooler answers with a process number of its own, and one that cares for prepared statements gives them names of its own.
 * Null: the server itself has answered.
 */
export async function findPooler(url: string): Promise<Pooler | null> {
  const client = postgres(url, { max: 1, fetch_types: false, connect_timeout: 5, onnotice: () => {} });
  try {
    const found = await client<{ pid: number; names: string[] }[]>`
      select pg_backend_pid() as pid, coalesce(jsonb_agg(name), '[]') as names
      from pg_prepared_statements where ${true}::boolean`;
    const { pid, names } = found[0]!;
    return pid === found.state.pid ? null : { prepares: !names.includes(found.statement.name) };
  } finally {
    await client.end({ timeout: 1 });
  }
}

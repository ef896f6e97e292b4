/**
 * The connection to PostgreSQL. Keepers take `Db` as their first argument; it is never global.
 *
 * A read that is one query goes through the query builder, which brings the types. `db.execute` calls one of our functions, makes a
 * write of one statement, or reads in a shape of its own (CTE, UNION, a window, rows that stand in no table): a comment says which.
 * So do two reads that each signature asks several times: the builder puts a query together anew at each call, for 0.1 to 0.4 ms.
 */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema.ts';

export type Db = PostgresJsDatabase<typeof schema>;

export interface Connection {
  db: Db;
  end(): Promise<void>;
}

/** How a runtime reaches the server, where it can do more than the driver (node/line.ts). */
export interface Line {
  /** A socket that connects, for the driver. Never rejects: what goes wrong, the socket says. */
  open(): Promise<unknown>;
  /** Ends every connection that is idle, and those on which something was asked and for so long nothing heard. What is at work stays. */
  giveUpSilent(ms: number): void;
  /** Ends all connections once nobody waits for them: they lead to a server that no longer takes writes. */
  giveUpAll(): void;
}

export interface Reach {
  /** Greatest number of connections at once. */
  max: number;
  /** On Node one pool serves the process and outlives its connections; on Workers each request has its own. */
  lasting?: boolean;
  /** Null: nothing is given up, however long it takes. For a command that an operator watches. */
  limits?: Limits | null;
  /** What stands between us and the server, if something does (node/database.ts). */
  pooler?: { prepares: boolean } | null;
  line?: Line;
  /** Values go with a statement that is new to its connection: a round trip less, and what is given up meanwhile may be done. */
  atOnce?: boolean;
}

/** In milliseconds. */
interface Limits {
  /** The server stops a statement. */
  statement: number;
  /** The server stops one that waits for a row that another holds. */
  lock: number;
  /** We stop waiting for the server, which would have said something before. */
  answer: number;
}

/** Whatever a person waits for takes some dozen; a roster of 10,000 rows a second. */
const LIMITS: Limits = { statement: 10_000, lock: 2_000, answer: 12_000 };

/** Seconds until a connection may be used. */
const CONNECT = 5;

export function connect(
  url: string,
  { max, lasting = true, limits = LIMITS, pooler = null, line, atOnce = false }: Reach,
): Connection {
  const client = postgres(url, {
    max,
    fetch_types: false,
    onnotice: () => {},
    backoff: pauseBeforeAgain,
    connect_timeout: CONNECT,
    // Seconds of silence after which the system asks whether the other end is there.
    keep_alive: 5,
    // One statement at a time on a connection: an answer can be to no other. (The driver begins no transaction then.)
    max_pipeline: limits ? 0 : 1,
    ...(line && { socket: () => line.open() }),
    connection: {
      // Whatever a role or a database has been told: dates are read as these.
      DateStyle: 'ISO, MDY',
      ...(lasting && { application_name: LONG_NAME }),
      // A pooler lets nobody set these, since its connections serve others next.
      ...(limits && lasting && !pooler && { statement_timeout: limits.statement, lock_timeout: limits.lock }),
    },
  } as postgres.Options<Record<string, never>>);
  mend(client, { prepares: pooler?.prepares ?? true, limits, line, atOnce });
  serializeOnce(client);
  return {
    db: drizzle(client, { schema, casing: 'snake_case' }),
    end: () => client.end({ timeout: lasting ? 5 : 1 }),
  };
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

interface Pending {
  /** Somebody waits for it. */
  executed: boolean;
  /** It has been sent, and nobody was told an end of it. */
  active: boolean;
  /** The driver sends none that is. */
  cancelled: unknown;
  /** What it will send, as long as it hasn't. */
  strings: string[];
  args: unknown[];
  options: { simple: boolean; prepare: boolean };
  /** The values of one that is being sent: the second half, once the server has described the first. */
  parameters?: unknown[];
  resolve(answer: unknown[] & { count: number | null }): void;
  reject(error: unknown): void;
  /**
   * Of one that is active: asks the server to stop it, on a connection of its own. Of another: takes it out of the queue, if it
   * is there. (`cancel` hides from us when that fails.)
   */
  canceller(pending: Pending): Promise<unknown>;
}

/**
 * Drizzle sends all it has through `unsafe`, which prepares nothing unless asked. Prepared, a statement is planned once
 * and saves a round trip; and Hyperdrive can't be relied on for the others. A text without values may hold several.
 */
function mend(
  client: postgres.Sql,
  {
    prepares,
    limits,
    line,
    atOnce,
  }: { prepares: boolean; limits: Limits | null; line: Line | undefined; atOnce: boolean },
): void {
  const { unsafe } = client;
  client.unsafe = ((query: string, values: unknown[] = [], options = {}) => {
    const prepare = prepares && values.length > 0;
    const pending = unsafe(query, values as never[], { ...options, prepare });
    const watched = pending as unknown as Pending;
    if (atOnce) sendAtOnce(watched, values);
    withoutHoles(watched);
    leaveReadOnly(watched, line);
    if (limits) giveUpLate(watched, limits.answer, line);
    return pending;
  }) as typeof client.unsafe;
}

/**
 * A statement that is new to its connection is described first, and only then sent its values: two round trips, of which each request
 * on Workers pays one for every statement. What the driver wants to know, the types of the values, it knows of all but lists and records, of
 * which we send none. A pool that lasts describes each once, and what is given up meanwhile is not done (test/faults/half-open.test.ts).
 * Shown by test/db.test.ts.
 */
function sendAtOnce(pending: Pending, values: readonly unknown[]): void {
  const isKnown = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date;
  if (values.every(isKnown))
    Object.defineProperty(pending, 'describeFirst', { get: () => false, set: () => {} });
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
function withoutHoles(pending: Pending): void {
  const { resolve } = pending;
  pending.resolve = (answer) => {
    if (answer.count !== null && answer.length > answer.count) answer.splice(0, answer.length - answer.count);
    resolve(answer);
  };
}

/** SQLSTATE 25006: a standby, or a database that was set to be read only when the connection was opened. */
function leaveReadOnly(pending: Pending, line: Line | undefined): void {
  if (!line) return;
  const { reject } = pending;
  pending.reject = (error) => {
    if ((error as { code?: string } | undefined)?.code === '25006') line.giveUpAll();
    reject(error);
  };
}

/** What the one who asked is told. The server is told to stop, and may have done it all the same. */
const lateError = (ms: number): Error =>
  Object.assign(new Error(`db: no answer within ${ms} ms`), { code: 'STATEMENT_TIMEOUT' });

/**
 * A host that is gone and a network that forgets close no connection: nobody ever answers. The driver would wait for as long
 * as the system sends again, a quarter of an hour. Shown by test/faults/half-open.test.ts.
 */
function giveUpLate(pending: Pending, ms: number, line: Line | undefined): void {
  const stop = (): void => {
    pending.canceller(pending).catch(() => {});
    // The server may yet describe it, and the driver would then send the values: without them it is refused.
    pending.parameters = [];
    pending.reject(lateError(ms));
  };
  // Told first, or who waits would read that somebody cancelled it.
  const takeBack = (): void => {
    pending.reject(lateError(ms));
    pending.canceller(pending).catch(() => {});
    empty(pending);
  };
  const timer = setTimeout(() => {
    if (!pending.executed) return;
    // Before its end is told, after which the driver takes none for sent.
    if (pending.active) stop();
    else takeBack();
    line?.giveUpSilent(ms);
  }, ms);
  const { resolve, reject } = pending;
  pending.resolve = (answer) => {
    clearTimeout(timer);
    resolve(answer);
  };
  pending.reject = (error) => {
    clearTimeout(timer);
    reject(error);
  };
}

/**
 * One that waits for a connection to be opened can't be taken out there: cancelled, it would take the connection out of the
 * pool for good. So it is sent, and says nothing.
 */
function empty(pending: Pending): void {
  Object.assign(pending, { cancelled: null, strings: ['select 1'], args: [] });
  Object.assign(pending.options, { simple: true, prepare: false });
}

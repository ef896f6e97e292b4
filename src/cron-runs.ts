/**
 * The last run of the cron on Workers, in one row: whether it is alive, and what it tries out. Only what runs each minute can tell
 * whether a cache stands before the database (Hyperdrive's own, on unless told): that answers a read, if it calls no function
 * that is stable or volatile, with what stood there up to a minute ago. Shown by test/edge/cron.test.ts.
 */
import { eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { cronRun } from './schema.ts';

const ONLY = eq(cronRun.id, 1);

/** Writes down that a run has begun. `cached`: what was read before that is read again behind it. */
export async function begin(db: Db): Promise<{ cached: boolean }> {
  await begunAt(db);
  const [row] = await db
    .insert(cronRun)
    .values({ begunAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: cronRun.id, set: { begunAt: sql`excluded.begun_at` } })
    .returning({ at: cronRun.begunAt });
  const seen = await begunAt(db);
  return { cached: seen === null || seen < row!.at };
}

/** By a statement that a cache may answer. */
async function begunAt(db: Db): Promise<Date | null> {
  const [row] = await db.select({ at: cronRun.begunAt }).from(cronRun).where(ONLY);
  return row?.at ?? null;
}

/** What it has found out, at its end. */
export async function end(db: Db, found: { cached: boolean; copyWritable: boolean }): Promise<void> {
  await db
    .update(cronRun)
    .set({ ...found, endedAt: sql`clock_timestamp()` })
    .where(ONLY);
}

export interface LastRun {
  /** Seconds since the last one began, and since the last end. */
  begun: number;
  ended: number | null;
  cached: boolean;
  copyWritable: boolean;
}

/** Null: it has never run. No cache may answer, since it is asked what the time is. */
export async function last(db: Db): Promise<LastRun | null> {
  const since = (at: typeof cronRun.begunAt | typeof cronRun.endedAt) =>
    sql<number>`extract(epoch from clock_timestamp() - ${at})::integer`;
  const { cached, copyWritable } = cronRun;
  const [row] = await db
    .select({ begun: since(cronRun.begunAt), ended: since(cronRun.endedAt), cached, copyWritable })
    .from(cronRun)
    .where(ONLY);
  return row ?? null;
}

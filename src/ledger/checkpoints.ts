/** Where published checkpoints are kept: all of them; the greatest size is the current one. */
import { asc, desc, gt, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import type { Digest } from '../lib/sha256.ts';
import { checkpoint } from '../schema.ts';

export interface StoredCheckpoint {
  size: number;
  root: Bytes;
  /** The whole signed note, with the lines of the witnesses who have countersigned so far. */
  note: string;
  at: Date;
}

export async function current(db: Db): Promise<StoredCheckpoint | null> {
  const { size, root, at } = checkpoint;
  const note = sql<string>`checkpoint.note || coalesce(
    (select string_agg(c.line, '' order by c.at, c.key) from cosignature c where c.size = checkpoint.size), '')`;
  const rows = await db.select({ size, root, note, at }).from(checkpoint).orderBy(desc(size)).limit(1);
  return rows[0] ?? null;
}

/** At most `count` of those greater than `size`, the smallest first. */
export const after = (db: Db, size: number, count: number): Promise<StoredCheckpoint[]> =>
  db.select().from(checkpoint).where(gt(checkpoint.size, size)).orderBy(asc(checkpoint.size)).limit(count);

/**
 * Compare-and-swap: makes `next` the current checkpoint if the current one still has the size `previous` (null: there is
 * none yet). Returns whether it did: of several who try at once, one does.
 */
export async function replace(
  db: Db,
  previous: number | null,
  next: Pick<StoredCheckpoint, 'size' | 'root' | 'note'>,
): Promise<boolean> {
  const rows = await db.execute<{ replaced: boolean }>(sql`
    select replace_checkpoint(
      ${previous}::bigint, ${next.size}::bigint, decode(${hex(next.root)}, 'hex'), ${next.note}) as replaced`);
  return rows[0]!.replaced;
}

/**
 * Index of an entry and size of the greatest checkpoint, once that covers it; null until then, and where another entry
 * has its number: that is of another database. With `cosigned` only those count that a witness has countersigned.
 */
export async function covering(
  db: Db,
  { leafId, digest }: { leafId: number; digest: Digest },
  cosigned = false,
): Promise<{ logIndex: number; size: number } | null> {
  const seen = cosigned ? sql`cosignature` : sql`checkpoint`;
  // On the road of a signature: to build it would take longer than to ask it (db.ts).
  const rows = await db.execute<{ log_index: string; size: string }>(sql`
    select l.log_index, c.size
    from leaf l cross join (select max(size) as size from ${seen}) c
    where l.id = ${leafId} and position(${digest} in l.entry) > 0 and l.log_index < c.size`);
  const row = rows[0];
  return row ? { logIndex: Number(row.log_index), size: Number(row.size) } : null;
}

/** Whether an entry waits for its place, or for a checkpoint that covers it. */
export async function behind(db: Db): Promise<boolean> {
  // Subqueries alone: there is no table to begin from.
  const rows = await db.execute<{ behind: boolean }>(sql`
    select exists (select from leaf where log_index is null)
      or (select t.size > coalesce(max(c.size), 0) from tree t left join checkpoint c on true group by t.size) as behind`);
  return rows[0]!.behind;
}

export interface LedgerState {
  /** Entries in the tree. */
  size: number;
  /** Entries that wait for a place in it. */
  waiting: number;
  /** Entries covered by the current checkpoint, and its age in seconds; null before the first. */
  published: number | null;
  checkpointAge: number | null;
  /** Seconds for which the oldest entry that no checkpoint covers has been waiting; null if none is. */
  unpublishedAge: number | null;
  /** Seconds by which the database's clock is behind the last entry, as after it was set back; 0 if it isn't. */
  clockBehind: number;
  /** By the database's clock. */
  now: Date;
}

export async function state(db: Db): Promise<LedgerState> {
  // LATERAL and subqueries: all of it is of one snapshot.
  const rows = await db.execute<{
    size: string;
    waiting: number;
    published: string | null;
    age: number | null;
    unpublished: number | null;
    behind: number;
    now: string;
  }>(sql`
    select t.size, (select count(*) from leaf where log_index is null)::integer as waiting, c.size as published,
      extract(epoch from now() - c.at)::integer as age,
      extract(epoch from now() - least(
        (select min(at) from leaf where log_index is null),
        (select min(at) from leaf where log_index >= coalesce(c.size, 0))))::integer as unpublished,
      coalesce(greatest(0, extract(epoch from
        (select date_trunc('second', l.at) from leaf l where l.log_index = t.size - 1) - clock_timestamp()))::integer, 0) as behind,
      clock_timestamp() as now
    from tree t left join lateral (select size, at from checkpoint order by size desc limit 1) c on true`);
  const { size, waiting, published, age, unpublished, behind, now } = rows[0]!;
  return {
    size: Number(size),
    waiting,
    published: published === null ? null : Number(published),
    checkpointAge: age,
    unpublishedAge: unpublished,
    clockBehind: behind,
    now: new Date(now),
  };
}

/** Seconds since more was published than `size`, which a copy outside has; null if it has all. */
export async function behindSince(db: Db, size: number): Promise<number | null> {
  const [row] = await db
    .select({ seconds: sql<number | null>`extract(epoch from now() - min(${checkpoint.at}))::integer` })
    .from(checkpoint)
    .where(gt(checkpoint.size, size));
  return row!.seconds;
}

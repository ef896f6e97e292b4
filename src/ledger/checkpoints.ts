/** Where published checkpoints are kept: all of them; the greatest size is the current one. */
import { desc, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { checkpoint } from '../schema.ts';

export interface StoredCheckpoint {
  size: number;
  root: Bytes;
  /** The whole signed note. */
  note: string;
  at: Date;
}

export async function current(db: Db): Promise<StoredCheckpoint | null> {
  const rows = await db.select().from(checkpoint).orderBy(desc(checkpoint.size)).limit(1);
  return rows[0] ?? null;
}

/**
 * Makes `next` the current checkpoint if the current one still has the size `previous` (null: there is none yet).
 * Returns whether it did: of several who try at once, one does.
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

/** The place of an entry and the size of the current checkpoint, once that covers it; null until then. */
export async function covering(db: Db, leafId: number): Promise<{ logIndex: number; size: number } | null> {
  const rows = await db.execute<{ log_index: string; size: string }>(sql`
    select l.log_index, c.size
    from leaf l cross join (select max(size) as size from checkpoint) c
    where l.id = ${leafId} and l.log_index < c.size`);
  const row = rows[0];
  return row ? { logIndex: Number(row.log_index), size: Number(row.size) } : null;
}

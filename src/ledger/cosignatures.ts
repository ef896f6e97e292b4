/**
 * Where the lines of witnesses are kept: each belongs to a published checkpoint. Lines are only ever added. And which
 * witness has countersigned more than is published here.
 */
import { desc, notInArray, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { witnessAhead } from '../schema.ts';

/** A witness's line for a checkpoint; a second one by the same key changes nothing. It agrees, so it knows of no more. */
export async function add(
  db: Db,
  { size, key, line }: { size: number; key: string; line: string },
): Promise<void> {
  await db.execute(sql`
    with agreed as (delete from witness_ahead where key = ${key})
    insert into cosignature (size, key, line) values (${size}::bigint, ${key}, ${line}) on conflict do nothing`);
}

/** For each of these keys that has countersigned: entries in the greatest tree it did. */
export async function greatest(db: Db, keys: string[]): Promise<Map<string, number>> {
  const rows = await db.execute<{ key: string; size: string }>(sql`
    select k.key, c.size
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as k (key)
    cross join lateral (
      select size from cosignature c where c.key = k.key order by size desc limit 1
    ) c`);
  return new Map(rows.map(({ key, size }) => [key, Number(size)]));
}

/**
 * A witness says that it has countersigned `size` entries. Kept in the database, so that every process knows; unless another
 * has published as much meanwhile. A newer database in this one's place doesn't have the row.
 */
export async function knowsMore(
  db: Db,
  { key, name, size }: { key: string; name: string; size: number },
): Promise<void> {
  await db.execute(sql`
    insert into witness_ahead (key, name, size)
    select ${key}, ${name}, ${size}::bigint where ${size}::bigint > (select coalesce(max(size), 0) from checkpoint)
    on conflict (key) do update set name = excluded.name, size = excluded.size, at = now()`);
}

/** The one who has countersigned most, if somebody has more than is published here. */
export async function ahead(db: Db): Promise<{ name: string; size: number } | null> {
  const rows = await db
    .select({ name: witnessAhead.name, size: witnessAhead.size })
    .from(witnessAhead)
    .where(sql`${witnessAhead.size} > (select coalesce(max(size), 0) from checkpoint)`)
    .orderBy(desc(witnessAhead.size))
    .limit(1);
  return rows[0] ?? null;
}

/** What is known of witnesses with other keys than these counts no more: nobody asks them. */
export async function forgetOthers(db: Db, keys: string[]): Promise<void> {
  await db.delete(witnessAhead).where(keys.length > 0 ? notInArray(witnessAhead.key, keys) : sql`true`);
}

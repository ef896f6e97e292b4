/** Where the lines of witnesses are kept: each belongs to a published checkpoint. Lines are only ever added. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';

/** A witness's line for a checkpoint; a second one by the same key changes nothing. */
export async function add(
  db: Db,
  { size, key, line }: { size: number; key: string; line: string },
): Promise<void> {
  await db.execute(sql`
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

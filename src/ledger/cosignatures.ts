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
  // LATERAL: of each key one look at the end of the index.
  const rows = await db.execute<{ key: string; size: string }>(sql`
    select k.key, c.size
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as k (key)
    cross join lateral (
      select size from cosignature c where c.key = k.key order by size desc limit 1
    ) c`);
  return new Map(rows.map(({ key, size }) => [key, Number(size)]));
}

/** Of these keys, those whose line is missing under something that has been published for an hour. */
export async function silent(db: Db, keys: readonly string[]): Promise<string[]> {
  // The rows are the keys, which are in no table.
  const rows = await db.execute<{ key: string }>(sql`
    select k.key
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as k (key)
    cross join lateral (
      select c.size from checkpoint c where c.at <= now() - interval '1 hour' order by c.size desc limit 1
    ) p
    where not exists (select from cosignature g where g.key = k.key and g.size >= p.size)`);
  return rows.map(({ key }) => key);
}

/** Entries for tests: `count` of them, each with another digest. Returns the ids of their rows. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db.ts';

export async function append(db: Db, count: number, seed = crypto.randomUUID()): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select append_leaf('segel', array['dokumen sha256:' || encode(sha256(convert_to(${seed} || n, 'UTF8')), 'hex')]) as id
    from generate_series(1, ${count}::integer) n`);
  return rows.map(({ id }) => Number(id));
}

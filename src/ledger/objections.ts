/**
 * Objections: evidence from outside (a witness, an outside copy) that this database was rolled back or forked. Kept here, so that
 * every process and isolate knows what one has learnt; each is judged anew whenever something would be published. Shown by
 * test/ledger/objections.test.ts.
 */
import { eq, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { objection } from '../schema.ts';

export type Objection = Pick<typeof objection.$inferSelect, 'key' | 'name' | 'size' | 'root'> & {
  kind: 'ahead' | 'differs' | 'copy';
};

export const all = async (db: Db): Promise<Objection[]> => (await db.select().from(objection)) as Objection[];

/** Upsert by `key`: a second one by the same takes the place of the first. */
export async function raise(db: Db, raised: Objection): Promise<void> {
  await db
    .insert(objection)
    .values(raised)
    .onConflictDoUpdate({ target: objection.key, set: { ...raised, at: sql`now()` } });
}

/** By whoever raised it. */
export async function takeBack(db: Db, key: string): Promise<void> {
  await db.delete(objection).where(eq(objection.key, key));
}

/** By an operator's word, which is kept with its reason (adoptions.ts). Returns what was dismissed. */
export async function dismiss(
  db: Db,
  name: string,
  alasan: string,
): Promise<{ kind: string; size: number }[]> {
  const rows = await db.execute<{ kind: string; size: string }>(sql`
    with gone as (delete from objection where name = ${name} returning kind, size), kept as (
      insert into adoption (size, sebab, alasan) select size, kind || ' ' || ${name}, ${alasan} from gone)
    select kind, size from gone`);
  return rows.map(({ kind, size }) => ({ kind, size: Number(size) }));
}

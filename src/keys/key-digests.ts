/** Where it is kept which keys belong to a database, by digest: the newest of a name counts, and none is ever changed. */
import { desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { keyDigest } from '../schema.ts';

/** `secret`: invitations and tickets. `seal`: the installation's own seal. */
export type KeyName = 'secret' | 'seal';

/** SHA-256 of the key that belongs to the database (digest.ts); null: it has known none yet. */
export async function newest(db: Db, nama: KeyName): Promise<Bytes | null> {
  const [row] = await db
    .select({ digest: keyDigest.digest })
    .from(keyDigest)
    .where(eq(keyDigest.nama, nama))
    .orderBy(desc(keyDigest.id))
    .limit(1);
  return row?.digest ?? null;
}

/** Writes the first of a name. Of two who do so at once one does; both then read whose it was. */
export async function addFirst(db: Db, nama: KeyName, digest: Bytes): Promise<void> {
  await db.execute(sql`
    insert into key_digest (nama, digest)
    select ${nama}, ${sql.param(digest, keyDigest.digest)}
    where not exists (select from key_digest where nama = ${nama})
    on conflict do nothing`);
}

/**
 * How many other connections there are of processes of ours, which may work with the key before. Those of Workers bear no
 * name and can't be told.
 */
export async function connectionsOfOthers(db: Db): Promise<number> {
  // A view of the server's own.
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and application_name like 'ikrar%' and pid <> pg_backend_pid()`);
  return row!.count;
}

/** An operator's word that from now on it is this one. `alasan`: as `parseReason` gives it. */
export async function accept(db: Db, nama: KeyName, digest: Bytes, alasan: string): Promise<void> {
  await db.insert(keyDigest).values({ nama, digest, alasan });
}

/** Whether this database has ever had keys. */
export async function any(db: Db): Promise<boolean> {
  return (await db.$count(keyDigest)) > 0;
}

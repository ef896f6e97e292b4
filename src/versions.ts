/** Of which version the database's tables are, against those that this build is written for. Shown by test/versions.test.ts. */
import { sql } from 'drizzle-orm';
import journal from '../drizzle/meta/_journal.json' with { type: 'json' };
import type { Db } from './db.ts';
import { codeOf } from './lib/retry.ts';

/** A migration is named by the milliseconds at which it was written. */
const NEWEST = journal.entries.at(-1)!.when;

/** `older`: what this build asks for may not be there. `newer`: a newer build has migrated, which leaves what an older one needs. */
export type Version = 'same' | 'older' | 'newer';

export async function ofTables(db: Db): Promise<Version> {
  // 42P01 undefined_table, 3F000 invalid_schema_name: nobody has ever migrated.
  const last = await lastMigration(db).catch((error: unknown) => {
    if (codeOf(error, (code) => code === '42P01' || code === '3F000') === null) throw error;
    return null;
  });
  if (last === NEWEST) return 'same';
  return (last ?? 0) < NEWEST ? 'older' : 'newer';
}

export async function lastMigration(db: Db): Promise<number | null> {
  // A table of the migrator's own.
  const [row] = await db.execute<{ last: number | null }>(
    sql`select max(created_at)::float8 as last from drizzle.__drizzle_migrations`,
  );
  return row!.last;
}

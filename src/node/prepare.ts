/** Tables, functions, area codes, wordings: what a database needs before the service starts. Again: nothing changes. */
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect, type Db } from '../db.ts';
import * as wordings from '../naskah/wordings.ts';
import * as areas from '../wilayah/load.ts';
import { serversIn } from './database.ts';
import * as functions from './functions.ts';
import { writableOf } from './line.ts';

/**
 * `root`: the folder with `drizzle`, which holds tables and data, and `src`, where the functions are. Several may run at once:
 * the lock lets one after the other in. All of it is one transaction, for which a pooler keeps one server connection: a lock
 * of a session would stay with whoever gets that next.
 */
export async function prepare(url: string, root: string): Promise<void> {
  const migrations = { migrationsFolder: join(root, 'drizzle') };
  const { db, end } = connect(await writableOf(serversIn(url)), { max: 1, limits: null });
  try {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('ikrar/migrations'))`);
      const within = tx as unknown as Db & { session: Pick<Db, 'transaction'> };
      // Drizzle would begin one of its own.
      within.session.transaction = (run) => tx.transaction(run);
      await migrate(within, migrations);
      await areas.load(within);
      // A process of an older build, started once more, leaves the functions of a newer one to those who call them.
      const [row] = await tx.execute<{ last: number }>(
        sql`select max(created_at)::float8 as last from drizzle.__drizzle_migrations`,
      );
      if (row!.last <= readMigrationFiles(migrations).at(-1)!.folderMillis)
        await functions.apply(within, await functions.read(root));
      await wordings.seed(within);
    });
  } finally {
    await end();
  }
}

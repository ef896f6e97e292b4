/** Tables, area codes, wordings: what a database needs before the service starts. Again: nothing changes. */
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect } from '../db.ts';
import * as wordings from '../naskah/wordings.ts';
import * as areas from '../wilayah/load.ts';

/** `migrations`: the folder `drizzle`. Several may run at once: the lock lets one after the other in. */
export async function prepare(url: string, migrations: string): Promise<void> {
  const { db, end } = connect(url, { max: 1 });
  try {
    await db.execute(sql`select pg_advisory_lock(hashtext('ikrar/migrations'))`);
    await migrate(db, { migrationsFolder: migrations });
    await areas.load(db);
    await wordings.seed(db);
  } finally {
    await end();
  }
}

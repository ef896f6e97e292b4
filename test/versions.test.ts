import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as versions from '../src/versions.ts';
import { openHouse } from './house.ts';

const { db, services } = await openHouse();
/** As the service's own role sees it. */
const version = () => versions.ofTables(services.db);

test('the tables are of this version, of an older one, of a newer one, or of none', async () => {
  expect(await version()).toBe('same');
  const last = (await versions.lastMigration(db))!;
  const newest = sql`created_at = ${last}::bigint`;
  await db.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('next', ${last + 1}::bigint)`,
  );
  expect(await version()).toBe('newer');
  await db.execute(
    sql`delete from drizzle.__drizzle_migrations where created_at = ${last + 1}::bigint or ${newest}`,
  );
  expect(await version()).toBe('older');
  await db.execute(sql`delete from drizzle.__drizzle_migrations`);
  expect(await version()).toBe('older');
  await db.execute(sql`drop table drizzle.__drizzle_migrations`);
  expect(await version()).toBe('older');
  await db.execute(sql`drop schema drizzle`);
  expect(await version()).toBe('older');
});

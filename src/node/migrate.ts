/**
 * `npm run migrate`: prepares the database, as the owner of its tables (DATABASE_OWNER_URL, else DATABASE_URL), and gives the service's
 * role (of DATABASE_URL, if both are given) its rights; says what it has done. The service does the same when it starts, and then
 * (`--at-start`) only what isn't done is said. Shown by test/node/migrate.test.ts.
 */
import { migrateDatabase } from './migrate-database.ts';
import { errorSentence } from './sentence.ts';

try {
  process.exitCode = await migrateDatabase(process.argv.slice(2), process.env);
} catch (error) {
  console.error(errorSentence(error));
  process.exitCode = 1;
}

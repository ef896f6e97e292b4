/** `npm run demo`: the service with something in it. */
import { join } from 'node:path';
import { connect } from '../src/db.ts';
import { settledAddress } from '../src/node/database.ts';
import { run } from '../src/node/run.ts';
import { demoLines, seed } from './seed.ts';

await run({
  root: join(import.meta.dirname, '..'),
  environment: process.env,
  greet: async ({ services, ownerUrl }) => {
    if (await services.halted()) return [];
    const demo = await seed(services);
    if (ownerUrl === null) return demoLines(services, demo, null);
    const { db, end } = connect(await settledAddress(ownerUrl), { max: 1 });
    try {
      return await demoLines(services, demo, db);
    } finally {
      await end();
    }
  },
});

/** `npm run demo`: the service with something in it. */
import { join } from 'node:path';
import { run } from '../src/node/run.ts';
import { demoLines, seed } from './seed.ts';

await run({
  root: join(import.meta.dirname, '..'),
  environment: process.env,
  greet: async ({ services }) => ((await services.halted()) ? [] : demoLines(services, await seed(services))),
});

/** Node's door: environment -> Services once. `npm start`. */
import { join } from 'node:path';
import { openingLines, poolerLines } from './node/greet.ts';
import { run } from './node/run.ts';

await run({
  root: join(import.meta.dirname, '..'),
  environment: process.env,
  greet: async ({ services, pooler }) => [...poolerLines(pooler), ...(await openingLines(services))],
});

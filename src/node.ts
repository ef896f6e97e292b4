/** Node's door: environment -> Services once. `npm start`. */
import { join, resolve } from 'node:path';
import { newLines, openingLines, poolerLines, readingLines, rightsLines } from './node/greet.ts';
import { run } from './node/run.ts';

await run({
  root: join(import.meta.dirname, '..'),
  environment: process.env,
  greet: async (service, { data }) => [
    ...newLines(service, resolve(data)),
    ...poolerLines(service.pooler),
    ...rightsLines(service),
    ...readingLines(service),
    ...(await openingLines(service.services)),
  ],
});

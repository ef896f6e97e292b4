/** `npm run routes`: every address of the site. */
import { inspectRoutes } from 'hono/dev';
import { app } from '../app.ts';

const lines = inspectRoutes(app)
  .filter(({ isMiddleware }) => !isMiddleware)
  .map(({ method, path }) => `${method.padEnd(6)} ${path}`);
console.log([...new Set(lines)].join('\n'));

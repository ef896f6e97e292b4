import { defineConfig } from 'vitest/config';

const APART = ['browser', 'demo', 'docs', 'drill', 'faults', 'node', 'worker']
  .map((folder) => `test/${folder}/**/*.test.ts`)
  .concat('test/*.test.ts');

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    globalSetup: ['test/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    setupFiles: ['test/tidy.ts'],
    projects: [
      // What starts programs of its own, a browser or workerd: each file in a process of its own.
      { extends: true, test: { name: 'apart', include: APART } },
      // All else: modules are read once for a worker, not for each file.
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: APART, isolate: false },
      },
    ],
  },
});

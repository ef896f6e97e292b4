import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const BROWSER = ['test/browser/**/*.test.ts'];

/** These run in a browser, in workerd, in processes of their own, or are pages: the domain is all else. */
const AROUND = ['client', 'edge', 'node', 'pages'];
const DOMAIN = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !AROUND.includes(entry.name))
  .map(({ name }) => `src/${name}/**`);

/** These start processes, or wait: of their length their size says nothing. */
const LONG = /\/test\/(?:docs|drill|faults|node|worker)\/|\/(?:demo|walk)\.test\.ts$/;

/** What is long begins first, or it would be waited for alone. On a machine that has never run them, the others begin by their size. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // Those of a project stay together: they share their workers.
    return [...new Set(sorted.map(({ project }) => project))].flatMap((project) => {
      const of = sorted.filter((one) => one.project === project);
      return [
        ...of.filter(({ moduleId }) => LONG.test(moduleId)),
        ...of.filter(({ moduleId }) => !LONG.test(moduleId)),
      ];
    });
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    globalSetup: ['test/postgres.ts'],
    // Most take less than a second on a quiet machine: one that waits for a busy one is late, not wrong.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // For two cores: of three there is often one that waits, for a browser, a start or a deadline.
    maxWorkers: 3,
    // A worker reads hundreds of modules and lives for minutes: with the usual 16 MB it does little but sweep.
    execArgv: ['--max-semi-space-size=64'],
    sequence: { sequencer: LongFirst },
    setupFiles: ['test/tidy.ts'],
    projects: [
      // In both a worker reads the modules once, not for each file; here it opens the browser once, too.
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          isolate: false,
          setupFiles: ['test/tidy.ts', 'test/browser/tidy-browser.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: BROWSER, isolate: false },
      },
    ],
    // `npm test -- --coverage`: of each folder of the domain, not only of their sum.
    coverage: {
      provider: 'v8',
      include: DOMAIN,
      exclude: ['**/*.sql'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: 'node_modules/.cache/ikrar-coverage',
      thresholds: Object.fromEntries(DOMAIN.map((folder) => [folder, { lines: 95 }])),
    },
  },
});

import { defineConfig } from 'vitest/config';

/** The tests that mutants of one folder meet: its own, in milliseconds. .ci/mutate.ts says which folder. */
const TESTS: Record<string, { include: string[]; exclude: string[] }> = {
  passkey: { include: ['test/passkey/*.test.ts'], exclude: [] },
  ledger: {
    include: ['test/ledger/*.test.ts', 'test/vectors/vectors.test.ts'],
    // With a database, or other programs.
    exclude: [
      'audit',
      'consistency',
      'cosign',
      'included',
      'integrate',
      'objections',
      'publish',
      'stranger',
    ].map((name) => `test/ledger/${name}.test.ts`),
  },
  proof: {
    include: ['test/proof/*.test.ts', 'test/vectors/vectors.test.ts'],
    exclude: ['test/proof/command.test.ts'],
  },
};
const folder = process.env.IKRAR_MUTATE ?? '';

export default defineConfig({
  test: {
    ...TESTS[folder],
    ...(folder === 'proof' && { globalSetup: ['test/postgres.ts'] }),
    setupFiles: ['test/tidy.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

/**
 * The tests that the mutants of a folder meet (.ci/mutate.ts): those that need no database and no other program, since each
 * mutant meets them anew.
 */
const TESTS: Record<string, { include: string[]; exclude?: string[] }> = {
  passkey: { include: ['test/passkey/*.test.ts'] },
  ledger: {
    include: ['test/ledger/*.test.ts', 'test/vectors/vectors.test.ts'],
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
    include: [
      ...['check-witnesses', 'forged', 'forged-withdrawal', 'proof-file', 'status', 'withdrawal-file'].map(
        (name) => `test/proof/${name}.test.ts`,
      ),
      'test/vectors/{kertas,vectors}.test.ts',
    ],
  },
};

export default defineConfig({
  test: {
    ...TESTS[process.env.IKRAR_MUTATE ?? ''],
    setupFiles: ['test/tidy.ts'],
    testTimeout: 30_000,
  },
});

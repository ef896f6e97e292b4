/**
 * Mutation tests, by hand: `npm run mutate`, or of a folder or a file `npm run mutate -- passkey src/ledger/merkle.ts`. Stryker changes one thing in
 * the code at a time; a test should fail for it. What survives, and why it may, is in docs/mutants.md. What is known of each
 * mutant is kept in data/mutants, so that the next run tries what has changed.
 */
import { Stryker } from '@stryker-mutator/core';

/**
 * What reads bytes that nobody vouches for, and judges them. Not what keeps rows (publish.ts, leaves.ts …) nor what takes papers apart
 * (pdf-file.ts, read-paper.ts, seal-file.ts): their tests begin with a database, which would be hours for all mutants.
 */
const FOLDERS: Record<string, string[]> = {
  passkey: ['src/passkey/*.ts'],
  ledger: [
    'checkpoint',
    'consistency',
    'cosignature',
    'leaf',
    'merkle',
    'note',
    'policy',
    'tile',
    'tlog-proof',
    'witness-list',
    'witness',
  ].map((name) => `src/ledger/${name}.ts`),
  proof: ['check-proof', 'check-withdrawal', 'proof-file', 'status', 'withdrawal-file'].map(
    (name) => `src/proof/${name}.ts`,
  ),
};

interface NodePath {
  key: number | string;
  listKey?: string;
  parent: { type: string; callee?: { name?: string } };
  parentPath: { parent: { type: string } } | null;
}

/** Texts of errors, details and causes are for the log; what a program or a person is told by are codes. */
function isForTheLog({ key, listKey, parent, parentPath }: NodePath): boolean {
  if (listKey !== 'arguments') return false;
  const name = parent.callee?.name ?? '';
  const thrown = parentPath?.parent.type === 'ThrowStatement';
  if (parent.type !== 'NewExpression')
    return name === 'refuse' ? Number(key) > 0 : thrown && /^(?:refused|malformed)$/.test(name);
  return name === 'Failure' ? Number(key) > 0 : /^(?:Type|Range)Error$/.test(name);
}

/** Read by Stryker, which loads this file as a plugin. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'log',
    value: { shouldIgnore: (path: NodePath) => (isForTheLog(path) ? 'for the log' : undefined) },
  },
];

async function mutate(folder: string, files: string[], statics: boolean): Promise<void> {
  process.env.IKRAR_MUTATE = folder;
  // What runs while a module is read (constants, patterns) needs all tests of the folder for each mutant: last, and if it is asked for.
  for (const ignoreStatic of statics ? [true, false] : [true]) {
    await new Stryker({
      mutate: files,
      testRunner: 'vitest',
      vitest: { configFile: 'vitest.mutate.config.ts', related: false },
      plugins: ['@stryker-mutator/vitest-runner', import.meta.filename],
      ignorers: ['log'],
      ignoreStatic,
      concurrency: 1,
      incremental: true,
      incrementalFile: `data/mutants/${folder}.json`,
      timeoutMS: 30_000,
      tempDirName: 'data/mutants/tmp',
      // Biome minds a second configuration below the first.
      ignorePatterns: ['/biome.json', '/data', '/dist', '/public/aset', '/.wrangler'],
      // It would be rewritten with a parser that TypeScript 7 doesn't have; Vite reads no types.
      tsconfigFile: 'none',
      reporters: ['clear-text', 'progress-append-only'],
      clearTextReporter: {
        allowColor: false,
        allowEmojis: false,
        logTests: false,
        reportTests: false,
        skipFull: true,
      },
    }).runMutationTest();
  }
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2).filter((word) => word !== '--static');
  const statics = process.argv.includes('--static');
  for (const word of asked.length > 0 ? asked : Object.keys(FOLDERS)) {
    const folder = word.split('/')[1] ?? word;
    await mutate(folder, word === folder ? FOLDERS[folder]! : [word], statics);
  }
}

// Not awaited here: Stryker reads this file meanwhile, and would wait for its end.
if (import.meta.main) void main();

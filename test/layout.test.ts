/** Each rule of the house has a bad example that is caught; and the house keeps them. */

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  inspect,
  inspectSql,
  lostTests,
  readPapers,
  readSources,
  readSql,
  strayPapers,
} from '../.ci/layout.ts';

const house = (files: Record<string, string>) => inspect(new Map(Object.entries(files)));

test('the house keeps its rules', () => {
  const files = readSources('.');
  const functions = readSql('.');
  expect(functions.size).toBeGreaterThan(30);
  expect([
    ...inspect(files),
    ...inspectSql(functions, files),
    ...lostTests(new Map([...files, ...functions]), existsSync),
    ...strayPapers(readPapers('.')),
  ]).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  [
    'knowledge flows left',
    { 'src/ledger/leaf.ts': `import { a } from '../roster/person.ts';`, 'src/roster/person.ts': '' },
    'roster stands right of ledger',
  ],
  [
    'types count too',
    { 'src/lib/a.ts': `import type { A } from '../ledger/leaf.ts';`, 'src/ledger/leaf.ts': '' },
    'ledger stands right of lib',
  ],
  [
    'imports over several lines count too',
    { 'src/lib/a.ts': `import {\n  a,\n  b,\n} from '../ledger/leaf.ts';`, 'src/ledger/leaf.ts': '' },
    'ledger stands right of lib',
  ],
  [
    'nobody below imports the app',
    { 'src/pages/a.tsx': `import { app } from '../app.ts';`, 'src/app.ts': '' },
    'app.ts stands right of pages',
  ],
  [
    'the worker knows nothing of Node',
    { 'src/worker.ts': `import { a } from './node/keys.ts';`, 'src/node/keys.ts': '' },
    'node stands right of worker.ts',
  ],
  [
    'nobody imports a door',
    { 'src/node/a.ts': `import worker from '../worker.ts';`, 'src/worker.ts': '' },
    'worker.ts is not for node',
  ],
  [
    'the office stands before what it authorises',
    { 'src/office/a.ts': `import { a } from '../withdrawal/ask.ts';`, 'src/withdrawal/ask.ts': '' },
    'withdrawal stands right of office',
  ],
  [
    'the office knows no signers',
    { 'src/office/a.ts': `import { a } from '../signature/sign.ts';`, 'src/signature/sign.ts': '' },
    'signature stands right of office',
  ],
  [
    'the browser takes no code of pages',
    { 'src/client/a.ts': `import { a } from '../pages/home.tsx';`, 'src/pages/home.tsx': '' },
    'types alone',
  ],
  [
    'a noun knows no database',
    {
      'src/roster/person.ts': `import * as people from './people.ts';`,
      'src/roster/people.ts': `import type { Db } from '../db.ts';`,
      'src/db.ts': '',
    },
    'knows no database',
  ],
  [
    'no cycle, not even of types',
    {
      'src/lib/a.ts': `import type { B } from './b.ts';`,
      'src/lib/b.ts': `import type { A } from './a.ts';`,
    },
    'import cycle: src/lib/a.ts -> src/lib/b.ts -> src/lib/a.ts',
  ],
  [
    'no interactive transaction',
    { 'src/roster/people.ts': 'await db.transaction(f);' },
    'interactive transaction',
  ],
  [
    'nor that of the driver',
    { 'src/roster/people.ts': 'await db.$client.begin(f);' },
    'interactive transaction',
  ],
  [
    'SQL stands in keepers',
    { 'src/roster/check-roster.ts': 'await db.select().from(person);' },
    'SQL outside a keeper',
  ],
  [
    'pages ask keepers',
    { 'src/pages/lists.tsx': 'await c.env.db.execute(sql`select 1`);' },
    'SQL outside a keeper',
  ],
  ['a helper knows no SQL', { 'src/lib/words.ts': 'sql<number>`count(*)`' }, 'SQL outside a keeper'],
  [
    'no Node below the entries',
    { 'src/lib/a.ts': `import { join } from 'node:path';` },
    'node:path below the entries',
  ],
  [
    'the code table is read on Node alone',
    {
      'src/pages/a.tsx': `import { load } from '../wilayah/load.ts';`,
      'src/wilayah/load.ts': `import { getVillages } from 'idn-area-data';`,
    },
    'runs on Node alone',
  ],
  ['no barrel', { 'src/lib/all.ts': `export { a } from './a.ts';`, 'src/lib/a.ts': '' }, 'a barrel'],
  [
    'no part of a barrel',
    { 'src/lib/b.ts': `export type { A } from './a.ts';\nexport const b = 1;`, 'src/lib/a.ts': '' },
    'a barrel',
  ],
  ['no index', { 'src/lib/index.ts': 'export const a = 1;' }, 'a barrel'],
  ['the environment is for entries', { 'src/lib/a.ts': 'process.env.PORT' }, 'read by the entries alone'],
  ['src stands alone', { 'src/lib/a.ts': `import '../../test/house.ts';` }, 'outside src'],
  ['what is imported exists', { 'src/lib/a.ts': `import './b.ts';` }, 'does not exist'],
  ['no room without a name', { 'src/utils/a.ts': '' }, '"utils" is no place of the house'],
  ['the runtime too', { 'src/ledger/a.ts': 'process.on("exit", f);' }, 'names a runtime'],
  ["nor Node's bytes", { 'src/lib/a.ts': 'return Buffer.from(text);' }, 'names a runtime'],
  [
    'addresses are mounted in the app',
    { 'src/pages/a.tsx': `a.route('/b', page);` },
    'mounts an address; app.ts does',
  ],
  [
    'a verb takes what it uses',
    { 'src/signature/act.ts': 'export async function act(services: Services) {}' },
    'takes all of Services',
  ],
  [
    'a code is thrown for one thing',
    {
      'src/lib/a.ts': `type ACode = 'a-other' | 'too-long';\nthrow new Failure<ACode>('too-long');`,
      'src/lib/b.ts': `export type BCode =\n  | 'b-other'\n  | 'too-long';\n/** */ throw new Failure<BCode>('b-other');`,
    },
    `src/lib/b.ts: BCode has 'too-long', which is one of ACode`,
  ],
  [
    'one name for one thing',
    { 'src/lib/a.ts': 'export interface Entry {}', 'src/roster/b.ts': 'export type Entry = string;' },
    'src/roster/b.ts: src/lib/a.ts exports a Entry too',
  ],
  [
    'one name for one act',
    { 'src/lib/a.ts': 'export async function check() {}', 'src/client/b.ts': 'export const check = 1;' },
    'exports a check too',
  ],
  [
    'a type of a keeper too',
    {
      'src/roster/people.ts': 'export type Seen = 1;',
      'src/signature/pledges.ts': 'export interface Seen {}',
    },
    'exports a Seen too',
  ],
  [
    'one name for one file',
    { 'src/proof/check.ts': '', 'src/pages/check.tsx': '' },
    'src/pages/check.tsx: src/proof/check.ts is called so too',
  ],
])('%s', (_rule, files, complaint) => {
  expect(house(files).join('\n')).toContain(complaint);
});

const CALLER = { 'src/ledger/leaves.ts': 'sql`select one(1), two(2)`' };
const ONE = 'CREATE OR REPLACE FUNCTION one(a text) RETURNS text LANGUAGE sql AS $$ SELECT a; $$;\n';
const TRIGGER = 'CREATE OR REPLACE TRIGGER a BEFORE UPDATE ON leaf FOR EACH ROW EXECUTE FUNCTION one();\n';
const sqlHouse = (functions: Record<string, string>, others: Record<string, string> = CALLER) =>
  inspectSql(new Map(Object.entries(functions)), new Map(Object.entries(others))).join('\n');

test('a function has one file beside its keeper, which migrations let be', () => {
  const two = ONE.replace('one(', 'two(');
  expect(
    sqlHouse({ 'src/ledger/one.sql': `-- Says why.\n${ONE}\n${TRIGGER}`, 'src/ledger/two.sql': two }),
  ).toBe('');
  expect(sqlHouse({ 'drizzle/0000_a.sql': '-- As one(1) says.\nCREATE TABLE "one" ("a" text);' })).toBe('');
});

test.each<[string, Record<string, string>, string]>([
  ['no function in a migration', { 'drizzle/0000_a.sql': 'create function a() returns text' }, 'data alone'],
  ['no trigger either', { 'drizzle/0000_a.sql': 'CREATE OR REPLACE TRIGGER a' }, 'data alone'],
  [
    'a migration calls none of ours',
    { 'drizzle/0000_a.sql': 'SELECT one (1)', 'src/ledger/one.sql': ONE },
    'calls one',
  ],
  [
    'named after its function',
    { 'src/ledger/other.sql': ONE },
    'begins with CREATE OR REPLACE FUNCTION other',
  ],
  [
    'it can be applied again',
    { 'src/ledger/one.sql': ONE.replace(' OR REPLACE', '') },
    'begins with CREATE OR',
  ],
  ['one in a file', { 'src/ledger/one.sql': ONE + ONE.replace('one', 'two') }, 'more than one and its'],
  [
    'its own triggers',
    { 'src/ledger/one.sql': ONE + TRIGGER.replace('one', 'two') },
    'more than one and its',
  ],
  ['no data', { 'src/ledger/one.sql': `${ONE}INSERT INTO tree VALUES (1);` }, 'more than one and its'],
  ['one file for each', { 'src/ledger/one.sql': ONE, 'src/roster/one.sql': ONE }, 'one has another file'],
  ['beside a keeper', { 'src/lib/one.sql': ONE }, 'no keeper stands beside it'],
  ['a name like any file', { 'src/ledger/one_.sql': ONE }, 'lower case with hyphens'],
  [
    'called where it stands',
    { 'src/roster/one.sql': ONE },
    'called by no keeper beside it, but by src/ledger/leaves.ts',
  ],
  ['none that is dead', { 'src/ledger/three.sql': ONE.replace('one', 'three') }, 'nobody calls it'],
])('%s', (_rule, functions, complaint) => {
  expect(sqlHouse(functions)).toContain(complaint);
});

test('keepers are plural nouns', () => {
  expect(house({ 'src/roster/people.ts': 'db.select()', 'src/ledger/leaves.ts': 'sql`select 1`' })).toEqual(
    [],
  );
});

test('what keepers do may be called alike, and a value may bear the name of its type', () => {
  expect(
    house({
      'src/roster/people.ts': 'export const byId = 1;\nexport async function list() {}',
      'src/signature/pledges.ts': 'export function byId() {}\nexport const list = 1;',
      'src/lib/a.ts': 'export const Tag = 1;\nexport type Tag = typeof Tag;',
    }),
  ).toEqual([]);
});

test('a verb may name parts of the services, and the door holds all of them', () => {
  const parts = `import type { Env, Services } from '../services.ts';
type Needs = Pick<Services, 'db'>;
const tag = (secret: Services['secret']) => {};
interface OfficeEnv { Bindings: Services }`;
  expect(house({ 'src/office/door.ts': parts, 'src/services.ts': '' })).toEqual([]);
});

test('nothing leads to a paper that is not here', () => {
  const read = (text: string) => strayPapers(new Map([['src/lib/a.ts', text]])).join();
  expect(read('/** As design.md says. */')).toContain('names "design.md", which no reader has');
  expect(read('// Design §13: 5 ms')).toContain('names "Design §"');
  expect(read('// Issue 9')).toContain('names "Issue 9"');
  expect(read('// The issue wants 5 ms.')).toContain('names "The issue"');
  expect(read('/** RFC 5280; docs/format/bukti.md; the issue of a certificate. */')).toBe('');
});

test('a comment names tests that are there', () => {
  const files = new Map([['src/lib/a.ts', '/** Shown by test/lib/a.test.ts. */']]);
  expect(lostTests(files, () => false).join()).toContain('names test/lib/a.test.ts, which does not exist');
  expect(lostTests(files, () => true)).toEqual([]);
});

test('what stands in a comment is no code', () => {
  expect(house({ 'src/lib/a.ts': `/** import { join } from 'node:path'; */\n// db.transaction(\n` })).toEqual(
    [],
  );
});

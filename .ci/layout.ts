/**
 * The rules of the house about who may import whom, on every file of src, and about where SQL stands. `node .ci/layout.ts` prints what breaks them.
 * Each rule with a bad example: test/layout.test.ts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Knowledge flows left: a place imports itself and what stands before it. */
const STREET = [
  'lib',
  'sheet',
  'schema.ts',
  'db.ts',
  'rights.ts',
  'versions.ts',
  'cron-runs.ts',
  'config.ts',
  'passkey',
  'ledger',
  'services.ts',
  'wilayah',
  'office',
  'naskah',
  'roster',
  'kegiatan',
  'invitation',
  'statement',
  'signer',
  'signature',
  'withdrawal',
  'kertas',
  'proof',
  'document',
  'keys',
  'export',
  'task',
  'assembly.ts',
  'pages',
  'app.ts',
  'edge',
  'worker.ts',
  'node',
  'node.ts',
];

/** Places beside the street: all they may import. */
const SIDE: Record<string, string[]> = {
  // Shapes of what a page answers may come from there, as types; none of its code.
  client: [
    'lib',
    'ledger',
    'naskah',
    'invitation',
    'statement',
    'passkey',
    'withdrawal',
    'proof',
    'office',
    'pages',
  ],
};

/** Nobody on the street needs what these do. */
const CLOSED: Record<string, string[]> = {
  'worker.ts': [],
  edge: ['worker.ts'],
  node: ['node.ts'],
};

/** SQL stands in keepers, whose names are plural nouns, in the functions beside them, and in these. */
const SQL_BESIDE_KEEPERS: Record<string, string> = {
  'src/schema.ts': 'tables',
  'src/wilayah/load.ts': 'replaces the whole code table, from files that Node alone can read',
  'src/node/prepare.ts': 'migrations, under a lock',
  'src/node/functions.ts': 'what the .sql files say, within that lock',
};

/** Where alone transactions go on over several statements: the tables are made, and the functions. */
const TRANSACTIONS = ['src/node/prepare.ts', 'src/node/functions.ts'];

interface Import {
  target: string;
  type: boolean;
}

const placeOf = (path: string): string => path.split('/')[1]!;
const isKeeper = (path: string): boolean =>
  /\/(?:[a-z-]*s|people)\.ts$/.test(path) && !['lib', 'pages', 'client', 'node'].includes(placeOf(path));
const SQL = /\bsql(?:<[^`;]*>)?`|\bdb\s*\.(?:select|insert|update|delete|execute|query|\$count)\b/;
const isDoor = (path: string): boolean => ['node', 'edge'].includes(placeOf(path)) || path === 'src/node.ts';

/** Without comments, so that an example in one is not taken for code. */
const codeOf = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = [];
  const pattern =
    /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  for (const [, type, named, dynamic] of code.matchAll(pattern)) {
    const target = (named ?? dynamic)!;
    const resolved = target.startsWith('.') ? posix.join(posix.dirname(path), target) : target;
    found.push({ target: resolved, type: type !== undefined });
  }
  return found;
}

/** `files`: path from the root (`src/lib/bytes.ts`) -> text. Returns a sentence for each breach. */
export function inspect(files: Map<string, string>): string[] {
  const problems: string[] = [];
  const graph = new Map<string, Import[]>();
  const texts = new Map([...files].map(([path, text]) => [path, codeOf(text)]));
  for (const [path, code] of texts) graph.set(path, importsOf(path, code));

  // A file knows the database if it names it; a pure one may travel anywhere, also to the browser.
  const knowsDatabase = (path: string): boolean =>
    graph
      .get(path)!
      .some(
        ({ target }) => /^src\/(db|schema|services)\.ts$/.test(target) || target.startsWith('drizzle-orm'),
      );

  for (const [path, code] of texts) {
    const place = placeOf(path);
    const complain = (what: string) => problems.push(`${path}: ${what}`);

    if (
      place !== 'client' &&
      !TRANSACTIONS.includes(path) &&
      /\.transaction\(|\$client\b|\b(?:sql|client|connection)\.begin\(/.test(code)
    )
      complain('an interactive transaction; every write is one statement');
    if (SQL.test(code) && !isKeeper(path) && !(path in SQL_BESIDE_KEEPERS))
      complain('SQL outside a keeper: move it to the plural noun it is about');
    if (isBarrel(path, code)) complain('a barrel, or part of one; import from the file that has it');
    if (/\bprocess\.env\b/.test(code) && !isDoor(path))
      complain('the environment is read by the entries alone');
    if (RUNTIME.test(code) && !isDoor(path)) complain('names a runtime; the entries alone know it');
    if (/\.route\(/.test(code) && path !== 'src/app.ts' && !path.endsWith('/addresses.ts'))
      complain('mounts an address; app.ts does, or the addresses.ts of a noun');
    if (isVerb(path) && ALL_SERVICES.test(code))
      complain('takes all of Services; name what it needs: Pick<Services, …>');
    if (!STREET.includes(place) && !(place in SIDE)) complain(`"${place}" is no place of the house`);

    for (const { target, type } of graph.get(path)!) {
      if (target.startsWith('node:') && !isDoor(path)) complain(`${target} below the entries`);
      if (target === 'idn-area-data' && path !== 'src/wilayah/load.ts')
        complain(`${target} outside wilayah/load.ts`);
      if (!target.startsWith('src/')) {
        if (/^(\.|\/|test|demo|drill|bench|build)/.test(target))
          complain(`imports ${target}, which is outside src`);
        continue;
      }
      if (!files.has(target)) {
        complain(`imports ${target}, which does not exist`);
        continue;
      }
      const there = placeOf(target);
      if (target === 'src/wilayah/load.ts' && !isDoor(path)) complain(`${target} runs on Node alone`);
      if (there !== place) {
        const allowed = SIDE[place];
        if (
          allowed
            ? !allowed.includes(there)
            : STREET.indexOf(there) >= STREET.indexOf(place) || there === 'client'
        ) {
          complain(`imports ${target}: ${there} stands right of ${place}`);
        }
        if (place === 'client' && there === 'pages' && !type)
          complain(`imports code of ${target}; types alone`);
        const open = CLOSED[there];
        if (open && !open.includes(place)) complain(`imports ${target}: ${there} is not for ${place}`);
      }
      if (!type && place !== 'pages' && !isTop(path) && !knowsDatabase(path) && knowsDatabase(target)) {
        complain(`knows no database, but imports ${target}, which does`);
      }
    }
  }
  return [...problems, ...cycles(graph), ...namesakes(texts), ...codesTwice(texts)];
}

/**
 * One name, one thing: no two files bear one name, and none exports what another one does. What keepers do is called through
 * their name (`pledges.byCode`), so many may have a `byCode`; their types may not.
 */
function namesakes(texts: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const places = new Map<string, string>();
  const isFirst = (what: string, path: string) => {
    const other = places.get(what);
    if (other === undefined) places.set(what, path);
    return other === undefined || other === path;
  };
  for (const [path, code] of texts) {
    const file = posix.basename(path).replace(/\..*$/, '');
    if (!isFirst(`file ${file}`, path))
      problems.push(`${path}: ${places.get(`file ${file}`)} is called so too`);
    for (const [, name] of code.matchAll(EXPORTED)) {
      if (isKeeper(path) && /^[a-z]/.test(name!)) continue;
      if (!isFirst(name!, path)) problems.push(`${path}: ${places.get(name!)} exports a ${name} too`);
    }
  }
  return problems;
}

/** A code that is thrown says what went wrong, and is thrown for nothing else. */
function codesTwice(texts: ReadonlyMap<string, string>): string[] {
  const code = [...texts.values()].join('\n');
  const thrown = new Set(
    [...code.matchAll(/\bFailure<([^>]*)>/g)].flatMap(([, types]) =>
      types!.split('|').map((type) => type.trim()),
    ),
  );
  const places = new Map<string, string>();
  return [...texts].flatMap(([path, text]) =>
    [...text.matchAll(/^(?:export\s+)?type\s+(\w+)\s*=([^;]*)/gm)]
      .filter(([, type]) => thrown.has(type!))
      .flatMap(([, type, union]) => union!.match(/'[^']+'/g)?.map((one) => [type!, one] as const) ?? [])
      .flatMap(([type, one]) => {
        const other = places.get(one) ?? type;
        places.set(one, other);
        return other === type ? [] : [`${path}: ${type} has ${one}, which is one of ${other}`];
      }),
  );
}

const EXPORTED =
  /^export\s+(?:default\s+)?(?:(?:async|abstract|declare)\s+)*(?:function\*?|const|let|class|interface|type|enum)\s+(\w+)/gm;

/** One way to each thing: nothing is passed on from another file, under its name or a new one. */
const isBarrel = (path: string, code: string): boolean =>
  /(^|\/)index\.tsx?$/.test(path) || /^export\s+(?:type\s+)?(?:\*|\{[^}]*\}\s*from\b)/m.test(code);

/** Beside `process.env` and Node's modules, which have their own complaints. */
const RUNTIME =
  /\bprocess\.(?!env\b)\w|\bBuffer\.|\bDeno\.|\bBun\.|'cloudflare:|\b__dirname\b|\bimport\.meta\b/;

/** What acts on the database below the pages. */
const isVerb = (path: string): boolean => !isTop(path) && !['pages', 'client'].includes(placeOf(path));
/** `Services` as a parameter's type or the like; `Pick<Services, …>`, `Services['db']`, an import and Hono's bindings are none. */
const ALL_SERVICES = /(?<!Pick<|Bindings: )\bServices\b(?!\[|[^{}]*\}\s+from\b)/;

const isTop = (path: string): boolean => isDoor(path) || path.split('/').length === 2;

function cycles(graph: Map<string, Import[]>): string[] {
  const done = new Set<string>();
  const way: string[] = [];
  const problems: string[] = [];
  const visit = (path: string): void => {
    const at = way.indexOf(path);
    if (at >= 0) {
      problems.push(`import cycle: ${[...way.slice(at), path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    way.push(path);
    for (const { target } of graph.get(path) ?? []) visit(target);
    way.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return problems;
}

/** A comment that names a test sends its reader there. */
export function lostTests(files: Map<string, string>, exists: (path: string) => boolean): string[] {
  return [...files].flatMap(([path, text]) =>
    [...new Set(text.match(/\btest\/[\w/-]+\.test\.ts\b/g))]
      .filter((named) => !exists(named))
      .map((named) => `${path}: names ${named}, which does not exist`),
  );
}

/** What is read here can be followed here: no paper that is not in the project. `files`: what people read, with its comments. */
export function strayPapers(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) =>
    [
      ...new Set(
        text.match(/\b(?:design|house|domain)(?:\.md\b| §)|\bissues? \d+\b|\bthe issue\b(?! of\b)/gi),
      ),
    ].map((named) => `${path}: names "${named}", which no reader has`),
  );
}

/** Without comments and what stands between $$, so that the statements are left. */
const statementsOf = (text: string): string[] =>
  text
    .replace(/^\s*--.*$/gm, '')
    .replace(/\$\$[\s\S]*?\$\$/g, '$$$$')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');

/**
 * `files`: src/**\/*.sql and drizzle/*.sql; `others`: what may call a function. Returns a sentence for each breach of: a
 * function has one file, beside its keeper and named after it, with its triggers; migrations hold tables and data alone.
 */
export function inspectSql(files: Map<string, string>, others: Map<string, string>): string[] {
  const problems: string[] = [];
  const folders = new Set([...others.keys()].filter(isKeeper).map((path) => posix.dirname(path)));
  const own = [...files].filter(([path]) => path.startsWith('src/'));
  const names = own.map(([path]) => posix.basename(path, '.sql').replaceAll('-', '_'));

  for (const [at, [path, text]] of own.entries()) {
    const complain = (what: string) => problems.push(`${path}: ${what}`);
    const name = names[at]!;
    const [first = '', ...rest] = statementsOf(text);
    if (!/^[a-z0-9-]+\.sql$/.test(posix.basename(path))) complain('a name in lower case with hyphens');
    if (names.indexOf(name) !== at) complain(`${name} has another file: ${own[names.indexOf(name)]![0]}`);
    // What guards tables of several keepers stands beside the tables.
    if (!folders.has(posix.dirname(path)) && posix.dirname(path) !== 'src')
      complain('no keeper stands beside it');
    if (!new RegExp(`^CREATE OR REPLACE FUNCTION ${name}\\(`).test(first))
      complain(`begins with CREATE OR REPLACE FUNCTION ${name}`);
    const trigger = new RegExp(`^CREATE OR REPLACE TRIGGER [\\s\\S]* EXECUTE FUNCTION ${name}\\(\\)$`);
    if (!rest.every((statement) => trigger.test(statement)))
      complain(`holds more than ${name} and its triggers`);
    const called = new RegExp(`\\b${name}\\(`);
    const callers = [...others, ...own.filter(([other]) => other !== path)].filter(([, text]) =>
      called.test(text),
    );
    const isNear = (caller: string) =>
      caller.endsWith('.sql') || (isKeeper(caller) && posix.dirname(caller) === posix.dirname(path));
    if (rest.length === 0 && callers.length === 0) complain('nobody calls it');
    else if (rest.length === 0 && !callers.some(([caller]) => isNear(caller)))
      complain(`called by no keeper beside it, but by ${callers[0]![0]}`);
  }

  for (const [path, text] of files) {
    if (!path.startsWith('drizzle/')) continue;
    const code = text.replace(/^\s*--.*$/gm, '');
    if (/\b(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE|ROUTINE|TRIGGER)\b/i.test(code))
      problems.push(`${path}: tables and data alone; a function has its file beside its keeper`);
    for (const name of names) {
      if (new RegExp(`\\b${name}\\s*\\(`, 'i').test(code))
        problems.push(`${path}: calls ${name}, which may not be there yet, or may be another one by then`);
    }
  }
  return problems;
}

export function readSql(root: string): Map<string, string> {
  const paths = ['src', 'drizzle'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sql'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const PAPERS = ['src', 'test', 'bench', 'drill', 'demo', 'docs'];

/** All that people read; what the layout check's own test holds up as bad is left out. */
export function readPapers(root: string): Map<string, string> {
  const paths = PAPERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tsx?|mjs|sql|md)$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  ).filter((path) => path !== 'test/layout.test.ts');
  return new Map(
    [...paths, 'README.md', 'CHANGES.md'].map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}

export function readSources(root: string): Map<string, string> {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const paths = names
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `src/${name.replaceAll('\\', '/')}`);
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const files = readSources(root);
  const functions = readSql(root);
  const problems = [
    ...inspect(files),
    ...inspectSql(functions, files),
    ...lostTests(new Map([...files, ...functions]), (path) => existsSync(join(root, path))),
    ...strayPapers(readPapers(root)),
  ];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

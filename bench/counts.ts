/**
 * `npm run bench -- counts`: how many SQL statements are sent and how many files of src are entered (a function of theirs
 * ran) for one signature, one withdrawal and one list page, request by request, with all that is set going by it.
 *
 * Statements are counted on the wire, functions by V8, so an earlier commit can be counted with the same three files:
 *
 *     git worktree add ../before 9a095ae && cd ../before && npm ci
 *     cp ../ikrar/bench/{counts,counted-acts,bundled-acts}.ts bench/ && node bench/counts.ts
 *
 * 9a095ae is the last commit before the walls of the house were moved. `-- counts files` (there: `files`) names the files too.
 */
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openActs, root } from './bundled-acts.ts';

/** What was done for one request. */
export interface Count {
  act: string;
  request: string;
  statements: number;
  files: string[];
}

/** How many statements a client has sent: the messages Execute and Query of the protocol, version 3. */
function countStatements(): { take(bytes: Buffer): void; sent: () => number } {
  let sent = 0;
  let rest: Buffer = Buffer.alloc(0);
  // The first message has no letter before its length.
  let begun = false;
  return {
    sent: () => sent,
    take(bytes) {
      rest = Buffer.concat([rest, bytes]);
      for (;;) {
        const letter = begun ? 1 : 0;
        if (rest.length < letter + 4) return;
        const end = letter + rest.readInt32BE(letter);
        if (rest.length < end) return;
        if (begun && 'EQ'.includes(String.fromCharCode(rest[0]!))) sent++;
        begun = true;
        rest = rest.subarray(end);
      }
    },
  };
}

/** The address of a server behind one of ours that counts what it hands on. */
async function openCounter(server: string): Promise<{ url: string; sent(): number; close(): void }> {
  const target = new URL(server);
  const counters: ReturnType<typeof countStatements>[] = [];
  const sockets = new Set<Socket>();
  const door = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const counter = countStatements();
    counters.push(counter);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay();
      socket.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
    near.on('data', (bytes) => {
      counter.take(bytes);
      far.write(bytes);
    });
    far.pipe(near);
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  const { port } = door.address() as { port: number };
  const url = new URL(server);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: String(url).replace(/\/$/, ''),
    sent: () => counters.reduce((sum, counter) => sum + counter.sent(), 0),
    close: () => {
      for (const socket of sockets) socket.destroy();
      door.close();
    },
  };
}

/** Gives the files of src in which at least one function has run since it was asked last. */
async function watchFiles(path: string): Promise<() => Promise<string[]>> {
  const text = await readFile(path, 'utf8');
  const map = new SourceMap(JSON.parse(await readFile(`${path}.map`, 'utf8')));
  const lines = [...text.matchAll(/^/gm)].map(({ index }) => index);
  const writtenIn = (offset: number): string | null => {
    const line = lines.findLastIndex((start) => start <= offset);
    const entry = map.findEntry(line, offset - lines[line]!);
    if (!('originalSource' in entry)) return null;
    const source = relative(root, resolve(dirname(path), entry.originalSource));
    return source.startsWith('src/') ? source : null;
  };
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const script = result.find(({ url }) => url === String(pathToFileURL(path)));
    const ran = (script?.functions ?? []).map(({ ranges }) => ranges[0]!).filter(({ count }) => count > 0);
    // The whole file is a function too: it runs when it is loaded.
    const starts = ran.map(({ startOffset }) => startOffset).filter((start) => start > 0);
    return [...new Set(starts.map(writtenIn).filter((file) => file !== null))].sort();
  };
}

async function count(): Promise<Count[]> {
  let takeFiles = async (): Promise<string[]> => [];
  const { acts, server, lead, atEnd, close } = await openActs(async (path) => {
    takeFiles = await watchFiles(path);
  });
  try {
    const counter = await openCounter(server);
    atEnd(counter.close);
    lead(counter.url);
    const counts: Count[] = [];
    await acts.doActs(async (act, request, run, settled) => {
      const before = counter.sent();
      await takeFiles();
      const answer = await run();
      await settled();
      counts.push({ act, request, statements: counter.sent() - before, files: await takeFiles() });
      return answer;
    });
    return counts;
  } finally {
    await close();
  }
}

const line = (what: string, statements: number, files: number): string =>
  `${what.padEnd(64)}${String(statements).padStart(12)}${String(files).padStart(8)}`;

process.chdir(root);
const counts = await count();
console.log(`${''.padEnd(64)}${'statements'.padStart(12)}${'files'.padStart(8)}`);
for (const [act, requests = []] of Object.entries(Object.groupBy(counts, (one) => one.act))) {
  const files = new Set(requests.flatMap((one) => one.files));
  const statements = requests.reduce((sum, one) => sum + one.statements, 0);
  console.log(line(act, statements, files.size));
  for (const one of requests) console.log(line(`  ${one.request}`, one.statements, one.files.length));
  if (process.argv.includes('files'))
    console.log(
      [...files]
        .sort()
        .map((file) => `    ${file}`)
        .join('\n'),
    );
}

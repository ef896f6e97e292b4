/**
 * The database for a command that an operator runs, as the owner of the tables: DATABASE_OWNER_URL, else DATABASE_URL, or the embedded
 * PostgreSQL while the service is stopped.
 */
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { connect, type Db } from '../db.ts';
import { settledAddress } from './database.ts';
import { openPostgresPassword } from './keys.ts';
import { startPostgres } from './postgres.ts';
import { pinned } from './session.ts';

/** For the help of every such command. */
export const TOOL_DATABASE = `Bekerja sebagai pemilik tabel. Basis data sendiri: isi DATABASE_OWNER_URL dan DATABASE_URL. Satu peran saja:
DATABASE_URL. Tanpa keduanya dipakai basis data di IKRAR_DATA: hentikan layanan dahulu. Selama itu tidak ada yang
dapat menandatangani.`;

type Where = Pick<Settings, 'data' | 'databaseUrl' | 'databaseOwnerUrl'>;

/** Opens it for this act alone, and closes it whatever comes. `max`: connections, so that any other is somebody else's. */
export async function withToolDatabase<Done>(
  settings: Where,
  act: (db: Db) => Promise<Done>,
  { max = 1 } = {},
): Promise<Done> {
  const { url, stop } = await open(settings);
  const { db, end } = connect(url, { max, limits: null });
  try {
    return await act(db);
  } finally {
    await end();
    await stop();
  }
}

async function open({
  data,
  databaseUrl,
  databaseOwnerUrl,
}: Where): Promise<{ url: string; stop(): Promise<void> }> {
  const given = databaseOwnerUrl ?? databaseUrl;
  if (given !== null) return { url: await settledAddress(given), stop: async () => {} };
  const password = await openPostgresPassword(data, { mayCreate: false });
  const { url, stop } = await startPostgres(join(data, 'pg'), { password, say: console.error });
  return { url: pinned(url), stop };
}

/** Tables, functions, area codes, wordings: what a database needs before the service starts. Again: nothing changes. */
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect, type Db } from '../db.ts';
import { codeOf } from '../lib/retry.ts';
import * as wordings from '../naskah/wordings.ts';
import * as rights from '../rights.ts';
import * as lists from '../signature/lists.ts';
import { lastMigration } from '../versions.ts';
import * as areas from '../wilayah/load.ts';
import { settledAddress } from './database.ts';
import * as functions from './functions.ts';
import { StartError } from './sentence.ts';
import { MIGRATE, type ServiceRole, serviceRoleOf, settle } from './service-role.ts';

const WAITING = 'Menunggu proses lain yang sedang menyiapkan basis data …';
const WORKING = 'Basis data sedang disiapkan; ini dapat memakan waktu …';

export interface Telling {
  /** Is given a line if it takes long. */
  say?(line: string): void;
  /** Milliseconds after which it does. */
  patience?: number;
}

interface Prepared {
  /** It takes no writes now, and needs none: all is as this build makes it. */
  readOnly: boolean;
  /** What another one must do, a line each. */
  left: string[];
  /** The service's role, which has its rights now. Null: there is none yet, or it is the owner itself. */
  served: string | null;
  /** The database is of a newer build already: nothing was made. */
  newer: boolean;
  /** Whom the address lets in, if that isn't the owner: nothing was made. */
  guest: string | null;
}

/**
 * `url`: of the owner of the tables, who is whoever has made them. The service's role gets its rights from it; that role itself only
 * finds out whether all is as this build makes it. `root`: the folder with `drizzle`, which holds tables and data, and `src`, where the functions are. Several may run at once:
 * the lock lets one after the other in. All of it is one transaction, for which a pooler keeps one server connection: a lock
 * of a session would stay with whoever gets that next.
 */
export async function prepare(
  url: string,
  root: string,
  { say = () => {}, patience = 5_000 }: Telling = {},
  service: ServiceRole = serviceRoleOf(null),
): Promise<Prepared> {
  const migrations = { migrationsFolder: join(root, 'drizzle') };
  const newest = readMigrationFiles(migrations).at(-1)!.folderMillis;
  const { db, end } = connect(await settledAddress(url), { max: 1, limits: null });
  let isOurTurn = false;
  const left: string[] = [];
  let served: string | null = null;
  let newer = true;
  const telling = setTimeout(() => say(isOurTurn ? WORKING : WAITING), patience);
  try {
    const { name, owns } = await rights.roleOf(db);
    if (owns === false) return await asGuest(db, root, newest, name);
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('ikrar/migrations'))`);
      isOurTurn = true;
      const within = tx as unknown as Db & { session: Pick<Db, 'transaction'> };
      // Drizzle would begin one of its own.
      within.session.transaction = (run) => tx.transaction(run);
      await migrate(within, migrations);
      await areas.load(within);
      // A process of an older build, started once more, leaves the functions of a newer one to those who call them.
      if ((await lastMigration(within))! <= newest) {
        newer = false;
        const changed = await functions.apply(within, await functions.read(root));
        if (changed.some((name) => lists.SEARCHES_BY.includes(name))) await lists.indexAnew(within);
        ({ served } = await settle(within, service, left));
      }
      await wordings.seed(within);
    });
    return { readOnly: false, left, served, newer, guest: null };
  } catch (error) {
    if (codeOf(error, (code) => code === '25006') === null) throw error;
    if (await isPrepared(db, root, newest))
      return { readOnly: true, left, served, newer: false, guest: null };
    throw new StartError(
      'Basis data hanya dapat dibaca, sedangkan tabelnya belum dari versi ini. Mulai lagi sesudah basis data dapat ditulisi, atau periksa DATABASE_URL.',
      { cause: error },
    );
  } finally {
    clearTimeout(telling);
    await end();
  }
}

/** For the service's role, which makes nothing. */
async function asGuest(db: Db, root: string, newest: number, name: string): Promise<Prepared> {
  const prepared = await isPrepared(db, root, newest).catch((error: unknown) => {
    if (codeOf(error, (code) => code === '42501') === null) throw error;
    throw new StartError(
      `Pengguna basis data ${name} belum diberi hak. Jalankan sebagai pemilik basis data: ${MIGRATE}`,
      { cause: error },
    );
  });
  if (!prepared)
    throw new StartError(
      `Tabel basis data belum dari versi ini, dan ${name} bukan pemiliknya. Jalankan sebagai pemilik basis data: ${MIGRATE}`,
    );
  const [row] = await db.execute<{ only: boolean }>(
    sql`select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as only`,
  );
  return { readOnly: row!.only, left: [], served: null, newer: false, guest: name };
}

/** Read alone. */
async function isPrepared(db: Db, root: string, newest: number): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as known`,
  );
  if (!row!.known) return false;
  const last = (await lastMigration(db)) ?? 0;
  return last > newest || (last === newest && (await functions.areApplied(db, await functions.read(root))));
}

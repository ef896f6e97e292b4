/** The world of a Node service: a database, keys, files. Made once; `app` is called with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from '../assembly.ts';
import type { Settings } from '../config.ts';
import { connect, type Db } from '../db.ts';
import * as documents from '../document/documents.ts';
import { issueDue, stampDue } from '../document/issue-paper.ts';
import { openOrganizerSeals } from '../document/organizer-seal.ts';
import * as keyDigests from '../keys/key-digests.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import type { How } from '../ledger/guard.ts';
import { Halt } from '../ledger/halt.ts';
import * as leaves from '../ledger/leaves.ts';
import type { AskedWitness } from '../ledger/witness-list.ts';
import { logError } from '../lib/log.ts';
import { openPending } from '../lib/pending.ts';
import { codeOf, isAway, retry } from '../lib/retry.ts';
import { openTimeAuthorities } from '../lib/time-authority.ts';
import { openTurns, type Width } from '../lib/turns.ts';
import * as records from '../office/records.ts';
import * as rights from '../rights.ts';
import type { Services } from '../services.ts';
import { openDatabase, type Pooler } from './database.ts';
import { giveWay } from './give-way.ts';
import {
  KeyError,
  type Keys,
  mustBelong,
  openKeys,
  openOwnSeal,
  openPostgresPassword,
  openSeal,
  openServicePassword,
  type Seal,
  strayKeyError,
} from './keys.ts';
import { clearStaged, fileMirror, trialName } from './mirror.ts';
import { type EmbeddedPostgres, startPostgres } from './postgres.ts';
import { READ_ONLY, StartError } from './sentence.ts';
import { MIGRATE, renewPassword } from './service-role.ts';

export interface Service {
  services: Services;
  /** As the service's role. */
  databaseUrl: string;
  /** As the owner of the tables, for an operator's acts alone. Null: only the service's role is known. */
  ownerUrl: string | null;
  /** That role, and which tables it can change though they are append-only: none, unless it is their owner or has too many rights. */
  role: { name: string; owns: boolean; changeable: string[] };
  /** What stands between us and the database. */
  pooler: Pooler | null;
  /** It took no writes at the start. Once it does, all goes on by itself. */
  readOnly: boolean;
  keys: Keys;
  seal: Seal;
  /** Nothing was ever published, here or in the database: a new ledger, or one of which both are lost. */
  isFirst: boolean;
  /** Settles if the embedded PostgreSQL ends by itself; never otherwise. */
  databaseEnded: Promise<void>;
  /** Waits for work given to `later`, closes the database. */
  close(): Promise<void>;
}

/**
 * Who reads: so many at once that most connections, and one core of two, are left for who signs. As many wait as come out of a
 * hall at once, which is one address, and each for as long as a browser's reader does.
 */
const READING: Width = { atOnce: 2, pause: 25, waiting: 2_000, waitingEach: 1_000, patience: 8_000 };

/** `root`: the folder with `dist`, `drizzle` and `src`. A second call on the same folder and database finds all as it was. */
export async function openService(
  { data, databaseUrl, databaseOwnerUrl, seal: own, timeAuthorities, config: asked }: Settings,
  { root, witnesses }: { root: string; witnesses: AskedWitness[] },
): Promise<Service> {
  const embedded = databaseUrl === null ? await openEmbedded(data) : null;
  const url = databaseUrl ?? embedded!.serviceUrl;
  try {
    const { readOnly } = await prepareApart(root, url, databaseOwnerUrl ?? embedded?.url ?? null);
    const { db, end, pooler } = await openDatabase(url, { max: 10 });
    const role = await roleIn(db);
    const copy = join(data, 'checkpoint');
    await clearStaged(copy);
    const mirror = fileMirror(copy);
    // One that can't be read is no reason not to start: the guard says what it is.
    const published = [(await checkpoints.current(db))?.note ?? null, await mirror.read().catch(() => '')];
    const config = { ...asked, ledgerOrigin: trialName(asked, published) };
    // Once a checkpoint was published, the ledger belongs to a key: also where the database is an empty one.
    const mayCreate = published.every((note) => note === null);
    const keys = await openKeys(data, config.ledgerOrigin, { mayCreate });
    // Written with the first start's keys. Without it they are of another database, and this one and the copy were lost.
    if (mayCreate && !keys.isNew && !readOnly && !(await keyDigests.any(db))) throw strayKeyError(data);
    // At once: whatever ends this start, the next one knows them.
    if (keys.isNew && !readOnly) await mustBelong(db, data, { secret: keys.secretBytes, seal: null });
    const seal = own
      ? await openOwnSeal(own)
      : await openSeal(data, `Ikrar ${config.rpId}`, { mayCreate: !(await documents.any(db)) });
    const belong = () => mustBelong(db, data, { secret: keys.secretBytes, seal: own ? null : seal.key });
    let belongs = await belong().then(() => true, unlessAway('keys', { readOnly }));
    let strange: Halt | null = null;
    /** Where it couldn't be told at the start: as on Workers. */
    const strangeKeys = async ({ now, waits }: How): Promise<Halt | null> => {
      if (belongs || waits === false) return strange;
      try {
        await belong();
        belongs = true;
      } catch (error) {
        if (error instanceof KeyError) {
          // Once for each change.
          if (error.message !== strange?.detail) console.error(error.message);
          const sides = { outside: null, database: (await leaves.head(db)).size };
          strange = new Halt('key-of-another', error.message, sides);
          return strange;
        }
        if (now || !isAway(error)) throw error;
      }
      strange = null;
      return null;
    };
    const seals = own ? null : await openOrganizerSeals(seal.key);
    const { later, settled } = openPending();
    const { services, askAgain } = assemble({
      config,
      db,
      secret: keys.secret,
      signer: keys.signer,
      sealerOf: async (organizer) => (seals ? seals(db, organizer) : seal.sealer),
      timeAuthorities: timeAuthorities.length > 0 ? openTimeAuthorities(timeAuthorities) : null,
      mirror,
      turns: openTurns(READING),
      later,
      witnesses,
      strangeKeys,
    });
    // Database and copy may both be of one old backup: then the witnesses alone know. They hinder no start for long.
    await askAgain(3_000).catch(unlessAway('witnesses', { readOnly }));
    // Start-up is the ordinary road: what a crash left waiting is published now.
    await services.publish().catch((error) => {
      // What stands still can still be read, and goes on by itself. A key that isn't the ledger's is read again at a start alone.
      if (error instanceof Halt) {
        if (error.code !== 'ledger-key-changed') return;
      } else if (isOfFiles(error)) {
        // No room for the copy: nothing is public before there is, and the guard says so.
        return logError('publish', error);
      } else return void unlessAway('publish', { readOnly })(error);
      throw error;
    });
    // As after another process died between recording and publishing.
    const stopPublishing = every(1_000, 'publish', async () => {
      if ((await services.halted()) === null && (await checkpoints.behind(db))) await services.publish();
    });
    // A witness that was away is asked again, also if nobody signs; and whether it still knows of more.
    const stopAsking = every(60_000, 'witnesses', () => askAgain(15_000));
    const stopIssuing = every(10_000, 'papers', (signal) => issueDue(services, { signal, rest: giveWay }));
    const stopStamping = every(10_000, 'timestamps', (signal) =>
      stampDue(services, { signal, rest: giveWay }),
    );
    // A day of the audit trail that has ended. The ledger's timer publishes it.
    const stopClosing = every(60_000, 'trail', async () => {
      if ((await services.halted()) === null) await records.closeDays(db);
    });
    return {
      services,
      databaseUrl: url,
      ownerUrl: databaseOwnerUrl ?? embedded?.url ?? (role.owns ? url : null),
      role,
      pooler,
      readOnly,
      keys,
      seal,
      isFirst: mayCreate,
      databaseEnded: embedded?.ended ?? new Promise(() => {}),
      close: async () => {
        await Promise.all([stopPublishing(), stopAsking(), stopIssuing(), stopStamping(), stopClosing()]);
        await settled();
        await end();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Trouble of what we stand on ends no start: what it hindered is done again. Says that it isn't done. */
const unlessAway =
  (place: string, { readOnly }: { readOnly: boolean }) =>
  (error: unknown): false => {
    if (!isAway(error)) throw error;
    // That it only reads has been said.
    if (!readOnly || codeOf(error, (code) => code === '25006') === null) logError(place, error);
    return false;
  };

const isOfFiles = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EBUSY', 'ETIMEDOUT'].includes(
    String((error as NodeJS.ErrnoException).code),
  );

/** The embedded server, and its address for the service's role, which an older release doesn't have: it is made with the tables. */
export async function openEmbedded(data: string): Promise<EmbeddedPostgres & { serviceUrl: string }> {
  const folder = join(data, 'pg');
  const password = await openPostgresPassword(data, { mayCreate: !existsSync(join(folder, 'PG_VERSION')) });
  const servicePassword = await openServicePassword(data);
  const server = await startPostgres(folder, { password, say: console.error });
  try {
    const { db, end } = connect(server.url, { max: 1 });
    await renewPassword(db, { name: rights.SERVICE, password: servicePassword }).finally(end);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const serviceUrl = Object.assign(new URL(server.url), {
    username: rights.SERVICE,
    password: servicePassword,
  }).href;
  return { ...server, serviceUrl };
}

/** What the service's role may do. Throws a `StartError` that names what it lacks. */
async function roleIn(db: Db): Promise<Service['role']> {
  const { name, owns } = await retry(() => rights.roleOf(db));
  const lacking = await retry(() => rights.lacking(db));
  if (lacking.length > 0)
    throw new StartError(
      `Pengguna basis data ${name} kekurangan hak: ${lacking.join(', ')}.\nJalankan sebagai pemilik basis data: ${MIGRATE}`,
    );
  return { name, owns: owns === true, changeable: await retry(() => rights.changeable(db)) };
}

/** In a process of its own: reading the code table takes memory that this one would keep. `owner`: null: the service's own role. */
export async function prepareApart(
  root: string,
  url: string,
  owner: string | null,
): Promise<{ readOnly: boolean }> {
  const program = join(root, 'dist/migrate.js');
  const child = spawn(process.execPath, [program, '--at-start'], {
    env: { ...process.env, DATABASE_URL: url, DATABASE_OWNER_URL: owner ?? '' },
    // What it says meanwhile is for the log.
    stdio: ['ignore', process.stderr, 'pipe'],
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0 && code !== READ_ONLY) throw new StartError(said.trim());
  return { readOnly: code === READ_ONLY };
}

/** Works again and again, so many milliseconds after it has ended. Returns what stops it, by the signal also at work. */
function every(
  pause: number,
  place: string,
  work: (signal: AbortSignal) => Promise<void>,
): () => Promise<void> {
  const stopping = new AbortController();
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await work(stopping.signal);
      last = '';
    } catch (error) {
      // The same trouble once, not each time.
      if (String(error) !== last) logError(place, error);
      last = String(error);
    }
    schedule();
  };
  const schedule = (): void => {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      running = run();
    }, pause);
    timer.unref();
  };
  schedule();
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await running;
  };
}

/** What the outside must supply. Doubles as Hono's bindings: `c.env.db` is typed in every handler, nothing is global. */
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { Canary } from './ledger/canary.ts';
import type { How } from './ledger/guard.ts';
import type { Halt } from './ledger/halt.ts';
import type { NoteSigner } from './ledger/note.ts';
import type { Mirror } from './ledger/publish.ts';
import type { Sealer } from './lib/sealer.ts';
import type { Secret } from './lib/secret.ts';
import type { TimeAuthorities } from './lib/time-authority.ts';
import type { Turns } from './lib/turns.ts';

export interface Services {
  config: Config;
  db: Db;
  /** Keys for invitations and tickets. */
  secret: Secret;
  /** The ledger's key. */
  signer: NoteSigner;
  /** Who seals the papers of an organiser. Rejects if nobody can now. */
  sealerOf(organizer: { id: string; nama: string }): Promise<Sealer>;
  /** Who says at what time a paper was sealed; null if nobody is asked. */
  timeAuthorities: TimeAuthorities | null;
  /** The copy of the checkpoint outside the database. */
  mirror: Mirror;
  /** Who is asked to countersign the ledger: the name of each, and its key as in a policy. */
  witnesses: readonly { name: string; key: string }[];
  /**
   * Integrates what waits and publishes a checkpoint that covers it. Returns how many entries database and copy both
   * cover. Callers at the same time may share one run.
   */
  publish(): Promise<number>;
  /** Why the ledger stands still, or null. Nothing is recorded then that may be lost with a wrong database; all can be read. How it is asked: ledger/guard.ts. */
  halted(how?: How): Promise<Halt | null>;
  /** How many entries database and copy both cover, as was known a moment ago; 0 while the ledger stands still. */
  covered(): Promise<number>;
  /** The same at once; 0 where it wasn't told a moment ago. */
  coveredNow(): number;
  /** Seconds since it could last be told whether the ledger stands still. */
  blindFor(): number;
  /** Whether that is since the copy outside doesn't answer in time, as far as was found out last. */
  copyAway(): boolean;
  /** What the installation lacks, a sentence each for its operator. */
  missing: readonly string[];
  /** Whether a signature could be recorded now. */
  canary: Canary;
  /** Whether what is done beside requests is done by a cron, which writes down that it runs (cron-runs.ts). */
  cron: boolean;
  /** Turns of who reads what takes work; null where each request has a process and connections of its own. */
  turns: Turns | null;
  /** Where the request comes from: told by the door for each, and kept nowhere. */
  from?: string;
  /** Work after the answer: its failure is logged, never shown. Functions are called one after the other. */
  later(work: Promise<unknown> | (() => Promise<unknown>)): void;
}

/** Hono's environment. `officer` is set behind the office's door alone. */
export interface Env {
  Bindings: Services;
}

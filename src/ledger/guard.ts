/**
 * Guard: whether the ledger is halted (halt.ts), for whoever would write what belongs in it. It goes on by itself once database
 * and outside copy agree again, by the ordinary road. Shown by test/ledger/guard.test.ts.
 */
import { coalesce } from '../lib/coalesce.ts';
import { logError } from '../lib/log.ts';
import { codeOf } from '../lib/retry.ts';
import { within } from '../lib/within.ts';
import { Halt, haltSentence } from './halt.ts';

/** Cached state. Plain values, so that requests which share nothing else may share it. */
export interface Memory {
  halt: Halt | null;
  /** Entries that database and copy both cover; 0 with a halt. */
  covered: number;
  /** By `performance.now()`. */
  at: number;
  /** When it could last be told. */
  toldAt: number;
  /** Why it could not be told, the last time; empty if it could. */
  trouble: string;
  /** Whether that was the copy outside, which didn't answer in time. */
  copyAway: boolean;
}

export const openMemory = (): Memory => ({
  halt: null,
  covered: 0,
  at: Number.NEGATIVE_INFINITY,
  toldAt: performance.now(),
  trouble: '',
  copyAway: false,
});

/** Timeout in milliseconds of a request for a fresh state; then the cached one is answered. */
const PATIENCE = 1_000;

/** Milliseconds since it could last be told, after which nothing is said of it for good. */
const LONG_AGO = 5_000;

interface Watched {
  /** Publishes, and returns how many entries database and copy both cover; or throws a `Halt`. */
  publish(): Promise<number>;
  /** How many they cover if they go together. Null may be an error of one who reads while others write: `publish` has the last word. */
  follows(): Promise<number | null>;
}

export interface How {
  now?: boolean;
  waits?: boolean;
}

export interface Guard {
  publish(): Promise<number>;
  /**
   * Why the ledger stands still, or null. What can't be told now, as when the copy can't be read, is as it was; also what
   * takes longer to find out than a reader should wait. With `now` it is looked at anew, however long that takes, and throws if it
   * can't be told: for what would be lost with a wrong database and isn't sent again by itself. With `waits: false` what was known
   * is answered at once, and looked at anew behind it: for pages that anybody reads.
   */
  halted(how?: How): Promise<Halt | null>;
  /** How many entries database and copy both cover, as was known a moment ago; 0 while the ledger stands still. */
  covered(): Promise<number>;
  /** The same at once, looked at anew behind it; 0 where it wasn't told a moment ago: for what browsers keep for ever. */
  coveredNow(): number;
  /** Seconds since it could last be told whether the ledger stands still. */
  blindFor(): number;
  /** Whether that is since the copy outside doesn't answer in time, as far as was found out last. */
  copyAway(): boolean;
}

/** `fresh`: time to live of the cached state, in milliseconds. `later`: who keeps work going that nobody waits for. */
export function openGuard(
  { publish, follows }: Watched,
  {
    memory = openMemory(),
    fresh = 1_000,
    later = () => {},
  }: { memory?: Memory; fresh?: number; later?(work: Promise<unknown>): void } = {},
): Guard {
  const known = (): boolean => memory.at > Number.NEGATIVE_INFINITY;
  const learn = (halt: Halt | null, covered: number): void => {
    const before = memory.halt;
    const at = performance.now();
    Object.assign(memory, { halt, covered, at, toldAt: at, trouble: '', copyAway: false });
    // Once for each change.
    if (halt && halt.code !== before?.code) console.error(`CATATAN BERHENTI. ${haltSentence(halt)}`);
    if (!halt && before) console.error('Catatan berjalan lagi: basis data cocok dengan yang di luar.');
  };
  /** The same trouble once, not each time. */
  const trouble = (place: string, error: unknown): void => {
    // A database that only reads is told by the canary.
    if (String(error) !== memory.trouble && codeOf(error, (code) => code === '25006') === null)
      logError(place, error);
    const copyAway = codeOf(error, (code) => code === 'COPY_AWAY') !== null;
    Object.assign(memory, { at: performance.now(), trouble: String(error), copyAway });
  };
  const publishAndLearn = async (): Promise<number> => {
    try {
      const covered = await publish();
      learn(null, covered);
      return covered;
    } catch (error) {
      if (error instanceof Halt) learn(error, 0);
      else trouble('publish', error);
      throw error;
    }
  };
  /** What hindered it, or null. */
  const look = coalesce(async (): Promise<unknown> => {
    try {
      const covered = await follows();
      if (covered === null) await publishAndLearn();
      else learn(null, covered);
    } catch (error) {
      if (error instanceof Halt) return null;
      trouble('guard', error);
      return error;
    }
    return null;
  });
  const isStale = (): boolean => performance.now() - memory.at >= fresh;
  const refresh = async (): Promise<void> => {
    if (isStale()) await (known() ? within(PATIENCE, look()) : look());
  };
  return {
    publish: publishAndLearn,
    halted: async ({ now = false, waits = true } = {}) => {
      if (now) {
        const hindered = await look();
        if (hindered) throw hindered;
      } else if (waits) await refresh();
      else if (isStale()) later(look());
      return memory.halt;
    },
    covered: async () => {
      await refresh();
      return memory.covered;
    },
    coveredNow: () => {
      if (isStale()) later(look());
      return performance.now() - memory.toldAt < LONG_AGO ? memory.covered : 0;
    },
    blindFor: () => Math.max(0, (performance.now() - memory.toldAt) / 1000),
    copyAway: () => memory.copyAway,
  };
}

/**
 * Knows whether the ledger stands still, for whoever would write what belongs in it. Goes on by itself once database and
 * outside copy agree again, by the ordinary road. Shown by test/ledger/guard.test.ts.
 */
import { coalesce } from '../lib/coalesce.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { Halt, haltSentence } from './halt.ts';

/** What was last found out. Values alone, so that requests which share nothing else may share it. */
export interface Memory {
  halt: Halt | null;
  /** By `performance.now()`. */
  at: number;
  /** Why it could not be told, the last time; empty if it could. */
  trouble: string;
}

export const openMemory = (): Memory => ({
  halt: null,
  at: Number.NEGATIVE_INFINITY,
  trouble: '',
});

interface Watched {
  /** Publishes, or throws a `Halt`. */
  publish(): Promise<void>;
  /** Whether database and copy go together. False may be an error of one who reads while others write: `publish` has the last word. */
  follows(): Promise<boolean>;
}

export interface Guard {
  publish(): Promise<void>;
  /**
   * Why the ledger stands still, or null. What can't be told now, as when the copy can't be read, is as it was; also what
   * takes longer to find out than a reader should wait. With `now` it is looked at anew, however long that takes, and throws if it
   * can't be told: for what would be lost with a wrong database and isn't sent again by itself.
   */
  halted(how?: { now?: boolean }): Promise<Halt | null>;
}

/** Milliseconds for which somebody waits to know better what was known a moment ago. */
const PATIENCE = 1_000;

/** `fresh`: for how many milliseconds what was found out is believed. */
export function openGuard(
  { publish, follows }: Watched,
  { memory = openMemory(), fresh = 1_000 }: { memory?: Memory; fresh?: number } = {},
): Guard {
  const known = (): boolean => memory.at > Number.NEGATIVE_INFINITY;
  const learn = (halt: Halt | null): void => {
    const before = memory.halt;
    Object.assign(memory, { halt, at: performance.now(), trouble: '' });
    // Once for each change.
    if (halt && halt.code !== before?.code) console.error(`CATATAN BERHENTI. ${haltSentence(halt)}`);
    if (!halt && before) console.error('Catatan berjalan lagi: basis data cocok dengan yang di luar.');
  };
  const publishAndLearn = async (): Promise<void> => {
    try {
      await publish();
    } catch (error) {
      if (error instanceof Halt) learn(error);
      throw error;
    }
    learn(null);
  };
  /** What hindered it, or null. */
  const look = coalesce(async (): Promise<unknown> => {
    try {
      if (await follows()) learn(null);
      else await publishAndLearn();
    } catch (error) {
      if (error instanceof Halt) return null;
      // The same trouble once, not each second.
      if (String(error) !== memory.trouble) logError('guard', error);
      Object.assign(memory, { at: performance.now(), trouble: String(error) });
      return error;
    }
    return null;
  });
  return {
    publish: publishAndLearn,
    halted: async ({ now = false } = {}) => {
      if (now) {
        const hindered = await look();
        if (hindered) throw hindered;
      } else if (performance.now() - memory.at >= fresh) {
        await (known() ? within(PATIENCE, look()) : look());
      }
      return memory.halt;
    },
  };
}

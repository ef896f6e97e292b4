/**
 * Knows whether the ledger stands still, for whoever would write what belongs in it. Goes on by itself once database and
 * outside copy agree again, by the ordinary road. Shown by test/ledger/guard.test.ts.
 */
import { coalesce } from '../lib/coalesce.ts';
import { logError } from '../lib/log.ts';
import type { Heard } from './cosign.ts';
import { Halt, haltSentence } from './halt.ts';

/** What was last found out. Values alone, so that requests which share nothing else may share it. */
export interface Memory {
  halt: Halt | null;
  /** What a witness knows that the database doesn't. */
  ahead: Halt | null;
  /** By `performance.now()`. */
  at: number;
  /** Why it could not be told, the last time; empty if it could. */
  trouble: string;
}

export const openMemory = (): Memory => ({
  halt: null,
  ahead: null,
  at: Number.NEGATIVE_INFINITY,
  trouble: '',
});

interface Watched {
  /** Publishes, or throws a `Halt`. */
  publish(): Promise<void>;
  /** Whether it would publish. False may be an error of one who reads while others write: `publish` has the last word. */
  agrees(): Promise<boolean>;
}

export interface Guard {
  publish(): Promise<void>;
  /** Why the ledger stands still, or null. What can't be told now, as when the copy can't be read, is as it was. */
  halted(): Promise<Halt | null>;
  /** Takes in what the witnesses say. What one knows is believed until that one says otherwise: silence says nothing. */
  heard(heard: Heard): void;
}

/** `fresh`: for how many milliseconds what was found out is believed. */
export function openGuard(
  { publish, agrees }: Watched,
  { memory = openMemory(), fresh = 1_000 }: { memory?: Memory; fresh?: number } = {},
): Guard {
  const current = (): Halt | null => memory.halt ?? memory.ahead;
  const change = (found: Partial<Memory>): void => {
    const before = current();
    Object.assign(memory, found);
    const after = current();
    // Once for each change.
    if (after && after.code !== before?.code) console.error(`CATATAN BERHENTI. ${haltSentence(after)}`);
    if (!after && before) console.error('Catatan berjalan lagi: basis data cocok dengan yang di luar.');
  };
  const learn = (halt: Halt | null): void => change({ halt, at: performance.now(), trouble: '' });
  const publishAndLearn = async (): Promise<void> => {
    // The copy outside may be as old as the database: both are of one backup, and the witness alone knows.
    if (memory.ahead) throw memory.ahead;
    try {
      await publish();
    } catch (error) {
      if (error instanceof Halt) learn(error);
      throw error;
    }
    learn(null);
  };
  const look = coalesce(async () => {
    try {
      if (await agrees()) learn(null);
      else await publishAndLearn();
    } catch (error) {
      if (error instanceof Halt) return;
      // The same trouble once, not each second.
      if (String(error) !== memory.trouble) logError('guard', error);
      Object.assign(memory, { at: performance.now(), trouble: String(error) });
    }
  });
  return {
    publish: publishAndLearn,
    halted: async () => {
      if (performance.now() - memory.at >= fresh) await look();
      return current();
    },
    heard: ({ ahead, agreed }) => {
      if (ahead) change({ ahead });
      else if (memory.ahead && agreed.includes(memory.ahead.detail!)) change({ ahead: null });
    },
  };
}

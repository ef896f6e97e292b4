/**
 * Canary: probes whether a signature could be recorded now, by recording one that is undone in the same statement; and looks at
 * what becomes of true ones, since a full disk may still have room for something small. Shown by test/pages/health.test.ts.
 */
import { coalesce } from '../lib/coalesce.ts';
import { logError } from '../lib/log.ts';
import { codeOf, isTransient } from '../lib/retry.ts';
import { within } from '../lib/within.ts';

/** `database-refuses`: the service may not write to a table. `database-slow`: something holds it up, as a lock. */
export type WriteTrouble =
  | 'database-away'
  | 'database-full'
  | 'database-read-only'
  | 'database-refuses'
  | 'database-slow'
  | 'database-trouble';

/** By SQLSTATE (PostgreSQL, appendix A), and our own code for one that nobody answered. */
const TROUBLES: Record<string, WriteTrouble> = {
  '53100': 'database-full',
  '25006': 'database-read-only',
  '42501': 'database-refuses',
  '55P03': 'database-slow',
  '57014': 'database-slow',
  STATEMENT_TIMEOUT: 'database-slow',
};

/** Cached result of the probe. Plain values, so that requests which share nothing else may share it. */
export interface CanaryMemory {
  trouble: WriteTrouble | null;
  /** By `performance.now()`. */
  at: number;
  /** What true ones met of late: when, by `performance.now()`; null: it was recorded. */
  met: { trouble: WriteTrouble | null; at: number }[];
}

export const openCanaryMemory = (): CanaryMemory => ({
  trouble: null,
  at: Number.NEGATIVE_INFINITY,
  met: [],
});

export interface Canary {
  /** Why nothing could be recorded now, or null. */
  trouble(): Promise<WriteTrouble | null>;
  /** What became of a signature: an error, or null if it was recorded. Errors of other kinds say nothing. */
  met(error: unknown): void;
}

/** Sliding window over what signatures met: its milliseconds, and the most of them that are kept. */
const BACK = 30_000;
const MOST = 200;

/** Milliseconds after which whoever asks is told that it takes too long. */
const SLOW = 3_000;

/** `fresh`: time to live of the cached result, in milliseconds: strangers may ask as often as they like. */
export function openCanary(
  write: () => Promise<void>,
  { memory = openCanaryMemory(), fresh = 3_000 }: { memory?: CanaryMemory; fresh?: number } = {},
): Canary {
  const tryOut = async (): Promise<WriteTrouble | null> => {
    try {
      const done = await within(
        SLOW,
        write().then(() => true),
      );
      return done ? null : 'database-slow';
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== memory.trouble) logError('canary', error);
      return trouble;
    }
  };
  const look = coalesce(async () => {
    const trouble = await tryOut();
    Object.assign(memory, { trouble, at: performance.now() });
  });
  return {
    trouble: async () => {
      if (performance.now() - memory.at >= fresh) await look();
      return memory.trouble ?? mostMet(memory.met);
    },
    met: (error) => {
      const met = error === null ? null : knownTrouble(error);
      if (error !== null && met === null) return;
      const since = performance.now() - BACK;
      memory.met = [
        ...memory.met.filter(({ at }) => at > since),
        { trouble: met, at: performance.now() },
      ].slice(-MOST);
    },
  };
}

/** What hindered the last, if of late it was more than one, and more than were recorded: one that waited says nothing. */
function mostMet(met: CanaryMemory['met']): WriteTrouble | null {
  const late = met.filter(({ at }) => at > performance.now() - BACK);
  const hindered = late.filter(({ trouble }) => trouble !== null);
  return hindered.length > 1 && 2 * hindered.length > late.length ? hindered.at(-1)!.trouble : null;
}

function knownTrouble(error: unknown): WriteTrouble | null {
  const known = codeOf(error, (code) => code in TROUBLES);
  return known === null ? null : TROUBLES[known]!;
}

/** Also for what is only read. */
export function troubleOf(error: unknown): WriteTrouble {
  return knownTrouble(error) ?? (isTransient(error) ? 'database-away' : 'database-trouble');
}

/**
 * Whether a signature could be recorded now: found out by recording one that is undone in the same statement. Shown by
 * test/pages/health.test.ts.
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

/** What was last found out. Values alone, so that requests which share nothing else may share it. */
export interface CanaryMemory {
  trouble: WriteTrouble | null;
  /** By `performance.now()`. */
  at: number;
}

export const openCanaryMemory = (): CanaryMemory => ({ trouble: null, at: Number.NEGATIVE_INFINITY });

/** Milliseconds after which whoever asks is told that it takes too long. */
const SLOW = 3_000;

/** `fresh`: for how many milliseconds what was found out is believed: strangers may ask as often as they like. */
export function openCanary(
  write: () => Promise<void>,
  { memory = openCanaryMemory(), fresh = 3_000 }: { memory?: CanaryMemory; fresh?: number } = {},
): () => Promise<WriteTrouble | null> {
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
  return async () => {
    if (performance.now() - memory.at >= fresh) await look();
    return memory.trouble;
  };
}

function troubleOf(error: unknown): WriteTrouble {
  const known = codeOf(error, (code) => code in TROUBLES);
  if (known !== null) return TROUBLES[known]!;
  return isTransient(error) ? 'database-away' : 'database-trouble';
}

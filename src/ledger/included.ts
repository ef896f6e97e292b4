/** Waits until the world can see an entry, and a copy outside the database knows of it (publish.ts). Shown by test/ledger/included.test.ts. */
import type { Db } from '../db.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import * as checkpoints from './checkpoints.ts';
import { Halt } from './halt.ts';

export interface Inclusion {
  logIndex: number;
  /** Of a published checkpoint that covers the entry. */
  size: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Publishes, and returns when a published checkpoint covers the entry: ours or another process's. Null if none does
 * after `ms`; the entry is recorded all the same and waits for the next publishing. What hinders publishing is logged, but for
 * a `Halt`. With `cosigned` a witness must have countersigned that checkpoint.
 */
export async function included(
  db: Db,
  leafId: number,
  publish: () => Promise<void>,
  ms: number,
  { cosigned = false } = {},
): Promise<Inclusion | null> {
  let late = false;
  const search = async (): Promise<Inclusion | null> => {
    for (let rest = 25; !late; rest = Math.min(2 * rest, 400)) {
      try {
        const inclusion = await checkpoints.covering(db, leafId, cosigned);
        if (inclusion) return inclusion;
        await publish();
        const now = await checkpoints.covering(db, leafId, cosigned);
        if (now) return now;
      } catch (error) {
        // A fork or a foreign key doesn't pass by waiting; who guards the ledger has said it.
        if (error instanceof Halt) return null;
        logError('ledger: not published', error);
      }
      await pause(rest);
    }
    return null;
  };
  try {
    return await within(ms, search());
  } finally {
    late = true;
  }
}

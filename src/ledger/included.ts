/** Waits for inclusion: a published checkpoint covers the entry, and the copy outside has it (publish.ts). Shown by test/ledger/included.test.ts. */
import type { Db } from '../db.ts';
import type { Digest } from '../lib/sha256.ts';
import { within } from '../lib/within.ts';
import * as checkpoints from './checkpoints.ts';
import type { Guard } from './guard.ts';
import { Halt } from './halt.ts';

export interface Inclusion {
  logIndex: number;
  /** Of a published checkpoint that covers the entry. */
  size: number;
}

/** Which entry: its row, and a digest that it holds, since rows of another database have the same numbers. */
export interface Awaited {
  leafId: number;
  digest: Digest;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Publishes, and returns when a published checkpoint covers the entry, ours or another process's, and our own copy outside knows
 * of it. Null if that isn't so after `ms`; the entry is recorded all the same and waits for the next publishing. With `cosigned`
 * a witness must have countersigned the checkpoint. `fresh`: it was recorded just now, so that it isn't looked for before it is published.
 */
export async function included(
  db: Db,
  entry: Awaited,
  { publish, covered }: Pick<Guard, 'publish' | 'covered'>,
  ms: number,
  { cosigned = false, fresh = false } = {},
): Promise<Inclusion | null> {
  let late = false;
  const search = async (): Promise<Inclusion | null> => {
    for (let rest = 25; !late; rest = Math.min(2 * rest, 400)) {
      try {
        const inclusion = fresh ? null : await checkpoints.covering(db, entry, cosigned);
        fresh = false;
        if (inclusion && (await covered()) > inclusion.logIndex) return inclusion;
        const size = await publish();
        const now = await checkpoints.covering(db, entry, cosigned);
        if (now && size > now.logIndex) return now;
      } catch (error) {
        // A fork or a foreign key doesn't pass by waiting. What else hinders publishing, its guard has said.
        if (error instanceof Halt) return null;
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

/** Sequencing: gives every entry that waits its index in the tree. Shown by test/ledger/integrate.test.ts. */
import type { Db } from '../db.ts';
import * as leaves from './leaves.ts';

/**
 * In batches of `atMost`, each one statement that either commits whole or leaves no trace. Several at once, in any
 * number of processes, make one tree. Returns a head that is committed and holds all that waited at the call.
 */
export async function integrate(db: Db, atMost = 10_000): Promise<leaves.TreeHead> {
  while ((await leaves.place(db, atMost)) === atMost);
  return leaves.head(db);
}

/** Sequencing: gives every entry that waits its index in the tree. Shown by test/ledger/integrate.test.ts. */
import type { Db } from '../db.ts';
import * as standings from './standings.ts';

/**
 * In batches of `atMost`, each one statement that either commits whole or leaves no trace. Several at once, in any
 * number of processes, make one tree. Returns how the ledger stands then: its head is committed, and holds all that waited at the call.
 */
export async function integrate(db: Db, atMost = 10_000): Promise<standings.LedgerStanding> {
  for (;;) {
    const { placed, standing } = await standings.place(db, atMost);
    if (placed < atMost) return standing;
  }
}

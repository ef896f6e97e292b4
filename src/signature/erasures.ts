/** Erasure for law's sake (UU 27/2022): what is removed of a pledge, and that it was. Shown by test/signature/erasures.test.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { retry } from '../lib/retry.ts';

/** Of `erase_pledge`. */
export const ERASING = ['erased', 'pledge-unknown', 'pledge-erased'] as const;
export type EraseCode = CodeOf<typeof ERASING>;

/**
 * Removes text, evidence and paper, and the passkey if no other pledge was made with it. The digests stay, in the row and in
 * the ledger; the list that the organiser keeps is not touched. It can't be undone. `kode`: twelve symbols.
 */
export async function erase(db: Db, kode: string, alasan: string): Promise<Outcome<EraseCode>> {
  const [row] = await retry(() =>
    db.execute<{ outcome: string }>(sql`select erase_pledge(${kode}, ${alasan}) as outcome`),
  );
  return outcomeOf(ERASING, row!.outcome);
}

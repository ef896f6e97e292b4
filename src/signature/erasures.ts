/** Erasure for law's sake (UU 27/2022): what is removed of a pledge, and that it was. Shown by test/signature/erasures.test.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { retry } from '../lib/retry.ts';

export type EraseCode = 'pledge-unknown' | 'pledge-erased';

/**
 * Removes text, evidence and paper, and the passkey if no other pledge was made with it. The digests stay, in the row and in
 * the ledger; the list that the organiser keeps is not touched. It can't be undone. `kode`: twelve symbols.
 */
export async function erase(
  db: Db,
  kode: string,
  alasan: string,
): Promise<{ ok: true } | { ok: false; code: EraseCode }> {
  const [row] = await retry(() =>
    db.execute<{ outcome: string }>(sql`select erase_pledge(${kode}, ${alasan}) as outcome`),
  );
  return row!.outcome === 'erased' ? { ok: true } : { ok: false, code: row!.outcome as EraseCode };
}

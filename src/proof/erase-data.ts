/**
 * Erases a pledge's data for law's sake: of whoever a passkey's signature and the list show it to be, and of nobody else. Shown by
 * test/proof/erase-data.test.ts.
 */
import type { Db } from '../db.ts';
import { Failure } from '../lib/failure.ts';
import type { Outcome } from '../lib/outcome.ts';
import * as erasures from '../signature/erasures.ts';
import * as pledges from '../signature/pledges.ts';
import { parseStatement } from '../statement/statement.ts';
import { checkKept } from './check-proof.ts';
import { siteOf } from './check-rows.ts';

/** See `erasures.erase`. */
export const eraseData = async (db: Db, kode: string, alasan: string): Promise<Outcome<erasures.EraseCode>> =>
  erasures.erase(db, kode, alasan, await isSigned(await pledges.byCode(db, kode)));

/** Whose a pledge is; or why nothing proves it: its evidence, the list that it names, or an earlier release, which erased both. */
export async function proveHolder(
  db: Db,
  pledge: pledges.Pledge,
): Promise<
  { ok: true; holder: erasures.PledgeHolder } | { ok: false; code: 'evidence' | 'list' | 'erased-before' }
> {
  if (!pledge.erased && !(await isSigned(pledge))) return { ok: false, code: 'evidence' };
  const holder = await erasures.holderOf(db, pledge.kode);
  if (holder) return { ok: true, holder };
  return { ok: false, code: pledge.erased ? 'erased-before' : 'list' };
}

/** See `erasures.remains`: a pledge counts as theirs only if a passkey signed it. */
export async function remainsOf(db: Db, holder: erasures.PledgeHolder): Promise<erasures.Remains> {
  const left = await erasures.remains(db, holder);
  const signed = new Set<string>();
  for (const kode of left.pledges) if (await isSigned(await pledges.byCode(db, kode))) signed.add(kode);
  return {
    ...left,
    pledges: left.pledges.filter((kode) => signed.has(kode)),
    unproven: [...left.pledges.filter((kode) => !signed.has(kode)), ...left.unproven],
  };
}

/** Whether a passkey signed its statement, and the ledger's entry is of both. When, is for others to ask: a clock may have been wrong. */
async function isSigned(pledge: pledges.Pledge | null): Promise<boolean> {
  if (!pledge || pledge.erased) return false;
  try {
    const { catatan } = parseStatement(pledge.statement);
    const site = await siteOf(pledge, catatan.origin.replace(/\/catatan$/, ''));
    const wrong = await checkKept({ ...pledge, ...site });
    return wrong === null || wrong.step === 'waktu';
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

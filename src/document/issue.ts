/** Gives out the paper of a pledge: made at the first asking, kept, the same bytes ever after. */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import { parseProof } from '../ledger/proof.ts';
import { sha256 } from '../lib/sha256.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { assemble } from '../proof/assemble.ts';
import { formatProofFile } from '../proof/proof.ts';
import { parseStatement } from '../statement/statement.ts';
import * as documents from './documents.ts';
import { stamp } from './stamp.ts';

export type Issued =
  | ({ ok: true } & documents.Kept)
  | { ok: false; code: 'document-unknown' }
  /** Signed, but not yet in the public ledger: no paper exists before it is. */
  | { ok: false; code: 'document-waiting' };

/** `kode` without hyphens. */
export async function issue({ db, config }: { db: Db; config: Config }, kode: string): Promise<Issued> {
  const kept = await documents.byCode(db, kode);
  if (kept) return { ok: true, ...kept };
  const found = await documents.material(db, kode);
  if (!found) return { ok: false, code: 'document-unknown' };
  const { text, spki, authenticatorData, ...rest } = found;
  const proof = await assemble(db, config, kode);
  if (!proof) return { ok: false, code: 'document-waiting' };
  const pdf = await stamp({
    ...rest,
    text,
    proof: formatProofFile(proof),
    statement: parseStatement(text),
    challenge: await challengeOf(text),
    algorithm: (await parseSpki(spki)).alg,
    flags: authenticatorData[32]!,
    ledger: { origin: config.ledgerOrigin, index: parseProof(proof.tlogProof).index },
    origin: config.origin,
  });
  return { ok: true, ...(await documents.keep(db, found.hash, pdf, await sha256(pdf))) };
}

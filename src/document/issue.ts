/** Gives out the paper of a pledge: made and sealed once, kept, the same bytes ever after. */
import { parseProof } from '../ledger/proof.ts';
import type { Bytes } from '../lib/bytes.ts';
import { logError } from '../lib/log.ts';
import { sha256 } from '../lib/sha256.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { assemble } from '../proof/assemble.ts';
import { formatProofFile } from '../proof/proof.ts';
import type { Services } from '../services.ts';
import { parseStatement } from '../statement/statement.ts';
import * as documents from './documents.ts';
import { seal } from './seal.ts';
import { stamp } from './stamp.ts';

export type Issued =
  | ({ ok: true } & documents.Kept)
  | { ok: false; code: 'document-unknown' }
  /** Signed, but not yet in the public ledger: no paper exists before it is. */
  | { ok: false; code: 'document-waiting' }
  /** The sealer can't seal now. The pledge stands without a paper, which `issueDue` makes later. */
  | { ok: false; code: 'document-unsealed' }
  /** The ledger stands still, so no paper is made whose digest belongs in it. */
  | { ok: false; code: 'document-halted' };

type Needs = Pick<Services, 'db' | 'config' | 'sealer' | 'halted'>;

/** `kode` without hyphens. */
export async function issue({ db, config, sealer, halted }: Needs, kode: string): Promise<Issued> {
  const kept = await documents.byCode(db, kode);
  if (kept) return { ok: true, ...kept };
  const found = await documents.material(db, kode);
  if (!found) return { ok: false, code: 'document-unknown' };
  if (await halted()) return { ok: false, code: 'document-halted' };
  const { text, spki, authenticatorData, ...rest } = found;
  const proof = await assemble(db, config, kode);
  if (!proof) return { ok: false, code: 'document-waiting' };
  const room = { name: sealer.name, at: new Date(), length: sealer.room };
  const paper = await stamp(
    {
      ...rest,
      text,
      proof: formatProofFile(proof),
      statement: parseStatement(text),
      challenge: await challengeOf(text),
      algorithm: (await parseSpki(spki)).alg,
      flags: authenticatorData[32]!,
      ledger: { origin: config.ledgerOrigin, index: parseProof(proof.tlogProof).index },
      origin: config.origin,
    },
    room,
  );
  let pdf: Bytes;
  try {
    pdf = await seal(sealer, paper);
  } catch (error) {
    logError('seal', error);
    return { ok: false, code: 'document-unsealed' };
  }
  return { ok: true, ...(await documents.keep(db, found.hash, pdf, await sha256(pdf))) };
}

/**
 * Makes some of the papers that are due for so many seconds, as after a crash or a failed seal. A sealer that fails is
 * asked once.
 */
export async function issueDue(services: Needs, { seconds = 15, atMost = 20 } = {}): Promise<void> {
  for (const kode of await documents.due(services.db, { seconds, atMost })) {
    const issued = await issue(services, kode);
    if (!issued.ok && (issued.code === 'document-unsealed' || issued.code === 'document-halted')) return;
  }
}

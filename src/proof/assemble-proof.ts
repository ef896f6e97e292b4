/** Puts the proof of one pledge, or of its withdrawal, together from what is kept. Shown by test/pages/pledge-files.test.ts. */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { formatConsistency } from '../ledger/consistency.ts';
import * as leaves from '../ledger/leaves.ts';
import { proveBoth, proveInclusion } from '../ledger/merkle.ts';
import { parseNote } from '../ledger/note.ts';
import { formatProof } from '../ledger/tlog-proof.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import * as pledges from '../signature/pledges.ts';
import type { PledgeName } from '../statement/address.ts';
import { parseStatement } from '../statement/statement.ts';
import type * as withdrawals from '../withdrawal/withdrawals.ts';
import type { ProofFile } from './proof-file.ts';
import type { WithdrawalFile } from './withdrawal-file.ts';

/** A pledge, and the current checkpoint. */
export interface Provable {
  pledge: pledges.Pledge;
  current: checkpoints.StoredCheckpoint | null;
}

/** Both at once: from the edge each read is a round trip. Null if there is no such pledge. */
export async function findProvable(db: Db, name: PledgeName): Promise<Provable | null> {
  const [pledge, current] = await Promise.all([pledges.byName(db, name), checkpoints.current(db)]);
  return pledge && { pledge, current };
}

/** `kode` without hyphens. Null if there is no such pledge, it was erased, or no published checkpoint covers its entry yet. */
export async function assembleProof(db: Db, config: Config, kode: string): Promise<ProofFile | null> {
  const found = await findProvable(db, { kind: 'code', code: kode });
  return found && prove(db, config, found);
}

/** The same for a pledge that has been read, under the checkpoint that has been read with it. */
export async function prove(
  db: Db,
  config: Config,
  { pledge, current }: Provable,
): Promise<ProofFile | null> {
  const proven = pledge.erased
    ? null
    : await proveEntry(db, current, pledge.logIndex, sizeNamed(pledge.statement));
  if (!proven) return null;
  return {
    statement: pledge.statement,
    authenticatorData: pledge.authenticatorData,
    clientDataJson: pledge.clientDataJson,
    signature: pledge.signature,
    spki: pledge.spki,
    rpId: config.rpId,
    origin: config.origin,
    entry: pledge.entry,
    ...proven,
  };
}

/** What shows that a pledge was withdrawn. Null if it was not, or no published checkpoint covers the entry yet. */
export async function proveWithdrawal(
  db: Db,
  config: Config,
  kept: withdrawals.EffectiveWithdrawal | null,
  current: Provable['current'],
): Promise<WithdrawalFile | null> {
  const proven = kept && (await proveEntry(db, current, kept.logIndex, null));
  if (!kept || !proven) return null;
  return {
    withdrawal: kept.statement,
    officers: [kept.asked, kept.confirmed],
    rpId: config.rpId,
    origin: config.origin,
    entry: kept.entry,
    tlogProof: proven.tlogProof,
  };
}

/** Entries in the tree that a statement names. Null if it can't be read: then the check says so, and not we. */
function sizeNamed(statement: string): number | null {
  try {
    return parseStatement(statement).catatan.size;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/**
 * The tlog-proof of an entry under the current checkpoint, and the proof that this continues the tree of `older` entries;
 * null if it doesn't cover the entry. A tree that is greater than the checkpoint can't be continued by it.
 */
async function proveEntry(
  db: Db,
  current: Provable['current'],
  logIndex: number | null,
  older: number | null,
): Promise<Pick<ProofFile, 'tlogProof' | 'consistency'> | null> {
  if (logIndex === null || current === null) return null;
  // The signed text, not the columns beside it: it is what a stranger will read.
  const { size } = parseCheckpoint(parseNote(current.note).text);
  if (logIndex >= size) return null;
  const read = leaves.hashes(db);
  const proof = (hashes: Bytes[]): string =>
    formatProof({ index: logIndex, hashes, checkpoint: current.note });
  if (older === null || older > size) {
    return { tlogProof: proof(await proveInclusion(size, logIndex, read)), consistency: null };
  }
  const { inclusion, consistency } = await proveBoth({ older, index: logIndex }, size, read);
  return {
    tlogProof: proof(inclusion),
    consistency: formatConsistency({ older, size, hashes: consistency }),
  };
}

/** Has the current checkpoint countersigned by those witnesses who haven't yet. Shown by test/ledger/cosign.test.ts. */
import type { Db } from '../db.ts';
import { describeError, printable } from '../lib/log.ts';
import { askWitness, WitnessAhead, WitnessDiffers } from './ask.ts';
import * as checkpoints from './checkpoints.ts';
import { formatWitnessKey } from './cosignature.ts';
import * as cosignatures from './cosignatures.ts';
import * as leaves from './leaves.ts';
import { proveConsistency } from './merkle.ts';
import * as objections from './objections.ts';
import type { AskedWitness } from './witness-list.ts';

/**
 * Asks all at once, each for at most `ms`, and keeps every line as it comes; also that one has countersigned more than is
 * published here, or another tree, until that same one agrees: then the ledger stands still (publish.ts). A witness that is
 * slow or silent, or answers with a line that isn't its own, costs nothing but that line, and is asked again at the next call; with
 * `again`, also one that has countersigned already. Neither answer that stops the ledger is signed: who asks a witness over http
 * lets the network speak for it.
 */
export async function cosign(
  db: Db,
  witnesses: AskedWitness[],
  { ms = 10_000, again = false } = {},
): Promise<void> {
  const current = witnesses.length > 0 ? await checkpoints.current(db) : null;
  if (!current) return;
  const { size, note } = current;
  const done = await cosignatures.greatest(
    db,
    witnesses.map(({ verifier }) => formatWitnessKey(verifier)),
  );
  const askOne = async (witness: AskedWitness): Promise<void> => {
    const { name } = witness.verifier;
    const key = formatWitnessKey(witness.verifier);
    const older = done.get(key) ?? 0;
    if (older >= size && !again) return;
    const prove = (from: number) => proveConsistency(from, size, leaves.hashes(db));
    const objected = { key: `saksi ${key}`, name, root: null };
    let line: string;
    try {
      line = await askWitness(witness, { checkpoint: note, older: Math.min(older, size), prove }, ms);
    } catch (error) {
      console.warn(printable(`saksi ${name}: ${describeError(error).split('\n')[0]}`));
      if (error instanceof WitnessAhead)
        await objections.raise(db, { ...objected, kind: 'ahead', size: error.size });
      if (error instanceof WitnessDiffers)
        await objections.raise(db, { ...objected, kind: 'differs', size: error.size });
      return;
    }
    await cosignatures.add(db, { size, key, line });
    await objections.takeBack(db, objected.key);
  };
  await Promise.all(witnesses.map(askOne));
}

/** Has the current checkpoint countersigned by those witnesses who haven't yet. Shown by test/ledger/cosign.test.ts. */
import type { Db } from '../db.ts';
import { describeError, printable } from '../lib/log.ts';
import { ask } from './ask.ts';
import * as checkpoints from './checkpoints.ts';
import { formatWitnessKey } from './cosignature.ts';
import * as cosignatures from './cosignatures.ts';
import * as leaves from './leaves.ts';
import { proveConsistency } from './merkle.ts';
import type { AskedWitness } from './witness-list.ts';

/**
 * Asks all at once, each for at most `ms`, and keeps every line as it comes. A witness that is slow, silent or lies
 * costs nothing but its own line, and is asked again at the next call.
 */
export async function cosign(db: Db, witnesses: AskedWitness[], ms = 5_000): Promise<void> {
  if (witnesses.length === 0) return;
  const current = await checkpoints.current(db);
  if (!current) return;
  const { size, note } = current;
  const done = await cosignatures.greatest(
    db,
    witnesses.map(({ verifier }) => formatWitnessKey(verifier)),
  );
  const askOne = async (witness: AskedWitness): Promise<void> => {
    const key = formatWitnessKey(witness.verifier);
    const older = done.get(key) ?? 0;
    if (older >= size) return;
    const prove = (from: number) => proveConsistency(from, size, leaves.hashes(db));
    let line: string;
    try {
      line = await ask(witness, { checkpoint: note, older, prove }, ms);
    } catch (error) {
      console.warn(printable(`witness ${witness.verifier.name}: ${describeError(error).split('\n')[0]}`));
      return;
    }
    await cosignatures.add(db, { size, key, line });
  };
  await Promise.all(witnesses.map(askOne));
}

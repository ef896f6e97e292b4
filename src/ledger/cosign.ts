/** Has the current checkpoint countersigned by those witnesses who haven't yet. Shown by test/ledger/cosign.test.ts. */
import type { Db } from '../db.ts';
import { describeError, printable } from '../lib/log.ts';
import { ask, WitnessAhead } from './ask.ts';
import * as checkpoints from './checkpoints.ts';
import { formatWitnessKey } from './cosignature.ts';
import * as cosignatures from './cosignatures.ts';
import * as leaves from './leaves.ts';
import { proveConsistency } from './merkle.ts';
import type { AskedWitness } from './witness-list.ts';

/**
 * Asks all at once, each for at most `ms`, and keeps every line as it comes; also that one has countersigned more than the
 * database has published, which then stands still (publish.ts). A witness that is slow, silent or lies costs nothing but its
 * own line, and is asked again at the next call.
 */
export async function cosign(
  db: Db,
  witnesses: AskedWitness[],
  { ms = 5_000, again = false } = {},
): Promise<void> {
  const keys = witnesses.map(({ verifier }) => formatWitnessKey(verifier));
  if (again) await cosignatures.forgetOthers(db, keys);
  const current = witnesses.length > 0 ? await checkpoints.current(db) : null;
  if (!current) return;
  const { size, note } = current;
  const done = await cosignatures.greatest(db, keys);
  const askOne = async (witness: AskedWitness): Promise<void> => {
    const { name } = witness.verifier;
    const key = formatWitnessKey(witness.verifier);
    const older = done.get(key) ?? 0;
    if (older >= size && !again) return;
    const prove = (from: number) => proveConsistency(from, size, leaves.hashes(db));
    let line: string;
    try {
      line = await ask(witness, { checkpoint: note, older: Math.min(older, size), prove }, ms);
    } catch (error) {
      console.warn(printable(`witness ${name}: ${describeError(error).split('\n')[0]}`));
      if (error instanceof WitnessAhead) await cosignatures.knowsMore(db, { key, name, size: error.size });
      return;
    }
    await cosignatures.add(db, { size, key, line });
  };
  await Promise.all(witnesses.map(askOne));
}

/** Has the current checkpoint countersigned by those witnesses who haven't yet. Shown by test/ledger/cosign.test.ts. */
import type { Db } from '../db.ts';
import { describeError, printable } from '../lib/log.ts';
import { ask, WitnessAhead } from './ask.ts';
import * as checkpoints from './checkpoints.ts';
import { formatWitnessKey } from './cosignature.ts';
import * as cosignatures from './cosignatures.ts';
import { Halt } from './halt.ts';
import * as leaves from './leaves.ts';
import { proveConsistency } from './merkle.ts';
import type { AskedWitness } from './witness-list.ts';

export interface Heard {
  /** If one has countersigned more entries than the database has published: an older database is in its place. */
  ahead: Halt | null;
  /** Names of those who have just countersigned. */
  agreed: string[];
}

/**
 * Asks all at once, each for at most `ms`, and keeps every line as it comes. A witness that is slow, silent or lies
 * costs nothing but its own line, and is asked again at the next call; with `again`, also one that has said so already.
 *
 */
export async function cosign(
  db: Db,
  witnesses: AskedWitness[],
  { ms = 5_000, again = false } = {},
): Promise<Heard> {
  const heard: Heard = { ahead: null, agreed: [] };
  const current = witnesses.length > 0 ? await checkpoints.current(db) : null;
  if (!current) return heard;
  let ahead: { name: string; size: number } | null = null;
  const { size, note } = current;
  const done = await cosignatures.greatest(
    db,
    witnesses.map(({ verifier }) => formatWitnessKey(verifier)),
  );
  const askOne = async (witness: AskedWitness): Promise<void> => {
    const key = formatWitnessKey(witness.verifier);
    const older = done.get(key) ?? 0;
    if (older >= size && !again) return;
    const prove = (from: number) => proveConsistency(from, size, leaves.hashes(db));
    let line: string;
    try {
      line = await ask(witness, { checkpoint: note, older: Math.min(older, size), prove }, ms);
    } catch (error) {
      if (error instanceof WitnessAhead) ahead = { name: witness.verifier.name, size: error.size };
      console.warn(printable(`witness ${witness.verifier.name}: ${describeError(error).split('\n')[0]}`));
      return;
    }
    heard.agreed.push(witness.verifier.name);
    await cosignatures.add(db, { size, key, line });
  };
  await Promise.all(witnesses.map(askOne));
  return { ...heard, ahead: ahead && (await haltBehind(db, ahead)) };
}

/** Null if another process has published as much meanwhile, and had it countersigned. */
async function haltBehind(db: Db, { name, size }: { name: string; size: number }): Promise<Halt | null> {
  const database = (await checkpoints.current(db))?.size ?? 0;
  return size > database ? new Halt('witness-ahead', name, { outside: size, database }) : null;
}

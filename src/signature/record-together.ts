/**
 * Group commit: recordings that come while others are on their way to the database go there next, several in one statement. A hall
 * that signs at once costs few commits, and nobody waits for company: who comes alone goes alone. Shown by
 * test/signature/record-together.test.ts.
 */
import type { Db } from '../db.ts';
import { hex } from '../lib/bytes.ts';
import { logError } from '../lib/log.ts';
import { codeOf, isAway } from '../lib/retry.ts';
import { within } from '../lib/within.ts';
import * as signatures from './signatures.ts';

/** Signatures in one statement: some milliseconds' work, and all that anyone waits for another's. */
const MOST = 8;
/** Milliseconds until the next statement goes beside the one before: that may have met something slow, or nobody who answers. */
const PATIENCE = 20;
/** Milliseconds after which one whose rows somebody holds tries again; after the last it gives up, as a statement that waits would. */
const PAUSES = [30, 100, 300, 600, 1000];

/** Of one that was at its rows. */
type Known = Exclude<signatures.Recorded, { outcome: 'held' }>;

interface Waiting {
  recording: signatures.Recording;
  tries: number;
  resolve(recorded: Known): void;
  reject(error: unknown): void;
}

interface Queue {
  waiting: Waiting[];
  /** Whether some are on their way. */
  sending: boolean;
}

/** Of each database that the process has. */
const queues = new WeakMap<Db, Queue>();

/** Rejects if it isn't known whether it was recorded, as a statement does whose connection is lost, and if its rows stay held. */
export function recordTogether(db: Db, recording: signatures.Recording): Promise<Known> {
  const queue = queues.get(db) ?? { waiting: [], sending: false };
  queues.set(db, queue);
  return new Promise((resolve, reject) => {
    join(db, queue, { recording, tries: 0, resolve, reject });
  });
}

function join(db: Db, queue: Queue, one: Waiting): void {
  queue.waiting.push(one);
  if (!queue.sending) void sendAll(db, queue);
}

async function sendAll(db: Db, queue: Queue): Promise<void> {
  queue.sending = true;
  while (queue.waiting.length > 0) await within(PATIENCE, send(db, queue, takeSome(queue)));
  queue.sending = false;
}

/** The next: of one person, or of one passkey, one at a time, since its statement takes no second. */
function takeSome(queue: Queue): Waiting[] {
  const taken: Waiting[] = [];
  const met = new Set<string>();
  queue.waiting = queue.waiting.filter((one) => {
    const { personId, credentialId } = one.recording.made;
    const of = [personId, hex(credentialId)];
    if (taken.length === MOST || of.some((name) => met.has(name))) return true;
    for (const name of of) met.add(name);
    taken.push(one);
    return false;
  });
  return taken;
}

async function send(db: Db, queue: Queue, some: readonly Waiting[]): Promise<void> {
  try {
    const recorded = await signatures.record(
      db,
      some.map(({ recording }) => recording),
    );
    some.forEach((one, at) => {
      const done = recorded[at]!;
      if (done.outcome === 'held') tryAgain(db, queue, one);
      else one.resolve(done);
    });
  } catch (error) {
    // What one of several breaks is its own affair.
    if (some.length > 1 && !isOfAll(error)) {
      if (!isOfOne(error)) logError('record-together', error);
      for (const one of some) await within(PATIENCE, send(db, queue, [one]));
    } else for (const one of some) one.reject(error);
  }
}

function tryAgain(db: Db, queue: Queue, one: Waiting): void {
  const pause = PAUSES[one.tries++];
  if (pause === undefined) one.reject(heldError());
  else setTimeout(join, pause, db, queue, one);
}

/** As PostgreSQL says it of a lock that was waited for too long. */
const heldError = (): Error =>
  Object.assign(new Error('record-together: somebody holds its rows'), { code: '55P03' });

/** Of the server or the way to it: then each is told the same as if it had gone alone. Not of one that was slow, or met a lock. */
const isOfAll = (error: unknown): boolean =>
  isAway(error) && codeOf(error, (code) => /^(?:40...|55P03|57014)$/.test(code)) === null;

/** Of what one of them brings: a value that the database can't read or already has (SQLSTATE classes 22, 23), or that is slow. */
const isOfOne = (error: unknown): boolean =>
  codeOf(error, (code) => /^(?:2[23]...|40...|55P03|57014)$/.test(code)) !== null;

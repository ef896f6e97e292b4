/**
 * Group commit: recordings that come while others are on their way to the database go there next, in one statement. A hall that
 * signs at once costs few commits, and nobody waits for company: who comes alone goes alone. Shown by
 * test/signature/record-together.test.ts.
 */
import type { Db } from '../db.ts';
import * as signatures from './signatures.ts';

/** Signatures in one statement: some milliseconds' work. */
const MOST = 32;
/** Milliseconds after which nobody waits for those on their way: their server may be gone. */
const PATIENCE = 500;

interface Waiting {
  recording: signatures.Recording;
  resolve(recorded: signatures.Recorded | Promise<signatures.Recorded>): void;
}

interface Queue {
  waiting: Waiting[];
  /** Whether some are on their way. */
  sending: boolean;
}

/** Of each database that the process has. */
const queues = new WeakMap<Db, Queue>();

/** Rejects if it isn't known whether it was recorded, as a statement does whose connection is lost. */
export function recordTogether(db: Db, recording: signatures.Recording): Promise<signatures.Recorded> {
  const queue = queues.get(db) ?? { waiting: [], sending: false };
  queues.set(db, queue);
  return new Promise((resolve) => {
    queue.waiting.push({ recording, resolve });
    if (!queue.sending) void sendAll(db, queue);
  });
}

async function sendAll(db: Db, queue: Queue): Promise<void> {
  queue.sending = true;
  while (queue.waiting.length > 0) await within(PATIENCE, send(db, queue.waiting.splice(0, MOST)));
  queue.sending = false;
}

async function send(db: Db, some: readonly Waiting[]): Promise<void> {
  const recordings = some.map(({ recording }) => recording);
  // All or none: then each goes alone, and finds out for itself whose fault it was, or that it had been recorded after all.
  const recorded = await signatures.recordSeveral(db, recordings).catch(() => null);
  some.forEach(({ recording, resolve }, at) => {
    resolve(recorded?.[at] ?? signatures.record(db, recording));
  });
}

/** Once it is done, or that long has passed. */
function within(ms: number, done: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<void>((end) => {
    timer = setTimeout(end, ms);
  });
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}

/**
 * Group commit: recordings that come while others are on their way to the database go there next, several in one statement. A hall
 * that signs at once costs few commits, and nobody waits for company: who comes alone goes alone. Shown by
 * test/signature/record-together.test.ts.
 */
import type { Db } from '../db.ts';
import { logError } from '../lib/log.ts';
import { codeOf, isAway } from '../lib/retry.ts';
import { within } from '../lib/within.ts';
import * as signatures from './signatures.ts';

/** Signatures in one statement: some milliseconds' work, and all that anyone waits for another's. */
const MOST = 8;
/** Milliseconds until the next statement goes beside the one before: that may have met something slow, or nobody who answers. */
const PATIENCE = 20;
/** Milliseconds after which one whose rows somebody holds tries again, until it waits for them alone. */
const PAUSES = [30, 100, 300];
/** Statements of one signature at once: such a one may wait for a row that somebody holds, and not on every connection. */
const ALONE = 4;

interface Waiting {
  recording: signatures.Recording;
  tries: number;
  resolve(recorded: signatures.Recorded | Promise<signatures.Recorded>): void;
  reject(error: unknown): void;
}

interface Queue {
  together: Waiting[];
  /** Whether some are on their way. */
  sending: boolean;
  alone: Waiting[];
  sendingAlone: number;
}

/** Of each database that the process has. */
const queues = new WeakMap<Db, Queue>();

/** Rejects if it isn't known whether it was recorded, as a statement does whose connection is lost. */
export function recordTogether(db: Db, recording: signatures.Recording): Promise<signatures.Recorded> {
  const queue = queues.get(db) ?? { together: [], sending: false, alone: [], sendingAlone: 0 };
  queues.set(db, queue);
  return new Promise((resolve, reject) => {
    goTogether(db, queue, { recording, tries: 0, resolve, reject });
  });
}

function goTogether(db: Db, queue: Queue, one: Waiting): void {
  queue.together.push(one);
  if (!queue.sending) void sendTogether(db, queue);
}

async function sendTogether(db: Db, queue: Queue): Promise<void> {
  queue.sending = true;
  while (queue.together.length > 0) await within(PATIENCE, send(db, queue, queue.together.splice(0, MOST)));
  queue.sending = false;
}

async function send(db: Db, queue: Queue, some: readonly Waiting[]): Promise<void> {
  const recordings = some.map(({ recording }) => recording);
  try {
    const recorded = await signatures.recordSeveral(db, recordings);
    some.forEach((one, at) => {
      const pause = PAUSES[one.tries++];
      if (recorded[at]) one.resolve(recorded[at]);
      else if (pause === undefined) goAlone(db, queue, one);
      else setTimeout(goTogether, pause, db, queue, one);
    });
  } catch (error) {
    for (const one of some) {
      if (isOfAll(error)) one.reject(error);
      else goAlone(db, queue, one);
    }
    if (!isOfAll(error) && !isOfOne(error)) logError('record-together', error);
  }
}

/** Of the server or the way to it: then each is told the same as if it had gone alone. Not of a row that is held, or slow. */
const isOfAll = (error: unknown): boolean =>
  isAway(error) && codeOf(error, (code) => /^(?:40...|55P03|57014)$/.test(code)) === null;

/** Of what one of them brings: a value that the database can't read or already has (SQLSTATE classes 22, 23), or a row that is held or slow. */
const isOfOne = (error: unknown): boolean =>
  codeOf(error, (code) => /^(?:2[23]...|40...|55P03|57014)$/.test(code)) !== null;

/** What one of several breaks, or waits for, is its own affair. */
function goAlone(db: Db, queue: Queue, one: Waiting): void {
  queue.alone.push(one);
  if (queue.sendingAlone < ALONE) void sendAlone(db, queue);
}

async function sendAlone(db: Db, queue: Queue): Promise<void> {
  queue.sendingAlone++;
  for (let one = queue.alone.shift(); one; one = queue.alone.shift()) {
    const recorded = signatures.record(db, one.recording);
    one.resolve(recorded);
    await recorded.catch(() => {});
  }
  queue.sendingAlone--;
}

/**
 * The copy of the checkpoint outside the database, in an R2 bucket: a register that is a chain of objects, each written once. R2 takes
 * one write a second of an object, so one that is written anew refuses nearly every signature of a hall; but it takes any number of
 * new ones, it writes one only if there is none of its name (`onlyIf`), and what was written is in the next list. So step n + 1 is a
 * compare-and-swap on step n: of two isolates one writes it, and none can go back. Shown by test/edge/bucket-copy.test.ts.
 *
 *     checkpoints/999999999999958   step 41: the newest, since a list is in the order of its names
 *     checkpoints/999999999999959   step 40
 */
import type { Mirror } from '../ledger/publish.ts';
import { Failure } from '../lib/failure.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';

/** What of an R2 binding is needed. */
export interface Bucket {
  list(options: { prefix: string; limit: number }): Promise<{ objects: { key: string; etag: string }[] }>;
  get(key: string): Promise<{ text(): Promise<string> } | null>;
  /** Null: what is there is not as it must be. */
  put(
    key: string,
    value: string,
    options: { onlyIf: { etagDoesNotMatch: '*' } },
  ): Promise<{ etag: string } | null>;
  delete(key: string): Promise<void>;
}

/** What an isolate has written itself, last: for as long as the bucket shows just that, it needn't be read. Plain values. */
export interface OwnStep {
  key: string;
  etag: string;
  note: string;
}

/** Shared by requests that share nothing else. */
export interface CopyMemory {
  own: OwnStep | null;
  /** Whether a chain was ever there: then nothing begins anew without an operator. */
  begun: boolean;
  /** Whether the object that it began with is gone. */
  cleared: boolean;
}

export const openCopyMemory = (): CopyMemory => ({ own: null, begun: false, cleared: false });

/** With what a chain begins that has no step yet: written by an operator, or by an earlier release. */
const FIRST = 'checkpoint';
const PREFIX = 'checkpoints/';
const LAST = 999_999_999_999_999;

const keyOf = (step: number): string => `${PREFIX}${String(LAST - step).padStart(15, '0')}`;

function stepOf(key: string): number {
  const step = LAST - Number(key.slice(PREFIX.length));
  if (!(Number.isSafeInteger(step) && step > 0) || keyOf(step) !== key)
    throw new Failure('copy-unreadable', `${key}: no object of ours`);
  return step;
}

/** Milliseconds after which a bucket doesn't answer. */
const PATIENCE = 3_000;

/** The bucket doesn't answer, or not now: code `COPY_AWAY`. What it was asked to write may have been written all the same. */
export class CopyAway extends Error {
  override readonly name = 'CopyAway';
  readonly code = 'COPY_AWAY';
}

async function answered<T>(patience: number, what: string, ask: () => Promise<T>): Promise<T> {
  const done = await within(
    patience,
    // Also what it throws at once.
    (async () => ({ value: await ask() }))(),
  ).catch((cause: unknown) => {
    throw new CopyAway(`R2, ${what}: refused`, { cause });
  });
  if (!done) throw new CopyAway(`R2, ${what}: no answer within ${patience} ms`);
  return done.value;
}

/** An object that comes and goes. */
const PROBE = 'uji';

/** Whether objects can be written, read and removed: one is. Throws a `CopyAway` that says what can't be done. For the cron alone. */
export async function tryBucket(bucket: Bucket, { patience = PATIENCE } = {}): Promise<void> {
  try {
    const put = await answered(patience, `put ${PROBE}`, () =>
      bucket.put(PROBE, PROBE, { onlyIf: { etagDoesNotMatch: '*' } }),
    );
    if (put === null) throw new CopyAway(`R2, put ${PROBE}: one of an earlier try was there`);
    const text = await answered(patience, `get ${PROBE}`, async () => (await bucket.get(PROBE))?.text());
    if (text !== PROBE) throw new CopyAway(`R2, get ${PROBE}: not what was put`);
  } finally {
    // Also one that an earlier try couldn't remove.
    await answered(patience, `delete ${PROBE}`, () => bucket.delete(PROBE));
  }
}

export function bucketMirror(
  bucket: Bucket,
  { memory = openCopyMemory(), patience = PATIENCE }: { memory?: CopyMemory; patience?: number } = {},
): Mirror {
  const soon = <T>(what: string, ask: () => Promise<T>): Promise<T> => answered(patience, what, ask);
  const textOf = (key: string): Promise<string | null> =>
    soon(`get ${key}`, async () => (await bucket.get(key))?.text() ?? null);
  /** Also what is no answer of R2 is none. */
  const first = (): Promise<{ key: string; etag: string } | null> =>
    soon('list', async () => (await bucket.list({ prefix: PREFIX, limit: 1 })).objects[0] ?? null);

  const newest = async (): Promise<{ step: number; note: string | null }> => {
    const shown = await first();
    // A chain that is lost doesn't begin anew with what was long ago.
    if (shown === null) return { step: 0, note: memory.begun ? null : await textOf(FIRST) };
    const step = stepOf(shown.key);
    memory.begun = true;
    const { own } = memory;
    if (own?.key === shown.key && own.etag === shown.etag) return { step, note: own.note };
    const note = await textOf(shown.key);
    if (note === null) throw new CopyAway(`R2, get ${shown.key}: gone since it was listed`);
    return { step, note };
  };

  /** Once for an isolate, and again if it can't now. Nobody waits for what comes of it. */
  const clear = async (): Promise<void> => {
    await soon(`delete ${FIRST}`, () => bucket.delete(FIRST));
    memory.cleared = true;
  };

  return {
    name: 'R2',
    read: async () => (await newest()).note,
    replace: async (previous, next) => {
      const { own } = memory;
      // Whether it still is the newest, the bucket says.
      const { step, note } =
        own?.note === previous ? { step: stepOf(own.key), note: own.note } : await newest();
      if (note !== previous) return false;
      const key = keyOf(step + 1);
      const put = await soon(`put ${key}`, () =>
        bucket.put(key, next, { onlyIf: { etagDoesNotMatch: '*' } }),
      );
      if (put === null) {
        // There is one: whoever doesn't show it now would be asked again and again.
        const shown = await first();
        if (shown === null || stepOf(shown.key) <= step)
          throw new CopyAway(`R2, list: does not show step ${step + 1}, which is there`);
        return false;
      }
      Object.assign(memory, { own: { key, etag: put.etag, note: next }, begun: true });
      if (!memory.cleared) await clear().catch((error) => logError('copy', error));
      return true;
    },
  };
}

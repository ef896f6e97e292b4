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
import { within } from '../lib/within.ts';

/** What of an R2 binding is needed. */
export interface Bucket {
  list(options: { prefix: string; limit: number }): Promise<{ objects: { key: string }[] }>;
  get(key: string): Promise<{ text(): Promise<string> } | null>;
  /** Null: what is there is not as it must be. */
  put(key: string, value: string, options: { onlyIf: { etagDoesNotMatch: '*' } }): Promise<object | null>;
  delete(key: string): Promise<void>;
}

/** What was read last. Plain values, so that requests which share nothing else may share it. */
export interface SeenStep {
  /** 0: none. */
  step: number;
  note: string | null;
}

export const openSeenStep = (): SeenStep => ({ step: 0, note: null });

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

export function bucketMirror(
  bucket: Bucket,
  { seen = openSeenStep(), patience = PATIENCE }: { seen?: SeenStep; patience?: number } = {},
): Mirror {
  const soon = async <T>(what: string, ask: () => Promise<T>): Promise<T> => {
    const done = await within(
      patience,
      // Also what it throws at once.
      (async () => ({ value: await ask() }))(),
    ).catch((cause: unknown) => {
      throw new CopyAway(`R2, ${what}: refused`, { cause });
    });
    if (!done) throw new CopyAway(`R2, ${what}: no answer within ${patience} ms`);
    return done.value;
  };
  const textOf = (key: string): Promise<string | null> =>
    soon(`get ${key}`, async () => (await bucket.get(key))?.text() ?? null);

  /** False: there is one. */
  const putNew = (step: number, note: string): Promise<boolean> =>
    soon(
      `put ${keyOf(step)}`,
      async () => (await bucket.put(keyOf(step), note, { onlyIf: { etagDoesNotMatch: '*' } })) !== null,
    );

  const newest = async (): Promise<SeenStep> => {
    const { objects } = await soon('list', () => bucket.list({ prefix: PREFIX, limit: 1 }));
    const key = objects[0]?.key;
    if (key === undefined) return { step: 0, note: await textOf(FIRST) };
    const step = stepOf(key);
    if (step === seen.step) return { ...seen };
    if (step < seen.step) return putBack(step);
    const note = await textOf(key);
    if (note === null) throw new CopyAway(`R2, get ${key}: gone since it was listed`);
    if (step > seen.step) Object.assign(seen, { step, note });
    return { step, note };
  };

  /** A bucket that has lost what it had taken, or says so: it gets it again, and if it doesn't show it then, it is not believed. */
  const putBack = async (shown: number): Promise<SeenStep> => {
    const { step, note } = { ...seen };
    await putNew(step, note!);
    const { objects } = await soon('list', () => bucket.list({ prefix: PREFIX, limit: 1 }));
    if (objects[0]?.key !== keyOf(step))
      throw new Failure('copy-unreadable', `R2 shows step ${shown}, and had step ${step}`);
    return { step, note };
  };

  return {
    name: 'R2',
    read: async () => (await newest()).note,
    replace: async (previous, next) => {
      // Whether it still is the newest, the bucket says.
      const { step, note } = seen.step > 0 && seen.note === previous ? seen : await newest();
      if (note !== previous) return false;
      if (!(await putNew(step + 1, next))) return false;
      if (step + 1 > seen.step) Object.assign(seen, { step: step + 1, note: next });
      // Or a chain that is lost would seem to begin anew, with what was long ago.
      if (step === 0 && note !== null) await soon(`delete ${FIRST}`, () => bucket.delete(FIRST));
      return true;
    },
  };
}

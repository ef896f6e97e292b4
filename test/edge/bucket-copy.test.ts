/** The copy of the checkpoint in R2: a compare-and-swap that holds whatever the bucket does, and two isolates at once. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { bucketMirror, CopyAway } from '../../src/edge/bucket-copy.ts';
import type { Mirror } from '../../src/ledger/publish.ts';
import { Failure } from '../../src/lib/failure.ts';
import { isAway } from '../../src/lib/retry.ts';
import { type BucketFault, openBucket } from './bucket.ts';

const newestOf = (objects: Map<string, string>): string | null => {
  const [first] = [...objects.keys()].filter((key) => key.startsWith('checkpoints/')).sort();
  return first === undefined ? null : objects.get(first)!;
};

test('each step is an object of its own, and the newest is the first of a list', async () => {
  const bucket = openBucket();
  const mirror = bucketMirror(bucket);
  expect(await mirror.read()).toBe(null);
  expect(await mirror.replace(null, 'satu')).toBe(true);
  expect(await mirror.replace('satu', 'dua')).toBe(true);
  expect([...bucket.objects]).toEqual([
    ['checkpoints/999999999999998', 'satu'],
    ['checkpoints/999999999999997', 'dua'],
  ]);
  expect(await bucketMirror(bucket).read()).toBe('dua');
});

test('who writes on what is no longer the newest writes nothing', async () => {
  const bucket = openBucket();
  const [one, other] = [bucketMirror(bucket), bucketMirror(bucket)];
  await one.replace(null, 'satu');
  expect(await other.replace(null, 'lain')).toBe(false);
  expect(await other.read()).toBe('satu');
  await one.replace('satu', 'dua');
  await one.replace('dua', 'tiga');
  expect(await other.replace('satu', 'lain')).toBe(false);
  expect(newestOf(bucket.objects)).toBe('tiga');
});

test('a step costs one put, and two lists and a get at most: an isolate asks nothing that it knows', async () => {
  const bucket = openBucket();
  const mirror = bucketMirror(bucket);
  await mirror.replace(await mirror.read(), 'satu');
  bucket.calls.length = 0;
  expect(await mirror.replace(await mirror.read(), 'dua')).toBe(true);
  expect(bucket.calls).toEqual(['list', 'put']);
});

describe('a bucket of an earlier release, or that an operator has filled', () => {
  test('begins the chain, once', async () => {
    const bucket = openBucket();
    bucket.objects.set('checkpoint', 'lama');
    const mirror = bucketMirror(bucket);
    expect(await mirror.read()).toBe('lama');
    expect(await mirror.replace('lama', 'baru')).toBe(true);
    expect([...bucket.objects.values()]).toEqual(['baru']);
  });

  test('emptied, it is said to be empty, and the old one doesn’t come back', async () => {
    const bucket = openBucket();
    bucket.objects.set('checkpoint', 'lama');
    const mirror = bucketMirror(bucket);
    await mirror.replace('lama', 'baru');
    bucket.objects.clear();
    expect(await mirror.read()).toBe(null);
    expect(await bucketMirror(bucket).read()).toBe(null);
  });

  test('with another object among ours can’t be read', async () => {
    const bucket = openBucket();
    for (const name of ['0', 'x', '00000000000000x', '999999999999999', '9999999999999990']) {
      bucket.objects.clear();
      bucket.objects.set(`checkpoints/${name}`, 'satu');
      await expect(bucketMirror(bucket).read()).rejects.toThrow(Failure);
    }
  });
});

describe('a bucket that is not there', () => {
  test.each(['list', 'get', 'put'] as const)(
    '%s is refused, or hangs: it ends soon, and is told as away',
    async (bad) => {
      for (const fault of ['refused', 'hanging'] as const) {
        const bucket = openBucket();
        await bucketMirror(bucket).replace(null, 'satu');
        const mirror = bucketMirror(bucket, { patience: 20 });
        bucket.fault = (call) => (call === bad ? fault : null);
        const said = await mirror.replace('satu', 'dua').catch((error: unknown) => error);
        expect(said).toBeInstanceOf(CopyAway);
        expect(isAway(said)).toBe(true);
        expect(String(said)).toMatch(
          new RegExp(`R2, ${bad}.*: ${fault === 'refused' ? 'refused' : 'no answer within 20 ms'}`),
        );
        bucket.fault = () => null;
        expect(await mirror.replace('satu', 'dua')).toBe(true);
      }
    },
  );

  test('it has written, and the answer never comes: the next look finds it', async () => {
    const bucket = openBucket();
    const mirror = bucketMirror(bucket, { patience: 20 });
    bucket.fault = (call) => (call === 'put' ? 'unheard' : null);
    await expect(mirror.replace(null, 'satu')).rejects.toThrow(CopyAway);
    bucket.fault = () => null;
    expect(await mirror.read()).toBe('satu');
  });

  test('what it had taken and lost is written again, on what it shows', async () => {
    const bucket = openBucket();
    const mirror = bucketMirror(bucket);
    await mirror.replace(null, 'satu');
    bucket.fault = (call) => (call === 'put' ? 'lost' : null);
    expect(await mirror.replace('satu', 'dua')).toBe(true);
    bucket.fault = () => null;
    expect(await mirror.read()).toBe('satu');
    expect(await mirror.replace('satu', 'dua')).toBe(true);
    expect(newestOf(bucket.objects)).toBe('dua');
  });

  test('on an older list nothing is written, and nobody asks for ever', async () => {
    const bucket = openBucket();
    const [mirror, other] = [bucketMirror(bucket), bucketMirror(bucket)];
    await mirror.replace(null, 'satu');
    await mirror.replace('satu', 'dua');
    bucket.fault = (call) => (call === 'list' ? 'stale' : null);
    await expect(other.replace('satu', 'lain')).rejects.toThrow(CopyAway);
    bucket.fault = () => null;
    expect(await other.read()).toBe('dua');
  });

  test('one that has looked away puts nothing back: what the bucket shows now is what it knows', async () => {
    const bucket = openBucket();
    const [idle, other] = [bucketMirror(bucket), bucketMirror(bucket)];
    for (const [previous, next] of [
      [null, '12'],
      ['12', '13'],
      ['13', '14'],
    ] as const)
      await idle.replace(previous, next);
    // The tail is lost, and another goes on from what is left.
    for (const [key, note] of bucket.objects) if (note !== '12') bucket.objects.delete(key);
    expect(await other.replace('12', '17')).toBe(true);
    expect(await idle.read()).toBe('17');
    expect(await idle.replace('14', '15')).toBe(true);
    expect(await bucketMirror(bucket).read()).toBe('15');
  });

  test('a get that lies once is asked anew', async () => {
    const bucket = openBucket();
    await bucketMirror(bucket).replace(null, 'satu');
    const mirror = bucketMirror(bucket);
    const [key] = [...bucket.objects.keys()];
    bucket.objects.set(key!, 'potong');
    expect(await mirror.read()).toBe('potong');
    bucket.objects.set(key!, 'satu');
    expect(await mirror.read()).toBe('satu');
  });

  test('the object that a chain began with is deleted as soon as it can be, and stands in for no chain', async () => {
    const bucket = openBucket();
    bucket.objects.set('checkpoint', 'lama');
    const mirror = bucketMirror(bucket);
    bucket.fault = (call) => (call === 'delete' ? 'refused' : null);
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await mirror.replace('lama', 'satu')).toBe(true);
    expect(String(log.mock.calls[0])).toContain('R2, delete checkpoint: refused');
    log.mockRestore();
    // The chain is lost.
    const kept = [...bucket.objects].filter(([name]) => name !== 'checkpoint');
    for (const [name] of kept) bucket.objects.delete(name);
    expect(await mirror.read()).toBe(null);
    for (const [name, note] of kept) bucket.objects.set(name, note);
    bucket.fault = () => null;
    expect(await mirror.replace('satu', 'dua')).toBe(true);
    expect(bucket.objects.has('checkpoint')).toBe(false);
  });

  test('what is no bucket says so as one that is away', async () => {
    const other = {
      list: async () => ({ keys: [] }),
      get: async () => null,
      put: async () => undefined,
      delete: async () => {},
    };
    await expect(bucketMirror(other as never).read()).rejects.toThrow(CopyAway);
  });
});

test('of isolates that write at once, with any faults, each step follows the one before it', async () => {
  const faults: (BucketFault | null)[] = [null, null, null, 'refused', 'hanging', 'unheard'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...faults)), { minLength: 5, maxLength: 40 }),
      async (steps) => {
        const bucket = openBucket();
        const isolates = [0, 1, 2].map(() => bucketMirror(bucket, { patience: 2 }));
        const plan = [...steps];
        bucket.fault = () => plan.shift()?.[1] ?? null;
        /** Each note says which it follows. */
        const write = async (mirror: Mirror, name: string): Promise<void> => {
          try {
            const previous = await mirror.read();
            const next = `${name} < ${previous?.split(' ')[0] ?? '-'}`;
            if (!(await mirror.replace(previous, next))) return;
            // Whoever is told that it is written finds it in the chain, for good.
            written.push(next);
          } catch (error) {
            expect(error).toBeInstanceOf(CopyAway);
          }
        };
        const written: string[] = [];
        await Promise.all(
          isolates.map(async (mirror, which) => {
            for (let at = 0; at < steps.filter(([one]) => one === which).length; at++)
              await write(mirror, `${which}.${at}`);
          }),
        );
        const chain = [...bucket.objects]
          .sort(([one], [other]) => (one < other ? 1 : -1))
          .map(([, note]) => note.split(' < ') as [string, string]);
        for (const [at, [, follows]] of chain.entries()) expect(follows).toBe(chain[at - 1]?.[0] ?? '-');
        const all = chain.map((one) => one.join(' < '));
        for (const note of written) expect(all).toContain(note);
      },
    ),
    { numRuns: 150 },
  );
});

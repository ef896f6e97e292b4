/**
 * Two isolates on one database, and a bucket that fails in every way: no receipt before the bucket knows, none taken back, nothing
 * goes back, and whoever reads is served all the while.
 */
import { afterAll, beforeAll, describe, expect, type MockInstance, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { assemble } from '../../src/assembly.ts';
import { bucketMirror } from '../../src/edge/bucket-copy.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { included } from '../../src/ledger/included.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import type { Digest } from '../../src/lib/sha256.ts';
import type { Services } from '../../src/services.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { type BucketFault, type FaultyBucket, openBucket } from './bucket.ts';

let log: MockInstance;
beforeAll(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterAll(() => log.mockRestore());

const LONG = 20_000;
const house = await openHouse({ max: 10 });
const { db } = house;
const { row } = await hasSigned(house.services, (await openCast(db)).siti);

/** As a request of another isolate finds it: nothing shared but database and bucket. */
function isolate(bucket: FaultyBucket, patience: number): Services {
  return assemble({
    ...house.services,
    mirror: bucketMirror(bucket, { patience }),
    witnesses: [],
    fresh: 0,
    later: () => {},
  }).services;
}

async function receipt(services: Services, id: number, ms: number) {
  const { entry } = (await leaves.byId(db, id))!;
  const digest = /sha256:[0-9a-f]{64}/.exec(entry)![0] as Digest;
  return included(db, { leafId: id, digest }, services, ms);
}

/** How many entries the bucket truly knows of, each time that something was written. */
function sizesIn({ objects }: FaultyBucket): number[] {
  return [...objects]
    .filter(([key]) => key.startsWith('checkpoints/'))
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .map(([, note]) => Number(note.split('\n')[1]));
}

const FAULTS: [call: 'list' | 'get' | 'put', fault: BucketFault][] = [
  ...(['list', 'get', 'put'] as const).flatMap((call) =>
    (['refused', 'hanging'] as const).map((fault) => [call, fault] as [typeof call, BucketFault]),
  ),
  ['put', 'unheard'],
  ['put', 'lost'],
  ['list', 'stale'],
];

const bucket = openBucket();
// With what the house has published so far.
bucket.objects.set('checkpoint', (await house.services.mirror.read())!);

describe.each([1, 2])('one call in %i', (every) => {
  test.each(FAULTS)('%s %s', async (bad, fault) => {
    const isolates = [isolate(bucket, 40), isolate(bucket, 40)];
    for (const services of isolates) await services.publish();
    let calls = 0;
    bucket.fault = (call) => (call === bad && ++calls % every === 0 ? fault : null);
    const ids = await append(db, 6);
    const given = await Promise.all(
      ids.map(async (id, at) => {
        const found = await receipt(isolates[at % 2]!, id, 600);
        // What the bucket says that it has taken, it answers for.
        if (found && fault !== 'lost') expect(Math.max(...sizesIn(bucket))).toBeGreaterThan(found.logIndex);
        return found;
      }),
    );
    // Of what is public the bucket knows.
    const { size } = (await checkpoints.current(db))!;
    if (fault !== 'lost') expect(Math.max(...sizesIn(bucket))).toBeGreaterThanOrEqual(size);
    bucket.fault = () => null;
    const after = await Promise.all(ids.map((id, at) => receipt(isolates[at % 2]!, id, LONG)));
    for (const [at, found] of after.entries()) {
      expect(found).not.toBe(null);
      if (given[at]) expect(found!.logIndex).toBe(given[at].logIndex);
    }
    expect(new Set(after.map((found) => found!.logIndex)).size).toBe(ids.length);
    // Never back, and at its end as far as the database.
    const sizes = sizesIn(bucket);
    expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
    expect(sizes.at(-1)).toBe((await checkpoints.current(db))!.size);
  });
});

test('whoever reads waits for no bucket, however long it hangs', async () => {
  const services = isolate(bucket, 1_000_000);
  bucket.fault = () => 'hanging';
  for (const path of [
    '/',
    '/daftar',
    '/daftar/62.01',
    `/p/${row.kode}`,
    '/periksa',
    '/catatan/checkpoint',
    '/catatan',
  ]) {
    const answer = await app.request(new URL(path, services.config.origin), {}, services);
    expect([path, answer.status]).toEqual([path, 200]);
    await answer.text();
  }
});

test('a ledger of many steps: a hall that signs at once, two isolates, and no write is refused', async () => {
  bucket.fault = () => null;
  const isolates = [isolate(bucket, 3_000), isolate(bucket, 3_000)];
  const before = bucket.objects.size;
  const ids = await append(db, 60);
  const all = await Promise.all(ids.map((id, at) => receipt(isolates[at % 2]!, id, LONG)));
  expect(all).not.toContain(null);
  expect(bucket.objects.size).toBeGreaterThan(before);
});

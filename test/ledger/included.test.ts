import { expect, test } from 'vitest';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { generateCosignerKey, parseCosignerKey } from '../../src/ledger/cosignature.ts';
import * as cosignatures from '../../src/ledger/cosignatures.ts';
import { Halt } from '../../src/ledger/halt.ts';
import { included as awaitIncluded } from '../../src/ledger/included.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { parseNote } from '../../src/ledger/note.ts';
import type { Digest } from '../../src/lib/sha256.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

const { db, services } = await openHouse({ max: 10 });
const LONG = 20_000;

/** The entry of that row, awaited. */
async function included(id: number, publish: () => Promise<number>, ms: number, how = {}) {
  const { entry } = (await leaves.byId(db, id))!;
  const digest = /sha256:[0-9a-f]{64}/.exec(entry)![0] as Digest;
  return await awaitIncluded(db, { leafId: id, digest }, { publish, covered: services.covered }, ms, how);
}

test('an entry is included when a checkpoint covers it', async () => {
  const ids = await append(db, 3);
  const found = await Promise.all(ids.map((id) => included(id, services.publish, LONG)));
  const first = found[0]!.logIndex;
  expect(found.map((one) => one!.logIndex)).toEqual([first, first + 1, first + 2]);
  for (const one of found) expect(one!.size).toBeGreaterThan(one!.logIndex);
});

test('an entry that is covered already asks for nothing', async () => {
  const [id] = await append(db, 1);
  await services.publish();
  expect(await included(id!, () => Promise.reject(new Error('asked')), LONG)).not.toBe(null);
});

test('what another process publishes counts', async () => {
  const [id] = await append(db, 1);
  let calls = 0;
  const elsewhere = async (): Promise<number> => (++calls === 2 ? services.publish() : 0);
  expect(await included(id!, elsewhere, LONG)).not.toBe(null);
  expect(calls).toBe(2);
});

test('our own copy must know of it too, whatever other processes have published', async () => {
  const [id] = await append(db, 1);
  const { size } = (await checkpoints.current(db))!;
  // Another process publishes, and ours can't write its copy.
  const full = async (): Promise<number> => {
    await services.publish();
    throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
  };
  const { covered } = services;
  services.covered = async () => size;
  expect(await included(id!, full, 60)).toBe(null);
  services.covered = covered;
  expect(await included(id!, full, LONG)).not.toBe(null);
});

test('another entry under its number, as in another database, is not it', async () => {
  const [id] = await append(db, 1);
  await services.publish();
  const other = { leafId: id!, digest: `sha256:${'ab'.repeat(32)}` } as const;
  expect(await awaitIncluded(db, other, services, 60)).toBe(null);
});

test('a publisher that never ends is not waited for', async () => {
  const [id] = await append(db, 1);
  expect(await included(id!, () => new Promise(() => {}), 40)).toBe(null);
  expect(await included(id!, async () => 0, 40)).toBe(null);
  // It was recorded all the same.
  expect(await included(id!, services.publish, LONG)).not.toBe(null);
});

test('a lost connection is tried again; a fork is not', async () => {
  {
    const [id] = await append(db, 1);
    let asked = 0;
    const forked = () => {
      asked++;
      return Promise.reject(new Halt('ledger-forked', '', { outside: 2, database: 1 }));
    };
    expect(await included(id!, forked, LONG)).toBe(null);
    expect(asked).toBe(1);
    let calls = 0;
    const lost = () => (++calls === 1 ? Promise.reject(new Error('CONNECTION_CLOSED')) : services.publish());
    expect(await included(id!, lost, LONG)).not.toBe(null);
    expect(calls).toBe(2);
  }
});

test('where a witness must have seen it, its line is waited for', async () => {
  const [id] = await append(db, 1);
  await services.publish();
  const cosigned = true;
  expect(await included(id!, services.publish, 60, { cosigned })).toBe(null);
  const { size, note } = (await checkpoints.current(db))!;
  const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example'));
  const waiting = included(id!, services.publish, LONG, { cosigned });
  await cosignatures.add(db, {
    size,
    key: cosigner.verifier,
    line: await cosigner.cosign(parseNote(note).text, new Date()),
  });
  expect(await waiting).toMatchObject({ size });
  // That of an earlier one says nothing of what came since.
  const [next] = await append(db, 1);
  expect(await included(next!, services.publish, 60, { cosigned })).toBe(null);
  expect(await included(next!, services.publish, LONG)).not.toBe(null);
});

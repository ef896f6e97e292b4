import { expect, test, vi } from 'vitest';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { generateCosignerKey, parseCosignerKey } from '../../src/ledger/cosignature.ts';
import * as cosignatures from '../../src/ledger/cosignatures.ts';
import { Halt } from '../../src/ledger/halt.ts';
import { included } from '../../src/ledger/included.ts';
import { parseNote } from '../../src/ledger/note.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

const { db, services } = await openHouse();
const LONG = 20_000;

test('an entry is included when a checkpoint covers it', async () => {
  const ids = await append(db, 3);
  const found = await Promise.all(ids.map((id) => included(db, id, services.publish, LONG)));
  const first = found[0]!.logIndex;
  expect(found.map((one) => one!.logIndex)).toEqual([first, first + 1, first + 2]);
  for (const one of found) expect(one!.size).toBeGreaterThan(one!.logIndex);
});

test('an entry that is covered already asks for nothing', async () => {
  const [id] = await append(db, 1);
  await services.publish();
  expect(await included(db, id!, () => Promise.reject(new Error('asked')), LONG)).not.toBe(null);
});

test('what another process publishes counts', async () => {
  const [id] = await append(db, 1);
  let calls = 0;
  const elsewhere = async (): Promise<void> => {
    if (++calls === 2) await services.publish();
  };
  expect(await included(db, id!, elsewhere, LONG)).not.toBe(null);
  expect(calls).toBe(2);
});

test('a publisher that never ends is not waited for', async () => {
  const [id] = await append(db, 1);
  expect(await included(db, id!, () => new Promise(() => {}), 40)).toBe(null);
  expect(await included(db, id!, async () => {}, 40)).toBe(null);
  // It was recorded all the same.
  expect(await included(db, id!, services.publish, LONG)).not.toBe(null);
});

test('a lost connection is logged and tried again; a fork is not', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const [id] = await append(db, 1);
    const forked = () => Promise.reject(new Halt('ledger-forked', '', { outside: 2, database: 1 }));
    expect(await included(db, id!, forked, LONG)).toBe(null);
    expect(logged).not.toHaveBeenCalled();
    let calls = 0;
    const lost = () => (++calls === 1 ? Promise.reject(new Error('CONNECTION_CLOSED')) : services.publish());
    expect(await included(db, id!, lost, LONG)).not.toBe(null);
    expect(logged).toHaveBeenCalledTimes(1);
  } finally {
    logged.mockRestore();
  }
});

test('where a witness must have seen it, its line is waited for', async () => {
  const [id] = await append(db, 1);
  await services.publish();
  const cosigned = true;
  expect(await included(db, id!, services.publish, 60, { cosigned })).toBe(null);
  const { size, note } = (await checkpoints.current(db))!;
  const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example'));
  const waiting = included(db, id!, services.publish, LONG, { cosigned });
  await cosignatures.add(db, {
    size,
    key: cosigner.verifier,
    line: await cosigner.cosign(parseNote(note).text, new Date()),
  });
  expect(await waiting).toMatchObject({ size });
  // That of an earlier one says nothing of what came since.
  const [next] = await append(db, 1);
  expect(await included(db, next!, services.publish, 60, { cosigned })).toBe(null);
  expect(await included(db, next!, services.publish, LONG)).not.toBe(null);
});

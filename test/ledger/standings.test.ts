import { expect, test } from 'vitest';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { rootOf } from '../../src/ledger/merkle.ts';
import * as objections from '../../src/ledger/objections.ts';
import * as standings from '../../src/ledger/standings.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

test('one read says what four say', async () => {
  const { db, services } = await openHouse();
  expect((await standings.read(db)).current).toBe(null);
  const root = new Uint8Array(32).fill(7);
  for (let grown = 0; grown < 20; grown++) {
    if (grown % 3 === 0) await services.publish();
    if (grown % 3 === 1)
      await objections.raise(db, { key: 'saksi a', name: 'a', kind: 'ahead', size: 9, root: null });
    if (grown % 3 === 2)
      await objections.raise(db, { key: 'salinan b', name: 'b', kind: 'copy', size: 2, root });
    await append(db, 1);
    const placed = await integrate(db);
    const { head, current, objections: raised, hashes } = await standings.read(db);
    expect(head).toEqual(await leaves.head(db));
    expect(current).toEqual(await checkpoints.current(db));
    expect(raised).toEqual(
      (await objections.all(db)).map(({ key, name, kind, size, root }) => ({ key, name, kind, size, root })),
    );
    expect([placed.head, placed.current]).toEqual([head, current]);
    // The subtrees it brings, and any other.
    const whole = leaves.hashes(db);
    for (let size = 1; size <= head.size; size++)
      expect(await rootOf(size, hashes)).toEqual(await rootOf(size, whole));
    if (grown % 3 === 2) for (const name of ['a', 'b']) await objections.dismiss(db, name, 'percobaan');
  }
});

test('the root at the checkpoint is worked out of what was read', async () => {
  const { db, services } = await openHouse();
  await append(db, 6);
  await services.publish();
  await append(db, 3);
  const { current, head } = await integrate(db);
  expect(current!.size).toBeLessThan(head.size);
  const { hashes } = await standings.read(db);
  await db.execute('truncate tree_hash');
  expect(await rootOf(current!.size, hashes)).toEqual(current!.root);
  await expect(rootOf(head.size, hashes)).rejects.toThrow(RangeError);
});

/** What the outside copy of one process knows holds for all: a process that was started since, or has a copy as old as the database. */
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import type { Db } from '../../src/db.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { type Guard, openGuard } from '../../src/ledger/guard.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { follows, type Mirror, memoryMirror, publish } from '../../src/ledger/publish.ts';
import { objection } from '../../src/schema.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

vi.spyOn(console, 'error').mockImplementation(() => {});

test('an older database that only one of two processes can tell', async () => {
  const { db, services } = await openHouse();
  const { db: older } = await openHouse();
  const named = (name: string, mirror: Mirror): Mirror => ({ ...mirror, name });
  const [one, two] = [named('satu', memoryMirror()), named('dua', memoryMirror())];
  const process = (mirror: Mirror, of: Db): Guard =>
    openGuard(
      {
        publish: () => publish(of, services.signer, mirror),
        follows: () => follows(of, services.signer, mirror),
      },
      { fresh: 0 },
    );
  // Both knew the ledger while it was short; since then the second was away.
  await integrate(older);
  await process(two, older).publish();
  await append(db, 4);
  await process(one, db).publish();

  const [first, second] = [process(one, older), process(two, older)];
  expect(await second.halted()).toBe(null);
  expect(await first.halted()).toMatchObject({ code: 'ledger-forked' });
  const halt = await second.halted();
  expect(halt).toMatchObject({ code: 'ledger-forked' });
  expect(halt!.message).toContain('satu: ');
  await append(older, 9);
  await expect(second.publish()).rejects.toMatchObject({ code: 'ledger-forked' });
  expect(await second.covered()).toBe(0);
  // Nor once the older one has grown past it, as if the second had not asked.
  await older.execute(sql`delete from objection`);
  await second.publish();
  expect(await first.halted()).toMatchObject({ code: 'ledger-forked' });
  expect(await second.halted()).toMatchObject({ code: 'ledger-forked' });

  // Whoever raised it takes it back: here its copy was made anew, on an operator's word.
  await one.replace(await one.read(), (await checkpoints.current(older))!.note);
  expect(await first.halted()).toBe(null);
  expect(await second.halted()).toBe(null);
  expect(await older.select().from(objection)).toEqual([]);
});

/** A worker with the secret, or the seal, of another installation: all can be read, nothing is written, and it says so. */

import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as documents from '../../src/document/documents.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import { digestOfSeal, digestOfSecret } from '../../src/keys/digest.ts';
import * as keyDigests from '../../src/keys/key-digests.ts';
import { recognize } from '../../src/keys/recognize.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { createSealKey } from '../../src/lib/sealer.ts';
import type { Opened } from '../../src/pages/sign/reply.ts';
import { documentDue } from '../../src/schema.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const { db, keys, services } = house;
const cast = await openCast(db);
await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
const { row } = await hasSigned(services, cast.siti);
await services.publish();
await recognize(db, { secret: keys.secret, seal: keys.seal.key });
const { token: undangan } = await deriveInvitation(services.secret, cast.budi, 1);

const other = { secret: randomBytes(32), seal: await createSealKey('Lain') };

test.each([
  ['secret', { ...keys, secret: other.secret }],
  ['seal', { ...keys, seal: other.seal }],
] as const)('%s', async (nama, held) => {
  // It goes on with the ledger of the house: what is wrong is the key alone.
  const copy = (await checkpoints.current(db))!.note;
  const worker = await openWorker({ ...house, keys: held }, { copy });
  const health = async () => {
    const answer = await worker.request('/sehat');
    const { halted } = (await answer.json()) as { halted: { code: string } | null };
    return [answer.status, halted?.code];
  };
  expect(await health()).toEqual([503, 'key-of-another']);
  const open = async () => {
    const answer = await worker.request('/undangan', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ undangan }),
    });
    return [answer.status, ((await answer.json()) as Opened).outcome];
  };
  expect(await open()).toEqual([503, 'halted']);
  expect((await worker.request(`/p/${row.kode}.pdf`)).status).toBe(503);
  await db.update(documentDue).set({ at: sql`now() - interval '1 minute'` });
  await worker.tick();
  expect(await documents.byCode(db, row.kode)).toBeNull();
  for (const path of ['/', '/daftar', `/p/${row.kode}`, '/catatan/checkpoint']) {
    expect([path, (await worker.request(path)).status]).toEqual([path, 200]);
  }
  expect(worker.said()).toContain(
    `Kunci di rahasia IKRAR_${nama === 'secret' ? 'SECRET' : 'SEAL_KEY'} utuh, tetapi bukan milik basis data ini.`,
  );

  // An operator accepts it: the same isolate goes on.
  const digest = nama === 'secret' ? digestOfSecret(other.secret) : digestOfSeal(other.seal.key);
  await keyDigests.accept(db, nama, await digest, 'Kunci lama hilang');
  expect(await health()).toEqual([200, undefined]);
  expect(await open()).toEqual([200, 'open']);
  if (nama === 'seal') expect((await worker.request(`/p/${row.kode}.pdf`)).status).toBe(200);
  await worker.close();
  const before = nama === 'secret' ? digestOfSecret(keys.secret) : digestOfSeal(keys.seal.key);
  await keyDigests.accept(db, nama, await before, 'Kunci lama ditemukan');
});

/** The object in R2 is ahead of the database: in workerd too everything can be read, nothing is signed, and it says so. */

import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { checkpoint, leaf, tree, treeHash } from '../../src/schema.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const { db, services } = house;
const { origin } = services.config;
const worker = await openWorker(house);

async function post<Reply>(path: string, body: unknown): Promise<{ status: number; reply: Reply }> {
  const answer = await worker.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, reply: (await answer.json()) as Reply };
}
/** What an isolate has found out it believes for a second. */
const becomes = (status: number) =>
  vi.waitFor(
    async () => {
      const answer = await worker.request('/sehat');
      expect(answer.status).toBe(status);
      return answer.json();
    },
    { timeout: 20_000, interval: 200 },
  );

test('an R2 object ahead of the database', async () => {
  const cast = await openCast(db);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const { token: undangan } = await deriveInvitation(services.secret, cast.siti, 1);
  await worker.tick();
  const phone = new Authenticator();
  const { reply: opened } = await post<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan });
  const { reply: prepared } = await post<Extract<Prepared, { outcome: 'issued' }>>('/undangan/kunci', {
    undangan,
    ...(await phone.register(opened.create, origin)),
  });
  const { statement, ticket, options } = prepared.issued;
  const submission = { undangan, statement, ticket, response: await phone.get(options, origin) };

  // The worker publishes five more, and the database forgets that it did, as an older one would.
  const old = (await checkpoints.current(db))!;
  const head = await leaves.head(db);
  await append(db, 5);
  await worker.tick();
  const ahead = (await checkpoints.current(db))!;
  const [kept, hashes] = [
    await db.select().from(leaf).where(sql`log_index >= ${head.size}`),
    await db.select().from(treeHash).where(sql`((index + 1) << level) > ${head.size}`),
  ];
  await db.delete(checkpoint).where(sql`size > ${old.size}`);
  await db.delete(treeHash).where(sql`((index + 1) << level) > ${head.size}`);
  await db.delete(leaf).where(sql`log_index >= ${head.size}`);
  await db.update(tree).set({ size: head.size, root: head.root });

  expect(await becomes(503)).toMatchObject({
    database: true,
    halted: { code: 'ledger-forked', outside: ahead.size, database: old.size },
  });
  for (const [path, body] of [
    ['/undangan', { undangan }],
    ['/undangan/pernyataan', { undangan, kunci: prepared.issued.credentialId }],
    ['/undangan/tanda-tangan', submission],
  ] as const) {
    const { status, reply } = await post<Sent>(path, body);
    expect([path, status, reply.outcome]).toEqual([path, 503, 'halted']);
    expect((reply as { next: string }).next).toContain('Tanyakan kepada petugas');
  }
  expect(await signatures.byPerson(db, cast.siti)).toBe(null);
  expect((await worker.request('/daftar')).status).toBe(200);
  expect(await (await worker.request(`/daftar/kegiatan/${cast.kegiatanId}`)).text()).toContain(
    'Ikrar terbaru mungkin belum terlihat',
  );
  await worker.tick();
  expect(await (await worker.request('/catatan/checkpoint')).text()).toBe(old.note);

  // The newer database is back.
  await db.execute(sql`
    insert into leaf (id, entry, hash, log_index, at) overriding system value
    select id, entry, decode(hash, 'hex'), log_index, now() from jsonb_to_recordset(${JSON.stringify(
      kept.map((row) => ({ ...row, log_index: row.logIndex, hash: Buffer.from(row.hash).toString('hex') })),
    )}::jsonb) as l (id bigint, entry text, hash text, log_index bigint)`);
  await db.insert(treeHash).values(hashes);
  await db.update(tree).set({ size: ahead.size, root: ahead.root });
  await db.insert(checkpoint).values({ size: ahead.size, root: ahead.root, note: ahead.note });
  expect(await becomes(200)).toMatchObject({ halted: null });
  expect((await post<Sent>('/undangan/tanda-tangan', submission)).reply.outcome).toBe('recorded');
});

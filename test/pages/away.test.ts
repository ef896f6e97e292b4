/** What the service stands on is away, full or closed: everyone is told to come again, and nothing is lost by it. */

import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { connect, type Db } from '../../src/db.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import type { Opened, Prepared } from '../../src/pages/sign/reply.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, services, request } = await openHouse();
const { origin } = services.config;
const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
afterAll(() => logged.mockRestore());

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

test('no database: a person reads what to do', async () => {
  const nowhere = connect('postgres://nobody:secret@127.0.0.1:1/none', { max: 1 });
  const page = await app.request('/daftar', {}, { ...services, db: nowhere.db });
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
  const text = await page.text();
  expect(text).toContain('<h1>Layanan sedang tidak dapat menyimpan</h1>');
  expect(text).toContain('Tidak ada yang hilang. Tunggu sebentar, lalu coba lagi.');
  await nowhere.end();
});

test.each([
  ['the disk is full', '53100'],
  ['the database only reads', '25006'],
  ['rights were taken away', '42501'],
  ['it is being stopped', '57P01'],
])(
  '%s: the phone is told to come again, and its signature is recorded once that is mended',
  async (_, code) => {
    const cast = await openCast(db);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
    const { token: undangan } = await deriveInvitation(services.secret, cast.siti, 1);
    const phone = new Authenticator();
    const opened = (await (await request('/undangan', json({ undangan }))).json()) as Extract<
      Opened,
      { outcome: 'open' }
    >;
    const made = await phone.register(opened.create, origin);
    const prepared = (await (
      await request('/undangan/kunci', json({ undangan, ...made }))
    ).json()) as Prepared;
    if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
    const { statement, ticket, options } = prepared.issued;
    const signed = json({ undangan, statement, ticket, response: await phone.get(options, origin) });
    await db.execute(
      sql.raw(`
      create or replace function fails() returns trigger language plpgsql as
      $$ begin raise exception 'away' using errcode = '${code}'; end $$`),
    );
    await db.execute(
      sql`create or replace trigger away before insert on signature for each row execute function fails()`,
    );
    try {
      const answer = await request('/undangan/tanda-tangan', signed);
      const { status, headers } = answer;
      expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([
        503,
        '5',
        'no-store',
      ]);
      expect(await answer.json()).toMatchObject({ code: 'out-of-order', outcome: 'refused' });
    } finally {
      await db.execute(sql`drop trigger away on signature`);
    }
    const again = await request('/undangan/tanda-tangan', signed);
    expect([again.status, await again.json()]).toMatchObject([200, { outcome: 'recorded' }]);
  },
);

test('a fault of our own is none of theirs: the phone comes again too', async () => {
  const asked = json({ undangan: '0'.repeat(26) });
  const answer = await app.request('/undangan', asked, { ...services, db: {} as Db });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await answer.json()).toMatchObject({ outcome: 'refused', code: 'out-of-order' });
});

/**
 * A hall of phones signs while the database's connections are cut under them, again and again (design, section 8): every
 * phone ends with its receipt, nothing is lost and nothing is there twice.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, expect, test, vi } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { checkNote, parseVerifier } from '../../src/ledger/note.ts';
import { coalesce } from '../../src/lib/coalesce.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const PHONES = 60;

const house = await openHouse();
const { db, services } = house;
const { origin } = services.config;
const publish = services.publish;
services.publish = coalesce(publish);
// As the doors do: what fails after an answer is logged, and the next one makes up for it.
const later = services.later;
services.later = (work) => later((typeof work === 'function' ? work() : work).catch(() => {}));

const log = vi.spyOn(console, 'error').mockImplementation(() => {});

/** Answers between two cuts: by their number and not by the clock, so that a slow machine gets on as well. */
const EVERY = 12;

/** Its own connection, which it spares. */
const knife = postgres(house.url, { max: 1, onnotice: () => {} });
afterAll(() => knife.end());
let cut = 0;
let answered = 0;
async function cutAll(): Promise<void> {
  const rows = await knife`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  cut += rows.length;
}

/** Sends as the page does: without an answer, or with one that says to come again, it comes again. */
async function send<Reply>(path: string, body: unknown): Promise<Reply> {
  for (let tries = 0; tries < 100; tries++) {
    const response = await house.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const reply = (await response.json()) as Reply;
    if (response.status < 500) {
      if (++answered % EVERY === 0) await cutAll();
      return reply;
    }
    await pause(20);
  }
  throw new Error(`no answer: ${path}`);
}

async function signs(undangan: string): Promise<string> {
  const phone = new Authenticator();
  const opened = await send<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan });
  const key = { undangan, ...(await phone.register(opened.create, origin)) };
  const { issued } = await send<Extract<Prepared, { outcome: 'issued' }>>('/undangan/kunci', key);
  const { statement, ticket, options } = issued;
  const submission = { undangan, statement, ticket, response: await phone.get(options, origin) };
  let sent = await send<Sent>('/undangan/tanda-tangan', submission);
  while (sent.outcome === 'waiting') sent = await send<Sent>('/undangan/status', { undangan });
  if (sent.outcome !== 'recorded') throw new Error(`refused: ${JSON.stringify(sent)}`);
  return statement;
}

test('connections die under a burst of signing: every phone has its receipt, once', async () => {
  const cast = await openCast(db);
  await db.execute(sql`
    insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan,
      nip, pangkat, unit_kerja, urut, nomor)
    select gen_random_uuid(), ${cast.kegiatanId}, 'kepala desa ' || w.kode, 1, w.kode, 'kepala desa', '', 'Contoh ' || w.nama,
      '', 'Kepala Desa', '', '', '', 100 + row_number() over (), '800/' || (100 + row_number() over ()) || '/IKRAR'
    from wilayah w where w.kode like '62.02.%' and w.jenis = 'desa' order by w.kode limit ${PHONES}`);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const cards = (await invitations.forCards(db, services.secret, cast.kegiatanId)).filter(({ wilayah }) =>
    wilayah.startsWith('62.02.'),
  );
  expect(cards).toHaveLength(PHONES);

  const statements = await Promise.all(cards.map(({ token }) => signs(token)));
  expect(cut).toBeGreaterThan(20);
  // It was a test of something: some work was cut in the middle, and made up for.
  expect(log).toHaveBeenCalled();
  await house.settled();
  await vi.waitFor(() => publish());

  const [found] = await db.execute<Record<string, number>>(sql`
    select count(*)::int as signatures, count(distinct g.person_id)::int as people, count(distinct l.id)::int as leaves,
      count(l.log_index)::int as placed,
      (select count(*)::int from leaf where entry like '%jenis tanda-tangan%') as entries,
      (select sum(sudah)::int from tally where kegiatan_id = ${cast.kegiatanId}) as counted,
      (select count(*)::int from signer_credential) as keys
    from signature g join leaf l on l.id = g.leaf_id`);
  const all = PHONES;
  expect(found).toEqual({
    signatures: all,
    people: all,
    leaves: all,
    placed: all,
    entries: all,
    counted: all,
    keys: all,
  });
  const kept = await db.execute<{ statement: string }>(sql`select statement from signature`);
  expect(new Set(kept.map(({ statement }) => statement))).toEqual(new Set(statements));

  const current = await checkpoints.current(db);
  const verifier = await parseVerifier(services.signer.verifier);
  const { size } = parseCheckpoint(await checkNote(current!.note, verifier));
  const [tree] = await db.execute<{ size: string; root: boolean }>(sql`
    select t.size, t.root = c.root as root from tree t join checkpoint c on c.size = t.size`);
  expect(tree).toEqual({ size: String(size), root: true });
});

test('who only reads notices nothing', async () => {
  log.mockClear();
  const pages = ['/', '/daftar', '/daftar/62.02', '/daftar?cari=contoh', '/tentang'];
  const statuses: number[] = [];
  for (let round = 0; round < 8; round++) {
    const reading = pages.flatMap((path) => [house.request(path), house.request(path)]);
    await cutAll();
    for (const answer of await Promise.all(reading)) statuses.push(answer.status);
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(log).toHaveBeenCalled();
});

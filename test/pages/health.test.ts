import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { expect, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { connect } from '../../src/db.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import { openCanary } from '../../src/ledger/canary.ts';
import { openGuard, openMemory } from '../../src/ledger/guard.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { follows, type Mirror, publish } from '../../src/ledger/publish.ts';
import type { Opened, Prepared } from '../../src/pages/sign/reply.ts';
import * as rights from '../../src/rights.ts';
import { SERVICE } from '../../src/rights.ts';
import type { Services } from '../../src/services.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';

const { db, url, serviceUrl, services, request, settled } = await openHouse({ max: 10 });
vi.spyOn(console, 'error').mockImplementation(() => {});

interface Health {
  status: number;
  alarms: { code: string; title: string; next: string }[];
  [field: string]: unknown;
}
const ask = async (env: Services = services): Promise<Health> => {
  const answer = await app.request('/sehat', {}, env);
  return { ...((await answer.json()) as Health), status: answer.status };
};
const codes = async (env?: Services): Promise<[number, string[]]> => {
  const { status, alarms } = await ask(env);
  return [status, alarms.map(({ code }) => code)];
};
const WELL = [200, []];

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** As a process with a copy that can't be written. */
function withMirror(read: Mirror['read'], memory = openMemory()): Services {
  const replace = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  const mirror: Mirror = { name: 'stuck', read, replace };
  const guard = openGuard(
    {
      publish: () => publish(db, services.signer, mirror),
      follows: () => follows(db, services.signer, mirror),
    },
    { fresh: 0, memory },
  );
  return { ...services, mirror, ...guard };
}

/** What a phone would send, signed. */
async function signedFor(undangan: string) {
  const phone = new Authenticator();
  const post = async <Reply>(path: string, body: object): Promise<Reply> =>
    (await (await request(path, json(body))).json()) as Reply;
  const opened = await post<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan });
  const made = await phone.register(opened.create, services.config.origin);
  const prepared = await post<Prepared>('/undangan/kunci', { undangan, ...made });
  if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
  const { statement, ticket, options } = prepared.issued;
  const response = await phone.get(options, services.config.origin);
  return { submission: json({ undangan, statement, ticket, response }) };
}

test('a healthy service tells the ledger', async () => {
  await services.publish();
  await append(db, 2);
  const { size } = await leaves.head(db);
  const response = await request('/sehat');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await ask()).toEqual({
    status: 200,
    database: true,
    halted: null,
    writable: true,
    ledger: {
      size,
      waiting: 2,
      published: size,
      checkpointAge: expect.any(Number),
      unpublishedAge: expect.any(Number),
    },
    copy: { size, behindSince: null, blindFor: 0 },
    documents: { waiting: 0, late: 0, unstamped: 0 },
    clock: { behindLedger: 0, aheadOfDatabase: 0 },
    alarms: [],
    warnings: [],
  });
  // The canary has left nothing behind.
  expect(await leaves.waiting(db)).toBe(2);
});

test('a service that could change what must only grow is told, and goes on', async () => {
  const { status, warnings, alarms } = await ask({ ...services, db });
  expect([status, alarms]).toEqual(WELL);
  expect(warnings).toEqual([
    {
      code: 'rights-too-wide',
      title: expect.any(String),
      next: expect.stringContaining('Dua peran basis data'),
    },
  ]);
});

test('what was recorded and can’t be published, as on a full disk, is an alarm however often one asks', async () => {
  await services.publish();
  expect(await ask()).toMatchObject({ ledger: { unpublishedAge: null } });
  await append(db, 1);
  expect(await codes()).toEqual(WELL);
  await db.execute(sql`update leaf set at = at - interval '1 minute' where log_index is null`);
  expect(await ask()).toMatchObject({
    status: 503,
    halted: null,
    ledger: { unpublishedAge: expect.toSatisfy((age: number) => age >= 60 && age < 90) },
    alarms: [{ code: 'ledger-stuck', next: expect.stringContaining('lihat disk folder data') }],
  });
  // Also once it has its place in the tree: it is not public before the copy knows.
  const full = { ...services.mirror, replace: () => Promise.reject(new Error('ENOSPC')) };
  await expect(publish(db, services.signer, full)).rejects.toThrow('ENOSPC');
  await db.execute(
    sql`update leaf set at = at - interval '1 minute' where log_index = (select max(log_index) from leaf)`,
  );
  expect(await codes()).toEqual([503, ['ledger-stuck']]);
  await services.publish();
  expect(await codes()).toEqual(WELL);
});

test('a copy that is behind is an alarm after half a minute, also in a hall where each second something is published', async () => {
  const old = await services.mirror.read();
  const stuck = withMirror(async () => old);
  expect(await codes(stuck)).toEqual(WELL);
  for (let busy = 0; busy < 3; busy++) {
    await append(db, 1);
    await services.publish();
  }
  expect(await codes(stuck)).toEqual(WELL);
  const [first] = await db.execute<{ size: string }>(sql`
    update checkpoint set at = at - interval '31 seconds'
    where size = (select max(size) - 2 from checkpoint) returning size`);
  const { status, copy, alarms } = await ask(stuck);
  const { behindSince, ...known } = copy as { behindSince: number };
  expect([status, known]).toEqual([503, { size: Number(first!.size) - 1, blindFor: 0 }]);
  expect(behindSince).toBeGreaterThanOrEqual(31);
  expect(alarms).toMatchObject([{ code: 'copy-behind', next: expect.stringContaining('baris guard') }]);
  expect(await codes()).toEqual(WELL);
});

test('a copy that can’t be read is an alarm after half a minute, and one that never answers hinders nobody who asks', async () => {
  for (const read of [() => Promise.reject(new Error('no disk')), () => new Promise<string>(() => {})]) {
    const memory = openMemory();
    let readable = true;
    const env = withMirror(() => (readable ? services.mirror.read() : read()), memory);
    expect(await codes(env)).toEqual(WELL);
    readable = false;
    expect(await codes(env)).toEqual(WELL);
    memory.toldAt -= 31_000;
    expect(await codes(env)).toEqual([503, ['copy-behind']]);
  }
});

test.each<[string, string, string | null, string]>([
  [
    'database-read-only',
    `alter database NAME set default_transaction_read_only = on`,
    `alter database NAME set default_transaction_read_only = off`,
    'Basis data hanya dapat dibaca',
  ],
  ...[
    'execute on function append_leaf',
    'execute on function record_signatures',
    'select on withdrawal',
    'insert on roster_version',
    'execute on function integrate',
    'execute on function replace_checkpoint',
    'execute on function last_pledge',
    'execute on function standing_pledge',
    'execute on function passkey_standing',
    'select on cosignature',
  ].map(
    (right) =>
      // With the owner's next start, or `npm run migrate`, it has it again.
      ['database-refuses', `revoke ${right} from ${SERVICE}`, null, 'Layanan tidak berhak'] as [
        string,
        string,
        string | null,
        string,
      ],
  ),
  [
    'database-trouble',
    `alter table signature add constraint nothing check (kode = '') not valid`,
    `alter table signature drop constraint nothing`,
    'Tanda tangan tidak dapat dicatat',
  ],
  [
    'database-trouble',
    `alter function tally_placed() rename to tally_gone; create function tally_placed() returns trigger language plpgsql as 'begin raise ''gone''; end'; create or replace trigger leaf_placed after update on leaf referencing new table as placed for each statement execute function tally_placed()`,
    `drop trigger leaf_placed on leaf; drop function tally_placed(); alter function tally_gone() rename to tally_placed; create trigger leaf_placed after update on leaf referencing new table as placed for each statement execute function tally_placed()`,
    'Tanda tangan tidak dapat dicatat',
  ],
])('%s is told while all can be read: %s', async (code, breaks, mends, title) => {
  const name = new URL(url).pathname.slice(1);
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const does = (statement: string) => owner.unsafe(statement.replace('NAME', name));
  const asService = async (): Promise<Services & { end(): Promise<void> }> => {
    const { db, end } = connect(serviceUrl, { max: 4 });
    return { ...services, db, end, canary: openCanary(() => signatures.tryRecording(db), { fresh: 0 }) };
  };
  try {
    let service = await asService();
    expect(await codes(service)).toEqual(WELL);
    await service.end();
    await does(breaks);
    service = await asService();
    const health = await ask(service);
    expect(health).toMatchObject({ status: 503, database: true, writable: false, alarms: [{ code }] });
    expect(health.alarms[0]!.title).toContain(title);
    expect((await app.request('/daftar', {}, service)).status).toBe(200);
    await service.end();
    if (mends === null) await rights.set(db, SERVICE);
    else await does(mends);
    service = await asService();
    expect(await codes(service)).toEqual(WELL);
    await service.end();
  } finally {
    await owner.end();
  }
});

test('a row that somebody holds is told within seconds', async () => {
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    await holder.db.execute(sql`lock table signature in share mode`);
    const begun = performance.now();
    expect(await codes()).toEqual([503, ['database-slow']]);
    expect(performance.now() - begun).toBeLessThan(8_000);
    await holder.db.execute(sql`rollback`);
  } finally {
    await holder.end();
  }
  await vi.waitFor(async () => expect(await codes()).toEqual(WELL));
});

test('papers that don’t come, and clocks that went back', async () => {
  const cast = await openCast(db);
  await hasSigned(services, cast.siti);
  await services.publish();
  await settled();
  expect(await codes()).toEqual(WELL);
  await db.execute(sql`update document_due set at = at - interval '3 minutes'`);
  expect(await ask()).toMatchObject({
    documents: { waiting: 1, late: 1 },
    alarms: [{ code: 'papers-stuck' }],
  });
  await db.execute(sql`update document_due set at = now()`);

  await append(db, 1);
  await services.publish();
  const last = sql`log_index = (select max(log_index) from leaf)`;
  await db.execute(sql`update leaf set at = at + interval '2 hours' where ${last}`);
  const health = await ask();
  expect(health).toMatchObject({ status: 503, alarms: [{ code: 'clock-wrong' }] });
  expect((health.clock as { behindLedger: number }).behindLedger).toBeGreaterThan(7_000);
  await db.execute(sql`update leaf set at = at - interval '2 hours' where ${last}`);
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 90_000);
  expect(await ask()).toMatchObject({ alarms: [{ code: 'clock-wrong' }] });
  now.mockRestore();
  expect(await codes()).toEqual(WELL);
});

test('what phones meet is told too, until one gets through: a full disk has room for something small', async () => {
  const cast = await openCast(db);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const { token: undangan } = await deriveInvitation(services.secret, cast.siti, 1);
  const { submission } = await signedFor(undangan);
  await db.execute(sql`
    create or replace function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'no room' using errcode = '53100'; end $$`);
  await db.execute(
    sql`create trigger full_disk before insert on signature for each row when (new.statement like 'ikrar/%') execute function full_disk()`,
  );
  expect(await codes()).toEqual(WELL);
  // One alone may only have waited for long.
  expect((await request('/undangan/tanda-tangan', submission)).status).toBe(503);
  expect(await codes()).toEqual(WELL);
  expect((await request('/undangan/tanda-tangan', submission)).status).toBe(503);
  expect(await codes()).toEqual([503, ['database-full']]);
  await db.execute(sql`drop trigger full_disk on signature`);
  for (let recorded = 0; recorded < 2; recorded++) {
    const { token } = await deriveInvitation(services.secret, recorded === 0 ? cast.siti : cast.budi, 1);
    const sent = recorded === 0 ? submission : (await signedFor(token)).submission;
    expect((await request('/undangan/tanda-tangan', sent)).status).toBe(200);
  }
  expect(await codes()).toEqual(WELL);
  // What is wrong with a submission alone says nothing of the database.
  expect((await request('/undangan/tanda-tangan', json({ undangan: 'x' }))).status).toBe(400);
  expect(await codes()).toEqual(WELL);
});

test('tables that are older than the service are named, whatever fails on them; newer ones hinder nobody', async () => {
  const [row] = await db.execute<{ last: string }>(
    sql`select max(created_at) as last from drizzle.__drizzle_migrations`,
  );
  const move = (by: number) =>
    db.execute(sql`
      update drizzle.__drizzle_migrations set created_at = ${Number(row!.last) + by}::bigint
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`);
  await move(-1);
  expect(await codes()).toEqual([503, ['tables-older']]);
  // What an older one doesn't have.
  await db.execute(sql`alter table document_due rename column at to since`);
  expect(await ask()).toMatchObject({
    status: 503,
    database: true,
    alarms: [{ code: 'tables-older', next: expect.stringContaining('npm run migrate') }],
  });
  await db.execute(sql`alter table document_due rename column since to at`);
  await move(1);
  const { status, alarms, warnings } = await ask();
  expect([status, alarms, warnings]).toMatchObject([200, [], [{ code: 'tables-newer' }]]);
  await move(0);
  expect(await codes()).toEqual(WELL);
});

test('however many ask, one canary writes', async () => {
  let written = 0;
  const write = async (): Promise<void> => void written++;
  const env = { ...services, canary: openCanary(write) };
  await Promise.all(Array.from({ length: 30 }, () => codes(env)));
  expect(written).toBeLessThanOrEqual(2);
});

test('without its database it says so, and what becomes of signatures', async () => {
  const nowhere = connect('postgres://nobody:secret@127.0.0.1:1/none', { max: 1 });
  expect(await ask({ ...services, db: nowhere.db })).toEqual({
    status: 503,
    database: false,
    alarms: [
      {
        code: 'database-away',
        title: 'Basis data tidak menjawab',
        next: expect.stringContaining('HP menyimpan tanda tangan dan mengirim lagi sendiri.'),
      },
    ],
  });
  await nowhere.end();
});

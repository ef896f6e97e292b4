import { type SQL, sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import * as events from '../../src/kegiatan/events.ts';
import { fromBase64url } from '../../src/lib/base64.ts';
import { signature, signerCredential } from '../../src/schema.ts';
import { recordTogether } from '../../src/signature/record-together.ts';
import { recordingOf, type Signing, signStatement } from '../../src/signature/sign-statement.ts';
import * as signatures from '../../src/signature/signatures.ts';
import * as credentials from '../../src/signer/signer-credentials.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import type { Knobs } from '../authenticator.ts';
import { type Cast, issued, openCast, phoneOf } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, url, services } = await openHouse({ max: 10 });
const { origin } = services.config;

/** What the phone of each sends when they sign. */
const submissions = (people: readonly string[], knobs: Knobs = {}) =>
  Promise.all(
    people.map(async (personId) => {
      const phone = await phoneOf(services, personId);
      const given = await issued(services, personId, phone);
      const assertion = await phone.authenticator.get(given.options, origin, knobs);
      return { personId, statement: given.statement, ticket: given.ticket, assertion };
    }),
  );

/** The same, verified. */
const recordings = async (people: readonly string[]): Promise<signatures.Recording[]> =>
  Promise.all(
    (await submissions(people)).map(async ({ personId, statement, assertion: { response } }) => {
      const said = parseStatement(statement);
      const [credential] = await credentials.forPerson(db, personId);
      const verified = {
        counter: 0,
        authenticatorData: fromBase64url(response.authenticatorData),
        clientDataJson: fromBase64url(response.clientDataJSON),
        signature: fromBase64url(response.signature),
      };
      return recordingOf({ personId, statement, said, verified, passkey: credential! });
    }),
  );

/** The database as it is, and what it is asked to record: how many in each statement. */
function counted(answer: (asked: Promise<unknown>, of: string[]) => Promise<unknown> = (asked) => asked) {
  const sizes: number[] = [];
  const execute = (statement: Parameters<Db['execute']>[0]) => {
    const asked = services.db.execute(statement);
    const { sql: text, params } = (
      asked as unknown as { getQuery(): { sql: string; params: string[] } }
    ).getQuery();
    if (!text.includes('record_signatures(')) return asked;
    const people = (JSON.parse(params[0]!) as { person: string }[]).map(({ person }) => person);
    sizes.push(people.length);
    return answer(asked as unknown as Promise<unknown>, people);
  };
  const watched = new Proxy(services.db, {
    get: (of, key) => (key === 'execute' ? execute : Reflect.get(of, key)),
  });
  return { sizes, env: { ...services, db: watched } };
}

const codeOf = (result: Signing) => (result.ok ? result.outcome : result.code);
const three = ({ siti, budi, ratna }: Cast) => [siti, budi, ratna];
const signed = (people: readonly string[]) =>
  db
    .select()
    .from(signature)
    .where(sql`person_id in ${people.map((id) => sql`${id}::uuid`)}`);

test('who comes while another is on the way goes with those who came', async () => {
  const casts = [await openCast(db), await openCast(db)];
  const people = casts.flatMap(three);
  const given = await recordings(people);
  const { sizes, env } = counted();
  const done = await Promise.all(given.map((one) => recordTogether(env.db, one)));
  // The first went alone.
  expect(sizes).toEqual([1, people.length - 1]);
  // Each got its own row, and none another's.
  const rows = await signed(people);
  expect(rows).toHaveLength(people.length);
  for (const [at, one] of done.entries()) {
    const row = rows.find(({ personId }) => personId === people[at])!;
    expect(one).toEqual({ outcome: 'recorded', row });
    expect(row.statement).toBe(given[at]!.made.statement);
  }
});

test('eight at most share one', async () => {
  const people = (await Promise.all([0, 1, 2, 3].map(() => openCast(db)))).flatMap(three);
  const given = await recordings(people);
  const { sizes, env } = counted();
  const done = await Promise.all(given.map((one) => recordTogether(env.db, one)));
  expect(new Set(done.map(({ outcome }) => outcome))).toEqual(new Set(['recorded']));
  expect(sizes).toEqual([1, 8, 3]);
});

test('who comes alone goes alone, in one statement', async () => {
  const cast = await openCast(db);
  const [sent] = await submissions([cast.siti]);
  const { sizes, env } = counted();
  expect(codeOf(await signStatement(env, sent!))).toBe('recorded');
  expect(sizes).toEqual([1]);
});

test('the same twice at once is one record and one receipt', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const sent = await submissions(people);
  const { env } = counted();
  const done = await Promise.all([...sent, ...sent].map((one) => signStatement(env, one)));
  expect(done.map(codeOf).sort()).toEqual([...people.map(() => 'already'), ...people.map(() => 'recorded')]);
  expect(await signed(people)).toHaveLength(people.length);
});

test('what one of them breaks is said of that one alone', async () => {
  const [cast, other] = [await openCast(db), await openCast(db)];
  const given = await recordings(three(cast));
  // Another has taken the code of one.
  const [theirs] = await recordings([other.siti]);
  theirs!.made.kode = given[2]!.made.kode;
  expect(await signatures.record(db, [theirs!])).toMatchObject([{ outcome: 'recorded' }]);
  const { sizes, env } = counted();
  const done = await Promise.all(given.map((one) => recordTogether(env.db, one)));
  expect(done.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'code-taken']);
  expect(await signed(three(cast))).toHaveLength(2);
  // Together, and then each alone.
  expect(sizes).toEqual([1, 2, 1, 1]);
});

/** Signs for all while somebody holds these rows: who has ended while they were held, and then how all ended. */
async function signBeside(
  sent: Awaited<ReturnType<typeof submissions>>,
  held: SQL[],
  free: readonly string[],
) {
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    for (const rows of held) await holder.db.execute(rows);
    const ended: string[] = [];
    const all = sent.map(async (one) => {
      const result = await signStatement(services, one);
      ended.push(one.personId);
      return codeOf(result);
    });
    await vi.waitFor(() => expect(ended.sort()).toEqual([...free].sort()));
    await holder.db.execute(sql`rollback`);
    return { codes: await Promise.all(all) };
  } finally {
    await holder.end();
  }
}

test('nobody waits for another whose row somebody holds', async () => {
  const [cast, other] = [await openCast(db), await openCast(db)];
  const people = [...three(cast), other.siti];
  const sent = await submissions(people);
  // One by the person, all of the other event by that.
  const held = [
    sql`select from person where id = ${cast.budi}::uuid for update`,
    sql`select from kegiatan where id = ${other.kegiatanId} for update`,
  ];
  const { codes } = await signBeside(sent, held, [cast.siti, cast.ratna]);
  expect(codes).toEqual(people.map(() => 'recorded'));
});

test('nor for another whose passkey somebody holds, since its counter moves', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const sent = await submissions(people, { counter: 7 });
  const held = [sql`select from signer_credential where person_id = ${cast.budi}::uuid for no key update`];
  const { codes } = await signBeside(sent, held, [cast.siti, cast.ratna]);
  expect(codes).toEqual(people.map(() => 'recorded'));
  const counters = await db
    .select({ counter: signerCredential.counter })
    .from(signerCredential)
    .where(sql`person_id in ${people.map((id) => sql`${id}::uuid`)}`);
  expect(counters).toEqual(people.map(() => ({ counter: 7 })));
});

test('nor for another whose passkey somebody would remove', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const sent = await submissions(people);
  const held = [sql`select from signer_credential where person_id = ${cast.budi}::uuid for update`];
  const { codes } = await signBeside(sent, held, [cast.siti, cast.ratna]);
  expect(codes).toEqual(people.map(() => 'recorded'));
});

test('nobody waits on a connection, however many send for a row that somebody holds', async () => {
  const cast = await openCast(db);
  const other = await openCast(db);
  const [one, ...others] = await submissions([cast.siti, ...three(other)]);
  const held = [sql`select from person where id = ${cast.siti}::uuid for update`];
  // One person sends more often than there are connections.
  const sent = [...Array.from({ length: 24 }, () => one!), ...others];
  const { codes } = await signBeside(sent, held, three(other));
  expect(codes.sort()).toEqual([
    ...Array.from({ length: 23 }, () => 'already'),
    ...Array.from({ length: 4 }, () => 'recorded'),
  ]);
});

test('whose row stays held is told that it took too long, and signs when it is free', async () => {
  const cast = await openCast(db);
  const [given] = await recordings([cast.siti]);
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    await holder.db.execute(sql`select from kegiatan where id = ${cast.kegiatanId} for update`);
    // As of a statement that waited for a lock.
    await expect(recordTogether(services.db, given!)).rejects.toMatchObject({ code: '55P03' });
    await holder.db.execute(sql`rollback`);
  } finally {
    await holder.end();
  }
  expect(await signed([cast.siti])).toEqual([]);
  expect(await recordTogether(services.db, given!)).toMatchObject({ outcome: 'recorded' });
});

test('of two of one person in one statement the first is recorded, and nothing is said of the second', async () => {
  const cast = await openCast(db);
  const [first, other] = await recordings([cast.siti, cast.budi]);
  const [second] = await recordings([cast.siti]);
  const all = [first!, second!, other!];
  expect((await signatures.record(services.db, all)).map(({ outcome }) => outcome)).toEqual([
    'recorded',
    'held',
    'recorded',
  ]);
  expect((await signatures.record(services.db, all)).map(({ outcome }) => outcome)).toEqual([
    'already',
    'held',
    'already',
  ]);
});

test('a statement of several that is broken is said, and each is told so', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const given = await recordings(people);
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const rename = (from: string, to: string) =>
    db.execute(sql.raw(`alter function ${from} (jsonb, interval, interval) rename to ${to}`));
  await rename('record_signatures', 'record_none');
  try {
    const done = await Promise.allSettled(given.map((one) => recordTogether(services.db, one)));
    expect(new Set(done.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(said.mock.calls.flat().join()).toMatch(/^record-together: .*record_signatures/);
    // And so /sehat says it.
    await expect(signatures.tryRecording(services.db)).rejects.toThrow();
  } finally {
    await rename('record_none', 'record_signatures');
    said.mockRestore();
  }
  await signatures.tryRecording(services.db);
  expect(
    (await Promise.all(given.map((one) => recordTogether(services.db, one)))).map((r) => r.outcome),
  ).toEqual(people.map(() => 'recorded'));
});

test('an answer that is lost on its way leaves each their own receipt', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const sent = await submissions(people);
  // The first of each.
  const lost = new Set<string>();
  const { env } = counted(async (asked, of) => {
    const isFirst = of.some((personId) => !lost.has(personId));
    for (const personId of of) lost.add(personId);
    const answer = await asked;
    if (!isFirst) return answer;
    throw Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' });
  });
  const done = await Promise.all(sent.map((one) => signStatement(env, one)));
  const rows = await signed(people);
  expect(rows).toHaveLength(people.length);
  for (const [at, one] of done.entries()) {
    expect(one).toEqual({
      ok: true,
      outcome: 'already',
      signature: rows.find(({ personId }) => personId === people[at]),
    });
  }
});

test('one that never answers keeps nobody else waiting', async () => {
  const cast = await openCast(db);
  const [first, ...others] = await submissions(three(cast));
  let answered = (_: unknown): void => {};
  let silent = true;
  const { env } = counted((asked) => {
    if (!silent) return asked;
    silent = false;
    return new Promise((answer) => {
      answered = () => answer(asked);
    });
  });
  const waiting = signStatement(env, first!);
  expect((await Promise.all(others.map((one) => signStatement(env, one)))).map(codeOf)).toEqual([
    'recorded',
    'recorded',
  ]);
  answered(null);
  expect(codeOf(await waiting)).toBe('recorded');
});

test('no entry but one of two digests gets into the ledger by it, nor a statement under another’s digest', async () => {
  const cast = await openCast(db);
  const [given] = await recordings([cast.siti]);
  for (const change of [
    { evidenceHash: new Uint8Array(40_000) },
    { evidenceHash: new Uint8Array(0) },
    { hash: new Uint8Array(0) },
    { hash: new Uint8Array(32) },
    { statement: `${given!.made.statement} ` },
  ]) {
    const forged = { ...given!, made: { ...given!.made, ...change } };
    await expect(signatures.record(services.db, [forged])).rejects.toMatchObject({
      cause: { code: '23514' },
    });
  }
  const counted = { ...given!, use: { ...given!.use, counter: -5 } };
  await expect(signatures.record(services.db, [counted])).rejects.toMatchObject({ cause: { code: '23514' } });
  const [leaves] = await db.execute<{ n: number }>(sql`
    select count(*)::integer as n from leaf where entry like '%jenis tanda-tangan%' and octet_length(entry) > 300`);
  expect(leaves!.n).toBe(0);
  // The same twice: one.
  const done = await signatures.record(services.db, [given!, given!]);
  expect(done.map(({ outcome }) => outcome)).toEqual(['recorded', 'held']);
});

test('whoever is recorded already gets the receipt, though somebody holds the rows', async () => {
  const cast = await openCast(db);
  const [sent] = await submissions([cast.siti]);
  expect(codeOf(await signStatement(services, sent!))).toBe('recorded');
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    await holder.db.execute(sql`select from kegiatan where id = ${cast.kegiatanId} for update`);
    expect(codeOf(await signStatement(services, sent!))).toBe('already');
    await holder.db.execute(sql`rollback`);
  } finally {
    await holder.end();
  }
});

test('of several, one that meets a lock within the statement is told so alone', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const given = await recordings(people);
  await db.execute(
    sql.raw(`create function meets_lock() returns trigger language plpgsql as $$ begin
      if new.person_id = '${cast.budi}' then raise exception 'held' using errcode = '55P03'; end if; return new; end $$`),
  );
  await db.execute(
    sql.raw(
      'create trigger meets_lock before insert on signature for each row execute function meets_lock()',
    ),
  );
  try {
    const done = await Promise.allSettled(given.map((one) => recordTogether(services.db, one)));
    const told = new Map(people.map((id, at) => [id, done[at]!.status]));
    expect(told.get(cast.budi)).toBe('rejected');
    expect([told.get(cast.siti), told.get(cast.ratna)]).toEqual(['fulfilled', 'fulfilled']);
  } finally {
    await db.execute(sql`drop trigger meets_lock on signature`);
    await db.execute(sql`drop function meets_lock`);
  }
});

test('no plan that it keeps reads a whole table', async () => {
  const [row] = await db.execute<{ set: string }>(
    sql`select proconfig::text as set from pg_proc where proname = 'record_signatures'`,
  );
  for (const off of ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off'])
    expect(row!.set).toContain(off);
});

test('nothing is recorded after the time at which an event was closed, however long the closing waited', async () => {
  const cast = await openCast(db);
  const [sent] = await submissions([cast.siti]);
  const [holder, closer] = [connect(url, { max: 1, limits: null }), connect(url, { max: 1, limits: null })];
  try {
    // Somebody signs, slowly.
    await holder.db.execute(sql`begin`);
    await holder.db.execute(sql`select from kegiatan where id = ${cast.kegiatanId} for key share`);
    const closing = events.close(closer.db, actorOf(cast), cast.kegiatanId);
    await vi.waitFor(async () => {
      const waiting = await db.execute(sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      expect(waiting.length).toBeGreaterThan(0);
    });
    expect(codeOf(await signStatement(services, sent!))).toBe('recorded');
    await holder.db.execute(sql`commit`);
    expect(await closing).toEqual({ ok: true });
  } finally {
    await holder.end();
    await closer.end();
  }
  const late = await db.execute(sql`
    select from signature g join kegiatan_tahap t on t.kegiatan_id = g.kegiatan_id and t.tahap = 'ditutup' and g.at > t.at
    where g.kegiatan_id = ${cast.kegiatanId}`);
  expect(late).toHaveLength(0);
});

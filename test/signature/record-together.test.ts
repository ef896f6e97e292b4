import { type SQL, sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import { signature, signerCredential } from '../../src/schema.ts';
import { type Signing, signStatement } from '../../src/signature/sign-statement.ts';
import * as signatures from '../../src/signature/signatures.ts';
import type { Knobs } from '../authenticator.ts';
import { type Cast, issued, openCast, phoneOf } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, url, services } = await openHouse();
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

/** The database as it is, and what it is asked to record: how many in each statement; 0: one alone, after all. */
function counted(answer: (asked: Promise<unknown>, size: number) => Promise<unknown> = (asked) => asked) {
  const sizes: number[] = [];
  const execute = (statement: Parameters<Db['execute']>[0]) => {
    const asked = services.db.execute(statement);
    const { sql: text, params } = (
      asked as unknown as { getQuery(): { sql: string; params: string[] } }
    ).getQuery();
    if (text.includes('record_signature(')) sizes.push(0);
    if (!text.includes('record_signatures(')) return asked;
    const size = (JSON.parse(params[0]!) as unknown[]).length;
    sizes.push(size);
    return answer(asked as unknown as Promise<unknown>, size);
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
  const sent = await submissions(people);
  const { sizes, env } = counted();
  const done = await Promise.all(sent.map((one) => signStatement(env, one)));
  expect(done.map(codeOf)).toEqual(people.map(() => 'recorded'));
  // The first went alone.
  expect(sizes.reduce((sum, size) => sum + size)).toBe(people.length);
  expect(sizes.length).toBeLessThan(people.length);
  // Each got its own row, and none another's.
  const rows = await signed(people);
  expect(rows).toHaveLength(people.length);
  for (const [at, one] of done.entries()) {
    const row = rows.find(({ personId }) => personId === people[at])!;
    expect(one).toEqual({ ok: true, outcome: 'recorded', signature: row });
    expect(row.statement).toBe(sent[at]!.statement);
  }
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
  const people = three(cast);
  const sent = await submissions(people);
  const { sizes, env } = counted();
  // Another has taken the code of one.
  const [theirs] = await submissions([other.siti]);
  expect(codeOf(await signStatement(services, theirs!))).toBe('recorded');
  const kode = /^kode (\S+)$/m.exec(sent[2]!.statement)![1]!.replaceAll('-', '');
  await db.execute(
    sql`set session_replication_role = replica; update signature set kode = ${sql.raw(`'${kode}'`)} where person_id = ${sql.raw(`'${other.siti}'`)}; set session_replication_role = origin`,
  );
  const done = await Promise.all(sent.map((one) => signStatement(env, one)));
  expect(done.map(codeOf)).toEqual(['recorded', 'recorded', 'pledge-lapsed']);
  expect(await signed(people)).toHaveLength(2);
  // The first two statements were of one and of two; of these each went again alone.
  expect(sizes.filter((size) => size === 0)).toHaveLength(2);
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
    const [waiting] = await db.execute<{ n: number }>(sql`
      select count(*)::integer as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    await holder.db.execute(sql`rollback`);
    return { codes: await Promise.all(all), waiting: waiting!.n };
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

test('who waits for a row that somebody holds leaves connections to others', async () => {
  const casts = await Promise.all([0, 1, 2, 3].map(() => openCast(db)));
  const other = await openCast(db);
  const sent = await submissions([...casts.flatMap(three), ...three(other)]);
  const held = casts.map(({ kegiatanId }) => sql`select from kegiatan where id = ${kegiatanId} for update`);
  const { codes, waiting } = await signBeside(sent, held, three(other));
  expect(waiting).toBe(4);
  expect(new Set(codes)).toEqual(new Set(['recorded']));
});

test('a statement of several that is broken is said, and each goes alone', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const sent = await submissions(people);
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const rename = (from: string, to: string) =>
    db.execute(sql.raw(`alter function ${from} (jsonb, interval, interval) rename to ${to}`));
  await rename('record_signatures', 'record_none');
  try {
    const done = await Promise.all(sent.map((one) => signStatement(services, one)));
    expect(done.map(codeOf)).toEqual(people.map(() => 'recorded'));
    expect(said.mock.calls.flat().join()).toMatch(/^record-together: .*record_signatures/);
    // And so /sehat says it.
    await expect(signatures.tryRecording(services.db)).rejects.toThrow();
  } finally {
    await rename('record_none', 'record_signatures');
  }
  await signatures.tryRecording(services.db);
});

test('an answer that is lost on its way leaves each their own receipt', async () => {
  const cast = await openCast(db);
  const people = three(cast);
  const sent = await submissions(people);
  // The first of each.
  let lost = 0;
  const { env } = counted(async (asked, size) => {
    lost += size;
    const keeps = lost > people.length;
    const answer = await asked;
    if (keeps) return answer;
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

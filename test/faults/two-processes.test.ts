/**
 * Two real processes behind one https address, on one database: people sign at both at once, each step perhaps at the other
 * one. One ledger, no fork, no false alarm from their outside copies.
 */

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { checkNote, parseVerifier } from '../../src/ledger/note.ts';
import { openKeys } from '../../src/node/keys.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { type House, openHouse } from '../house.ts';
import { found, get, login } from '../office/office.ts';
import { type Door, openDoor, send } from './door.ts';

// Several starts, on a machine that may be busy with the other tests.

const ORIGIN = 'https://ikrar.test';
const EVENTS = 8;

const house = await openHouse({ origin: ORIGIN });
const { db, url } = house;
const folders = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `ikrar-two-${name}-`))));

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const open = (data: string): Promise<Door> => openDoor({ data, url, origin: ORIGIN });

/** Opens at one door, keeps the passkey at the other, signs at both at once. Returns both receipts. */
async function signs(here: Door, there: Door, undangan: string): Promise<[Sent, Sent]> {
  const phone = new Authenticator();
  const opened = await send<Opened>(here, '/undangan', { undangan });
  if (opened.outcome !== 'open') throw new Error(JSON.stringify(opened));
  const made = await phone.register(opened.create, ORIGIN);
  const prepared = await send<Prepared>(there, '/undangan/kunci', { undangan, ...made });
  if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
  const { statement, ticket, options } = prepared.issued;
  const body = { undangan, statement, ticket, response: await phone.get(options, ORIGIN) };
  const receipt = async (door: Door): Promise<Sent> => {
    const sent = await send<Sent>(door, '/undangan/tanda-tangan', body);
    return sent.outcome === 'waiting' ? settled(door, undangan) : sent;
  };
  return Promise.all([receipt(here), receipt(there)]);
}

const settled = (door: Door, undangan: string): Promise<Sent> =>
  vi.waitUntil(
    async () => {
      const sent = await send<Sent>(door, '/undangan/status', { undangan });
      return sent.outcome === 'waiting' ? null : sent;
    },
    { timeout: 60_000, interval: 100 },
  );

/** The current checkpoint as a door gives it, its signature checked by the key of the other. */
async function checkpoint(door: Door, other: Door) {
  const verifier = await parseVerifier((await (await fetch(`${other.address}/catatan/kunci`)).text()).trim());
  return parseCheckpoint(
    await checkNote(await (await fetch(`${door.address}/catatan/checkpoint`)).text(), verifier),
  );
}

test('both record, publish and keep their outside copies without getting in each other’s way', async () => {
  const [one, two] = folders as [string, string];
  const a = await open(one);
  await cp(join(one, 'keys'), join(two, 'keys'), { recursive: true });
  await cp(join(one, 'checkpoint'), join(two, 'checkpoint'));
  const b = await open(two);
  const { secret } = await openKeys(one, `${new URL(ORIGIN).host}/catatan`, { mayCreate: false });

  const tokens: string[] = [];
  for (let event = 0; event < EVENTS; event++) {
    const cast = await openCast(db);
    await invitations.issueMissing(db, secret, cast.kegiatanId, actorOf(cast));
    tokens.push(...(await invitations.forCards(db, secret, cast.kegiatanId)).map(({ token }) => token));
  }
  const receipts = await Promise.all(
    tokens.map((token, at) => (at % 2 === 0 ? signs(a, b, token) : signs(b, a, token))),
  );
  for (const [here, there] of receipts) {
    expect(here.outcome).toBe('recorded');
    expect(there).toEqual(here);
  }

  // The papers follow, and each has its entry too.
  await vi.waitUntil(
    async () => {
      const [papers] = await db.execute<{ made: number; published: boolean }>(sql`
        select (select count(*)::int from document) as made,
          (select max(size) from checkpoint) = (select count(*) from leaf) as published`);
      return papers!.made === tokens.length && papers!.published;
    },
    { timeout: 60_000, interval: 200 },
  );

  const [state] = await db.execute<{
    signed: number;
    entries: number;
    seals: number;
    places: number;
    waiting: number;
  }>(sql`
    select (select count(*)::int from signature) as signed,
      (select count(*)::int from leaf where entry like '%jenis tanda-tangan%') as entries,
      (select count(*)::int from leaf where entry like '%jenis segel%') as seals,
      (select count(distinct log_index)::int from leaf) as places,
      (select count(*)::int from leaf where log_index is null) as waiting`);
  const { size } = await checkpoint(a, b);
  const all = tokens.length;
  expect(state).toEqual({ signed: all, entries: all, seals: all, places: size, waiting: 0 });
  expect(await checkpoint(b, a)).toEqual(await checkpoint(a, b));
  for (const door of [a, b]) expect(door.said()).not.toMatch(/publish:|later:/);

  // Whatever each wrote last, the ledger continues it.
  for (const folder of folders) {
    expect(parseCheckpointOf(await readFile(join(folder, 'checkpoint'), 'utf8'))).toBeLessThanOrEqual(size);
  }
  await Promise.all([a.stop(), b.stop()]);
  const again = await Promise.all(folders.map(open));
  expect((await checkpoint(again[0]!, again[1]!)).size).toBe(size);
  for (const folder of folders) {
    expect(parseCheckpointOf(await readFile(join(folder, 'checkpoint'), 'utf8'))).toBe(size);
  }
  await Promise.all(again.map((door) => door.stop()));
});

const parseCheckpointOf = (note: string): number => Number(note.split('\n')[1]);

test('behind https an officer comes in by plain http inside, and the form of another site is refused', async () => {
  const door = await open(folders[0]!);
  const cookies: string[] = [];
  const request: House['request'] = async (path, init) => {
    const answer = await fetch(`${door.address}${path}`, { ...init, redirect: 'manual' });
    cookies.push(...answer.headers.getSetCookie());
    return answer;
  };
  const office = await found({ ...house, request });
  expect((await login({ ...house, request }, office.phone)).ok).toBe(true);
  expect(cookies.length).toBeGreaterThan(1);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    for (const part of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=']) expect(cookie).toContain(part);
  }
  expect((await get({ ...house, request }, '/kantor', office.cookie)).status).toBe(200);
  const leave = (origin: string): Promise<Response> =>
    request('/kantor/keluar', { method: 'POST', headers: { origin, cookie: office.cookie } });
  expect((await leave('https://elsewhere.example')).status).toBe(403);
  expect((await leave(ORIGIN)).status).toBe(303);
  await door.stop();
});

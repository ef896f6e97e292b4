/**
 * An old database is put back beside a newer outside copy, under running services and before their start: everything can be
 * read, nothing is signed or recorded, and once the newer database is back all goes on without a start.
 */

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { openKeys } from '../../src/node/keys.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { formatCode } from '../../src/statement/code.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { type Door, openDoor, send } from './door.ts';

const ORIGIN = 'https://ikrar.test';

const house = await openHouse({ origin: ORIGIN });
const { db, url } = house;
const name = new URL(url).pathname.slice(1);
const admin = postgres(`${inject('postgres')}/postgres`, { max: 1, onnotice: () => {} });
const folders = await Promise.all(['a', 'b'].map((which) => mkdtemp(join(tmpdir(), `ikrar-old-${which}-`))));
const [one, two] = folders as [string, string];

let a: Door;
let b: Door;
/** Not signed yet, and made at a door before anything was put back. */
let undangan: string[];

beforeAll(async () => {
  a = await openDoor({ data: one, url, origin: ORIGIN });
  await cp(join(one, 'keys'), join(two, 'keys'), { recursive: true });
  await cp(join(one, 'checkpoint'), join(two, 'checkpoint'));
  b = await openDoor({ data: two, url, origin: ORIGIN });
  const { secret } = await openKeys(one, 'ikrar.test/catatan', { mayCreate: false });
  undangan = [];
  for (let event = 0; event < 3; event++) {
    const cast = await openCast(db);
    await invitations.issueMissing(db, secret, cast.kegiatanId, actorOf(cast));
    undangan.push(...(await invitations.forCards(db, secret, cast.kegiatanId)).map(({ token }) => token));
  }
});
afterAll(async () => {
  for (const left of [`${name}_old`, `${name}_new`])
    await admin.unsafe(`drop database if exists ${left} with (force)`);
  await admin.end();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** While nobody is in these databases. */
async function alone(names: string[], act: () => Promise<unknown>): Promise<void> {
  for (const one of names) await admin.unsafe(`alter database ${one} allow_connections false`);
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname in ${admin(names)}`;
  await vi.waitUntil(
    async () => (await admin`select from pg_stat_activity where datname in ${admin(names)}`).length === 0,
    { interval: 20 },
  );
  await act();
}
const open = (one: string) => admin.unsafe(`alter database ${one} allow_connections true`);

/** A backup of the database as it is now. */
const backUp = async (): Promise<void> => {
  await alone([name], () => admin.unsafe(`create database ${name}_old template ${name}`));
  await open(name);
  await open(`${name}_old`);
};
/** Puts the database aside and the one named in its place. */
async function putInPlace(from: string, aside: string): Promise<void> {
  await alone([name, from], async () => {
    await admin.unsafe(`alter database ${name} rename to ${aside}`);
    await admin.unsafe(`alter database ${from} rename to ${name}`);
  });
  await open(name);
  await open(aside);
}

/** Asks again while connections are cut. */
const asked = <Reply>(door: Door, path: string, body: object): Promise<Reply> =>
  vi.waitUntil(
    async () => {
      const reply = await send<{ code?: string }>(door, path, body);
      return reply.code === 'out-of-order' ? null : (reply as Reply);
    },
    { timeout: 30_000, interval: 50 },
  );

interface Submission {
  undangan: string;
  statement: string;
  ticket: string;
  response: unknown;
}

async function signedByPhone(door: Door, token: string): Promise<Submission> {
  const phone = new Authenticator();
  const opened = await asked<Opened>(door, '/undangan', { undangan: token });
  if (opened.outcome !== 'open') throw new Error(JSON.stringify(opened));
  const prepared = await asked<Prepared>(door, '/undangan/kunci', {
    undangan: token,
    ...(await phone.register(opened.create, ORIGIN)),
  });
  if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
  const { statement, ticket, options } = prepared.issued;
  return { undangan: token, statement, ticket, response: await phone.get(options, ORIGIN) };
}

/** Sends as the phone does until there is an end of it. */
const recorded = (door: Door, submission: Submission): Promise<void> =>
  vi.waitFor(
    async () => {
      const sent = await asked<Sent>(door, '/undangan/tanda-tangan', submission);
      expect(sent.outcome).toBe('recorded');
    },
    { timeout: 30_000, interval: 50 },
  );

interface Health {
  halted: { code: string; outside: number; database: number } | null;
  ledger: { size: number; published: number; waiting: number };
  documents: { waiting: number };
}
const health = async (door: Door): Promise<{ status: number } & Health> => {
  const answer = await fetch(`${door.address}/sehat`);
  return { status: answer.status, ...((await answer.json()) as Health) };
};
const becomes = (door: Door, status: number): Promise<Health> =>
  vi.waitFor(
    async () => {
      const now = await health(door);
      expect([now.status, now.ledger === undefined]).toEqual([status, false]);
      return now;
    },
    { timeout: 30_000, interval: 50 },
  );
const copyOf = (folder: string): Promise<string> => readFile(join(folder, 'checkpoint'), 'utf8');
const sizeOf = (note: string): number => Number(note.split('\n')[1]);
/** Until all papers are made, all is published and both copies have it; the size. */
const settled = (): Promise<number> =>
  vi.waitFor(
    async () => {
      // Every paper is made, and only then asked whether its entry is published.
      expect((await health(a)).documents.waiting).toBe(0);
      const { ledger } = await health(a);
      const copies = await Promise.all(folders.map(copyOf));
      expect([ledger.waiting, ...copies.map(sizeOf)]).toEqual([0, ledger.size, ledger.size]);
      return ledger.size;
    },
    { timeout: 60_000, interval: 200 },
  );

const codeOf = ({ statement }: Submission): string =>
  formatCode(/^kode (.*)$/m.exec(statement)![1]!.replaceAll('-', ''));

test('the copy of a process that only looks on follows what the other publishes', async () => {
  const first = await signedByPhone(a, undangan.pop()!);
  await recorded(a, first);
  await settled();
});

test('an old database under two running services, and its way back', async () => {
  const before = await signedByPhone(a, undangan.pop()!);
  await recorded(a, before);
  await settled();
  await backUp();
  const after = await signedByPhone(a, undangan.pop()!);
  await recorded(b, after);
  const size = await settled();
  /** Signed on the phone, not sent yet. */
  const late = await signedByPhone(b, undangan.pop()!);
  const copies = await Promise.all(folders.map(copyOf));

  await putInPlace(`${name}_old`, `${name}_new`);
  for (const door of [a, b]) {
    const { halted, ledger } = await becomes(door, 503);
    expect(halted).toEqual({ code: 'ledger-forked', outside: size, database: ledger.size });
    expect(halted!.database).toBeLessThan(size);

    // Read.
    const page = async (path: string) => {
      const answer = await fetch(`${door.address}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await page(`/p/${codeOf(before)}`)).toMatchObject({ status: 200 });
    expect((await page(`/p/${codeOf(before)}.pdf`)).status).toBe(200);
    expect(await page(`/p/${codeOf(after)}`)).toMatchObject({
      status: 404,
      text: expect.stringContaining('Ikrar terbaru mungkin belum terlihat'),
    });
    expect((await page('/daftar')).status).toBe(200);
    // Not signed.
    const published = (await page('/catatan/checkpoint')).text;
    expect(sizeOf(published)).toBe(ledger.published);
    for (const [path, body] of [
      ['/undangan', { undangan: undangan[0]! }],
      ['/undangan/tanda-tangan', late],
      // To the old database this person has not signed.
      ['/undangan/tanda-tangan', after],
      ['/undangan/status', { undangan: after.undangan }],
    ] as const) {
      expect(await asked<Sent>(door, path, body)).toMatchObject({ outcome: 'halted', code: 'ledger-halted' });
    }
    expect((await health(door)).ledger).toMatchObject({
      size: ledger.size,
      waiting: 0,
      published: ledger.published,
    });
    expect((await page('/catatan/checkpoint')).text).toBe(published);
    expect(door.said().match(/CATATAN BERHENTI/g)).toHaveLength(1);
    expect(door.said()).toContain('docs/operasi.md');
  }
  expect(await Promise.all(folders.map(copyOf))).toEqual(copies);

  await putInPlace(`${name}_new`, `${name}_old`);
  for (const door of [a, b]) {
    expect((await becomes(door, 200)).halted).toBe(null);
    expect(door.said().match(/Catatan berjalan lagi/g)).toHaveLength(1);
  }
  await recorded(a, late);
  await recorded(a, after);
  expect((await fetch(`${b.address}/p/${codeOf(late)}`)).status).toBe(200);
  await settled();
});

test('another tree of the same size, found at the start; what was recorded before it was known is sent again', async () => {
  const late = await signedByPhone(a, undangan.pop()!);
  const size = await settled();
  await a.stop();
  await b.stop();
  const copies = await Promise.all(folders.map(copyOf));

  await putInPlace(`${name}_old`, `${name}_new`);
  const inside = postgres(url, { max: 1, onnotice: () => {} });
  const digest = `pernyataan sha256:${'0'.repeat(64)}`;
  await inside`select append_leaf('tanda-tangan', string_to_array(${digest}, '|'))
    from generate_series(1, ${size} - (select count(*)::integer from leaf))`;
  await inside.end();
  a = await openDoor({ data: one, url, origin: ORIGIN });
  const { halted, ledger } = await becomes(a, 503);
  expect(halted).toEqual({ code: 'ledger-forked', outside: size, database: size });
  expect(ledger.published).toBeLessThan(size);
  expect(await asked<Sent>(a, '/undangan/tanda-tangan', late)).toMatchObject({ outcome: 'halted' });
  expect((await fetch(`${a.address}/daftar`)).status).toBe(200);
  expect(await Promise.all(folders.map(copyOf))).toEqual(copies);

  await putInPlace(`${name}_new`, `${name}_old`);
  await becomes(a, 200);
  // The phone had been told that it waits; here nobody knows of it.
  expect(await asked<Sent>(a, '/undangan/status', { undangan: late.undangan })).toEqual({
    outcome: 'missing',
  });
  await recorded(a, late);
  await a.stop();
});

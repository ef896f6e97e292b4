/** While the copy outside is ahead of the database: everything can be read, nothing is signed, nobody's signature is lost. */

import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { issueDue, issuePaper } from '../../src/document/issue-paper.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import * as wordings from '../../src/naskah/wordings.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as records from '../../src/office/records.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { documentDue } from '../../src/schema.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { Authenticator } from '../authenticator.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { putAhead } from '../halt.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  appointed,
  ask,
  found,
  get,
  join,
  KOBAR,
  login,
  newestKunci,
  type Office,
  post,
} from '../office/office.ts';

const house = await openHouse();
const { db, services } = house;
const { origin } = services.config;
vi.spyOn(console, 'error').mockImplementation(() => {});

let office: Office;
let colleague: Office;
/** Of a second key of the office's. */
let kunci: string;
let cast: Cast;
let kode: string;
let paper: Uint8Array;
/** Puts right what `halt` has done. */
let goOn = async (): Promise<void> => {};

beforeAll(async () => {
  office = await found(house);
  colleague = await join(house, office, 'Petugas Kedua');
  const second = new Authenticator();
  await addKey(house, office, second);
  kunci = await newestKunci(second);
  cast = await openCast(db, { of: office });
  ({ kode } = (await hasSigned(services, cast.ratna)).row);
  await services.publish();
  const issued = await issuePaper(services, kode);
  if (!issued.ok) throw new Error(issued.code);
  paper = issued.pdf;
});
afterEach(() => goOn());

async function halt(): Promise<void> {
  // Papers of those who have just signed.
  await house.settled();
  goOn = await putAhead(house);
}

/** Rows that a wrong database would take with it. */
async function rows(): Promise<unknown> {
  const [counted] = await db.execute(sql`
    select (select count(*) from leaf) as leaves, (select count(*) from signature) as signatures,
      (select count(*) from signer_credential) as credentials, (select count(*) from document) as papers,
      (select count(*) from checkpoint) as checkpoints, (select count(*) from kegiatan_tahap) as stages,
      (select count(*) from kegiatan) as events, (select count(*) from officer) as officers, (select count(*) from invitation) as invitations`);
  return counted;
}

const send = (path: string, body: unknown) =>
  house.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function invited(personId: string, own: Cast): Promise<string> {
  await invitations.issueMissing(db, services.secret, own.kegiatanId, actorOf(own));
  return (await deriveInvitation(services.secret, personId, 1)).token;
}

/** A phone before each of its three requests that lead to a pledge. */
async function phoneBefore(undangan: string) {
  const phone = new Authenticator();
  const opened = (await (await send('/undangan', { undangan })).json()) as Opened;
  if (opened.outcome !== 'open') throw new Error(JSON.stringify(opened));
  const key = { undangan, ...(await phone.register(opened.create, origin)) };
  return {
    key,
    async signed() {
      const answer = (await (await send('/undangan/kunci', key)).json()) as Prepared;
      if (answer.outcome !== 'issued') throw new Error(JSON.stringify(answer));
      const { statement, ticket, options, credentialId } = answer.issued;
      const submission = { undangan, statement, ticket, response: await phone.get(options, origin) };
      return { submission, prepare: { undangan, kunci: credentialId } };
    },
  };
}

test('nobody is asked for a finger, and what arrives all the same is refused before it is recorded', async () => {
  const own = await openCast(db);
  const undangan = await invited(own.siti, own);
  const { submission, prepare } = await (await phoneBefore(undangan)).signed();
  const budi = await invited(own.budi, own);
  const { key } = await phoneBefore(budi);
  await halt();
  const before = await rows();
  const asked: [string, unknown][] = [
    ['/undangan', { undangan }],
    ['/undangan/kunci', key],
    ['/undangan/pernyataan', prepare],
    ['/undangan/tanda-tangan', submission],
    ['/undangan/status', { undangan }],
    // Made after this database was kept, as far as it can tell.
    ['/undangan', { undangan: '0'.repeat(26) }],
  ];
  for (const [path, body] of asked) {
    const answer = await send(path, body);
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '10']);
    const said = (await answer.json()) as Extract<Sent, { outcome: 'halted' }>;
    expect(said).toMatchObject({ outcome: 'halted', code: 'ledger-halted' });
    expect(said.next).toContain('Tidak ada yang hilang. Tanyakan kepada petugas, lalu coba lagi nanti.');
  }
  expect(await rows()).toEqual(before);

  // The same again, once the copy and the database agree.
  await goOn();
  const statuses = [];
  for (const [path, body] of asked) statuses.push((await send(path, body)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  expect((await signatures.byPerson(db, own.siti))!.statement).toBe(submission.statement);
});

test('no receipt is given of a database that may be the wrong one; it is again once that is clear', async () => {
  const undangan = await invited(cast.ratna, cast);
  await halt();
  const answer = await send('/undangan', { undangan });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ outcome: 'halted' });
  await goOn();
  expect(await (await send('/undangan', { undangan })).json()).toMatchObject({ outcome: 'recorded' });
});

test('recorded before it was known: the phone is not told that it has arrived, and sends again', async () => {
  const own = await openCast(db);
  const undangan = await invited(own.siti, own);
  const { submission } = await (await phoneBefore(undangan)).signed();
  await halt();
  const { halted } = services;
  services.halted = async (how) => ((await signatures.byPerson(db, own.siti)) ? halted(how) : null);
  const sent = await send('/undangan/tanda-tangan', submission);
  services.halted = halted;
  expect(sent.status).toBe(503);
  expect(await sent.json()).toMatchObject({ outcome: 'halted' });
  expect(await signatures.byPerson(db, own.siti)).not.toBe(null);
  expect(await (await send('/undangan/status', { undangan })).json()).toMatchObject({ outcome: 'halted' });
  await goOn();
  expect(await (await send('/undangan/tanda-tangan', submission)).json()).toMatchObject({
    outcome: 'recorded',
  });
});

test('just put there, and not noticed yet: no passkey is kept, and nobody is sent away', async () => {
  const own = await openCast(db);
  const { key } = await phoneBefore(await invited(own.siti, own));
  const { submission } = await (await phoneBefore(await invited(own.budi, own))).signed();
  await halt();
  const { halted } = services;
  services.halted = async (how) => (how?.now ? halted(how) : null);
  try {
    const before = await rows();
    for (const [path, body] of [
      ['/undangan/kunci', key],
      // As what was made since looks to an old database.
      ['/undangan', { undangan: '0'.repeat(26) }],
      ['/undangan/status', { undangan: submission.undangan }],
      ['/undangan/tanda-tangan', { ...submission, ticket: 'x' }],
    ] as const) {
      const answer = await send(path, body);
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '10']);
      expect(await answer.json()).toMatchObject({ outcome: 'halted' });
    }
    expect((await post(house, '/kantor/naskah/baru', office.cookie, {})).status).toBe(503);
    expect(await rows()).toEqual(before);
  } finally {
    services.halted = halted;
  }
});

test('a status of what another database has is no refusal', async () => {
  const own = await openCast(db);
  const answer = await send('/undangan/status', { undangan: await invited(own.siti, own) });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({ outcome: 'missing' });
});

test('what may come of a database that is put away is kept for no longer than a list, and for ever once it goes on', async () => {
  await services.publish();
  const { size } = (await checkpoints.current(db))!;
  const paths = [
    `/catatan/tile/0/000.p/${size}`,
    `/catatan/tile/entries/000.p/${size}`,
    `/catatan/konsistensi/1/${size}`,
  ];
  const kept = () =>
    Promise.all(paths.map(async (path) => (await house.request(path)).headers.get('cache-control')));
  const forEver = paths.map(() => 'public, max-age=31536000, immutable');
  const shortly = paths.map(() => 'max-age=10');
  expect(await kept()).toEqual(forEver);
  await halt();
  await services.halted();
  expect(await kept()).toEqual(shortly);
  await goOn();
  await services.halted();
  expect(await kept()).toEqual(forEver);
});

test('the public pages are there, and say that the newest may be missing', async () => {
  const note = 'Ikrar terbaru mungkin belum terlihat';
  const pages = {
    '/daftar': 200,
    '/daftar/62.01': 200,
    '/daftar?cari=ratna': 200,
    '/daftar/kegiatan': 200,
    [`/daftar/kegiatan/${cast.kegiatanId}`]: 200,
    '/p/7K3F-9QXM-2DA7': 404,
  };
  for (const halted of [false, true]) {
    if (halted) await halt();
    // As the timer does, each second: who reads waits for no copy, and is told what is known.
    await services.halted();
    for (const [path, status] of Object.entries(pages)) {
      const answer = await house.request(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect([path, (await answer.text()).includes(note)]).toEqual([path, halted]);
    }
  }
  const { note: signed } = (await checkpoints.current(db))!;
  for (const path of ['/', '/u', '/periksa', `/p/${kode}`, `/p/${kode}/bukti.json`, '/catatan/kunci'])
    expect([path, (await house.request(path)).status]).toEqual([path, 200]);
  expect(await (await house.request(`/p/${kode}`)).text()).toContain(
    'Ringkasan baru sedang tidak diterbitkan',
  );
  expect(await (await house.request('/catatan/checkpoint')).text()).toBe(signed);
});

test('papers that are made are given out, and none is made', async () => {
  const own = await openCast(db);
  const { row } = await hasSigned(services, own.siti);
  await services.publish();
  await db.update(documentDue).set({ at: sql`now() - interval '1 hour'` });
  await halt();
  const before = await rows();
  const kept = await house.request(`/p/${kode}.pdf`);
  expect(new Uint8Array(await kept.arrayBuffer())).toEqual(paper);
  const due = await house.request(`/p/${row.kode}.pdf`);
  expect(due.status).toBe(503);
  expect(await due.text()).toContain('Pencatatan sedang dihentikan. Tidak ada yang hilang.');
  await issueDue(services);
  expect(await rows()).toEqual(before);
  await goOn();
  await issueDue(services);
  expect(await rows()).not.toEqual(before);
  expect((await house.request(`/p/${row.kode}.pdf`)).status).toBe(200);
});

/** Every address of the office behind its door. */
const officeRoutes = app.routes.filter(
  ({ path, method }) =>
    /^\/kantor/.test(path) && !/\*|^\/kantor\/(?:masuk|keluar)/.test(path) && method !== 'ALL',
);
const fill = (path: string): string =>
  path
    .replace('/petugas/:id/jaminan', `/petugas/${colleague.officerId}/jaminan`)
    .replace('/petugas/:id', `/petugas/${office.officerId}`)
    .replace('/peran/:peran', '/peran/penyelenggara')
    .replace(/:kunci[^/]*/, kunci.slice(7))
    .replace('/naskah/:id', '/naskah/kades-pilkada')
    .replace(/:versi[^/]*/, '1')
    .replace(/:id/, cast.kegiatanId)
    .replace(/:person(?:\{.*\})?/, cast.ratna);

test('officers come in, read everything and see why nothing can be changed', async () => {
  await halt();
  const { outside } = (await services.halted())!.sides;
  const session = await login(house, office.phone);
  expect(session.ok).toBe(true);
  const before = await rows();
  let pages = 0;
  for (const { path, method } of officeRoutes.filter((route) => route.method === 'GET')) {
    const answer = await get(house, fill(path), office.cookie);
    // An event that is open is not opened again.
    const status = path.endsWith('/pembukaan') ? 303 : 200;
    expect([method, path, answer.status]).toEqual([method, path, status]);
    if (!answer.headers.get('content-type')?.includes('html')) continue;
    const page = await answer.text();
    expect(page, path).toContain('Hubungi pengelola server');
    expect(page, path).toContain('ledger-forked');
    expect(page, path).toContain(String(outside));
    pages++;
  }
  expect(pages).toBeGreaterThan(8);
  expect(await rows()).toEqual(before);
  await goOn();
  expect(await (await get(house, '/kantor', office.cookie)).text()).not.toContain('Hubungi pengelola server');
});

const ENDS_SESSIONS = '/kantor/petugas/sesi/akhir';

test('an officer leaves all the same, on this device and on all, and that is on record', async () => {
  const cookies = [];
  for (let n = 0; n < 3; n++) cookies.push(String((await login(house, colleague.phone)).cookie));
  const [one, other, third] = cookies as [string, string, string];
  await halt();
  const before = await rows();
  for (const [path, cookie] of [
    ['/kantor/keluar', one],
    [ENDS_SESSIONS, other],
  ] as const) {
    const left = await post(house, path, cookie);
    expect([path, left.status, left.headers.get('location')]).toEqual([path, 303, '/kantor/masuk?keluar=ya']);
  }
  for (const cookie of [one, other, third])
    expect((await get(house, '/kantor', cookie)).headers.get('location')).toContain('/kantor/masuk');
  expect(await rows()).toEqual(before);
  const left = await records.page(db, colleague.organizerId, { petugas: colleague.officerId }, { limit: 2 });
  expect(left.map(({ tindakan }) => tindakan)).toEqual(['keluar-semua', 'keluar']);
  // Without a session there is nothing to end.
  expect((await post(house, ENDS_SESSIONS, other)).headers.get('location')).not.toContain('keluar=ya');
});

test('nothing else is changed in the office, by form or by script', async () => {
  await halt();
  const before = await rows();
  const posts = officeRoutes.filter(({ path, method }) => method === 'POST' && path !== ENDS_SESSIONS);
  expect(posts.length).toBeGreaterThan(12);
  for (const { path } of posts) {
    const answer = await post(house, fill(path), office.cookie);
    expect([path, answer.status]).toEqual([path, 503]);
    expect(await answer.text()).toContain('Perubahan ini belum tersimpan');
  }
  const said = await ask(house, '/kantor/petugas/perubahan', {}, office.cookie);
  expect(said).toMatchObject({ ok: false, status: 503, code: 'ledger-halted' });
  expect(await rows()).toEqual(before);
});

test.each([
  ['of an officer', async () => await appointed(db, office.organizerId, 'Petugas Baru')],
  ['that founds', () => officerLinks.foundingLink(db)],
])('a link %s is not used up', async (_, make) => {
  const token = await make();
  const phone = new Authenticator();
  const fields = { token, nama: 'Petugas Baru', penyelenggara: 'Kantor Lain', wilayah: KOBAR };
  const begun = await ask(house, '/kantor/masuk/kunci', fields);
  const made = await phone.register(begun as never, origin);
  const before = await rows();
  await halt();
  for (const [path, body] of [
    ['/kantor/masuk/tautan', { token }],
    ['/kantor/masuk/kunci', fields],
    ['/kantor/masuk/petugas', { ...fields, ...made }],
    // As a link made since, which an old database doesn't know.
    ['/kantor/masuk/tautan', { token: '0'.repeat(token.length) }],
  ] as const) {
    expect(await ask(house, path, body)).toMatchObject({
      ok: false,
      status: 503,
      code: 'ledger-halted',
      next: 'Pencatatan sedang dihentikan. Tautannya tetap berlaku; buka lagi nanti.',
    });
  }
  expect(await rows()).toEqual(before);
  await goOn();
  expect(await ask(house, '/kantor/masuk/petugas', { ...fields, ...made })).toMatchObject({ ok: true });
});

test('an event that could not be opened is opened once the ledger goes on', async () => {
  const own = await openCast(db, { of: office, tahap: 'disiapkan' });
  const opening = () => post(house, `/kantor/kegiatan/${own.kegiatanId}/pembukaan`, office.cookie);
  await halt();
  expect((await opening()).status).toBe(503);
  await goOn();
  expect((await opening()).status).toBe(303);
  const wording = { unsur: 'kepala desa', rezim: 'pilkada', isi: 'IKRAR\n\nSaya netral dalam pilkada.\n' };
  const add = () => post(house, '/kantor/naskah/baru', office.cookie, wording);
  const count = async () => (await wordings.available(db, office.organizerId)).length;
  const had = await count();
  await halt();
  expect((await add()).status).toBe(503);
  expect(await count()).toBe(had);
  await goOn();
  expect((await add()).status).toBe(303);
  expect(await count()).toBe(had + 1);
});

test('a monitor is told the code and both sizes', async () => {
  expect((await house.request('/sehat')).status).toBe(200);
  await halt();
  const { size } = (await checkpoints.current(db))!;
  const answer = await house.request('/sehat');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    database: true,
    halted: { code: 'ledger-forked', outside: size + 12, database: size },
    ledger: { published: size },
  });
});

/** The addresses under /undangan, without a browser: who comes in, and what a guesser can see. */

import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import { Halt } from '../../src/ledger/halt.ts';
import { base64url } from '../../src/lib/base64.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import * as schema from '../../src/schema.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { Authenticator, type Knobs } from '../authenticator.ts';
import { type Cast, hasSigned, type Options, openCast, phoneOf, toStage } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const house = await openHouse({ max: 10 });
const { db, services } = house;
const { origin } = services.config;

const send = (path: string, body: unknown) =>
  house.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
async function post<Reply>(path: string, body: unknown): Promise<Reply> {
  return (await (await send(path, body)).json()) as Reply;
}

async function casted(options: Options = {}): Promise<{ cast: Cast; undangan: string }> {
  const cast = await openCast(db, options);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  return { cast, undangan: (await deriveInvitation(services.secret, cast.siti, 1)).token };
}

/** As far as the phone's answer, ready to be sent. */
async function signedByPhone(undangan: string) {
  const phone = new Authenticator();
  const opened = await post<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan });
  const prepared = await post<Extract<Prepared, { outcome: 'issued' }>>('/undangan/kunci', {
    undangan,
    ...(await phone.register(opened.create, origin)),
  });
  const { statement, ticket, options } = prepared.issued;
  return { undangan, statement, ticket, response: await phone.get(options, origin) };
}

test('the page itself knows nobody', async () => {
  const page = await house.request('/u');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Buka undangan');
});

test('what a chat puts behind its address leads to it, and a token that came along goes behind the #', async () => {
  const { token } = await deriveInvitation(services.secret, crypto.randomUUID(), 1);
  for (const [path, to] of [
    ...['/u.', '/u*', '/U,', '/u)', '/u%E2%80%8B'].map((one) => [one, '/u'] as const),
    [`/u%23${token}`, `/u#${token}`],
    [`/u%23${token}.`, `/u#${token}`],
  ] as const) {
    const answer = await house.request(path);
    expect([answer.status, answer.headers.get('location')], path).toEqual([303, to]);
  }
  expect((await house.request('/umum')).status).toBe(404);
});

test('an invitation opens the person and the words, and is never cached', async () => {
  const { undangan } = await casted();
  const answer = await send('/undangan', { undangan });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const opened = (await answer.json()) as Extract<Opened, { outcome: 'open' }>;
  expect(opened.outcome).toBe('open');
  expect(opened.shown.nama).toBe('Hj. Siti Contoh, S.Sos., M.AP.');
  expect(JSON.stringify(opened)).not.toContain('</');
  expect(opened.create.options.authenticatorSelection).toMatchObject({
    userVerification: 'required',
    residentKey: 'preferred',
  });
  expect(opened.create.options.user.name).toContain('Hj. Siti Contoh');
});

test('a name is data as it is: the page puts it in as text', async () => {
  const cast = await openCast(db);
  await db
    .update(schema.person)
    .set({ nama: '<img src=x onerror=alert(1)>' })
    .where(eq(schema.person.id, cast.siti));
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const { token } = await deriveInvitation(services.secret, cast.siti, 1);
  const opened = await post<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan: token });
  expect(opened.shown.nama).toContain('<img src=x onerror=alert(1)>');
});

test('wrong, void, lapsed, not open and closed: each its own sentence, all of one shape', async () => {
  const { cast, undangan: stale } = await casted();
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  const lapsed = await casted({ batas: new Date(Date.now() - 60_000) });
  const early = await casted({ tahap: 'disiapkan' });
  const closed = await casted();
  await toStage(db, closed.cast.kegiatanId, closed.cast.officerId, 'ditutup');
  const cases = {
    'invitation-unknown': '0'.repeat(26),
    'invitation-void': stale,
    'invitation-lapsed': lapsed.undangan,
    'invitation-early': early.undangan,
    'invitation-closed': closed.undangan,
  };
  const sentences = new Set<string>();
  for (const [code, undangan] of Object.entries(cases)) {
    for (const path of ['/undangan', '/undangan/status']) {
      const answer = await send(path, { undangan });
      expect([path, code, answer.status]).toEqual([path, code, 404]);
      const body = (await answer.json()) as Extract<Sent, { outcome: 'refused' }>;
      expect(Object.keys(body)).toEqual([
        'outcome',
        'code',
        'title',
        'next',
        'fate',
        'offer',
        'help',
        'names',
      ]);
      expect(body.code).toBe(code);
      // Whom to ask, and about what; of an invitation that isn't known nothing is told.
      expect(body.help).toEqual(code === 'invitation-unknown' ? null : HELP);
      sentences.add(body.title);
    }
  }
  expect(sentences.size).toBe(5);
});

const HELP = {
  penyelenggara: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  kegiatan: 'Deklarasi Netralitas Kepala Desa dan Lurah',
  tanggal: '23 November 2026',
  kontakNama: 'Rina Contoh',
  kontakNomor: '+6281234567890',
};

test('the same signature sent many times at once gives equal receipts', async () => {
  const { cast, undangan } = await casted();
  const submission = await signedByPhone(undangan);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post<Sent>('/undangan/tanda-tangan', submission)),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ outcome: 'recorded' });
  const row = await signatures.byPerson(db, cast.siti);
  await house.settled();
  const kept = await db.select().from(schema.document).where(eq(schema.document.hash, row!.hash));
  expect(kept).toHaveLength(1);
});

test('one who has signed gets the receipt also after the closing, and no second statement', async () => {
  const { cast, undangan } = await casted();
  const { phone } = await hasSigned(services, cast.siti);
  await toStage(db, cast.kegiatanId, cast.officerId, 'ditutup');
  expect(await post<Opened>('/undangan', { undangan })).toMatchObject({ outcome: 'recorded' });
  const again = { undangan, kunci: phone.credentialId };
  expect(await post<Prepared>('/undangan/pernyataan', again)).toMatchObject({ outcome: 'recorded' });
});

test('whose answer was lost gets the receipt also with a card that was replaced since; nobody else does', async () => {
  const { cast, undangan } = await casted();
  const submission = await signedByPhone(undangan);
  expect(await post<Sent>('/undangan/tanda-tangan', submission)).toMatchObject({ outcome: 'recorded' });
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  const pernyataan = formatDigest((await signatures.byPerson(db, cast.siti))!.hash);
  expect(await post<Sent>('/undangan/tanda-tangan', submission)).toMatchObject({
    outcome: 'recorded',
    receipt: { pernyataan },
  });
  for (const path of ['/undangan', '/undangan/status']) {
    expect(await post<Sent>(path, { undangan, pernyataan })).toMatchObject({ receipt: { pernyataan } });
    for (const other of [undefined, '', 'sha256:', formatDigest(new Uint8Array(32))])
      expect(await post<Sent>(path, { undangan, pernyataan: other })).toMatchObject({
        code: 'invitation-void',
      });
  }
  // Of several that a phone signed, any.
  const several = [formatDigest(new Uint8Array(32)), 'x', pernyataan];
  expect(await post<Sent>('/undangan', { undangan, pernyataan: several })).toMatchObject({
    receipt: { pernyataan },
  });
  // Where nothing stands a digest opens nothing.
  const open = await casted();
  await invitations.renew(db, services.secret, open.cast.siti, actorOf(open.cast));
  expect(await post<Sent>('/undangan', { undangan: open.undangan, pernyataan: '' })).toMatchObject({
    code: 'invitation-void',
  });
});

test('what closes or changes between reading and sending is said, and nothing is stored', async () => {
  const closing = await casted();
  const late = await signedByPhone(closing.undangan);
  await toStage(db, closing.cast.kegiatanId, closing.cast.officerId, 'ditutup');
  expect(await post<Sent>('/undangan/tanda-tangan', late)).toMatchObject({
    outcome: 'refused',
    code: 'event-closed',
    title: 'Kegiatan baru saja ditutup',
    next: 'Tanda tangan Bapak/Ibu belum tercatat.',
    help: HELP,
  });
  // Who only opens it has lost nothing.
  expect(await post<Sent>('/undangan', { undangan: closing.undangan })).toMatchObject({
    code: 'invitation-closed',
    next: 'Ikrar ini tidak dapat lagi ditandatangani.',
  });
  const leaving = await casted();
  const left = await signedByPhone(leaving.undangan);
  await db.execute(
    sql`insert into roster_removal (person_id, alasan, by) values (${leaving.cast.siti}::uuid, 'uji', ${leaving.cast.officerId}::uuid)`,
  );
  expect(await post<Sent>('/undangan/tanda-tangan', left)).toMatchObject({ code: 'place-removed' });
  const lapsing = await casted();
  const lapsed = await signedByPhone(lapsing.undangan);
  await db
    .update(schema.kegiatan)
    .set({ batas: new Date(Date.now() - 60_000) })
    .where(eq(schema.kegiatan.id, lapsing.cast.kegiatanId));
  expect(await post<Sent>('/undangan/tanda-tangan', lapsed)).toMatchObject({
    code: 'deadline-passed',
    title: 'Batas waktu baru saja lewat',
  });

  const changing = await casted();
  const stale = await signedByPhone(changing.undangan);
  await db
    .update(schema.person)
    .set({ jabatan: 'Pj. Kepala Desa' })
    .where(eq(schema.person.id, changing.cast.siti));
  expect(await post<Sent>('/undangan/tanda-tangan', stale)).toMatchObject({
    outcome: 'refused',
    code: 'roster-changed',
  });
  expect(await signatures.byPerson(db, changing.cast.siti)).toBeNull();
});

test('the passkey of another person is not taken', async () => {
  const { cast, undangan } = await casted();
  const { phone } = await hasSigned(services, cast.budi);
  expect(await post<Prepared>('/undangan/pernyataan', { undangan, kunci: phone.credentialId })).toMatchObject(
    { outcome: 'refused', code: 'credential-of-another' },
  );
});

test('an answer that no honest phone gives is refused in words of its own, not an error of ours', async () => {
  const { undangan } = await casted();
  const submission = await signedByPhone(undangan);
  const answer = await send('/undangan/tanda-tangan', {
    ...submission,
    response: { ...submission.response, rawId: 'AAAA' },
  });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ outcome: 'refused', code: 'passkey-response', help: HELP });
});

test('a key that can never sign is refused when it is made, with the way on', async () => {
  const { undangan } = await casted();
  const { create } = await post<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan });
  const phone = new Authenticator();
  const challenge = base64url(await challengeOf(create.text));
  // Not on the curve: the last bit of y.
  const authenticatorData = (bytes: Uint8Array<ArrayBuffer>) =>
    bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
  const response = await phone.create({ ...create.options, challenge }, origin, { authenticatorData });
  const { text, ticket } = create;
  expect(await post<Prepared>('/undangan/kunci', { undangan, text, ticket, response })).toMatchObject({
    code: 'passkey-key',
    title: 'Jenis kunci sandi ini belum didukung',
    next: 'Belum ada yang tersimpan. Buat kunci sandi baru di penyimpan lain, atau pakai HP lain.',
    offer: 'key',
  });
});

test('whatever a passkey has come to, its refusal offers another one', async () => {
  const { cast, undangan } = await casted();
  const phone = await phoneOf(services, cast.siti);
  const { issued } = await post<Extract<Prepared, { outcome: 'issued' }>>('/undangan/pernyataan', {
    undangan,
    kunci: phone.credentialId,
  });
  const { statement, ticket, options } = issued;
  const cases: [Knobs, string][] = [
    [{ clearFlags: 0x18 }, 'authenticator-data-backup'],
    [{ userHandle: new Uint8Array(64) }, 'other-user'],
    [{ signature: (der) => der.slice(1) }, 'signature-shape'],
  ];
  for (const [knobs, code] of cases) {
    const response = await phone.authenticator.get(options, origin, knobs);
    const refused = await post<Sent>('/undangan/tanda-tangan', { undangan, statement, ticket, response });
    expect(refused).toMatchObject({
      code,
      offer: 'key',
      next: expect.stringContaining('Buat kunci sandi baru'),
    });
  }
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  const { token } = await deriveInvitation(services.secret, cast.siti, 2);
  expect(
    await post<Prepared>('/undangan/pernyataan', { undangan: token, kunci: phone.credentialId }),
  ).toMatchObject({ code: 'credential-fallen', offer: 'key' });
});

test('until the ledger shows the pledge the phone is told to wait', async () => {
  const { undangan } = await casted();
  const submission = await signedByPhone(undangan);
  const { publish } = services;
  services.publish = () => Promise.reject(new Halt('ledger-forked', '', { outside: 2, database: 1 }));
  try {
    const answer = await send('/undangan/tanda-tangan', submission);
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe('/undangan/status');
    // Whom to ask is known already.
    const waiting = { outcome: 'waiting', help: HELP, names: [expect.any(String), expect.any(String)] };
    expect(await answer.json()).toEqual(waiting);
    expect(await post<Opened>('/undangan', { undangan })).toEqual(waiting);
  } finally {
    services.publish = publish;
  }
  expect(await post<Sent>('/undangan/status', { undangan })).toMatchObject({ outcome: 'recorded' });
});

test('broken and oversized requests are refused', async () => {
  expect((await send('/undangan', { token: 1 })).status).toBe(400);
  expect((await send('/undangan', { undangan: 'A'.repeat(70_000) })).status).toBe(413);
  const asked = await house.request('/undangan?undangan=1');
  expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
});

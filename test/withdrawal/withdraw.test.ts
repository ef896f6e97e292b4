/** A pledge is withdrawn by two officers, and the place can sign again: rows, counts, cards, and what is refused. */

import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { digestOf } from '../../src/invitation/token.ts';
import { base64url } from '../../src/lib/base64.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as credentials from '../../src/office/officer-credentials.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { parseWithdrawalFile } from '../../src/proof/withdrawal-file.ts';
import * as people from '../../src/roster/people.ts';
import * as lists from '../../src/signature/lists.ts';
import * as pledges from '../../src/signature/pledges.ts';
import { signStatement } from '../../src/signature/sign-statement.ts';
import type { SignatureRow } from '../../src/signature/signatures.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { parseWithdrawal } from '../../src/withdrawal/withdrawal.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { Authenticator } from '../authenticator.ts';
import { type Cast, hasSigned, issued, openCast, phoneOf, toStage } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  acknowledge,
  addKey,
  ask,
  changeOfficers,
  found,
  get,
  join,
  joinBy,
  login,
  newestKunci,
  type Office,
  over,
  post,
  settle,
} from '../office/office.ts';
import { asks, confirms, type Place, pathOf, withdraw } from './withdraw.ts';

const house = await openHouse({ max: 10 });
const { db, services } = house;
let first: Office;
let second: Office;

beforeAll(async () => {
  first = await found(house);
  second = await join(house, first, 'Petugas Kedua');
});

/** An event of the office where Siti has signed, in the published ledger. */
async function signedEvent(): Promise<{ cast: Cast; place: Place; row: SignatureRow }> {
  const cast = await openCast(db, { of: first });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  return { cast, place: { kegiatanId: cast.kegiatanId, personId: cast.siti }, row };
}

const sudah = async (kegiatanId: string): Promise<number> => {
  const count = await lists.eventById(db, kegiatanId);
  return count!.sudah;
};

test('two officers withdraw a pledge: it is shown as such, and no longer counted', async () => {
  const { place, row } = await signedEvent();
  const country = (await lists.countOf(db, null)).sudah;
  expect(await sudah(place.kegiatanId)).toBe(1);

  expect(await asks(house, first, place)).toMatchObject({ ok: true });
  expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
  expect(await withdrawals.openAt(db, place.kegiatanId)).toHaveLength(1);
  expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });

  expect(await signatures.byPerson(db, place.personId)).toBeNull();
  expect(await withdrawals.openAt(db, place.kegiatanId)).toHaveLength(0);
  expect(await sudah(place.kegiatanId)).toBe(0);
  expect((await lists.countOf(db, null)).sudah).toBe(country - 1);
  const { entries } = await lists.signatories(db, { kegiatan: place.kegiatanId });
  expect(entries).toHaveLength(1);
  expect(entries[0]!.dicabut).toMatchObject({ alasan: 'Undangan dibuka di HP orang lain.' });

  const kept = (await withdrawals.byHash(db, row.hash))!;
  expect(kept.entry).toContain('jenis pencabutan\npernyataan sha256:');
  expect(kept.logIndex).not.toBeNull();
  const [size] = await db.execute<{ size: number }>(sql`select size::int from tree`);
  const { kept: all, matching } = await withdrawals.entered(db, size!.size);
  expect(matching).toBe(all);
});

test('the place signs again; the new pledge and the old one name each other', async () => {
  const { cast, place, row } = await signedEvent();
  const card = await invitations.renew(db, services.secret, cast.siti, actorOf(first));
  const opens = async (token: string) => invitations.redeem(db, await digestOf(token));
  expect(await opens(card!.token)).toMatchObject({ ok: true });

  await withdraw(house, [first, second], place, row.kode);
  // What was signed with it was not to be: the card is void, and the desk gets another.
  expect(await opens(card!.token)).toMatchObject({ ok: false, code: 'invitation-withdrawn' });
  expect(await invitations.forCards(db, services.secret, place.kegiatanId, { personId: cast.siti })).toEqual(
    [],
  );
  await invitations.issueMissing(db, services.secret, place.kegiatanId, actorOf(first));
  const [fresh] = await invitations.forCards(db, services.secret, place.kegiatanId, { personId: cast.siti });
  expect(await opens(fresh!.token)).toMatchObject({ ok: true, guest: { kode: null } });
  // There is a newer one now. Who signed with the old one is told what became of it all the same.
  expect(await opens(card!.token)).toMatchObject({ ok: false, code: 'invitation-void' });
  expect(
    await invitations.redeem(db, await digestOf(card!.token), [new Uint8Array(32), row.hash]),
  ).toMatchObject({ code: 'invitation-withdrawn' });

  const again = (await hasSigned(services, cast.siti)).row;
  await services.publish();
  expect(again.replaces).toEqual(row.hash);
  expect(await opens(fresh!.token)).toMatchObject({ ok: true, guest: { kode: again.kode } });
  expect(await pledges.byCode(db, row.kode)).toMatchObject({ replacedBy: again.kode, replaces: null });
  expect(await pledges.byCode(db, again.kode)).toMatchObject({ replacedBy: null, replaces: row.kode });
  expect(await sudah(place.kegiatanId)).toBe(1);
  expect((await people.onList(db, place.kegiatanId, cast.siti))!.kode).toBe(again.kode);
  // The constraint, not a check: no second pledge beside the one that stands.
  await expect(
    db.execute(sql`
      insert into signature (hash, hash_symbols, kode, person_id, replaces, kegiatan_id, statement, nama, nama_lengkap,
        jabatan, unsur, nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature,
        spki, evidence_hash, leaf_id)
      select sha256('x'), 'x', 'x', person_id, replaces, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur,
        nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki,
        evidence_hash, append_leaf('tanda-tangan', array['pernyataan sha256:00'])
      from signature where kode = ${again.kode}`),
  ).rejects.toMatchObject({ cause: { constraint_name: 'signature_person' } });
});

test('and a second time', async () => {
  const { cast, place, row } = await signedEvent();
  await withdraw(house, [first, second], place, row.kode);
  const again = (await hasSigned(services, cast.siti)).row;
  await services.publish();
  await withdraw(house, [second, first], place, again.kode);
  const third = (await hasSigned(services, cast.siti)).row;
  await services.publish();
  expect(third.replaces).toEqual(again.hash);
  expect((await withdrawals.ofPerson(db, cast.siti)).map(({ kode }) => kode)).toEqual([again.kode, row.kode]);
  expect(await sudah(place.kegiatanId)).toBe(1);
});

test('what was withdrawn does not come back by being sent again', async () => {
  const cast = await openCast(db, { of: first });
  const personId = cast.siti;
  const phone = await phoneOf(services, personId);
  const signs = async (who: string) => {
    const { statement, ticket, options } = await issued(services, who, phone);
    const assertion = await phone.authenticator.get(options, services.config.origin);
    const submission = { personId: who, statement, ticket, assertion };
    const done = await signStatement(services, submission);
    if (!done.ok) throw new Error(done.code);
    return { submission, done };
  };
  const next = await openCast(db, { of: cast });
  const { submission, done } = await signs(personId);
  // Another pledge of the same key stands: it is the statement that was used, and nothing else.
  await signs(next.siti);
  await services.publish();
  await withdraw(house, [first, second], { kegiatanId: cast.kegiatanId, personId }, done.signature.kode);
  expect(await signStatement(services, submission)).toEqual({ ok: false, code: 'pledge-lapsed' });
  expect(await signatures.byPerson(db, personId)).toBeNull();
});

test('by the office of a single village, whose area has ten digits; and strangers can check it', async () => {
  const village = await found(house, { nama: 'Pemerintah Desa Contoh', wilayah: '62.01.01.2008' });
  const colleague = await join(house, village, 'Sekretaris Desa');
  const cast = await openCast(db, { of: village });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
  expect((await get(house, pathOf(place), village.cookie)).status).toBe(200);
  const pdf = new Uint8Array(await (await house.request(`/p/${row.kode}.pdf`)).arrayBuffer());
  await withdraw(house, [village, colleague], place, row.kode);

  expect(await (await house.request(`/p/${row.kode}`)).text()).toContain('Ikrar ini dicabut');
  const file = async (name: string) => (await house.request(`/p/${row.kode}/${name}`)).text();
  expect(JSON.parse(await file('status.json'))).toMatchObject({ status: 'dicabut' });
  const withdrawal = await file('pencabutan.json');
  expect(parseWithdrawal(parseWithdrawalFile(withdrawal).withdrawal).penyelenggara).toEqual({
    wilayah: '62.01.01.2008',
    nama: 'Pemerintah Desa Contoh',
  });
  // What /periksa runs in the browser, and the command.
  const trust = { verifier: services.signer.verifier, source: 'bawaan' as const };
  const checked = async (pencabutan: Uint8Array | null, pdf: Bytes | null) =>
    (
      await checkProof(
        { proof: await file('bukti.json'), statement: null, pdf, withdrawal: pencabutan },
        trust,
      )
    ).verdict;
  expect(await checked(null, null)).toBe('asli');
  expect(await checked(utf8(withdrawal), null)).toBe('dicabut');
  expect(await checked(utf8(withdrawal), pdf)).toBe('dicabut');
  // The paper from before is kept, and the place signs again.
  expect(new Uint8Array(await (await house.request(`/p/${row.kode}.pdf`)).arrayBuffer())).toEqual(pdf);
  const again = (await hasSigned(services, cast.siti)).row;
  await services.publish();
  expect(await (await house.request(`/p/${again.kode}`)).text()).toContain('Dokumen asli');
});

test('also when the event has closed', async () => {
  const { place, row } = await signedEvent();
  await toStage(db, place.kegiatanId, first.officerId, 'ditutup');
  await withdraw(house, [first, second], place, row.kode);
  expect(await signatures.byPerson(db, place.personId)).toBeNull();
});

test('of many who confirm at once, one does, and the ledger has one entry', async () => {
  const { place, row } = await signedEvent();
  await asks(house, first, place);
  const said = await Promise.all(Array.from({ length: 8 }, () => confirms(house, second, place, row.kode)));
  expect(said.filter(({ ok }) => ok)).toHaveLength(1);
  const [entries] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from leaf
    where entry like '%jenis pencabutan%' and entry like ${`%${Buffer.from(row.hash).toString('hex')}%`}`);
  expect(entries!.count).toBe(1);
});

describe('refused', () => {
  test('who asked can not confirm, nor with a second session', async () => {
    const { place, row } = await signedEvent();
    await asks(house, first, place);
    expect(await confirms(house, first, place, row.kode)).toMatchObject({ ok: false, code: 'officer-same' });
    expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
  });

  test("another organiser's officer finds nothing", async () => {
    const { place, row } = await signedEvent();
    await asks(house, first, place);
    const stranger = await found(house, { nama: 'Kantor Lain' });
    expect((await get(house, pathOf(place), stranger.cookie)).status).toBe(404);
    expect(await asks(house, stranger, place)).toMatchObject({ ok: false });
    expect(await confirms(house, stranger, place, row.kode)).toMatchObject({ ok: false });
    const request = (await withdrawals.requestFor(db, row.kode))!;
    expect(
      await withdrawals.end(db, actorOf(stranger), stranger.phone.credentials[0]!.id, request.id),
    ).toEqual({
      ok: false,
      code: 'request-unknown',
    });
    const actor = actorOf(stranger);
    expect(await withdrawals.confirm(db, actor, request, request.asked)).toEqual({
      ok: false,
      code: 'request-unknown',
    });
    expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
  });

  test('a passkey that is not the officer’s, and one that signed another text', async () => {
    const { place, row } = await signedEvent();
    const made = await ask(house, `${pathOf(place)}/teks`, { alasan: 'Salah baris' }, first.cookie);
    const statement = String(made.text);
    const send = async (response: unknown, text = statement) =>
      ask(house, pathOf(place), { statement: text, response }, first.cookie);
    expect(await send(await over(house, second.phone, statement))).toMatchObject({ code: 'passkey-unknown' });
    expect(await send(await over(house, first.phone, `${statement}\n`))).toMatchObject({
      code: 'passkey-refused',
    });
    // A text of the officer's own making: another pledge, another organiser, a number in the reason.
    for (const other of [
      statement.replace(/sha256:../, 'sha256:00'),
      statement.replace('Kantor Contoh', 'Kantor Lain'),
      statement.replace('Salah baris', 'NIK 6201010101010001'),
    ]) {
      expect(await send(await over(house, first.phone, other), other)).toMatchObject({
        code: 'text-foreign',
      });
    }
    expect(await send(await over(house, first.phone, statement))).toMatchObject({ ok: true });
    expect(await withdrawals.requestFor(db, row.kode)).not.toBeNull();
  });

  test('a text made too long ago', async () => {
    const { place, row } = await signedEvent();
    const made = await ask(house, `${pathOf(place)}/teks`, { alasan: 'Salah baris' }, first.cookie);
    const statement = String(made.text);
    const terbit = new Date(Date.now() - 11 * 60_000).toISOString().replace(/\.\d+Z/, 'Z');
    const old = statement.replace(/terbit .*/, `terbit ${terbit}`);
    const response = await over(house, first.phone, old);
    const said = await ask(house, pathOf(place), { statement: old, response }, first.cookie);
    expect(said).toMatchObject({ code: 'statement-lapsed' });
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
  });

  test('a second request while one is open; after it was ended, another may come', async () => {
    const { place, row } = await signedEvent();
    await asks(house, first, place);
    expect(await asks(house, second, place)).toMatchObject({ code: 'withdrawal-open' });
    const { id } = (await withdrawals.requestFor(db, row.kode))!;
    expect((await post(house, `${pathOf(place)}/batal`, second.cookie, { id })).status).toBe(303);
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ code: 'request-unknown' });
    // Who ended it is told to all.
    const page = await (await get(house, pathOf(place), first.cookie)).text();
    expect(page).toMatch(/Diajukan Petugas Pertama .* WIB, berakhir .* WIB oleh Petugas Kedua\./);
    expect(await asks(house, second, place)).toMatchObject({ ok: true });
    expect(await confirms(house, first, place, row.kode)).toMatchObject({ ok: true });
  });

  test('a pledge that is not yet in the ledger', async () => {
    const cast = await openCast(db, { of: first });
    const { row } = await hasSigned(services, cast.siti);
    const approval = {
      authenticatorData: row.authenticatorData,
      clientDataJson: row.clientDataJson,
      signature: row.signature,
      spki: (await credentials.ofOfficer(db, first.officerId))[0]!.spki,
    };
    const terbit = await withdrawals.now(db);
    const given = { kode: row.kode, statement: 'uji', terbit, approval };
    const actor = actorOf(first);
    expect(await withdrawals.ask(db, actor, given)).toEqual({ ok: false, code: 'pledge-waiting' });
    // Nor do the pages say that there is none.
    const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
    const said = {
      code: 'pledge-waiting',
      title: 'Ikrar ini sedang dicatat',
      next: 'Tunggu satu menit, lalu coba lagi. Ikrar baru dapat dicabut sesudah tercatat.',
    };
    const reason = { alasan: 'Salah orang.' };
    const answer = { statement: 'uji', response: {} };
    for (const [path, body] of [
      ['/teks', reason],
      ['', answer],
      ['/persetujuan', { id: 'uji', response: {} }],
    ] as const)
      expect(await ask(house, `${pathOf(place)}${path}`, body, first.cookie)).toMatchObject(said);
    const page = await get(house, pathOf(place), first.cookie);
    expect(page.status).toBe(409);
    const shown = await page.text();
    expect(shown).toContain(said.title);
    expect(shown).toContain(said.next);
    // Where nobody has signed there is none.
    const other = { ...place, personId: cast.budi };
    expect(await ask(house, `${pathOf(other)}/teks`, reason, first.cookie)).toMatchObject({
      code: 'pledge-unknown',
    });
    expect((await get(house, pathOf(other), first.cookie)).status).toBe(404);
    await services.publish();
    expect((await get(house, pathOf(place), first.cookie)).status).toBe(200);
    expect(await withdrawals.ask(db, actor, given)).toEqual({ ok: true });
  });

  test('no reason', async () => {
    const { place } = await signedEvent();
    expect(await asks(house, first, place, ' ')).toMatchObject({ ok: false, code: 'reason-none' });
  });

  test('who is new ends nothing that was asked for before they came, nor does a passkey that nobody has acknowledged', async () => {
    const { place, row } = await signedEvent();
    await asks(house, first, place);
    const { id } = (await withdrawals.requestFor(db, row.kode))!;
    const end = async (cookie: string) => {
      const { headers } = await post(house, `${pathOf(place)}/batal`, cookie, { id });
      return (await get(house, headers.get('location')!, cookie)).text();
    };
    const late = await joinBy(house, first, 'Baru Datang');
    expect(await end(late.cookie)).toContain('Kunci sandi atau peran Anda masih baru');
    const thief = new Authenticator();
    await addKey(house, second, thief);
    const { cookie } = await login(house, thief);
    expect(await end(cookie)).toContain('Kunci ini belum Anda akui');
    expect(await withdrawals.requestFor(db, row.kode)).not.toBe(null);
    expect(await end(second.cookie)).toContain('Pengajuan dibatalkan');
    expect(await withdrawals.requestFor(db, row.kode)).toBe(null);
  });

  test('ending it and confirming it at once: one of the two happens', async () => {
    for (let round = 0; round < 10; round++) {
      const { place, row } = await signedEvent();
      await asks(house, first, place);
      const { id } = (await withdrawals.requestFor(db, row.kode))!;
      const actor = actorOf(first);
      const [ended, confirmed] = await Promise.all([
        withdrawals.end(db, actor, first.phone.credentials[0]!.id, id),
        confirms(house, second, place, row.kode),
      ]);
      expect([ended.ok, confirmed.ok].filter(Boolean)).toHaveLength(1);
      if (!ended.ok) expect(ended.code).toBe('pledge-withdrawn');
      if (!confirmed.ok) expect(['request-ended', 'request-unknown']).toContain(confirmed.code);
      const [state] = await db.execute(sql`
        select ended_at is not null as ended, exists (select 1 from withdrawal w where w.request_id = r.id) as withdrawn
        from withdrawal_request r where id = ${id}::uuid`);
      expect(state).toEqual({ ended: ended.ok, withdrawn: confirmed.ok });
    }
  });
});

describe('two officers are two people', () => {
  const pageFor = async (office: Office, place: Place): Promise<string> =>
    (await get(house, pathOf(place), office.cookie)).text();
  const related = {
    ok: false,
    code: 'officers-related',
    title: 'Kedua petugas belum dikenal terpisah',
  };

  /** An office of its own, with a pledge of its own. */
  async function newOffice(nama: string) {
    const founder = await found(house, { nama });
    await settle(house);
    const cast = await openCast(db, { of: founder });
    const { row } = await hasSigned(services, cast.siti);
    await services.publish();
    return { founder, row, place: { kegiatanId: cast.kegiatanId, personId: cast.siti } };
  }

  test('one who was invited by the other does not count, whichever of them asks, however long ago', async () => {
    const { founder, row, place } = await newOffice('Kantor Karangan');
    const made = await joinBy(house, founder, 'Rekan Karangan');
    await settle(house);
    await asks(house, founder, place);
    expect(await pageFor(made, place)).toContain('Anda belum dapat menyetujui');
    expect(await pageFor(founder, place)).toContain('npm run office');
    expect(await confirms(house, made, place, row.kode)).toMatchObject(related);
    // What was signed waits for no better day.
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
    await asks(house, made, place);
    expect(await confirms(house, founder, place, row.kode)).toMatchObject(related);
    // Nor are two made-up ones more than the one who made them up, nor do they vouch for each other.
    const other = await joinBy(house, made, 'Rekan Karangan Lain');
    await settle(house);
    expect(await changeOfficers(house, made, { tindakan: 'jamin', id: other.officerId })).toMatchObject({
      ok: true,
    });
    await asks(house, made, place);
    expect(await confirms(house, other, place, row.kode)).toMatchObject(related);
    expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
  });

  test('the installation’s word makes two of a new office of two', async () => {
    const { founder, row, place } = await newOffice('Kantor Dua Orang');
    const second = await joinBy(house, founder, 'Rekan Asli');
    await asks(house, founder, place);
    expect(await confirms(house, second, place, row.kode)).toMatchObject(related);
    await asks(house, founder, place);
    expect(await officerChanges.vouch(db, second.officerId, Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(await pageFor(second, place)).toContain('Periksa dan setujui');
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
  });

  test('so does a third officer, who is known without the two', async () => {
    const { founder, row, place } = await newOffice('Kantor Tiga Orang');
    const third = await join(house, founder, 'Petugas Ketiga');
    const second = await joinBy(house, founder, 'Rekan Asli');
    await asks(house, founder, place);
    expect(await confirms(house, second, place, row.kode)).toMatchObject(related);
    await asks(house, founder, place);
    await db.execute(sql`update officer_credential set at = at - interval '5 seconds'`);
    expect(await changeOfficers(house, third, { tindakan: 'jamin', id: second.officerId })).toMatchObject({
      ok: true,
    });
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
  });

  test('one who is new does not count for a day, nor for what was asked before they came', async () => {
    const { founder, row, place } = await newOffice('Kantor Baru');
    const second = await join(house, founder, 'Petugas Kedua');
    const since = (interval: string) =>
      db.execute(sql`
        update officer_credential set at = now() - ${interval}::interval where officer_id = ${second.officerId}::uuid`);
    const fresh = { ok: false, code: 'officer-new', title: 'Petugas atau kuncinya masih baru' };
    await since('23 hours 59 minutes');
    await asks(house, founder, place);
    expect(await confirms(house, second, place, row.kode)).toMatchObject(fresh);
    await since('24 hours 1 minute');
    // As if it had been asked two days ago.
    const early = () =>
      db.execute(sql`update withdrawal_request set at = now() - interval '25 hours' where ended_at is null`);
    await asks(house, founder, place);
    await early();
    expect(await confirms(house, second, place, row.kode)).toMatchObject(fresh);
    await asks(house, founder, place);
    await early();
    await since('26 hours');
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
  });

  test('nor does one who is new as the one who asks', async () => {
    const { founder, row, place } = await newOffice('Kantor Baru Lagi');
    const second = await join(house, founder, 'Petugas Kedua');
    await db.execute(sql`update officer set at = now() where id = ${second.officerId}::uuid`);
    await asks(house, second, place);
    expect(await confirms(house, founder, place, row.kode)).toMatchObject({ code: 'officer-new' });
  });

  test('a key that was added since is as new as an officer', async () => {
    const { founder, row, place } = await newOffice('Kantor Kunci Baru');
    const second = await join(house, founder, 'Petugas Kedua');
    const key = new Authenticator();
    await addKey(house, second, key);
    await acknowledge(house, second);
    await asks(house, founder, place);
    const withKey = { ...second, phone: key };
    // The page offers the one that counts.
    const [offered] = /data-kunci="([^"]*)"/.exec(await pageFor(second, place))!.slice(1);
    expect(JSON.parse(offered!.replaceAll('&quot;', '"'))).toEqual([
      { id: base64url(second.phone.credentials[0]!.id) },
    ]);
    expect(await confirms(house, withKey, place, row.kode)).toMatchObject({ code: 'officer-new' });
    await asks(house, founder, place);
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
  });

  test('what somebody asked for ends with them, and with the key it was asked with', async () => {
    const { founder, row, place } = await newOffice('Kantor Berakhir');
    const second = await join(house, founder, 'Petugas Kedua');
    const third = await join(house, founder, 'Petugas Ketiga');
    await asks(house, second, place);
    await changeOfficers(house, founder, { tindakan: 'keluarkan', id: second.officerId });
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
    const key = new Authenticator();
    await addKey(house, third, key);
    await settle(house);
    await asks(house, { ...third, phone: key }, place);
    const kunci = await newestKunci(key);
    await changeOfficers(house, founder, { tindakan: 'akhiri-kunci', id: third.officerId, kunci });
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
    expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
  });

  test('who was removed and invited again is no second person, nor are those whom only they know', async () => {
    const { founder, row, place } = await newOffice('Kantor Kembali Lagi');
    const second = await join(house, founder, 'Petugas Kedua');
    const made = await joinBy(house, founder, 'Rekan Karangan');
    await settle(house);
    await changeOfficers(house, second, { tindakan: 'keluarkan', id: founder.officerId });
    const again = await joinBy(house, second, 'Petugas Pertama');
    await settle(house);
    await asks(house, again, place);
    expect(await confirms(house, made, place, row.kode)).toMatchObject(related);
    // Whom nobody knows ends nothing with it.
    const { id } = (await withdrawals.requestFor(db, row.kode))!;
    await post(house, `${pathOf(place)}/batal`, again.cookie, { id });
    await asks(house, second, place);
    expect(await confirms(house, made, place, row.kode)).toMatchObject(related);
    expect(await pageFor(second, place)).toContain('Siapa yang dapat menyetujui');
  });

  test('a made-up third speaks for no key that has just come', async () => {
    const { founder, row, place } = await newOffice('Kantor Jaminan Palsu');
    const second = await join(house, founder, 'Petugas Kedua');
    const made = await joinBy(house, founder, 'Rekan Karangan');
    await settle(house);
    await asks(house, founder, place);
    const key = new Authenticator();
    await addKey(house, second, key);
    await acknowledge(house, second);
    await db.execute(
      sql`update officer_credential set at = at - interval '5 seconds' where at > now() - interval '1 hour'`,
    );
    expect(await changeOfficers(house, made, { tindakan: 'jamin', id: second.officerId })).toMatchObject({
      ok: true,
    });
    expect(await confirms(house, { ...second, phone: key }, place, row.kode)).toMatchObject({
      code: 'officer-new',
    });
  });

  test('the word of a key that was ended counts no longer', async () => {
    const { founder, row, place } = await newOffice('Kantor Kunci Hilang');
    const second = await join(house, founder, 'Petugas Kedua');
    const made = await joinBy(house, founder, 'Rekan');
    const stolen = new Authenticator();
    await addKey(house, second, stolen);
    await settle(house);
    await changeOfficers(house, second, { tindakan: 'jamin', id: made.officerId }, { by: stolen });
    const kunci = await newestKunci(stolen);
    await changeOfficers(house, second, { tindakan: 'akhiri-kunci', id: second.officerId, kunci });
    await asks(house, founder, place);
    expect(await confirms(house, made, place, row.kode)).toMatchObject(related);
    // The key that is left may say it again.
    expect(await changeOfficers(house, second, { tindakan: 'jamin', id: made.officerId })).toMatchObject({
      ok: true,
    });
    await asks(house, founder, place);
    expect(await confirms(house, made, place, row.kode)).toMatchObject({ ok: true });
  });

  test('what was taken back is not asked again by sending it again', async () => {
    const { founder, place, row } = await newOffice('Kantor Ulang');
    const made = await ask(house, `${pathOf(place)}/teks`, { alasan: 'Salah baris' }, founder.cookie);
    const statement = String(made.text);
    const body = { statement, response: await over(house, founder.phone, statement) };
    expect(await ask(house, pathOf(place), body, founder.cookie)).toMatchObject({ ok: true });
    const { id } = (await withdrawals.requestFor(db, row.kode))!;
    await post(house, `${pathOf(place)}/batal`, founder.cookie, { id });
    expect(await ask(house, pathOf(place), body, founder.cookie)).toMatchObject({ code: 'statement-lapsed' });
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
  });

  test('removing who asked and confirming at once: one of the two happens, and nobody waits crosswise', async () => {
    for (let round = 0; round < 8; round++) {
      const { founder, row, place } = await newOffice(`Kantor Serentak ${round}`);
      const second = await join(house, founder, 'Petugas Kedua');
      const third = await join(house, founder, 'Petugas Ketiga');
      await asks(house, second, place);
      const { id } = (await withdrawals.requestFor(db, row.kode))!;
      const [confirmed, removed] = await Promise.all([
        confirms(house, third, place, row.kode),
        changeOfficers(house, founder, { tindakan: 'keluarkan', id: second.officerId }),
      ]);
      expect(removed).toMatchObject({ ok: true });
      const [state] = await db.execute(sql`
        select ended_at is not null as ended, exists (select 1 from withdrawal w where w.request_id = r.id) as withdrawn
        from withdrawal_request r where id = ${id}::uuid`);
      expect(state).toEqual({ ended: !confirmed.ok, withdrawn: confirmed.ok });
    }
  });
});

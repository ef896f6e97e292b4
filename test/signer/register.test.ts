import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { base64url, fromBase64url } from '../../src/lib/base64.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { openSecret } from '../../src/lib/secret.ts';
import { parsePrompt } from '../../src/passkey/prompt.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import { officerCredential } from '../../src/schema.ts';
import { issueStatement } from '../../src/signature/issue-statement.ts';
import { signStatement } from '../../src/signature/sign-statement.ts';
import * as register from '../../src/signer/register.ts';
import * as credentials from '../../src/signer/signer-credentials.ts';
import { Authenticator } from '../authenticator.ts';
import { type Cast, cardOf, hasSigned, issued, openCast, phoneOf } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, services } = await openHouse();
const { origin } = services.config;

const begun = async (personId: string) => {
  const result = await register.begin(services, personId);
  if (!result.ok) throw new Error(result.code);
  return result;
};
const answerOf = async (personId: string) => new Authenticator().register(await begun(personId), origin);
const finish = async (personId: string, answer: register.Made, version?: number) =>
  register.finish(services, { personId, version: version ?? (await cardOf(db, personId)) }, answer);
const ids = async (personId: string) =>
  (await credentials.forPerson(db, personId)).map(({ id }) => base64url(id));
const rename = (personId: string, nama: string, nip = '') =>
  db.execute(sql`update person set nama = ${nama}, nip = ${nip} where id = ${personId}::uuid`);

describe('a passkey', () => {
  test('is made, kept and found', async () => {
    const { siti } = await openCast(db);
    const { authenticator, credentialId } = await phoneOf(services, siti);
    expect(await ids(siti)).toEqual([credentialId]);
    const [kept] = await credentials.forPerson(db, siti);
    expect(kept).toMatchObject({ backupEligible: true, transports: ['internal', 'hybrid'] });
    expect(kept!.userHandle).toEqual(authenticator.credentials[0]!.userHandle);
  });

  test('shows the name on the sheet, and excludes what the person has', async () => {
    const { siti } = await openCast(db);
    const { credentialId } = await phoneOf(services, siti);
    const { options, text } = await begun(siti);
    expect(options.user.displayName).toBe('Hj. Siti Contoh, S.Sos., M.AP.');
    expect(options.user.name).toBe('Ikrar: Hj. Siti Contoh, S.Sos., M.AP.');
    expect(parsePrompt('kunci-penanda-tangan', text)).toMatchObject({
      situs: origin,
      nama: 'Hj. Siti Contoh, S.Sos., M.AP.',
    });
    expect(options.excludeCredentials).toMatchObject([{ id: credentialId }]);
  });

  test('sent again is the same passkey', async () => {
    const { siti } = await openCast(db);
    const answer = await answerOf(siti);
    const results = await Promise.all(Array.from({ length: 20 }, () => finish(siti, answer)));
    for (const result of results) expect(result).toEqual({ ok: true, credentialId: answer.response.id });
    expect(await ids(siti)).toHaveLength(1);
  });

  test('is not made for a place without a name', async () => {
    const { vacant } = await openCast(db);
    expect(await register.begin(services, vacant)).toEqual({ ok: false, code: 'name-missing' });
    expect(await register.begin(services, crypto.randomUUID())).toEqual({ ok: false, code: 'name-missing' });
  });

  test('begun for one person is not another’s', async () => {
    const { siti, budi } = await openCast(db);
    const answer = await answerOf(siti);
    expect(await finish(budi, answer)).toEqual({ ok: false, code: 'registration-forged' });
  });

  test('begun by another service is not ours', async () => {
    const { siti } = await openCast(db);
    const others = { ...services, secret: await openSecret(new Uint8Array(32)) };
    const theirs = await register.begin(others, siti);
    if (!theirs.ok) throw new Error(theirs.code);
    const answer = await new Authenticator().register(theirs, origin);
    expect(await finish(siti, answer)).toEqual({ ok: false, code: 'registration-forged' });
  });

  test('begun an hour ago has lapsed', async () => {
    const { siti } = await openCast(db);
    const answer = await answerOf(siti);
    const late = { id: new Uint8Array(4), spki: new Uint8Array(1) };
    const now = Math.floor(Date.now() / 1000);
    const kept = await credentials.keep(
      db,
      { personId: siti, version: 0 },
      {
        ...late,
        alg: 'ES256',
        counter: 0,
        backupEligible: false,
        transports: [],
        userHandle: new Uint8Array(32),
      },
      now - 3700,
    );
    expect(kept).toEqual({ ok: false, code: 'registration-lapsed' });
    expect(await finish(siti, answer)).toMatchObject({ ok: true });
  });

  test('with the id of another person’s is refused', async () => {
    const { siti, budi } = await openCast(db);
    await phoneOf(services, siti);
    const [taken] = await credentials.forPerson(db, siti);
    const now = Math.floor(Date.now() / 1000);
    const again = { ...taken!, alg: 'ES256', counter: 0 } as const;
    expect(await credentials.keep(db, { personId: budi, version: 0 }, again, now)).toEqual({
      ok: false,
      code: 'credential-of-another',
    });
    expect(await ids(budi)).toEqual([]);
  });

  test('with the id of an officer’s is refused', async () => {
    const { siti, officerId } = await openCast(db);
    const answer = await answerOf(siti);
    await db.insert(officerCredential).values({
      id: fromBase64url(answer.response.id),
      officerId,
      spki: new Uint8Array(1),
      userHandle: new Uint8Array(32),
      counter: 0,
      backupEligible: false,
    });
    expect(await finish(siti, answer)).toEqual({
      ok: false,
      code: 'credential-of-another',
    });
    expect(await ids(siti)).toEqual([]);
  });

  test('the thirteenth is one too many', async () => {
    const { siti } = await openCast(db);
    const answers = [];
    for (let i = 0; i < 13; i++) {
      answers.push(await answerOf(siti));
    }
    const results = [];
    for (const answer of answers) results.push(await finish(siti, answer));
    expect(results.at(11)).toMatchObject({ ok: true });
    expect(results.at(12)).toEqual({ ok: false, code: 'too-many-credentials' });
    // One of the twelve, repeated, is still fine.
    expect(await finish(siti, answers[0]!)).toMatchObject({ ok: true });
  });
});

describe('what a card has made falls with it', () => {
  const printed = (cast: Cast) =>
    invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const replaced = (cast: Cast) => invitations.renew(db, services.secret, cast.siti, actorOf(cast));

  test('twelve throw-away passkeys lock nobody out who gets another card', async () => {
    const cast = await openCast(db);
    await printed(cast);
    for (let i = 0; i < 12; i++) await phoneOf(services, cast.siti);
    expect(await finish(cast.siti, await answerOf(cast.siti))).toMatchObject({
      code: 'too-many-credentials',
    });
    await replaced(cast);
    expect(await ids(cast.siti)).toEqual([]);
    expect((await begun(cast.siti)).options.excludeCredentials).toEqual([]);
    const { credentialId } = await phoneOf(services, cast.siti);
    expect(await ids(cast.siti)).toEqual([credentialId]);
    await hasSigned(services, cast.siti);
  });

  test('a passkey that arrives with an older card is of that card', async () => {
    const cast = await openCast(db);
    await printed(cast);
    const answer = await answerOf(cast.siti);
    await replaced(cast);
    expect(await finish(cast.siti, answer, 1)).toMatchObject({ ok: true });
    expect(await ids(cast.siti)).toEqual([]);
  });

  test('but not one with which a pledge is signed that stands, here or at the next event', async () => {
    const cast = await openCast(db);
    await printed(cast);
    const { phone } = await hasSigned(services, cast.siti);
    const idle = await phoneOf(services, cast.siti);
    expect(await ids(cast.siti)).toEqual([idle.credentialId, phone.credentialId]);
    await replaced(cast);
    expect(await ids(cast.siti)).toEqual([phone.credentialId]);
    const next = await openCast(db, { of: cast });
    expect(await ids(next.siti)).toEqual([phone.credentialId]);
    expect((await issued(services, next.siti, phone)).credentialId).toBe(phone.credentialId);
  });

  test('nor one of another event’s card, which stands', async () => {
    const first = await openCast(db);
    await printed(first);
    const { credentialId } = await phoneOf(services, first.siti);
    const next = await openCast(db, { of: first });
    await printed(next);
    await replaced(next);
    expect(await ids(next.siti)).toEqual([credentialId]);
  });

  test('all of them once the pledge is withdrawn, before there is another card', async () => {
    const cast = await openCast(db);
    await printed(cast);
    const { row } = await hasSigned(services, cast.siti);
    await phoneOf(services, cast.siti);
    await withdrawn(cast, row.hash);
    expect(await ids(cast.siti)).toEqual([]);
    await printed(cast);
    const { credentialId } = await phoneOf(services, cast.siti);
    expect(await ids(cast.siti)).toEqual([credentialId]);
  });

  test('also the one with which it was signed, where that was made with another event’s card', async () => {
    const first = await openCast(db);
    await printed(first);
    const phone = await phoneOf(services, first.siti);
    const second = await openCast(db, { of: first });
    await printed(second);
    const { row } = await signedWith(second.siti, phone);
    await withdrawn(second, row.hash);
    await printed(second);
    for (const cast of [first, second]) {
      expect(await ids(cast.siti)).toEqual([]);
      expect(await issueStatement(services, cast.siti, phone.credentialId)).toEqual({
        ok: false,
        code: 'credential-fallen',
      });
    }
    await hasSigned(services, second.siti);
  });
});

async function signedWith(personId: string, phone: Awaited<ReturnType<typeof phoneOf>>) {
  const { statement, ticket, options } = await issued(services, personId, phone);
  const assertion = await phone.authenticator.get(options, origin);
  const done = await signStatement(services, { personId, statement, ticket, assertion });
  if (!done.ok) throw new Error(done.code);
  return { row: done.signature };
}

/** A row by hand: how a withdrawal comes to be is another test's. */
async function withdrawn(cast: Cast, hash: Uint8Array): Promise<void> {
  const id = crypto.randomUUID();
  const made = sql`${cast.officerId}::uuid, '', '', '', ''`;
  await db.execute(sql`
    with asked as (
      insert into withdrawal_request (id, hash, statement, by, authenticator_data, client_data_json, signature, spki)
      values (${id}::uuid, decode(${hex(hash)}, 'hex'), ${id}, ${made}))
    insert into withdrawal (hash, request_id, by, authenticator_data, client_data_json, signature, spki, leaf_id)
    select decode(${hex(hash)}, 'hex'), ${id}::uuid, ${made}, append_leaf('pencabutan', array['uji sha256:' || encode(sha256(${id}::bytea), 'hex')])`);
}

describe('a passkey that may be synced from some day on', () => {
  const kept = async (credentialId: string) => {
    const [row] = await db.execute<{ eligible: boolean; since: string | null }>(sql`
      select backup_eligible as eligible, eligible_since as since from signer_credential
      where id = decode(${hex(fromBase64url(credentialId))}, 'hex')`);
    return row!;
  };
  const BE = 0x08;
  const signing = async (personId: string, phone: Awaited<ReturnType<typeof phoneOf>>, knobs = {}) => {
    const { statement, ticket, options } = await issued(services, personId, phone);
    const assertion = await phone.authenticator.get(options, origin, knobs);
    return signStatement(services, { personId, statement, ticket, assertion });
  };

  test('signs, and is known as one, with the day', async () => {
    const first = await openCast(db);
    const phone = await phoneOf(services, first.siti, { synced: false });
    expect(await kept(phone.credentialId)).toEqual({ eligible: false, since: null });
    const done = await signing(first.siti, phone, { setFlags: BE });
    if (!done.ok) throw new Error(done.code);
    const noted = await kept(phone.credentialId);
    expect(noted.eligible).toBe(true);
    expect(new Date(noted.since!)).toEqual(done.signature.at);

    const next = await openCast(db, { of: first });
    expect(await signing(next.siti, phone, { setFlags: BE })).toMatchObject({ ok: true });
    expect(await kept(phone.credentialId)).toEqual(noted);
    // Never back; and the way on is another passkey on the same phone.
    const last = await openCast(db, { of: first });
    await expect(signing(last.siti, phone)).rejects.toMatchObject({ code: 'authenticator-data-backup' });
    expect(await kept(phone.credentialId)).toEqual(noted);
    await hasSigned(services, last.siti);
  });

  test('has a proof like any other', async () => {
    const { siti } = await openCast(db);
    const phone = await phoneOf(services, siti, { synced: false });
    const done = await signing(siti, phone, { setFlags: BE });
    if (!done.ok) throw new Error(done.code);
    await services.publish();
    const proof = await assembleProof(db, services.config, done.signature.kode);
    const brought = await bring(utf8(formatProofFile(proof!)));
    if (!brought.ok) throw new Error(brought.code);
    const { verifier } = services.signer;
    const { verdict, steps } = await checkProof(brought.given, { verifier, source: 'berkas' });
    expect(verdict, JSON.stringify(steps)).toBe('asli');
  });
});

describe('a passkey belongs', () => {
  test('to the same holder of the same place at the organiser’s next event', async () => {
    const first = await openCast(db);
    const { credentialId } = await phoneOf(services, first.siti);
    const next = await openCast(db, { of: first });
    expect(await ids(next.siti)).toEqual([credentialId]);
    expect(await ids(next.budi)).toEqual([]);
  });

  test('not to the same place at another organiser’s event', async () => {
    const first = await openCast(db);
    await phoneOf(services, first.siti);
    expect(await ids((await openCast(db)).siti)).toEqual([]);
  });

  test('not to the next holder of the place', async () => {
    const { siti } = await openCast(db);
    const { credentialId } = await phoneOf(services, siti);
    await rename(siti, 'Penerus');
    expect(await ids(siti)).toEqual([]);
    await rename(siti, 'Siti Contoh');
    expect(await ids(siti)).toEqual([credentialId]);
  });

  test('to the same NIP, wherever it serves and however the name is written', async () => {
    const first = await openCast(db);
    const { credentialId } = await phoneOf(services, first.ratna);
    const next = await openCast(db, { of: first });
    await rename(next.ratna, 'Ratna Cth.', '198609262015052001');
    expect(await ids(next.ratna)).toEqual([credentialId]);
    await rename(next.budi, 'Ratna', '198609262015052001');
    expect(await ids(next.budi)).toEqual([credentialId]);
  });

  test('not to another name that was left beside the NIP of the one before', async () => {
    const { ratna } = await openCast(db);
    await phoneOf(services, ratna);
    await rename(ratna, 'Siti M. Rahayu', '198609262015052001');
    expect(await ids(ratna)).toEqual([]);
    await rename(ratna, 'M', '198609262015052001');
    expect(await ids(ratna)).toEqual([]);
  });

  test('not to a namesake with another NIP in the same place', async () => {
    const first = await openCast(db);
    await phoneOf(services, first.ratna);
    const next = await openCast(db, { of: first });
    await rename(next.ratna, 'Ratna Contoh', '199009262015052001');
    expect(await ids(next.ratna)).toEqual([]);
  });
});

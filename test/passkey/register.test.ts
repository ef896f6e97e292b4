import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { base64url, fromBase64url } from '../../src/lib/base64.ts';
import { openSecret } from '../../src/lib/secret.ts';
import * as credentials from '../../src/passkey/credentials.ts';
import { parsePrompt } from '../../src/passkey/prompt.ts';
import * as register from '../../src/passkey/register.ts';
import { officerCredential } from '../../src/schema.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast, phoneOf } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services } = await openHouse();
const { origin } = services.config;

const begun = async (personId: string) => {
  const result = await register.begin(services, personId);
  if (!result.ok) throw new Error(result.code);
  return result;
};
const answerOf = async (personId: string) => new Authenticator().register(await begun(personId), origin);
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
    const results = await Promise.all(
      Array.from({ length: 20 }, () => register.finish(services, siti, answer)),
    );
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
    expect(await register.finish(services, budi, answer)).toEqual({ ok: false, code: 'registration-forged' });
  });

  test('begun by another service is not ours', async () => {
    const { siti } = await openCast(db);
    const others = { ...services, secret: await openSecret(new Uint8Array(32)) };
    const theirs = await register.begin(others, siti);
    if (!theirs.ok) throw new Error(theirs.code);
    const answer = await new Authenticator().register(theirs, origin);
    expect(await register.finish(services, siti, answer)).toEqual({ ok: false, code: 'registration-forged' });
  });

  test('begun an hour ago has lapsed', async () => {
    const { siti } = await openCast(db);
    const answer = await answerOf(siti);
    const late = { id: new Uint8Array(4), spki: new Uint8Array(1) };
    const now = Math.floor(Date.now() / 1000);
    const kept = await credentials.keep(
      db,
      siti,
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
    expect(await register.finish(services, siti, answer)).toMatchObject({ ok: true });
  });

  test('with the id of another person’s is refused', async () => {
    const { siti, budi } = await openCast(db);
    await phoneOf(services, siti);
    const [taken] = await credentials.forPerson(db, siti);
    const now = Math.floor(Date.now() / 1000);
    const again = { ...taken!, alg: 'ES256', counter: 0 } as const;
    expect(await credentials.keep(db, budi, again, now)).toEqual({
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
    expect(await register.finish(services, siti, answer)).toEqual({
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
    for (const answer of answers) results.push(await register.finish(services, siti, answer));
    expect(results.at(11)).toMatchObject({ ok: true });
    expect(results.at(12)).toEqual({ ok: false, code: 'too-many-credentials' });
    // One of the twelve, repeated, is still fine.
    expect(await register.finish(services, siti, answers[0]!)).toMatchObject({ ok: true });
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

  test('not to a namesake with another NIP in the same place', async () => {
    const first = await openCast(db);
    await phoneOf(services, first.ratna);
    const next = await openCast(db, { of: first });
    await rename(next.ratna, 'Ratna Contoh', '199009262015052001');
    expect(await ids(next.ratna)).toEqual([]);
  });
});

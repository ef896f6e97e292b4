/** Challenges of officers: nothing is kept of one that was asked for, and each right answer serves once, in time. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { base64url, fromBase64url } from '../../src/lib/base64.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import * as challenges from '../../src/office/challenges.ts';
import { beginLogin, login } from '../../src/office/log-in.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { formatPrompt, parsePrompt } from '../../src/passkey/prompt.ts';
import { Authenticator } from '../authenticator.ts';
import { openHouse } from '../house.ts';
import { found } from './office.ts';

const house = await openHouse();
const { services } = house;
const { origin, rpId } = services.config;
const office = await found(house);

const kept = async (): Promise<number> => {
  const [row] = await house.db.execute<{ n: number }>(
    sql`select count(*)::integer as n from officer_challenge`,
  );
  return row!.n;
};

const answerTo = async (text: string, phone = office.phone) => ({
  text,
  response: await phone.get(
    { challenge: base64url(await challengeOf(text)), rpId, userVerification: 'required' } as never,
    origin,
  ),
});

const issuedAt = (ago: number) =>
  challenges.issue(services, ({ acak }) =>
    formatPrompt('masuk', {
      situs: origin,
      terbit: new Date(Date.now() - ago * 1_000).toISOString().replace(/\.\d+/, ''),
      acak,
    }),
  );

test('who asks for one, or answers with a stranger’s passkey, leaves no row', async () => {
  const before = await kept();
  const stranger = new Authenticator();
  await stranger.create(
    {
      challenge: 'AAAA',
      rp: { id: rpId, name: 'x' },
      user: { id: base64url(randomBytes(32)), name: 'x', displayName: 'x' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    } as never,
    origin,
  );
  for (let at = 0; at < 3; at++) {
    const { text } = await beginLogin(services);
    expect(await login(services, await answerTo(text, stranger))).toEqual({
      ok: false,
      code: 'passkey-unknown',
    });
    expect(await login(services, { text, response: {} })).toEqual({ ok: false, code: 'passkey-refused' });
  }
  expect(await kept()).toBe(before);
});

test('a wrong answer uses none up, a right one does, and of two at once one is let in', async () => {
  const { text } = await beginLogin(services);
  const right = await answerTo(text);
  const other = await answerTo((await beginLogin(services)).text);
  expect(await login(services, { text, response: other.response })).toMatchObject({
    code: 'passkey-refused',
  });
  const both = await Promise.all([login(services, right), login(services, right)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'challenge-unknown' });
  expect(await login(services, right)).toMatchObject({ code: 'challenge-unknown' });
});

test('five minutes', async () => {
  expect((await login(services, await answerTo(await issuedAt(290)))).ok).toBe(true);
  expect(await login(services, await answerTo(await issuedAt(301)))).toMatchObject({
    code: 'challenge-unknown',
  });
});

test('what has lapsed is cleared away by the next one that is taken', async () => {
  await house.db.execute(sql`update officer_challenge set expires_at = now() - interval '1 second'`);
  expect((await login(services, await answerTo((await beginLogin(services)).text))).ok).toBe(true);
  expect(await kept()).toBe(1);
});

test('a text that somebody else made, or changed in any place, is none of ours', async () => {
  const { text } = await beginLogin(services);
  const { terbit, acak } = parsePrompt('masuk', text);
  const other = fromBase64url(acak);
  for (let at = 0; at < other.length; at++) {
    const changed = other.map((byte, index) => (index === at ? byte ^ 1 : byte));
    const forged = formatPrompt('masuk', { situs: origin, terbit, acak: base64url(changed) });
    expect(await login(services, await answerTo(forged))).toMatchObject({ code: 'challenge-unknown' });
  }
  for (const given of [
    { terbit, acak: base64url(randomBytes(32)) },
    { terbit: terbit.replace(/^\d{4}/, '2999'), acak },
  ])
    expect(
      await login(services, await answerTo(formatPrompt('masuk', { situs: origin, ...given }))),
    ).toMatchObject({
      code: 'challenge-unknown',
    });
  // For a key, the same nonce and the same second are another text.
  const key = formatPrompt('kunci-petugas', { situs: origin, nama: 'Rina Contoh', terbit, acak });
  expect(await challenges.take(services, key)).toBe(false);
  expect(await challenges.take(services, text)).toBe(true);
});

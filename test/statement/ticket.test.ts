import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { openSecret } from '../../src/lib/secret.ts';
import { GREATEST_TICKET, issueTicket, openTicket } from '../../src/statement/ticket.ts';

const secret = await openSecret(randomBytes(32));
const issued = { personId: 'siti', credentialId: 'AAAA', statement: 'teks' };
const passkey = { spki: randomBytes(91), userHandle: randomBytes(32) };

test('a ticket is for one person, one passkey and one statement', async () => {
  const ticket = await issueTicket(secret, issued, passkey);
  expect(await openTicket(secret, ticket, issued)).toEqual({ passkey });
  expect(await openTicket(secret, ticket, { ...issued, personId: 'budi' })).toBe(null);
  expect(await openTicket(secret, ticket, { ...issued, credentialId: 'AAAB' })).toBe(null);
  expect(await openTicket(secret, ticket, { ...issued, statement: 'teks ' })).toBe(null);
  expect(await openTicket(await openSecret(randomBytes(32)), ticket, issued)).toBe(null);
  for (const other of ['', '!', ticket.slice(1), `${ticket}A`]) {
    expect(await openTicket(secret, other, issued)).toBe(null);
  }
});

test('and for one key: none of its characters may be another, none of its parts left out, moved or added', async () => {
  const ticket = await issueTicket(secret, issued, passkey);
  const [spki, userHandle, tag] = ticket.split('.');
  const other = base64url(randomBytes(91));
  for (const forged of [
    `${other}.${userHandle}.${tag}`,
    `${spki}.${base64url(randomBytes(32))}.${tag}`,
    `${userHandle}.${spki}.${tag}`,
    `${spki}${userHandle}.${tag}`,
    `${spki}.${userHandle}`,
    `${spki}.${userHandle}.`,
    `..${tag}`,
    `.${tag}`,
    tag!,
    `${spki}.${userHandle}.${tag}.${tag}`,
    `${ticket}.`,
    `.${ticket}`,
    `${ticket}=`,
    ticket.replace('.', '\n'),
  ]) {
    expect(await openTicket(secret, forged, issued), forged).toBe(null);
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(ticket.length - 1), fc.stringMatching(/^[\w.-]$/), async (at, symbol) => {
      fc.pre(ticket[at] !== symbol);
      const forged = ticket.slice(0, at) + symbol + ticket.slice(at + 1);
      expect(await openTicket(secret, forged, issued)).toBe(null);
    }),
  );
});

test('its parts are told apart: no two of what it is for have one ticket', async () => {
  const line = fc.stringMatching(/^[\w\n.-]{0,6}$/);
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 4 }).map((some) => new Uint8Array(some));
  const what = fc.record({ statement: line, spki: bytes, userHandle: bytes });
  await fc.assert(
    fc.asyncProperty(what, what, async (one, other) => {
      const ticketOf = ({ statement, ...key }: typeof one) =>
        issueTicket(secret, { ...issued, statement }, key);
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect((await ticketOf(one)).split('.')[2] === (await ticketOf(other)).split('.')[2]).toBe(same);
    }),
  );
});

test('one of the first version, as a phone has kept it, says no key, and is no part of a newer one', async () => {
  const old = await openSecret(utf8('0123456789abcdef0123456789abcdef'));
  // Made by the release that issued it.
  const ticket = 'YTGP2v0AuA2noMV4RvQqbGZrx4NWgulmlyS4HiHQ4ek';
  expect(await openTicket(old, ticket, issued)).toEqual({ passkey: null });
  expect(await openTicket(old, ticket, { ...issued, statement: 'teks ' })).toBe(null);
  expect(await openTicket(secret, ticket, issued)).toBe(null);
  const newer = await issueTicket(old, issued, passkey);
  const [spki, userHandle] = newer.split('.');
  expect(await openTicket(old, `${spki}.${userHandle}.${ticket}`, issued)).toBe(null);
  // Nor does a statement that looks like the rest of a newer one make one.
  const wily = { ...issued, statement: `${spki}\n${userHandle}\nteks` };
  const tag = base64url(await old.mac('tiket', utf8(`ikrar/tiket@v1\nsiti\nAAAA\n${wily.statement}`)));
  expect(await openTicket(old, tag, wily)).toEqual({ passkey: null });
  expect(await openTicket(old, `${spki}.${userHandle}.${tag}`, issued)).toBe(null);
});

test('is as long as it may be, whatever key it is of', async () => {
  // RSA of 4096 bits.
  const ticket = await issueTicket(secret, issued, { ...passkey, spki: randomBytes(550) });
  expect(ticket.length).toBeLessThanOrEqual(GREATEST_TICKET);
});

import { expect, test } from 'vitest';
import { randomBytes } from '../../src/lib/bytes.ts';
import { openSecret } from '../../src/lib/secret.ts';
import { checkTicket, issueTicket } from '../../src/statement/ticket.ts';

test('a ticket is for one person, one passkey and one statement', async () => {
  const secret = await openSecret(randomBytes(32));
  const issued = { personId: 'siti', credentialId: 'AAAA', statement: 'teks' };
  const ticket = await issueTicket(secret, issued);
  expect(await checkTicket(secret, ticket, issued)).toBe(true);
  expect(await checkTicket(secret, ticket, { ...issued, personId: 'budi' })).toBe(false);
  expect(await checkTicket(secret, ticket, { ...issued, credentialId: 'AAAB' })).toBe(false);
  expect(await checkTicket(secret, ticket, { ...issued, statement: 'teks ' })).toBe(false);
  expect(await checkTicket(await openSecret(randomBytes(32)), ticket, issued)).toBe(false);
  for (const other of ['', '!', ticket.slice(1), `${ticket}A`]) {
    expect(await checkTicket(secret, other, issued)).toBe(false);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  deriveInvitation,
  formatTyped,
  invitationLink,
  parseInvitation,
} from '../../src/invitation/token.ts';
import { openSecret } from '../../src/lib/secret.ts';

const secret = await openSecret(new Uint8Array(32).fill(7));
const PERSON = '00000000-0000-4000-8000-000000000001';

test('a card of today opens for as long as the key lives: this one is never to change', async () => {
  const { token, code } = await deriveInvitation(secret, PERSON, 1);
  expect(invitationLink('https://ikrar.example', token)).toMatchInlineSnapshot(
    `"https://ikrar.example/u#QQX4AZZ4S34KCQKT0PTZZ9H6RG"`,
  );
  expect(formatTyped(code)).toMatchInlineSnapshot(`"G60B-FYEN-88YF-5ARS"`);
});

test('each person, each version and each key has its own', async () => {
  const other = await openSecret(new Uint8Array(32).fill(8));
  const made = await Promise.all([
    deriveInvitation(secret, PERSON, 1),
    deriveInvitation(secret, PERSON, 2),
    deriveInvitation(secret, `${PERSON.slice(0, -1)}2`, 1),
    deriveInvitation(other, PERSON, 1),
  ]);
  expect(new Set(made.map(({ token }) => token)).size).toBe(4);
  expect(new Set(made.map(({ code }) => code)).size).toBe(4);
});

test('what a person types is read in any case, with any hyphens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uuid(), fc.nat(), async (person, version) => {
      const { token, code } = await deriveInvitation(secret, person, version);
      expect(parseInvitation(token)).toEqual({ ok: true, symbols: token });
      expect(parseInvitation(` ${formatTyped(code).toLowerCase()} `)).toEqual({ ok: true, symbols: code });
    }),
    { numRuns: 50 },
  );
});

test('a code or a link is read in the message that it came in', async () => {
  const { token, code } = await deriveInvitation(secret, PERSON, 1);
  const typed = formatTyped(code);
  const messages = [
    `*${typed}*`,
    `ketik kode: ${typed}`,
    `[20.11, 26/11/2026] Budi: ${typed}`,
    `Kode Bapak ${typed.toLowerCase()}, terima kasih.`,
    `“${typed.replaceAll('-', '–')}”`,
  ];
  for (const message of messages)
    expect([message, parseInvitation(message)]).toEqual([message, { ok: true, symbols: code }]);
  const link = invitationLink('https://ikrar.example', token);
  for (const message of [link, `<${link}>`, `[20.11, 26/11/2026] Budi: ${link}`, `Silakan buka ${link} ya`])
    expect([message, parseInvitation(message)]).toEqual([message, { ok: true, symbols: token }]);
  // What is wrong with it is said of the code, not of the words around it.
  const wrong = (typed[0] === '0' ? '1' : '0') + typed.slice(1);
  expect(parseInvitation(`ketik kode: ${wrong}`)).toEqual({ ok: false, code: 'typed-check' });
  expect(parseInvitation('belum punya')).toEqual({ ok: false, code: 'typed-symbol' });
});

test('a mistyped code is told apart from an unknown one', async () => {
  const { code } = await deriveInvitation(secret, PERSON, 1);
  expect(parseInvitation(code.slice(1))).toEqual({ ok: false, code: 'typed-length' });
  expect(parseInvitation(`${code.slice(1)}U`)).toEqual({ ok: false, code: 'typed-symbol' });
  const wrong = (code[0] === '0' ? '1' : '0') + code.slice(1);
  expect(parseInvitation(wrong)).toEqual({ ok: false, code: 'typed-check' });
});

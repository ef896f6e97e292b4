/** What becomes of a kept signature at each refusal: nothing that the office can mend is dropped, nothing that is over is sent again. */
import { expect, test } from 'vitest';
import { type Code, judged } from '../../src/pages/sign/fate.ts';
import { undanganMessages } from '../../src/pages/sign/sign-messages.ts';

const of = (fate: string): string[] =>
  Object.entries(judged)
    .filter(([, one]) => one.fate === fate)
    .map(([code]) => code)
    .sort();

test('every refusal is judged once', () => {
  expect(Object.keys(judged).sort()).toEqual(Object.keys(undanganMessages).sort());
});

test('what passes by itself, what the office mends', () => {
  expect(of('passes')).toEqual(['ledger-halted', 'out-of-order', 'request-cut']);
  expect(of('repair')).toEqual([
    'client-data-origin',
    'deadline-passed',
    'event-closed',
    'event-early',
    'invitation-closed',
    'invitation-early',
    'invitation-lapsed',
    'invitation-removed',
    'invitation-unknown',
    'invitation-wordless',
    'name-missing',
    'other-site',
    'person-unknown',
    'place-removed',
    'request-broken',
    'request-kind',
    'request-large',
    'ticket-forged',
    'too-many-credentials',
    'wording-missing',
  ]);
});

test('what is over says so, and what to do now', () => {
  const gone: Code[] = [
    'invitation-void',
    'invitation-renamed',
    'invitation-withdrawn',
    'invitation-erased',
    'pledge-erased',
    'roster-changed',
    'pledge-lapsed',
    'authenticator-data-backup',
    'credential-fallen',
  ];
  for (const code of gone) {
    expect([code, judged[code].fate]).toEqual([code, 'never']);
    expect(undanganMessages[code].next).not.toMatch(/terkirim sendiri|mengirimnya/);
  }
});

test('a refusal that offers another key has said that a new one is to be made, or another phone', () => {
  for (const [code, { offer }] of Object.entries(judged))
    if (offer === 'key')
      expect([code, undanganMessages[code as Code].next]).toEqual([
        code,
        expect.stringMatching(/kunci sandi baru|browser lain|HP lain/),
      ]);
});

/**
 * What becomes of a signature that a phone has kept, and what the screen offers, at each refusal. Total over all that is said
 * under /undangan, so that no new one is left to chance. Shown by test/pages/fate.test.ts.
 */

import type { Fate, Refused } from './reply.ts';
import type { undanganMessages } from './sign-messages.ts';

export type Code = keyof typeof undanganMessages;

interface Judged {
  fate: Fate;
  offer: Refused['offer'];
}

const as = (fate: Fate, offer: Refused['offer']): Judged => ({ fate, offer });

/** Opening the invitation again is the way on: what is wrong was of that one visit. */
const anew = as('never', 'open');
/** Only another card opens something, and only the office has it. */
const over = as('never', 'nothing');
/** The passkey is what is wrong, and a phone would bring it again and again: it is told to make another. */
const key = as('never', 'key');
/** The office has closed the door, and may open it again. */
const shut = as('repair', 'nothing');
/** The same may open by and by. */
const later = as('repair', 'open');
const passing = as('passes', 'open');

export const judged: Record<Code, Judged> = {
  'ledger-halted': passing,
  'out-of-order': passing,
  'request-cut': passing,

  'event-early': later,
  'invitation-early': later,
  'event-closed': shut,
  'invitation-closed': shut,
  'deadline-passed': shut,
  'invitation-lapsed': shut,
  'place-removed': shut,
  'invitation-removed': shut,
  'name-missing': shut,
  'wording-missing': shut,
  'invitation-wordless': shut,
  'person-unknown': shut,
  // Said to one who would make another; what was signed with an older key is not touched by it.
  'too-many-credentials': shut,
  // Of what was there when it was signed: a database that is being put back may not have it yet.
  'invitation-unknown': as('repair', 'type'),
  // Of a service that was started with another secret, or address.
  'ticket-forged': later,
  'client-data-origin': later,
  'other-site': later,
  // Of a page and a service that are not of one age.
  'request-broken': later,
  'request-large': later,
  'request-kind': later,

  'invitation-void': over,
  'invitation-renamed': over,
  'invitation-withdrawn': over,
  'invitation-erased': over,
  'pledge-erased': over,

  'typed-length': as('never', 'type'),
  'typed-symbol': as('never', 'type'),
  'typed-check': as('never', 'type'),

  'roster-changed': anew,
  'pledge-lapsed': anew,
  'registration-lapsed': anew,
  'registration-forged': anew,
  'answer-refused': anew,

  'client-data-size': anew,
  'client-data-encoding': anew,
  'client-data-json': anew,
  'client-data-key-twice': anew,
  'client-data-type': anew,
  'client-data-challenge': anew,
  'client-data-framed': anew,
  'authenticator-data-size': anew,
  'authenticator-data-flags': anew,
  'user-not-present': anew,
  'user-not-verified': anew,
  'passkey-response': anew,

  'authenticator-data-backup': key,
  'signature-shape': key,
  'signature-wrong': key,
  'other-credential': key,
  'other-user': key,
  'passkey-key': key,
  'passkey-registration': key,
  'credential-unknown': key,
  'credential-of-another': key,
  'credential-fallen': key,
};

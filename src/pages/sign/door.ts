/** The door of /undangan: who comes in, by token or typed code, and how a refusal is answered. */
import type { Context } from 'hono';
import { z } from 'zod';
import * as invitations from '../../invitation/invitations.ts';
import { digestOf, parseInvitation } from '../../invitation/token.ts';
import type { Help } from '../../kegiatan/help.ts';
import { parseDigest } from '../../lib/sha256.ts';
import type { Env } from '../../services.ts';
import { type SigningCode, undanganMessages } from '../messages.ts';
import { goFirst } from '../turn.ts';
import type { Halted, Refused } from './reply.ts';

/** Whom to ask is known as soon as the invitation is: every refusal after that says it. */
export type SignEnv = Env & { Variables: { help?: Help } };

type Code = keyof typeof undanganMessages;

/** The token of the link, or the code as it was typed. */
export const undangan = z.string().max(200);

/** What an invitation says to one who opens it, in the words for one who has pressed the button. */
const WHILE_SIGNING = {
  'invitation-early': 'event-early',
  'invitation-closed': 'event-closed',
  'invitation-lapsed': 'deadline-passed',
  'invitation-removed': 'place-removed',
} as const satisfies Partial<Record<invitations.InvitationCode, SigningCode>>;

const isWhileSigning = (code: Code): code is keyof typeof WHILE_SIGNING => Object.hasOwn(WHILE_SIGNING, code);

/** Digest of what the phone has signed with an invitation. */
export const pernyataan = z.string().max(80).optional();

/**
 * A mistyped code is told from its own letters; anything else takes the same one query, found or not. `signing`: whoever
 * comes has agreed, and perhaps signed, so it is said what became of that. `pernyataan`: what they have signed, if they have.
 */
export async function enter(
  c: Context<SignEnv>,
  symbols: string,
  { signing = false, pernyataan = undefined as string | undefined } = {},
): Promise<{ ok: true; guest: invitations.Guest } | { ok: false; answer: Response }> {
  const typed = parseInvitation(symbols);
  if (!typed.ok) return { ok: false, answer: refuse(c, typed.code, 404) };
  const signed = pernyataan === undefined ? undefined : parseDigest(pernyataan);
  const redeemed = await invitations.redeem(c.env.db, await digestOf(typed.symbols), signed);
  if (redeemed.ok) {
    c.set('help', redeemed.guest.help);
    goFirst(c);
    return redeemed;
  }
  const { code } = redeemed;
  if ('help' in redeemed) c.set('help', redeemed.help);
  return { ok: false, answer: refuse(c, signing && isWhileSigning(code) ? WHILE_SIGNING[code] : code, 404) };
}

/** What an officer or another card must help with; the others are over when the invitation is opened again. */
const FINAL: readonly Code[] = [
  'invitation-void',
  'invitation-erased',
  'invitation-removed',
  'invitation-lapsed',
  'invitation-closed',
  'event-closed',
  'deadline-passed',
  'place-removed',
  'name-missing',
  'invitation-wordless',
  'wording-missing',
  'person-unknown',
  'too-many-credentials',
  'pledge-erased',
];
const TYPED: readonly Code[] = ['invitation-unknown', 'typed-length', 'typed-symbol', 'typed-check'];
/** The passkey is what is wrong, and a phone would bring it again and again: it is told to make another. */
const KEY: readonly Code[] = [
  'authenticator-data-backup',
  'signature-shape',
  'signature-wrong',
  'other-credential',
  'other-user',
  'passkey-key',
  'passkey-registration',
  'credential-unknown',
  'credential-of-another',
  'credential-fallen',
];

const offerOf = (code: Code): Refused['offer'] =>
  TYPED.includes(code) ? 'type' : FINAL.includes(code) ? 'nothing' : KEY.includes(code) ? 'key' : 'open';

export function refuse(
  c: Context<SignEnv>,
  code: Code,
  status: 400 | 404 | 409 | 410 | 413 | 415 | 422 | 503,
) {
  const { title, next } = undanganMessages[code];
  const halted = code === 'ledger-halted';
  const body: Refused | Halted = {
    outcome: halted ? 'halted' : 'refused',
    code,
    title,
    next,
    offer: offerOf(code),
    help: c.get('help') ?? null,
  };
  if (halted) c.header('retry-after', '10');
  return c.json(body, halted ? 503 : status);
}

/** The door of /undangan: who comes in, by token or typed code, and how a refusal is answered. */
import type { Context } from 'hono';
import { z } from 'zod';
import * as invitations from '../../invitation/invitations.ts';
import { digestOf, parseInvitation } from '../../invitation/token.ts';
import type { PasskeyCode } from '../../passkey/ceremony.ts';
import type { Env } from '../../services.ts';
import type { BodyCode } from '../body.ts';
import {
  bodyMessages,
  invitationMessages,
  passkeyMessages,
  type SigningCode,
  signingMessages,
} from '../messages.ts';
import { goFirst } from '../turn.ts';
import type { Halted, Refused } from './reply.ts';

type Code = keyof typeof invitationMessages | SigningCode | PasskeyCode | BodyCode;

/** The token of the link, or the code as it was typed. */
export const undangan = z.string().max(200);

/** A mistyped code is told from its own letters; anything else takes the same one query, found or not. */
export async function enter(
  c: Context<Env>,
  symbols: string,
): Promise<{ ok: true; guest: invitations.Guest } | { ok: false; answer: Response }> {
  const typed = parseInvitation(symbols);
  if (!typed.ok) return { ok: false, answer: refuse(c, typed.code, 404) };
  const redeemed = await invitations.redeem(c.env.db, await digestOf(typed.symbols));
  if (redeemed.ok) {
    goFirst(c);
    return redeemed;
  }
  return { ok: false, answer: refuse(c, redeemed.code, 404) };
}

/** What an officer or another card must help with; the others are over when the invitation is opened again. */
const FINAL: readonly Code[] = [
  'invitation-void',
  'invitation-lapsed',
  'event-closed',
  'deadline-passed',
  'name-missing',
  'wording-missing',
  'person-unknown',
  'too-many-credentials',
  'pledge-erased',
];
const TYPED: readonly Code[] = ['invitation-unknown', 'typed-length', 'typed-symbol', 'typed-check'];

export function refuse(c: Context<Env>, code: Code, status: 400 | 404 | 409 | 410 | 413 | 415 | 422 | 503) {
  const { title, next } = { ...passkeyMessages, ...signingMessages, ...invitationMessages, ...bodyMessages }[
    code
  ];
  const halted = code === 'ledger-halted';
  const body: Refused | Halted = {
    outcome: halted ? 'halted' : 'refused',
    code,
    title,
    next,
    offer: TYPED.includes(code) ? 'type' : FINAL.includes(code) ? 'nothing' : 'open',
  };
  if (halted) c.header('retry-after', '10');
  return c.json(body, halted ? 503 : status);
}

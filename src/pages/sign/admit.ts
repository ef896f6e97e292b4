/** The door of /undangan: who comes in, by token or typed code, and how a refusal is answered. */
import type { Context } from 'hono';
import * as z from 'zod/mini';
import * as invitations from '../../invitation/invitations.ts';
import { digestOf, parseInvitation } from '../../invitation/token.ts';
import type { Help } from '../../kegiatan/help.ts';
import type { How } from '../../ledger/guard.ts';
import type { Halt } from '../../ledger/halt.ts';
import type { Bytes } from '../../lib/bytes.ts';
import { parseDigest } from '../../lib/sha256.ts';
import type { Env } from '../../services.ts';
import { textUpTo } from '../body.ts';
import { goFirst } from '../turn.ts';
import { type Code, judged } from './fate.ts';
import type { Halted, Named, Refused } from './reply.ts';
import { type SigningCode, undanganMessages } from './sign-messages.ts';

/** Whom to ask is known as soon as the invitation is: every refusal after that says it. */
export type SignEnv = Env & { Variables: { help?: Help; names?: readonly string[] } };

/** The token of the link, or the code as it was typed. */
export const undangan = textUpTo(200);

/** What an invitation says to one who opens it, in the words for one who has pressed the button. */
const WHILE_SIGNING = {
  'invitation-early': 'event-early',
  'invitation-closed': 'event-closed',
  'invitation-lapsed': 'deadline-passed',
  'invitation-removed': 'place-removed',
} as const satisfies Partial<Record<invitations.InvitationCode, SigningCode>>;

const isWhileSigning = (code: Code): code is keyof typeof WHILE_SIGNING => Object.hasOwn(WHILE_SIGNING, code);

const one = textUpTo(80);

/** Digests of what the phone has signed with an invitation: usually one, more if two of its pages signed at once. */
export const pernyataan = z.optional(
  z.union([
    z.pipe(
      one,
      z.transform((said) => [said]),
    ),
    z.array(one).check(z.maxLength(20)),
  ]),
);

/**
 * A mistyped code is told from its own letters; anything else takes the same one query, found or not. `signing`: whoever
 * comes has agreed, and perhaps signed, so it is said what became of that. `pernyataan`: what they have signed, if they have.
 */
export async function admit(
  c: Context<SignEnv>,
  symbols: string,
  { signing = false, pernyataan = [] as readonly string[] } = {},
): Promise<{ ok: true; guest: invitations.Guest } | { ok: false; answer: Response }> {
  const typed = parseInvitation(symbols);
  if (!typed.ok) return { ok: false, answer: refuse(c, typed.code, 404) };
  const signed = pernyataan.map(parseDigest).filter((digest): digest is Bytes => digest !== null);
  const redeemed = await invitations.redeem(c.env.db, await digestOf(typed.symbols), signed);
  if ('names' in redeemed) c.set('names', redeemed.names);
  if (redeemed.ok) {
    c.set('help', redeemed.guest.help);
    goFirst(c);
    return redeemed;
  }
  const { code } = redeemed;
  if ('help' in redeemed) c.set('help', redeemed.help);
  return { ok: false, answer: refuse(c, signing && isWhileSigning(code) ? WHILE_SIGNING[code] : code, 404) };
}

/**
 * The guard begins to look while the invitation is looked up: from the edge each is a round trip. Whoever asks `halted` after that has
 * the answer of the same look, and its error.
 */
export function lookAhead(c: Context<SignEnv>, symbols: string, how?: How): Promise<Halt | null> {
  // Refused from its own letters.
  if (!parseInvitation(symbols).ok) return Promise.resolve(null);
  const looked = c.env.halted(how);
  looked.catch(() => {});
  return looked;
}

/** What the invitation is known by, for every answer about it. */
export const named = (c: Context<SignEnv>): Named => ({ names: c.get('names') ?? [] });

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
    ...judged[code],
    help: c.get('help') ?? null,
    ...named(c),
  };
  if (halted) c.header('retry-after', '10');
  return c.json(body, halted ? 503 : status);
}

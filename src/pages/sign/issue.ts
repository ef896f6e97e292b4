/** `POST /undangan/pernyataan`: issues the statement for a passkey that the phone has had before. */
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { Guest } from '../../invitation/invitations.ts';
import { issueStatement } from '../../signature/issue-statement.ts';
import { readJson, textUpTo } from '../body.ts';
import { admit, lookAhead, refuse, type SignEnv, undangan } from './admit.ts';
import { answerSigned } from './answer-signed.ts';
import type { Prepared } from './reply.ts';

export const statementPage = new Hono<SignEnv>().post('/pernyataan', async (c) => {
  const body = await readJson(c, z.object({ undangan, kunci: textUpTo(2_000) }));
  lookAhead(c, body.undangan);
  const entered = await admit(c, body.undangan, { signing: true });
  return entered.ok ? answerIssued(c, entered.guest, body.kunci) : entered.answer;
});

export async function answerIssued(
  c: Context<SignEnv>,
  guest: Guest,
  credentialId: string,
): Promise<Response> {
  if (guest.kode !== null) return answerSigned(c, guest);
  const issued = await issueStatement(c.env, guest.personId, credentialId);
  if (issued.ok) {
    const { ok: _, ...rest } = issued;
    return c.json({ outcome: 'issued', issued: rest } satisfies Prepared);
  }
  return issued.code === 'already-signed' ? answerSigned(c, guest) : refuse(c, issued.code, 409);
}

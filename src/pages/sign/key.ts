/** `POST /undangan/kunci`: keeps a passkey that was just made, and issues the statement it is to sign. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import * as registration from '../../signer/register.ts';
import { readJson, textUpTo } from '../body.ts';
import { admit, lookAhead, refuse, type SignEnv, undangan } from './admit.ts';
import { answerSigned } from './answer-signed.ts';
import { answerIssued } from './issue.ts';

const shape = z.object({
  undangan,
  text: textUpTo(4_000),
  ticket: textUpTo(200),
  response: z.looseObject({}),
});

export const keyPage = new Hono<SignEnv>().post('/kunci', async (c) => {
  const body = await readJson(c, shape);
  const looked = lookAhead(c, body.undangan, { now: true });
  const entered = await admit(c, body.undangan, { signing: true });
  if (!entered.ok) return entered.answer;
  const { guest } = entered;
  if (guest.kode !== null) return answerSigned(c, guest);
  if (await looked) return refuse(c, 'ledger-halted', 503);
  const made = await registration.finish(c.env, guest, body);
  return made.ok ? answerIssued(c, guest, made.credentialId) : refuse(c, made.code, 409);
});

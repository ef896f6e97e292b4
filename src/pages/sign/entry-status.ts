/** `POST /undangan/status`: whether the ledger shows the pledge by now. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import * as signatures from '../../signature/signatures.ts';
import { readJson } from '../body.ts';
import { admit, pernyataan, type SignEnv, undangan } from './admit.ts';
import { answerSigned } from './answer-signed.ts';
import type { Sent } from './reply.ts';

export const statusPage = new Hono<SignEnv>().post('/status', async (c) => {
  const body = await readJson(c, z.object({ undangan, pernyataan }));
  const entered = await admit(c, body.undangan, body);
  if (!entered.ok) return entered.answer;
  const signed = await signatures.byPerson(c.env.db, entered.guest.personId);
  if (signed) return answerSigned(c, entered.guest, signed);
  return c.json({ outcome: 'missing' } satisfies Sent, 404);
});

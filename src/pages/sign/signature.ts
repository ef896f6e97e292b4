/** `POST /undangan/tanda-tangan`: the signature arrives. The same again gives the same receipt. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { formatDigest } from '../../lib/sha256.ts';
import { signStatement } from '../../signature/sign-statement.ts';
import { statementHash } from '../../statement/statement.ts';
import { GREATEST_TICKET } from '../../statement/ticket.ts';
import { readJson, textUpTo } from '../body.ts';
import { admit, lookAhead, refuse, type SignEnv, undangan } from './admit.ts';
import { answerSigned } from './answer-signed.ts';

const submission = z.object({
  undangan,
  statement: textUpTo(20_000),
  ticket: textUpTo(GREATEST_TICKET),
  response: z.looseObject({}),
});

export const signaturePage = new Hono<SignEnv>().post('/tanda-tangan', async (c) => {
  const body = await readJson(c, submission);
  const pernyataan = formatDigest(await statementHash(body.statement));
  lookAhead(c, body.undangan);
  const entered = await admit(c, body.undangan, { signing: true, pernyataan: [pernyataan] });
  if (!entered.ok) return entered.answer;
  const { guest } = entered;
  const { statement, ticket, response } = body;
  const signed = await signStatement(c.env, {
    personId: guest.personId,
    statement,
    ticket,
    assertion: response,
    signed: guest.kode !== null,
  });
  if (signed.ok && signed.outcome === 'recorded') c.env.canary.met(null);
  return signed.ok ? answerSigned(c, guest, signed.signature) : refuse(c, signed.code, 409);
});

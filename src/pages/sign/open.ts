/** `POST /undangan`: what an invitation opens. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { partsOf } from '../../signature/issue-statement.ts';
import * as particulars from '../../signature/particulars.ts';
import * as registration from '../../signer/register.ts';
import type { Maker } from '../../signer/signer-credentials.ts';
import { outline } from '../../statement/compose.ts';
import { readJson } from '../body.ts';
import { admit, lookAhead, named, pernyataan, refuse, type SignEnv, undangan } from './admit.ts';
import { answerSigned } from './answer-signed.ts';
import type { Opened } from './reply.ts';

export const openPage = new Hono<SignEnv>().post('/', async (c) => {
  const body = await readJson(c, z.object({ undangan, pernyataan }));
  const looked = lookAhead(c, body.undangan);
  const entered = await admit(c, body.undangan, body);
  if (!entered.ok) return entered.answer;
  const { guest } = entered;
  if (guest.kode !== null) return answerSigned(c, guest);
  // Before anybody reads, agrees and is asked for a finger.
  if (await looked) return refuse(c, 'ledger-halted', 503);
  const reading = particulars.read(c.env.db, guest.personId);
  const [found, begun] = await Promise.all([
    reading,
    registration.begin(c.env, guest.personId, reading.then(makerIn)),
  ]);
  if (!begun.ok) return refuse(c, begun.code, 409);
  if (!found) throw new Error('open: an invitation of nobody');
  const parts = partsOf(found);
  if ('code' in parts) return refuse(c, parts.code, 409);
  const { ok: _, ...create } = begun;
  // As the statement will say it: what is shown is what is signed.
  return c.json({
    outcome: 'open',
    shown: outline(parts),
    create,
    help: guest.help,
    ...named(c),
  } satisfies Opened);
});

/** Whose name the system's sheet will show; null while the place has none. */
const makerIn = (found: particulars.Particulars | null): Maker | null =>
  found && found.person.nama !== '' ? { ...found.person, now: found.now } : null;

/** All addresses under /undangan, with what they share: small bodies, nothing cached, refusals as JSON. */
import { Hono } from 'hono';
import { Failure } from '../../lib/failure.ts';
import { logError, logRefusal } from '../../lib/log.ts';
import type { PasskeyCode } from '../../passkey/ceremony.ts';
import { BODY_STATUS, BodyFailure } from '../body.ts';
import { untilAnswered } from '../turn.ts';
import { refuse, type SignEnv } from './admit.ts';
import { statusPage } from './entry-status.ts';
import { statementPage } from './issue.ts';
import { keyPage } from './key.ts';
import { openPage } from './open.ts';
import { passkeyMessages } from './sign-messages.ts';
import { signaturePage } from './signature.ts';

const isPasskeyCode = (code: string): code is PasskeyCode => Object.hasOwn(passkeyMessages, code);

/** Of what is in the database. Not of a body that can't be read. */
const REFUSALS = [404, 409, 410, 422];

export const invitationPages = new Hono<SignEnv>()
  .use('*', async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  })
  .use('*', untilAnswered)
  // Before anything is refused for good: it may be the database that is old, and just put there.
  .use('*', async (c, next) => {
    await next();
    if (REFUSALS.includes(c.res.status) && (await c.env.halted({ now: true })) !== null)
      c.res = refuse(c, 'ledger-halted', 503);
  })
  .onError((error, c) => {
    // A ledger that can't be published is our trouble; nothing is wrong with what the phone sent.
    if (!(error instanceof Failure) || error.code.startsWith('ledger-')) {
      logError('sign', error);
      c.env.canary.met(error);
      // Whatever it is, a repair may mend it: the phone keeps what it has, and comes again by itself.
      c.header('retry-after', '5');
      return refuse(c, 'out-of-order', 503);
    }
    if (error instanceof BodyFailure) return refuse(c, error.code, BODY_STATUS[error.code]);
    logRefusal(error);
    return refuse(c, isPasskeyCode(error.code) ? error.code : 'answer-refused', 422);
  });

invitationPages.route('/', openPage);
invitationPages.route('/', keyPage);
invitationPages.route('/', statementPage);
invitationPages.route('/', signaturePage);
invitationPages.route('/', statusPage);

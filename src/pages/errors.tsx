/**
 * What is said when there is no page, or none can be made. The single translator of failures: the cause goes to the log, a
 * sentence to the person, its code to a script of ours. Shown by test/pages/errors.test.ts.
 */
import type { Context, ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Failure } from '../lib/failure.ts';
import { logError, logRefusal } from '../lib/log.ts';
import { codeOf, isAway } from '../lib/retry.ts';
import type { Env } from '../services.ts';
import { Page } from './layout.tsx';
import { type FaultCode, faultMessages, messageOf, officeMessages } from './messages.ts';

const forScript = (c: Context): boolean =>
  [c.req.header('accept'), c.req.header('content-type')].some((type) => /\bjson\b/.test(type ?? ''));

function sorry(c: Context, status: ContentfulStatusCode, fault: FaultCode, code: string = fault) {
  const { title, next } = messageOf(code) ?? faultMessages[fault];
  c.header('cache-control', 'no-store');
  if (forScript(c)) return c.json({ ok: false, code, title, next }, status);
  return c.html(
    <Page title={title} noindex>
      <h1>{title}</h1>
      <p class="lead">{next}</p>
      <div class="actions">
        <a class="button secondary" href="/">
          Ke halaman depan
        </a>
      </div>
    </Page>,
    status,
  );
}

/** There is no such page. */
export const absent = (c: Context<Env>) => sorry(c, 404, 'page-unknown');

export const translateError: ErrorHandler<Env> = (error, c) => {
  if (error instanceof HTTPException && error.status < 500) {
    // An answer that somebody made on purpose stays as it is.
    return error.res ?? sorry(c, error.status, error.status === 404 ? 'page-unknown' : 'request-refused');
  }
  if (error instanceof Failure && !error.code.startsWith('ledger-')) {
    logRefusal(error);
    return sorry(c, 400, 'request-refused', error.code);
  }
  // Removed while it was on its way (office/must-act.sql).
  if (codeOf(error, (code) => code === 'IK403') !== null) {
    c.header('cache-control', 'no-store');
    if (forScript(c))
      return c.json({ ok: false, code: 'session-ended', ...officeMessages['session-ended'] }, 401);
    return c.redirect('/kantor/masuk?berakhir=ya', 303);
  }
  logError(`${c.req.method} ${c.req.path}`, error);
  if (!isAway(error)) return sorry(c, 500, 'service-failed');
  c.header('retry-after', '5');
  return sorry(c, 503, 'service-away');
};

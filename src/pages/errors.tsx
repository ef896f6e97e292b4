/**
 * What is said when there is no page, or none can be made. The single translator of failures: the cause goes to the log, a
 * sentence to the person, its code to a script of ours. Shown by test/pages/errors.test.ts.
 */
import { type Context, type ErrorHandler, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Failure } from '../lib/failure.ts';
import { logError, logRefusal } from '../lib/log.ts';
import { codeOf, isAway } from '../lib/retry.ts';
import type { BusyCode } from '../lib/turns.ts';
import { NotPermitted, officerAt, SessionEnded } from '../office/door.ts';
import type { Env } from '../services.ts';
import { BODY_STATUS, BodyFailure } from './body.ts';
import { type FaultCode, faultMessages, messageOf } from './fault-messages.ts';
import { secured, varied } from './headers.ts';
import { Page } from './layout.tsx';
import type { Message } from './message.ts';
import { officeMessages } from './office/officer-messages.ts';
import { ROLE_CHANGED, whoMay } from './office/role-messages.ts';

/** Whether it is a script that asks, and reads JSON. */
export const forScript = (c: Context): boolean =>
  [c.req.header('accept'), c.req.header('content-type')].some((type) => /\bjson\b/.test(type ?? ''));

function sorry(
  c: Context,
  status: ContentfulStatusCode,
  fault: FaultCode,
  {
    code = fault,
    json = forScript(c),
    message = messageOf(code) ?? faultMessages[fault],
    home = '/',
  }: { code?: string; json?: boolean; message?: Message; home?: string } = {},
) {
  const { title, next } = message;
  if (json) return c.json({ ok: false, code, title, next }, status);
  return c.html(
    <Page title={title} noindex>
      <h1>{title}</h1>
      <p class="lead">{next}</p>
      <div class="actions">
        <a class="button secondary" href={home}>
          Ke halaman depan
        </a>
      </div>
    </Page>,
    status,
  );
}

/** Whatever is asked: for a door whose app gives no answer. */
export const awayPage = new Hono().use(secured, varied).all('*', (c) => {
  c.header('cache-control', 'no-store');
  c.header('retry-after', '5');
  return sorry(c, 503, 'service-away');
});

/** The same, for who asks too often: nothing was begun. */
export const tooOftenPage = new Hono().use(secured).all('*', (c) => {
  c.header('cache-control', 'no-store');
  return busy(c, 'address-busy');
});

/** What went wrong is for nobody's cache: it may be right in a moment. */
export const uncachedErrors = createMiddleware<Env>(async function uncachedErrors(c, next) {
  await next();
  if (c.res.status >= 400) c.header('cache-control', 'no-store');
});

/** There is no such page. */
export const absent = (c: Context) => sorry(c, 404, 'page-unknown');

/** There is, but not for this method. */
export function otherMethod(c: Context, methods: string[]) {
  c.header('allow', [...methods, 'OPTIONS'].join(', '));
  return c.req.method === 'OPTIONS' ? c.body(null, 204) : sorry(c, 405, 'method-unknown');
}

/** Who reads waits for others who read. */
export function busy(c: Context, code: BusyCode) {
  c.header('retry-after', code === 'address-busy' ? '10' : '5');
  return sorry(c, code === 'address-busy' ? 429 : 503, code);
}

/** People put a slash behind an address; programs that read the ledger know its own letter by letter. */
export const withoutLastSlash = createMiddleware<Env>(async function withoutLastSlash(c, next) {
  await next();
  const { path } = c.req;
  const shorter = path.replace(/\/+$/, '');
  if (c.res.status !== 404 || shorter === path || !/^\/[^/]/.test(shorter)) return;
  if (!/^(?:GET|HEAD)$/.test(c.req.method) || shorter.startsWith('/catatan/')) return;
  const location = shorter + new URL(c.req.url).search;
  // Emptied first, or the headers of what isn't there would stay.
  c.res = undefined;
  c.res = new Response(null, { status: 301, headers: { location } });
});

/** No text in the database can hold this letter: nothing is called by it, and nothing is asked with it. */
export const withoutNull = createMiddleware<Env>(async function withoutNull(c, next) {
  const { pathname, search } = new URL(c.req.url);
  if (pathname.includes('%00')) return absent(c);
  if (search.includes('%00')) return sorry(c, 400, 'request-refused');
  return next();
});

export const translateError: ErrorHandler<Env> = async (error, c) => {
  if (error instanceof HTTPException && error.status < 500) {
    // An answer that somebody made on purpose stays as it is.
    return error.res ?? sorry(c, error.status, error.status === 404 ? 'page-unknown' : 'request-refused');
  }
  // Who left in the middle reads nothing, and is no trouble.
  if (error instanceof BodyFailure) {
    const { code, as } = error;
    return sorry(c, BODY_STATUS[code], 'request-refused', { code, json: as === 'json' || forScript(c) });
  }
  if (error instanceof Failure && !error.code.startsWith('ledger-')) {
    logRefusal(error);
    return sorry(c, 400, 'request-refused', { code: error.code });
  }
  // The role was taken away while it was on its way, or the officer removed (office/must-act.sql).
  if (codeOf(error, (code) => code === 'IK403') !== null && (await officerAt(c)) !== null)
    return sorry(c, 403, 'role-lacking', { message: ROLE_CHANGED, home: '/kantor' });
  if (error instanceof SessionEnded || codeOf(error, (code) => code === 'IK403') !== null) {
    c.header('cache-control', 'no-store');
    if (forScript(c))
      return c.json({ ok: false, code: 'session-ended', ...officeMessages['session-ended'] }, 401);
    return c.redirect('/kantor/masuk?berakhir=ya', 303);
  }
  if (error instanceof NotPermitted)
    return sorry(c, 403, 'role-lacking', { message: whoMay(error.act, error.officer.roles) });
  logError(`${c.req.method} ${c.req.path}`, error);
  if (!isAway(error)) return sorry(c, 500, 'service-failed');
  c.header('retry-after', '5');
  return sorry(c, 503, 'service-away');
};

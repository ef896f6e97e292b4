/** The office's door: who is let in, and by which cookie. test/office/door.test.ts shows it. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { Env, Services } from '../services.ts';
import { type Act, may } from './may.ts';
import { type Actor, digestOfToken, type Officer } from './officer.ts';
import * as sessions from './sessions.ts';

/** Hono's environment behind the door. */
export interface OfficeEnv {
  Bindings: Services;
  Variables: {
    officer: Officer;
    /** Who acts, in the role that lets them do what the address is for (pages/office/permits.tsx). */
    by: Actor;
    /** What the address names, where that is an event. */
    event?: object;
    stillActs: () => Promise<void>;
  };
}

/** The session ended between the door and the act. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

/** None of the officer's roles lets them do it. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
  readonly act: Act;
  readonly officer: Officer;

  constructor(act: Act, officer: Officer) {
    super(`the officer may not: ${act}`);
    this.act = act;
    this.officer = officer;
  }
}

/** Who acts, in the role that lets them do it; throws `NotPermitted` if none does. */
export function acting(c: Context<OfficeEnv>, act: Act, event?: { id: string }): Actor {
  const officer = c.get('officer');
  const by = may(officer, act, event);
  if (!by) throw new NotPermitted(act, officer);
  return by;
}

const LONGEST = 8 * 60 * 60;

const isSecure = <E extends Env>(c: Context<E>): boolean => c.env.config.origin.startsWith('https:');

/** `__Host-`: the browser sends it to this host alone, over TLS. A plain http address, which only a trial has, can't have it. */
const cookieName = <E extends Env>(c: Context<E>): string => (isSecure(c) ? '__Host-ikrar' : 'ikrar');

const cookieOptions = <E extends Env>(c: Context<E>) =>
  ({ path: '/', httpOnly: true, secure: isSecure(c), sameSite: 'Lax' }) as const;

export const giveCookie = <E extends Env>(c: Context<E>, session: string): void =>
  setCookie(c, cookieName(c), session, { ...cookieOptions(c), maxAge: LONGEST });

/** Ends the session, not only its cookie. */
export async function leave<E extends Env>(c: Context<E>): Promise<void> {
  const digest = await digestOfToken(getCookie(c, cookieName(c)) ?? '');
  if (digest) await sessions.end(c.env.db, digest);
  deleteCookie(c, cookieName(c), cookieOptions(c));
}

/** What a page asks for by itself, again and again, keeps no session running: perhaps nobody sits there. */
export const BY_ITSELF = '/kantor/angka';

/** `keeps`: that the session goes on running for it. */
export async function officerAt<E extends Env>(
  c: Context<E>,
  { keeps = c.req.path !== BY_ITSELF, idle = false }: { keeps?: boolean; idle?: boolean } = {},
): Promise<Officer | null> {
  const digest = await digestOfToken(getCookie(c, cookieName(c)) ?? '');
  return digest && sessions.officerOf(c.env.db, digest, { keeps, idle });
}

/** Asked anew: whether the session wasn't ended, and its officer still may. For what goes on after the door: a long download, beside which nobody types. */
export async function stillMay(c: Context<OfficeEnv>, act: Act, event?: { id: string }): Promise<boolean> {
  const officer = await officerAt(c, { keeps: false, idle: true });
  return officer !== null && may(officer, act, event) !== null;
}

/**
 * Against CSRF: nothing is changed on behalf of another site. Since our pages send no referrer, forms say `Origin: null`; browsers that
 * do so also say where the request comes from (Fetch Metadata, Sec-Fetch-Site).
 */
export const sameOrigin = createMiddleware<Env>(async function sameOrigin(c, next) {
  if (!/^(?:GET|HEAD|OPTIONS)$/.test(c.req.method)) {
    const from = c.req.header('sec-fetch-site');
    const ours = from === undefined ? c.req.header('origin') === c.env.config.origin : from === 'same-origin';
    if (!ours) return c.text('Permintaan ini tidak berasal dari halaman kantor.', 403);
  }
  return next();
});

/** What is behind the entrance, and what the entrance answers, is for nobody's cache. */
export const forNoCache = createMiddleware<Env>(async function forNoCache(c, next) {
  await next();
  c.header('cache-control', 'no-store');
});

/** Lets officers in, sends others to the entrance with a way back. */
export const requireOfficer = createMiddleware<OfficeEnv>(async function requireOfficer(c, next) {
  // The entrance is open to all, and has no such page.
  if (/^\/kantor\/(?:masuk|keluar)(?:\/|$)/.test(c.req.path)) return c.notFound();
  const officer = await officerAt(c);
  if (!officer) {
    if (c.req.header('accept')?.includes('json')) return c.json({ ok: false, code: 'session-ended' }, 401);
    const why = new URLSearchParams({
      ...(c.req.method === 'GET' && { ke: pageOf(pathOf(c.req.url)) }),
      // Who has never been in comes by an address, and is told so.
      ...((c.req.method !== 'GET' || getCookie(c, cookieName(c)) !== undefined) && { berakhir: 'ya' }),
    });
    return c.redirect(`/kantor/masuk?${why}`, 303);
  }
  c.set('officer', officer);
  // A body may take its time: who acts is asked again when it is there (pages/body.ts).
  c.set('stillActs', async () => {
    if (!(await officerAt(c))) throw new SessionEnded();
  });
  return next();
});

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/**
 * The page that offers a file: who logs in on the way to a download comes back to it. A file would be saved, and leave the entrance
 * standing as if nobody had come in.
 */
const pageOf = (path: string): string => {
  const [, before, , query = ''] = /^([^?]*)\.(csv|pdf|xlsx|zip|json)(\?.*)?$/.exec(path) ?? [];
  if (before === undefined) return path;
  if (before === '/kantor/wilayah') return '/kantor';
  return before.replace(/\/templat(?:-wilayah)?$/, '/unggah').replace(/\/manifes$/, '/berkas') + query;
};

/** A way back within the office, or its front page. Only in the spelling that it has: no dots, slashes or escapes to be resolved. */
export const wayBack = (ke: string | undefined): string =>
  ke !== undefined && WAY_BACK.test(ke) && !/^\/kantor\/(?:masuk|keluar)(?:[/?]|$)/.test(ke)
    ? pageOf(ke)
    : '/kantor';

const WAY_BACK = /^\/kantor(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*(?:\?[A-Za-z0-9/._~?=&%+-]*)?$/;

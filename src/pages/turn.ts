/**
 * Whatever is answered to strangers has its turn, so that who signs never waits behind it. Signing goes first. It has no limit, and
 * none by address: a hall is one address. Shown by test/pages/turn.test.ts.
 */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Env } from '../services.ts';
import { busy } from './errors.tsx';

/** Signing's own; what says whether the service is well; and the office, whose door is cheap and whose entrance takes its turn. */
const WITHOUT = /^\/(?:u|undangan(?:\/.*)?|sehat|kantor(?!\/masuk)(?:\/.*)?)$/;

export const inTurn = createMiddleware<Env>(async function inTurn(c, next) {
  const { turns, from = '' } = c.env;
  if (!turns || WITHOUT.test(c.req.path)) return next();
  const turn = await turns.take(from, () => c.req.raw.signal);
  if (!turn.ok) return busy(c, turn.code);
  try {
    return await next();
  } finally {
    turn.leave();
  }
});

/** Requests of people whose invitation is known, which go first until they are answered. */
const first = new WeakMap<Request, () => void>();

/** Not before: a stranger who sends one letter a second would hold up everybody who reads. */
export function goFirst({ env, req }: Pick<Context<Env>, 'env' | 'req'>): void {
  if (env.turns) first.set(req.raw, env.turns.goFirst());
}

export const untilAnswered = createMiddleware<Env>(async function untilAnswered(c, next) {
  try {
    return await next();
  } finally {
    first.get(c.req.raw)?.();
  }
});

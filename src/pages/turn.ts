/**
 * Reading that takes work has its turn, so that who signs never waits behind it: papers, lists, searches, tiles. Signing goes
 * first. It has no limit, and none by address: a hall is one address. Shown by test/pages/turn.test.ts.
 */
import { createMiddleware } from 'hono/factory';
import type { Env } from '../services.ts';
import { busy } from './errors.tsx';

export const inTurn = createMiddleware<Env>(async function inTurn(c, next) {
  const { turns, from = '' } = c.env;
  if (!turns) return next();
  const turn = await turns.take(from, () => c.req.raw.signal);
  if (!turn.ok) return busy(c, turn.code);
  try {
    return await next();
  } finally {
    turn.leave();
  }
});

export const goFirst = createMiddleware<Env>(async function goFirst(c, next) {
  const leave = c.env.turns?.goFirst();
  try {
    return await next();
  } finally {
    leave?.();
  }
});

/** Whether the service works, for a monitor. */
import { Hono } from 'hono';
import * as documents from '../document/documents.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { Env } from '../services.ts';

export const healthPage = new Hono<Env>().get('/sehat', async (c) => {
  c.header('cache-control', 'no-store');
  try {
    const { db } = c.env;
    const found = await within(3_000, Promise.all([checkpoints.state(db), documents.waiting(db)]));
    if (found)
      return c.json({
        database: true,
        ledger: found[0],
        documents: { waiting: found[1].unsealed, unstamped: found[1].unstamped },
      });
  } catch (error) {
    logError('health', error);
  }
  return c.json({ database: false }, 503);
});

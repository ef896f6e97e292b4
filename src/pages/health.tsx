/** Whether the service works, for a monitor. */
import { Hono } from 'hono';
import * as checkpoints from '../ledger/checkpoints.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { Env } from '../services.ts';

export const healthPage = new Hono<Env>().get('/sehat', async (c) => {
  c.header('cache-control', 'no-store');
  try {
    const ledger = await within(3_000, checkpoints.state(c.env.db));
    if (ledger) return c.json({ database: true, ledger });
  } catch (error) {
    logError('health', error);
  }
  return c.json({ database: false }, 503);
});

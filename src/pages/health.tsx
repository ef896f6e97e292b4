/** Whether the service works, for a monitor. */
import { Hono } from 'hono';
import * as documents from '../document/documents.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { sizeIn } from '../ledger/publish.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { Env } from '../services.ts';

/** Seconds after which what was recorded must be published, and known to the copy outside. */
const LATE = 30;

export const healthPage = new Hono<Env>().get('/sehat', async (c) => {
  c.header('cache-control', 'no-store');
  try {
    const { db, halted, mirror } = c.env;
    const copied = mirror.read().then(sizeIn, () => null);
    const found = await within(
      3_000,
      Promise.all([checkpoints.state(db), documents.waiting(db), halted(), copied]),
    );
    if (found) {
      const [ledger, papers, halt, outside] = found;
      // A copy that can't be written, as on a full disk: nothing is published, and nobody gets a receipt.
      const stuck = (ledger.unpublishedAge ?? 0) > LATE;
      // Or one that can't be read now: the guard is blind.
      const blind = outside !== ledger.published && (ledger.checkpointAge ?? 0) > LATE;
      return c.json(
        {
          database: true,
          halted: halt && { code: halt.code, ...halt.sides },
          ledger: { ...ledger, outside },
          documents: { waiting: papers.unsealed, unstamped: papers.unstamped },
        },
        halt || stuck || blind ? 503 : 200,
      );
    }
  } catch (error) {
    logError('health', error);
  }
  return c.json({ database: false }, 503);
});

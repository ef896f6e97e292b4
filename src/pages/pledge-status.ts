/**
 * `/p/<kode>/status.json`: what the service says of a pledge today, in any letter case. /periksa compares a file with it.
 * Shown by test/pages/pledge-status.test.ts.
 */
import { type Context, Hono } from 'hono';
import type { Db } from '../db.ts';
import * as documents from '../document/documents.ts';
import { formatDigest } from '../lib/sha256.ts';
import { formatStatus, type PledgeStatus } from '../proof/status.ts';
import type { Env } from '../services.ts';
import type { Pledge } from '../signature/pledges.ts';
import { parseName } from '../statement/address.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { findPledge } from './pledge.tsx';

async function statusOf(
  db: Db,
  { hash, erased, logIndex, published }: Pledge,
): Promise<PledgeStatus['status']> {
  if (erased) return 'dihapus';
  if (await withdrawals.byHash(db, hash)) return 'dicabut';
  return logIndex !== null && logIndex < published ? 'sah' : 'menunggu';
}

async function serve(c: Context<Env>) {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const parsed = parseName(c.req.param('typed')!);
  const pledge = parsed.ok ? await findPledge(c, parsed.name) : null;
  if (!pledge) return c.text('Kode tidak ditemukan.\n', 404);
  const { kode, hash } = pledge;
  const { db } = c.env;
  const pdf = (await documents.digests(db, hash)).map(formatDigest);
  return c.body(formatStatus({ kode, status: await statusOf(db, pledge), pdf }), 200, {
    'content-type': 'application/json',
  });
}

const FILE = ':file{[sS][tT][aA][tT][uU][sS]\\.[jJ][sS][oO][nN]}';

export const pledgeStatusPage = new Hono<Env>().get(`/:typed{[^/.]+}/${FILE}`, serve);

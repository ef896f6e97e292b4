/**
 * `/p/<kode>/status.json`: what the service says of a pledge today, in any letter case. /periksa compares a file with it.
 * Shown by test/pages/pledge-status.test.ts.
 */
import { type Context, Hono } from 'hono';
import * as documents from '../document/documents.ts';
import { formatDigest } from '../lib/sha256.ts';
import { formatStatus, type PledgeStatus } from '../proof/status.ts';
import type { Env } from '../services.ts';
import { parseName } from '../statement/address.ts';
import { findPledge, judgePledge } from './pledge.tsx';

async function serve(c: Context<Env>) {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const parsed = parseName(c.req.param('typed')!);
  const pledge = parsed.ok ? await findPledge(c, parsed.name) : null;
  if (!pledge) return c.text('Kode tidak ditemukan.\n', 404);
  const { kode, hash, erased, logIndex, published } = pledge;
  let status: PledgeStatus['status'] = 'dihapus';
  if (!erased) {
    const { kept, sound } = await judgePledge(c.env, pledge);
    // No word of it: what doesn't fit stands in no state.
    if (!sound) return c.text('Bukti tidak cocok.\n', 500);
    status = kept ? 'dicabut' : logIndex !== null && logIndex < published ? 'sah' : 'menunggu';
  }
  const pdf = (await documents.digests(c.env.db, hash)).map(formatDigest);
  return c.body(formatStatus({ kode, status, pdf }), 200, {
    'content-type': 'application/json',
  });
}

const FILE = ':file{[sS][tT][aA][tT][uU][sS]\\.[jJ][sS][oO][nN]}';

export const pledgeStatusPage = new Hono<Env>().get(`/:typed{[^/.]+}/${FILE}`, serve);

/**
 * `/p/<kode>/status.json`: what the service says of a pledge today, in any letter case. /periksa compares a file with it.
 * Shown by test/pages/pledge-status.test.ts.
 */
import { type Context, Hono } from 'hono';
import * as documents from '../document/documents.ts';
import { formatDigest } from '../lib/sha256.ts';
import { findProvable } from '../proof/assemble-proof.ts';
import { formatStatus, type PledgeStatus } from '../proof/status.ts';
import type { Env } from '../services.ts';
import { parseName } from '../statement/address.ts';
import { isErased, judgePledge } from './pledge.tsx';

async function serve(c: Context<Env>): Promise<Response> {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const parsed = parseName(c.req.param('typed')!);
  const found = parsed.ok ? await findProvable(c.env.db, parsed.name) : null;
  if (!found) return c.text('Kode tidak ditemukan.\n', 404);
  const { kode, hash, erased, logIndex, published } = found.pledge;
  let status: PledgeStatus['status'] = 'dihapus';
  const [judged, papers] = await Promise.all([
    erased ? null : judgePledge(c.env, found),
    documents.digests(c.env.db, hash),
  ]);
  if (judged) {
    const { kept, sound } = judged;
    // No word of it: what doesn't fit stands in no state.
    if (!sound && (await isErased(c.env, found.pledge))) return serve(c);
    if (!sound) return c.text('Bukti tidak cocok.\n', 500);
    status = kept ? 'dicabut' : logIndex !== null && logIndex < published ? 'sah' : 'menunggu';
  }
  return c.body(formatStatus({ kode, status, pdf: papers.map(formatDigest) }), 200, {
    'content-type': 'application/json',
  });
}

const FILE = ':file{[sS][tT][aA][tT][uU][sS]\\.[jJ][sS][oO][nN]}';

export const pledgeStatusPage = new Hono<Env>().get(`/:typed{[^/.]+}/${FILE}`, serve);

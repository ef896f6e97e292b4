/** The ledger for whoever wants to audit it, in the addresses of https://c2sp.org/tlog-tiles. */
import { type Context, Hono } from 'hono';
import * as checkpoints from '../ledger/checkpoints.ts';
import { formatConsistency } from '../ledger/consistency.ts';
import { cutTile } from '../ledger/cut.ts';
import * as leaves from '../ledger/leaves.ts';
import { proveConsistency } from '../ledger/merkle.ts';
import { parseTilePath, tileWithin } from '../ledger/tile.ts';
import type { Env } from '../services.ts';

const text = { 'content-type': 'text/plain; charset=utf-8' };
const seconds = { 'cache-control': 'public, max-age=2' };
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
const immutable = { 'content-type': 'application/octet-stream', ...forEver };

const nothing = (c: Context<Env>) =>
  c.body('Tidak ada di catatan ini.\n', 404, { ...text, 'cache-control': 'no-store' });

export const ledgerPage = new Hono<Env>()
  .basePath('/catatan')

  .use(async (c, next) => {
    await next();
    // Auditing tools may run in a browser, from anywhere.
    c.header('access-control-allow-origin', '*');
  })

  .get('/checkpoint', async (c) => {
    const current = await checkpoints.current(c.env.db);
    return current ? c.body(current.note, 200, { ...text, ...seconds }) : nothing(c);
  })

  .get('/kunci', (c) => c.body(`${c.env.signer.verifier}\n`, 200, { ...text, ...seconds }))

  .get('/konsistensi/:older{[1-9][0-9]{0,14}}/:newer{[1-9][0-9]{0,14}}', async (c) => {
    const { db } = c.env;
    const older = Number(c.req.param('older'));
    const size = Number(c.req.param('newer'));
    const current = await checkpoints.current(db);
    if (!current || older > size || size > current.size) return nothing(c);
    const hashes = await proveConsistency(older, size, leaves.hashes(db));
    return c.body(formatConsistency({ older, size, hashes }), 200, { ...text, ...forEver });
  })

  .get('/tile/*', async (c) => {
    const { db } = c.env;
    const tile = parseTilePath(c.req.path.slice('/catatan/'.length));
    if (!tile) return nothing(c);
    // Only what a checkpoint covers is public: a tile must never show what could still be otherwise.
    const current = await checkpoints.current(db);
    if (!current || !tileWithin(tile, current.size)) return nothing(c);
    return c.body(await cutTile(db, tile), 200, immutable);
  });

/**
 * `/p/<kode>/bukti.json` and `/p/<kode>/bukti.tlog-proof`: what a stranger needs to check a pledge without us, in any
 * letter case. Shown by test/pages/evidence.test.ts.
 */
import { type Context, Hono } from 'hono';
import { prove } from '../proof/assemble.ts';
import { formatProofFile, type ProofFile } from '../proof/proof.ts';
import type { Env } from '../services.ts';

import { parseName } from './check.tsx';
import { documentMessages } from './messages.ts';
import { find } from './pledge.tsx';

const FILES: Record<string, { type: string; format(proof: ProofFile): string }> = {
  'bukti.json': { type: 'application/json', format: formatProofFile },
  'bukti.tlog-proof': { type: 'text/plain; charset=utf-8', format: ({ tlogProof }) => tlogProof },
};

async function serve(c: Context<Env>) {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const { db, config } = c.env;
  const { type, format } = FILES[c.req.param('file')!.toLowerCase()]!;
  const parsed = parseName(c.req.param('typed')!);
  const pledge = parsed.ok ? await find(c, parsed.name) : null;
  if (!pledge) return c.text('Kode tidak ditemukan.\n', 404);
  const proof = await prove(db, config, pledge);
  if (!proof) {
    c.header('retry-after', '2');
    return c.text(`${documentMessages['document-waiting'].title}.\n`, 503);
  }
  return c.body(format(proof), 200, { 'content-type': type });
}

const FILE = ':file{[bB][uU][kK][tT][iI]\\.(?:[jJ][sS][oO][nN]|[tT][lL][oO][gG]-[pP][rR][oO][oO][fF])}';

export const evidencePage = new Hono<Env>().on(
  'GET',
  [`/p/:typed{[^/.]+}/${FILE}`, `/P/:typed{[^/.]+}/${FILE}`],
  serve,
);

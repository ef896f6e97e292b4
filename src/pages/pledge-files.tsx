/**
 * `/p/<kode>/bukti.json` and `/p/<kode>/bukti.tlog-proof`: what a stranger needs to check a pledge without us;
 * `/p/<kode>/pencabutan.json`: the same for its withdrawal. In any letter case. Shown by test/pages/pledge-files.test.ts.
 */
import { type Context, Hono } from 'hono';
import { findProvable, type Provable, prove, proveWithdrawal } from '../proof/assemble-proof.ts';
import { formatProofFile, type ProofFile } from '../proof/proof-file.ts';
import { formatWithdrawalFile } from '../proof/withdrawal-file.ts';
import type { Env, Services } from '../services.ts';
import * as pledges from '../signature/pledges.ts';
import { parseName } from '../statement/address.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { documentMessages } from './document-messages.ts';

/** What is served, or null while no published checkpoint covers it. */
type Make = (env: Services, found: Provable) => Promise<string | null>;

const proof =
  (format: (proof: ProofFile) => string): Make =>
  async ({ db, config }, found) => {
    const made = await prove(db, config, found);
    return made && format(made);
  };

const FILES: Record<string, { type: string; make: Make }> = {
  'bukti.json': { type: 'application/json', make: proof(formatProofFile) },
  'bukti.tlog-proof': { type: 'text/plain; charset=utf-8', make: proof(({ tlogProof }) => tlogProof) },
};

const withdrawal: Make = async ({ db, config }, { pledge, current }) => {
  const made = await proveWithdrawal(db, config, await withdrawals.byHash(db, pledge.hash), current);
  return made && formatWithdrawalFile(made);
};

async function serve(c: Context<Env>, { type, make }: { type: string; make: Make }) {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const parsed = parseName(c.req.param('typed')!);
  const found = parsed.ok ? await findProvable(c.env.db, parsed.name) : null;
  if (!found) return c.text('Kode tidak ditemukan.\n', 404);
  if (found.pledge.erased) return c.text('Data ikrar ini dihapus.\n', 410);
  const file = await make(c.env, found);
  if (file === null) {
    c.header('retry-after', '2');
    return c.text(`${documentMessages['document-waiting'].title}.\n`, 503);
  }
  return c.body(file, 200, { 'content-type': type });
}

const FILE = ':file{[bB][uU][kK][tT][iI]\\.(?:[jJ][sS][oO][nN]|[tT][lL][oO][gG]-[pP][rR][oO][oO][fF])}';

const WITHDRAWAL = ':file{[pP][eE][nN][cC][aA][bB][uU][tT][aA][nN]\\.[jJ][sS][oO][nN]}';

export const evidencePage = new Hono<Env>()
  .get(`/:typed{[^/.]+}/${FILE}`, (c) => serve(c, FILES[c.req.param('file')!.toLowerCase()]!))
  .get(`/:typed{[^/.]+}/${WITHDRAWAL}`, async (c) => {
    const parsed = parseName(c.req.param('typed')!);
    const pledge = parsed.ok ? await pledges.byName(c.env.db, parsed.name) : null;
    if (pledge && !(await withdrawals.byHash(c.env.db, pledge.hash))) {
      c.header('cache-control', 'no-store');
      return c.text('Ikrar ini tidak dicabut.\n', 404);
    }
    return serve(c, { type: 'application/json', make: withdrawal });
  });

/**
 * `/p/<kode>/bukti.json` and `/p/<kode>/bukti.tlog-proof`: what a stranger needs to check a pledge without us;
 * `/p/<kode>/pencabutan.json`: the same for its withdrawal. In any letter case. Shown by test/pages/pledge-files.test.ts.
 */
import { type Context, Hono } from 'hono';
import { findProvable, type Provable, prove, proveWithdrawal } from '../proof/assemble-proof.ts';
import { formatProofFile, type ProofFile } from '../proof/proof-file.ts';
import { formatWithdrawalFile } from '../proof/withdrawal-file.ts';
import type { Env, Services } from '../services.ts';
import { parseName } from '../statement/address.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { documentMessages } from './document-messages.ts';

const ERASED = Symbol();
const NOT_WITHDRAWN = Symbol();

/** What is served, or null while no published checkpoint covers it. */
type Make = (env: Services, found: Provable) => Promise<string | typeof ERASED | typeof NOT_WITHDRAWN | null>;

const proof =
  (format: (proof: ProofFile) => string): Make =>
  async ({ db, config }, found) => {
    const made = await prove(db, config, found);
    return made && format(made);
  };

const FILES: Record<string, { type: string; make: Make }> = {
  'bukti.json': { type: 'application/json', make: proof(formatProofFile) },
  'bukti.tlog-proof': { type: 'text/plain; charset=utf-8', make: proof(({ tlogProof }) => tlogProof) },
  'pencabutan.json': {
    type: 'application/json',
    make: async ({ db, config }, { pledge, current }) => {
      const kept = await withdrawals.byHash(db, pledge.hash);
      if (!kept) return NOT_WITHDRAWN;
      // Between the two reads.
      if (kept.statement === '') return ERASED;
      const made = await proveWithdrawal(db, config, kept, current);
      return made && formatWithdrawalFile(made);
    },
  },
};

async function serve(c: Context<Env>, { type, make }: { type: string; make: Make }) {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const parsed = parseName(c.req.param('typed')!);
  const found = parsed.ok ? await findProvable(c.env.db, parsed.name) : null;
  if (!found) return c.text('Kode tidak ditemukan.\n', 404);
  const file = found.pledge.erased ? ERASED : await make(c.env, found);
  if (file === ERASED) return c.text('Data ikrar ini dihapus.\n', 410);
  if (file === NOT_WITHDRAWN) return c.text('Ikrar ini tidak dicabut.\n', 404);
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
  .get(`/:typed{[^/.]+}/${WITHDRAWAL}`, (c) => serve(c, FILES['pencabutan.json']!));

/** The answer to one who has signed: the receipt once the ledger shows the pledge, until then that it waits. */
import type { Context } from 'hono';
import { issuePaper } from '../../document/issue-paper.ts';
import type { Guest } from '../../invitation/invitations.ts';
import { included } from '../../ledger/included.ts';
import { formatDigest } from '../../lib/sha256.ts';
import { formatInstant } from '../../lib/zone.ts';
import * as signatures from '../../signature/signatures.ts';
import { formatCode } from '../../statement/code.ts';
import { named, refuse, type SignEnv } from './admit.ts';
import type { Sent } from './reply.ts';

/** How long a phone waits for its receipt before it is told to ask again. */
const PATIENCE = 3_000;

/** `row`: the pledge, if it was just signed. */
export async function answerSigned(
  c: Context<SignEnv>,
  guest: Guest,
  row?: signatures.SignatureRow,
): Promise<Response> {
  const signed = row ?? (await signatures.byPerson(c.env.db, guest.personId));
  if (!signed) throw new Error('answer: a pledge without a row');
  // Nothing is left to show, not even the name.
  if (signed.statement === '') return refuse(c, 'pledge-erased', 410);
  const cosigned = c.env.config.cosignedReceipts;
  const entry = { leafId: signed.leafId, digest: formatDigest(signed.hash) };
  const fresh = row !== undefined;
  if (!(await included(c.env.db, entry, c.env, PATIENCE, { cosigned, fresh }))) {
    // Recorded before it was known. It may go with this database, so the phone isn't told that it has arrived.
    if (await c.env.halted()) return refuse(c, 'ledger-halted', 503);
    c.header('location', '/undangan/status');
    return c.json({ outcome: 'waiting', help: guest.help, ...named(c) } satisfies Sent, 202);
  }
  // Off the path: the first to download it would make it otherwise.
  if (row) c.env.later(() => issuePaper(c.env, signed.kode));
  const sent: Sent = {
    outcome: 'recorded',
    ...named(c),
    receipt: {
      kode: formatCode(signed.kode),
      pernyataan: formatDigest(signed.hash),
      nama: signed.namaLengkap,
      jabatan: signed.jabatan,
      kegiatan: guest.judul,
      waktu: formatInstant(signed.at, guest.zona),
      earlier: row === undefined,
      help: guest.help,
    },
  };
  return c.json(sent);
}

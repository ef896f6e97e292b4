/** How the ledger stands, read in one round trip: tree, checkpoint, objections. Shown by test/ledger/standings.test.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { fromHex } from '../lib/bytes.ts';
import type { StoredCheckpoint } from './checkpoints.ts';
import * as leaves from './leaves.ts';
import type { HashReader } from './merkle.ts';
import type { Objection } from './objections.ts';

/** Of one snapshot. */
export interface LedgerStanding {
  /** The committed head of the tree. */
  head: leaves.TreeHead;
  current: StoredCheckpoint | null;
  objections: Objection[];
  /** Reads hashes of subtrees: those that the root at the checkpoint's size is made of are here already. */
  hashes: HashReader;
}

/** As `ledger_standing` says it. */
interface Said {
  size: number;
  root: string;
  checkpoint: { size: number; root: string; at: string; note: string } | null;
  subtrees: { level: number; index: number; hash: string | null }[];
  objections: (Omit<Objection, 'root'> & { root: string | null })[];
}

export async function read(db: Db): Promise<LedgerStanding> {
  const rows = await db.execute<{ said: Said }>(sql`select ledger_standing() as said`);
  return toStanding(db, rows[0]!.said);
}

/** Gives at most so many waiting entries their places. Returns how many got one, and how the ledger stands then. */
export async function place(db: Db, atMost: number): Promise<{ placed: number; standing: LedgerStanding }> {
  const rows = await db.execute<{ placed: number; standing: Said }>(
    sql`select placed, standing from integrate_and_stand(${atMost}::integer)`,
  );
  const { placed, standing } = rows[0]!;
  return { placed, standing: toStanding(db, standing) };
}

function toStanding(db: Db, said: Said): LedgerStanding {
  if (said === null) throw new Error('standings: the tree has no head');
  const { size, root, checkpoint: current, subtrees, objections } = said;
  const known = new Map(subtrees.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const all = leaves.hashes(db);
  return {
    head: { size, root: fromHex(root) },
    current: current && { ...current, root: fromHex(current.root), at: new Date(current.at) },
    objections: objections.map((one) => ({ ...one, root: one.root === null ? null : fromHex(one.root) })),
    hashes: async (nodes) => {
      const found = nodes.map(({ level, index }) => known.get(`${level}/${index}`));
      return found.every((hash) => typeof hash === 'string') ? found.map(fromHex) : all(nodes);
    },
  };
}

/** Where leaves (the entries) and the hashes of the Merkle tree above them are kept. */
import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, fromHex } from '../lib/bytes.ts';
import { leaf, tree } from '../schema.ts';
import type { HashReader } from './merkle.ts';

export interface StoredLeaf {
  id: number;
  /** The text of the entry. */
  entry: string;
  /** Its leaf hash. */
  hash: Bytes;
  /** Its index in the tree, called its place; null while it waits for one. */
  logIndex: number | null;
  at: Date;
}

export interface TreeHead {
  size: number;
  root: Bytes;
}

export async function byId(db: Db, leafId: number): Promise<StoredLeaf | null> {
  const rows = await db.select().from(leaf).where(eq(leaf.id, leafId));
  return rows[0] ?? null;
}

export async function byIndex(db: Db, logIndex: number): Promise<StoredLeaf | null> {
  const rows = await db.select().from(leaf).where(eq(leaf.logIndex, logIndex));
  return rows[0] ?? null;
}

/** The texts of `count` entries from place `from` on; fewer where the tree ends. */
export async function entries(db: Db, from: number, count: number): Promise<string[]> {
  const rows = await db
    .select({ entry: leaf.entry })
    .from(leaf)
    .where(and(gte(leaf.logIndex, from), lt(leaf.logIndex, from + count)))
    .orderBy(asc(leaf.logIndex));
  return rows.map(({ entry }) => entry);
}

/** How many entries wait for a place. */
export async function waiting(db: Db): Promise<number> {
  return db.$count(leaf, isNull(leaf.logIndex));
}

/** The committed head of the tree. */
export async function head(db: Db): Promise<TreeHead> {
  const rows = await db.select({ size: tree.size, root: tree.root }).from(tree).where(eq(tree.id, 1));
  if (!rows[0]) throw new Error('leaves: the tree has no head');
  return rows[0];
}

/** Reads the hashes of complete subtrees. */
export const hashes =
  (db: Db): HashReader =>
  async (nodes) => {
    // ROWS FROM … WITH ORDINALITY: a row for each node that was asked for, in that order.
    const rows = await db.execute<{ hash: string | null }>(sql`
      select encode(h.hash, 'hex') as hash
      from rows from (jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) as (level smallint, index bigint))
        with ordinality as n (level, index, at)
      left join tree_hash h on h.level = n.level and h.index = n.index
      order by n.at`);
    return rows.map(({ hash }, at) => {
      if (hash === null) throw new RangeError(`leaves: no subtree ${nodes[at]!.level}/${nodes[at]!.index}`);
      return fromHex(hash);
    });
  };

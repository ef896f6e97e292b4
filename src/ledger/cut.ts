/** Cuts a tile out of the tree. Shown by test/pages/ledger.test.ts. */
import type { Db } from '../db.ts';
import { type Bytes, utf8 } from '../lib/bytes.ts';
import * as leaves from './leaves.ts';
import { FULL, formatBundle, formatTile, nodesOf, type Tile } from './tile.ts';

/** The bytes that stand at the tile's path. Throws if the tree doesn't hold all of it. */
export async function cutTile(db: Db, { level, index, width }: Tile): Promise<Bytes> {
  if (level === 'entries') {
    const entries = await leaves.entries(db, index * FULL, width);
    if (entries.length !== width) throw new RangeError(`cut: no ${width} entries from ${index * FULL} on`);
    return formatBundle(entries.map(utf8));
  }
  return formatTile(await leaves.hashes(db)(nodesOf({ level, index, width })));
}

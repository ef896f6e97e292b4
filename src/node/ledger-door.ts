/** The doors through which `npm run ledger` reads a ledger: its public address, or its database. */
import type { Db } from '../db.ts';
import type { Door } from '../ledger/audit.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { cutTile } from '../ledger/cut.ts';
import { formatTilePath } from '../ledger/tile.ts';
import { type Bytes, concat, utf8Text } from '../lib/bytes.ts';
import { retry } from '../lib/retry.ts';
import * as signatures from '../signature/signatures.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { StartError } from './sentence.ts';

/** Longer than any bundle of entries. */
const LONGEST_ANSWER = 256 * 65_537;

/** What an address answers; null if it has nothing there. */
async function fetchBytes(address: string): Promise<Bytes | null> {
  let answer: Response;
  try {
    answer = await retry(() => fetch(address, { signal: AbortSignal.timeout(30_000) }));
  } catch (cause) {
    throw new StartError(`${address} tidak menjawab.`, { cause });
  }
  if (answer.status === 404) return null;
  if (!answer.ok || !answer.body) throw new StartError(`${address} menjawab ${answer.status}.`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw new StartError(`${address} menjawab terlalu panjang.`);
    parts.push(part);
  }
  return concat(...parts);
}

export async function fetchText(address: string): Promise<string | null> {
  const bytes = await fetchBytes(address);
  return bytes && utf8Text(bytes);
}

/** `ledger`: `https://ikrar.example/catatan`. */
export const addressDoor = (ledger: string): Door => ({
  checkpoint: () => fetchText(`${ledger}/checkpoint`),
  tile: (tile) => fetchBytes(`${ledger}/${formatTilePath(tile)}`),
});

export const databaseDoor = (db: Db): Door => ({
  checkpoint: async () => (await checkpoints.current(db))?.note ?? null,
  tile: async (tile) => {
    try {
      return await cutTile(db, tile);
    } catch (error) {
      // Not all of it is there. What the database can't do is another error.
      if (error instanceof RangeError || error instanceof TypeError) return null;
      throw error;
    }
  },
  published: (size) => checkpoints.after(db, size, 1000),
  signatures: (size) => signatures.entered(db, size),
  withdrawals: (size) => withdrawals.entered(db, size),
});

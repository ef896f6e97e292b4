/** Pledges as anyone may see them: nothing is read here that is not public. Shown by test/pages/pledge.test.ts. */
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Zona } from '../lib/zone.ts';
import { checkpoint, kegiatan, leaf, signature } from '../schema.ts';

export interface Pledge {
  kode: string;
  hash: Bytes;
  statement: string;
  kegiatanId: string;
  /** In which the event's times are shown. */
  zona: Zona;
  /** Its entry in the ledger. */
  entry: string;
  /** Place in the ledger, or null while it waits for one. */
  logIndex: number | null;
  /** Size of the last published checkpoint; 0 if there is none. */
  published: number;
  /** What the passkey signed and with what: for those who check without us. */
  authenticatorData: Bytes;
  clientDataJson: Bytes;
  signature: Bytes;
  spki: Bytes;
}

/** `kode`: twelve symbols, as `parseCode` gives them. */
export const byCode = (db: Db, kode: string): Promise<Pledge | null> => one(db, eq(signature.kode, kode));

/** The 32 symbols of the QR. */
export const byHashSymbols = (db: Db, symbols: string): Promise<Pledge | null> =>
  one(db, eq(signature.hashSymbols, symbols));

async function one(db: Db, where: SQL): Promise<Pledge | null> {
  const [row] = await db
    .select({
      kode: signature.kode,
      hash: signature.hash,
      statement: signature.statement,
      kegiatanId: signature.kegiatanId,
      zona: kegiatan.zona,
      entry: leaf.entry,
      logIndex: leaf.logIndex,
      published: sql<number>`coalesce((select max(${checkpoint.size}) from ${checkpoint}), 0)`.mapWith(
        Number,
      ),
      authenticatorData: signature.authenticatorData,
      clientDataJson: signature.clientDataJson,
      signature: signature.signature,
      spki: signature.spki,
    })
    .from(signature)
    .innerJoin(leaf, eq(leaf.id, signature.leafId))
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .where(where);
  return row ? { ...row, zona: row.zona as Zona } : null;
}

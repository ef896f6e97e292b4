/** Pledges as anyone may see them: nothing is read here that is not public. Shown by test/pages/pledge.test.ts. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Zona } from '../lib/zone.ts';
import { checkpoint, erasure, kegiatan, leaf, signature } from '../schema.ts';
import type { PledgeName } from '../statement/address.ts';

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
  /** Codes of the withdrawn pledge that it replaces, and of the one that replaces it. */
  replaces: string | null;
  replacedBy: string | null;
  /** When text and evidence were removed for law's sake, and why; null while they are here. */
  erased: { at: Date; alasan: string } | null;
}

/** `kode`: twelve symbols, as `parseCode` gives them. */
export const byCode = (db: Db, kode: string): Promise<Pledge | null> => one(db, eq(signature.kode, kode));

/** By its code, or by the 32 symbols of the QR. */
export const byName = (db: Db, name: PledgeName): Promise<Pledge | null> =>
  name.kind === 'code' ? byCode(db, name.code) : one(db, eq(signature.hashSymbols, name.symbols));

async function one(db: Db, where: SQL): Promise<Pledge | null> {
  const before = alias(signature, 'before');
  const after = alias(signature, 'after');
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
      replaces: before.kode,
      replacedBy: after.kode,
      erasedAt: erasure.at,
      alasan: erasure.alasan,
    })
    .from(signature)
    .innerJoin(leaf, eq(leaf.id, signature.leafId))
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .leftJoin(before, eq(before.hash, signature.replaces))
    .leftJoin(after, and(eq(after.personId, signature.personId), eq(after.replaces, signature.hash)))
    .leftJoin(erasure, eq(erasure.hash, signature.hash))
    .where(where);
  if (!row) return null;
  const { erasedAt, alasan, ...pledge } = row;
  return { ...pledge, zona: row.zona as Zona, erased: erasedAt && { at: erasedAt, alasan: alasan ?? '' } };
}

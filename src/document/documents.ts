/** Where the papers of pledges are kept: made and sealed once, the same bytes ever after. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Zona } from '../lib/zone.ts';
import { document, documentDue, erasure, kegiatan, leaf, signature } from '../schema.ts';

export interface Kept {
  pdf: Bytes;
  sha256: Bytes;
}

/** By the code of the pledge, without hyphens. */
export async function byCode(db: Db, kode: string): Promise<Kept | null> {
  const [row] = await db
    .select({ pdf: document.pdf, sha256: document.sha256 })
    .from(document)
    .innerJoin(signature, eq(signature.hash, document.hash))
    .where(eq(signature.kode, kode));
  return row ?? null;
}

/** Digests of every sealed paper that is kept for a pledge, by the hash of its statement; the first one first. */
export async function digests(db: Db, hash: Bytes): Promise<Bytes[]> {
  const rows = await db
    .select({ sha256: document.sha256 })
    .from(document)
    .where(eq(document.hash, hash))
    .orderBy(document.at);
  return rows.map(({ sha256 }) => sha256);
}

export interface Material {
  hash: Bytes;
  hashSymbols: string;
  text: string;
  zona: Zona;
  at: Date;
  authenticatorData: Bytes;
  spki: Bytes;
  evidenceHash: Bytes;
}

/** What a paper is made from; null also if it was erased. */
export async function material(db: Db, kode: string): Promise<Material | null> {
  const [row] = await db
    .select({
      hash: signature.hash,
      hashSymbols: signature.hashSymbols,
      text: signature.statement,
      zona: kegiatan.zona,
      at: signature.at,
      authenticatorData: signature.authenticatorData,
      spki: signature.spki,
      evidenceHash: signature.evidenceHash,
    })
    .from(signature)
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .leftJoin(erasure, eq(erasure.hash, signature.hash))
    .where(and(eq(signature.kode, kode), isNull(erasure.hash)));
  return row ? { ...row, zona: row.zona as Zona } : null;
}

/**
 * Keeps a sealed paper and enters its digest into the ledger, in one statement. Returns the one that is kept: of two
 * made at once, the first.
 */
export async function keep(db: Db, hash: Uint8Array, pdf: Bytes, sha256: Bytes): Promise<Kept> {
  const own = new Uint8Array(hash);
  const param = (value: Bytes) => sql.param(value, document.pdf);
  const [row] = await db.execute<{ kept: boolean }>(
    sql`select keep_document(${param(own)}, ${param(pdf)}, ${param(sha256)}) as kept`,
  );
  if (row!.kept) return { pdf, sha256 };
  const [first] = await db
    .select({ pdf: document.pdf, sha256: document.sha256 })
    .from(document)
    .where(eq(document.hash, own));
  if (!first) throw new Error('documents: neither kept nor there');
  return first;
}

/**
 * Codes of pledges in the published ledger that are without a paper for so many seconds. In any order: one that fails
 * holds up no other.
 */
export async function due(
  db: Db,
  { seconds, atMost }: { seconds: number; atMost: number },
): Promise<string[]> {
  const rows = await db
    .select({ kode: signature.kode })
    .from(documentDue)
    .innerJoin(signature, eq(signature.hash, documentDue.hash))
    .innerJoin(leaf, eq(leaf.id, signature.leafId))
    .where(
      sql`${leaf.logIndex} < (select max(size) from checkpoint) and ${documentDue.at} <= now() - make_interval(secs => ${seconds})`,
    )
    .orderBy(sql`random()`)
    .limit(atMost);
  return rows.map(({ kode }) => kode);
}

/** How many papers are still to be made: of one event, or of all. */
export const waiting = (db: Db, kegiatanId?: string): Promise<number> =>
  db.$count(
    documentDue,
    kegiatanId === undefined
      ? undefined
      : sql`exists (select from signature g where g.hash = document_due.hash and g.kegiatan_id = ${kegiatanId})`,
  );

/** Whether a paper has been sealed. */
export async function any(db: Db): Promise<boolean> {
  const rows = await db.select({ hash: document.hash }).from(document).limit(1);
  return rows.length > 0;
}

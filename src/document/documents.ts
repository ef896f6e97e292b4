/** Where the papers of pledges are kept: made once, the same bytes ever after. */
import { eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Zona } from '../lib/zone.ts';
import { document, kegiatan, signature } from '../schema.ts';

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

/** What a paper is made from. */
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
    .where(eq(signature.kode, kode));
  return row ? { ...row, zona: row.zona as Zona } : null;
}

/** Keeps a paper, and returns the one that is kept: of two made at once, the first. */
export async function keep(db: Db, hash: Uint8Array, pdf: Bytes, sha256: Bytes): Promise<Kept> {
  const [made] = await db
    .insert(document)
    .values({ hash: new Uint8Array(hash), pdf, sha256 })
    .onConflictDoNothing()
    .returning({ hash: document.hash });
  if (made) return { pdf, sha256 };
  const [first] = await db
    .select({ pdf: document.pdf, sha256: document.sha256 })
    .from(document)
    .where(eq(document.hash, new Uint8Array(hash)));
  if (!first) throw new Error('documents: neither kept nor there');
  return first;
}

/** Reads what the papers of an event are, as of a size of the ledger, and the papers themselves. Shown by test/export/parcel.test.ts. */
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { type Bytes, concat, hex } from '../lib/bytes.ts';
import { document, documentTimestamp, erasure, leaf, signature, withdrawal } from '../schema.ts';

/** A pledge that the ledger has at that size. */
export interface PaperRow {
  hash: Bytes;
  kode: string;
  /** Bare of titles it isn't: as the statement says it. */
  nama: string;
  wilayah: string;
  wilayahNama: string;
  /** When it was signed. */
  at: Date;
  ikrar: number;
  dicabut: boolean;
  /** Its paper, as it was then; null while it was not in the ledger. */
  paper: { segel: number; stamped: boolean; sha256: Bytes; ukuran: number } | null;
}

/** A function of event and checkpoint alone, but for what was erased since. */
export interface Papers {
  checkpoint: checkpoints.StoredCheckpoint;
  rows: PaperRow[];
  erased: number;
}

/**
 * `size`: of the checkpoint that they are asked under; null if none is that large. Left out: the first that covers all that there is
 * now, so that the answer stays the same while other events go on. Null too before there is any.
 */
export async function papersOf(db: Db, kegiatanId: string, size?: number): Promise<Papers | null> {
  const current = await checkpoints.current(db);
  if (!current) return null;
  const asked = size ?? current.size;
  if (asked < 1 || asked > current.size) return null;
  const { rows, erased, last } = await read(db, kegiatanId, asked);
  const [checkpoint] = await checkpoints.after(db, size === undefined ? last : size - 1, 1);
  if (!checkpoint || (size !== undefined && checkpoint.size !== size)) return null;
  return { checkpoint, rows, erased };
}

async function read(db: Db, kegiatanId: string, size: number) {
  const sealed = alias(leaf, 'sealed');
  const stamped = alias(leaf, 'stamped');
  const taken = alias(leaf, 'taken');
  const found = await db
    .select({
      hash: signature.hash,
      kode: signature.kode,
      nama: signature.namaLengkap,
      wilayah: signature.wilayah,
      wilayahNama: signature.wilayahNama,
      at: signature.at,
      ikrar: leaf.logIndex,
      sealed: sealed.logIndex,
      stamped: stamped.logIndex,
      withdrawn: taken.logIndex,
      sha256: document.sha256,
      whole: documentTimestamp.sha256,
      // Of a value that lies apart the length is known without reading it.
      bytes: sql<number>`octet_length(${document.pdf})`,
      more: sql<number>`octet_length(${documentTimestamp.appended})`,
      erased: sql<boolean>`${erasure.hash} is not null`,
    })
    .from(signature)
    .innerJoin(leaf, and(eq(leaf.id, signature.leafId), lt(leaf.logIndex, size)))
    .leftJoin(erasure, eq(erasure.hash, signature.hash))
    .leftJoin(document, eq(document.hash, signature.hash))
    .leftJoin(sealed, and(eq(sealed.id, document.leafId), lt(sealed.logIndex, size)))
    .leftJoin(documentTimestamp, eq(documentTimestamp.hash, signature.hash))
    .leftJoin(stamped, and(eq(stamped.id, documentTimestamp.leafId), lt(stamped.logIndex, size)))
    .leftJoin(withdrawal, eq(withdrawal.hash, signature.hash))
    .leftJoin(taken, and(eq(taken.id, withdrawal.leafId), lt(taken.logIndex, size)))
    .where(eq(signature.kegiatanId, kegiatanId))
    .orderBy(sealed.logIndex, leaf.logIndex);
  let last = 0;
  let erased = 0;
  const rows: PaperRow[] = [];
  for (const one of found) {
    last = Math.max(last, one.ikrar!, one.sealed ?? 0, one.stamped ?? 0, one.withdrawn ?? 0);
    if (one.erased) {
      erased++;
      continue;
    }
    const { hash, kode, nama, wilayah, wilayahNama, at } = one;
    rows.push({
      ...{ hash, kode, nama, wilayah, wilayahNama, at },
      ikrar: one.ikrar!,
      dicabut: one.withdrawn !== null,
      paper:
        one.sealed === null
          ? null
          : one.stamped === null
            ? { segel: one.sealed, stamped: false, sha256: one.sha256!, ukuran: one.bytes }
            : { segel: one.stamped, stamped: true, sha256: one.whole!, ukuran: one.bytes + one.more },
    });
  }
  return { rows, erased, last };
}

/** The bytes of these papers, in their order. Throws if one is gone. */
export async function bytesOf(db: Db, rows: readonly PaperRow[]): Promise<Bytes[]> {
  const found = await db
    .select({ hash: document.hash, pdf: document.pdf, appended: documentTimestamp.appended })
    .from(document)
    .leftJoin(documentTimestamp, eq(documentTimestamp.hash, document.hash))
    .where(
      inArray(
        document.hash,
        rows.map(({ hash }) => hash),
      ),
    );
  const byHash = new Map(found.map((one) => [hex(one.hash), one]));
  return rows.map(({ hash, kode, paper }) => {
    const kept = byHash.get(hex(hash));
    if (!kept || !paper) throw new Error(`parcels: the paper of ${kode} is gone`);
    return paper.stamped && kept.appended ? concat(kept.pdf, kept.appended) : kept.pdf;
  });
}

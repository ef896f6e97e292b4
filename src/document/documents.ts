/**
 * Where the papers of pledges are kept: made and sealed once, the same bytes ever after, but for one timestamp that may be
 * appended later.
 */
import { and, count as countRows, eq, exists, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Bytes, concat } from '../lib/bytes.ts';
import type { Zona } from '../lib/zone.ts';
import {
  document,
  documentDue,
  documentTimestamp,
  erasure,
  kegiatan,
  leaf,
  signature,
  timestampDue,
} from '../schema.ts';

export interface Kept {
  pdf: Bytes;
  sha256: Bytes;
}

/** By the code of the pledge, without hyphens. */
export async function byCode(db: Db, kode: string): Promise<Kept | null> {
  return read(db, eq(signature.kode, kode));
}

async function read(db: Db, which: SQL): Promise<Kept | null> {
  const [row] = await db
    .select({
      pdf: document.pdf,
      sha256: document.sha256,
      appended: documentTimestamp.appended,
      whole: documentTimestamp.sha256,
    })
    .from(document)
    .innerJoin(signature, eq(signature.hash, document.hash))
    .leftJoin(documentTimestamp, eq(documentTimestamp.hash, document.hash))
    .where(which);
  if (!row) return null;
  const { pdf, sha256, appended, whole } = row;
  return appended && whole ? { pdf: concat(pdf, appended), sha256: whole } : { pdf, sha256 };
}

/** Whose pledge it is, and at what event: what its file is called by. */
export async function nameOf(db: Db, kode: string): Promise<{ nama: string; kegiatan: string } | null> {
  const [row] = await db
    .select({ nama: signature.nama, kegiatan: kegiatan.judul })
    .from(signature)
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .where(eq(signature.kode, kode));
  return row ?? null;
}

/** Digests of every sealed paper that is kept for a pledge, by the hash of its statement; the first one first. */
export async function digests(db: Db, hash: Bytes): Promise<Bytes[]> {
  const [row] = await db
    .select({ sealed: document.sha256, stamped: documentTimestamp.sha256 })
    .from(document)
    .leftJoin(documentTimestamp, eq(documentTimestamp.hash, document.hash))
    .where(eq(document.hash, hash));
  return row ? [row.sealed, ...(row.stamped ? [row.stamped] : [])] : [];
}

export interface Material {
  organizerId: string;
  /** SHA-256 of the statement. */
  hash: Bytes;
  zona: Zona;
}

/** What a paper takes beside its proof; null also if it was erased. */
export async function material(db: Db, kode: string): Promise<Material | null> {
  const [row] = await db
    .select({ organizerId: kegiatan.organizerId, hash: signature.hash, zona: kegiatan.zona })
    .from(signature)
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .leftJoin(erasure, eq(erasure.hash, signature.hash))
    .where(and(eq(signature.kode, kode), isNull(erasure.hash)));
  return row ? { ...row, zona: row.zona as Zona } : null;
}

/**
 * Keeps a sealed paper and enters its digest into the ledger, in one statement. `unstamped`: it is to have a timestamp later.
 * Returns the one that is kept: of two made at once, the first; null if the pledge was erased meanwhile.
 */
export async function keep(
  db: Db,
  hash: Uint8Array,
  { pdf, sha256, unstamped }: Kept & { unstamped: boolean },
): Promise<Kept | null> {
  const own = new Uint8Array(hash);
  const [row] = await db.execute<{ kept: boolean }>(
    sql`select keep_document(${param(own)}, ${param(pdf)}, ${param(sha256)}, ${unstamped}) as kept`,
  );
  return row!.kept ? { pdf, sha256 } : read(db, eq(document.hash, own));
}

const param = (value: Bytes) => sql.param(value, document.pdf);

/**
 * Keeps what a timestamp appends to a paper and enters the digest of the whole into the ledger, in one statement. Returns
 * false if the paper waits for none: of two stamped at once, the first is kept.
 */
export async function keepTimestamp(
  db: Db,
  hash: Bytes,
  { appended, sha256 }: { appended: Bytes; sha256: Bytes },
): Promise<boolean> {
  const [row] = await db.execute<{ kept: boolean }>(
    sql`select keep_document_timestamp(${param(hash)}, ${param(appended)}, ${param(sha256)}) as kept`,
  );
  return row!.kept;
}

/** Some papers that wait for a timestamp, but for these. In any order: one that fails holds up no other. */
export const unstamped = (
  db: Db,
  { atMost, except }: { atMost: number; except: Bytes[] },
): Promise<{ hash: Bytes; pdf: Bytes }[]> =>
  db
    .select({ hash: document.hash, pdf: document.pdf })
    .from(timestampDue)
    .innerJoin(document, eq(document.hash, timestampDue.hash))
    .where(notInArray(timestampDue.hash, except))
    .orderBy(sql`random()`)
    .limit(atMost);

/** A pledge that is without its paper. */
export interface Due {
  kode: string;
  organizerId: string;
}

/**
 * Pledges in the published ledger that are without a paper for so many seconds, but for these and those of these organisers.
 * In any order: one that fails holds up no other.
 */
export const due = (
  db: Db,
  {
    seconds,
    atMost,
    except,
  }: { seconds: number; atMost: number; except: { codes: string[]; organizers: string[] } },
): Promise<Due[]> =>
  db
    .select({ kode: signature.kode, organizerId: kegiatan.organizerId })
    .from(documentDue)
    .innerJoin(signature, eq(signature.hash, documentDue.hash))
    .innerJoin(kegiatan, eq(kegiatan.id, signature.kegiatanId))
    .innerJoin(leaf, eq(leaf.id, signature.leafId))
    .where(
      and(
        sql`${leaf.logIndex} < (select max(size) from checkpoint) and ${documentDue.at} <= now() - make_interval(secs => ${seconds})`,
        notInArray(signature.kode, except.codes),
        notInArray(kegiatan.organizerId, except.organizers),
      ),
    )
    .orderBy(sql`random()`)
    .limit(atMost);

export interface Waiting {
  /** Papers that are still to be made, and how many of them since so long that something is wrong. */
  unsealed: number;
  late: number;
  /** Papers that are to be stamped. */
  unstamped: number;
}

/** What waits: of one event, or of all. Signatures wait for a paper some seconds at most if all is well. */
export async function waiting(db: Db, kegiatanId?: string): Promise<Waiting> {
  const within = (hash: AnyPgColumn): SQL | undefined =>
    kegiatanId === undefined
      ? undefined
      : exists(
          db
            .select({ kode: signature.kode })
            .from(signature)
            .where(and(eq(signature.hash, hash), eq(signature.kegiatanId, kegiatanId))),
        );
  const [row] = await db
    .select({
      unsealed: countRows(),
      late: sql`count(*) filter (where ${documentDue.at} <= now() - interval '2 minutes')`.mapWith(Number),
      unstamped: db.$count(timestampDue, within(timestampDue.hash)),
    })
    .from(documentDue)
    .where(within(documentDue.hash));
  return row!;
}

/** How many papers have been sealed. */
export const count = (db: Db): Promise<number> => db.$count(document);

/** Whether a paper has been sealed. */
export async function any(db: Db): Promise<boolean> {
  const rows = await db.select({ hash: document.hash }).from(document).limit(1);
  return rows.length > 0;
}

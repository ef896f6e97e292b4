/** Pledges as anyone may see them: nothing is read here that is not public. Shown by test/pages/pledge.test.ts. */
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Zona } from '../lib/zone.ts';
import { checkpoint, kegiatan, leaf, organizer, signature } from '../schema.ts';

export interface Pledge {
  kode: string;
  hash: Bytes;
  statement: string;
  namaLengkap: string;
  jabatan: string;
  nomor: string;
  wilayah: string;
  wilayahNama: string;
  kegiatanId: string;
  judul: string;
  tempat: string;
  tanggal: string;
  zona: Zona;
  penyelenggara: string;
  /** When it was recorded. */
  at: Date;
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

export const byCode = (db: Db, kode: string): Promise<Pledge | null> => one(db, eq(signature.kode, kode));

export const byHashSymbols = (db: Db, symbols: string): Promise<Pledge | null> =>
  one(db, eq(signature.hashSymbols, symbols));

async function one(db: Db, where: SQL): Promise<Pledge | null> {
  const [row] = await db
    .select({
      kode: signature.kode,
      hash: signature.hash,
      statement: signature.statement,
      namaLengkap: signature.namaLengkap,
      jabatan: signature.jabatan,
      nomor: signature.nomor,
      wilayah: signature.wilayah,
      wilayahNama: signature.wilayahNama,
      kegiatanId: signature.kegiatanId,
      judul: kegiatan.judul,
      tempat: kegiatan.tempat,
      tanggal: kegiatan.tanggal,
      zona: kegiatan.zona,
      penyelenggara: organizer.nama,
      at: signature.at,
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
    .innerJoin(organizer, eq(organizer.id, kegiatan.organizerId))
    .where(where);
  return row ? { ...row, zona: row.zona as Zona } : null;
}

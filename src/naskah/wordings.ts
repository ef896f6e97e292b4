/** Where wordings are kept: ours, and each organiser's own. Published once, never changed. */
import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { type Actor, actorJson } from '../office/officer.ts';
import * as schema from '../schema.ts';
import { builtinWordings } from './builtin/all.ts';
import {
  checkWording,
  type Rezim,
  tidyWording,
  type Unsur,
  type Wording,
  type WordingCode,
  wordingId,
} from './wording.ts';

export interface KeptWording extends Wording {
  /** SHA-256 over the UTF-8 of `isi`. */
  sha256: Bytes;
  /** Null: one of ours, which every organiser may use. */
  organizerId: string | null;
  at: Date;
}

const { naskah } = schema;

/** Publishes our own wordings, each with its entry in the ledger. Again: nothing new. */
export async function seed(db: Db): Promise<void> {
  await db.execute(sql`
    select add_wording(b.id, null, b.unsur, b.rezim, b.isi, true)
    from jsonb_to_recordset(${JSON.stringify(builtinWordings)}::jsonb) as b(id text, unsur text, rezim text, isi text)`);
}

/** What an organiser may use: ours and its own, newest version first within a name. */
export async function available(db: Db, organizerId: string): Promise<KeptWording[]> {
  const rows = await db
    .select()
    .from(naskah)
    .where(or(isNull(naskah.organizerId), eq(naskah.organizerId, organizerId)))
    .orderBy(asc(naskah.id), desc(naskah.versi));
  return rows.map(kept);
}

/** For the statement, which may name any version. The office asks `forOrganizer`. */
export async function byId(db: Db, id: string, versi: number): Promise<KeptWording | null> {
  const [row] = await db
    .select()
    .from(naskah)
    .where(and(eq(naskah.id, id), eq(naskah.versi, versi)));
  return row ? kept(row) : null;
}

/** As `byId`, but null for another organiser's. */
export async function forOrganizer(
  db: Db,
  organizerId: string,
  id: string,
  versi: number,
): Promise<KeptWording | null> {
  const found = await byId(db, id, versi);
  return found && (found.organizerId === null || found.organizerId === organizerId) ? found : null;
}

/** What `add` would say of it. */
export const check = (unsur: Unsur, typed: string): WordingCode[] => checkWording(unsur, tidyWording(typed));

export type Added = { ok: true; id: string; versi: number } | { ok: false; codes: WordingCode[] };

/** Publishes an organiser's own wording as the next version of its name; the same text twice is one version. */
export async function add(
  db: Db,
  by: Actor,
  wording: { unsur: Unsur; rezim: Rezim; typed: string },
): Promise<Added> {
  const isi = tidyWording(wording.typed);
  const codes = checkWording(wording.unsur, isi);
  if (codes.length > 0) return { ok: false, codes };
  const id = wordingId(wording.unsur, wording.rezim);
  const [row] = await db.execute<{ versi: number }>(sql`
    select add_wording(${id}, ${actorJson(by)}::jsonb, ${wording.unsur}, ${wording.rezim}, ${isi}, false) as versi`);
  return { ok: true, id, versi: row!.versi };
}

const kept = (row: typeof naskah.$inferSelect): KeptWording => ({
  id: row.id,
  versi: row.versi,
  organizerId: row.organizerId,
  unsur: row.unsur as Unsur,
  rezim: row.rezim as Rezim,
  isi: row.isi,
  sha256: row.sha256,
  contoh: row.contoh,
  at: row.at,
});

/** All, each with its entry in the ledger (null: there is none). */
export async function entered(db: Db): Promise<(KeptWording & { entry: string | null })[]> {
  const { leaf } = schema;
  const rows = await db
    .select({ naskah, entry: leaf.entry })
    .from(naskah)
    .leftJoin(leaf, eq(leaf.id, naskah.leafId))
    .orderBy(asc(naskah.id), asc(naskah.versi));
  return rows.map((row) => ({ ...kept(row.naskah), entry: row.entry }));
}

/** Events, `<event> <unsur>`, at which an unsur reads words of another organiser, another unsur or another regime (assign-wordings.sql). */
export async function misassigned(db: Db): Promise<string[]> {
  const { kegiatan, kegiatanNaskah } = schema;
  const rows = await db
    .select({ what: sql<string>`${kegiatanNaskah.kegiatanId} || ' ' || ${kegiatanNaskah.unsur}` })
    .from(kegiatanNaskah)
    .leftJoin(kegiatan, eq(kegiatan.id, kegiatanNaskah.kegiatanId))
    .leftJoin(naskah, and(eq(naskah.id, kegiatanNaskah.naskah), eq(naskah.versi, kegiatanNaskah.versi)))
    .where(
      sql`(${naskah.unsur} = ${kegiatanNaskah.unsur} and ${naskah.rezim} in (${kegiatan.rezim}, 'umum')
        and coalesce(${naskah.organizerId}, ${kegiatan.organizerId}) = ${kegiatan.organizerId}) is not true`,
    )
    .orderBy(asc(kegiatanNaskah.kegiatanId), asc(kegiatanNaskah.unsur))
    .limit(10);
  return rows.map(({ what }) => what);
}

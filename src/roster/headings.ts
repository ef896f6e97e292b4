/** What an organiser's headings mean, as its officers have told once. Shown by test/roster/roster-book.test.ts. */
import { eq, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { rosterHeading } from '../schema.ts';
import { type Column, isColumn, isNearHeading } from './column.ts';

/** Of another organiser's officers nothing is known. */
export async function remembered(db: Db, organizerId: string): Promise<Map<string, Column | null>> {
  const rows = await db
    .select({ judul: rosterHeading.judul, kolom: rosterHeading.kolom })
    .from(rosterHeading)
    .where(eq(rosterHeading.organizerId, organizerId));
  // A column that a later version no longer has is asked about again.
  return new Map(
    rows.flatMap(({ judul, kolom }) => (kolom === null || isColumn(kolom) ? [[judul, kolom] as const] : [])),
  );
}

/** Beside those that may be meant for ours. */
const HEADING = /wilayah|kerja|keterangan|masa|nomor|urut|alamat|telepon|tanggal|tgl|pendidikan|catatan/;

/**
 * The last word stands. Only what has words of headings in it is kept: where a row of people was taken for headings, their names are
 * nothing to be remembered.
 */
export async function remember(
  db: Db,
  organizerId: string,
  by: string,
  headings: readonly (readonly [string, Column | null])[],
): Promise<void> {
  // Two columns may be headed alike: one statement takes no row twice.
  const kept = [...new Map(headings)].filter(([judul]) => isNearHeading(judul) || HEADING.test(judul));
  if (kept.length === 0) return;
  await db
    .insert(rosterHeading)
    .values(kept.map(([judul, kolom]) => ({ organizerId, judul, kolom, by })))
    .onConflictDoUpdate({
      target: [rosterHeading.organizerId, rosterHeading.judul],
      set: { kolom: sql`excluded.kolom`, by: sql`excluded.by`, at: sql`excluded.at` },
    });
}

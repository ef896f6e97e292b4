/** Organisers, each with those who may enter. */
import { asc, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { organizer } from '../schema.ts';
import * as officers from './officers.ts';

/** Whether the service has no organiser yet, and so needs a founding link. */
export async function none(db: Db): Promise<boolean> {
  // A subquery alone: there may be no row to begin from.
  const [row] = await db.execute<{ none: boolean }>(sql`select not exists (select 1 from organizer) as none`);
  return row!.none;
}

export interface Organizer {
  id: string;
  nama: string;
  /** Code of its area. */
  wilayah: string;
  officers: officers.ListedOfficer[];
}

/** All of them, with those who may enter. */
export async function all(db: Db): Promise<Organizer[]> {
  const { id, nama, wilayah, at } = organizer;
  const rows = await db.select({ id, nama, wilayah }).from(organizer).orderBy(asc(at), asc(id));
  return Promise.all(rows.map(async (row) => ({ ...row, officers: await officers.list(db, row.id) })));
}

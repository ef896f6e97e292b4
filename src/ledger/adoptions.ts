/**
 * An operator's word that the copy outside, which was lost or spoiled, is made anew from the database: kept with the reason,
 * for whoever asks later why nothing was noticed. Shown by test/faults/lost-copy.test.ts.
 */
import type { Db } from '../db.ts';
import { adoption } from '../schema.ts';

export type Adoption = Pick<typeof adoption.$inferSelect, 'size' | 'sebab' | 'alasan'>;

export const add = async (db: Db, adopted: Adoption): Promise<void> => {
  await db.insert(adoption).values(adopted);
};

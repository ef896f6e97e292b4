/**
 * Adoption: by an operator's word the outside copy of the checkpoint, which was lost or damaged, is made anew from the database.
 * Kept with the reason, for whoever asks later why nothing was noticed. Shown by test/faults/lost-copy.test.ts.
 */
import type { Db } from '../db.ts';
import { adoption } from '../schema.ts';

export type Adoption = Pick<typeof adoption.$inferSelect, 'size' | 'sebab' | 'alasan'>;

export const add = async (db: Db, adopted: Adoption): Promise<void> => {
  await db.insert(adoption).values(adopted);
};

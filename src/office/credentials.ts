/** Officers' passkeys, a table of their own: a signer's is not in it, and none of these is ever accepted for a pledge. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Registered } from '../passkey/ceremony.ts';
import { officer, officerCredential } from '../schema.ts';

/** What a ceremony gave. */
export type NewKey = Pick<Registered, 'id' | 'spki' | 'counter' | 'backupEligible'>;

export interface OfficerCredential {
  id: Bytes;
  spki: Bytes;
  userHandle: Bytes;
  counter: number;
  backupEligible: boolean;
  at: Date;
}

const columns = {
  id: officerCredential.id,
  spki: officerCredential.spki,
  userHandle: officerCredential.userHandle,
  counter: officerCredential.counter,
  backupEligible: officerCredential.backupEligible,
  at: officerCredential.at,
};

/** Also one that was ended. Null also if its owner was removed. */
export async function byId(
  db: Db,
  id: Bytes,
): Promise<(OfficerCredential & { endedAt: Date | null }) | null> {
  const [row] = await db
    .select({ ...columns, endedAt: officerCredential.endedAt })
    .from(officerCredential)
    .innerJoin(officer, eq(officer.id, officerCredential.officerId))
    .where(and(eq(officerCredential.id, id), isNull(officer.removedAt)));
  return row ?? null;
}

/** Those that work, in the order they were made. */
export const ofOfficer = (db: Db, officerId: string): Promise<OfficerCredential[]> =>
  db
    .select(columns)
    .from(officerCredential)
    .where(and(eq(officerCredential.officerId, officerId), isNull(officerCredential.endedAt)))
    .orderBy(asc(officerCredential.at));

/** Officers' passkeys, a table of their own: a signer's is not in it, and none of these is ever accepted for a pledge. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import type { RegisteredPasskey } from '../passkey/ceremony.ts';
import type { Flags } from '../passkey/strict.ts';
import { officer, officerCredential } from '../schema.ts';

/** What a ceremony gave. */
export type NewKey = Pick<RegisteredPasskey, 'id' | 'spki' | 'counter' | 'backupEligible'>;

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

/** Whoever's it is, also one that was ended. */
export interface FoundCredential extends OfficerCredential {
  officerId: string;
  organizerId: string;
  endedAt: Date | null;
}

/** Null also if its owner was removed. */
export async function byId(db: Db, id: Bytes): Promise<FoundCredential | null> {
  const [row] = await db
    .select({
      ...columns,
      officerId: officerCredential.officerId,
      organizerId: officer.organizerId,
      endedAt: officerCredential.endedAt,
    })
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

/** Keeps that a passkey may be synced, as its answer says, and since when, if it was made as one that may not. */
export async function keepEligible(
  db: Db,
  { id, backupEligible }: Pick<OfficerCredential, 'id' | 'backupEligible'>,
  flags: Pick<Flags, 'backupEligible'>,
): Promise<void> {
  if (backupEligible || !flags.backupEligible) return;
  await db.execute(sql`
    update officer_credential set backup_eligible = true, eligible_since = now()
    where id = decode(${hex(id)}, 'hex') and not backup_eligible`);
}

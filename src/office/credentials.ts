/** Officers' passkeys, a table of their own: a signer's is not in it, and none of these is ever accepted for a pledge. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
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

/** Null also if its owner was removed. */
export async function byId(db: Db, id: Bytes): Promise<OfficerCredential | null> {
  const [row] = await db
    .select(columns)
    .from(officerCredential)
    .innerJoin(officer, eq(officer.id, officerCredential.officerId))
    .where(and(eq(officerCredential.id, id), isNull(officer.removedAt)));
  return row ?? null;
}

export const ofOfficer = (db: Db, officerId: string): Promise<OfficerCredential[]> =>
  db
    .select(columns)
    .from(officerCredential)
    .where(eq(officerCredential.officerId, officerId))
    .orderBy(asc(officerCredential.at));

/** One more for an officer. False if it is known already, also as a signer's. */
export async function add(db: Db, officerId: string, made: NewKey, userHandle: Bytes): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible)
    select decode(${hex(made.id)}, 'hex'), ${officerId}::uuid, decode(${hex(made.spki)}, 'hex'),
      decode(${hex(userHandle)}, 'hex'), ${made.counter}::bigint, ${made.backupEligible}::boolean
    where not exists (select 1 from signer_credential c where c.id = decode(${hex(made.id)}, 'hex'))
    on conflict do nothing returning 1`);
  return rows.length > 0;
}

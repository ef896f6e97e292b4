/** Changes of officers that a passkey signs for. Shown by test/office/change-officers.test.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import type { Approval } from './approve.ts';
import type { Change } from './change.ts';
import { type Actor, actorFields } from './officer.ts';
import type { NewKey } from './officer-credentials.ts';

/** Of `change_officers`. */
export const CHANGING = [
  'changed',
  'officer-removed',
  'statement-lapsed',
  'officer-unknown',
  'officer-last',
  'officer-known',
  'officer-changed',
  'officer-own',
  'officer-named',
  'officer-invited',
  'officer-fresh',
  'officer-stranger',
  'key-unknown',
  'key-last',
  'key-oldest',
  'key-unowned',
  'credential-taken',
  'role-known',
  'role-same',
  'role-changed',
  'role-unknown',
  'role-last',
  'role-event',
  'role-past',
  'role-early',
  'role-reversed',
  'role-begun',
  'role-beyond',
  'role-bound',
  'falls-unseen',
] as const;
export type ChangingCode = CodeOf<typeof CHANGING>;

/** What an officer's passkey has signed (change.ts), and what it is about. */
export interface SignedChange {
  by: Actor;
  change: Change;
  text: string;
  terbit: string;
  approval: Approval;
  /** Digest of a new link's token, and how long it lasts. */
  link?: { digest: Bytes; hours: number };
  /** The passkey that ends. */
  credentialId?: Bytes;
  /** Id of the last change that was looked at, or shown when they vouch. */
  sampai?: number;
  /** The role's version when it was shown. */
  versi?: number;
  /** What ends with the change or the end of a role, as it was shown. */
  ikut?: string;
  /** The passkey that is added. */
  added?: { made: NewKey; userHandle: Bytes };
}

export async function change(db: Db, signed: SignedChange): Promise<Outcome<ChangingCode>> {
  const { approval, added, link } = signed;
  const credentialId = added?.made.id ?? signed.credentialId;
  const { tindakan, kunci, peran } = signed.change;
  const a = JSON.stringify({
    tindakan,
    actor: actorFields(signed.by),
    target: signed.change.id,
    nama: signed.change.petugas,
    text: signed.text,
    authenticator_data: hex(approval.authenticatorData),
    client_data_json: hex(approval.clientDataJson),
    signature: hex(approval.signature),
    spki: hex(approval.spki),
    ...(signed.sampai !== undefined && { sampai: signed.sampai }),
    ...(signed.versi !== undefined && { versi: signed.versi }),
    ...(signed.ikut !== undefined && { ikut: signed.ikut }),
    ...(peran && {
      peran: peran.peran,
      kegiatan: peran.kegiatan?.id,
      lembaga: peran.lembaga,
      jabatan: peran.jabatan,
      berlaku_mulai: peran.mulai,
      berlaku_sampai: peran.sampai,
    }),
    ...(tindakan === 'jamin' && { keys: kunci }),
    ...(link && { link: hex(link.digest), hours: link.hours }),
    ...(credentialId && { credential: hex(credentialId) }),
    ...(added && {
      new_spki: hex(added.made.spki),
      user_handle: hex(added.userHandle),
      counter: added.made.counter,
      backup_eligible: added.made.backupEligible,
    }),
  });
  const [row] = await db.execute<{ outcome: string }>(
    sql`select change_officers(${a}::jsonb, ${signed.terbit}::timestamptz) as outcome`,
  );
  return outcomeOf(CHANGING, row!.outcome);
}

/** The database's time: `2026-11-24T01:30:00Z`. */
export async function now(db: Db): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select ikrar_time(clock_timestamp()) as now`);
  return row!.now;
}

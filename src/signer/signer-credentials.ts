/**
 * Signers' passkeys. One belongs to the person who made it: to the place on the list with the same name in it, or to the
 * same NIP under a name that has a word of it, at any event of the same organiser. Nobody else can ever use it. Shown by
 * test/signer/register.test.ts.
 */
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import type { RegisteredPasskey } from '../passkey/ceremony.ts';
import type { Titled } from '../roster/person.ts';
import { person } from '../schema.ts';

export interface SignerCredential {
  id: Bytes;
  spki: Bytes;
  userHandle: Bytes;
  backupEligible: boolean;
  transports: string[];
}

/** A person with this many that stand has more than phones to try; the next one is refused. A new card makes room. */
const GREATEST_NUMBER = 12;

/** How the columns of a credential come back from a plain statement. */
interface CredentialColumns {
  [column: string]: unknown;
  credential_id: string;
  spki: string;
  user_handle: string;
  backup_eligible: boolean;
  transports: string[];
}

/** Columns of the row `c`, as text that every driver gives alike. */
const credentialColumns = sql`
  encode(c.id, 'hex') as credential_id, encode(c.spki, 'hex') as spki,
  encode(c.user_handle, 'hex') as user_handle, c.backup_eligible, to_jsonb(c.transports) as transports`;

const toCredential = (row: CredentialColumns): SignerCredential => ({
  id: fromHex(row.credential_id),
  spki: fromHex(row.spki),
  userHandle: fromHex(row.user_handle),
  backupEligible: row.backup_eligible,
  transports: row.transports,
});

/** Those that the person may sign with, the newest first. */
export async function forPerson(db: Db, personId: string): Promise<SignerCredential[]> {
  const rows = await db.execute<CredentialColumns>(sql`
    select ${credentialColumns} from passkeys_of(${personId}::uuid) c order by c.at desc, c.id`);
  return rows.map(toCredential);
}

/** What the system's sheet shows to the person who makes a passkey, and the database's time: `2026-11-23T02:10:05Z`. */
export interface Maker extends Titled {
  now: string;
}

export async function maker(db: Db, personId: string): Promise<Maker | null> {
  const [row] = await db
    .select({
      gelarDepan: person.gelarDepan,
      nama: person.nama,
      gelarBelakang: person.gelarBelakang,
      now: sql<string>`ikrar_time(now())`,
    })
    .from(person)
    .where(and(eq(person.id, personId), ne(person.nama, '')));
  return row ?? null;
}

/** Who was let in, and by which version of their card. */
export interface CardHolder {
  personId: string;
  version: number;
}

export type KeepCode = 'registration-lapsed' | 'credential-of-another' | 'too-many-credentials';

/**
 * Keeps a passkey, unless it is another's or an officer's. The same one again, from a phone that got no answer, changes nothing and is fine.
 * It stands as long as the card `version` does. `issuedAt`: seconds since 1970 by the database's clock when its registration began; an hour later it has lapsed.
 */
export async function keep(
  db: Db,
  { personId, version }: CardHolder,
  made: Omit<RegisteredPasskey, 'publicKey'> & { userHandle: Uint8Array },
  issuedAt: number,
): Promise<{ ok: true } | { ok: false; code: KeepCode }> {
  const [row] = await db.execute<{ in_time: boolean; room: boolean; same: boolean | null }>(sql`
    with conditions as (
      select to_timestamp(${issuedAt}::double precision) between now() - interval '1 hour' and now() + interval '1 minute' as in_time,
        not exists (select 1 from officer_credential o where o.id = decode(${hex(made.id)}, 'hex')) as free,
        (select count(*) < ${GREATEST_NUMBER} from signer_credential k
          where k.person_id = ${personId}::uuid and k.id <> decode(${hex(made.id)}, 'hex') and passkey_stands(k)) as room
    ), kept as (
      insert into signer_credential (id, person_id, spki, user_handle, counter, backup_eligible, transports, nama, nip,
        invitation_version)
      select decode(${hex(made.id)}, 'hex'), p.id, decode(${hex(made.spki)}, 'hex'),
        decode(${hex(made.userHandle)}, 'hex'), ${made.counter}::bigint, ${made.backupEligible}::boolean,
        array(select jsonb_array_elements_text(${JSON.stringify(made.transports)}::jsonb)), p.nama, p.nip,
        ${version}::integer
      from person p, conditions c
      where p.id = ${personId}::uuid and p.nama <> '' and c.in_time and c.room and c.free
      on conflict (id) do update set counter = signer_credential.counter
      returning person_id = ${personId}::uuid and spki = decode(${hex(made.spki)}, 'hex')
        and nama = (select p.nama from person p where p.id = ${personId}::uuid) as same
    )
    select c.in_time, c.room, k.same from conditions c left join kept k on true`);
  return outcome(row!);
}

function outcome(row: { in_time: boolean; room: boolean; same: boolean | null }) {
  if (row.same) return { ok: true } as const;
  if (!row.in_time) return { ok: false, code: 'registration-lapsed' } as const;
  if (row.same === false) return { ok: false, code: 'credential-of-another' } as const;
  return { ok: false, code: row.room ? 'credential-of-another' : 'too-many-credentials' } as const;
}

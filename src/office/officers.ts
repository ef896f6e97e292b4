/** Officers: who may enter. Shown by test/office/door.test.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, fromHex } from '../lib/bytes.ts';
import type { Digest } from '../lib/sha256.ts';
import { type ListedRole, listedRole, type RoleRow, rolesHeld } from './officer-roles.ts';

/** The installation itself removes an officer. False if there is none of that id. */
export async function dismiss(db: Db, officerId: string): Promise<boolean> {
  const [row] = await db.execute<{ done: boolean }>(sql`select dismiss_officer(${officerId}) as done`);
  return row!.done;
}

export interface ListedKey {
  credentialId: Bytes;
  /** Digest of its public key. */
  kunci: Digest;
  at: Date;
  /** When somebody last logged in with it. */
  usedAt: Date | null;
  /** Whether it is surely theirs (owned-keys.sql). */
  owned: boolean;
}

export interface ListedOfficer {
  id: string;
  nama: string;
  at: Date;
  /** By whom they are known: who invited them, or made a penyelenggara of them; null: the installation. */
  knownBy: string | null;
  /** Whether that counts: an officer who was removed, or whose passkey ended, knows nobody any more; a new one, nobody yet. */
  wordCounts: 'counts' | 'not-yet' | 'no-longer';
  /** Who has vouched for them besides, and whether that counts already; name null: the installation. */
  vouchedBy: { nama: string | null; counts: boolean }[];
  /** Those that work, in the order they were made. */
  keys: ListedKey[];
  /** Those in force and to come, in the order they were given. */
  roles: ListedRole[];
}

/** Those who may enter, in the order they came. Who knows whom, and whose passkeys are whose, is worked out once for all. */
export async function list(db: Db, organizerId: string): Promise<ListedOfficer[]> {
  const rows = await db.execute<{
    id: string;
    nama: string;
    at: string;
    known_by: string | null;
    word_counts: ListedOfficer['wordCounts'];
    vouched_by: ListedOfficer['vouchedBy'];
    keys: { id: string; kunci: string; at: string; used_at: string | null; owned: boolean }[];
    roles: RoleRow[];
  }>(sql`
    with knows as materialized (select * from officer_knows(${organizerId}::text)),
      owned as materialized (select * from owned_keys(${organizerId}::text))
    select o.id, o.nama, o.at, w.nama as known_by, case when n.counts then 'counts' when n.stands then 'not-yet' else 'no-longer' end as word_counts,
      coalesce((select json_agg(json_build_object('nama', v.nama, 'counts', k.counts) order by k.at)
        from knows k left join officer v on v.id = k.who
        where k.whom = o.id and k.vouched and k.of_organizer and k.stands), '[]') as vouched_by,
      (select coalesce(json_agg(json_build_object('id', encode(c.id, 'hex'), 'kunci', 'sha256:' || encode(sha256(c.spki), 'hex'),
          'at', c.at, 'used_at', (select max(s.at) from officer_session s where s.credential_id = c.id), 'owned', exists (select from owned k where k.officer = o.id and k.spki = c.spki))
          order by c.at, c.id), '[]')
        from officer_credential c where c.officer_id = o.id and c.ended_at is null) as keys,
      ${rolesHeld(sql`o.id`)} as roles
    from officer o
    join knows n on n.whom = o.id and n.of_organizer and not n.vouched
    left join officer w on w.id = n.who
    where o.organizer_id = ${organizerId} and o.removed_at is null
    order by o.at, o.id`);
  return rows.map((row) => ({
    id: row.id,
    nama: row.nama,
    at: new Date(row.at),
    knownBy: row.known_by,
    wordCounts: row.word_counts,
    vouchedBy: row.vouched_by,
    keys: row.keys.map((key) => ({
      credentialId: fromHex(key.id),
      kunci: key.kunci as Digest,
      at: new Date(key.at),
      usedAt: key.used_at === null ? null : new Date(key.used_at),
      owned: key.owned,
    })),
    roles: row.roles.map(listedRole),
  }));
}

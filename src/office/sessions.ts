/** Officers' sessions: 15 minutes idle, 8 hours at most, by the database's time. Only the digest of the cookie is kept. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import type { Officer } from './officer.ts';
import { concerns, isNews } from './officer-changes.ts';
import type { Role } from './role.ts';

/** Of rows `s`: whether it runs, unless it was ended. */
const LASTS = sql`s.at > now() - interval '8 hours'`;
const RUNS = sql`s.seen_at > now() - interval '15 minutes' and ${LASTS}`;

/**
 * Whose session it is, if it still runs; being asked for keeps it running, unless `keeps` is false. `idle`: also after 15 minutes, for what
 * was begun before and goes on: a long download. It ends with the session, and after 8 hours.
 */
export async function officerOf(
  db: Db,
  digest: Bytes,
  { keeps = true, idle = false }: { keeps?: boolean; idle?: boolean } = {},
): Promise<Officer | null> {
  const [row] = await db.execute<{
    id: string;
    nama: string;
    credential: string;
    organizer_id: string;
    organizer: string;
    wilayah: string;
    roles: (Omit<Role, 'sampai'> & { sampai: string | null })[];
    news: boolean;
  }>(sql`
    update officer_session s set seen_at = case when ${keeps}::boolean then now() else s.seen_at end
    from officer o join organizer g on g.id = o.organizer_id
    where s.digest = decode(${hex(digest)}, 'hex') and s.ended_at is null
      and (${RUNS} or ${idle}::boolean and ${LASTS})
      and o.id = s.officer_id and o.removed_at is null
    returning o.id, o.nama, coalesce(encode(s.credential_id, 'hex'), '') as credential, g.id as organizer_id, g.nama as organizer, g.wilayah,
      (select coalesce(json_agg(json_build_object('peran', r.peran, 'kegiatanId', r.kegiatan_id, 'lembaga', r.lembaga,
          'jabatan', r.jabatan, 'sampai', r.sampai) order by r.id), '[]')
        from officer_role r where r.officer_id = o.id and role_in_force(r)) as roles,
      exists (select 1 from officer_change v where v.organizer_id = g.id and ${isNews} and ${concerns}) as news`);
  return row
    ? {
        id: row.id,
        nama: row.nama,
        credential: fromHex(row.credential),
        organizerId: row.organizer_id,
        organizer: { nama: row.organizer, wilayah: row.wilayah },
        roles: row.roles.map((role) => ({
          ...role,
          sampai: role.sampai === null ? null : new Date(role.sampai),
        })),
        news: row.news,
      }
    : null;
}

/** Opens a session for the owner of a credential, and keeps the credential's highest counter. False if one of them was ended. */
export async function open(
  db: Db,
  { credentialId, counter, digest }: { credentialId: Bytes; counter: number; digest: Bytes },
): Promise<boolean> {
  const rows = await db.execute(sql`
    with owner as (
      update officer_credential c set counter = greatest(c.counter, ${counter}::bigint)
      from officer o where c.id = decode(${hex(credentialId)}, 'hex') and c.ended_at is null
        and o.id = c.officer_id and officer_acts(o.id, o.organizer_id)
      returning o.id, o.organizer_id, c.id as credential, c.spki
    ), opened as (
      insert into officer_session (digest, officer_id, credential_id)
      select decode(${hex(digest)}, 'hex'), owner.id, owner.credential from owner returning officer_id
    )
    select record_act(jsonb_build_object('id', owner.id, 'organizer', owner.organizer_id), 'masuk', null, null, 'kunci-sandi', '{}',
      jsonb_build_object('kunci', 'sha256:' || encode(sha256(owner.spki), 'hex')))
    from owner join opened on opened.officer_id = owner.id`);
  return rows.length > 0;
}

/** All that an officer has open, and of the trail those that ran; what may be another's passkey ends the sessions that it has opened, and no others (officer-key-owned.sql). */
export async function endAll(db: Db, { id, credential }: Pick<Officer, 'id' | 'credential'>): Promise<void> {
  await db.execute(sql`
    with ended as (
      update officer_session s set ended_at = now() where s.officer_id = ${id}::uuid and s.ended_at is null
        and (coalesce(encode(s.credential_id, 'hex'), '') = ${hex(credential)} or exists (
          select from officer_credential c
          where c.id = decode(${hex(credential)}, 'hex') and officer_key_owned(s.officer_id, c.spki)))
      returning officer_id, ${RUNS} as ran
    ), counted as (select officer_id, count(*) as sesi from ended where ran group by officer_id)
    select record_act(jsonb_build_object('id', o.id, 'organizer', o.organizer_id), 'keluar-semua', null, null, 'sesi', '{}',
      jsonb_build_object('sesi', counted.sesi)) from counted join officer o on o.id = counted.officer_id`);
}

/** One that no longer ran leaves no record: nobody has left by it. */
export async function end(db: Db, digest: Bytes): Promise<void> {
  await db.execute(sql`
    with ended as (
      update officer_session s set ended_at = now() where s.digest = decode(${hex(digest)}, 'hex') and s.ended_at is null
      returning officer_id, ${RUNS} as ran
    )
    select record_act(jsonb_build_object('id', o.id, 'organizer', o.organizer_id), 'keluar', null, null, 'sesi')
    from ended join officer o on o.id = ended.officer_id where ended.ran`);
}

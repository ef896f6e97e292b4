/** Roles that officers have. Shown by test/office/roles.test.ts. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import type { Role } from './role.ts';

/** A role that somebody has, as it is listed. */
export interface ListedRole extends Role {
  /** Another once anything of it is changed. */
  versi: number;
  /** Id of who gave it; null: the installation. */
  by: string | null;
  /** Title of the one event that it is for. */
  judul: string | null;
  sejak: Date;
  /** It begins then, and lets nobody do anything before. */
  toCome: boolean;
}

export const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

/** As the database tells it. */
export type RoleRow = Omit<ListedRole, 'sejak' | 'sampai'> & { sejak: string; sampai: string | null };

/** A role, `officer_role r` with the event `kegiatan k`, as JSON. */
export const roleJson = sql`json_build_object('versi', r.id, 'by', r.by, 'peran', r.peran, 'kegiatanId', r.kegiatan_id, 'judul', k.judul,
  'lembaga', r.lembaga, 'jabatan', r.jabatan, 'sejak', r.sejak, 'sampai', r.sampai, 'toCome', not role_in_force(r))`;

/** Roles of the officer whose id this is, as JSON. */
export const rolesHeld = (officerId: SQL): SQL => sql`
  (select coalesce(json_agg(${roleJson} order by r.id), '[]')
    from officer_role r left join kegiatan k on k.id = r.kegiatan_id
    where r.officer_id = ${officerId} and role_held(r))`;

export const listedRole = (row: RoleRow): ListedRole => ({
  ...row,
  sejak: new Date(row.sejak),
  sampai: dateOf(row.sampai),
});

/** An officer's roles, in force and to come. */
export async function rolesOf(db: Db, officerId: string): Promise<ListedRole[]> {
  const [row] = await db.execute<{ roles: RoleRow[] }>(
    sql`select ${rolesHeld(sql`${officerId}::uuid`)} as roles`,
  );
  return row!.roles.map(listedRole);
}

/** Whether whoever was shown a role as `shown` may end or change it as it is now (role-seen.sql). */
export async function seen(db: Db, versi: number, shown: number | undefined): Promise<boolean> {
  const [row] = await db.execute<{ seen: boolean | null }>(sql`
    select role_seen(r, ${shown ?? null}::bigint) as seen from officer_role r where r.id = ${versi}::bigint`);
  return row?.seen ?? false;
}

/** Whether an officer has, or had, a role that began. */
export async function hadAny(db: Db, officerId: string): Promise<boolean> {
  const [row] = await db.execute<{ had: boolean }>(sql`
    select exists (select from officer_role r
      where r.officer_id = ${officerId}::uuid and r.sejak <= least(now(), r.ended_at)) as had`);
  return row!.had;
}

/** Of `give_penyelenggara`. */
export const GIVING = ['given', 'officer-unknown', 'role-known'] as const;

/** The installation itself makes an officer penyelenggara. */
export async function givePenyelenggara(db: Db, officerId: string): Promise<Outcome<CodeOf<typeof GIVING>>> {
  const [row] = await db.execute<{ outcome: string }>(
    sql`select give_penyelenggara(${officerId}) as outcome`,
  );
  return outcomeOf(GIVING, row!.outcome);
}

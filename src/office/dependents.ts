/** What ends with an officer, a role or a passkey: nobody stands behind it any more. Shown by test/office/role-authors.test.ts. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import type { Digest } from '../lib/sha256.ts';
import { type ListedRole, listedRole, type RoleRow, roleJson } from './officer-roles.ts';

/** A role, and whose it is. */
export interface RoleOf {
  id: string;
  nama: string;
  role: ListedRole;
}

export interface Dependent {
  /** What ends, as a page that shows it hands it on (falls-shown.sql). */
  ikut: string;
  /** Digests of the passkeys that it let in (keys-falling.sql). */
  keys: Digest[];
  /** Open links that they made, for others and for their own passkeys. */
  links: number;
  /** Withdrawals that they asked for and nobody has confirmed. */
  requests: number;
  /** Roles to come that they gave. */
  roles: RoleOf[];
  /** Roles that they gave or changed with the passkey, and that have begun: those stay. */
  stays: RoleOf[];
}

/** What comes to its end: a role, now or on another day than before (null: on none), or a passkey. Neither: the officer is removed. */
export interface Ending {
  versi?: number | undefined;
  until?: string | null | undefined;
  credentialId?: Bytes | undefined;
  /** The passkey that its end is signed with. */
  kept?: Bytes | null | undefined;
}

/** What ends with an officer, with one role of theirs, or with one passkey: nobody stands behind it any more (falls-with.sql). */
export async function of(
  db: Db,
  officerId: string,
  { versi, until, credentialId, kept }: Ending = {},
): Promise<Dependent> {
  type Row = { id: string; nama: string; role: RoleRow };
  const [row] = await db.execute<{
    ikut: string;
    keys: Digest[];
    links: number;
    requests: number;
    roles: Row[];
    stays: Row[];
  }>(sql`
    with e as (
      select ${officerId}::uuid as id, ${versi ?? null}::bigint as role, ${endOf(until)} as until,
        (select keys_falling(c.officer_id, c.spki, (select k.spki from officer_credential k where k.id = ${bytes(kept)}))
          from officer_credential c where c.id = ${bytes(credentialId)}) as keys
    ), f as materialized (select f.apa, f.id from e, falls_with(e.id, e.role, e.until, e.keys) f)
    select falls_shown(e.id, e.role, e.until, e.keys) as ikut,
      (select coalesce(json_agg('sha256:' || encode(sha256(k.spki), 'hex') order by k.n), '[]')
        from unnest(e.keys[2:]) with ordinality k (spki, n)) as keys,
      (select count(*)::integer from f where f.apa = 'tautan') as links,
      (select count(*)::integer from f where f.apa = 'pengajuan') as requests,
      ${rolesAmong(sql`r.id::text in (select f.id from f where f.apa = 'peran')`)} as roles,
      ${rolesAmong(sql`r.by = e.id and r.spki = any (e.keys) and role_in_force(r)`)} as stays
    from e`);
  const rolesOfRows = (rows: Row[]) => rows.map(({ role, ...of }) => ({ ...of, role: listedRole(role) }));
  return { ...row!, roles: rolesOfRows(row!.roles), stays: rolesOfRows(row!.stays) };
}

const bytes = (of: Bytes | null | undefined): SQL => sql`decode(${of ? hex(of) : null}::text, 'hex')`;

const endOf = (until: Ending['until']): SQL =>
  sql`${until === null ? 'infinity' : (until ?? null)}::timestamptz`;

/** Whether more ends with a role than was shown (`ikut`), but for what its holder has made since (falls-unseen.sql). */
export async function unseen(
  db: Db,
  officerId: string,
  { versi, until }: Pick<Ending, 'versi' | 'until'>,
  ikut: string,
): Promise<boolean> {
  const [row] = await db.execute<{ unseen: boolean }>(
    sql`select falls_unseen(${officerId}::uuid, ${versi ?? null}::bigint, ${endOf(until)}, null, ${ikut}::text) as unseen`,
  );
  return row!.unseen;
}

/** Roles, `officer_role r`, of those who are officers, and whose they are, as JSON. */
const rolesAmong = (which: SQL): SQL => sql`
  (select coalesce(json_agg(json_build_object('id', o.id, 'nama', o.nama, 'role', ${roleJson}) order by r.id), '[]')
    from officer_role r join officer o on o.id = r.officer_id left join kegiatan k on k.id = r.kegiatan_id
    where o.removed_at is null and ${which})`;

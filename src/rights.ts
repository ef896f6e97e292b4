/**
 * What the service's own database role may do with each table, on one page; it reads all of them. Least privilege: what is written
 * once can't be changed or removed by it, nor by whoever has taken it over. The owner of the tables migrates, and acts in the
 * operator's tools. Shown by test/rights.test.ts.
 */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

/** Its name, unless DATABASE_URL has another. */
export const SERVICE = 'ikrar_layanan';

interface TableRights {
  /** Whole rows, or these columns alone. */
  insert?: true | string;
  /** These columns alone. */
  update?: string;
  delete?: true;
}

/**
 * By table, its columns as the database names them. Without `update` and `delete` a table is append-only, or not for the service
 * to write: `append_leaf`, `record_signatures`, `integrate` and `replace_checkpoint` act for the owner (SECURITY DEFINER), so that an entry is a text of ours,
 * and the tree, the public list and the time of an entry follow from the ledger alone. TRUNCATE is never granted. SELECT … FOR UPDATE asks for `update` of one column.
 */
export const RIGHTS: Record<string, TableRights> = {
  // Ledger.
  // `append_leaf` writes it.
  leaf: {},
  tree: {},
  tree_hash: {},
  checkpoint: {},
  // A line of a note: refuse-cosignature.sql.
  cosignature: { insert: true },
  objection: { insert: true, update: 'key name kind size root at', delete: true },

  // Places and wordings.
  wilayah: {},
  naskah: { insert: true },

  // The office. What has ended stays so: keep-ended.sql.
  organizer: {
    insert: true,
    // Locked alone: other rows name it, so that it can't change.
    update: 'id',
  },
  officer_invitation: { insert: true, update: 'used_at ended_at' },
  officer: { insert: true, update: 'removed_at removed_by' },
  officer_role: { insert: true, update: 'ended_at ended_by' },
  officer_credential: { insert: true, update: 'counter backup_eligible eligible_since ended_at' },
  officer_challenge: { insert: true, delete: true },
  officer_session: { insert: true, update: 'seen_at ended_at' },
  officer_change: { insert: true },

  // The audit trail: `record_act` and `close_record_days` write it.
  riwayat: {},
  riwayat_hari: {},
  riwayat_terhitung: {},

  // The event.
  kegiatan: {
    insert: true,
    update: 'judul rezim tempat tanggal zona batas nomor_pola kontak_nama kontak_nomor',
  },
  kegiatan_tahap: { insert: true },
  kegiatan_batas: { insert: true },
  kegiatan_naskah: { insert: true, update: 'naskah versi', delete: true },

  // Who is asked.
  roster_version: { insert: true },
  roster_heading: { insert: true, update: 'kolom by at' },
  person: {
    insert: true,
    update:
      'roster_versi wilayah unsur gelar_depan nama gelar_belakang jabatan nip pangkat unit_kerja urut nomor',
  },
  roster_removal: { insert: true, update: 'ended_at ended_by' },
  invitation: { insert: true },

  // The act.
  signer_credential: { insert: true, update: 'counter backup_eligible eligible_since' },
  // `record_signatures` writes it.
  signature: {},
  listing: {},
  listing_term: {},
  search_word: {},
  withdrawal_request: { insert: true, update: 'ended_at ended_by' },
  withdrawal: { insert: true },

  // By the operator's word, or by law.
  erasure: {},
  adoption: {},
  // The first of a name: another one comes with the operator's reason.
  key_digest: { insert: 'nama digest' },

  // Counts: who has signed is counted by `integrate`.
  tally: { insert: 'kegiatan_id wilayah wajib', update: 'wajib' },
  area_tally: { insert: true, update: 'wajib sudah' },

  // Papers.
  document: { insert: true },
  document_due: { delete: true },
  seal_certificate: { insert: true, update: 'certificate' },
  document_timestamp: { insert: true },
  timestamp_due: { insert: true, delete: true },

  applied_function: {},
  cron_run: { insert: true, update: 'begun_at ended_at cached copy_writable' },
};

/** What the service may not change: append-only, or not its to write. */
export const KEPT: readonly string[] = Object.entries(RIGHTS)
  .filter(([, { update, delete: remove }]) => !update && !remove)
  .map(([table]) => table);

/** Functions for the operator's tools alone, and for those that act for the owner. */
const OWNER: readonly string[] = [
  'put_leaf',
  'erase_pledge',
  'dismiss_officer',
  'vouch_for_officer',
  'print_officer_link',
];

/** `UPDATE`, of a column or of the whole. */
interface Right {
  right: string;
  column: string | null;
}

function rightsOf({ insert, update, delete: remove }: TableRights): Right[] {
  const of = (right: string, columns: true | string | undefined): Right[] =>
    columns === true
      ? [{ right, column: null }]
      : (columns ?? '').split(' ').flatMap((column) => (column ? [{ right, column }] : []));
  return [
    { right: 'SELECT', column: null },
    ...of('INSERT', insert),
    ...of('UPDATE', update),
    ...of('DELETE', remove),
  ];
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const printed = ({ right, column }: Right): string =>
  column === null ? right : `${right} (${quoted(column)})`;
const same = (one: Right[], other: Right[]): boolean =>
  one.map(printed).sort().join() === other.map(printed).sort().join();

/**
 * Makes the role's rights what this page says: what it or everybody (PUBLIC) has beside is taken away. As the owner, within a
 * transaction. What is right already isn't touched: the plans of whoever is at work stay. Null: no role of the service is known;
 * everybody's rights are taken away all the same.
 */
export async function set(tx: Db, role: string | null): Promise<void> {
  const run = (statement: string) => tx.execute(sql.raw(statement));
  const from = role === null ? 'public' : `${quoted(role)}, public`;

  const granted = await tx.execute<{
    name: string;
    everybody: boolean;
    right: string;
    column: string | null;
  }>(sql`
    select c.relname as name, a.grantee = 0 as everybody, a.privilege_type as right, a.column from (
      select r.oid, x.grantee, x.privilege_type, null::text as column from pg_class r, aclexplode(r.relacl) x
      union all
      select t.attrelid, x.grantee, x.privilege_type, t.attname from pg_attribute t, aclexplode(t.attacl) x
    ) a
    join pg_class c on c.oid = a.oid
    where c.relnamespace = 'public'::regnamespace
      and (a.grantee = 0 or a.grantee = (select oid from pg_roles where rolname = ${role}::text))`);
  const ours = await tx.execute<{ name: string; sequence: boolean }>(sql`
    select c.relname as name, c.relkind = 'S' as sequence from pg_class c
    left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S')
      and coalesce((select t.relname from pg_class t where t.oid = d.refobjid), c.relname)
        in (select jsonb_array_elements_text(${JSON.stringify(Object.keys(RIGHTS))}::jsonb))`);
  for (const { name, sequence } of ours) {
    const wanted = sequence || role === null ? [] : rightsOf(RIGHTS[name]!);
    const standing = granted.filter((one) => one.name === name);
    const own = standing.filter(({ everybody }) => !everybody);
    if (own.length === standing.length && same(own, wanted)) continue;
    await run(`revoke all on public.${quoted(name)} from ${from}`);
    if (role !== null && wanted.length > 0)
      await run(`grant ${wanted.map(printed).join(', ')} on public.${quoted(name)} to ${quoted(role)}`);
  }

  const functions = await tx.execute<{
    address: string;
    name: string;
    trigger: boolean;
    own: boolean;
    everybody: boolean;
  }>(sql`
    select p.oid::regprocedure::text as address, p.proname as name, p.prorettype = 'trigger'::regtype as trigger,
      coalesce(bool_or(a.grantee = (select oid from pg_roles where rolname = ${role}::text)), false) as own,
      coalesce(bool_or(a.grantee = 0), false) as everybody
    from pg_proc p
    left join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a on a.privilege_type = 'EXECUTE'
    where p.pronamespace = 'public'::regnamespace and p.proname in (select f.name from applied_function f)
    group by p.oid order by 1`);
  for (const { address, name, trigger, own, everybody } of functions) {
    const wanted = role !== null && !trigger && !OWNER.includes(name);
    if (everybody || (own && !wanted)) await run(`revoke all on routine ${address} from ${from}`);
    if (wanted && (everybody || !own)) await run(`grant execute on routine ${address} to ${quoted(role)}`);
  }

  // PostgreSQL 14 lets everybody make tables in `public`, where those of the owner are looked for.
  const [open] = await tx.execute<{ everybody: boolean }>(sql`
    select has_schema_privilege('public', 'CREATE WITH GRANT OPTION') and exists (
      select from pg_namespace n, aclexplode(n.nspacl) a
      where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE') as everybody`);
  if (open!.everybody) await run('revoke create on schema public from public');
  if (role !== null) await letIn(tx, role);
}

/** To the database and the schemas. Whether the tables are of its build, the service finds out itself. */
async function letIn(tx: Db, role: string): Promise<void> {
  const [row] = await tx.execute<{ database: string; enters: boolean; looks: boolean; reads: boolean }>(sql`
    select current_database() as database, has_database_privilege(${role}, current_database(), 'CONNECT') as enters,
      has_schema_privilege(${role}, 'public', 'USAGE') as looks,
      has_schema_privilege(${role}, 'drizzle', 'USAGE')
        and has_table_privilege(${role}, 'drizzle.__drizzle_migrations', 'SELECT') as reads`);
  const { database, enters, looks, reads } = row!;
  for (const right of [
    !enters && `connect on database ${quoted(database)}`,
    !looks && 'usage on schema public',
    !reads && 'usage on schema drizzle',
    !reads && 'select on drizzle.__drizzle_migrations',
  ])
    if (right) await tx.execute(sql.raw(`grant ${right} to ${quoted(role)}`));
}

/** Of a role: whether there is one, and whether tables of ours are its own. `mayCreate`: whether we may make one. */
export async function standing(
  tx: Db,
  role: string,
): Promise<{ there: boolean; owns: boolean; mayCreate: boolean }> {
  const [row] = await tx.execute<{ there: boolean; owns: boolean; mayCreate: boolean }>(sql`
    select exists (select from pg_roles where rolname = ${role}) as there,
      exists (select from pg_class c join pg_roles r on r.oid = c.relowner
        where c.oid = to_regclass('public.leaf') and r.rolname = ${role}) as owns,
      exists (select from pg_roles where rolname = current_user and (rolcreaterole or rolsuper)) as "mayCreate"`);
  return row!;
}

/** A role that may log in, and nothing else. `verifier`: its password as PostgreSQL keeps it. Of two who make it at once, one does. */
export async function createRole(tx: Db, role: string, verifier: string): Promise<void> {
  await tx.execute(
    sql.raw(`do $do$ begin
      create role ${quoted(role)} login password '${verifier}';
    exception when duplicate_object or unique_violation then null; end $do$`),
  );
}

/** For a role that is there. */
export async function setPassword(db: Db, role: string, verifier: string): Promise<void> {
  await db.execute(sql.raw(`alter role ${quoted(role)} password '${verifier}'`));
}

/** The role that asks, and whether the tables are its own, or its group's; null: there are none. */
export async function roleOf(db: Db): Promise<{ name: string; owns: boolean | null }> {
  const [row] = await db.execute<{ name: string; owns: boolean | null }>(sql`
    select current_user as name,
      (select pg_has_role(c.relowner, 'USAGE') from pg_class c where c.oid = to_regclass('public.leaf')) as owns`);
  return row!;
}

/** Rights that the service needs and that the role which asks doesn't have: `INSERT signature`. */
export async function lacking(db: Db): Promise<string[]> {
  const needed = Object.entries(RIGHTS).flatMap(([table, rights]) =>
    rightsOf(rights).map((one) => ({ table, ...one })),
  );
  const rows = await db.execute<{ line: string }>(sql`
    select format('%s %s', n.right || coalesce(' (' || n.column || ')', ''), n.table) as line
    from jsonb_to_recordset(${JSON.stringify(needed)}::jsonb) as n ("table" text, "right" text, "column" text)
    where not case when n.column is null then has_table_privilege('public.' || quote_ident(n.table), n.right)
      else has_column_privilege('public.' || quote_ident(n.table), n.column, n.right) end
    union all
    select format('EXECUTE %s', p.proname) from pg_proc p join applied_function f on f.name = p.proname
    where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
      and p.proname not in (select jsonb_array_elements_text(${JSON.stringify(OWNER)}::jsonb))
      and not has_function_privilege(p.oid, 'EXECUTE')
    order by 1`);
  return rows.map(({ line }) => line);
}

/** Tables of `KEPT` that the role which asks can change all the same, as their owner can. */
export async function changeable(db: Db): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relname in (select jsonb_array_elements_text(${JSON.stringify(KEPT)}::jsonb))
      and (has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE') or has_any_column_privilege(c.oid, 'UPDATE'))
    order by 1`);
  return rows.map(({ name }) => name);
}

/** Of the cluster, the same on its standbys, and of the database in it. */
export async function identity(db: Db): Promise<string> {
  const [row] = await db.execute<{ is: string }>(sql`
    select (select system_identifier from pg_control_system()) || ' ' || oid as is
    from pg_database where datname = current_database()`);
  return row!.is;
}

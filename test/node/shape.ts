/** What a database is, beside its rows: as PostgreSQL prints it, line by line, so that two can be compared. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db.ts';

/** Of the schema `public`; what extensions have brought is left to them. */
const ours = (catalog: string, oid: string) => sql`not exists (
  select from pg_depend d where d.classid = ${sql.raw(`'${catalog}'::regclass`)} and d.objid = ${sql.raw(oid)} and d.deptype = 'e')`;

const lines = async (db: Db, query: ReturnType<typeof sql>): Promise<string[]> =>
  (await db.execute<{ line: string }>(query)).map(({ line }) => line).sort();

/** By name; of several with one name, all. */
export const functionsOf = (db: Db): Promise<string[]> =>
  lines(
    db,
    sql`select pg_get_functiondef(p.oid) as line from pg_proc p
    where p.pronamespace = 'public'::regnamespace and ${ours('pg_proc', 'p.oid')}`,
  );

export const triggersOf = (db: Db): Promise<string[]> =>
  lines(
    db,
    sql`select pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text as line from pg_trigger t
    join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'public'::regnamespace and not t.tgisinternal`,
  );

export async function shapeOf(db: Db): Promise<Record<string, string[]>> {
  return {
    rights: await lines(
      db,
      sql`select format('%s %s %s %s', a.of, coalesce(r.rolname, 'public'), x.privilege_type, x.is_grantable) as line
      from (
        select c.relname::text as of, c.relacl as acl from pg_class c where c.relnamespace = 'public'::regnamespace
        union all select t.attrelid::regclass || '.' || t.attname, t.attacl from pg_attribute t
        union all select p.proname, coalesce(p.proacl, acldefault('f', p.proowner)) from pg_proc p
          where p.pronamespace = 'public'::regnamespace and ${ours('pg_proc', 'p.oid')}
        union all select n.nspname, n.nspacl from pg_namespace n where n.nspname in ('public', 'drizzle')
      ) a, aclexplode(a.acl) x left join pg_roles r on r.oid = x.grantee`,
    ),
    functions: await functionsOf(db),
    triggers: await triggersOf(db),
    // Their order in the table too: a row is printed in it.
    columns: await lines(
      db,
      sql`select format('%s %s %s %s%s %s%s %s', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' end, pg_get_expr(e.adbin, e.adrelid), a.attidentity, a.attgenerated) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') and a.attnum > 0
        and not a.attisdropped and ${ours('pg_class', 'c.oid')}`,
    ),
    indexes: await lines(
      db,
      sql`select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace`,
    ),
    constraints: await lines(
      db,
      sql`select format('%s %s %s', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid)) as line
      from pg_constraint o where o.connamespace = 'public'::regnamespace`,
    ),
    others: await lines(
      db,
      sql`select format('%s %s', c.relkind, c.relname) as line from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind not in ('i', 't') and ${ours('pg_class', 'c.oid')}
      union all select 'extension ' || extname from pg_extension
      union all select 'type ' || t.typname from pg_type t
      where t.typnamespace = 'public'::regnamespace and t.typtype not in ('b', 'c') and ${ours('pg_type', 't.oid')}`,
    ),
  };
}

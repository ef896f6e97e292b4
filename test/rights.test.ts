/** As the service's own database role: what is written once can't be changed or removed, and nothing else is lost by it. */
import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../src/db.ts';
import * as leaves from '../src/ledger/leaves.ts';
import { hex } from '../src/lib/bytes.ts';
import { codeOf } from '../src/lib/retry.ts';
import * as officerLinks from '../src/office/officer-links.ts';
import * as officers from '../src/office/officers.ts';
import { eraseData } from '../src/proof/erase-data.ts';
import * as rights from '../src/rights.ts';
import { KEPT, RIGHTS, SERVICE } from '../src/rights.ts';
import * as schema from '../src/schema.ts';
import * as pledges from '../src/signature/pledges.ts';
import { hasSigned, openCast } from './cast.ts';
import { openHouse } from './house.ts';
import { append } from './ledger/append.ts';

const house = await openHouse();
const { db, services, url, serviceUrl } = house;
vi.spyOn(console, 'error').mockImplementation(() => {});

/** Each table, with its columns as the database names them, but for those that nobody may write. */
const TABLES = new Map(
  await Promise.all(
    Object.values(schema)
      .filter((one) => is(one, PgTable))
      .map(async (table) => {
        const { name } = getTableConfig(table);
        const rows = await db.execute<{ name: string }>(sql`
          select attname as name from pg_attribute
          where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attidentity = '' order by attnum`);
        return [name, rows.map((row) => row.name)] as const;
      }),
  ),
);

const client = (address: string) => postgres(address, { max: 1, onnotice: () => {} });
const service = client(serviceUrl);
const owner = client(url);
afterAll(() => Promise.all([service.end(), owner.end()]));

/** What becomes of a statement, which is undone: its SQLSTATE, or `done`. */
async function tried(who: postgres.Sql, statement: string): Promise<string> {
  const undo = new Error('undo');
  try {
    await who.begin(async (tx) => {
      await tx.unsafe(statement);
      throw undo;
    });
  } catch (error) {
    if (error === undo) return 'done';
    return String((error as { code?: string }).code);
  }
  throw new Error('not undone');
}

const REFUSED = '42501';

/** A line of a note: id, time and signature. */
const COSIGNED = `— saksi ${Buffer.alloc(76).toString('base64')}\n`;

beforeAll(async () => {
  const cast = await openCast(db);
  const { row } = await hasSigned(services, cast.siti);
  await hasSigned(services, cast.budi);
  await services.publish();
  await officerLinks.foundingLink(db);
  const leaf = () => sql`append_leaf('segel', array['uji sha256:00'])`;
  const hash = sql`decode(${hex(row.hash)}, 'hex')`;
  const by = sql`${cast.officerId}::uuid`;
  // A row for each that has none yet.
  for (const statement of [
    sql`insert into erasure (hash, alasan) values (${hash}, 'uji')`,
    sql`insert into adoption (size, sebab, alasan) values (1, 'copy-missing', 'uji')`,
    sql`insert into key_digest (nama, digest) values ('secret', 'x')`,
    sql`insert into cosignature (size, key, line) select max(size), 'saksi+00000000+AA', ${COSIGNED} from checkpoint`,
    sql`insert into objection (key, name, kind, size) values ('saksi x', 'x', 'ahead', 9)`,
    sql`insert into officer_challenge (challenge, expires_at) values ('x', now())`,
    sql`insert into officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible) values ('k', ${by}, 'k', '', 0, false)`,
    sql`insert into officer_session (digest, officer_id) values ('s', ${by})`,
    sql`insert into officer_change (organizer_id, tindakan, nama) values (${cast.organizerId}, 'masuk', 'uji')`,
    sql`insert into kegiatan_batas (kegiatan_id, dari, menjadi, by) values (${cast.kegiatanId}, now(), now(), ${by})`,
    sql`insert into roster_removal (person_id, alasan, by) values (${cast.vacant}::uuid, 'uji', ${by})`,
    sql`insert into invitation (person_id, version, nama, token_digest, code_digest, by) values (${cast.ratna}::uuid, 1, 'x', 't', 'c', ${by})`,
    sql`with asked as (
        insert into withdrawal_request (id, hash, statement, by, authenticator_data, client_data_json, signature, spki)
        values (gen_random_uuid(), ${hash}, 'x', ${by}, '', '', '', 'a') returning id, hash)
      insert into withdrawal (hash, request_id, by, authenticator_data, client_data_json, signature, spki, leaf_id)
      select hash, id, ${by}, '', '', '', 'b', ${leaf()} from asked`,
    sql`insert into seal_certificate (kunci, organizer_id, nama, certificate) values ('k', ${cast.organizerId}, 'x', 'c')`,
    sql`insert into document (hash, pdf, sha256, leaf_id) values (${hash}, 'pdf', 'x', ${leaf()})`,
    sql`insert into document_timestamp (hash, appended, sha256, leaf_id) values (${hash}, 'a', 'x', ${leaf()})`,
    sql`insert into riwayat (organizer_id, tindakan, isi, sha256) values (${cast.organizerId}, 'uji', 'uji', 'x')`,
    sql`insert into riwayat_hari (hari, baris, sha256, leaf_id) values ('2026-01-01', 1, 'x', ${leaf()})`,
    sql`insert into riwayat_terhitung (riwayat_id, hari) select id, '2026-01-01' from riwayat limit 1`,
    sql`insert into timestamp_due (hash) values (${hash})`,
  ])
    await db.execute(statement);
});

test('every table is named, with columns that it has', () => {
  expect(Object.keys(RIGHTS).sort()).toEqual([...TABLES.keys()].sort());
  for (const [table, { insert, update }] of Object.entries(RIGHTS)) {
    const named = `${insert === true ? '' : (insert ?? '')} ${update ?? ''}`.split(' ').filter(Boolean);
    expect(TABLES.get(table), table).toEqual(expect.arrayContaining(named));
  }
});

test('pledges, the ledger, what officers and the operator did, are among what is kept', () => {
  expect(KEPT).toEqual(
    expect.arrayContaining([
      ...['signature', 'withdrawal', 'erasure', 'document', 'document_timestamp', 'listing'],
      ...['leaf', 'tree', 'tree_hash', 'checkpoint', 'cosignature', 'adoption', 'key_digest'],
      ...['naskah', 'roster_version', 'kegiatan_tahap', 'kegiatan_batas', 'officer_change', 'invitation'],
      ...['riwayat', 'riwayat_hari', 'riwayat_terhitung'],
    ]),
  );
});

test.each(KEPT)(
  '%s: the owner can change a row, remove it, empty the table; the service can’t',
  async (table) => {
    const [{ there }] = (await owner.unsafe(`select exists (select from ${table}) as there`)) as [
      { there: boolean },
    ];
    expect(there).toBe(true);
    // One row is enough. Without its triggers and foreign keys: whoever may do that may do all.
    const one = `where ctid = (select ctid from ${table} limit 1)`;
    const could = (statement: string) =>
      tried(owner, `set local session_replication_role = replica; ${statement}`);
    expect(await could(`delete from ${table} ${one}`)).toBe('done');
    expect(await could(`truncate ${table} cascade`)).toBe('done');
    expect(await tried(service, `delete from ${table}`)).toBe(REFUSED);
    expect(await tried(service, `truncate ${table} cascade`)).toBe(REFUSED);
    for (const column of TABLES.get(table)!) {
      const update = `update ${table} set "${column}" = "${column}" ${one}`;
      expect(await could(update), column).toBe('done');
      expect(await tried(service, update), column).toBe(REFUSED);
    }
  },
);

test.each(Object.keys(RIGHTS).filter((table) => !KEPT.includes(table)))(
  '%s: the service can change what the page says, and nothing else',
  async (table) => {
    const { update = '', delete: remove } = RIGHTS[table]!;
    for (const column of TABLES.get(table)!) {
      const outcome = await tried(service, `update ${table} set "${column}" = "${column}"`);
      expect(outcome === REFUSED, `${column} ${outcome}`).toBe(!update.split(' ').includes(column));
    }
    expect((await tried(service, `delete from ${table}`)) === REFUSED).toBe(!remove);
    expect(await tried(service, `truncate ${table} cascade`)).toBe(REFUSED);
  },
);

test('what is the operator’s or the ledger’s own the service can’t add either', async () => {
  const [added] = await owner`select hash from signature limit 1`;
  expect(added).toBeDefined();
  for (const [table, columns] of TABLES) {
    const { insert } = RIGHTS[table]!;
    for (const column of columns) {
      // Only the right is asked for here: what may be added fails otherwise, by a constraint or an identity.
      const outcome = await tried(service, `insert into ${table} ("${column}") values (null)`);
      const may = insert === true || (insert ?? '').split(' ').includes(column);
      expect(outcome === REFUSED, `${table}.${column} ${outcome}`).toBe(!may);
    }
  }
});

test('what it brings to the ledger is a text of ours, of now, without a place; a day of the trail is none of its', async () => {
  const MALFORMED = '23514';
  const fields = "array['uji sha256:00']";
  expect(await tried(service, `select append_leaf('segel', ${fields})`)).toBe('done');
  expect(await tried(service, `select append_leaf('segel', ${fields}, now())`)).toBe('done');
  expect(await tried(service, `select append_leaf('segel', ${fields}, now() + interval '1 hour')`)).toBe(
    MALFORMED,
  );
  expect(await tried(service, `select append_leaf('riwayat', ${fields})`)).toBe(MALFORMED);
  expect(await tried(service, `select put_leaf('riwayat', ${fields}, now())`)).toBe(REFUSED);
  expect(await tried(owner, `select put_leaf('riwayat', ${fields}, now())`)).toBe('done');
  expect(
    await tried(
      service,
      "insert into leaf (entry, hash) values (E'ikrar/catatan@v1\\njenis riwayat\\n', '')",
    ),
  ).toBe(REFUSED);
  expect(await tried(service, 'select close_record_days()')).toBe('done');
});

test('the service can’t erase, nor do what is the operator’s with officers', async () => {
  // What was put there would stop the ledger.
  await db.execute(sql`with gone as (delete from objection) delete from cosignature`);
  const cast = await openCast(db);
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  const refused = async (work: Promise<unknown>) =>
    codeOf(await work.then(() => null).catch((error: unknown) => error), () => true);
  expect(await refused(eraseData(services.db, row.kode, 'uji'))).toBe(REFUSED);
  expect(await refused(officers.dismiss(services.db, cast.officerId))).toBe(REFUSED);
  expect(await refused(officerLinks.linkForKey(services.db, cast.officerId))).toBe(REFUSED);
  // A link that founds it may print while there is no organiser: the first.
  expect(await refused(officerLinks.foundingLink(services.db))).toBe('IK422');
  expect(await refused(officerLinks.appoint(services.db, cast.organizerId, null))).toBe(REFUSED);
  expect(await tried(service, `select vouch_for_officer('${cast.officerId}', 0)`)).toBe(REFUSED);
  expect((await pledges.byCode(db, row.kode))!.erased).toBeFalsy();
  expect(await eraseData(db, row.kode, 'uji')).toEqual({ ok: true });
  expect((await pledges.byCode(db, row.kode))!.erased).toBeTruthy();
});

test.each([
  'create table more (a text)',
  'create function more() returns text language sql as $$ select 1::text $$',
  'create schema more',
  'drop table signature cascade',
  'alter table signature disable trigger all',
  'alter table signature add column more text',
  'create trigger more before insert on signature for each row execute function refuse_change()',
  'drop trigger naskah_published on naskah',
  'create or replace function append_leaf(jenis text, fields text[], moment timestamptz) returns bigint language sql as $$ select 1::bigint $$',
  'alter function integrate reset all',
  'set session_replication_role = replica',
  'set role ikrar',
  `alter role ${SERVICE} superuser`,
  `grant update on signature to ${SERVICE}`,
  'alter database template_ikrar connection limit 1',
  'select setval(pg_get_serial_sequence($$leaf$$, $$id$$), 1)',
  'select pg_read_file($$/etc/passwd$$)',
  'copy signature to program $$cat$$',
  'vacuum full signature',
])('the service can’t %s', async (statement) => {
  // PostgreSQL says of some only that it did nothing.
  const before =
    await owner`select relname, relacl::text, relnatts from pg_class where relname = 'signature'`;
  const outcome = statement.startsWith('vacuum')
    ? await service.unsafe(statement).then(() => 'skipped')
    : await tried(service, statement);
  if (statement.startsWith('vacuum')) expect(outcome).toBe('skipped');
  else if (statement.startsWith('grant')) expect(outcome).toMatch(/^(?:done|42501)$/);
  else expect(outcome).toBe(REFUSED);
  expect(
    await owner`select relname, relacl::text, relnatts from pg_class where relname = 'signature'`,
  ).toEqual(before);
});

test('what acts for the owner acts on the owner’s tables, whatever the caller has put before them', async () => {
  await append(db, 3);
  const { size } = await leaves.head(db);
  const { db: hostile, end } = connect(serviceUrl, { max: 1, limits: null });
  try {
    await hostile.execute(
      sql`create temp table leaf (id bigint, entry text, hash bytea, log_index bigint, at timestamptz)`,
    );
    await hostile.execute(sql`create temp table tree (id int, size bigint, root bytea, at timestamptz)`);
    await hostile.execute(sql`insert into pg_temp.tree values (1, 0, '', now())`);
    await hostile.execute(sql`set search_path = pg_temp, public`);
    await hostile.execute(sql`select * from integrate(10)`);
    const [mine] = await hostile.execute<{ size: string }>(sql`select size from pg_temp.tree`);
    expect(Number(mine!.size)).toBe(0);
  } finally {
    await end();
  }
  expect((await leaves.head(db)).size).toBeGreaterThanOrEqual(size + 3);
});

test('nobody but the two may give places or publish', async () => {
  const stranger = `x${new URL(url).pathname.slice(1)}`;
  await owner.unsafe(`create role ${stranger} login password 'ikrar'`);
  const other = client(Object.assign(new URL(url), { username: stranger }).href);
  try {
    expect(await tried(other, 'select integrate(0)')).toBe(REFUSED);
    expect(await tried(other, "select replace_checkpoint(0, 0, '', '')")).toBe(REFUSED);
    expect(await tried(other, 'select from signature')).toBe(REFUSED);
  } finally {
    await other.end();
    await owner.unsafe(`drop role ${stranger}`);
  }
});

test('the service has what it needs and not more; the owner is told that it has more', async () => {
  expect(await rights.lacking(services.db)).toEqual([]);
  expect(await rights.changeable(services.db)).toEqual([]);
  expect(await rights.changeable(db)).toEqual([...KEPT].sort());
  expect(await rights.roleOf(services.db)).toEqual({ name: SERVICE, owns: false });
  expect(await rights.roleOf(db)).toEqual({ name: 'ikrar', owns: true });
});

const acls = async () =>
  (
    await db.execute<{ line: string }>(sql`
      select format('%s %s %s', relname, relacl, xmin) as line from pg_class where relnamespace = 'public'::regnamespace
      union all select format('%s.%s %s %s', attrelid::regclass, attname, attacl, xmin) from pg_attribute where attacl is not null
      union all select format('%s %s %s', proname, proacl, xmin) from pg_proc where pronamespace = 'public'::regnamespace
      order by 1`)
  ).map(({ line }) => line);

test('set once more, nothing is touched', async () => {
  const before = await acls();
  await rights.set(db, SERVICE);
  expect(await acls()).toEqual(before);
});

test('what an older release or somebody has granted is taken away, what is missing given', async () => {
  await owner.unsafe(`
    grant all on all tables in schema public to ${SERVICE};
    grant all on all sequences in schema public to ${SERVICE};
    grant update (statement) on signature to public;
    grant select on person to public;
    grant execute on function erase_pledge to public;
    grant execute on function dismiss_officer to ${SERVICE};
    grant create on schema public to public`);
  expect(await rights.changeable(services.db)).toEqual([...KEPT].sort());
  await owner.unsafe(`
    revoke insert on withdrawal from ${SERVICE};
    revoke execute on function record_signatures from ${SERVICE}`);
  expect(await rights.lacking(services.db)).toEqual(['EXECUTE record_signatures', 'INSERT withdrawal']);
  await rights.set(db, SERVICE);
  expect(await rights.lacking(services.db)).toEqual([]);
  expect(await rights.changeable(services.db)).toEqual([]);
  for (const statement of [
    'update signature set statement = $$$$',
    'select erase_pledge($$$$, $$$$, true)',
    'select dismiss_officer($$$$)',
    'create table more (a text)',
    'select setval(pg_get_serial_sequence($$leaf$$, $$id$$), 1)',
  ])
    expect(await tried(service, statement), statement).toBe(REFUSED);
});

test('without a role of the service nobody but the owner has a right all the same', async () => {
  await owner.unsafe(
    'grant execute on function replace_checkpoint to public; grant select on person to public',
  );
  const before = await rights.lacking(services.db);
  await rights.set(db, null);
  // Nor is the service's role, which was left out, given or taken anything.
  expect(await rights.lacking(services.db)).toEqual(before);
  const rows = await db.execute<{ name: string }>(sql`
    select p.proname as name from pg_proc p join applied_function f on f.name = p.proname,
      aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0
    union all select c.relname from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee = 0`);
  expect(rows).toEqual([]);
});

test('two wordings published at once under one name are two versions', async () => {
  const cast = await openCast(db);
  const actor = { id: cast.officerId, organizer: cast.organizerId, peran: 'penyelenggara' };
  const add = (isi: string) =>
    services.db.execute<{ versi: number }>(
      sql`select add_wording('uji', ${JSON.stringify(actor)}::text::jsonb, 'kepala desa', 'umum', ${isi}, false) as versi`,
    );
  const all = await Promise.all(['satu', 'dua', 'tiga', 'satu', 'dua'].map(add));
  const versions = all.map(([row]) => row!.versi);
  expect(new Set(versions)).toEqual(new Set([1, 2, 3]));
  expect([versions[3], versions[4]]).toEqual([versions[0], versions[1]]);
});

/** Two roles: the owner migrates, the service works with its own. Made at a start, told where somebody else must do it. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import { startPostgres } from '../../src/node/postgres.ts';
import { prepare } from '../../src/node/prepare.ts';
import { serviceRoleOf } from '../../src/node/service-role.ts';
import * as rights from '../../src/rights.ts';
import { SERVICE } from '../../src/rights.ts';
import { asService, type Door, openDoor } from '../faults/door.ts';
import { openHouse } from '../house.ts';

const house = await openHouse();
const server = inject('postgres');
const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
const suffix = crypto.randomUUID().slice(0, 8);
const databases: string[] = [];
const roles: string[] = [];
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'ikrar-role-'));
  await chmod(data, 0o711);
});
afterAll(async () => {
  for (const name of databases) await admin.unsafe(`drop database if exists ${name} with (force)`);
  for (const name of roles) await admin.unsafe(`drop role if exists "${name}"`);
  await admin.end();
  await rm(data, { recursive: true, force: true });
});

/** Prepared, unless it has an owner of its own. */
async function databaseOf(name: string, owner: string | null = null): Promise<string> {
  const full = `t_role_${name}_${suffix}`;
  databases.push(full);
  await admin.unsafe(
    `create database ${full} ${owner ? `owner ${owner}` : 'template template_ikrar strategy file_copy'}`,
  );
  return `${server}/${full}`;
}
const as = (url: string, name: string, password: string): string =>
  Object.assign(new URL(url), { username: name, password: encodeURIComponent(password) }).href;

async function within<T>(url: string, run: (db: Db) => Promise<T>): Promise<T> {
  const { db, end } = connect(url, { max: 1 });
  try {
    return await run(db);
  } finally {
    await end();
  }
}
const standing = (url: string) =>
  within(url, async (db) => ({
    ...(await rights.roleOf(db)),
    lacking: await rights.lacking(db),
    changeable: await rights.changeable(db),
  }));
const well = (name: string) => ({ name, owns: false, lacking: [], changeable: [] });

test('an address that is given for the service makes its role, with its password, whatever letters that has', async () => {
  const name = `peran aneh "${suffix}"`;
  roles.push(name.replaceAll('"', '""'));
  const url = await databaseOf('made');
  const service = as(url, name, 'sandi: é@/?#½%');
  expect(serviceRoleOf(service)).toEqual({ name, password: 'sandi: é@/?#½%' });
  expect(await prepare(url, '.', {}, serviceRoleOf(service))).toMatchObject({ readOnly: false, left: [] });
  expect(await standing(service)).toEqual(well(name));
  const [row] = await admin<{ is: string }[]>`
    select concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls) as is from pg_roles where rolname = ${name}`;
  expect(row!.is).toBe('f f f f f');
  // A role that is there keeps its password.
  await prepare(url, '.', {}, serviceRoleOf(as(url, name, 'lain')));
  expect(await standing(service)).toEqual(well(name));
  await expect(standing(as(url, name, 'lain'))).rejects.toThrow();
});

test('two databases of one cluster make it at once', async () => {
  const name = `peran_dua_${suffix}`;
  roles.push(name);
  const urls = [await databaseOf('one'), await databaseOf('two')];
  await Promise.all(urls.map((url) => prepare(url, '.', {}, { name, password: 'sandi' })));
  for (const url of urls) expect(await standing(as(url, name, 'sandi'))).toEqual(well(name));
});

test('without an address for the service no role is made, and one that is there has its rights', async () => {
  const url = await databaseOf('none');
  expect(await prepare(url, '.', {}, { name: `tidak_ada_${suffix}`, password: null })).toMatchObject({
    readOnly: false,
    left: [],
  });
  expect(await prepare(url, '.')).toMatchObject({ readOnly: false, left: [] });
  expect(await standing(asService(url))).toEqual(well(SERVICE));
});

test('an owner that may make no role says who must, and goes on; then the rights follow', async () => {
  const [owner, name] = [`pemilik_${suffix}`, `peran_admin_${suffix}`];
  roles.push(owner, name);
  await admin.unsafe(`create role ${owner} login password 'sandi'`);
  const url = as(await databaseOf('managed', owner), owner, 'sandi');
  const { left } = await prepare(url, '.', {}, { name, password: 'rahasia' });
  expect(left).toEqual([expect.stringContaining(`Peran ${name} belum ada`)]);
  expect(left[0]).not.toContain('rahasia');
  const statement = /^ {2}(CREATE ROLE .*;)$/m.exec(left[0]!)![1]!;
  await admin.unsafe(statement);
  expect(await prepare(url, '.', {}, { name, password: 'rahasia' })).toMatchObject({
    readOnly: false,
    left: [],
  });
  expect(await standing(as(url, name, 'sandi di DATABASE_URL'))).toEqual(well(name));
});

test('the owner named as the service loses nothing', async () => {
  const url = await databaseOf('same');
  await prepare(url, '.', {}, { name: 'ikrar', password: 'ikrar' });
  await prepare(url, '.', {}, { name: 'ikrar', password: 'ikrar' });
  expect(await standing(url)).toMatchObject({ owns: true, lacking: [] });
});

test('the service’s role alone finds all prepared, or says that the owner must prepare it', async () => {
  const url = await databaseOf('guest');
  await prepare(url, '.');
  const guest = asService(url);
  expect(await prepare(guest, '.')).toMatchObject({ readOnly: false, left: [] });
  const name = new URL(url).pathname.slice(1);
  await admin.unsafe(`alter database ${name} set default_transaction_read_only = on`);
  expect(await prepare(guest, '.')).toMatchObject({ readOnly: true, left: [] });
  await admin.unsafe(`alter database ${name} reset all`);

  await within(url, (db) =>
    db.execute(sql`update applied_function set sha256 = sha256('') where name = 'append_leaf'`),
  );
  await expect(prepare(guest, '.')).rejects.toThrow(
    `Tabel basis data belum dari versi ini, dan ${SERVICE} bukan pemiliknya. Jalankan sebagai pemilik basis data: DATABASE_OWNER_URL=postgres://PEMILIK:SANDI@… npm run migrate`,
  );
  await within(url, (db) => db.execute(sql.raw(`revoke usage on schema drizzle from ${SERVICE}`)));
  await expect(prepare(guest, '.')).rejects.toThrow(`Pengguna basis data ${SERVICE} belum diberi hak.`);
  await prepare(url, '.');
  expect(await prepare(guest, '.')).toMatchObject({ readOnly: false, left: [] });
});

const doors: Door[] = [];
afterAll(() => Promise.all(doors.map((door) => door.stop().catch(() => {}))));
const open = async (more: Record<string, string>): Promise<Door> => {
  const door = await openDoor({ data, url: house.url, origin: 'https://ikrar.test', more });
  doors.push(door);
  return door;
};
const health = async (door: Door) =>
  (await (await fetch(`${door.address}/sehat`)).json()) as {
    alarms: unknown[];
    warnings: { code: string }[];
  };

test('a start as the owner says so and what to do; done so, it is said no more', async () => {
  const owner = await open({ DATABASE_URL: house.url, DATABASE_OWNER_URL: '' });
  expect(owner.said()).toContain(
    'PERINGATAN: pengguna basis data ikrar dapat mengubah atau menghapus ikrar dan catatan.',
  );
  expect(owner.said()).toContain('docs/operasi.md, bagian Dua peran basis data.');
  expect((await health(owner)).warnings).toMatchObject([{ code: 'rights-too-wide' }]);
  const advised = Object.fromEntries(
    [...owner.said().matchAll(/^ {2}(DATABASE\w+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value!.replace(':SANDI@', ':ikrar@'),
    ]),
  );
  expect(advised).toEqual({ DATABASE_OWNER_URL: house.url, DATABASE_URL: house.serviceUrl });
  await owner.stop();

  const both = await open(advised);
  expect(both.said()).not.toContain('PERINGATAN');
  expect(await health(both)).toMatchObject({ alarms: [], warnings: [] });
  await both.stop();
  // The service needs the owner's address for a new release alone.
  const alone = await open({ DATABASE_OWNER_URL: '' });
  expect(alone.said()).not.toContain('PERINGATAN');
  expect(await health(alone)).toMatchObject({ alarms: [], warnings: [] });
  await alone.stop();
});

test('a role with too many rights is told how they are taken away; one with too few, which', async () => {
  await house.db.execute(sql.raw(`grant update on signature to ${SERVICE}`));
  const wide = await open({ DATABASE_OWNER_URL: '' });
  expect(wide.said()).toContain(`PERINGATAN: pengguna basis data ${SERVICE} dapat mengubah`);
  expect(wide.said()).toContain('  DATABASE_OWNER_URL=postgres://PEMILIK:SANDI@… npm run migrate');
  await wide.stop();

  await house.db.execute(sql.raw(`revoke insert on person, withdrawal from ${SERVICE}`));
  const refused = await open({ DATABASE_OWNER_URL: '' }).catch((error: unknown) => String(error));
  expect(refused).toContain(
    `Pengguna basis data ${SERVICE} kekurangan hak: INSERT person, INSERT withdrawal.\nJalankan sebagai pemilik basis data: DATABASE_OWNER_URL=`,
  );
  // As it says.
  const env = { ...process.env, DATABASE_URL: house.serviceUrl, DATABASE_OWNER_URL: house.url };
  const migrated = await new Promise<number>((done) => {
    const child = execFile(process.execPath, ['dist/migrate.js'], { env }, () => done(child.exitCode ?? -1));
  });
  expect(migrated).toBe(0);
  expect(await standing(house.serviceUrl)).toEqual(well(SERVICE));
});

test('a tool of the operator that has only the service’s address says which it needs', async () => {
  const invite = (DATABASE_OWNER_URL: string) =>
    new Promise<{ code: number; error: string }>((done) => {
      const env = { ...process.env, DATABASE_URL: house.serviceUrl, DATABASE_OWNER_URL };
      const args = ['dist/appoint-officer.js', 'invite', 'kesbangpol', 'Budi Contoh'];
      const child = execFile(process.execPath, args, { env }, (_error, _out, error) =>
        done({ code: child.exitCode ?? -1, error }),
      );
    });
  expect(await invite('')).toEqual({
    code: 1,
    error:
      'Pengguna basis data ini tidak berhak (42501). Isi DATABASE_OWNER_URL dengan alamat pemilik tabelnya.\n',
  });
  expect((await invite(house.url)).error).toContain('Tidak ada penyelenggara');
});

test('a data folder of an earlier release gets the role by itself, and another password if that is gone', async () => {
  const folder = join(data, 'lama');
  await mkdir(join(folder, 'keys'), { recursive: true });
  await chmod(folder, 0o711);
  const password = 'a'.repeat(32);
  await writeFile(join(folder, 'keys/postgres'), `${password}\n`, { mode: 0o600 });
  const before = await startPostgres(join(folder, 'pg'), { password });
  await before.stop();

  const start = () =>
    openDoor({
      data: folder,
      url: '',
      origin: 'https://ikrar.test',
      more: { DATABASE_URL: '', DATABASE_OWNER_URL: '' },
    });
  const path = join(folder, 'keys/postgres-layanan');
  const passwords: string[] = [];
  for (const again of [false, true]) {
    if (again) await rm(path);
    const door = await start();
    try {
      expect(door.said()).not.toContain('PERINGATAN');
      expect(await health(door)).toMatchObject({ alarms: [], warnings: [] });
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      passwords.push((await readFile(path, 'utf8')).trim());
      const port = (await readFile(join(folder, 'pg/postmaster.pid'), 'utf8')).split('\n')[3]!;
      const url = `postgres://${SERVICE}:${passwords.at(-1)}@127.0.0.1:${port}/ikrar`;
      expect(await standing(url)).toEqual(well(SERVICE));
      // Whom the service itself is.
      const who = await within(as(url, 'ikrar', password), (db) =>
        db.execute<{ name: string }>(
          sql`select distinct usename as name from pg_stat_activity where application_name like 'ikrar%' and pid <> pg_backend_pid()`,
        ),
      );
      expect(who).toEqual([{ name: SERVICE }]);
    } finally {
      await door.stop();
    }
  }
  expect(new Set(passwords).size).toBe(2);
});

/** `npm run migrate` in each combination of addresses: it says what it has done, and ends with 1 where it hasn't. */
import { execFile } from 'node:child_process';
import postgres from 'postgres';
import { afterAll, expect, inject, test } from 'vitest';
import { SERVICE } from '../../src/rights.ts';

const server = inject('postgres');
const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
const suffix = crypto.randomUUID().slice(0, 8);
const databases: string[] = [];
const roles: string[] = [];
afterAll(async () => {
  for (const name of databases) await admin.unsafe(`drop database if exists ${name} with (force)`);
  for (const name of roles) await admin.unsafe(`drop role if exists ${name}`);
  await admin.end();
});

async function databaseOf(name: string, { prepared = true, owner = '' } = {}): Promise<string> {
  const full = `t_migrate_${name}_${suffix}`;
  databases.push(full);
  await admin.unsafe(
    `create database ${full} ${owner ? `owner ${owner}` : ''} ${prepared ? 'template template_ikrar strategy file_copy' : ''}`,
  );
  return `${server}/${full}`;
}
const as = (url: string, username: string, password = 'ikrar'): string =>
  Object.assign(new URL(url), { username, password }).href;

/** Said after five seconds, as on a busy machine: that it works or waits (prepare.test.ts holds both). */
const LATE =
  /^(?:Basis data sedang disiapkan; ini dapat memakan waktu|Menunggu proses lain yang sedang menyiapkan basis data) …\n/gm;

const run = (program: string, owner: string, service: string, args: string[] = []) =>
  new Promise<{ code: number; out: string; error: string }>((done) => {
    const env = { PATH: process.env.PATH, DATABASE_OWNER_URL: owner, DATABASE_URL: service };
    const child = execFile(process.execPath, [program, ...args], { env }, (_error, out, error) =>
      done({ code: child.exitCode ?? -1, out: out.replace(LATE, ''), error }),
    );
  });
const migrate = (owner: string, service: string, args?: string[]) =>
  run('dist/migrate.js', owner, service, args);

const READY = 'Basis data siap: tabel, fungsi, kode wilayah, dan naskah dari versi ini.\n';
const tables = async (url: string): Promise<number> => {
  const inside = postgres(url, { max: 1 });
  const [row] = await inside<{ n: number }[]>`
    select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  await inside.end();
  return row!.n;
};

test('both addresses: the role is named, made where there is none, and again', async () => {
  const name = `t_layanan_${suffix}`;
  roles.push(name);
  const url = await databaseOf('both', { prepared: false });
  for (const _ of [1, 2])
    expect(await migrate(url, as(url, name, 'sandi'))).toEqual({
      code: 0,
      out: `${READY}Peran ${name} sudah diberi haknya.\n`,
      error: '',
    });
  expect(await migrate(url, as(url, name, 'lain'))).toEqual({
    code: 1,
    out: '',
    error:
      'Tabel sudah disiapkan, tetapi layanan tidak dapat masuk. Basis data menolak sandi (28P01). Periksa DATABASE_URL.\n',
  });
});

test('one address: the owner alone is told what is missing, the service alone that it prepares nothing', async () => {
  const url = await databaseOf('alone');
  for (const [owner, service] of [
    [url, ''],
    ['', url],
  ] as const)
    expect(await migrate(owner, service)).toMatchObject({
      code: 0,
      out: `${READY}Peran ${SERVICE} sudah diberi haknya.\n`,
    });
  expect(await migrate('', as(url, SERVICE))).toEqual({
    code: 1,
    out: '',
    error: `${SERVICE} di DATABASE_URL bukan pemilik tabel. Jalankan sebagai pemiliknya: DATABASE_OWNER_URL=postgres://PEMILIK:SANDI@… npm run migrate\n`,
  });
  expect(await migrate(url, url)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Peran untuk layanan belum ada. Isi DATABASE_OWNER_URL'),
  });
});

test('the addresses are swapped', async () => {
  const url = await databaseOf('swapped');
  expect(await migrate(as(url, SERVICE), url)).toEqual({
    code: 1,
    out: '',
    error: `${SERVICE} di DATABASE_OWNER_URL bukan pemilik tabel. Mungkin kedua alamat tertukar.\n`,
  });
});

test('two databases: nothing is prepared, also where the role isn’t there yet; a start says the same', async () => {
  const [one, two] = [await databaseOf('one', { prepared: false }), await databaseOf('two')];
  const refused = {
    code: 1,
    out: '',
    error:
      'DATABASE_OWNER_URL dan DATABASE_URL menuju dua basis data. Samakan server dan nama basis datanya. Tidak ada yang disiapkan.\n',
  };
  expect(await migrate(one, as(two, SERVICE))).toEqual(refused);
  expect(await migrate(one, as(two, `t_belum_${suffix}`, 'sandi'))).toEqual(refused);
  expect(await tables(one)).toBe(0);
  expect(await run('dist/node.js', one, as(two, SERVICE))).toMatchObject({ code: 1, error: refused.error });
  expect(await run('dist/node.js', two, as(one, SERVICE))).toMatchObject({ code: 1, error: refused.error });
  // One that isn't prepared at all.
  const office = await run('dist/appoint-officer.js', one, one, ['list']);
  expect(office).toEqual({
    code: 1,
    out: '',
    error: 'Tabelnya tidak ada, jalankan dahulu npm run migrate (42P01). Periksa DATABASE_URL.\n',
  });
});

test('an owner that may make no role: not done yet', async () => {
  const [owner, name] = [`t_pemilik_${suffix}`, `t_admin_${suffix}`];
  roles.push(owner, name);
  await admin.unsafe(`create role ${owner} login password 'sandi'`);
  const url = as(await databaseOf('managed', { prepared: false, owner }), owner, 'sandi');
  const left = await migrate(url, as(url, name, 'sandi'));
  expect(left).toMatchObject({ code: 1, out: expect.stringContaining(`CREATE ROLE "${name}" LOGIN`) });
  await admin.unsafe(`create role ${name} login password 'sandi'`);
  expect((await migrate(url, as(url, name, 'sandi'))).out).toContain(`Peran ${name} sudah diberi haknya.`);
});

test('words that it doesn’t know, its help, no address, and an owner’s wrong password', async () => {
  const url = await databaseOf('words');
  expect(await migrate(url, as(url, SERVICE), ['foo'])).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringMatching(/^Tidak dikenal: foo\n\nnpm run migrate\n/),
  });
  expect(await migrate('', '', ['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('DATABASE_OWNER_URL  alamat untuk pemilik tabel'),
  });
  expect(await migrate('', '')).toMatchObject({
    code: 1,
    error: expect.stringContaining('Isi DATABASE_URL'),
  });
  expect(await migrate(as(url, 'ikrar', 'salah'), as(url, SERVICE))).toEqual({
    code: 1,
    out: '',
    error:
      'Basis data tidak dapat disiapkan. Basis data menolak sandi (28P01). Periksa DATABASE_OWNER_URL.\n',
  });
});

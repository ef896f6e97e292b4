/** `npm run office`, at a database: what the installation itself knows of offices. */
import { execFile } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as officers from '../../src/office/officers.ts';
import { Authenticator } from '../authenticator.ts';
import { openHouse } from '../house.ts';
import { enter, found, joinBy, login } from '../office/office.ts';

const house = await openHouse();
const { db, url } = house;

const run = (args: string[], answer = ''): Promise<{ code: number; out: string; error: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATABASE_URL: url };
    const child = execFile(
      process.execPath,
      ['dist/appoint-officer.js', ...args],
      { env },
      (_error, out, error) => done({ code: child.exitCode ?? -1, out, error }),
    );
    child.stdin!.end(answer);
  });
const tokenIn = (out: string): string => /kantor\/masuk#([\w-]{43})/.exec(out)![1]!;

test('invites as what it is told, and gives penyelenggara back', { timeout: 60_000 }, async () => {
  const office = await found(house, { nama: 'Kantor Peran' });
  for (const role of [
    ['--peran', 'raja'],
    ['--peran', 'petugas'],
    ['--peran', 'piket', '--kegiatan', 'x'],
    ['--sampai', 'besok'],
    ['--jabatan', 'x'.repeat(161)],
  ]) {
    const said = await run(['invite', office.organizerId, 'Budi', ...role]);
    expect(said).toMatchObject({ code: 1, error: expect.stringContaining('npm run office') });
  }
  const foreign = await run(['invite', office.organizerId, 'Budi', '--peran', 'petugas', '--kegiatan', 'x']);
  expect(foreign.error).toContain('Penyelenggara itu tidak punya kegiatan dengan id itu.');
  const past = await run(['invite', office.organizerId, 'Budi', '--sampai', '2020-01-01']);
  expect(past.error).toContain('Tanggal akhirnya sudah lewat.');

  const role = ['--peran', 'pengawas', '--lembaga', 'Bawaslu  Contoh', '--jabatan', 'Ketua'];
  const invited = await run([
    'invite',
    office.organizerId,
    'Budi Contoh',
    ...[...role, '--sampai', '2098-12-31'],
  ]);
  expect(invited.out).toContain('Perannya pengawas.');
  expect((await enter(house, tokenIn(invited.out), new Authenticator(), {})).ok).toBe(true);
  const budi = (await officers.list(db, office.organizerId)).find(({ nama }) => nama === 'Budi Contoh')!;
  expect(budi.roles).toMatchObject([
    {
      peran: 'pengawas',
      lembaga: 'Bawaslu Contoh',
      jabatan: 'Ketua',
      sampai: new Date('2098-12-31T16:59:59Z'),
    },
  ]);
  expect((await run(['list'])).out).toMatch(/Budi Contoh, sejak .*\n {8}peran: pengawas\n/);

  await db.execute(sql`update officer_role set ended_at = now() where peran = 'penyelenggara'`);
  expect((await run(['list'])).out).toMatch(/Petugas Pertama, sejak .*\n {8}peran: tidak ada\n/);
  expect(await run(['restore', budi.id], 'tidak\n')).toMatchObject({
    code: 1,
    error: 'Tidak ada yang diubah.\n',
  });
  expect((await run(['restore', budi.id], 'Budi Contoh\n')).out).toContain(
    'Budi Contoh sekarang penyelenggara.',
  );
  expect(await run(['restore', budi.id, '--yes'])).toMatchObject({
    code: 1,
    error: 'Petugas itu sudah penyelenggara. Tidak ada yang diubah.\n',
  });
  expect(await run(['restore', crypto.randomUUID(), '--yes'])).toMatchObject({ code: 1 });
});

test('founds, lists, invites and vouches', { timeout: 60_000 }, async () => {
  for (const args of [[], ['vouch'], ['invite', 'x'], ['invite', 'x', ' '], ['hapus'], ['list', 'x']]) {
    expect(await run(args)).toMatchObject({ code: 1, error: expect.stringContaining('npm run office') });
  }
  const first = await found(house, { nama: 'Kantor Pertama' });
  const founding = tokenIn((await run(['found'])).out);
  const fields = { nama: 'Petugas Lain', penyelenggara: 'Bawaslu Contoh', wilayah: '62.01' };
  expect((await enter(house, founding, new Authenticator(), fields)).ok).toBe(true);

  const invited = await run(['invite', first.organizerId, 'Budi  Contoh']);
  expect(invited.out).toContain('Untuk Budi Contoh. Berlaku 48 jam, satu kali pakai.');
  expect((await enter(house, tokenIn(invited.out), new Authenticator(), {})).ok).toBe(true);
  expect(await run(['invite', 'tidakada', 'Budi'])).toMatchObject({
    code: 1,
    error: 'Tidak ada penyelenggara dengan id itu. Lihat: npm run office -- list\n',
  });

  const third = await joinBy(house, first, 'Siti Contoh');
  const two = async (): Promise<boolean> => {
    const [row] = await db.execute<{ two: boolean }>(
      sql`select two_people(${first.officerId}::uuid, ${third.officerId}::uuid) as two`,
    );
    return row!.two;
  };
  for (const answer of ['', 'tidak\n']) {
    expect(await run(['vouch', third.officerId], answer)).toMatchObject({
      code: 1,
      error: 'Tidak ada yang diubah.\n',
    });
  }
  expect(await two()).toBe(false);
  expect((await run(['vouch', third.officerId], 'Siti Contoh\n')).code).toBe(0);
  expect(await two()).toBe(true);
  expect(await run(['vouch', crypto.randomUUID(), '--yes'])).toMatchObject({ code: 1 });

  // A name that somebody has leads nowhere, and says so here.
  const named = await run(['invite', first.organizerId, 'siti contoh']);
  expect(named).toMatchObject({ code: 1, error: expect.stringContaining('npm run office -- key <petugas>') });
  const vouching = await run(['vouch', third.officerId], 'tidak\n');
  expect(vouching.out).toMatch(/Siti Contoh, kunci [0-9a-f]{8}, dibuat .* WIB\n/);
  const key = await run(['key', third.officerId]);
  expect(key.out).toContain('Kunci sandi baru untuk Siti Contoh. Berlaku 48 jam, satu kali pakai.');
  const phone = new Authenticator();
  expect((await enter(house, tokenIn(key.out), phone, {})).ok).toBe(true);
  expect((await login(house, phone)).ok).toBe(true);

  const { out } = await run(['list']);
  expect(out).toContain(`${first.organizerId}  Kantor Pertama (62.01)`);
  expect(out).toMatch(/Budi Contoh, sejak .* WIB, diundang pengelola layanan\n/);
  expect(out).toMatch(/Siti Contoh, sejak .* WIB, diundang Petugas Pertama, dijamin pengelola layanan\n/);
  expect(await officers.openLinks(db, first.organizerId)).toEqual([]);

  expect(await run(['remove', third.officerId], 'Budi Contoh\n')).toMatchObject({ code: 1 });
  expect((await run(['remove', third.officerId], 'Siti Contoh\n')).out).toContain(
    'Siti Contoh dikeluarkan. Sesi, tautan, dan pengajuannya berakhir.',
  );
  expect((await login(house, phone)).ok).toBe(false);
});

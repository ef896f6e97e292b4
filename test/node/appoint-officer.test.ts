/** `npm run office`, at a database: what the installation itself knows of offices. */
import { execFile } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { formatInstant } from '../../src/lib/zone.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import { Authenticator } from '../authenticator.ts';
import { makeEvent } from '../event.ts';
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
const YEAR = new Date().getUTCFullYear() + 5;
const LAST = `${YEAR}-12-31`;
const BEGIN = new Date(`${YEAR}-11-30T17:00:00Z`);
const END = new Date(`${LAST}T16:59:59Z`);
const tokenIn = (out: string): string => /kantor\/masuk#([\w-]{43})/.exec(out)![1]!;

test('invites as what it is told, and gives penyelenggara back', async () => {
  const office = await found(house, { nama: 'Kantor Peran' });
  for (const [role, sentence] of [
    [['--peran', 'raja'], 'Peran "raja" tidak ada. Pilih: penyelenggara, petugas, pengawas, saksi, piket.'],
    [['--peran', 'petugas'], 'Peran petugas untuk satu kegiatan. Tulis --kegiatan <id>'],
    [['--peran', 'piket', '--kegiatan', 'x'], 'Peran piket untuk semua kegiatan. Hapus --kegiatan.'],
    [['--sampai', 'besok'], 'Tanggal "besok" tidak ada. Tulis --sampai seperti 2026-12-31.'],
    [['--mulai', '2098-02-30'], 'Tanggal "2098-02-30" tidak ada. Tulis --mulai seperti 2026-12-31.'],
    [['--mulai', LAST, '--sampai', `${YEAR}-12-30`], 'Tanggal --mulai sesudah tanggal --sampai.'],
    [['--sampai', '2098-12-31'], 'Tanggal --sampai paling lama 10 tahun dari sekarang.'],
    [['--jabatan', 'x'.repeat(161)], 'Isi --jabatan terlalu panjang.'],
    [['--peram', 'saksi'], 'Pilihan --peram tidak dikenal.'],
    [['--peran'], 'Isi pilihan --peran salah atau belum ditulis.'],
    [['Contoh'], 'Kata "Contoh" berlebih. Nama ditulis di antara tanda kutip.'],
  ] as const) {
    const said = await run(['invite', office.organizerId, 'Budi', ...role]);
    expect(said.code).toBe(1);
    expect(said.error).toContain(sentence);
    // What was wrong, and where the help is: two lines.
    expect(said.error).toMatch(/^[^\n]+\nBantuan: npm run office -- --help\n$/);
  }
  const foreign = await run(['invite', office.organizerId, 'Budi', '--peran', 'petugas', '--kegiatan', 'x']);
  expect(foreign.error).toContain('Penyelenggara itu tidak punya kegiatan dengan id itu.');
  const past = await run(['invite', office.organizerId, 'Budi', '--sampai', '2020-01-01']);
  expect(past.error).toContain('Tanggal akhirnya sudah lewat.');
  const early = await run(['invite', office.organizerId, 'Budi', '--mulai', '2020-01-01']);
  expect(early.error).toContain('Tanggal mulainya sudah lewat.');

  const role = ['--peran', 'pengawas', '--lembaga', 'Bawaslu  Contoh', '--jabatan', 'Ketua'];
  const invited = await run(['invite', office.organizerId, 'Budi Contoh', ...[...role, '--sampai', LAST]]);
  expect(invited.out).toContain(`Perannya pengawas.\nPerannya berakhir ${formatInstant(END, 'WIB')}.`);
  expect((await enter(house, tokenIn(invited.out), new Authenticator(), {})).ok).toBe(true);
  const budi = (await officers.list(db, office.organizerId)).find(({ nama }) => nama === 'Budi Contoh')!;
  expect(budi.roles).toMatchObject([
    {
      peran: 'pengawas',
      lembaga: 'Bawaslu Contoh',
      jabatan: 'Ketua',
      sampai: END,
    },
  ]);
  expect((await run(['list'])).out).toContain(
    `\n        peran: pengawas, Ketua, Bawaslu Contoh, sampai ${formatInstant(END, 'WIB')}\n`,
  );

  const days = ['--mulai', `${YEAR}-12-01`, '--sampai', LAST];
  const later = await run(['invite', office.organizerId, 'Rina Contoh', '--peran', 'saksi', ...days]);
  expect(later.out).toContain(`Perannya mulai berlaku ${formatInstant(BEGIN, 'WIB')}.\n`);
  expect((await enter(house, tokenIn(later.out), new Authenticator(), {})).ok).toBe(true);
  expect((await run(['list'])).out).toContain(
    `\n        peran: saksi, mulai berlaku ${formatInstant(BEGIN, 'WIB')}, sampai ${formatInstant(END, 'WIB')}\n`,
  );

  const { kegiatanId } = await makeEvent(db, { of: office });
  const event = ['--peran', 'petugas', '--kegiatan', kegiatanId];
  const desk = await run(['invite', office.organizerId, 'Tono Contoh', ...event]);
  expect((await enter(house, tokenIn(desk.out), new Authenticator(), {})).ok).toBe(true);
  const { out } = await run(['list']);
  expect(out).toContain(`    kegiatan ${kegiatanId}  Deklarasi Contoh\n`);
  expect(out).toContain(`        peran: petugas "Deklarasi Contoh" (${kegiatanId})\n`);

  await db.execute(sql`update officer_role set ended_at = now() where peran = 'penyelenggara'`);
  expect((await run(['list'])).out).toMatch(/Petugas Pertama, sejak .*\n {8}peran: tidak ada\n/);
  expect(await run(['restore', budi.id], 'tidak\n')).toMatchObject({
    code: 1,
    error: 'Tidak ada yang diubah.\n',
  });
  const restored = (await run(['restore', budi.id], 'Budi Contoh\n')).out;
  expect(restored).toContain('Pengajuan pencabutannya yang belum disetujui lalu berakhir.');
  expect(restored).toContain('Budi Contoh sekarang penyelenggara.');
  expect(await run(['restore', budi.id, '--yes'])).toMatchObject({
    code: 1,
    error: 'Petugas itu sudah penyelenggara. Tidak ada yang diubah.\n',
  });
  expect(await run(['restore', crypto.randomUUID(), '--yes'])).toMatchObject({ code: 1 });
});

test('founds, lists, invites and vouches', async () => {
  for (const [args, sentence] of [
    [[], 'npm run office -- list\n'],
    [['vouch'], 'Id petugas belum ditulis.'],
    [['invite'], 'Id penyelenggara belum ditulis.'],
    [['invite', 'x'], 'Nama petugas belum ditulis.'],
    [['invite', 'x', ' '], 'Nama petugas belum ditulis.'],
    [['invite', 'x', '@'], 'Nama "@" tidak dapat dipakai.'],
    [['hapus'], 'Perintah "hapus" tidak dikenal.'],
    [['toString'], 'Perintah "toString" tidak dikenal.'],
    [['list', 'x'], 'Kata "x" berlebih.'],
  ] as const) {
    expect(await run([...args])).toMatchObject({ code: 1, error: expect.stringContaining(sentence) });
  }
  const help = await run(['--help']);
  expect(help.code).toBe(0);
  expect(help.out).toContain('isi DATABASE_OWNER_URL dan DATABASE_URL');
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
  expect(out).toMatch(/Budi Contoh, sejak .* WIB, dikenal lewat pengelola layanan\n/);
  expect(out).toMatch(
    /Siti Contoh, sejak .* WIB, dikenal lewat Petugas Pertama, dijamin pengelola layanan\n/,
  );
  expect(await officerLinks.openLinks(db, first.organizerId)).toEqual([]);

  expect(await run(['remove', third.officerId], 'Budi Contoh\n')).toMatchObject({ code: 1 });
  expect((await run(['remove', third.officerId], 'Siti Contoh\n')).out).toContain(
    'Siti Contoh dikeluarkan. Sesi, tautan, dan pengajuannya berakhir.',
  );
  expect((await login(house, phone)).ok).toBe(false);
});

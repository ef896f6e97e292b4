/** `npm run erase`, at a database. */
import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services, url, request } = await openHouse();

const run = (args: string[], answer = ''): Promise<{ code: number; out: string; error: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATABASE_URL: url };
    const child = execFile(process.execPath, ['dist/erase.js', ...args], { env }, (_error, out, error) =>
      done({ code: child.exitCode ?? -1, out, error }),
    );
    child.stdin!.end(answer);
  });

test('asks for the code once more, and does nothing without it', async () => {
  const { row } = await hasSigned(services, (await openCast(db)).siti);
  await services.publish();
  const kode = formatCode(row.kode);

  const usage = await run([kode]);
  expect(usage).toMatchObject({ code: 1 });
  expect(usage.error).toContain('npm run erase');
  expect(await run([kode, '--reason', 'NIK 6201010101010001'])).toMatchObject({ code: 1 });

  const refused = await run([kode, '--reason', 'Permohonan penghapusan'], 'tidak\n');
  expect(refused).toMatchObject({ code: 1, error: 'Tidak ada yang dihapus.\n' });
  expect(refused.out).toContain('Hj. Siti Contoh');
  expect(refused.out).toContain('Perlu pengganti di baris itu? Minta kantor mencabutnya dahulu.');
  expect((await request(`/p/${kode}/bukti.json`)).status).toBe(200);

  // The reason is published.
  const named = await run([kode, '--reason', 'Permohonan SITI CONTOH', '--yes']);
  expect(named).toMatchObject({
    code: 1,
    error: 'Alasan itu menyebut namanya, padahal diumumkan. Tulis tanpa nama.\n',
  });

  // The end of the input is a no.
  const nobody = await run([kode, '--reason', 'Permohonan penghapusan']);
  expect(nobody).toMatchObject({ code: 1, error: 'Tidak ada yang dihapus.\n' });

  const done = await run([kode, '--reason', 'Permohonan penghapusan'], `${kode.toLowerCase()}\n`);
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.out).toContain('Namanya masih ada di tempat berikut.');
  expect(done.out).toContain('  Deklarasi Netralitas Kepala Desa dan Lurah: baris daftar yang sekarang\n');
  expect(done.out).toContain('- Cadangan, replika yang tertinggal, dan arsip WAL basis data.');
  expect(done.out).not.toContain('Ikrar lain');
  // Other columns that were emptied have no bytes left in their files only if those are written anew.
  expect(done.out).toContain('dengan --full saat sepi');
  expect((await request(`/p/${kode}/bukti.json`)).status).toBe(410);

  const again = await run([kode, '--reason', 'Permohonan penghapusan', '--yes']);
  expect(again).toMatchObject({
    code: 1,
    error: 'Data ikrar itu sudah dihapus. Sisanya, bila ada, baru saja dibersihkan.\n',
  });
  expect(await run([kode, '--reason', 'Permohonan penghapusan', '--yes', '--full'])).toEqual(again);
});

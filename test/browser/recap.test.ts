/** A recap as an officer takes it home: rows chosen, a form chosen, whole numbers for a reason, and what is too long for paper told. */
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { readXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
await serve(house);

test('from the page to the file', { timeout: 120_000 }, async () => {
  const office = await found(house, {
    nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  });
  const cast = await openCast(house.db, { of: office });
  await hasSigned(house.services, cast.siti);
  await house.services.publish();
  const phone = await openPhone({ width: 360, height: 640, passkeys: false });
  const [name, value] = office.cookie.split('=');
  await phone.context.addCookies([{ name: name!, value: value!, url: origin }]);
  const { page } = phone;
  page.setDefaultTimeout(15_000);
  /** `LOOK=<folder>` keeps a picture, narrow and wide. */
  const look = async (what: string): Promise<void> => {
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      if (process.env.LOOK)
        await page.screenshot({ path: `${process.env.LOOK}/rekap-${what}-${width}.png`, fullPage: true });
    }
  };
  const saved = async (button: string): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button, exact: true }).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
  };
  const column = async (bytes: Uint8Array<ArrayBuffer>, heading: string) => {
    const [head, ...rows] = (await readXlsx(bytes)).sheets[0]!.rows;
    return rows.map((row) => row[head!.indexOf(heading)] ?? null);
  };

  await page.goto(`${origin}/kantor/kegiatan/${cast.kegiatanId}/ekspor`);
  await page.getByText('Perlu NIP lengkap?').click();
  await look('pilihan');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('Belum tanda tangan').check();
  const outstanding = await saved('Unduh Excel');
  expect(outstanding.name).toMatch(/^belum-.*\.xlsx$/);
  expect(await column(outstanding.bytes, 'Status')).toEqual(['Belum', 'Belum', 'Belum']);
  const paper = await saved('Unduh PDF F4');
  expect(new TextDecoder().decode(paper.bytes.subarray(0, 5))).toBe('%PDF-');

  await page.getByLabel('Keperluan').fill('Verifikasi kepegawaian oleh BKPSDM');
  await page.getByLabel('Baris', { exact: true }).selectOption('Seluruh daftar');
  const whole = await saved('Unduh dengan NIP lengkap');
  expect(whole.name).toMatch(/^daftar-.*-nip-lengkap-.*\.xlsx$/);
  expect(await column(whole.bytes, 'NIP/NRP')).toContain('198609262015052001');

  await house.db.execute(sql`
    insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan, nip,
      pangkat, unit_kerja)
    select gen_random_uuid(), ${cast.kegiatanId}, 'tempat ' || n, 1, '62.01.02.1003', 'lurah/camat', '', 'Orang ' || n, '', 'Lurah', '', '', ''
    from generate_series(1, 2000) n`);
  await page.getByRole('button', { name: 'Unduh PDF A4' }).click();
  await page.getByText('Lebih dari 2.000 baris tidak muat dalam satu PDF').waitFor();
  expect(await page.getByLabel('Belum tanda tangan').isChecked()).toBe(true);
  await look('terlalu-panjang');
});

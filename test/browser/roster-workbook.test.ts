/** A workbook in a real browser: dropped on the page, its sheet chosen, its headings told, three rows mended, and all of it stored. */
import { expect, test } from 'vitest';
import * as people from '../../src/roster/people.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';
import { type SheetOf, workbookOf } from '../sheet/workbook-of.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
await serve(house);

const LONG = 'Prof. Dr. Ir. H. MUHAMMAD ABDURRAHMAN KARTOSUWIRYO NOTONEGORO WIRYOATMODJO, S.Sos., M.AP.';
const rows: SheetOf['rows'] = [
  ['DAFTAR KEPALA DESA DAN PENJABAT KEPALA DESA SE-KABUPATEN KOTAWARINGIN BARAT'],
  [],
  ['Urutan', 'Kecamatan', 'Wilayah Kerja', 'Pejabat Kades Definitif', 'NIP Pejabat', 'Masa Bakti'],
  [1, 'KUMAI', 'SUNGAI KAPITAN', LONG, null, '2021-2027'],
  [2, 'KUMAI', 'KUMAI HULU XX', 'CONTOH DUA', null, '2021-2027'],
  [3, 'KUMAI', 'SUNGAI TENDANG', 'CONTOH TIGA', 198609262015051000, '2021-2027'],
  [4, 'KUMAI', 'BUMI HARJO', 'KOSONG', null, null],
  ['JUMLAH', null, null, 4],
];
const file = Buffer.from(
  workbookOf({
    'Kepala Desa': { rows, merges: ['A1:F1', 'B4:B7'] },
    Rekap: [
      ['Kecamatan', 'Jumlah'],
      ['Kumai', 18],
    ],
  }),
);

test.each([
  [1280, 800],
  [360, 640],
])('on %i by %i', async (width, height) => {
  const office = await found(house, { nama: `Badan Kesatuan Bangsa dan Politik Lebar ${width}` });
  const event = await makeEvent(house.db, { of: office, unsur: ['kepala desa'] });
  const { page, context } = await openPhone({ width, height, passkeys: false });
  const [name, value] = office.cookie.split('=');
  await context.addCookies([{ name: name!, value: value!, url: origin }]);
  /** Nothing beside the screen, nothing that axe knows; `LOOK=<folder>` keeps a picture. */
  const look = async (what: string): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (process.env.LOOK) {
      await page.screenshot({ path: `${process.env.LOOK}/buku-kerja-${what}-${width}.png`, fullPage: true });
    }
    expect(await faultsOf(page)).toEqual([]);
  };

  await page.goto(`${origin}/kantor/kegiatan/${event.kegiatanId}/daftar/unggah`);
  await look('1-unggah');
  const drop = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], 'Data Kades DPMD 2026 (final) revisi.xlsx'));
    return transfer;
  }, file.toString('base64'));
  await page.dispatchEvent('main', 'dragover', { dataTransfer: drop });
  await page.dispatchEvent('main', 'drop', { dataTransfer: drop });

  await page.getByRole('heading', { name: 'Pilih lembar' }).waitFor();
  await look('2-lembar');
  await page.getByLabel('Kepala Desa').check();
  await page.getByRole('button', { name: 'Periksa lembar ini' }).click();

  await page.getByRole('heading', { name: 'Kolom berkas' }).waitFor();
  await look('3-kolom');
  await page.getByLabel('Wilayah Kerja dibaca sebagai').selectOption('Desa/Kelurahan');
  expect(await page.getByLabel('Pejabat Kades Definitif dibaca sebagai').inputValue()).toBe('Nama');
  expect(await page.getByLabel('NIP Pejabat dibaca sebagai').inputValue()).toBe('NIP/NRP');
  await page.getByLabel('Unsur, bila tidak ada kolomnya').selectOption('kepala desa');
  await page.getByRole('button', { name: 'Pakai dan periksa' }).click();

  await page.getByText('3 baris perlu diperbaiki').waitFor();
  await look('4-perbaiki');
  await page.locator('#baris-5').getByLabel('Wilayah Kerja').fill('TELUK PULAI');
  await page.locator('#baris-6').getByLabel('NIP Pejabat').fill('198609262015051001');
  await page.locator('#baris-7').getByLabel('Pejabat Kades Definitif').fill('CONTOH EMPAT');
  await page.getByRole('button', { name: 'Periksa lagi' }).first().click();

  await page.getByRole('button', { name: /^Simpan 4 baris/ }).waitFor();
  await look('5-pratinjau');
  for (const box of await page.getByRole('checkbox', { name: /^Ya, / }).all()) await box.check();
  for (const box of await page.locator('input[name=pasti][type=checkbox]').all())
    if (await box.isVisible()) await box.check();
  await page.getByRole('button', { name: /^Simpan 4 baris/ }).click();
  await page.waitForURL(/tersimpan=4/);
  await look('6-daftar');
  const stored = await people.all(house.db, event.kegiatanId);
  expect(stored.map(({ wilayah, nama, nip }) => [wilayah.slice(0, 8), nama, nip])).toHaveLength(4);
  expect(stored.find(({ nip }) => nip !== '')?.nama).toBe('CONTOH TIGA');
});

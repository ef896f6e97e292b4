/** Cards of a long list in a real browser: a part is made and saved while the page counts, and the page says so. */
import { readFile } from 'node:fs/promises';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { addPlaces, makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db } = house;
await serve(house);

test('part by part, on a phone and on a laptop; a list without names offers none', async () => {
  const office = await found(house, {
    nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  });
  const judul = 'Deklarasi Netralitas Kepala Desa, Lurah, Camat, dan ASN se-Kabupaten Kotawaringin Barat';
  const event = await makeEvent(db, { of: office, unsur: ['kepala desa', 'lurah/camat'], event: { judul } });
  const empty = await makeEvent(db, { of: office, unsur: ['kepala desa'], event: { judul: 'Yang Kosong' } });
  const nama = 'Prof. Dr. Ir. H. Muhammad Abdurrahman Kartosuwiryo Notonegoro Wiryoatmodjo';
  await addPlaces(
    db,
    event,
    [
      { wilayah: '62.01.01.2008', unsur: 'kepala desa', many: 400 },
      { wilayah: '62.01.02.2001', unsur: 'lurah/camat', many: 203 },
    ],
    nama,
  );
  const { page, context } = await openPhone({ width: 360, height: 640, passkeys: false });
  const [name, value] = office.cookie.split('=');
  await context.addCookies([{ name: name!, value: value!, url: origin }]);
  /** Nothing beside the screen, nothing that axe knows; `LOOK=<folder>` keeps a picture. */
  const look = async (what: string): Promise<void> => {
    for (const [width, height] of [
      [360, 640],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      if (process.env.LOOK)
        await page.screenshot({ path: `${process.env.LOOK}/kartu-${what}-${width}.png`, fullPage: true });
    }
    expect(await faultsOf(page)).toEqual([]);
  };
  const pathOf = ({ kegiatanId }: { kegiatanId: string }) => `${origin}/kantor/kegiatan/${kegiatanId}/kartu`;

  await page.goto(pathOf(event));
  await look('belum');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Unduh bagian 2' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`kartu-undangan-${event.kegiatanId}-501-603.pdf`);
  const file = await PDFDocument.load(await readFile(await download.path()));
  expect(file.getPageCount()).toBe(Math.ceil(103 / 8));
  await page.getByText('103 kartu, sudah dibuat').waitFor();
  await page.getByText('500 kartu, belum dibuat').waitFor();
  await look('dibuat');

  await page.goto(`${pathOf(event)}?wilayah=62.01.02&cari=Notonegoro`);
  await page.getByRole('button', { name: 'Buat 203 kartu (PDF)' }).waitFor();
  await look('pilihan');
  await page.getByLabel('Dari nomor').fill('1');
  await page.getByLabel('Sampai nomor').fill('9');
  await page.getByRole('button', { name: 'Cetak ulang' }).click();
  await page.getByText('Tidak ada kartu di pilihan ini').waitFor();
  await look('tidak-ada');

  await page.goto(pathOf(empty));
  await page.getByText('Belum ada nama, jadi belum ada kartu.').waitFor();
  await look('kosong');
});

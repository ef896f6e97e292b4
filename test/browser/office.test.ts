/** The office in a real browser: from the one-time link to cards in hand, and back in with a passkey. */
import { readFile } from 'node:fs/promises';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import * as officerLinks from '../../src/office/officer-links.ts';
import { openHouse } from '../house.ts';
import { appointed } from '../office/office.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';
import { faultyList, SURE, UNSURE, WRONG } from './faulty-list.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
await serve(house);

/** For a look at the pages by eye: `LOOK=<folder>` keeps a picture of each, narrow and wide. */
async function look(page: Awaited<ReturnType<typeof openPhone>>['page'], name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (!folder) return;
  for (const [width, height] of [
    [360, 640],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
}

test('from the first link, with a list full of mistakes, to cards, closing, and back in', async () => {
  const { page, verifyPerson } = await openPhone({ width: 1280, height: 800 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4')) faults.push(message.text());
  });

  // The link founds the organiser. An incomplete form says so field by field.
  const token = await officerLinks.foundingLink(house.db);
  await page.goto(`${origin}/kantor/masuk#${token}`);
  await page.getByText('daftarkan kantor Anda').waitFor();
  await look(page, '01-pendirian');
  await page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Wilayah belum dipilih' }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('cari-wilayah');
  expect(new URL(page.url()).hash).not.toBe('#cari-wilayah');
  await look(page, '02-pendirian-salah');
  await page.getByLabel('Nama kantor').fill('Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat');
  await page.getByRole('searchbox', { name: 'Wilayah' }).fill('kotawaringin');
  await page.getByLabel(/^Kotawaringin Barat, .*\(62\.01\)$/).check();
  await page.getByLabel('Nama Anda').fill('Rina Contoh');
  await look(page, '03-pendirian-terisi');
  await verifyPerson(false);
  await page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await page.getByRole('alert').waitFor();
  await verifyPerson(true);
  await page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await page.waitForURL(`${origin}/kantor`);
  await look(page, '04-kegiatan-kosong');

  // An event.
  await page.getByRole('link', { name: 'Buat kegiatan' }).click();
  await look(page, '05-kegiatan-baru');
  await page.getByRole('button', { name: 'Buat kegiatan' }).click();
  await page.getByText('5 isian perlu diperbaiki').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('perbaiki');
  await page.getByRole('alert').getByRole('link', { name: 'Tempat belum diisi' }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('tempat');
  await look(page, '06-kegiatan-salah');
  await page
    .getByLabel('Judul')
    .fill('Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat');
  await page.getByLabel('Jenis pemilihan').selectOption('pilkada');
  await page.getByLabel('Tempat').fill('Hotel Mercure, Pangkalan Bun');
  await page.getByLabel('Tanggal').fill('2030-11-23');
  await page.getByLabel('Batas waktu').fill('2030-11-30T16:00');
  await page.getByRole('button', { name: 'Buat kegiatan' }).click();
  await page.getByRole('heading', { name: 'Deklarasi Netralitas' }).waitFor();
  const here = page.url().replace(/#.*/, '');
  await look(page, '07-kegiatan-tanpa-daftar');

  // Its list, its words.
  await page.getByRole('link', { name: 'Isi daftar nama' }).click();
  await page.getByRole('link', { name: 'Isi daftar' }).click();
  await look(page, '08-unggah');
  const upload = async (names: readonly string[]): Promise<void> => {
    const buffer = Buffer.from(await faultyList(house.db, names));
    await page
      .getByLabel('Berkas Excel (.xlsx) atau CSV')
      .setInputFiles({ name: 'daftar.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Periksa berkas' }).click();
    await page.getByRole('heading', { name: 'Pratinjau daftar' }).waitFor();
  };
  await upload([...WRONG, ...UNSURE, ...SURE]);
  await page.getByText(/^4\d baris perlu diperbaiki$/).waitFor();
  await look(page, '09-pratinjau-salah');
  await page.goBack();
  await upload([...UNSURE, ...SURE]);
  await look(page, '09-pratinjau');
  for (const box of await page.getByLabel(/bacaan ini benar semua$/).all()) await box.check();
  await page.getByRole('button', { name: 'Simpan 94 baris' }).click();
  await page.getByText('94 baru.', { exact: true }).waitFor();
  await look(page, '10-daftar');
  await page.goto(here);
  await look(page, '11-kegiatan-tanpa-naskah');
  await page.getByRole('link', { name: 'Pilih naskah' }).click();
  await page.getByLabel('Kepala desa').selectOption('kades-pilkada/1');
  await look(page, '12-naskah-kegiatan');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('Siap dibuka').waitFor();
  await look(page, '13-siap');

  // Opening, after a question.
  await page.getByRole('link', { name: 'Buka kegiatan' }).click();
  await page.getByText('800/1/IKRAR/BKBP/XI/2030').waitFor();
  await look(page, '14-buka');
  await page.getByRole('button', { name: 'Buka kegiatan' }).click();
  await page.getByText('Sedang dibuka').waitFor();
  await look(page, '15-dibuka');
  await page.getByRole('link', { name: 'Ubah kegiatan' }).click();
  await look(page, '16-ubah');

  // Cards, with progress, and a new one.
  await page.goto(`${here}/kartu`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Buat 94 kartu (PDF)' }).click(),
  ]);
  const cards = await PDFDocument.load(await readFile(await download.path()));
  expect(cards.getPageCount()).toBe(Math.ceil(94 / 8));
  await page.getByRole('link', { name: 'Unduh kartu' }).waitFor();
  await page.goto(`${here}/kartu?cari=contoh`);
  await look(page, '17-kartu');
  const [renewed] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: /Kartu baru untuk/ })
      .first()
      .click(),
  ]);
  expect((await readFile(await renewed.path())).subarray(0, 5).toString()).toBe('%PDF-');

  // The desk: a name is mended, and the new card is at hand.
  await page.goto(here);
  await page.getByText('Pengingat untuk WhatsApp').click();
  const reminder = await page.getByLabel('Teks pengingat').inputValue();
  expect(reminder).toContain(`${origin}/u dan ketik kode`);
  expect(reminder).not.toContain('#');
  await page.goto(`${here}/daftar?status=belum`);
  await page
    .getByRole('link', { name: /Contoh/ })
    .last()
    .click();
  await page.getByLabel('Nama tanpa gelar').fill('Contoh Diperbaiki');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('Beri yang baru sekarang').waitFor();
  await look(page, '18-diperbaiki');
  await page.getByRole('button', { name: 'Tampilkan QR undangan' }).click();
  await page.getByRole('img', { name: 'Kode QR undangan' }).waitFor();
  await look(page, '18-qr');
  await page.goBack();
  await page.getByText('tetap berlaku').waitFor();

  // Officers and words.
  await page.goto(`${origin}/kantor/petugas`);
  await page.getByLabel('Nama petugas yang diundang').fill('Sari Contoh');
  await page.getByLabel('Peran', { exact: true }).selectOption('pengawas');
  await page.getByLabel('Lembaga').fill('Bawaslu Kabupaten Contoh');
  await page.getByLabel('Berlaku sampai').fill(`${new Date().getUTCFullYear() + 5}-12-31`);
  await page.getByRole('button', { name: 'Buat tautan undangan' }).click();
  await page.locator('#tautan').waitFor();
  await look(page, '18-petugas');
  await page.getByRole('button', { name: 'Tambah kunci sandi kedua di sini' }).click();
  await page.getByText('Perangkat ini sudah punya kunci sandi Anda').waitFor();
  await page.goto(`${origin}/kantor/naskah`);
  await look(page, '19-naskah');
  await page.getByRole('link', { name: 'KEPALA DESA DALAM PEMILIHAN KEPALA DAERAH' }).click();
  await look(page, '20-naskah-satu');
  await page.getByRole('link', { name: 'Tulis naskah dari yang ini' }).click();
  await look(page, '21-naskah-baru');
  await page.goto(`${origin}/kantor`);
  await look(page, '22-kegiatan');

  // Out, and back in to where one was.
  await page.getByRole('button', { name: 'Keluar' }).click();
  await page.waitForURL(/\/kantor\/masuk/);
  await page.goto(`${here}/kartu`);
  await page.waitForURL(/\/kantor\/masuk\?ke=/);
  await look(page, '23-masuk');
  await page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click();
  await page.waitForURL(`${here}/kartu`);
  await page.goto(`${here}/penutupan`);
  await page.getByRole('button', { name: 'Tutup kegiatan' }).click();
  await page.getByText('Kegiatan ditutup').waitFor();
  await look(page, '24-ditutup');
  expect(faults).toEqual([]);
});

test('an invited officer joins from their own device', async () => {
  const { page } = await openPhone();
  const [row] = await house.db.query.organizer.findMany();
  await page.goto(`${origin}/kantor/masuk#${await appointed(house.db, row!.id, null)}`);
  await page.getByText('Anda diundang menjadi petugas').waitFor();
  await look(page, '30-diundang');
  await page.getByLabel('Nama Anda').fill('Budi Contoh');
  await page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await page.waitForURL(`${origin}/kantor`);
  await page.goto(`${origin}/kantor/petugas`);
  await page.getByRole('link', { name: 'Keluarkan Rina Contoh' }).click();
  await look(page, '31-keluarkan');
  await page.goto(`${origin}/kantor/masuk#xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`);
  await page.getByText('Tautan ini tidak dikenal').waitFor();
  await look(page, '32-tautan-salah');
});

/** What the office's pages tell whoever can't see them change: a refusal at its field, with the focus there; what was made, and what was done. */
import { expect, test } from 'vitest';
import * as officerLinks from '../../src/office/officer-links.ts';
import { openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db } = house;
await serve(house);

test('on the officers’ page', async () => {
  const { organizerId } = await openCast(db);
  const made = await officerLinks.appoint(db, organizerId, 'Rina Contoh', {
    peran: 'penyelenggara',
    kegiatanId: null,
    lembaga: '',
    jabatan: '',
    mulai: null,
  });
  if (!made.ok) throw new Error(made.code);
  const { page } = await openPhone({ width: 360, height: 640 });
  await page.goto(`${origin}/kantor/masuk#${made.token}`);
  await page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await page.waitForURL(`${origin}/kantor`);
  await page.goto(`${origin}/kantor/petugas`);
  const focus = () => page.evaluate(() => document.activeElement?.id);
  const invites = page.getByRole('button', { name: 'Buat tautan undangan' });
  const name = page.getByLabel('Nama petugas yang diundang');
  const said = page.locator('#kabar');

  // One field: the focus is in it, and its sentence belongs to it.
  await page.getByLabel('Peran', { exact: true }).selectOption('saksi');
  await name.fill('RINA  Contoh');
  await invites.click();
  await said.getByText('Nama itu sudah dipakai petugas lain').waitFor();
  await expect.poll(focus).toBe('nama');
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('#nama-salah').innerText()).toContain('Tambahkan jabatan atau gelar');
  expect(await name.getAttribute('aria-describedby')).toBe('nama-petunjuk nama-salah');

  // Several at once are all told; the focus is where they stand together.
  await name.fill('');
  await page.getByLabel('Berlaku mulai').fill('2020-12-01');
  await page.getByLabel('Berlaku sampai').fill('2020-12-02');
  await invites.click();
  await said.getByRole('link', { name: /^Nama belum diisi/ }).waitFor();
  expect(await said.getByRole('link', { name: /^Tanggal ini sudah lewat/ }).count()).toBe(2);
  expect(await page.locator('[aria-invalid=true]').count()).toBe(3);
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('notice bad');

  // A link that was made: the focus is on it, and it says what it is.
  await name.fill('Dewi Contoh');
  await page.getByLabel('Berlaku mulai').fill('');
  await page.getByLabel('Berlaku sampai').fill('');
  await invites.click();
  await page.getByRole('group', { name: 'Tautan sekali pakai sudah dibuat' }).waitFor();
  await expect.poll(focus).toBe('tautan-baru');
  expect(await page.locator('#tautan').innerText()).toContain('/kantor/masuk#');

  // A refusal that is of no field is read, not lost with the button.
  await page.getByLabel('Peran', { exact: true }).selectOption('saksi');
  await name.fill('Dewi Contoh');
  await page.evaluate(() => {
    // After the button has rested long enough to lose the focus.
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    window.fetch = () =>
      frame()
        .then(frame)
        .then(() => Promise.reject(new TypeError('offline')));
  });
  await invites.click();
  await said.getByText('Tidak ada sambungan').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('notice bad');

  // What was done is said on the page that follows, once.
  await page.goto(`${origin}/kantor/petugas`);
  await page.getByRole('button', { name: /^Akhiri tautan untuk Dewi/ }).click();
  await page.getByRole('status').getByText('Tautan sudah diakhiri').waitFor();
  await page.getByRole('link', { name: /^Beri peran kepada Rina/ }).click();
  await page.getByLabel('Peran', { exact: true }).selectOption('pengawas');
  await page.getByRole('button', { name: 'Beri peran' }).click();
  await said.getByRole('status').getByText('Peran sudah diberikan').waitFor();
  await said.getByText('Untuk Rina Contoh.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('notice good');
  await page.reload();
  expect(await said.innerText()).toBe('');
  await page.getByRole('link', { name: /^Akhiri peran Pengawas/ }).click();
  await page.getByRole('button', { name: 'Akhiri peran saya' }).click();
  await said.getByRole('status').getByText('Peran sudah diakhiri').waitFor();
  await page.context().close();
});

/** A pledge is withdrawn in real browsers: one officer asks, another confirms, and a stranger who checks the file learns of it. */
import { expect, test } from 'vitest';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { appointed, settle } from '../office/office.ts';
import { pathOf } from '../withdrawal/withdraw.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

type Page = Awaited<ReturnType<typeof openPhone>>['page'];

/** For a look at the pages by eye: `LOOK=<folder>` keeps a picture of each. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('asked, confirmed, shown, checked', async () => {
  const first = await openPhone({ width: 1280, height: 800 });
  const second = await openPhone({ width: 360, height: 640 });

  await first.page.goto(`${origin}/kantor/masuk#${await officerLinks.foundingLink(db)}`);
  await first.page
    .getByLabel('Nama kantor')
    .fill('Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat');
  await first.page.getByRole('searchbox', { name: 'Wilayah' }).fill('kotawaringin');
  await first.page.getByLabel(/^Kotawaringin Barat, .*\(62\.01\)$/).check();
  await first.page.getByLabel('Nama Anda').fill('Rina Contoh');
  await first.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await first.page.waitForURL(`${origin}/kantor`);
  const organizer = (await db.query.organizer.findFirst())!;
  const [rina] = await officers.list(db, organizer.id);
  await second.page.goto(`${origin}/kantor/masuk#${await appointed(db, organizer.id, null)}`);
  await second.page.getByLabel('Nama Anda').fill('Dedi Contoh');
  await second.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await second.page.waitForURL(`${origin}/kantor`);

  await settle(house);
  const cast = await openCast(db, { of: { organizerId: organizer.id, officerId: rina!.id } });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  const path = pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti });

  await first.page.goto(`${origin}${path}`);
  await look(first.page, 'cabut-1-ajukan');
  await first.page.getByLabel('Alasan pencabutan').fill('NIK 6201010101010001');
  await first.page.getByRole('button', { name: 'Lanjut' }).click();
  await first.page.getByText('Alasan memuat nomor panjang').waitFor();
  await first.page.getByLabel('Alasan pencabutan').fill('Undangan dibuka di HP orang lain.');
  await first.page.getByRole('button', { name: 'Lanjut' }).click();
  await first.page.getByRole('heading', { name: 'Ajukan pencabutan ini?' }).waitFor();
  await look(first.page, 'cabut-1b-periksa');
  await first.page.getByRole('button', { name: 'Ajukan dengan kunci sandi' }).click();
  await first.page.getByText('Menunggu petugas kedua').waitFor();
  await look(first.page, 'cabut-2-menunggu');

  await second.page.goto(`${origin}/kantor/kegiatan/${cast.kegiatanId}`);
  await second.page.getByRole('link', { name: 'Hj. Siti Contoh, S.Sos., M.AP.' }).first().click();
  await look(second.page, 'cabut-3-setujui');
  await second.page.getByRole('button', { name: 'Periksa dan setujui' }).click();
  await second.page.getByRole('heading', { name: 'Setujui pencabutan ini?' }).waitFor();
  await look(second.page, 'cabut-3b-periksa');
  await second.page.getByRole('button', { name: 'Setujui dengan kunci sandi' }).click();
  await second.page.getByText('Kartu lama tidak berlaku lagi.').waitFor();
  await look(second.page, 'cabut-4-perbaiki');

  const stranger = await openPhone({ width: 360, height: 640 });
  await stranger.page.goto(`${origin}/p/${row.kode}`);
  await stranger.page.getByRole('heading', { name: 'Ikrar ini dicabut' }).waitFor();
  await look(stranger.page, 'cabut-5-publik');
  await stranger.page.goto(`${origin}/daftar/kegiatan/${cast.kegiatanId}`);
  await look(stranger.page, 'cabut-6-daftar');
  const proof = Buffer.from(await (await house.request(`/p/${row.kode}/bukti.json`)).arrayBuffer());
  await stranger.page.goto(`${origin}/periksa`);
  await stranger.page
    .getByLabel('Pilih berkas ikrar')
    .setInputFiles({ name: 'bukti.json', mimeType: 'application/json', buffer: proof });
  await stranger.page.getByText('Ikrar ini dicabut.', { exact: true }).waitFor();
  expect(await stranger.page.locator('.causes').innerText()).toContain('Undangan dibuka di HP orang lain.');
  await look(stranger.page, 'cabut-7-periksa');
});

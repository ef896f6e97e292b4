/** In the dark: every part of the site can be read, the words of a pledge and the QR stay black on white, and paper is light. */

import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { invitationLink } from '../../src/invitation/token.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { hasSigned, openCast, toStage } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { found, join } from '../office/office.ts';
import { asks } from '../withdrawal/withdraw.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

const SHEET = 'rgb(14, 23, 38)';
const WHITE = 'rgb(255, 255, 255)';
const ground = ({ page }: Phone, of: string) =>
  page.locator(of).evaluate((element) => getComputedStyle(element).backgroundColor);

async function inTheDark(width = 360): Promise<Phone> {
  const phone = await openPhone({ width });
  await phone.page.emulateMedia({ colorScheme: 'dark' });
  return phone;
}

/** Nothing that axe knows, contrast above all; `LOOK=<folder>` keeps a picture. */
async function reads(phone: Phone, name: string): Promise<void> {
  const { page } = phone;
  // Colours of a button that was just pressed fade.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => {}),
  );
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/gelap-${name}.png`, fullPage: true });
  expect(await ground(phone, 'body'), name).toBe(SHEET);
  const violations = await faultsOf(page);
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
    name,
  ).toEqual([]);
}

test('signing', async () => {
  const cast = await openCast(db);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  const link = invitationLink(origin, cards.find(({ personId }) => personId === cast.siti)!.token);
  const phone = await inTheDark();
  const { page } = phone;
  await page.goto(`${origin}/u`);
  await page.getByLabel('Kode di kartu undangan').fill('x');
  await page.getByRole('button', { name: 'Buka undangan' }).click();
  await page.getByText('Jumlah huruf tidak cocok').waitFor();
  await reads(phone, 'kode');
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  await reads(phone, 'data');
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await page.getByText('Centang kotak di atas dulu.').waitFor();
  await reads(phone, 'ikrar');
  expect(await ground(phone, '.pledge')).toBe(WHITE);
  await page.route(
    '**/undangan/tanda-tangan',
    async (route) => {
      await toStage(db, cast.kegiatanId, cast.officerId, 'ditutup');
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await page.getByText('Tanda tangan tersimpan di HP ini').waitFor();
  await reads(phone, 'ditolak');
  await toStage(db, cast.kegiatanId, cast.officerId, 'dibuka');
  await page.getByRole('button', { name: 'Coba buka lagi' }).click();
  await page.getByText('Baca yang ditandatangani').click();
  await reads(phone, 'tersimpan');
  await page.getByRole('button', { name: 'Kirim lagi' }).click();
  await page.getByText('Selesai. Terima kasih.').waitFor();
  await reads(phone, 'tercatat');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
  expect(await ground(phone, 'body')).toBe(WHITE);
});

test('what everyone may see', async () => {
  const cast = await openCast(db);
  await hasSigned(services, cast.siti);
  await services.publish();
  const { kode } = (await signatures.byPerson(db, cast.siti))!;
  const phone = await inTheDark();
  const paths = ['/', '/periksa', '/daftar', '/daftar?q=siti', '/catatan', '/tentang', '/tidak-ada'];
  for (const path of [...paths, `/p/${kode}`, `/p/${kode}/bukti`]) {
    await phone.page.goto(origin + path);
    await reads(phone, path.replaceAll(/\W+/g, '-'));
  }
});

test('the office', async () => {
  const office = await found(house);
  await join(house, office, 'Petugas Kedua');
  const cast = await openCast(db, { of: office });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  await asks(house, office, { kegiatanId: cast.kegiatanId, personId: cast.siti }, 'Salah baris.');
  const phone = await inTheDark(1280);
  const { page, context } = phone;
  await page.goto(`${origin}/kantor/masuk`);
  await reads(phone, 'masuk');
  const [name, value] = office.cookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: origin }]);
  const event = `/kantor/kegiatan/${cast.kegiatanId}`;
  const place = `${event}/daftar/${cast.siti}`;
  for (const path of [
    ...['/kantor', '/kantor/naskah', '/kantor/petugas', event, `${event}/ubah`, `${event}/daftar`],
    ...[`${event}/unggah`, `${event}/kartu`, place, `${place}/pencabutan`, `${event}/daftar/${cast.budi}`],
  ]) {
    await page.goto(origin + path);
    await reads(phone, path.replace(event, 'kegiatan').replaceAll(/\W+/g, '-'));
  }
  expect(row.kode).toHaveLength(12);
  await page.goto(`${origin}${event}/daftar/${cast.budi}`);
  await page.getByRole('button', { name: 'Tampilkan QR undangan' }).click();
  await page.locator('svg.qr').waitFor();
  await reads(phone, 'qr');
  expect(await ground(phone, 'svg.qr')).toBe(WHITE);
});

/** The audit trail in a real browser: read, filtered and opened with keys alone, on a small phone and on a laptop. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import * as events from '../../src/kegiatan/events.ts';
import * as records from '../../src/office/records.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

test('it is read, filtered and opened with keys alone, and keeps to a small screen', async () => {
  const office = await found(house);
  const by = actorOf(office);
  const cast = await openCast(db, { of: office });
  const event = (await events.byId(db, office.organizerId, cast.kegiatanId))!;
  await invitations.issueMissing(services.db, services.secret, cast.kegiatanId, by);
  await db.execute(sql`
    update riwayat r set at = n.at, isi = n.isi, sha256 = sha256(convert_to(n.isi, 'UTF8'))
    from (
      select u.id, u.at - interval '2 days' as at,
        regexp_replace(u.isi, 'waktu [^\n]+', 'waktu ' || ikrar_time(u.at - interval '2 days')) as isi from riwayat u) n
    where n.id = r.id`);
  await records.closeDays(services.db);
  await services.publish();
  await events.edit(services.db, by, cast.kegiatanId, {
    ...event,
    tempat: 'Aula Kantor Bupati',
    batas: new Date('2027-01-02T03:00:00Z'),
  });
  await events.close(services.db, by, cast.kegiatanId);

  const { page } = await openPhone({ width: 1280, height: 800 });
  const [name, value] = office.cookie.split('=') as [string, string];
  await page.context().addCookies([{ name, value, url: origin }]);
  const look = async (what: string): Promise<void> => {
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${what}.png`, fullPage: true });
  };
  await page.goto(`${origin}/kantor`);
  await page.getByRole('navigation', { name: 'Menu kantor' }).getByRole('link', { name: 'Riwayat' }).click();
  await page.getByText('menutup kegiatan').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await look('riwayat-1280');

  // With keys: what to choose, then the button, then a text.
  await page.getByLabel('Tindakan').focus();
  await page.getByLabel('Tindakan').selectOption('kartu-buat');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Saring' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/tindakan=kartu-buat/);
  const summary = page.locator('tbody summary');
  expect(await summary.count()).toBe(1);
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.getByText(/Masuk sidik hari .*, catatan nomor \d+\./).waitFor();
  expect(await page.locator('tbody pre').innerText()).toContain('tindakan kartu-buat\n');

  for (const [width, height] of [
    [320, 568],
    [360, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await look(`riwayat-dibuka-${width}`);
  }
  await page.goto(`${origin}/kantor/riwayat`);
  await look('riwayat-360');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'Saring' }).isVisible()).toBe(false);
  expect(await page.getByText('menutup kegiatan').isVisible()).toBe(true);
  await look('riwayat-cetak');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${origin}/kantor/riwayat?sampai=2000-01-01`);
  await page.getByText('Tidak ada yang cocok.').waitFor();
  await look('riwayat-kosong-360');
});

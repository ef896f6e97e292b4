/** A list of 94 full of mistakes in a real browser without scripts: mended in the file, made sure on the page, stored. */
import { expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import * as people from '../../src/roster/people.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';
import { faultyList, SURE, UNSURE, WRONG } from './faulty-list.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
await serve(house);

/** For a look at the pages by eye: `LOOK=<folder>` keeps a picture of each, narrow and wide. */
async function look(page: Awaited<ReturnType<typeof openPhone>>['page'], name: string): Promise<void> {
  for (const [width, height] of [
    [360, 640],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect([name, width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
      name,
      width,
      width,
    ]);
    const folder = process.env.LOOK;
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
}

test('94 rows of mistakes', async () => {
  const office = await found(house);
  const { kegiatanId } = await makeEvent(house.db, { of: office });
  const { page, context } = await openPhone({ javaScript: false, passkeys: false });
  const [name, value] = office.cookie.split('=');
  await context.addCookies([{ name: name!, value: value!, url: origin }]);
  const upload = async (names: readonly string[] | Uint8Array) => {
    await page.goto(`${origin}/kantor/kegiatan/${kegiatanId}/daftar/unggah`);
    const buffer = Buffer.from(names instanceof Uint8Array ? names : await faultyList(house.db, names));
    await page
      .getByLabel('Berkas Excel (.xlsx) atau CSV')
      .setInputFiles({ name: 'daftar.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Periksa berkas' }).click();
    await page.getByRole('heading', { name: 'Pratinjau daftar' }).waitFor();
  };

  await upload([...WRONG, ...UNSURE, ...SURE]);
  await page.getByText(/^4\d baris perlu diperbaiki$/).waitFor();
  await look(page, '1-salah');
  // A row of the summary is one tap away, also where it is folded.
  await page.getByRole('alert').getByRole('link').last().click();
  const row = new URL(page.url()).hash;
  await page.locator(row).waitFor({ state: 'visible' });

  await upload([...UNSURE, ...SURE]);
  await look(page, '2-pasti');
  await page.getByRole('button', { name: 'Simpan 94 baris' }).click();
  await page.getByText('Ada yang belum dipastikan').waitFor();
  await look(page, '3-belum-pasti');
  for (const box of await page.getByLabel(/bacaan ini benar semua$/).all()) await box.check();
  await page.getByRole('button', { name: 'Simpan 94 baris' }).click();
  await page.getByText('94 baru.', { exact: true }).waitFor();
  expect(await people.all(house.db, kegiatanId)).toHaveLength(94);

  // Fewer rows: who is left out is said, and leaves with a reason.
  const whole = new TextDecoder().decode(await faultyList(house.db, [...UNSURE, ...SURE]));
  await upload(utf8(whole.split('\r\n').slice(0, 83).join('\r\n')));
  await page.getByText('14 ada di daftar tetapi tidak di berkas').waitFor();
  await look(page, '4-kurang');
  await page.getByLabel('Keluarkan 14 tempat ini dari daftar').check();
  await page.getByLabel('Alasan dikeluarkan').fill('desa digabung');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByRole('link', { name: '14 dikeluarkan dari daftar' }).click();
  await look(page, '5-dikeluarkan');
  await page.getByRole('table').getByRole('link').first().click();
  await look(page, '6-tempat');
  await page.getByRole('button', { name: 'Kembalikan ke daftar' }).click();
  await page.getByText('Pernah dikeluarkan').waitFor();
  expect(await people.countRemoved(house.db, kegiatanId)).toBe(13);

  await upload([...SURE]);
  await look(page, '7-kembali');
});

/** The figure of a public list goes on by itself, and says as of when it is. */
import { expect, test } from 'vitest';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

test('it rises without being loaded again', async () => {
  const origin = await freeOrigin();
  const house = await openHouse({ origin });
  await serve(house);
  const cast = await openCast(house.db);
  await hasSigned(house.services, cast.siti);
  await house.services.publish();
  const { page } = await openPhone();
  await page.clock.install();
  for (const path of ['/daftar', '/daftar/62.01', `/daftar/kegiatan/${cast.kegiatanId}`]) {
    await page.goto(origin + path);
    const before = Number(await page.textContent('.total'));
    expect(await page.textContent('[data-per]')).toMatch(
      /^Per \S+, \d+ \S+ \d{4} pukul \d\d\.\d\d WIB\. Catatan memuat \d+ entri\.$/,
    );
    const more = await openCast(house.db, { of: cast });
    const whose = path.includes('kegiatan') ? cast.ratna : more.budi;
    await hasSigned(house.services, whose);
    await house.services.publish();
    const said = await page.textContent('[data-per]');
    const rest = page.getByText(
      /^Selebihnya di halaman ini seperti pada .* WIB\. Muat ulang untuk memperbaruinya\.$/,
    );
    expect(await rest.isVisible()).toBe(false);
    const asked = page.waitForResponse(`${origin + path}/jumlah`);
    await page.clock.fastForward(15_000);
    await asked;
    await page.waitForFunction(
      (n) => document.querySelector('.total')!.textContent === String(n),
      before + 1,
    );
    expect(await page.textContent('[data-per]')).not.toBe(said);
    expect(await rest.isVisible()).toBe(true);
    if (process.env.LOOK)
      await page.screenshot({ path: `${process.env.LOOK}/daftar-${path.split('/').length}.png` });
  }
  // Magnified to twice its size, with letters to match: the longest heading is parted, and the page keeps to the screen.
  await page.setViewportSize({ width: 180, height: 320 });
  for (const path of ['/daftar', `/daftar/kegiatan/${cast.kegiatanId}`]) {
    await page.goto(origin + path);
    expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 180]);
  }
});

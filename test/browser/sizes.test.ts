/** The office's pages at the sizes that people set: no word is parted with letters twice as large, nothing is too small to be hit, and paper has no hint without its button. */
import { beforeAll, expect, test } from 'vitest';
import { openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { found, join, type Office } from '../office/office.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';
import { parted } from './parted.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db } = house;
await serve(house);

let office: Office;
let province: Office;
let here: string;
let budi: string;

beforeAll(async () => {
  office = await found(house, { nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat' });
  province = await found(house, { nama: 'Kesbangpol Provinsi Kalimantan Tengah', wilayah: '62' });
  await join(house, office, 'Bambang Contoh Wiranegara');
  const cast = await openCast(db, {
    of: office,
    judul: 'Deklarasi Netralitas Kepala Desa se-Kabupaten Kotawaringin Barat',
  });
  here = `/kantor/kegiatan/${cast.kegiatanId}`;
  budi = cast.budi;
});

async function opened({ cookie }: Office, width: number, height = 640): Promise<Phone> {
  const phone = await openPhone({ width, height, passkeys: false });
  const [name, value] = cookie.split('=');
  await phone.context.addCookies([{ name: name!, value: value!, url: origin }]);
  return phone;
}

const pages = () => [
  '/kantor',
  here,
  `${here}/daftar`,
  `${here}/ekspor`,
  `${here}/ekspor/berkas`,
  `${here}/kartu`,
  '/kantor/riwayat',
  '/kantor/petugas',
];

const publicPages = () => ['/daftar', '/daftar/62.01', here.replace('/kantor', '/daftar')];

test('at 360 px and 200 % no word is parted, and nothing goes beyond the screen', async () => {
  for (const who of [office, province]) {
    const phone = await opened(who, 360);
    const { page } = phone;
    for (const path of who === office ? [...pages(), ...publicPages()] : ['/kantor']) {
      await page.goto(origin + path);
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      // A digest is one long word.
      if (path !== '/kantor/riwayat') expect([path, await parted(phone)]).toEqual([path, []]);
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        ),
        path,
      ).toBe(false);
    }
    await phone.context.close();
  }
});

test('a mouse hits every link that stands alone, and every button', async () => {
  const phone = await opened(office, 1280, 800);
  const { page } = phone;
  for (const path of pages()) {
    await page.goto(origin + path);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'main :is(a, button, summary, select, input:not([type=hidden]))',
        ),
      ]
        .filter((one) => one.getBoundingClientRect().width > 1)
        // Within a sentence a link is as high as its line.
        .filter((one) => one.matches(':not(p > a), .actions > a'))
        .filter((one) => one.getBoundingClientRect().height < 24)
        .map((one) => `${one.textContent} ${one.getBoundingClientRect().height}`),
    );
    expect(small, path).toEqual([]);
  }
  await phone.context.close();
});

test('paper has no hint without its button', async () => {
  const phone = await opened(office, 718, 1000);
  await phone.page.goto(`${origin}/kantor/petugas`);
  const hint = phone.page.getByText('Perangkat akan meminta kunci sandi Anda.').first();
  expect(await hint.isVisible()).toBe(true);
  await phone.page.emulateMedia({ media: 'print' });
  expect(await hint.isVisible()).toBe(false);
  await phone.context.close();
});

test('at the desk the QR stands in the first screen of a small phone, whatever is new', async () => {
  const phone = await opened(office, 360);
  const { page } = phone;
  await page.goto(`${origin}/kantor`);
  await page.getByText('Ada perubahan petugas atau kunci sandi').waitFor();
  await page.goto(`${origin}${here}/daftar/${budi}`);
  await page.evaluate((action) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = action;
    document.body.append(form);
    form.submit();
  }, `${here}/kartu/${budi}/layar`);
  const box = (await page.locator('svg.qr').boundingBox())!;
  expect(box.y + box.height).toBeLessThan(640);
  await phone.context.close();
});

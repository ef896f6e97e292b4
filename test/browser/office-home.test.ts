/** The office's front page in a real browser: figures that go on by themselves, two columns or one, and what is read aloud. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { changeOfficers, found, join, login, type Office } from '../office/office.ts';
import { asks } from '../withdrawal/withdraw.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

/** For a look at the pages by eye: `LOOK=<folder>` keeps a picture of each, narrow and wide. */
async function look({ page }: Phone, name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (!folder) return;
  for (const [width, height] of [
    [320, 640],
    [360, 640],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
}

const pages: Phone[] = [];
// An open page goes on asking.
afterEach(async () => {
  for (const { context } of pages.splice(0)) await context.close();
});

async function opened({ cookie }: Office, options: Parameters<typeof openPhone>[0] = {}): Promise<Phone> {
  const phone = await openPhone({ width: 1280, height: 800, passkeys: false, ...options });
  const [name, value] = cookie.split('=');
  await phone.context.addCookies([{ name: name!, value: value!, url: origin }]);
  pages.push(phone);
  await phone.page.goto(`${origin}/kantor`);
  return phone;
}

const LONG =
  'Deklarasi Netralitas Kepala Desa, Lurah, Camat, dan Aparatur Sipil Negara se-Kabupaten Kotawaringin Barat pada Pemilihan Tahun 2026';

let office: Office;
let second: Office;
let province: Office;
let fresh: Office;

beforeAll(async () => {
  office = await found(house, { nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat' });
  fresh = await found(house, { nama: 'Kesbangpol Kabupaten Seruyan', wilayah: '62.07' });
  province = await found(house, {
    nama: 'Badan Kesatuan Bangsa dan Politik Provinsi Kalimantan Tengah',
    wilayah: '62',
  });
  second = await join(house, office, 'Bambang Contoh Wiranegara Kusumawardhana');
});

/** Heights of the two columns: how far down what stands in each reaches. */
const columns = ({ page }: Phone): Promise<number[]> =>
  page.evaluate(() => {
    const desk = document.querySelector('.desk')!.getBoundingClientRect();
    const middle = desk.left + desk.width / 2;
    const parts = [...document.querySelectorAll('.desk :is(.card, li, table)')].map((part) =>
      part.getBoundingClientRect(),
    );
    const reach = (those: DOMRect[]) => Math.max(0, ...those.map(({ bottom }) => bottom - desk.top));
    return [
      reach(parts.filter(({ left }) => left < middle)),
      reach(parts.filter(({ left }) => left >= middle)),
    ];
  });

const isWide = ({ page }: Phone): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test('an organiser that has just come', async () => {
  const phone = await opened(fresh);
  await phone.page.getByText('Tiga langkah pertama').waitFor();
  expect(await faultsOf(phone.page)).toEqual([]);
  await look(phone, 'baru');
});

test('with nothing to do and one event, both have the whole width; paper has the figures too', async () => {
  const guard = await join(house, fresh, 'Dra. Pengawas Contoh, M.Si.');
  await db.execute(sql`
    update officer_role set peran = 'pengawas', lembaga = 'Bawaslu Kabupaten Seruyan', jabatan = 'Ketua'
    where officer_id = ${guard.officerId}::uuid`);
  // What was there before they came is no news to them.
  await db.execute(sql`update officer set at = now() where id = ${guard.officerId}::uuid`);
  await openCast(db, { of: fresh, judul: 'Deklarasi Netralitas Seruyan' });
  const phone = await opened(guard);
  const { page } = phone;
  await page.getByText('Tidak ada yang menunggu Anda sekarang.').waitFor();
  const widths = await page.evaluate(() =>
    ['main .empty', 'main article'].map((one) => document.querySelector(one)!.getBoundingClientRect().width),
  );
  expect(widths[0]).toBe(widths[1]);
  await look(phone, 'tenang');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('article .total').isVisible()).toBe(true);
  await look(phone, 'kertas');
});

describe('with much to do', () => {
  let siti: string;
  let budi: string;
  beforeAll(async () => {
    const cast = await openCast(db, { of: office, judul: LONG });
    ({ siti, budi } = cast);
    await hasSigned(services, siti);
    await services.publish();
    await openCast(db, { of: office, judul: 'Apel Netralitas ASN' });
    await openCast(db, { of: office, judul: 'Deklarasi Lurah', tahap: 'disiapkan' });
    for (const n of [1, 2, 3, 4])
      await openCast(db, { of: office, judul: `Deklarasi Lama ${n}`, tahap: 'ditutup' });
    await asks(house, second, { kegiatanId: cast.kegiatanId, personId: siti });
    await changeOfficers(house, second, { tindakan: 'undang', nama: 'Dewi Contoh' });
    await db.execute(sql`update document_due set at = now() - interval '5 minutes'`);
    await db.execute(sql`update kegiatan set batas = now() + interval '9 hours' where judul = ${LONG}`);
    await db.execute(sql`update tally set wajib = 94 where kegiatan_id = ${cast.kegiatanId}`);
  });

  test('two columns on a laptop, of which none is half empty; one on a phone, that needs no sideways scrolling', async () => {
    const phone = await opened(office);
    const { page } = phone;
    const [left, right] = await columns(phone);
    expect(Math.min(left!, right!)).toBeGreaterThan(Math.max(left!, right!) / 2);
    expect(await faultsOf(page)).toEqual([]);
    await look(phone, 'banyak');
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await isWide(phone)).toBe(false);
      expect((await columns(phone))[1]).toBe(0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faultsOf(page)).toEqual([]);
    await look(phone, 'gelap');
  });

  test('figures go on by themselves, say as of when, and are not asked for while nobody looks', async () => {
    const phone = await opened(office);
    const { page } = phone;
    await page.clock.install();
    await page.reload();
    const figure = page.locator('article', { hasText: LONG });
    expect(await figure.locator('[data-sudah]').innerText()).toBe('1');
    await hasSigned(services, budi);
    await services.publish();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await Promise.all([page.waitForResponse(`${origin}/kantor/angka`), page.clock.runFor(10_000)]);
    await figure.getByText('92 belum menandatangani.').waitFor();
    expect(await figure.locator('[data-sudah]').innerText()).toBe('2');
    expect(await figure.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBe(2);
    expect(await page.locator('[data-per]').innerText()).toMatch(/^Diperbarui \d\d\.\d\d WIB$/);
    // Within the first minute nothing is read aloud.
    expect(await page.locator('[data-kabar]').textContent()).toBe('');

    // In the background nothing is asked.
    asked.length = 0;
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.clock.runFor(120_000);
    expect(asked).toEqual([]);
    await db.execute(sql`update tally set sudah = sudah + 1 where sudah = 2`);
    await Promise.all([
      page.waitForResponse(`${origin}/kantor/angka`),
      page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
        document.dispatchEvent(new Event('visibilitychange'));
      }),
    ]);
    await figure.getByText('91 belum menandatangani.').waitFor();
    expect(await page.locator('[data-kabar]').textContent()).toBe(`${LONG}: 3 dari 94 sudah menandatangani.`);

    // The session ends while nobody does anything, and the page says so.
    await db.execute(
      sql`update officer_session set ended_at = now() where officer_id = ${office.officerId}::uuid`,
    );
    await Promise.all([page.waitForResponse(`${origin}/kantor/angka`), page.clock.runFor(10_000)]);
    await page.getByText('Sesi berakhir. Muat ulang untuk masuk lagi.').waitFor();
    expect(await page.locator('[data-per]').isVisible()).toBe(false);
    await look(phone, 'berakhir');
    asked.length = 0;
    await page.clock.runFor(600_000);
    expect(asked).toEqual([]);

    // In another tab they come in again: the sentence goes, and what is true again says as of when.
    const comeBack = () =>
      Promise.all([
        page.waitForResponse(`${origin}/kantor/angka`),
        page.evaluate(() => window.dispatchEvent(new Event('focus'))),
      ]);
    const [name] = office.cookie.split('=');
    const use = ({ cookie }: { cookie: string }) =>
      phone.context.addCookies([{ name: name!, value: cookie.split('=')[1]!, url: origin }]);
    office = { ...office, cookie: (await login(house, office.phone)).cookie };
    await use(office);
    await comeBack();
    await page.locator('[data-per]').waitFor();
    expect(await page.locator('[data-keadaan]').textContent()).toBe('');

    // Another officer came in there: nothing of theirs is put below this one's name.
    await db.execute(sql`update tally set sudah = sudah + 1 where sudah = 3`);
    await use(second);
    await comeBack();
    await page
      .getByText('Petugas lain masuk di peramban ini. Muat ulang untuk melihat halamannya.')
      .waitFor();
    expect(await figure.locator('[data-sudah]').innerText()).toBe('3');
    await use(office);
    await comeBack();
    await figure.getByText('90 belum menandatangani.').waitFor();
    expect(await page.locator('[data-keadaan]').textContent()).toBe('');
  });

  test('nothing says that it is new above a title or deadline that isn’t, and no figure overwrites that', async () => {
    const phone = await opened(office);
    const { page } = phone;
    await page.clock.install();
    await page.reload();
    const next = () =>
      Promise.all([page.waitForResponse(`${origin}/kantor/angka`), page.clock.runFor(10_000)]);
    const [kept] = await db.execute<{ batas: string }>(
      sql`select batas::text as batas from kegiatan where judul = ${LONG}`,
    );
    await db.execute(sql`update kegiatan set batas = batas + interval '30 minutes' where judul = ${LONG}`);
    await next();
    const warning = page.getByText('Kegiatan atau peran Anda berubah. Muat ulang untuk melihatnya.');
    await warning.waitFor();
    expect(await page.locator('[data-per]').isVisible()).toBe(false);
    // A minute later a figure changes, which would be read aloud.
    await page.clock.runFor(60_000);
    await db.execute(sql`update tally set sudah = sudah + 1 where wajib = 94`);
    await next();
    await page.locator('article', { hasText: LONG }).getByText('89 belum menandatangani.').waitFor();
    expect(await warning.isVisible()).toBe(true);
    expect(await page.locator('[data-kabar]').textContent()).toBe('');
    await look(phone, 'berubah');
    // It was a slip, and is taken back.
    await db.execute(sql`update kegiatan set batas = ${kept!.batas}::timestamptz where judul = ${LONG}`);
    await next();
    await warning.waitFor({ state: 'detached' });
    expect(await page.locator('[data-per]').isVisible()).toBe(true);
    // It lapses.
    await db.execute(sql`update kegiatan set batas = now() - interval '1 second' where judul = ${LONG}`);
    await next();
    await warning.waitFor();
    await db.execute(sql`update kegiatan set batas = ${kept!.batas}::timestamptz where judul = ${LONG}`);
  });

  test('whose role ends while the page stands open is told, also where no event is open', async () => {
    const guard = await join(house, fresh, 'Pengawas yang Berakhir');
    const phone = await opened(guard);
    const { page } = phone;
    await page.clock.install();
    await page.reload();
    expect(await page.locator('[data-keadaan]').textContent()).toBe('');
    await db.execute(
      sql`update officer_role set ended_at = now() where officer_id = ${guard.officerId}::uuid`,
    );
    await Promise.all([page.waitForResponse(`${origin}/kantor/angka`), page.clock.runFor(10_000)]);
    await page.getByText('Peran Anda sudah berakhir. Muat ulang untuk melihat yang berlaku.').waitFor();
    expect(await page.locator('[data-keadaan]').getAttribute('class')).toBe('notice warn');
    await page.reload();
    await page.getByText('Anda tidak punya peran di kantor ini.').first().waitFor();

    // Of several roles one is left, which has nothing with the events.
    const seer = await join(house, office, 'Pengawas yang Berubah');
    const other = await opened(seer);
    await other.page.clock.install();
    await other.page.reload();
    await db.execute(sql`update officer_role set peran = 'saksi' where officer_id = ${seer.officerId}::uuid`);
    await Promise.all([
      other.page.waitForResponse(`${origin}/kantor/angka`),
      other.page.clock.runFor(10_000),
    ]);
    await other.page.getByText('Kegiatan atau peran Anda berubah.').waitFor();
  });

  test('live figures stand in the first screen of a laptop, however much waits', async () => {
    const busy = await found(house, { nama: 'Kesbangpol Kabupaten Sibuk', wilayah: '62.08' });
    await openCast(db, { of: busy, judul: LONG });
    await db.execute(
      sql`update kegiatan set kontak_nomor = '', kontak_nama = '' where organizer_id = ${busy.organizerId}`,
    );
    for (let n = 1; n <= 12; n++)
      await openCast(db, { of: busy, judul: `${LONG} bagian ${n}`, tahap: 'disiapkan' });
    const phone = await opened(busy);
    const bottom = () =>
      phone.page.locator('.figure').evaluate((figure) => figure.getBoundingClientRect().bottom);
    expect(await bottom()).toBeLessThan(800);
    expect(await isWide(phone)).toBe(false);
    await look(phone, 'sibuk');
    // On a phone what waits comes first, and the open event's first of all.
    await phone.page.setViewportSize({ width: 360, height: 640 });
    expect(await isWide(phone)).toBe(false);
    expect(await phone.page.locator('.tasks > li').first().innerText()).toContain('kartu undangan');
  });

  test('a province', async () => {
    const phone = await opened(province, { javaScript: false });
    await phone.page.getByText('Kabupaten Kotawaringin Barat').waitFor();
    expect(await isWide(phone)).toBe(false);
    await look(phone, 'provinsi');
  });
});

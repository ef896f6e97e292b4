/** A role is given and ended in a real browser, which signs only what the page says; and each role sees its own pages. */
import { expect, test } from 'vitest';
import * as events from '../../src/kegiatan/events.ts';
import { formatInstant } from '../../src/lib/zone.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import type { Peran } from '../../src/office/role.ts';
import * as sessions from '../../src/office/sessions.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';
import { parted } from './parted.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

const YEAR = new Date().getUTCFullYear() + 5;
const BEGIN = new Date(`${YEAR}-11-30T17:00:00Z`);
const LONG = 'Badan Pengawas Pemilihan Umum Kabupaten Kotawaringin Barat Provinsi Kalimantan Tengah';

/** For a look at the pages by eye: `LOOK=<folder>` keeps a picture of each, narrow and wide. */
async function look({ page }: Phone, name: string): Promise<void> {
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

async function comesIn(
  organizerId: string,
  nama: string,
  peran: Peran,
  kegiatanId: string | null = null,
  mulai: Date | null = null,
) {
  const role = { peran, kegiatanId, lembaga: LONG, jabatan: 'Koordinator Divisi Pencegahan', mulai };
  const made = await officerLinks.appoint(db, organizerId, nama, role);
  if (!made.ok) throw new Error(made.code);
  const phone = await openPhone({ width: 360, height: 640 });
  await phone.page.goto(`${origin}/kantor/masuk#${made.token}`);
  await phone.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await phone.page.waitForURL(`${origin}/kantor`);
  return phone;
}

test('is given and ended', async () => {
  const cast = await openCast(db);
  await hasSigned(services, cast.siti);
  await services.publish();
  const { organizerId, kegiatanId } = cast;
  const here = `${origin}/kantor/kegiatan/${kegiatanId}`;
  // One after the other: the browser has one process.
  for (const peran of ['petugas', 'pengawas', 'saksi', 'piket'] as const) {
    const nama = `H. ${peran} Contoh Bernama Panjang Sekali`;
    const phone = await comesIn(organizerId, nama, peran, peran === 'petugas' ? kegiatanId : null);
    await look(phone, `peran-${peran}-depan`);
    await phone.page.goto(`${origin}/kantor/petugas`);
    await look(phone, `peran-${peran}-kunci`);
    await phone.page.goto(`${origin}/kantor/naskah/baru`);
    await phone.page.getByRole('heading', { name: 'Menulis naskah: hanya penyelenggara.' }).waitFor();
    await look(phone, `peran-${peran}-bukan`);
    const pages =
      peran === 'petugas' || peran === 'pengawas'
        ? Object.entries({
            kegiatan: here,
            daftar: `${here}/daftar`,
            orang: `${here}/daftar/${cast.budi}`,
            sudah: `${here}/daftar/${cast.siti}`,
          })
        : [];
    for (const [name, path] of pages) {
      await phone.page.goto(path);
      expect(await phone.page.getByRole('button', { name: /^(Simpan|Keluarkan)$/ }).count()).toBe(0);
      await look(phone, `peran-${peran}-${name}`);
    }
    await phone.page.context().close();
  }

  const rina = await comesIn(
    organizerId,
    'Dra. Hj. Rina Contoh Kusumawardani Prawiranegara',
    'penyelenggara',
  );
  const { page } = rina;
  const listed = async (nama: string) =>
    (await officers.list(db, organizerId)).find((one) => one.nama.includes(nama))!;
  const saksi = await listed('saksi');
  await page.goto(`${origin}/kantor/petugas`);
  await look(rina, 'peran-1-petugas');
  await page.getByRole('link', { name: `Beri peran kepada ${saksi.nama}` }).click();
  await look(rina, 'peran-2-beri');
  const gives = page.getByRole('button', { name: 'Beri peran' });
  await gives.click();
  await page.getByText('Peran belum dipilih. Pilih satu.').first().waitFor();
  await page.getByLabel('Peran', { exact: true }).selectOption('petugas');
  await page.getByLabel('Kegiatan', { exact: true }).selectOption(kegiatanId);
  await page.getByLabel('Lembaga').fill(`  ${LONG} `);
  // The field says what is wrong with its day, and nothing was signed.
  await page.getByLabel('Berlaku mulai').fill('2020-12-01');
  await page.getByLabel('Berlaku sampai').fill(`${YEAR}-12-31`);
  await gives.click();
  await page.getByText('Tanggal ini sudah lewat.').first().waitFor();
  await look(rina, 'peran-2-lewat');
  await page.getByLabel('Berlaku mulai').fill(`${YEAR}-12-01`);
  await gives.click();
  await page.waitForURL(`${origin}/kantor/petugas`);
  expect((await listed('saksi')).roles).toMatchObject([
    { peran: 'saksi' },
    {
      peran: 'petugas',
      kegiatanId,
      lembaga: LONG,
      toCome: true,
      sejak: BEGIN,
      sampai: new Date(`${YEAR}-12-31T16:59:59Z`),
    },
  ]);
  await page
    .getByText(`mulai berlaku ${formatInstant(BEGIN, 'WIB')}`)
    .first()
    .waitFor();
  await look(rina, 'peran-2-akan-datang');

  // Changed in place: the fields are as they were, and what isn't touched stays.
  await page.getByRole('link', { name: /^Ubah peran Petugas kegiatan .* milik H\. saksi/ }).click();
  await look(rina, 'peran-3-ubah');
  await page.getByLabel('Berlaku sampai').fill(`${YEAR + 1}-12-31`);
  await page.getByRole('button', { name: 'Ubah peran' }).click();
  await page.waitForURL(`${origin}/kantor/petugas`);
  expect((await listed('saksi')).roles).toMatchObject([
    { peran: 'saksi' },
    {
      peran: 'petugas',
      kegiatanId,
      lembaga: LONG,
      sejak: BEGIN,
      sampai: new Date(`${YEAR + 1}-12-31T16:59:59Z`),
    },
  ]);

  await page.getByRole('link', { name: /^Akhiri peran Petugas kegiatan .* milik H\. saksi/ }).click();
  await look(rina, 'peran-3-akhiri');
  // A server that asks for another role's end gets no signature.
  await page.locator('[data-isi="peran"]').evaluate((place) => {
    place.textContent = 'piket';
  });
  await page.getByRole('button', { name: 'Akhiri peran ini' }).click();
  await page.getByRole('alert').waitFor();
  expect((await listed('saksi')).roles).toHaveLength(2);
  await page.reload();
  await page.getByRole('button', { name: 'Akhiri peran ini' }).click();
  await page.waitForURL(`${origin}/kantor/petugas`);
  expect((await listed('saksi')).roles).toHaveLength(1);

  // Who vouches signs for the keys that the page shows.
  await page.goto(`${origin}/kantor/petugas/${saksi.id}/jaminan`);
  await look(rina, 'peran-4-jamin');
  await page.getByRole('button', { name: 'Jamin' }).click();
  await page.waitForURL(`${origin}/kantor/petugas`);
});

test('is made shorter once what ends with it was seen', async () => {
  const { organizerId } = await openCast(db);
  const phone = await comesIn(organizerId, 'Rina Contoh', 'penyelenggara');
  const { page } = phone;
  for (const [nama, until] of [
    ['Tono Contoh', ''],
    ['Sari Contoh', `${YEAR}-12-15`],
  ] as const) {
    await page.goto(`${origin}/kantor/petugas`);
    await page.getByLabel('Nama petugas yang diundang').fill(nama);
    await page.getByLabel('Peran', { exact: true }).selectOption('pengawas');
    await page.getByLabel('Berlaku sampai').fill(until);
    await page.getByRole('button', { name: 'Buat tautan undangan' }).click();
    await page.getByText('Salin sekarang.').waitFor();
  }

  await page.goto(`${origin}/kantor/petugas`);
  await page.getByRole('link', { name: 'Ubah peran Penyelenggara milik Rina Contoh' }).click();
  await page.getByText('2 tautan yang masih terbuka').waitFor();
  await look(phone, 'peran-6-pendekkan');
  await page.getByLabel('Lembaga').fill('Kesbangpol & Linmas');
  await page.getByLabel('Berlaku sampai').fill(`${YEAR}-12-31`);
  const changes = page.getByRole('button', { name: 'Ubah peran' });
  await changes.click();
  const way = page.getByRole('link', { name: 'Lihat yang ikut berakhir' });
  // In this tab, with what was typed.
  await way.click();
  await page.getByText(`Dengan tanggal akhir 31 Desember ${YEAR} ikut berakhir:`).waitFor();
  await page.getByText('1 tautan yang masih terbuka').waitFor();
  expect(await page.getByLabel('Lembaga').inputValue()).toBe('Kesbangpol & Linmas');
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 640 });
    expect(await isWide(phone), String(width)).toBe(false);
  }
  await look(phone, 'peran-7-ikut-berakhir');
  // Another day, by which more ends, leads to the same refusal, and it to what ends then.
  await page.getByLabel('Berlaku sampai').fill(`${YEAR}-12-01`);
  await changes.click();
  await way.click();
  await page.getByText(`Dengan tanggal akhir 1 Desember ${YEAR} ikut berakhir:`).waitFor();
  await page.getByText('2 tautan yang masih terbuka').waitFor();
  expect(page.context().pages()).toHaveLength(1);
  await changes.click();
  await page.getByText('Peran sudah diubah').waitFor();
  expect(await officerLinks.openLinks(db, organizerId)).toEqual([]);
  await page.context().close();
});

test('one that begins later lets in to a page that says when', async () => {
  const { organizerId } = await openCast(db);
  const nama = 'Dra. Hj. Rina Kusumaningtyas Prawiranegara, S.H., M.H.';
  const phone = await comesIn(organizerId, nama, 'pengawas', null, BEGIN);
  const { page } = phone;
  await page.getByRole('heading', { name: 'Peran Anda belum mulai berlaku.' }).waitFor();
  await page.getByText(`mulai berlaku ${formatInstant(BEGIN, 'WIB')}`).waitFor();
  expect(await page.locator('main a').count()).toBe(0);
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 640 });
    expect(await isWide(phone), String(width)).toBe(false);
  }
  await look(phone, 'peran-5-belum-mulai');
  await page.locator('main').getByRole('button', { name: 'Keluar' }).click();
  await page.getByText('Anda sudah keluar').waitFor();
  await page.context().close();
});

const isWide = ({ page }: Phone): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
const visible = ({ page }: Phone, selector: string): Promise<number> =>
  page.locator(selector).filter({ visible: true }).count();

test('the officers’ page parts no word, on a laptop, at twice its size, on paper; a phone has menu, way out and invitation at hand', async () => {
  const cast = await openCast(db);
  const phone = await comesIn(
    cast.organizerId,
    'Dra. Hj. Rina Kusumaningtyas Prawiranegara, S.H., M.H.',
    'penyelenggara',
  );
  const { page } = phone;
  await comesIn(cast.organizerId, 'Saksi Bernama Panjang', 'saksi').then(({ context }) => context.close());
  await page.goto(`${origin}/kantor/petugas`);
  for (const width of [1280, 900, 640, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await parted(phone), String(width)).toEqual([]);
    expect(await isWide(phone), String(width)).toBe(false);
  }
  await page.setViewportSize({ width: 360, height: 640 });
  const tops = await page
    .locator('.top nav a')
    .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top));
  expect(tops).toHaveLength(4);
  expect(new Set(tops).size).toBe(1);
  // On the first screen.
  for (const there of [
    page.getByRole('button', { name: 'Keluar', exact: true }),
    page.getByRole('link', { name: 'Undang petugas' }),
  ])
    expect((await there.boundingBox())!.y).toBeLessThan(600);
  await page.getByRole('link', { name: 'Undang petugas' }).click();
  expect((await page.getByRole('heading', { name: 'Undang petugas' }).boundingBox())!.y).toBeLessThan(100);

  // On paper, an A4 sheet's width: no acts, no heading over nothing.
  await page.setViewportSize({ width: 718, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  expect(await parted(phone)).toEqual([]);
  expect(await visible(phone, 'table.people thead th')).toBe(3);
  expect(await visible(phone, 'main a, main button')).toBe(0);
  await page.emulateMedia({ media: null });

  // What waits stands high on a phone, however long the title is.
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`${origin}/kantor`);
  const quiet = (await page.locator('.two-lines').boundingBox())!;
  expect(quiet.height).toBeLessThan(60);

  // Letters twice as large on a small phone.
  for (const path of ['/kantor', '/kantor/petugas', '/kantor/riwayat', '/kantor/naskah']) {
    await page.goto(`${origin}${path}`);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await isWide(phone), path).toBe(false);
  }
  await page.context().close();
});

test('what was typed when the session ended stays, in forms with a script and in those without one', async () => {
  const cast = await openCast(db);
  const phone = await comesIn(cast.organizerId, 'Rina Contoh', 'penyelenggara');
  const { page, context } = phone;
  const officer = (await officers.list(db, cast.organizerId)).find(({ nama }) => nama === 'Rina Contoh')!;
  const again = async (): Promise<void> => {
    const link = page.getByRole('link', { name: 'Masuk di tab baru' });
    await link.waitFor();
    const [tab] = await Promise.all([context.waitForEvent('page'), link.click()]);
    // The same device: its passkeys are in this tab too.
    const cdp = await context.newCDPSession(tab);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    const held = { authenticatorId: phone.authenticatorId };
    for (const credential of (await phone.cdp.send('WebAuthn.getCredentials', held)).credentials)
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
    await tab.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click();
    await tab.waitForURL(`${origin}/kantor`);
    await tab.close();
  };

  await page.goto(`${origin}/kantor/petugas`);
  await page.getByText('Tidak ada tautan yang masih terbuka.').waitFor();
  await page.getByLabel('Nama petugas yang diundang').fill('Tono Contoh');
  await page.getByLabel('Peran', { exact: true }).selectOption('pengawas');
  await page.getByLabel('Lembaga').fill('Bawaslu Contoh');
  await sessions.endAll(db, { id: officer.id, credential: officer.keys[0]!.credentialId });
  const invites = page.getByRole('button', { name: 'Buat tautan undangan' });
  await invites.click();
  await page.getByText('Isian Anda masih ada di sini.').waitFor();
  await again();
  expect(await page.getByLabel('Lembaga').inputValue()).toBe('Bawaslu Contoh');
  await invites.click();
  await page.getByText('Salin sekarang.').waitFor();
  // One is open: the page doesn't say that none is.
  expect(await page.getByText('Tidak ada tautan yang masih terbuka.').count()).toBe(0);

  await page.goto(`${origin}/kantor/kegiatan/${cast.kegiatanId}/ubah`);
  await page.getByLabel('Tempat').fill('Balai Desa Contoh');
  await sessions.endAll(db, { id: officer.id, credential: officer.keys[0]!.credentialId });
  const saves = page.getByRole('button', { name: 'Simpan' });
  await saves.click();
  await again();
  expect(await page.getByLabel('Tempat').inputValue()).toBe('Balai Desa Contoh');
  await saves.click();
  await page.waitForURL(`${origin}/kantor/kegiatan/${cast.kegiatanId}?tersimpan=ya`);
  expect((await events.byId(db, cast.organizerId, cast.kegiatanId))!.tempat).toBe('Balai Desa Contoh');
  await context.close();
});

/** A role is given and ended in a real browser, which signs only what the page says; and each role sees its own pages. */
import { expect, test } from 'vitest';
import * as officers from '../../src/office/officers.ts';
import type { Peran } from '../../src/office/role.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

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

async function comesIn(organizerId: string, nama: string, peran: Peran, kegiatanId: string | null = null) {
  const role = { peran, kegiatanId, lembaga: LONG, jabatan: 'Koordinator Divisi Pencegahan' };
  const made = await officers.appoint(db, organizerId, nama, role);
  if (!made.ok) throw new Error(made.code);
  const phone = await openPhone({ width: 360, height: 640 });
  phone.page.setDefaultTimeout(15_000);
  await phone.page.goto(`${origin}/kantor/masuk#${made.token}`);
  await phone.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await phone.page.waitForURL(`${origin}/kantor`);
  return phone;
}

test('is given and ended', { timeout: 120_000 }, async () => {
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
  await page.getByLabel('Berlaku sampai').fill('2098-12-31');
  await gives.click();
  await page.waitForURL(`${origin}/kantor/petugas`);
  expect((await listed('saksi')).roles).toMatchObject([
    { peran: 'saksi' },
    { peran: 'petugas', kegiatanId, lembaga: LONG, sampai: new Date('2098-12-31T16:59:59Z') },
  ]);

  // Changed in place: the fields are as they were, and what isn't touched stays.
  await page.getByRole('link', { name: /^Ubah peran Petugas kegiatan .* milik H\. saksi/ }).click();
  await look(rina, 'peran-3-ubah');
  await page.getByLabel('Berlaku sampai').fill('2099-12-31');
  await page.getByRole('button', { name: 'Ubah peran' }).click();
  await page.waitForURL(`${origin}/kantor/petugas`);
  expect((await listed('saksi')).roles).toMatchObject([
    { peran: 'saksi' },
    { peran: 'petugas', kegiatanId, lembaga: LONG, sampai: new Date('2099-12-31T16:59:59Z') },
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

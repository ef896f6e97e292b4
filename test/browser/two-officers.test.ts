/** One person with two browsers and a colleague's open desk, in real browsers: no pledge is withdrawn, and nothing of the colleague's is taken. */
import { expect, test } from 'vitest';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { appointed, settle } from '../office/office.ts';
import { pathOf } from '../withdrawal/withdraw.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

/** For a look at the pages by eye: `LOOK=<folder>` keeps a picture of each, narrow and wide. */
async function look({ page }: Phone, name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (!folder) return;
  const before = page.viewportSize()!;
  for (const [width, height] of [
    [360, 640],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
}

const AUTHENTICATOR = {
  protocol: 'ctap2',
  transport: 'usb',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

async function comesIn(link: string, nama: string | null): Promise<Phone> {
  const phone = await openPhone({ width: 1280, height: 800 });
  await phone.page.goto(link);
  await phone.page.getByRole('button', { name: 'Buat kunci sandi' }).waitFor();
  if (nama !== null) await phone.page.getByLabel('Nama Anda').fill(nama);
  await phone.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await phone.page.waitForURL(`${origin}/kantor`);
  return phone;
}

test('withdraws nothing, and takes nothing of the colleague’s', async () => {
  const cast = await openCast(db);
  const { organizerId } = cast;
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  const appoint = async (nama: string) => `${origin}/kantor/masuk#${await appointed(db, organizerId, nama)}`;
  const rina = await comesIn(await appoint('Rina Contoh'), null);
  await look(rina, 'petugas-1-satu');

  // A made-up colleague in another browser, by a link from the page, for which Rina's passkey is asked once more.
  await rina.page.goto(`${origin}/kantor/petugas`);
  await look(rina, 'petugas-2-halaman');
  await rina.page.getByRole('button', { name: 'Buat tautan undangan' }).click();
  await rina.page.getByText('Nama belum diisi.').first().waitFor();
  await rina.page.getByLabel('Nama petugas yang diundang').fill('Rekan Karangan');
  await rina.page.getByLabel('Peran', { exact: true }).selectOption('penyelenggara');
  await rina.verifyPerson(false);
  await rina.page.getByRole('button', { name: 'Buat tautan undangan' }).click();
  await rina.page.getByRole('alert').waitFor();
  expect(await officerLinks.openLinks(db, organizerId)).toEqual([]);
  await rina.verifyPerson(true);
  await rina.page.getByRole('button', { name: 'Buat tautan undangan' }).click();
  await rina.page.locator('#tautan').waitFor();
  await look(rina, 'petugas-3-tautan');
  const link = await rina.page.locator('#tautan').innerText();
  await rina.page.getByRole('link', { name: 'Selesai' }).click();
  await rina.page.getByText(/^Undangan untuk Rekan Karangan, dibuat Rina Contoh/).waitFor();
  const made = await comesIn(link, null);
  await settle(house);

  const path = `${origin}${pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti })}`;
  const asks = async ({ page }: Phone): Promise<void> => {
    await page.goto(path);
    await page.getByLabel('Alasan pencabutan').fill('Undangan dibuka di HP orang lain.');
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await page.getByRole('button', { name: 'Ajukan dengan kunci sandi' }).click();
    await page.getByText('Menunggu petugas kedua').waitFor();
  };
  const cannotConfirm = async (phone: Phone): Promise<void> => {
    await phone.page.goto(path);
    await phone.page.getByText('Anda belum dapat menyetujui').waitFor();
    expect(await phone.page.getByRole('button', { name: 'Periksa dan setujui' }).count()).toBe(0);
  };
  await asks(rina);
  await look(rina, 'petugas-4-siapa');
  await cannotConfirm(made);
  await look(made, 'petugas-5-belum');
  await made.page.getByRole('button', { name: 'Tolak pengajuan' }).click();
  await made.page.getByText('Pengajuan dibatalkan').waitFor();
  await asks(made);
  await cannotConfirm(rina);

  // A real colleague, whose desk stands open: their session, but a security key of one's own.
  const dedi = await comesIn(await appoint('Dedi Contoh'), null);
  await settle(house);
  await dedi.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: dedi.authenticatorId });
  await dedi.cdp.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR });
  await dedi.page.goto(`${origin}/kantor/petugas`);
  await look(dedi, 'petugas-6-perubahan');
  const before = await officers.list(db, organizerId);
  for (const button of ['Tambah kunci sandi kedua di sini', 'Tautan untuk perangkat lain']) {
    await dedi.page.getByRole('button', { name: button }).click();
    await dedi.page.getByRole('alert').waitFor();
  }
  // The key that was made at the open desk waits for no unknowing tap of its owner.
  await dedi.page
    .getByRole('button', { name: /^Setujui kunci [0-9a-f]{8} yang baru dibuat di sini$/ })
    .waitFor();
  expect(await dedi.page.getByRole('button', { name: 'Tambah kunci sandi kedua di sini' }).count()).toBe(0);
  await dedi.page.getByRole('link', { name: 'Jamin Rekan Karangan' }).click();
  await dedi.page.getByRole('button', { name: 'Jamin', exact: true }).click();
  await dedi.page.getByRole('alert').waitFor();
  await look(dedi, 'petugas-7-jamin');
  await dedi.page.goto(path);
  await dedi.page.getByRole('button', { name: 'Periksa dan setujui' }).click();
  await dedi.page.getByRole('button', { name: 'Setujui dengan kunci sandi' }).click();
  await dedi.page.getByRole('alert').waitFor();
  expect(await officers.list(db, organizerId)).toEqual(before);
  expect(await officerLinks.openLinks(db, organizerId)).toEqual([]);
  expect(await signatures.byPerson(db, cast.siti)).toMatchObject({ kode: row.kode });
});

test('a second key here, with the first; one that is ended lets nobody in', async () => {
  const { organizerId } = await openCast(db);
  const link = `${origin}/kantor/masuk#${await appointed(db, organizerId, 'Sari Contoh')}`;
  const sari = await comesIn(link, null);
  const keys = async () =>
    (await officers.list(db, organizerId)).find(({ nama }) => nama === 'Sari Contoh')!.keys;
  // A security key makes the new one; the laptop's own says yes to it. One at a time is at hand.
  type Credential = Awaited<ReturnType<typeof held>>;
  let inHand = sari.authenticatorId;
  const held = async () =>
    (await sari.cdp.send('WebAuthn.getCredentials', { authenticatorId: inHand })).credentials[0]!;
  const take = async (credential: Credential | null): Promise<void> => {
    await sari.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: inHand });
    const made = await sari.cdp.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR });
    inHand = made.authenticatorId;
    if (credential) await sari.cdp.send('WebAuthn.addCredential', { authenticatorId: inHand, credential });
  };
  const laptop = await held();
  await take(null);
  let added = laptop;
  await sari.page.route('**/perubahan/teks', async (route) => {
    if (added === laptop) {
      added = await held();
      await take(laptop);
    }
    await route.continue();
  });
  await sari.page.goto(`${origin}/kantor/petugas`);
  await sari.page.getByRole('button', { name: 'Tambah kunci sandi kedua di sini' }).click();
  await sari.page.getByText('Anda punya 2 kunci sandi.').waitFor();
  expect(await keys()).toHaveLength(2);
  await look(sari, 'petugas-8-dua-kunci');
  await sari.page
    .getByRole('link', { name: /Akhiri kunci/ })
    .last()
    .click();
  await look(sari, 'petugas-9-akhiri');
  await sari.page.getByRole('button', { name: 'Akhiri kunci ini' }).click();
  await sari.page.getByText('Anda punya satu kunci sandi.').waitFor();
  expect(await keys()).toHaveLength(1);
  // With the ended one alone.
  await take(added);
  await sari.page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await sari.page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click();
  await sari.page.getByText('Kunci sandi ini sudah diakhiri').waitFor();
});

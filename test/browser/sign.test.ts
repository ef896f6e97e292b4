/** The signing page as a phone shows it: 360×640, a real browser, a virtual passkey. */

import { sql } from 'drizzle-orm';
import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { formatTyped, invitationLink } from '../../src/invitation/token.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { formatCode } from '../../src/statement/code.ts';
import { type Cast, hasSigned, openCast, phoneOf, toStage } from '../cast.ts';
import { actorOf } from '../event.ts';
import { putAhead } from '../halt.ts';
import { openHouse } from '../house.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

async function invite(cast: Cast, personId: string): Promise<string> {
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  return invitationLink(origin, cards.find((card) => card.personId === personId)!.token);
}

/** Opens the link and goes on to the words of the pledge. */
async function readPledge({ page }: Phone, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Data saya benar' }).click();
}

async function agreeAndSign({ page }: Phone): Promise<void> {
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
}

const heading = ({ page }: Phone) => page.getByRole('heading', { level: 1 });
const seesReceipt = (phone: Phone) => heading(phone).filter({ hasText: 'Selesai. Terima kasih.' }).waitFor();

/** Notes which calls the page makes, afresh after each load. */
const countPrompts = ({ page }: Phone) =>
  page.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(window, { asked });
    for (const name of ['create', 'get'] as const) {
      const call = navigator.credentials[name].bind(navigator.credentials);
      navigator.credentials[name] = (options: never) => {
        asked.push(name);
        return call(options);
      };
    }
  });
const prompts = ({ page }: Phone) => page.evaluate(() => (window as unknown as { asked: string[] }).asked);

test('the first time: reads, agrees, one tap makes the passkey and signs', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(request.url()));
  const link = await invite(cast, cast.siti);
  await phone.page.goto(link);
  await phone.page.getByText('Hj. Siti Contoh, S.Sos., M.AP.').first().waitFor();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).click();
  await phone.page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await phone.page.getByText('Centang kotak di atas dulu.').waitFor();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const row = await signatures.byPerson(db, cast.siti);
  await phone.page.getByText(formatCode(row!.kode)).waitFor();
  expect(await phone.passkeys()).toHaveLength(1);
  const token = link.split('#')[1]!;
  expect(asked.some((url) => url.split('#')[0]!.includes(token))).toBe(false);
});

test('at the next event the same phone needs one prompt', async () => {
  const first = await openCast(db);
  const phone = await openPhone();
  await countPrompts(phone);
  await readPledge(phone, await invite(first, first.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await prompts(phone)).toEqual(['create', 'get']);

  const next = await openCast(db, { of: first });
  await phone.page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await prompts(phone)).toEqual(['get']);
  expect(await phone.passkeys()).toHaveLength(1);
});

test('a phone that has forgotten its passkey is told by the passkey itself', async () => {
  const first = await openCast(db);
  const phone = await openPhone();
  await countPrompts(phone);
  await readPledge(phone, await invite(first, first.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  await phone.page.evaluate(() => indexedDB.deleteDatabase('ikrar'));
  const next = await openCast(db, { of: first });
  await phone.page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await prompts(phone)).toEqual(['create', 'get']);
  expect(await phone.passkeys()).toHaveLength(1);
});

const says = ({ page }: Phone, text: string) => page.getByText(text).waitFor();
const isHeard = ({ page }: Phone) =>
  page.locator('[data-known]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.known));

test('how often the phone will ask is said before the tap, and once it is known', async () => {
  const first = await openCast(db);
  const phone = await openPhone();
  await readPledge(phone, await invite(first, first.siti));
  expect(await isHeard(phone)).toEqual(['belum']);
  await says(phone, 'dua kali. Pertama untuk membuat kunci sandi, lalu untuk menandatangani.');
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const next = await openCast(db, { of: first });
  await phone.page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  expect(await isHeard(phone)).toEqual(['ya']);
  await says(phone, 'HP ini sudah dikenal.');
  // A phone that has forgotten doesn't promise anything.
  await phone.page.evaluate(() => indexedDB.deleteDatabase('ikrar'));
  await phone.page.reload();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).click();
  expect(await isHeard(phone)).toEqual(['mungkin']);
  await says(phone, 'paling banyak dua kali');
  // Nor one for whom several are known: it may have to ask which.
  await phoneOf(services, first.siti);
  await phone.page.reload();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).click();
  expect(await isHeard(phone)).toEqual(['beberapa']);
  await says(phone, 'paling banyak tiga kali');
});

test('a passkey that has become eligible for backup signs, at this event and the next', async () => {
  const first = await openCast(db);
  const phone = await openPhone();
  const { cdp, authenticatorId } = phone;
  await readPledge(phone, await invite(first, first.siti));
  // Registered as bound to this phone; then its manager begins to sync it, before the first signature.
  const made = new Promise<string>((done) =>
    cdp.on('WebAuthn.credentialAdded', ({ credential }) => done(credential.credentialId)),
  );
  let turned = false;
  await phone.page.route('**/undangan/kunci', async (route) => {
    const credentialId = await made;
    await cdp.send('WebAuthn.setCredentialProperties', {
      authenticatorId,
      credentialId,
      backupEligibility: true,
      backupState: true,
    });
    turned = true;
    await route.continue();
  });
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(turned).toBe(true);
  const [kept] = await db.execute<{ eligible: boolean; since: string | null }>(sql`
    select backup_eligible as eligible, eligible_since as since from signer_credential where person_id = ${first.siti}::uuid`);
  expect(kept).toEqual({ eligible: true, since: expect.anything() });

  const next = await openCast(db, { of: first });
  await phone.page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await phone.passkeys()).toHaveLength(1);
});

test('one that is no longer eligible is refused, and the same phone makes another', async () => {
  const first = await openCast(db);
  const phone = await openPhone({ synced: true });
  const { cdp, authenticatorId, page } = phone;
  await countPrompts(phone);
  await readPledge(phone, await invite(first, first.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const { credentialId } = (await phone.passkeys())[0]!;
  await cdp.send('WebAuthn.setCredentialProperties', {
    authenticatorId,
    credentialId,
    backupEligibility: false,
    backupState: false,
  });
  const next = await openCast(db, { of: first });
  await page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: 'Kunci sandi ini berubah' }).waitFor();
  await says(phone, 'Dulu tercadang, sekarang tidak. Buat kunci sandi baru di HP ini.');
  expect(await page.getByRole('link', { name: 'Telepon' }).getAttribute('href')).toBe('tel:+6281234567890');
  await page.getByRole('button', { name: 'Buat kunci sandi baru' }).click();
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  expect(await isHeard(phone)).toEqual(['belum']);
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await phone.passkeys()).toHaveLength(2);

  // From now on the newer one is the phone's.
  const last = await openCast(db, { of: first });
  await page.goto('about:blank');
  await readPledge(phone, await invite(last, last.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await prompts(phone)).toEqual(['get']);
});

test('a passkey that was deleted from the phone does not lock its owner out', async () => {
  const first = await openCast(db);
  const phone = await openPhone();
  const { cdp, authenticatorId, page } = phone;
  await readPledge(phone, await invite(first, first.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
  // The system's sheet says that there is none; who closes it has refused, as far as a page can tell.
  await page.addInitScript(() => {
    navigator.credentials.get = () =>
      new Promise((_, refuse) => setTimeout(() => refuse(new DOMException('none', 'NotAllowedError')), 700));
  });
  const next = await openCast(db, { of: first });
  await page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  await agreeAndSign(phone);
  // Nobody is told that they cancelled.
  await heading(phone).filter({ hasText: 'Kunci sandi belum dipakai' }).waitFor();
  await page.evaluate(() => Reflect.deleteProperty(navigator.credentials, 'get'));
  await page.getByRole('button', { name: 'Buat kunci sandi baru' }).click();
  await seesReceipt(phone);
  expect(await signatures.byPerson(db, next.siti)).not.toBeNull();
  expect(await phone.passkeys()).toHaveLength(1);
});

test('one who is asked once only, and gives nothing, is not told that one step is left', async () => {
  const first = await openCast(db);
  const phone = await openPhone();
  const { cdp, authenticatorId, page } = phone;
  await readPledge(phone, await invite(first, first.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const next = await openCast(db, { of: first });
  await page.goto('about:blank');
  await readPledge(phone, await invite(next, next.siti));
  await phone.verifyPerson(false);
  await agreeAndSign(phone);
  // At the first refusal already: the phone may have it no more, and doesn't say so.
  await heading(phone).filter({ hasText: 'Kunci sandi belum dipakai' }).waitFor();
  await page.getByRole('button', { name: 'Buat kunci sandi baru' }).waitFor();
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
  await phone.verifyPerson(true);
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await heading(phone).filter({ hasText: 'Kunci sandi belum dipakai' }).waitFor();
  await page.getByRole('button', { name: 'Buat kunci sandi baru' }).click();
  await seesReceipt(phone);
});

test('a card that is printed anew after the passkey was made: the same phone makes another', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  await readPledge(phone, await invite(cast, cast.siti));
  await page.route('**/undangan/kunci', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: 'Tidak ada sambungan' }).waitFor();
  expect(await page.locator('main .lead').textContent()).toBe(
    'Nyalakan Wi-Fi atau data seluler, lalu ketuk Coba lagi. Belum ada yang ditandatangani.',
  );
  await page.unroute('**/undangan/kunci');
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  await page.goto('about:blank');
  await readPledge(phone, await invite(cast, cast.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('a dead end names event, day, office and whom to call; so does the receipt', async () => {
  const early = await openCast(db, { tahap: 'disiapkan' });
  const phone = await openPhone();
  const { page } = phone;
  await page.goto(await invite(early, early.siti));
  await heading(phone).filter({ hasText: 'Kegiatan belum dibuka' }).waitFor();
  const help = page.locator('[data-bantuan]');
  for (const said of [
    'Deklarasi Netralitas Kepala Desa dan Lurah',
    '23 November 2026',
    'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
    'Rina Contoh',
  ])
    expect(await help.textContent()).toContain(said);
  expect(await help.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')).toBe(
    'https://wa.me/6281234567890',
  );
  expect(await faultsOf(page)).toEqual([]);
  const cast = await openCast(db);
  await page.goto('about:blank');
  await readPledge(phone, await invite(cast, cast.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await page.getByRole('link', { name: 'Telepon' }).getAttribute('href')).toBe('tel:+6281234567890');
  // On paper too, with a name or without.
  for (const nama of ['Rina Contoh', '']) {
    await db.execute(sql`update kegiatan set kontak_nama = ${nama} where id = ${cast.kegiatanId}`);
    await page.emulateMedia({ media: 'screen' });
    await page.reload();
    await heading(phone).filter({ hasText: 'sudah menandatangani' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('main').innerText();
    expect(printed).toContain('0812-3456-7890');
    expect(printed).toContain(nama);
  }
});

test('without a contact the office is named, and no empty link stands there', async () => {
  const cast = await openCast(db);
  await db.execute(
    sql`update kegiatan set kontak_nama = '', kontak_nomor = '' where id = ${cast.kegiatanId}`,
  );
  const link = await invite(cast, cast.siti);
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  const phone = await openPhone();
  await phone.page.goto(link);
  await heading(phone).filter({ hasText: 'Kartu ini sudah diganti' }).waitFor();
  await says(phone, 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat');
  expect(await phone.page.locator('[data-bantuan] a').count()).toBe(0);
  expect(await phone.page.locator('[data-bantuan]').textContent()).not.toContain('Kontak');
});

test('a cancelled prompt stores nothing, and a second try goes through', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await readPledge(phone, await invite(cast, cast.siti));
  await phone.verifyPerson(false);
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: 'Tanda tangan batal' }).waitFor();
  expect(await signatures.byPerson(db, cast.siti)).toBeNull();
  await phone.verifyPerson(true);
  await phone.page.getByRole('button', { name: 'Coba lagi' }).click();
  await seesReceipt(phone);
});

test('a browser that wants another tap before it signs gets a button', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await phone.page.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    let refused = false;
    navigator.credentials.get = async (options) => {
      if (refused) return get(options);
      refused = true;
      throw new DOMException('no tap', 'NotAllowedError');
    };
  });
  await readPledge(phone, await invite(cast, cast.siti));
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: 'Satu langkah lagi' }).waitFor();
  await phone.page.getByRole('button', { name: 'Lanjutkan tanda tangan' }).click();
  await seesReceipt(phone);
  expect(await phone.passkeys()).toHaveLength(1);
});

test('without a network the signature is kept, and leaves by itself when it is back', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  let cut = false;
  await phone.page.route('**/undangan/tanda-tangan', async (route) => {
    if (cut) return route.continue();
    cut = true;
    await phone.context.setOffline(true);
    await route.abort('internetdisconnected');
  });
  await readPledge(phone, await invite(cast, cast.siti));
  await agreeAndSign(phone);
  await phone.page.getByText('Sambungan terputus').waitFor();
  expect(await phone.page.locator('li[aria-current]').textContent()).toBe('Belum terkirim');
  expect(await signatures.byPerson(db, cast.siti)).toBeNull();
  await phone.context.setOffline(false);
  await seesReceipt(phone);
});

test('a page closed before sending goes on when the invitation is opened again', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await countPrompts(phone);
  await phone.page.route('**/undangan/tanda-tangan', (route) => route.abort('connectionreset'));
  const link = await invite(cast, cast.siti);
  await readPledge(phone, link);
  await agreeAndSign(phone);
  await phone.page.getByText('Sambungan terputus').waitFor();
  await phone.page.unroute('**/undangan/tanda-tangan');
  await phone.page.reload();
  await seesReceipt(phone);
  expect(await prompts(phone)).toEqual([]);
});

test('an answer that is lost on the way comes again as the same receipt', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  let sent = 0;
  await phone.page.route('**/undangan/tanda-tangan', async (route) => {
    sent++;
    if (sent > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await readPledge(phone, await invite(cast, cast.siti));
  await agreeAndSign(phone);
  await phone.page.getByRole('button', { name: 'Kirim ulang' }).click();
  await seesReceipt(phone);
  expect(sent).toBe(2);
  const row = await signatures.byPerson(db, cast.siti);
  await phone.page.getByText(formatCode(row!.kode)).waitFor();
});

test('while the ledger stands still nobody is asked for a finger, and the invitation opens later', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await countPrompts(phone);
  const link = await invite(cast, cast.siti);
  const goOn = await putAhead(house);
  try {
    await phone.page.goto(link);
    await heading(phone).filter({ hasText: 'Penandatanganan sedang dihentikan' }).waitFor();
    await phone.page.getByText('Tidak ada yang hilang. Tanyakan kepada petugas').waitFor();
    expect(await prompts(phone)).toEqual([]);
  } finally {
    await goOn();
  }
  await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('a signature that meets a ledger at rest stays on the phone, and leaves by itself', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await readPledge(phone, await invite(cast, cast.siti));
  let goOn = async (): Promise<void> => {};
  await phone.page.route(
    '**/undangan/tanda-tangan',
    async (route) => {
      goOn = await putAhead(house);
      await route.continue();
    },
    { times: 1 },
  );
  await agreeAndSign(phone);
  await phone.page.getByText('Pencatatan sedang dihentikan').waitFor();
  await phone.page.getByText('Tanda tangan tersimpan di HP ini').waitFor();
  expect(await phone.page.getByText('Sambungan terputus').isVisible()).toBe(false);
  await phone.page.reload();
  await phone.page.getByText('Pencatatan sedang dihentikan').waitFor();
  await phone.page.getByRole('link', { name: 'Telepon' }).waitFor();
  expect(await signatures.byPerson(db, cast.siti)).toBe(null);
  await goOn();
  await seesReceipt(phone);
  expect(await signatures.byPerson(db, cast.siti)).not.toBe(null);
});

/** What the phone keeps of signatures on their way, as it was before another tab changed it so. */
const outgoingOf = ({ page }: Phone, change: 'clear' | object = {}): Promise<unknown[]> =>
  page.evaluate(
    (changed) =>
      new Promise<unknown[]>((done) => {
        const opened = indexedDB.open('ikrar');
        opened.onsuccess = () => {
          const step = opened.result.transaction('kirim', 'readwrite');
          const store = step.objectStore('kirim');
          const all = store.getAll();
          all.onsuccess = () => {
            if (changed === 'clear') store.clear();
            else for (const one of all.result) store.put({ ...one, ...(changed as object) });
          };
          step.oncomplete = () => {
            opened.result.close();
            done(all.result);
          };
        };
      }),
    change,
  );

test('what was thrown away in another tab, or waits there for a tap, is not sent by this one', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const link = await invite(cast, cast.siti);
  await readPledge(phone, link);
  const path = '**/undangan/tanda-tangan';
  let tries = 0;
  const cut = (route: Route): Promise<void> => {
    tries++;
    return route.abort();
  };
  await phone.page.route(path, cut);
  await agreeAndSign(phone);
  await phone.page.getByText('Tanda tangan tersimpan di HP ini').first().waitFor();
  expect(await outgoingOf(phone)).toHaveLength(1);
  // As another tab does it: the office has closed the door, and the person is told that a tap will send it.
  await outgoingOf(phone, { refused: 'event-closed', fate: 'repair' });
  await phone.page.unroute(path);
  await phone.page.getByRole('button', { name: 'Kirim lagi' }).waitFor();
  expect(await signatures.byPerson(db, cast.siti)).toBe(null);
  expect(tries).toBeGreaterThan(0);

  // On its way again, and thrown away elsewhere.
  await phone.page.route(path, cut);
  await phone.page.getByRole('button', { name: 'Kirim lagi' }).click();
  await phone.page.getByText('Tanda tangan tersimpan di HP ini').first().waitFor();
  await outgoingOf(phone, 'clear');
  await phone.page.unroute(path);
  await heading(phone).filter({ hasText: 'Periksa data' }).waitFor();
  expect(await signatures.byPerson(db, cast.siti)).toBe(null);
});

test('what had arrived and is gone with its database is sent again', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await readPledge(phone, await invite(cast, cast.siti));
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(request.url().split('/').at(-1)!));
  const arrives = (route: Route) => route.fulfill({ status: 202, json: { outcome: 'waiting' } });
  await phone.page.route('**/undangan/tanda-tangan', arrives, { times: 1 });
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(asked.slice(asked.indexOf('tanda-tangan'))).toEqual(['tanda-tangan', 'status', 'tanda-tangan']);
  expect(await signatures.byPerson(db, cast.siti)).not.toBe(null);
});

test('the invitation of one who has signed opens the receipt, also after another card was printed', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const link = await invite(cast, cast.siti);
  await readPledge(phone, link);
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const row = await signatures.byPerson(db, cast.siti);
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  for (const each of [link, await invite(cast, cast.siti)]) {
    await phone.page.goto('about:blank');
    await phone.page.goto(each);
    await heading(phone).filter({ hasText: 'Bapak/Ibu sudah menandatangani' }).waitFor();
    // The PDF comes first.
    const first = phone.page.locator('#layar a').first();
    expect(await first.textContent()).toContain('Unduh dokumen (PDF)');
    expect(await first.getAttribute('href')).toBe(`/p/${formatCode(row!.kode)}.pdf`);
  }
});

/** What nobody is told whose phone has not signed. */
const OWN = /Bapak\/Ibu sudah menandatangani|Selesai|Terima kasih/;

test('whose card somebody else signed with is not told that they did: opening it, or in the middle of reading', async () => {
  const cast = await openCast(db);
  const link = await invite(cast, cast.siti);
  const owner = await openPhone();
  await readPledge(owner, link);
  const thief = await openPhone();
  await readPledge(thief, link);
  await agreeAndSign(thief);
  await seesReceipt(thief);
  const told = async (): Promise<void> => {
    await heading(owner).filter({ hasText: 'Dengan kartu ini sudah ditandatangani' }).waitFor();
    await says(owner, 'Bila bukan Bapak/Ibu yang menandatangani, segera hubungi penyelenggara.');
    await owner.page.getByRole('link', { name: 'Telepon' }).waitFor();
    expect(await owner.page.locator('main').innerText()).not.toMatch(OWN);
    expect(await faultsOf(owner.page)).toEqual([]);
  };
  await agreeAndSign(owner);
  await told();
  await owner.page.reload();
  await told();
  expect(await owner.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('not even while the thief’s pledge still waits for the ledger', async () => {
  const cast = await openCast(db);
  const link = await invite(cast, cast.siti);
  await hasSigned(services, cast.siti);
  const owner = await openPhone();
  await owner.page.route(
    '**/undangan',
    (route) => route.fulfill({ status: 202, json: { outcome: 'waiting' } }),
    { times: 1 },
  );
  await owner.page.goto(link);
  await heading(owner).filter({ hasText: 'Dengan kartu ini sudah ditandatangani' }).waitFor();
});

/** The door shuts while the signature is on its way. */
const shutBeforePost = ({ page }: Phone, shut: () => Promise<unknown>) =>
  page.route(
    '**/undangan/tanda-tangan',
    async (route) => {
      await shut();
      await route.continue();
    },
    { times: 1 },
  );
const off = (cast: Cast) =>
  db.execute(
    sql`insert into roster_removal (person_id, alasan, by) values (${cast.siti}::uuid, 'uji', ${cast.officerId}::uuid)`,
  );
const back = (cast: Cast) =>
  db.execute(sql`update roster_removal set ended_at = now() where person_id = ${cast.siti}::uuid`);
const deadline = (cast: Cast, at: string) =>
  db.execute(sql`update kegiatan set batas = now() + ${at}::interval where id = ${cast.kegiatanId}`);

const DOORS: readonly [string, (cast: Cast) => Promise<unknown>, (cast: Cast) => Promise<unknown>][] = [
  [
    'Kegiatan baru saja ditutup',
    (cast) => toStage(db, cast.kegiatanId, cast.officerId, 'ditutup'),
    (cast) => toStage(db, cast.kegiatanId, cast.officerId, 'dibuka'),
  ],
  ['Batas waktu baru saja lewat', (cast) => deadline(cast, '-1 second'), (cast) => deadline(cast, '1 day')],
  ['Nama ini sudah dikeluarkan dari daftar', off, back],
];

test.for(DOORS)('refused, since: %s. It is kept, and sent by a tap alone', async ([title, shut, reopen]) => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  await countPrompts(phone);
  const link = await invite(cast, cast.siti);
  await readPledge(phone, link);
  await shutBeforePost(phone, () => shut(cast));
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: title }).waitFor();
  await says(phone, 'Tanda tangan tersimpan di HP ini');
  await says(phone, 'HP tidak mengirimnya sendiri.');
  expect(await page.locator('main').innerText()).not.toContain('tidak tersimpan');
  // Shut as before: it says so, and has forgotten nothing.
  await page.getByRole('button', { name: 'Coba buka lagi' }).click();
  await says(phone, 'Tanda tangan tersimpan di HP ini');

  await reopen(cast);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(new URL(request.url()).pathname));
  for (const each of ['about:blank', `${origin}/u`, 'about:blank', link]) await page.goto(each);
  await heading(phone).filter({ hasText: 'Tanda tangan belum terkirim' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(sent).not.toContain('/undangan/tanda-tangan');
  expect(await signatures.byPerson(db, cast.siti)).toBeNull();
  await page.getByText('Baca yang ditandatangani').click();
  await says(phone, 'nama Hj. Siti Contoh, S.Sos., M.AP.');
  await page.getByRole('button', { name: 'Kirim lagi' }).click();
  await seesReceipt(phone);
  expect(await prompts(phone)).toEqual([]);
  expect(await signatures.byPerson(db, cast.siti)).not.toBeNull();
});

test('what was refused can be thrown away, and signed anew; once sent by a tap, a lost network sends it by itself', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  const link = await invite(cast, cast.siti);
  await readPledge(phone, link);
  await shutBeforePost(phone, () => off(cast));
  await agreeAndSign(phone);
  await says(phone, 'Tanda tangan tersimpan di HP ini');
  await back(cast);
  await page.reload();
  await page.getByRole('button', { name: 'Buang tanda tangan ini' }).click();
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  expect(await signatures.byPerson(db, cast.siti)).toBeNull();
  await shutBeforePost(phone, () => off(cast));
  await agreeAndSign(phone);
  await says(phone, 'Tanda tangan tersimpan di HP ini');
  await back(cast);
  await page.reload();
  const lose = (route: Route) => route.abort('connectionreset');
  await page.route('**/undangan/tanda-tangan', lose);
  await page.getByRole('button', { name: 'Kirim lagi' }).click();
  await says(phone, 'Sambungan terputus');
  await page.unroute('**/undangan/tanda-tangan', lose);
  await page.reload();
  await seesReceipt(phone);
});

/** The code of a person's card, as it is printed. */
async function codeOf(cast: Cast, personId: string): Promise<string> {
  await invite(cast, personId);
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  return formatTyped(cards.find((card) => card.personId === personId)!.code);
}

async function type({ page }: Phone, text: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${origin}/u`);
  const field = page.getByLabel('Kode di kartu undangan');
  await field.focus();
  await page.keyboard.insertText(text);
  await field.press('Enter');
}

const cutOff = (route: Route) => route.abort('connectionreset');

test('link and code are one invitation: what was signed by the one is known by the other', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  const link = await invite(cast, cast.siti);
  const code = await codeOf(cast, cast.siti);
  await readPledge(phone, link);
  await shutBeforePost(phone, () => toStage(db, cast.kegiatanId, cast.officerId, 'ditutup'));
  await agreeAndSign(phone);
  await says(phone, 'Tanda tangan tersimpan di HP ini');
  await toStage(db, cast.kegiatanId, cast.officerId, 'dibuka');
  // As an older page kept it: under the symbols alone.
  await page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open('ikrar');
        request.onsuccess = () => {
          const store = request.result.transaction('kirim', 'readwrite').objectStore('kirim');
          store.getAll().onsuccess = ({ target }) => {
            const [{ names: _, fate: __, ...old }] = (target as IDBRequest).result;
            store.put(old).onsuccess = done;
          };
        };
      }),
  );
  await type(phone, `[20.11, 26/11/2026] Budi: ${code}`);
  await heading(phone).filter({ hasText: 'Tanda tangan belum terkirim' }).waitFor();
  await page.route('**/undangan/tanda-tangan', cutOff);
  await page.getByRole('button', { name: 'Kirim lagi' }).click();
  await says(phone, 'Sambungan terputus');
  // Its answer is lost, and another card is printed: the old code still opens the receipt.
  await page.unroute('**/undangan/tanda-tangan', cutOff);
  await page.route(
    '**/undangan/tanda-tangan',
    async (route) => {
      await route.fetch();
      await cutOff(route);
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: 'Kirim ulang' }).click();
  await expect.poll(() => signatures.byPerson(db, cast.siti)).not.toBeNull();
  await invitations.renew(db, services.secret, cast.siti, actorOf(cast));
  await type(phone, code);
  await heading(phone)
    .filter({ hasText: /Selesai|sudah menandatangani/ })
    .waitFor();
  await page.goto('about:blank');
  await page.goto(link);
  await heading(phone).filter({ hasText: 'Bapak/Ibu sudah menandatangani' }).waitFor();
});

test('two pages of one phone that sign at once both get the receipt', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const link = await invite(cast, cast.siti);
  const page = await phone.context.newPage();
  const cdp = await phone.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  const other = { ...phone, page };
  const held: (() => void)[] = [];
  for (const each of [phone, other]) {
    await readPledge(each, link);
    await each.page.route('**/undangan/tanda-tangan', async (route) => {
      await new Promise<void>((go) => held.push(go));
      await route.continue();
    });
  }
  for (const [at, each] of [phone, other].entries()) {
    await agreeAndSign(each);
    await expect.poll(() => held.length).toBe(at + 1);
  }
  held[0]!();
  await seesReceipt(phone);
  held[1]!();
  await heading(other)
    .filter({ hasText: /Selesai|sudah menandatangani/ })
    .waitFor();
  for (const each of [phone, other]) {
    await each.page.reload();
    await heading(each).filter({ hasText: 'Bapak/Ibu sudah menandatangani' }).waitFor();
  }
});

test('on a shared phone the next one can type a code; what is kept of another is named, and can be thrown away', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  await readPledge(phone, await invite(cast, cast.siti));
  await page.route('**/undangan/tanda-tangan', cutOff);
  await agreeAndSign(phone);
  await says(phone, 'Sambungan terputus');
  await says(phone, 'Biarkan halaman ini terbuka.');
  await page.getByRole('link', { name: 'Telepon' }).waitFor();
  await page.getByRole('link', { name: 'Ketik kode lain' }).click();
  await page.getByText('Belum terkirim dari HP ini').waitFor();
  // Only now, or what it tries again by itself might arrive before it is left.
  await page.unroute('**/undangan/tanda-tangan', cutOff);
  await says(phone, 'Hj. Siti Contoh, S.Sos., M.AP.');
  expect(await faultsOf(page)).toEqual([]);
  expect(await signatures.byPerson(db, cast.siti)).toBeNull();
  await type(phone, await codeOf(cast, cast.budi));
  await page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('Budi');
  await page.goto('about:blank');
  await page.goto(`${origin}/u`);
  await page.getByText('Tidak jadi dikirim?').click();
  await page.getByRole('button', { name: 'Buang tanda tangan ini' }).click();
  await page.getByText('Belum terkirim dari HP ini').waitFor({ state: 'hidden' });
  await page.reload();
  expect(await page.getByText('Belum terkirim dari HP ini').isVisible()).toBe(false);
});

test('what was thrown away is no alarm when the person has signed at the desk', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await readPledge(phone, await invite(cast, cast.siti));
  await shutBeforePost(phone, () => toStage(db, cast.kegiatanId, cast.officerId, 'ditutup'));
  await agreeAndSign(phone);
  await phone.page.getByRole('button', { name: 'Buang tanda tangan ini' }).click();
  await heading(phone).filter({ hasText: 'Kegiatan sudah ditutup' }).waitFor();
  await toStage(db, cast.kegiatanId, cast.officerId, 'dibuka');
  await hasSigned(services, cast.siti);
  await phone.page.reload();
  await heading(phone).filter({ hasText: 'Dengan kartu ini sudah ditandatangani' }).waitFor();
});

test('a card that was replaced on the way: said once what to do, and nothing dead is sent again', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  await readPledge(phone, await invite(cast, cast.siti));
  await shutBeforePost(phone, () => invitations.renew(db, services.secret, cast.siti, actorOf(cast)));
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: 'Kartu ini sudah diganti' }).waitFor();
  expect(await page.locator('main').innerText()).not.toMatch(/tersimpan di HP|sendiri|dari awal/);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(new URL(request.url()).pathname));
  await page.reload();
  await heading(phone).filter({ hasText: 'Kartu ini sudah diganti' }).waitFor();
  expect(sent).not.toContain('/undangan/tanda-tangan');
  await page.goto('about:blank');
  await readPledge(phone, await invite(cast, cast.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('a service that fails is not taken for a lost network: at opening, at the key, and on the way', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  const fails =
    (status: number, body: object | string = {}) =>
    async (route: Route) => {
      await route.fulfill({
        status,
        headers: { 'retry-after': '30' },
        ...(typeof body === 'string' ? { body, contentType: 'text/html' } : { json: body }),
      });
    };
  const link = await invite(cast, cast.siti);
  await page.route('**/undangan', fails(502, '<h1>Bad Gateway</h1>'));
  await page.goto(link);
  await heading(phone).filter({ hasText: 'Ada gangguan di layanan kami' }).waitFor();
  expect(await page.locator('main').innerText()).not.toContain('Wi-Fi');
  await page.unroute('**/undangan');
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  await page.route('**/undangan/kunci', fails(429));
  await agreeAndSign(phone);
  await heading(phone).filter({ hasText: 'Sedang ramai' }).waitFor();
  await page.getByRole('link', { name: 'Telepon' }).waitFor();
  await page.unroute('**/undangan/kunci');
  await page.route('**/undangan/tanda-tangan', fails(503));
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await page.locator('[data-why="gangguan"]').first().waitFor();
  expect(await page.locator('main').innerText()).not.toMatch(/Wi-Fi|terputus/);
  // Whom to ask is known also when the page is opened again and nothing answers.
  await page.reload();
  await page.getByRole('link', { name: 'Telepon' }).waitFor();
  await page.unroute('**/undangan/tanda-tangan');
  await page.getByRole('button', { name: 'Kirim ulang' }).click();
  await seesReceipt(phone);
});

test('where nothing can be kept, nothing else is promised', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const { page } = phone;
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  await readPledge(phone, await invite(cast, cast.siti));
  await page.route('**/undangan/tanda-tangan', cutOff);
  await agreeAndSign(phone);
  await says(phone, 'HP ini tidak dapat menyimpan tanda tangan. Jangan tutup halaman ini.');
  expect(await page.locator('main').innerText()).not.toContain('tersimpan di HP');
  await page.unroute('**/undangan/tanda-tangan', cutOff);
  await shutBeforePost(phone, () => toStage(db, cast.kegiatanId, cast.officerId, 'ditutup'));
  await page.getByRole('button', { name: 'Kirim ulang' }).click();
  await heading(phone).filter({ hasText: 'Kegiatan baru saja ditutup' }).waitFor();
  await says(phone, 'Tanda tangan hanya ada di halaman ini');
  await toStage(db, cast.kegiatanId, cast.officerId, 'dibuka');
  await page.getByRole('button', { name: 'Coba buka lagi' }).click();
  await page.getByRole('button', { name: 'Kirim lagi' }).click();
  await seesReceipt(phone);
});

test('what else is signed folds out within a narrow screen, however long the names are', async () => {
  const cast = await openCast(db);
  await db.execute(sql`
    update person set gelar_depan = 'Prof. Dr. Ir. H.', gelar_belakang = 'S.Sos., M.AP., M.Si., Ph.D.',
      nama = 'Muhammad Abdurrahman Wahyuningtyas Kusumanegara', jabatan = 'Penjabat Kepala Desa Persiapan Pemekaran',
      nomor = '800/17/IKRAR-NETRALITAS/BKBP-KOTAWARINGINBARAT/XI/2026'
    where id = ${cast.siti}::uuid`);
  const phone = await openPhone();
  const { page } = phone;
  await page.goto(await invite(cast, cast.siti));
  await page.getByText('Rincian yang ikut ditandatangani').click();
  for (const said of [
    '800/17/IKRAR-NETRALITAS/BKBP-KOTAWARINGINBARAT/XI/2026',
    '23 November 2026',
    'kades-pilkada/',
  ])
    await page.getByText(said).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const violations = await faultsOf(page);
  expect(violations).toEqual([]);
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  // The same on another phone, magnified to twice its size; and on one sheet of paper.
  const other = await openPhone({ width: 180, height: 320 });
  await other.page.goto(await invite(cast, cast.siti));
  await heading(other).filter({ hasText: 'Dengan kartu ini sudah ditandatangani' }).waitFor();
  expect(await other.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(180);
  const sheets = (await other.page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
  expect(sheets).toHaveLength(1);
});

test('wrong data leads to the desk, and back', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  await phone.page.goto(await invite(cast, cast.siti));
  const nama = await phone.page.locator('[data-step="data"] [data-isi="nama"]').textContent();
  await phone.page.getByRole('button', { name: 'Ada yang salah' }).click();
  await heading(phone).filter({ hasText: 'Panggil petugas' }).waitFor();
  const step = phone.page.locator('[data-step="salah"]');
  expect(await step.textContent()).toContain(nama);
  await phone.page.getByRole('button', { name: 'Kembali' }).click();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).waitFor();
});

test('the code on the card opens the invitation; one wrong letter is noticed', async () => {
  const cast = await openCast(db);
  await invite(cast, cast.siti);
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  const { code } = cards.find((card) => card.personId === cast.siti)!;
  const phone = await openPhone();
  await phone.page.goto(`${origin}/u`);
  const field = phone.page.getByLabel('Kode di kartu undangan');
  await field.fill((code[0] === '0' ? '1' : '0') + code.slice(1));
  await field.press('Enter');
  await heading(phone).filter({ hasText: 'Kode salah ketik' }).waitFor();
  await field.fill(formatTyped(code).toLowerCase());
  await field.press('Enter');
  await phone.page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  await phone.page.reload();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).waitFor();
});

test('a phone without a screen lock is told so, and may go on', async () => {
  const cast = await openCast(db);
  const phone = await openPhone({ passkeys: false });
  await phone.page.goto(await invite(cast, cast.siti));
  await heading(phone).filter({ hasText: 'belum memakai kunci layar' }).waitFor();
  await phone.page.getByRole('button', { name: 'Tetap lanjutkan' }).click();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).waitFor();
});

test.for([
  [
    'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Version/4.0 Chrome/120 Mobile Safari/537.36; wv)',
    'intent:',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
    'x-safari-http:',
  ],
] as const)('inside another app the page shows the way out: %s', async ([userAgent, scheme]) => {
  const cast = await openCast(db);
  const phone = await openPhone({ userAgent });
  const link = await invite(cast, cast.siti);
  await phone.page.goto(link);
  await heading(phone).filter({ hasText: 'Buka di browser dulu' }).waitFor();
  const out = await phone.page.getByRole('link', { name: 'Buka di browser' }).getAttribute('href');
  expect(out!.startsWith(`${scheme}//localhost`)).toBe(true);
  expect(out).toContain(`/u#${link.split('#')[1]}`);
  expect(await phone.page.getByLabel('Atau salin tautan ini').inputValue()).toBe(link);
});

test('without JavaScript the page says so', async () => {
  const phone = await openPhone({ javaScript: false });
  await phone.page.goto(`${origin}/u`);
  const seen = await phone.page.locator('body').innerText();
  expect(seen).toContain('Halaman ini perlu JavaScript.');
});

test('every step can be read by everyone: no fault that axe knows', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const check = async (): Promise<void> => {
    const violations = await faultsOf(phone.page);
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  };
  await phone.page.goto(`${origin}/u`);
  await phone.page.getByRole('button', { name: 'Buka undangan' }).waitFor();
  await check();
  await phone.page.goto('about:blank');
  await phone.page.goto(await invite(cast, cast.siti));
  await phone.page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  await check();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).click();
  await check();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  await check();
});

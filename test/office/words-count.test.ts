/** Whose word counts, and from when: what one officer with a passkey or a link in another's name can't do. */

import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { nameKey } from '../../src/office/officer.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import { Authenticator } from '../authenticator.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  acknowledge,
  addKey,
  appointed,
  changeOfficers,
  enter,
  found,
  get,
  join,
  joinBy,
  login,
  newestKunci,
  type Office,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;
let count = 0;
const office = (): Promise<Office> => found(house, { nama: `Kantor ${++count}` });
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;

/** Why the two can't approve something together now, asked for by the first a moment ago. */
async function beside(one: Office, other: Office): Promise<string> {
  const [row] = await db.execute<{ outcome: string }>(sql`
    select counts_beside(${other.officerId}::uuid, c.spki, ${one.officerId}::uuid, 'infinity') as outcome
    from officer_credential c where c.officer_id = ${other.officerId}::uuid and c.ended_at is null order by c.at limit 1`);
  return row!.outcome;
}
/** All that is there now is a day older. */
const aDayPasses = async (): Promise<void> => {
  for (const table of ['officer', 'officer_credential'])
    await db.execute(sql`update ${sql.raw(table)} set at = at - interval '25 hours'`);
};

/** One who has taken a passkey in a colleague's name, by the colleague's own link. */
async function takenOver(): Promise<{ first: Office; second: Office; made: Office; thief: Authenticator }> {
  const first = await office();
  const second = await join(house, first, 'Petugas Kedua');
  const made = await joinBy(house, first, 'Rekaan');
  await settle(house);
  const thief = new Authenticator();
  await enter(house, tokenOf(await changeOfficers(house, second, { tindakan: 'tautan-kunci' })), thief, {});
  return { first, second, made, thief };
}

describe('a passkey that somebody took in a colleague’s name', () => {
  test('vouches and invites to no effect before it is a day old', async () => {
    const { first, second, made, thief } = await takenOver();
    const asSecond = { ...second, cookie: (await login(house, thief)).cookie, phone: thief };
    expect(await beside(first, made)).toBe('officers-related');
    expect(await changeOfficers(house, asSecond, { tindakan: 'jamin', id: made.officerId })).toMatchObject({
      ok: true,
    });
    expect(await beside(first, made)).toBe('officers-related');
    const ghost = await joinBy(house, asSecond, 'Siluman');
    await db.execute(sql`
      update officer_credential set at = now() - interval '2 days' where officer_id = ${ghost.officerId}::uuid`);
    await db.execute(
      sql`update officer set at = now() - interval '2 days' where id = ${ghost.officerId}::uuid`,
    );
    expect(await beside(first, ghost)).toBe('officers-related');
    const page = await (await get(house, '/kantor/petugas', first.cookie)).text();
    expect(page).toContain('dijamin Petugas Kedua (belum dihitung)');
    // Nor then, as long as the officer hasn't said that they know of it.
    await aDayPasses();
    expect(await beside(first, made)).toBe('officers-related');
    expect(await acknowledge(house, second)).toMatchObject({ ok: true });
    expect(await beside(first, made)).toBe('counts');
  });

  test('is told of with all that it does in their name, until one of the older keys says it is known', async () => {
    const { second, made, thief } = await takenOver();
    const news = async () =>
      (await officerChanges.latest(db, second.officerId, 0)).map(({ tindakan }) => tindakan);
    const cookie = (await login(house, thief)).cookie;
    const asSecond = { ...second, cookie, phone: thief };
    await changeOfficers(house, asSecond, { tindakan: 'jamin', id: made.officerId });
    await joinBy(house, asSecond, 'Siluman');
    const all = ['masuk', 'undang', 'jamin', 'kunci-tautan'];
    expect((await news()).slice(0, 4)).toEqual(all);
    const sampai = await officerChanges.lastId(db, second.organizerId);
    await changeOfficers(house, { ...second, cookie }, { tindakan: 'periksa', sampai }, { by: thief });
    expect((await news()).slice(0, 4)).toEqual(all);
    expect(await changeOfficers(house, second, { tindakan: 'periksa', sampai })).toMatchObject({ ok: true });
    expect(await news()).toEqual([]);
  });

  test('does not clear what others did meanwhile', async () => {
    const { first, second, thief } = await takenOver();
    const cookie = (await login(house, thief)).cookie;
    await changeOfficers(house, first, { tindakan: 'undang', nama: 'Kawan' });
    const sampai = await officerChanges.lastId(db, second.organizerId);
    await changeOfficers(house, { ...second, cookie }, { tindakan: 'periksa', sampai }, { by: thief });
    const news = (await officerChanges.latest(db, second.officerId, 0)).map(({ tindakan }) => tindakan);
    expect(news).toEqual(expect.arrayContaining(['undang', 'kunci-tautan']));
  });
});

describe('who has just got a role', () => {
  test('ends their own older passkey at once, and goes at once', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const stolen = second.phone;
    await settle(house);
    await db.execute(
      sql`update officer_credential set at = at - interval '3 days' where officer_id = ${second.officerId}::uuid`,
    );
    const own = new Authenticator();
    await addKey(house, second, own);
    const sampai = await officerChanges.lastId(db, first.organizerId);
    await changeOfficers(house, second, { tindakan: 'periksa', sampai });
    await db.execute(sql`
      update officer_credential set at = at - interval '2 days' where officer_id = ${second.officerId}::uuid and at > now() - interval '1 day'`);
    // New as penyelenggara, with a passkey that is two days old.
    await db.execute(
      sql`update officer_role set at = now(), sejak = now() where officer_id = ${second.officerId}::uuid`,
    );
    const asOwner = { ...second, cookie: (await login(house, own)).cookie, phone: own };
    const end = { tindakan: 'akhiri-kunci', id: second.officerId, kunci: await newestKunci(stolen) };
    expect(await changeOfficers(house, asOwner, end)).toMatchObject({ ok: true });
    expect(
      await changeOfficers(house, asOwner, { tindakan: 'keluarkan', id: second.officerId }),
    ).toMatchObject({ ok: true });
  });
});

describe('a passkey that nobody has acknowledged', () => {
  test('ends nothing, however old it grows, and says of nothing that it is known', async () => {
    const { second, thief } = await takenOver();
    const asThief = { ...second, cookie: (await login(house, thief)).cookie, phone: thief };
    await aDayPasses();
    const kunci = await newestKunci(second.phone);
    const end = { tindakan: 'akhiri-kunci', id: second.officerId, kunci };
    const refused = { code: 'key-unowned', title: 'Kunci ini belum Anda akui' };
    expect(await changeOfficers(house, asThief, end)).toMatchObject(refused);
    const sampai = await officerChanges.lastId(db, second.organizerId);
    expect(await changeOfficers(house, asThief, { tindakan: 'periksa', sampai })).toMatchObject(refused);
    // Whoever has lost the other one gets a link of the installation, and is the owner at once.
    const given = new Authenticator();
    await enter(house, (await officerLinks.linkForKey(db, second.officerId))!, given, {});
    const asOwner = { ...second, cookie: (await login(house, given)).cookie, phone: given };
    const endThief = { ...end, kunci: await newestKunci(thief) };
    const endOwner = { ...end, kunci: await newestKunci(given) };
    expect(await changeOfficers(house, asThief, endOwner)).toMatchObject(refused);
    expect(await changeOfficers(house, asOwner, endThief)).toMatchObject({ ok: true });
    expect(await changeOfficers(house, asOwner, { tindakan: 'periksa', sampai })).toMatchObject({ ok: true });
  });

  test('is not vouched for by the installation if it came after the others were shown', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const sampai = await officerChanges.lastId(db, first.organizerId);
    await addKey(house, second, new Authenticator());
    expect(await officerChanges.vouch(db, second.officerId, sampai)).toBe(false);
    const now = await officerChanges.lastId(db, first.organizerId);
    expect(await officerChanges.vouch(db, second.officerId, now)).toBe(true);
  });
});

test('a passkey that nobody has acknowledged is not made its owner’s by the end of the oldest', async () => {
  const { second, thief } = await takenOver();
  const given = new Authenticator();
  await enter(house, (await officerLinks.linkForKey(db, second.officerId))!, given, {});
  const asOwner = { ...second, cookie: (await login(house, given)).cookie, phone: given };
  const another = new Authenticator();
  await enter(
    house,
    tokenOf(await changeOfficers(house, asOwner, { tindakan: 'tautan-kunci' })),
    another,
    {},
  );
  const asThief = { ...second, cookie: (await login(house, another)).cookie, phone: another };
  await aDayPasses();
  const oldest = { tindakan: 'akhiri-kunci', id: second.officerId, kunci: await newestKunci(second.phone) };
  expect(await changeOfficers(house, asOwner, oldest)).toMatchObject({ ok: true });
  // What the oldest gave a link for has ended with it.
  expect(await login(house, thief)).toMatchObject({ code: 'passkey-ended' });
  const end = { ...oldest, kunci: await newestKunci(given) };
  expect(await changeOfficers(house, asThief, end)).toMatchObject({ code: 'key-unowned' });
});

describe('links', () => {
  test('are ended by who is known, or made them', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const stranger = await joinBy(house, second, 'Siluman');
    await appointed(db, first.organizerId, 'Dewi');
    await settle(house);
    await changeOfficers(house, first, { tindakan: 'keluarkan', id: second.officerId });
    const [link] = await officerLinks.openLinks(db, first.organizerId);
    const digest = Uint8Array.from(Buffer.from(link!.digest, 'hex'));
    const end = (by: Office, phone = by.phone) =>
      officerChanges.endLink(db, actorOf(by), phone.credentials.at(-1)!.id, digest);
    expect(await end(stranger)).toMatchObject({ code: 'officer-stranger' });
    // Nor with a passkey that isn't theirs.
    expect(await end(first, stranger.phone)).toMatchObject({ code: 'officer-removed' });
    expect(await end(first)).toEqual({ ok: true });
    expect(await end(first)).toMatchObject({ code: 'link-ended' });
  });

  test('are not ended out of a session that a passkey opened which nobody has acknowledged, but its own', async () => {
    const { first, second, thief } = await takenOver();
    await aDayPasses();
    await appointed(db, first.organizerId, 'Dewi');
    const { cookie } = await login(house, thief);
    await changeOfficers(house, { ...second, cookie, phone: thief }, { tindakan: 'undang', nama: 'Kawan' });
    const end = async (nama: string, by: string) => {
      const link = (await officerLinks.openLinks(db, first.organizerId)).find((one) => one.nama === nama)!;
      return post(house, `/kantor/petugas/tautan/${link.digest}/akhir`, by);
    };
    expect(await (await end('Dewi', cookie)).text()).toContain('Kunci ini belum Anda akui');
    expect((await end('Kawan', cookie)).headers.get('location')).toBe('/kantor/petugas?diakhiri=ya');
    expect((await end('Dewi', second.cookie)).headers.get('location')).toBe('/kantor/petugas?diakhiri=ya');
  });

  test('that were there before who is new are not theirs to end', async () => {
    const first = await office();
    await settle(house);
    await appointed(db, first.organizerId, 'Dewi');
    await changeOfficers(house, first, { tindakan: 'undang', nama: 'Rekan Tua' });
    const late = await joinBy(house, first, 'Baru Datang');
    await changeOfficers(house, first, { tindakan: 'undang', nama: 'Rekan Muda' });
    const end = async (nama: string) => {
      const link = (await officerLinks.openLinks(db, first.organizerId)).find((one) => one.nama === nama)!;
      return post(house, `/kantor/petugas/tautan/${link.digest}/akhir`, late.cookie);
    };
    for (const nama of ['Dewi', 'Rekan Tua'])
      expect(await (await end(nama)).text()).toContain('Kunci sandi atau peran Anda masih baru');
    expect((await end('Rekan Muda')).headers.get('location')).toBe('/kantor/petugas?diakhiri=ya');
  });

  test('of one name: with a passkey that nobody has acknowledged none is made beside an owned one', async () => {
    const { second, thief } = await takenOver();
    await changeOfficers(house, second, { tindakan: 'undang', nama: 'Budi Santoso', peran: 'pengawas' });
    const asThief = { ...second, cookie: (await login(house, thief)).cookie, phone: thief };
    expect(await changeOfficers(house, asThief, { tindakan: 'undang', nama: 'BUDI  santoso' })).toMatchObject(
      {
        code: 'officer-invited',
      },
    );
    expect(await changeOfficers(house, asThief, { tindakan: 'undang', nama: 'Kawan' })).toMatchObject({
      ok: true,
    });
    // Its owner replaces either.
    expect(await changeOfficers(house, second, { tindakan: 'undang', nama: 'Kawan' })).toMatchObject({
      ok: true,
    });
  });

  test('of the installation for one passkey or one name are one, however many are asked for at once', async () => {
    const first = await office();
    const four = <T>(make: () => Promise<T>) => Promise.all([make(), make(), make(), make()]);
    await four(() => officerLinks.linkForKey(db, first.officerId));
    await four(() => officerLinks.appoint(db, first.organizerId, 'Budi'));
    expect(await officerLinks.openLinks(db, first.organizerId)).toHaveLength(2);
  });

  test('of one name end with the first that lets somebody in, and with the removal of who has that name', async () => {
    const first = await office();
    await join(house, first, 'Petugas Kedua');
    const invite = (nama: string) => changeOfficers(house, first, { tindakan: 'undang', nama });
    const lost = tokenOf(await invite('Dodi'));
    const newer = tokenOf(await invite('Dodi.'));
    expect(await enter(house, lost, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    expect((await enter(house, newer, new Authenticator(), {})).ok).toBe(true);
    // The installation's: one printed twice, one used, the holder removed.
    const [once, twice] = [
      await appointed(db, first.organizerId, 'Eka'),
      await appointed(db, first.organizerId, 'EKA'),
    ];
    expect(await enter(house, once, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    expect((await enter(house, twice, new Authenticator(), {})).ok).toBe(true);
    await db.execute(sql`
      insert into officer_invitation (digest, organizer_id, nama, expires_at)
      values (sha256('sisa'), ${first.organizerId}, 'Eka', now() + interval '1 day')`);
    const eka = (await officers.list(db, first.organizerId)).find(({ nama }) => nama === 'EKA')!;
    await settle(house);
    expect(await changeOfficers(house, first, { tindakan: 'keluarkan', id: eka.id })).toMatchObject({
      ok: true,
    });
    expect(await officerLinks.openLinks(db, first.organizerId)).toEqual([]);
  });

  test('another’s open invitation is not taken by one of the same name', async () => {
    const first = await office();
    const link = await appointed(db, first.organizerId, 'Cici');
    expect(await changeOfficers(house, first, { tindakan: 'undang', nama: 'Cíci' })).toMatchObject({
      code: 'officer-invited',
      title: 'Undangan untuk nama itu masih terbuka',
    });
    expect((await enter(house, link, new Authenticator(), {})).ok).toBe(true);
    expect(await officerLinks.appoint(db, first.organizerId, 'cici')).toEqual({
      ok: false,
      code: 'officer-named',
    });
  });

  test('whoever has lost all keys gets a new one from the installation', async () => {
    const first = await office();
    const phone = new Authenticator();
    const token = (await officerLinks.linkForKey(db, first.officerId))!;
    expect(await enter(house, token, phone, {})).toMatchObject({ ok: true });
    expect((await login(house, phone)).ok).toBe(true);
    const [latest] = await officerChanges.latest(db, first.officerId, 1);
    expect(latest).toMatchObject({ tindakan: 'kunci-tautan', by: null, news: true });
    expect(await officerLinks.linkForKey(db, 'x')).toBeNull();
  });
});

test.each([
  'Pengelola-layanan',
  'Pengelola · layanan',
  'Pengelola, layanan',
  'Pengelola Iayanan',
  'PENGELO1A LAYANAN',
  'Budi (Anda)',
  'Budi.',
  'Budí',
  '8udi\u200b',
])('%j is no name beside Budi', async (nama) => {
  const first = await office();
  await join(house, first, 'Budi');
  const said = await changeOfficers(house, first, { tindakan: 'undang', nama });
  expect(said.ok).toBe(false);
});

test('names that a reader takes for one are one, here as in the database', async () => {
  for (const nama of ['Budi', 'BUDÍ, S.Sos.', 'Ilham 10', 'Nur’aini O’Brien', 'A. A. Gde']) {
    const [row] = await db.execute<{ key: string }>(sql`select officer_name_key(${nama}::text) as key`);
    expect(nameKey(nama)).toBe(row!.key);
  }
});

test('a word given too early counts once its giver does, without being given again', async () => {
  const first = await office();
  const second = await join(house, first, 'Petugas Kedua');
  const third = await joinBy(house, second, 'Nur');
  const voucher = await enterBy(first, 'Tuti');
  await changeOfficers(house, voucher, { tindakan: 'jamin', id: third.officerId });
  expect(await beside(first, third)).toBe('officer-new');
  await db.execute(sql`
    update officer_credential set at = now() - interval '25 hours' where officer_id = ${voucher.officerId}::uuid`);
  await db.execute(
    sql`update officer set at = now() - interval '25 hours' where id = ${voucher.officerId}::uuid`,
  );
  await db.execute(sql`
    update officer_role set at = now() - interval '25 hours', sejak = now() - interval '25 hours'
    where officer_id = ${voucher.officerId}::uuid`);
  expect(await beside(first, third)).toBe('counts');
});

/** By a link of the installation, just now. */
async function enterBy(of: Office, nama: string): Promise<Office> {
  const phone = new Authenticator();
  const said = await enter(house, await appointed(db, of.organizerId, nama), phone, {});
  const who = (await officers.list(db, of.organizerId)).find((one) => one.nama === nama)!;
  return { phone, cookie: said.cookie, organizerId: of.organizerId, officerId: who.id };
}

test('what is looked at is what was there when the text was made', async () => {
  const first = await office();
  await join(house, first, 'Sebelum');
  await db.execute(sql`
    insert into officer_change (organizer_id, tindakan, officer_id, nama, at)
    values (${first.organizerId}, 'masuk', gen_random_uuid(), 'Sesudah', now() + interval '1 minute')`);
  const sampai = Number.MAX_SAFE_INTEGER;
  expect(await changeOfficers(house, first, { tindakan: 'periksa', sampai })).toMatchObject({ ok: true });
  const news = (await officerChanges.latest(db, first.officerId, 0)).map(({ nama }) => nama);
  expect(news).toEqual(['Sesudah']);
});

test('an office of two reads who of them is new', async () => {
  const first = await office();
  const second = await enterBy(first, 'Budi');
  await officerChanges.vouch(db, second.officerId, Number.MAX_SAFE_INTEGER);
  const page = async () => (await get(house, '/kantor/petugas', first.cookie)).text();
  expect(await page()).toContain('<b>Budi</b>: Anda atau kunci Anda masih baru');
  expect(await page()).toContain('Pengelola layanan dapat menjamin keduanya');
  expect(await page()).not.toContain('mengundang atau menjamin petugas kedua');
  await officerChanges.vouch(db, first.officerId, Number.MAX_SAFE_INTEGER);
  expect(await page()).toContain('<b>Budi</b>: dapat menyetujui bersama Anda.');
});

test('the installation removes one whom colleagues can’t', async () => {
  const first = await office();
  const second = await join(house, first, 'Petugas Kedua');
  await changeOfficers(house, first, { tindakan: 'undang', nama: 'Kawan' });
  expect(await officers.dismiss(db, first.officerId)).toBe(true);
  expect(await officers.dismiss(db, first.officerId)).toBe(false);
  expect((await login(house, first.phone)).ok).toBe(false);
  expect(await officerLinks.openLinks(db, first.organizerId)).toEqual([]);
  const page = await (await get(house, '/kantor/petugas', second.cookie)).text();
  expect(page).toContain('Pengelola layanan mengeluarkan Petugas Pertama.');
});

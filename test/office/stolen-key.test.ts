/** What a passkey let in ends with it: whoever stole it may have made those. Shown before, told and on record. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import { parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { changeHolds } from '../../src/proof/check-change.ts';
import { Authenticator } from '../authenticator.ts';
import { openHouse } from '../house.ts';
import {
  acknowledge,
  addKey,
  ask,
  changeOfficers,
  enter,
  found,
  get,
  join,
  login,
  newestKunci,
  type Office,
} from './office.ts';

const house = await openHouse();
const { db } = house;
let count = 0;
const office = () => found(house, { nama: `Kantor Kunci ${++count}` });
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;

/** The same officer with another device, inside by its passkey. */
const as = async (of: Office, phone: Authenticator): Promise<Office> => ({
  ...of,
  phone,
  cookie: String((await login(house, phone)).cookie),
});

/** One more passkey of theirs, made and signed for with the one they are inside with; acknowledged with it, if wished. */
async function adds(by: Office, known = true): Promise<Authenticator> {
  const phone = new Authenticator();
  expect(await addKey(house, by, phone)).toMatchObject({ ok: true });
  if (known) expect(await acknowledge(house, by)).toMatchObject({ ok: true });
  return phone;
}

/** The same by a link. */
async function addsByLink(by: Office, known = true): Promise<Authenticator> {
  const phone = new Authenticator();
  const made = await changeOfficers(house, by, { tindakan: 'tautan-kunci' });
  expect(await enter(house, tokenOf(made), phone, {})).toMatchObject({ ok: true });
  if (known) expect(await acknowledge(house, by)).toMatchObject({ ok: true });
  return phone;
}

/** A passkey that is new ends no older one. */
const aDayPasses = () =>
  db.execute(
    sql`update officer_credential set at = at - interval '25 hours' where at > now() - interval '1 day'`,
  );

const ends = async (by: Office, lost: Authenticator, of = by) =>
  changeOfficers(house, by, { tindakan: 'akhiri-kunci', id: of.officerId, kunci: await newestKunci(lost) });
const enters = async (phone: Authenticator): Promise<boolean> => (await login(house, phone)).ok;
async function keysOf({ organizerId, officerId }: Office) {
  const one = (await officers.list(db, organizerId)).find(({ id }) => id === officerId)!;
  return Object.fromEntries(one.keys.map(({ kunci, owned }) => [kunci, owned]));
}
async function lastRecord({ organizerId }: Office, tindakan: records.Filter['tindakan']) {
  const [row] = await records.page(db, organizerId, { tindakan }, { limit: 1 });
  return parseRecord(row!.isi);
}
const shownEnd = async (by: Office, lost: Authenticator, of = by): Promise<string> =>
  (
    await get(
      house,
      `/kantor/petugas/${of.officerId}/kunci/${(await newestKunci(lost)).slice(7)}/akhir`,
      by.cookie,
    )
  ).text();
const short = async (phone: Authenticator) => (await newestKunci(phone)).slice(7, 15);

describe('a stolen passkey', () => {
  test('takes with it what it acknowledged, added or gave a link for, and what those let in', async () => {
    const me = await office();
    const stolen = await as(me, await adds(me));
    const made = await adds(stolen);
    const linked = await addsByLink(stolen);
    const unsaid = await adds(stolen, false);
    const unsaidLinked = await addsByLink(stolen, false);
    const next = await adds(await as(me, made));
    const thief = await as(me, next);
    const gave = await changeOfficers(house, thief, { tindakan: 'undang', nama: 'Teman Pencuri' });
    const all = [stolen.phone, made, linked, unsaid, unsaidLinked, next];

    const question = await shownEnd(me, stolen.phone);
    expect(question).toContain('Kunci yang hanya diakui atau ditambah dengannya ikut berakhir:');
    for (const one of all.slice(1)) expect(question).toContain(`<li class="code">${await short(one)}</li>`);
    expect(question).toContain('<li>1 tautan yang masih terbuka</li>');

    expect(await ends(me, stolen.phone)).toMatchObject({ ok: true });
    expect(await keysOf(me)).toEqual({ [await newestKunci(me.phone)]: true });
    for (const one of all) expect(await enters(one)).toBe(false);
    expect(await enters(me.phone)).toBe(true);
    expect((await get(house, '/kantor', thief.cookie)).headers.get('location')).toContain('/kantor/masuk');
    expect(await enter(house, tokenOf(gave), new Authenticator(), {})).toMatchObject({ code: 'link-ended' });

    // What ended with it nobody signed for by itself, and an auditor knows that.
    const fell = (await officerChanges.kept(db)).filter(
      ({ change }) =>
        change.organizerId === me.organizerId && change.tindakan === 'akhiri-kunci' && change.text === null,
    );
    expect(fell).toHaveLength(all.length - 1);
    for (const one of fell) expect(await changeHolds(one, async () => house.services.config)).toBe(true);
    const { sebelum } = await lastRecord(me, 'petugas-akhiri-kunci');
    const kunci = await Promise.all(all.map(newestKunci));
    expect(sebelum.kunci!.split(' ')[0]).toBe(kunci[0]);
    expect(sebelum.kunci!.split(' ').sort()).toEqual([...kunci].sort());
    const page = await (await get(house, '/kantor/petugas', me.cookie)).text();
    expect(page.split('<details>')[0]!.match(/mengakhiri satu kunci sandi/g)).toHaveLength(all.length);
  });

  test('a colleague ends likewise, and the oldest one stays', async () => {
    const me = await office();
    const other = await join(house, me, 'Petugas Kedua');
    const stolen = await as(other, await adds(other));
    const made = await adds(stolen);
    await aDayPasses();
    expect(await shownEnd(me, stolen.phone, other)).toContain(await short(made));
    expect(await ends(me, stolen.phone, other)).toMatchObject({ ok: true });
    expect(await enters(made)).toBe(false);
    expect(await keysOf(other)).toEqual({ [await newestKunci(other.phone)]: true });
    // Who is looked after is told of both.
    const page = await (await get(house, '/kantor/petugas', other.cookie)).text();
    expect(page.split('<details>')[0]!.match(/mengakhiri satu kunci sandi Petugas Kedua/g)).toHaveLength(2);
  });

  test('takes nothing that another one acknowledges too, nor what the installation gave', async () => {
    const me = await office();
    const stolen = await as(me, await adds(me));
    const mine = await adds(stolen);
    expect(await acknowledge(house, me)).toMatchObject({ ok: true });
    const given = new Authenticator();
    await enter(house, (await officerLinks.linkForKey(db, me.officerId))!, given, {});
    await acknowledge(house, stolen);
    expect(await shownEnd(me, stolen.phone)).not.toContain('ikut berakhir:');
    expect(await ends(me, stolen.phone)).toMatchObject({ ok: true });
    expect([await enters(mine), await enters(given)]).toEqual([true, true]);
    expect(Object.values(await keysOf(me))).toEqual([true, true, true]);
  });
});

describe('an honest officer', () => {
  test('whose first device is lost goes on with the one that they sign with, which goes on counting', async () => {
    const me = await office();
    const now = await as(me, await addsByLink(me));
    const spare = await adds(me);
    await aDayPasses();
    const question = await shownEnd(now, me.phone);
    expect(question).toContain(`<li class="code">${await short(spare)}</li>`);
    expect(question).not.toContain(`<li class="code">${await short(now.phone)}</li>`);
    expect(await ends(now, me.phone)).toMatchObject({ ok: true });
    expect(await keysOf(me)).toEqual({ [await newestKunci(now.phone)]: true });
    expect(await enters(spare)).toBe(false);
    // It acknowledges the next one.
    const next = await adds(now);
    expect(await keysOf(me)).toMatchObject({ [await newestKunci(next)]: true });
  });

  test('is asked only for the passkey that they are inside with, as what ends was shown for it', async () => {
    const me = await office();
    const now = await as(me, await adds(me));
    const asked = async (by: Office, kunci: string) =>
      (
        await ask(
          house,
          '/kantor/petugas/perubahan/teks',
          { tindakan: 'akhiri-kunci', id: me.officerId, kunci },
          by.cookie,
        )
      ).keys;
    const idOf = ({ phone }: Office) => ({ id: base64url(phone.credentials[0]!.id) });
    expect(await asked(now, await newestKunci(me.phone))).toEqual([idOf(now)]);
    expect(await asked(me, await newestKunci(me.phone))).toEqual([idOf(me), idOf(now)]);
  });

  test('is not left without any: one that ends itself, and all others with it, does not end', async () => {
    const me = await office();
    const now = await as(me, await adds(me));
    await aDayPasses();
    const refused = {
      code: 'key-last',
      next: 'Setujui dengan kunci yang tetap dipakai, tambah kunci, atau keluarkan petugasnya.',
    };
    expect(await ends(me, me.phone)).toMatchObject(refused);
    expect(Object.values(await keysOf(me))).toEqual([true, true]);
    expect(await ends(now, me.phone)).toMatchObject({ ok: true });
    // Nor with one alone that nobody has acknowledged.
    const another = await office();
    await adds(another, false);
    await aDayPasses();
    expect(await ends(another, another.phone)).toMatchObject(refused);
    // The installation's stands by itself.
    const given = new Authenticator();
    await enter(house, (await officerLinks.linkForKey(db, another.officerId))!, given, {});
    expect(await ends(another, another.phone)).toMatchObject({ ok: true });
    expect(await keysOf(another)).toEqual({ [await newestKunci(given)]: true });
  });
});

test('acknowledging is on record with which passkeys, and with which', async () => {
  const me = await office();
  const [one, other] = [await adds(me, false), await addsByLink(me, false)];
  const memakai = await newestKunci(me.phone);
  expect(await acknowledge(house, me)).toMatchObject({ ok: true });
  const kunci = `${await newestKunci(one)} ${await newestKunci(other)}`;
  expect((await lastRecord(me, 'petugas-periksa')).sesudah).toEqual({ kunci, memakai });
  // What was acknowledged with it before isn't again, also where nothing is.
  expect(await acknowledge(house, me)).toMatchObject({ ok: true });
  expect((await lastRecord(me, 'petugas-periksa')).sesudah).toEqual({ memakai });
  // With another one it is.
  const now = await as(me, one);
  expect(await acknowledge(house, now)).toMatchObject({ ok: true });
  expect((await lastRecord(me, 'petugas-periksa')).sesudah).toEqual({
    kunci: await newestKunci(other),
    memakai: await newestKunci(one),
  });
  const page = await (await get(house, '/kantor/riwayat', me.cookie)).text();
  expect(page).toContain('Memakai kunci sandi');
});

/** A passkey that its officer hasn't acknowledged, however old: it is no word, no second officer, and ends nothing but its own. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { hex } from '../../src/lib/bytes.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import { parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import * as signatures from '../../src/signature/signatures.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { asks, confirms, pathOf } from '../withdrawal/withdraw.ts';
import {
  acknowledge,
  changeOfficers,
  enter,
  found,
  get,
  join,
  joinBy,
  login,
  type Office,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db, services } = house;
let count = 0;
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;

/** All that is there now is more than a day older. */
async function aDayPasses(): Promise<void> {
  for (const table of ['officer', 'officer_credential'])
    await db.execute(sql`update ${sql.raw(table)} set at = at - interval '25 hours'`);
}

/** An office of two, with a pledge, and a passkey in the second one's name that somebody made with the second one's own link, days ago. */
async function takenOver() {
  const first = await found(house, { nama: `Kantor ${++count}` });
  const second = await join(house, first, 'Petugas Kedua');
  const phone = new Authenticator();
  await enter(house, tokenOf(await changeOfficers(house, second, { tindakan: 'tautan-kunci' })), phone, {});
  await aDayPasses();
  const thief = { ...second, phone, cookie: (await login(house, phone)).cookie };
  const cast = await openCast(db, { of: first });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  return { first, second, thief, row, place: { kegiatanId: cast.kegiatanId, personId: cast.siti } };
}

const beside = async (one: Office, other: Office): Promise<string> => {
  const [row] = await db.execute<{ outcome: string }>(sql`
    select counts_beside(${other.officerId}::uuid, c.spki, ${one.officerId}::uuid, 'infinity') as outcome
    from officer_credential c where c.officer_id = ${other.officerId}::uuid and c.ended_at is null order by c.at limit 1`);
  return row!.outcome;
};
const page = async (of: Office, path: string) => (await get(house, path, of.cookie)).text();
const UNOWNED = { code: 'officer-unowned', title: 'Ada kunci yang belum diakui pemiliknya' };

describe('a withdrawal', () => {
  test('is confirmed with it in vain, and goes on waiting; with an owned one it is confirmed', async () => {
    const { first, second, thief, row, place } = await takenOver();
    expect(await asks(house, first, place)).toMatchObject({ ok: true });
    expect(await confirms(house, thief, place, row.kode)).toMatchObject(UNOWNED);
    expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
    // The page offers the other one alone.
    const shown = await page(second, pathOf(place));
    const [offered] = /data-kunci="([^"]*)"/.exec(shown)!.slice(1);
    expect(JSON.parse(offered!.replaceAll('&quot;', '"'))).toEqual([
      { id: base64url(second.phone.credentials[0]!.id) },
    ]);
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
    expect(await withdrawals.unauthorized(db)).toEqual([]);
  });

  test('that was asked for with it is confirmed by nobody', async () => {
    const { first, thief, row, place } = await takenOver();
    expect(await asks(house, thief, place)).toMatchObject({ ok: true });
    expect(await page(first, pathOf(place))).toContain('Ada kunci yang belum diakui pemiliknya');
    expect(await confirms(house, first, place, row.kode)).toMatchObject(UNOWNED);
    expect(await signatures.byPerson(db, place.personId)).not.toBeNull();
  });

  test('counts it once an older one has said that it is known', async () => {
    const { first, second, thief, row, place } = await takenOver();
    expect(await acknowledge(house, second)).toMatchObject({ ok: true });
    expect(await asks(house, first, place)).toMatchObject({ ok: true });
    expect(await confirms(house, thief, place, row.kode)).toMatchObject({ ok: true });
    expect(await withdrawals.unauthorized(db)).toEqual([]);
    // As it was known then.
    const then = await db.execute<{ owned: boolean }>(sql`
      select officer_key_owned(c.officer_id, c.spki, p.at - s.before) as owned
      from officer_change p join officer_credential c on c.officer_id = p."by",
        (values (interval '1 millisecond'), (interval '0')) s (before)
      where p.tindakan = 'periksa' and p."by" = ${second.officerId}::uuid
        and c.id = decode(${hex(thief.phone.credentials[0]!.id)}, 'hex') order by s.before`);
    expect(then.map(({ owned }) => owned)).toEqual([true, false]);
  });

  test('is confirmed by who lost the other one, with a passkey of the installation’s link', async () => {
    const { first, second, row, place } = await takenOver();
    const phone = new Authenticator();
    await enter(house, (await officerLinks.linkForKey(db, second.officerId))!, phone, {});
    await aDayPasses();
    const asOwner = { ...second, phone, cookie: (await login(house, phone)).cookie };
    await asks(house, first, place);
    expect(await confirms(house, asOwner, place, row.kode)).toMatchObject({ ok: true });
  });

  test('and at once, where the installation has vouched since', async () => {
    const { first, second, row, place } = await takenOver();
    const phone = new Authenticator();
    await enter(house, (await officerLinks.linkForKey(db, second.officerId))!, phone, {});
    const asOwner = { ...second, phone, cookie: (await login(house, phone)).cookie };
    expect(await officerChanges.vouch(db, second.officerId, Number.MAX_SAFE_INTEGER)).toBe(true);
    await asks(house, first, place);
    expect(await confirms(house, asOwner, place, row.kode)).toMatchObject({ ok: true });
  });
});

describe('a confirmation that is refused', () => {
  test('ends no request that whoever confirms may not end: with an unowned passkey, as a newcomer or as a stranger', async () => {
    const { first, second, thief, row, place } = await takenOver();
    const gone = await join(house, first, 'Pengundang');
    const stranger = await joinBy(house, gone, 'Asing');
    await settle(house);
    await changeOfficers(house, first, { tindakan: 'keluarkan', id: gone.officerId });
    await asks(house, first, place);
    const { id } = (await withdrawals.requestFor(db, row.kode))!;
    const fresh = await joinBy(house, second, 'Baru Datang');
    for (const [by, code] of [
      [thief, 'officer-unowned'],
      [stranger, 'officers-related'],
      [fresh, 'officer-new'],
    ] as const) {
      expect(await confirms(house, by, place, row.kode)).toMatchObject({ ok: false, code });
      expect((await withdrawals.requestFor(db, row.kode))?.id).toBe(id);
      const [latest] = await records.page(db, first.organizerId, {}, { before: null, limit: 1 });
      expect(parseRecord(latest!.isi!)).toMatchObject({
        tindakan: 'tindakan-ditolak',
        petugas: { id: by.officerId },
        sesudah: { dicoba: 'pencabutan-setujui', alasan: code },
      });
    }
    expect(await confirms(house, second, place, row.kode)).toMatchObject({ ok: true });
  });

  test('ends one that they may end', async () => {
    const { first, row, place } = await takenOver();
    const made = await joinBy(house, first, 'Rekan');
    await settle(house);
    await asks(house, made, place);
    expect(await confirms(house, first, place, row.kode)).toMatchObject({ code: 'officers-related' });
    expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
  });
});

describe('the end of all sessions', () => {
  const inside = async (cookie: string) => (await get(house, '/kantor', cookie)).status === 200;
  const endAll = async (by: Office) => post(house, '/kantor/petugas/sesi/akhir', by.cookie);

  test('out of one that it opened ends those that it has opened, and no others', async () => {
    const { second, thief } = await takenOver();
    const again = (await login(house, thief.phone)).cookie;
    expect(await page(thief, '/kantor/petugas')).toContain('Akhiri sesi dengan kunci ini');
    expect((await endAll(thief)).headers.get('location')).toBe('/kantor/masuk?keluar=ya');
    expect([await inside(thief.cookie), await inside(again), await inside(second.cookie)]).toEqual([
      false,
      false,
      true,
    ]);
    // The trail says how many: one came with the link.
    const [latest] = await records.page(db, second.organizerId, {}, { before: null, limit: 1 });
    expect(parseRecord(latest!.isi!)).toMatchObject({ tindakan: 'keluar-semua', sesudah: { sesi: '3' } });
  });

  test('with an owned one ends all, also once it is acknowledged', async () => {
    for (const acknowledged of [false, true]) {
      const { second, thief } = await takenOver();
      if (acknowledged) await acknowledge(house, second);
      const by = acknowledged ? thief : second;
      expect(await page(by, '/kantor/petugas')).toContain('Akhiri semua sesi saya');
      await endAll(by);
      expect([await inside(thief.cookie), await inside(second.cookie)]).toEqual([false, false]);
    }
  });
});

describe('a word', () => {
  test('said with it makes nobody known: neither by vouching nor by an invitation; until it is acknowledged', async () => {
    const { first, second, thief } = await takenOver();
    const made = await joinBy(house, first, 'Rekaan');
    const ghost = await joinBy(house, thief, 'Siluman');
    await settle(house);
    expect(await changeOfficers(house, thief, { tindakan: 'jamin', id: made.officerId })).toMatchObject({
      ok: true,
    });
    expect(await beside(first, made)).toBe('officers-related');
    expect(await beside(first, ghost)).toBe('officers-related');
    expect(await page(first, '/kantor/petugas')).toContain('dijamin Petugas Kedua (belum dihitung)');
    expect(await acknowledge(house, second)).toMatchObject({ ok: true });
    expect(await beside(first, made)).toBe('counts');
    expect(await beside(first, ghost)).toBe('counts');
  });
});

/** What ends with a role, also by the clock or while its holder's act waits; what outlives it; and what can be changed of one that is held. */

import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import * as events from '../../src/kegiatan/events.ts';
import { formatInstant } from '../../src/lib/zone.ts';
import * as colleagues from '../../src/office/colleagues.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import type { Peran } from '../../src/office/role.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { asks, confirms } from '../withdrawal/withdraw.ts';
import {
  addKey,
  ask,
  changeOfficers,
  changeRole,
  enter,
  found,
  get,
  joinAs as joinAsFor,
  joinBy,
  join as joinFor,
  type Office,
  over,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;
/** One more connection, in whose transaction a row can be held. */
const other = postgres(house.url, { max: 1, onnotice: () => {} });
afterAll(() => other.end());

let offices = 0;
const open = () => found(house, { nama: `Kantor ${++offices}` });
const join = (office: Office, nama: string) => joinFor(house, office, nama);

const joinAs = (
  office: Office,
  nama: string,
  peran: Peran,
  more: { sampai?: Date; kegiatanId?: string } = {},
) => joinAsFor(house, office, nama, peran, more);

const give = (by: Office, to: Office, role: Record<string, unknown>) =>
  changeOfficers(house, by, { tindakan: 'beri-peran', id: to.officerId, ...role });
const change = (by: Office, to: Office, role: Record<string, unknown>) => changeRole(house, by, to, role);
const take = (by: Office, from: Office, role: Record<string, unknown> = { peran: 'penyelenggara' }) =>
  changeOfficers(house, by, { tindakan: 'akhiri-peran', id: from.officerId, ...role });
const vouch = (by: Office, whom: Office) =>
  changeOfficers(house, by, { tindakan: 'jamin', id: whom.officerId });
const rolesOf = async ({ organizerId, officerId }: Office) =>
  (await officers.list(db, organizerId)).find(({ id }) => id === officerId)!.roles;
const besideOf = async (one: Office, another: Office) =>
  (await colleagues.of(db, one.officerId, null)).find(({ id }) => id === another.officerId)?.beside;
const endOf = async ({ officerId }: Office): Promise<void> => {
  await db.execute(sql`
    update officer_role set sampai = now() - interval '1 second' where officer_id = ${officerId}::uuid and ended_at is null`);
};
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;
const page = async (office: Office, path: string) => (await get(house, path, office.cookie)).text();

const YEAR = new Date().getUTCFullYear() + 5;
const DAY = `${YEAR}-12-31`;
const LATER = `${YEAR + 1}-12-31`;
const END = new Date(`${DAY}T16:59:59Z`);
const RELATED = { ok: false, code: 'officers-related', own: false };

/** The act begins while the role is being taken away, and waits for that. */
async function whileEnding<T>(who: Office, act: () => Promise<T>): Promise<T> {
  let answer: Promise<T> | undefined;
  await other.begin(async (tx) => {
    await tx`select from officer where id = ${who.officerId}::uuid for update`;
    await tx`update officer_role set ended_at = clock_timestamp() where officer_id = ${who.officerId}::uuid`;
    answer = act();
    let answered = false;
    answer
      .catch(() => {})
      .then(() => {
        answered = true;
      });
    while (!answered) {
      const [row] = await db.execute<{ waits: boolean }>(sql`
        select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`);
      if (row!.waits) return;
    }
  });
  return answer!;
}

describe('an act that waits while the role ends', () => {
  test('closes no event, and says that it is the role', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const { kegiatanId } = await openCast(db, { of: office });
    const said = await whileEnding(second, () =>
      post(house, `/kantor/kegiatan/${kegiatanId}/penutupan`, second.cookie),
    );
    expect(said.status).toBe(403);
    expect(await said.text()).toContain('Peran Anda baru saja berubah.');
    expect(await events.byId(db, office.organizerId, kegiatanId)).toMatchObject({ tahap: 'dibuka' });
  });

  test('makes no cards, and prints none', async () => {
    const office = await open();
    const { kegiatanId } = await openCast(db, { of: office });
    const path = `/kantor/kegiatan/${kegiatanId}/kartu`;
    const cards = async () => {
      const [row] = await db.execute<{ n: number }>(sql`
        select count(*)::integer as n from invitation i join person p on p.id = i.person_id where p.kegiatan_id = ${kegiatanId}`);
      return row!.n;
    };
    const maker = await joinAs(office, 'Meja Satu', 'petugas', { kegiatanId });
    expect((await whileEnding(maker, () => post(house, path, maker.cookie))).status).toBe(403);
    expect(await cards()).toBe(0);
    const printer = await joinAs(office, 'Meja Dua', 'petugas', { kegiatanId });
    expect((await post(house, path, printer.cookie)).status).toBe(200);
    expect(await cards()).toBeGreaterThan(0);
    expect((await whileEnding(printer, () => get(house, `${path}.pdf`, printer.cookie))).status).toBe(403);
  });

  test('gives nobody a role', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const said = await whileEnding(second, () => give(second, office, { peran: 'saksi' }));
    expect(said).toMatchObject({
      code: 'officer-removed',
      title: 'Peran, petugas, atau kuncinya sudah diakhiri',
    });
    expect(await rolesOf(office)).toHaveLength(1);
  });
});

describe('a penyelenggara for good', () => {
  const last = { code: 'role-last', title: 'Ini penyelenggara terakhir tanpa tanggal akhir' };

  test('remains: one until some day is none', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'penyelenggara', { sampai: END });
    expect(await take(office, office)).toMatchObject(last);
    const out = { tindakan: 'keluarkan', id: office.officerId };
    expect(await changeOfficers(house, second, out)).toMatchObject(last);
    // Nor by giving oneself, or getting, a day.
    const dated = { peran: 'penyelenggara', hingga: DAY };
    expect(await change(office, office, dated)).toMatchObject(last);
    expect(await change(second, office, dated)).toMatchObject(last);
    const third = await join(office, 'Petugas Ketiga');
    expect(await change(office, office, dated)).toMatchObject({ ok: true });
    expect(await take(third, third)).toMatchObject(last);
  });

  test('the installation makes of one until some day, who is no newer by it', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'penyelenggara', { sampai: END });
    expect(await besideOf(office, second)).toEqual({ ok: true });
    expect(await officerRoles.givePenyelenggara(db, second.officerId)).toEqual({ ok: true });
    expect(await rolesOf(second)).toMatchObject([{ sampai: null }]);
    expect(await besideOf(office, second)).toEqual({ ok: true });
    expect(await officerRoles.givePenyelenggara(db, second.officerId)).toMatchObject({ code: 'role-known' });
  });
});

test('the front page says some days before that a role ends', async () => {
  const office = await open();
  const second = await join(office, 'Petugas Kedua');
  const until = (days: number) =>
    db.execute(sql`
      update officer_role set sampai = now() + make_interval(days => ${days}::integer) where officer_id = ${second.officerId}::uuid`);
  await until(9);
  expect(await page(second, '/kantor')).not.toContain('Peran Anda berakhir');
  await until(3);
  expect(await page(second, '/kantor')).toContain('Peran Anda berakhir ');
  expect(await page(second, '/kantor')).toContain('Penyelenggara. Masih diperlukan?');
  expect(await page(office, '/kantor')).not.toContain('Peran Anda berakhir');
});

describe('a word', () => {
  test.each([
    ['an ended role', (of: Office, whose: Office) => take(of, whose)],
    ['one that the clock ended', (_: Office, whose: Office) => endOf(whose)],
  ])('counts no longer after %s', async (_, end) => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const third = await join(office, 'Petugas Ketiga');
    const [invited, made] = [await joinBy(house, second, 'Rekaan'), await joinBy(house, office, 'Baru')];
    await settle(house);
    expect(await besideOf(third, invited)).toEqual({ ok: true });
    await vouch(second, made);
    expect(await besideOf(office, made)).toEqual({ ok: true });
    await end(office, second);
    expect(await besideOf(third, invited)).toEqual(RELATED);
    expect(await besideOf(office, made)).toEqual(RELATED);
    expect(await page(office, '/kantor/petugas')).toContain('(tidak dihitung lagi)');
    // Nor may who is known to nobody end what those have who are.
    expect(await take(invited, third)).toMatchObject({ code: 'officer-stranger' });
  });

  test('that was said of a pengawas says nothing of the penyelenggara', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const reader = await joinAs(office, 'Pengawas', 'pengawas');
    const other = await joinAs(office, 'Pengawas Lain', 'pengawas');
    await vouch(second, reader);
    const sampai = await officerChanges.lastId(db, office.organizerId);
    expect(await officerChanges.vouch(db, other.officerId, sampai)).toBe(true);
    for (const one of [reader, other]) await give(office, one, { peran: 'penyelenggara' });
    await settle(house);
    expect(await besideOf(office, reader)).toEqual(RELATED);
    expect(await besideOf(office, other)).toEqual(RELATED);
    expect(await vouch(second, reader)).toMatchObject({ ok: true });
    expect(await besideOf(office, reader)).toEqual({ ok: true });
  });
});

describe('what was asked for in a role that lapsed', () => {
  test('an invitation stays ended when the role comes back, and is not listed as open', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const token = tokenOf(await changeOfficers(house, second, { tindakan: 'undang', nama: 'Tamu' }));
    expect(await officerLinks.openLinks(db, office.organizerId)).toHaveLength(1);
    await endOf(second);
    const ended = async () => {
      expect(await officerLinks.openLinks(db, office.organizerId)).toEqual([]);
      expect(await officerLinks.linkOf(db, token)).toEqual({ ok: false, code: 'link-ended' });
      expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    };
    await ended();
    expect(await give(office, second, { peran: 'penyelenggara' })).toMatchObject({ ok: true });
    await ended();
    expect(
      await officerLinks.linkOf(
        db,
        tokenOf(await changeOfficers(house, second, { tindakan: 'undang', nama: 'Tamu' })),
      ),
    ).toMatchObject({ ok: true });
  });

  test('a link for one’s own passkey opens nothing after the role it was made in', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    const token = tokenOf(await changeOfficers(house, witness, { tindakan: 'tautan-kunci' }));
    expect(await officerLinks.linkOf(db, token)).toMatchObject({ ok: true });
    await take(office, witness, { peran: 'saksi' });
    expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    await give(office, witness, { peran: 'saksi' });
    expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
  });

  test('a request isn’t confirmed when the role comes back', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const cast = await openCast(db, { of: office });
    const { kode } = (await hasSigned(house.services, cast.siti)).row;
    await house.services.publish();
    const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
    expect(await asks(house, second, place)).toMatchObject({ ok: true });
    await endOf(second);
    await officerRoles.givePenyelenggara(db, second.officerId);
    expect(await page(office, '/kantor')).toContain('belum dapat Anda setujui');
    expect(await confirms(house, office, place, kode)).toMatchObject({ code: 'officer-role' });
    // Asked for in the role that is in force now, it is confirmed.
    await settle(house);
    expect(await asks(house, second, place)).toMatchObject({ ok: true });
    expect(await confirms(house, office, place, kode)).toMatchObject({ ok: true });
  });

  test('who asked counts only while they hold the role they asked in', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const counts = async (at: string) => {
      const [row] = await db.execute<{ outcome: string }>(sql`
        select asker_counts(c.officer_id, c.spki, ${office.officerId}::uuid, ${sql.raw(at)}) as outcome
        from officer_credential c where c.officer_id = ${second.officerId}::uuid`);
      return row!.outcome;
    };
    expect(await counts(`now() - interval '1 hour'`)).toBe('counts');
    await endOf(second);
    expect(await counts('now()')).toBe('officer-role');
    await officerRoles.givePenyelenggara(db, second.officerId);
    expect(await counts(`now() - interval '1 hour'`)).toBe('officer-role');
    expect(await counts(`'infinity'`)).not.toBe('officer-role');
  });
});

describe('what is given', () => {
  test('ends no later than what its giver has', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'penyelenggara', { sampai: END });
    const beyond = { code: 'role-beyond', title: 'Peran Anda sendiri berakhir lebih dahulu' };
    const invite = (hingga?: string) =>
      changeOfficers(house, second, { tindakan: 'undang', nama: 'Boneka', peran: 'penyelenggara', hingga });
    expect(await invite()).toMatchObject(beyond);
    expect(await invite(LATER)).toMatchObject(beyond);
    expect(await give(second, second, { peran: 'saksi' })).toMatchObject(beyond);
    // Their own is longer on its giver's word alone.
    expect(await change(second, second, { peran: 'penyelenggara', hingga: LATER })).toMatchObject({
      code: 'role-bound',
    });
    expect(await page(second, '/kantor/petugas')).toContain(
      `Peran Anda sendiri berakhir ${formatInstant(END, 'WIB')}`,
    );
    const token = tokenOf(await invite(DAY));
    // Made shorter meanwhile, what they have, the link with it: for good.
    expect(await officerLinks.linkOf(db, token)).toMatchObject({ ok: true });
    await change(office, second, { peran: 'penyelenggara', hingga: `${YEAR}-01-01` });
    expect(await officerLinks.linkOf(db, token)).toEqual({ ok: false, code: 'link-ended' });
    const [row] = await db.execute<{ n: number }>(sql`
      select count(*)::integer as n from officer_invitation i where i.nama = 'Boneka' and i.ended_at is not null
        and i.organizer_id = ${office.organizerId}`);
    expect(row!.n).toBe(1);
  });

  test('is of what the role may be of, below the pages too', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const as = (peran: Peran, of?: string) =>
      officerLinks.appoint(db, office.organizerId, `Petugas ${peran}`, {
        peran,
        ...(of && { kegiatanId: of }),
      });
    for (const peran of ['penyelenggara', 'piket'] as const)
      expect(await as(peran, kegiatanId)).toEqual({ ok: false, code: 'role-event' });
    expect(await as('petugas')).toEqual({ ok: false, code: 'role-event' });
    for (const peran of ['pengawas', 'saksi'] as const) {
      expect(await as(peran)).toMatchObject({ ok: true });
      expect(await as(peran, kegiatanId)).toMatchObject({ ok: true });
    }
    expect(await as('petugas', kegiatanId)).toMatchObject({ ok: true });
  });
});

describe('a role that is held', () => {
  test('gets another day, institution and title, and its holder is neither new nor related', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'penyelenggara', { sampai: END });
    const token = tokenOf(
      await changeOfficers(house, second, { tindakan: 'undang', nama: 'Tamu', hingga: DAY }),
    );
    const [before] = await rolesOf(second);
    const form = await page(office, `/kantor/petugas/${second.officerId}/peran?peran=penyelenggara`);
    expect(form).toContain(`value="${DAY}"`);
    // That role, of those events, and no other.
    expect(form.match(/<option/g)).toHaveLength(2);
    expect(form).toContain('Peran ini tetap terhitung sejak semula.');
    const role = { peran: 'penyelenggara', lembaga: 'Bawaslu', jabatan: 'Ketua', hingga: DAY };
    expect(await change(office, second, role)).toMatchObject({ ok: true });
    expect(await rolesOf(second)).toMatchObject([
      {
        lembaga: 'Bawaslu',
        jabatan: 'Ketua',
        sampai: END,
        sejak: before!.sejak,
      },
    ]);
    expect(await besideOf(office, second)).toEqual({ ok: true });
    expect(await officerLinks.linkOf(db, token)).toMatchObject({ ok: true });
    expect(await page(office, '/kantor/petugas')).toContain(
      'Petugas Pertama mengubah peran penyelenggara Petugas Kedua.',
    );
    expect(await change(office, second, role)).toMatchObject({
      code: 'role-same',
      title: 'Peran itu sudah persis begitu',
    });
  });

  test('of a penyelenggara is made longer by who gave it alone, with a passkey of theirs', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'penyelenggara', { sampai: END });
    const reader = await joinAs(office, 'Pengawas', 'pengawas');
    const until = (by: Office, hingga: string, as?: Authenticator) =>
      changeRole(house, by, reader, { peran: 'penyelenggara', hingga }, as);
    await give(second, reader, { peran: 'penyelenggara', hingga: `${YEAR}-03-31` });
    const bound = {
      code: 'role-bound',
      title: 'Hanya pemberinya dapat memperpanjang atau memajukan peran ini',
      next: 'Minta pemberinya memperpanjang. Atau akhiri, lalu beri lagi: ia dihitung sebagai penyelenggara baru.',
    };
    expect(await until(office, `${YEAR}-06-30`)).toMatchObject(bound);
    expect(await until(reader, `${YEAR}-06-30`)).toMatchObject(bound);
    const phone = new Authenticator();
    await addKey(house, second, phone);
    expect(await until(second, `${YEAR}-06-30`, phone)).toMatchObject({ code: 'key-unowned' });
    expect(await until(second, `${YEAR}-06-30`)).toMatchObject({ ok: true });
    expect(await until(office, `${YEAR}-04-30`)).toMatchObject({ ok: true });
    // The installation's neither, but by the installation.
    expect(await changeRole(house, office, second, { peran: 'penyelenggara', hingga: LATER })).toMatchObject(
      bound,
    );
    // Of another's role nobody's word is at stake.
    expect(await change(second, reader, { peran: 'pengawas', hingga: DAY })).toMatchObject({ ok: true });
    expect(await change(office, reader, { peran: 'pengawas', hingga: LATER })).toMatchObject({ ok: true });
  });

  test('is not made shorter by who is new', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const fresh = await joinBy(house, office, 'Petugas Baru');
    const shorter = { peran: 'penyelenggara', hingga: DAY };
    expect(await change(fresh, second, shorter)).toMatchObject({
      code: 'officer-fresh',
      title: 'Kunci sandi atau peran Anda masih baru',
    });
    await settle(house);
    expect(await change(fresh, second, shorter)).toMatchObject({ ok: true });
  });
});

describe('what can’t be written into the text', () => {
  test.each([['a year that is none', { peran: 'saksi', hingga: '0000-01-01' }]])(
    '%s is asked for again',
    async (_, role) => {
      const office = await open();
      expect(await give(office, office, role)).toMatchObject({ status: 422, code: 'officer-fields' });
    },
  );

  test('an event’s title that is no line is written as one', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    for (const [judul, written] of [
      ['Dua  spasi', 'Dua spasi'],
      ['Tanpa\u00a0putus', 'Tanpa putus'],
      ['Kafe\u0301', 'Kafé'],
    ] as const) {
      await db.execute(sql`update kegiatan set judul = ${judul} where id = ${kegiatanId}`);
      const role = { peran: 'petugas', kegiatan: kegiatanId };
      const begun = await ask(
        house,
        '/kantor/petugas/perubahan/teks',
        { tindakan: 'beri-peran', id: office.officerId, ...role },
        office.cookie,
      );
      expect(begun.text).toContain(`kegiatan ${kegiatanId} ${written}\n`);
      expect(await give(office, office, role)).toMatchObject({ ok: true });
      const ending = `/kantor/petugas/${office.officerId}/peran/petugas/akhir?kegiatan=${kegiatanId}`;
      expect(await page(office, ending)).toContain(`<b data-isi="kegiatan">${written}</b>`);
      expect(await take(office, office, role)).toMatchObject({ ok: true });
    }
    await db.execute(sql`update kegiatan set judul = ${'x'.repeat(5000)} where id = ${kegiatanId}`);
    expect(await give(office, office, { peran: 'petugas', kegiatan: kegiatanId })).toMatchObject({
      code: 'text-unwritable',
      title: 'Isian tidak dapat ditulis dalam permintaan',
    });
  });

  test('more passkeys than fit are said to be too many', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    await db.execute(sql`
      insert into officer_credential (id, officer_id, spki, user_handle, counter, backup_eligible)
      select sha256(n::text::bytea), ${second.officerId}::uuid, sha256(n::text::bytea), 'x', 0, false from generate_series(1, 61) n`);
    expect(await vouch(office, second)).toMatchObject({
      status: 409,
      code: 'key-many',
      title: 'Kunci sandi petugas ini terlalu banyak',
    });
    const answer = { text: 'x', response: await over(house, office.phone, 'x') };
    const wanted = { tindakan: 'jamin', id: second.officerId, sampai: 0 };
    expect(await ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie)).toMatchObject({
      status: 409,
      code: 'text-foreign',
    });
  });
});

describe('what is said', () => {
  test('to whose last role ended: that, and how to go', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    await changeOfficers(house, witness, { tindakan: 'tautan-kunci' });
    await take(office, witness, { peran: 'saksi' });
    const said = await page(witness, '/kantor/naskah');
    expect(said).toContain('Anda tidak punya peran di kantor ini.');
    expect(said).toContain('Peran Anda sudah berakhir. Minta penyelenggara memberinya lagi.');
    expect(said).not.toContain('Ke halaman depan kantor');
    expect(said).not.toContain('Periksa sekarang');
    const all = await post(house, '/kantor/petugas/sesi/akhir', witness.cookie);
    expect(all.headers.get('location')).toBe('/kantor/masuk?keluar=ya');
    expect((await get(house, '/kantor', witness.cookie)).status).toBe(303);
  });

  test('to a pengawas of one event: that it is for all events', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const reader = await joinAs(office, 'Pengawas', 'pengawas', { kegiatanId });
    const said = await page(reader, '/kantor/riwayat');
    expect(said).toContain('Membaca riwayat: hanya penyelenggara dan pengawas semua kegiatan.');
    expect(said).toContain(
      'Anda pengawas untuk kegiatan tertentu. Minta penyelenggara memperluas peran Anda.',
    );
  });

  test('to who is invited: as what, from where and until when', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const role = {
      peran: 'pengawas',
      kegiatan: kegiatanId,
      lembaga: 'Bawaslu',
      jabatan: 'Ketua',
      hingga: DAY,
    };
    const token = tokenOf(await changeOfficers(house, office, { tindakan: 'undang', nama: 'Tamu', ...role }));
    expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({
      nama: 'Tamu',
      sebagai: `Peran: Pengawas kegiatan Deklarasi Contoh. Ketua, Bawaslu. Berlaku sampai ${formatInstant(END, 'WIB')}. Tugas: membaca semua di kegiatan itu, tidak mengubah apa pun.`,
    });
  });

  test('before one’s own last role is ended: that it is one’s own', async () => {
    const office = await open();
    const own = `/kantor/petugas/${office.officerId}/peran/penyelenggara/akhir`;
    expect(await page(office, own)).toContain('<h1>Akhiri peran Anda sendiri?</h1>');
    expect(await page(office, own)).toContain('Ini peran Anda yang terakhir');
    const second = await join(office, 'Petugas Kedua');
    const theirs = await page(office, `/kantor/petugas/${second.officerId}/peran/penyelenggara/akhir`);
    expect(theirs).toContain('<h1>Akhiri peran Petugas Kedua?</h1>');
    expect(theirs).toContain('Kunci atau peran Anda belum 24 jam? Ini baru dapat sesudahnya.');
  });

  test('of who doesn’t approve: not whether a word for them counts, nor an offer to vouch', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    const said = await page(office, '/kantor/petugas');
    expect(said).not.toContain(`/kantor/petugas/${witness.officerId}/jaminan`);
    const second = await join(office, 'Petugas Kedua');
    expect(await page(office, '/kantor/petugas')).toContain(`/kantor/petugas/${second.officerId}/jaminan`);
  });
});

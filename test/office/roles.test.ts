/** Roles are given and ended with a fresh passkey; who could make two people out of one by them can't. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as events from '../../src/kegiatan/events.ts';
import { formatInstant } from '../../src/lib/zone.ts';
import { parseChange } from '../../src/office/change.ts';
import * as colleagues from '../../src/office/colleagues.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import type { Peran } from '../../src/office/role.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf, makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  appointed,
  ask,
  changeOfficers,
  enter,
  found,
  get,
  joinAs as joinAsFor,
  joinBy,
  join as joinFor,
  type Office,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;

const DAY = `${new Date().getUTCFullYear() + 5}-12-31`;

let offices = 0;
const open = () => found(house, { nama: `Kantor ${++offices}` });
const join = (office: Office, nama: string) => joinFor(house, office, nama);

const joinAs = (office: Office, nama: string, peran: Peran, kegiatanId: string | null = null) =>
  joinAsFor(house, office, nama, peran, { kegiatanId });

const give = (by: Office, to: Office, role: Record<string, unknown>) =>
  changeOfficers(house, by, { tindakan: 'beri-peran', id: to.officerId, ...role });
const take = (by: Office, from: Office, role: Record<string, unknown>) =>
  changeOfficers(house, by, { tindakan: 'akhiri-peran', id: from.officerId, ...role });
const rolesOf = async ({ organizerId, officerId }: Office) =>
  (await officers.list(db, organizerId)).find(({ id }) => id === officerId)!.roles;
const besideOf = async (one: Office, other: Office) =>
  (await colleagues.of(db, one.officerId, null)).find(({ id }) => id === other.officerId)?.beside;
const textOf = async (tindakan: string, { officerId }: Office) => {
  const [row] = await db.execute<{ text: string }>(sql`
    select text from officer_change where tindakan = ${tindakan} and officer_id = ${officerId}::uuid order by id desc limit 1`);
  return parseChange(row!.text);
};

describe('a role', () => {
  test('is given with institution, title and an end, and the text says all of it', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const { kegiatanId } = await makeEvent(db, { of: office });
    const said = await give(office, second, {
      peran: 'pengawas',
      kegiatan: kegiatanId,
      lembaga: '  Bawaslu   Kabupaten Contoh ',
      jabatan: 'Ketua',
      hingga: DAY,
    });
    expect(said).toMatchObject({ ok: true });
    expect((await rolesOf(second))[1]).toMatchObject({
      peran: 'pengawas',
      kegiatanId,
      judul: 'Deklarasi Contoh',
      lembaga: 'Bawaslu Kabupaten Contoh',
      jabatan: 'Ketua',
      // The last second of the day in WIB.
      sampai: new Date(`${DAY}T16:59:59Z`),
    });
    expect((await textOf('beri-peran', second)).peran).toEqual({
      peran: 'pengawas',
      kegiatan: { id: kegiatanId, judul: 'Deklarasi Contoh' },
      lembaga: 'Bawaslu Kabupaten Contoh',
      jabatan: 'Ketua',
      mulai: null,
      sampai: `${DAY}T16:59:59Z`,
    });
    const page = await (await get(house, '/kantor/petugas', office.cookie)).text();
    expect(page).toContain('Pengawas kegiatan Deklarasi Contoh');
    expect(page).toContain('Ketua, Bawaslu Kabupaten Contoh; sejak ');
    expect(page).toContain(`sampai ${formatInstant(new Date(`${DAY}T16:59:59Z`), 'WIB')}`);
    expect(page).toContain(
      'Petugas Pertama memberi Petugas Kedua peran pengawas di kegiatan Deklarasi Contoh.',
    );
  });

  test('is had once, ended once, and given again', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    expect(await take(office, second, { peran: 'saksi' })).toMatchObject({ code: 'role-unknown' });
    expect(await give(office, second, { peran: 'saksi' })).toMatchObject({ ok: true });
    expect(await give(office, second, { peran: 'saksi' })).toMatchObject({
      code: 'role-known',
      title: 'Peran itu sudah dimilikinya',
    });
    expect(await take(office, second, { peran: 'saksi' })).toMatchObject({ ok: true });
    expect(await take(office, second, { peran: 'saksi' })).toMatchObject({ code: 'role-unknown' });
    expect(await give(office, second, { peran: 'saksi' })).toMatchObject({ ok: true });
  });

  test('works from the next request on, and no longer once it is ended', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi Contoh', 'saksi');
    const sees = async () => (await get(house, '/kantor/naskah', witness.cookie)).status;
    expect(await sees()).toBe(403);
    await give(office, witness, { peran: 'pengawas' });
    expect(await sees()).toBe(200);
    await take(office, witness, { peran: 'pengawas' });
    expect(await sees()).toBe(403);
    await take(office, witness, { peran: 'saksi' });
    const page = await get(house, '/kantor', witness.cookie);
    expect(page.status).toBe(403);
    expect(await page.text()).toContain('Anda tidak punya peran di kantor ini.');
  });

  test('needs the passkey of who gives it', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const asked = { tindakan: 'beri-peran', id: second.officerId, peran: 'saksi' };
    const said = await changeOfficers(house, office, asked, { by: second.phone });
    expect(said).toMatchObject({ code: 'passkey-unknown' });
    expect(await rolesOf(second)).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, Record<string, RegExp>]>([
    ['no role', {}, { peran: /^Peran belum dipilih/ }],
    ['one that is none', { peran: 'raja' }, { peran: /^Peran belum dipilih/ }],
    ['a petugas of no event', { peran: 'petugas' }, { kegiatan: /^Kegiatan belum dipilih/ }],
    ['an event that is none', { peran: 'pengawas', kegiatan: 'x' }, { kegiatan: /^Kegiatan belum dipilih/ }],
    ['a day that is none', { peran: 'saksi', hingga: '2026-02-30' }, { hingga: /^Tanggal belum benar/ }],
    ['a name that no paper shows', { peran: 'saksi', lembaga: 'Bawaslu 🎉' }, { lembaga: /^Paling banyak/ }],
    ['a title too long', { peran: 'saksi', jabatan: 'x'.repeat(161) }, { jabatan: /^Paling banyak/ }],
  ])('%s is asked for again, at its field', async (_, role, wrong) => {
    const office = await open();
    const said = await give(office, office, role);
    expect(said).toMatchObject({ status: 422, code: 'officer-fields' });
    expect(Object.keys(said.wrong as object)).toEqual(Object.keys(wrong));
    for (const [name, sentence] of Object.entries(wrong))
      expect((said.wrong as Record<string, string>)[name]).toMatch(sentence);
  });

  test('of all events can’t be said to be of one, nor of another organiser’s', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const foreign = await makeEvent(db);
    const wrong = async (role: Record<string, unknown>) => (await give(office, office, role)).wrong;
    expect(await wrong({ peran: 'piket', kegiatan: kegiatanId })).toEqual({
      kegiatan: 'Peran ini untuk semua kegiatan. Pilih Semua kegiatan.',
    });
    expect(await wrong({ peran: 'petugas', kegiatan: foreign.kegiatanId })).toHaveProperty('kegiatan');
    expect(await give(office, office, { peran: 'petugas', kegiatan: kegiatanId })).toMatchObject({
      ok: true,
    });
  });

  test('that would end before it begins is not given', async () => {
    const office = await open();
    expect(await give(office, office, { peran: 'saksi', hingga: '2020-01-01' })).toMatchObject({
      code: 'officer-fields',
      wrong: { hingga: 'Tanggal ini sudah lewat. Kosongkan, atau pilih hari ini atau sesudahnya.' },
    });
  });
});

describe('an invitation', () => {
  test('says as what, and lets in as that', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const said = await changeOfficers(house, office, {
      tindakan: 'undang',
      nama: 'Petugas Meja',
      peran: 'petugas',
      kegiatan: kegiatanId,
      hingga: DAY,
    });
    expect(said.untuk).toBe(
      `Untuk Petugas Meja. Berlaku 48 jam, satu kali pakai. Perannya: Petugas kegiatan Deklarasi Contoh, sampai ${formatInstant(new Date(`${DAY}T16:59:59Z`), 'WIB')}.`,
    );
    expect(await (await get(house, '/kantor/petugas', office.cookie)).text()).toContain(
      `Perannya: Petugas kegiatan Deklarasi Contoh, sampai ${formatInstant(new Date(`${DAY}T16:59:59Z`), 'WIB')}.`,
    );
    const token = String(said.tautan).split('#')[1]!;
    const inside = await enter(house, token, new Authenticator(), {});
    const front = await (await get(house, '/kantor', inside.cookie)).text();
    expect(front).toContain('Deklarasi Contoh');
    expect(front).not.toContain('Buat kegiatan');
    expect((await get(house, `/kantor/kegiatan/${kegiatanId}/kartu`, inside.cookie)).status).toBe(200);
    const keys = await (await get(house, '/kantor/petugas', inside.cookie)).text();
    expect(keys).toContain('<h1>Kunci sandi Anda</h1>');
    expect(keys).not.toContain('Petugas Pertama</th>');
  });

  test('of one who is penyelenggara no longer lets nobody in', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const [ended, lapsed] = await Promise.all(
      ['Satu', 'Dua'].map(async (nama) => {
        const said = await changeOfficers(house, second, { tindakan: 'undang', nama });
        return String(said.tautan).split('#')[1]!;
      }),
    );
    // By the clock alone: no statement ends it.
    const until = (when: string) =>
      db.execute(
        sql`update officer_role set sampai = ${sql.raw(when)} where officer_id = ${second.officerId}::uuid`,
      );
    await until(`now() - interval '1 second'`);
    expect(await officerLinks.linkOf(db, lapsed!)).toEqual({ ok: false, code: 'link-ended' });
    expect(await enter(house, lapsed!, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    await until('null');
    expect(await officerLinks.linkOf(db, lapsed!)).toMatchObject({ ok: true });
    expect(await take(office, second, { peran: 'penyelenggara' })).toMatchObject({ ok: true });
    await give(office, second, { peran: 'penyelenggara' });
    expect(await enter(house, ended!, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
  });
});

describe('the last penyelenggara', () => {
  test('keeps the role and stays, until there is another', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Pengawas Contoh', 'pengawas');
    const last = { code: 'role-last', title: 'Ini penyelenggara terakhir tanpa tanggal akhir' };
    expect(await take(office, office, { peran: 'penyelenggara' })).toMatchObject(last);
    const leaves = () => changeOfficers(house, office, { tindakan: 'keluarkan', id: office.officerId });
    expect(await leaves()).toMatchObject(last);
    await give(office, reader, { peran: 'penyelenggara' });
    expect(await take(office, office, { peran: 'penyelenggara' })).toMatchObject({ ok: true });
  });

  test('of two who end each other’s at once stays one', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const said = await Promise.all([
      take(office, second, { peran: 'penyelenggara' }),
      take(second, office, { peran: 'penyelenggara' }),
    ]);
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
    const [row] = await db.execute<{ n: number }>(sql`
      select count(*)::integer as n from officer o where o.organizer_id = ${office.organizerId} and organizes(o.id) is not null`);
    expect(row!.n).toBe(1);
  });

  test('is given back by the installation alone once there is none', async () => {
    const office = await open();
    await db.execute(
      sql`update officer_role set ended_at = now() where officer_id = ${office.officerId}::uuid`,
    );
    expect((await get(house, '/kantor', office.cookie)).status).toBe(403);
    expect(await officerRoles.givePenyelenggara(db, crypto.randomUUID())).toEqual({
      ok: false,
      code: 'officer-unknown',
    });
    expect(await officerRoles.givePenyelenggara(db, office.officerId)).toEqual({ ok: true });
    expect(await officerRoles.givePenyelenggara(db, office.officerId)).toEqual({
      ok: false,
      code: 'role-known',
    });
    expect((await get(house, '/kantor', office.cookie)).status).toBe(200);
  });
});

describe('two of one', () => {
  test('only who is penyelenggara counts as a colleague', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Pengawas Contoh', 'pengawas');
    const second = await join(office, 'Petugas Kedua');
    expect(await besideOf(office, reader)).toBeUndefined();
    expect(await besideOf(office, second)).toEqual({ ok: true });
    await take(office, second, { peran: 'penyelenggara' });
    expect(await besideOf(office, second)).toBeUndefined();
  });

  test('who was made penyelenggara by one of the two is known through that one, and new', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Pengawas Contoh', 'pengawas');
    const third = await join(office, 'Petugas Ketiga');
    await give(office, reader, { peran: 'penyelenggara' });
    const related = { ok: false, code: 'officers-related', own: false };
    expect(await besideOf(office, reader)).toEqual(related);
    // Beside another they are two people, but new.
    expect(await besideOf(third, reader)).toEqual({ ok: false, code: 'officer-new', own: false });
    await db.execute(
      sql`update officer_role set at = now() - interval '25 hours', sejak = now() - interval '25 hours'
        where officer_id = ${reader.officerId}::uuid`,
    );
    expect(await besideOf(third, reader)).toEqual({ ok: true });
    expect(await besideOf(office, reader)).toEqual(related);
    // A third one's word parts them.
    await changeOfficers(house, third, { tindakan: 'jamin', id: reader.officerId });
    expect(await besideOf(office, reader)).toEqual({ ok: true });
  });

  test('what was vouched for before the role came doesn’t make it older', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const third = await join(office, 'Petugas Ketiga');
    const reader = await joinAs(office, 'Pengawas Contoh', 'pengawas');
    await changeOfficers(house, third, { tindakan: 'jamin', id: reader.officerId });
    await give(office, reader, { peran: 'penyelenggara' });
    expect(await besideOf(second, reader)).toMatchObject({ code: 'officer-new' });
  });

  test('a role ended and given again makes nobody known better', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    expect(await besideOf(office, second)).toEqual({ ok: true });
    await take(office, second, { peran: 'penyelenggara' });
    await give(office, second, { peran: 'penyelenggara' });
    expect(await besideOf(office, second)).toMatchObject({ code: 'officers-related' });
  });

  test('who is new takes no role from who was there before', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const fresh = await joinBy(house, office, 'Petugas Baru');
    expect(await take(fresh, second, { peran: 'penyelenggara' })).toMatchObject({ code: 'officer-fresh' });
    const reader = await joinAs(office, 'Pengawas Contoh', 'pengawas');
    await give(office, reader, { peran: 'penyelenggara' });
    expect(await take(reader, second, { peran: 'penyelenggara' })).toMatchObject({ code: 'officer-fresh' });
    await settle(house);
    expect(await take(reader, second, { peran: 'penyelenggara' })).toMatchObject({ ok: true });
  });

  test('a passkey that may be another’s takes no role away', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const phone = new Authenticator();
    expect(await addKey(house, office, phone)).toMatchObject({ ok: true });
    const asked = { tindakan: 'akhiri-peran', id: second.officerId, peran: 'penyelenggara' };
    expect(await changeOfficers(house, office, asked, { by: phone })).toMatchObject({ code: 'key-unowned' });
  });
});

describe('who vouches', () => {
  test('names all keys that work, and none that came since', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    await addKey(house, second, new Authenticator());
    const asked = { tindakan: 'jamin', id: second.officerId };
    expect(await changeOfficers(house, office, asked)).toMatchObject({ ok: true });
    const keys = (await officers.list(db, office.organizerId)).find(
      ({ id }) => id === second.officerId,
    )!.keys;
    expect((await textOf('jamin', second)).kunci).toEqual(keys.map(({ kunci }) => kunci).sort());
    expect(keys).toHaveLength(2);
  });
});

describe('an officer of one event', () => {
  test('adds and ends passkeys of their own', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const desk = await joinAs(office, 'Petugas Meja', 'petugas', kegiatanId);
    const second = new Authenticator();
    expect(await addKey(house, desk, second)).toMatchObject({ ok: true });
    const keys = (await officers.list(db, office.organizerId)).find(({ id }) => id === desk.officerId)!.keys;
    const asked = { tindakan: 'akhiri-kunci', id: desk.officerId, kunci: keys[1]!.kunci };
    expect(await changeOfficers(house, desk, asked)).toMatchObject({ ok: true });
    expect(await changeOfficers(house, desk, { tindakan: 'tautan-kunci' })).toMatchObject({ ok: true });
  });

  test('sees news of their own passkeys, and of nobody else’s', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const desk = await joinAs(office, 'Petugas Meja', 'petugas', kegiatanId);
    await join(office, 'Petugas Kedua');
    const front = async () => (await get(house, '/kantor', desk.cookie)).text();
    expect(await front()).not.toContain('Ada perubahan petugas');
    await addKey(house, desk, new Authenticator());
    expect(await front()).toContain('Ada perubahan petugas');
    const page = await (await get(house, '/kantor/petugas', desk.cookie)).text();
    expect(page).toContain('Petugas Meja menambah kunci sandi.');
    expect(page).not.toContain('Petugas Kedua');
  });

  test('is told no event of another, and writes nothing where the role is not for', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const elsewhere = await openCast(db, { of: office, judul: 'Apel Lain' });
    const desk = await joinAs(office, 'Petugas Meja', 'petugas', kegiatanId);
    expect(await (await get(house, '/kantor', desk.cookie)).text()).not.toContain('Apel Lain');
    const page = await get(house, `/kantor/kegiatan/${elsewhere.kegiatanId}`, desk.cookie);
    expect(page.status).toBe(403);
    const said = await page.text();
    expect(said).toContain('Kegiatan ini di luar peran Anda.');
    expect(said).toContain('Minta penyelenggara memberi Anda peran pada kegiatan ini.');
    expect(said).not.toContain('Apel Lain');
    const closes = events.close(db, { ...actorOf(desk), peran: 'petugas' }, elsewhere.kegiatanId);
    await expect(closes).rejects.toMatchObject({ cause: { code: 'IK403' } });
  });
});

test('a link of the installation lets in as what it says', async () => {
  const office = await open();
  const foreign = await makeEvent(db);
  const as = (kegiatanId: string | null) =>
    officerLinks.appoint(db, office.organizerId, 'Pengawas', {
      peran: 'pengawas',
      kegiatanId,
      lembaga: 'Bawaslu',
      jabatan: 'Ketua',
      sampai: new Date(`${DAY}T16:59:59Z`),
    });
  expect(await as(foreign.kegiatanId)).toEqual({ ok: false, code: 'role-event' });
  const made = await as(null);
  if (!made.ok) throw new Error(made.code);
  await enter(house, made.token, new Authenticator(), {});
  const [one] = (await officers.list(db, office.organizerId)).filter(({ nama }) => nama === 'Pengawas');
  expect(one!.roles).toMatchObject([
    { peran: 'pengawas', kegiatanId: null, lembaga: 'Bawaslu', jabatan: 'Ketua' },
  ]);
  // Without saying: a penyelenggara, as before there were roles.
  const token = await appointed(db, office.organizerId, 'Kedua');
  expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({
    kind: 'officer',
    nama: 'Kedua',
  });
});

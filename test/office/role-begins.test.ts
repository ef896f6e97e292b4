/** A role that begins later: until then it lets nobody do anything, and nobody gains by giving, changing, ending or entering with one. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { dayOf, formatInstant } from '../../src/lib/zone.ts';
import { parseChange } from '../../src/office/change.ts';
import * as colleagues from '../../src/office/colleagues.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import { parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import type { Peran } from '../../src/office/role.ts';
import { endOfDay, startOfDay } from '../../src/office/role.ts';
import * as signedChanges from '../../src/office/signed-changes.ts';
import { Authenticator } from '../authenticator.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  ask,
  changeOfficers,
  changeRole,
  comeIn as comeInFor,
  enter,
  found,
  get,
  joinAs as joinAsFor,
  joinBy,
  join as joinFor,
  login,
  type Office,
  over,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;

let offices = 0;
const open = () => found(house, { nama: `Kantor ${++offices}` });
const join = (office: Office, nama: string) => joinFor(house, office, nama);

const comeIn = (office: Office, token: string, nama: string) => comeInFor(house, office, token, nama);
const joinAs = (office: Office, nama: string, peran: Peran, sampai: Date | null = null) =>
  joinAsFor(house, office, nama, peran, { sampai });

const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;
const give = (by: Office, to: Office, role: Record<string, unknown>, as?: Authenticator) =>
  changeOfficers(house, by, { tindakan: 'beri-peran', id: to.officerId, ...role }, as && { by: as });
const change = (by: Office, to: Office, role: Record<string, unknown>, as?: Authenticator) =>
  changeRole(house, by, to, role, as);
const take = (by: Office, from: Office, peran: Peran = 'penyelenggara') =>
  changeOfficers(house, by, { tindakan: 'akhiri-peran', id: from.officerId, peran });
const invite = (by: Office, role: Record<string, unknown>) =>
  changeOfficers(house, by, { tindakan: 'undang', nama: 'Tamu', ...role });
const vouch = (by: Office, whom: Office) =>
  changeOfficers(house, by, { tindakan: 'jamin', id: whom.officerId });
const rolesOf = ({ officerId }: Office) => officerRoles.rolesOf(db, officerId);
const besideOf = async (one: Office, another: Office) =>
  (await colleagues.of(db, one.officerId, null)).find(({ id }) => id === another.officerId)?.beside;
const page = async (office: Office, path: string) => (await get(house, path, office.cookie)).text();
const sees = async (office: Office, path = '/kantor/naskah') =>
  (await get(house, path, office.cookie)).status;
const recordOf = async ({ organizerId }: Office) => {
  const [last] = await records.page(db, organizerId, {}, { before: null, limit: 1 });
  return parseRecord(last!.isi!);
};

/** Days from today, as a field has them, and their first second. */
const day = (days: number): string => dayOf(new Date(Date.now() + days * 86_400_000), 'WIB');
const first = (days: number): Date => new Date(startOfDay(day(days), 'WIB')!);
const SOON = day(3);
const LATER = day(9);

/** The clock goes on, until what is to come begins. */
const begin = ({ officerId }: Office) =>
  db.execute(sql`
    update officer_role set sejak = clock_timestamp()
    where officer_id = ${officerId}::uuid and ended_at is null and sejak > clock_timestamp()`);
/** All that was given, was given long ago, in that order; when it begins is left as it is. */
const given = ({ organizerId }: Office) =>
  db.execute(sql`
    update officer_role r set at = r.at - interval '9 days',
      sejak = case when r.sejak <= now() then r.sejak - interval '9 days' else r.sejak end
    from officer o where o.id = r.officer_id and o.organizer_id = ${organizerId}`);

test('a day begins and ends in its zone', () => {
  expect(startOfDay('2027-01-01', 'WIB')).toBe('2026-12-31T17:00:00Z');
  expect(startOfDay('2027-01-01', 'WIT')).toBe('2026-12-31T15:00:00Z');
  expect(endOfDay('2026-12-31', 'WITA')).toBe('2026-12-31T15:59:59Z');
  for (const day of ['', 'besok', '2026-02-30', '0000-01-01', '12026-01-01'])
    expect([startOfDay(day, 'WIB'), endOfDay(day, 'WIB')]).toEqual([null, null]);
});

describe('a role to come', () => {
  test('is given with its day, and lets nobody do anything before', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    expect(await give(office, witness, { peran: 'pengawas', mulai: SOON, hingga: LATER })).toMatchObject({
      ok: true,
    });
    const [row] = await db.execute<{ text: string }>(sql`
      select text from officer_change where officer_id = ${witness.officerId}::uuid order by id desc limit 1`);
    expect(parseChange(row!.text).peran).toMatchObject({ mulai: startOfDay(SOON, 'WIB') });
    expect((await recordOf(office)).sesudah).toMatchObject({ mulai: startOfDay(SOON, 'WIB') });
    expect(await rolesOf(witness)).toMatchObject([
      { peran: 'saksi', toCome: false },
      { peran: 'pengawas', toCome: true, sejak: first(3) },
    ]);
    const list = await page(office, '/kantor/petugas');
    expect(list).toContain('Belum berlaku');
    expect(list).toContain(`mulai berlaku ${formatInstant(first(3), 'WIB')} sampai `);
    expect(await page(office, '/kantor/riwayat')).toContain('Mulai berlaku');
    expect(await sees(witness)).toBe(403);
    // Nor below the pages, in the name of that role.
    const by = { ...actorOf(witness), peran: 'pengawas' };
    const told = (act: object) =>
      db.execute(sql`
      select record_act(${JSON.stringify(act)}::jsonb, 'riwayat-unduh', null, null, 'sesi')`);
    const refused = { cause: { code: 'IK422' } };
    const acts = { id: by.id, organizer: by.organizerId, peran: by.peran };
    await expect(told(acts)).rejects.toMatchObject(refused);
    await expect(
      db.execute(sql`select must_act(${JSON.stringify(acts)}::jsonb, ${by.organizerId})`),
    ).rejects.toMatchObject({ cause: { code: 'IK403' } });
    await begin(witness);
    expect(await sees(witness)).toBe(200);
    await told(acts);
    expect(await page(office, '/kantor/petugas')).not.toMatch(/mulai berlaku|Belum berlaku/);
  });

  test('given from today on is in force at once', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    expect(await give(office, witness, { peran: 'pengawas', mulai: day(0) })).toMatchObject({ ok: true });
    expect(await sees(witness)).toBe(200);
    // Since it was given, and not since this morning.
    const [row] = await db.execute<{ since: boolean }>(sql`
      select sejak >= at - interval '1 second' as since from officer_role
      where officer_id = ${witness.officerId}::uuid and peran = 'pengawas'`);
    expect(row!.since).toBe(true);
  });

  test('that never was is in nobody’s trail, once it was ended', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    await give(office, witness, { peran: 'pengawas', mulai: SOON });
    const question = await page(office, `/kantor/petugas/${witness.officerId}/peran/pengawas/akhir`);
    expect(question).toContain('Peran ini belum mulai berlaku, dan tidak akan berlaku.');
    expect(question).not.toContain('Ini peran terakhirnya.');
    expect(await take(office, witness, 'pengawas')).toMatchObject({ ok: true });
    expect((await recordOf(office)).sebelum).toMatchObject({ mulai: startOfDay(SOON, 'WIB') });
    expect(await rolesOf(witness)).toMatchObject([{ peran: 'saksi' }]);
    await db.execute(sql`
      update officer_role set sejak = now() - interval '1 minute'
      where officer_id = ${witness.officerId}::uuid and peran = 'pengawas'`);
    const acts = { id: witness.officerId, organizer: office.organizerId, peran: 'pengawas' };
    await expect(
      db.execute(sql`select record_act(${JSON.stringify(acts)}::jsonb, 'riwayat-unduh', null, null, 'sesi')`),
    ).rejects.toMatchObject({ cause: { code: 'IK422' } });
  });

  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    [
      'a day before today',
      { mulai: day(-1) },
      { mulai: 'Tanggal ini sudah lewat. Kosongkan, atau pilih hari ini atau sesudahnya.' },
    ],
    [
      'a day after the last',
      { mulai: LATER, hingga: SOON },
      { mulai: 'Tanggal mulai sesudah tanggal akhir. Pilih yang lebih awal.' },
    ],
    [
      'a day that is none',
      { mulai: '2099-02-30' },
      { mulai: 'Tanggal belum benar. Kosongkan, atau pilih satu tanggal.' },
    ],
  ])('%s is asked for again, at its field', async (_, role, wrong) => {
    const office = await open();
    expect(await give(office, office, { peran: 'saksi', ...role })).toMatchObject({
      status: 422,
      code: 'officer-fields',
      wrong,
    });
  });

  test('of one day alone is in force on it', async () => {
    const office = await open();
    expect(await give(office, office, { peran: 'saksi', mulai: SOON, hingga: SOON })).toMatchObject({
      ok: true,
    });
    expect((await rolesOf(office))[1]).toMatchObject({
      sejak: first(3),
      sampai: new Date(first(4).getTime() - 1000),
    });
  });

  test('is refused below the pages too: in the past, and after its end', async () => {
    const office = await open();
    const [key] = await db.execute<{ spki: string }>(sql`
      select encode(spki, 'hex') as spki from officer_credential where officer_id = ${office.officerId}::uuid`);
    const asks = async (mulai: Date, sampai: Date | null) => {
      const terbit = await signedChanges.now(db);
      const a = {
        tindakan: 'beri-peran',
        actor: { id: office.officerId, organizer: office.organizerId, peran: 'penyelenggara' },
        target: office.officerId,
        nama: 'Petugas Pertama',
        text: crypto.randomUUID(),
        authenticator_data: '00',
        client_data_json: '00',
        signature: '00',
        spki: key!.spki,
        peran: 'saksi',
        berlaku_mulai: mulai,
        berlaku_sampai: sampai,
      };
      const [row] = await db.execute<{ outcome: string }>(
        sql`select change_officers(${JSON.stringify(a)}::jsonb, ${terbit}::timestamptz) as outcome`,
      );
      return row!.outcome;
    };
    expect(await asks(first(-1), null)).toBe('role-early');
    expect(await asks(first(3), first(3))).toBe('role-reversed');
    expect(await asks(first(0), null)).toBe('changed');
  });

  test('a text of the version without a beginning is taken no more', async () => {
    const office = await open();
    const wanted = { tindakan: 'beri-peran', id: office.officerId, peran: 'saksi' };
    const begun = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
    const says = async (text: string) => {
      const answer = { text, response: await over(house, office.phone, text) };
      return ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie);
    };
    const text = String(begun.text);
    expect(text).toContain('\nberlaku mulai diberikan\nberlaku sampai diakhiri\n');
    const before = text.replace('@v3', '@v2').replace('berlaku mulai diberikan\n', '');
    expect(parseChange(before).peran).toMatchObject({ peran: 'saksi' });
    expect(await says(before)).toMatchObject({ code: 'text-foreign' });
    expect(await says(text)).toMatchObject({ ok: true });
  });
});

describe('is changed in place', () => {
  test('to another day, or to now; and nobody has it twice', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    const role = { peran: 'pengawas', lembaga: 'Bawaslu' };
    await give(office, witness, { ...role, mulai: SOON });
    expect(await give(office, witness, { ...role, mulai: SOON })).toMatchObject({ code: 'role-known' });
    expect(await change(office, witness, { ...role, mulai: SOON })).toMatchObject({ code: 'role-same' });
    const form = await page(office, `/kantor/petugas/${witness.officerId}/peran?peran=pengawas`);
    expect(form).toContain(`value="${SOON}"`);
    expect(form).toContain('Peran ini belum mulai berlaku.');
    expect(await change(office, witness, { ...role, mulai: LATER })).toMatchObject({ ok: true });
    expect(await recordOf(office)).toMatchObject({
      sebelum: { mulai: startOfDay(SOON, 'WIB') },
      sesudah: { mulai: startOfDay(LATER, 'WIB') },
    });
    expect(await rolesOf(witness)).toMatchObject([{}, { sejak: first(9), lembaga: 'Bawaslu' }]);
    expect(await sees(witness)).toBe(403);
    expect(await change(office, witness, role)).toMatchObject({ ok: true });
    expect(await recordOf(office)).toMatchObject({ sebelum: { mulai: startOfDay(LATER, 'WIB') } });
    expect(await rolesOf(witness)).toMatchObject([{}, { toCome: false, lembaga: 'Bawaslu' }]);
    expect(await sees(witness)).toBe(200);
  });

  test('but for the beginning of one in force', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    expect(await change(office, witness, { peran: 'saksi', mulai: SOON })).toMatchObject({
      code: 'role-begun',
      title: 'Peran itu sudah mulai berlaku',
    });
    const form = await page(office, `/kantor/petugas/${witness.officerId}/peran?peran=saksi`);
    expect(form).not.toContain('name="mulai"');
    expect(form).toContain('Peran ini tetap terhitung sejak semula.');
    // A page from before it began is about what has begun.
    await give(office, witness, { peran: 'pengawas', mulai: SOON });
    await db.execute(sql`
      update officer_role set sejak = ${first(0).toISOString()}::timestamptz
      where officer_id = ${witness.officerId}::uuid and peran = 'pengawas'`);
    const [, before] = await rolesOf(witness);
    const late = { peran: 'pengawas', mulai: day(0), jabatan: 'Ketua' };
    expect(await change(office, witness, late)).toMatchObject({ ok: true });
    expect((await rolesOf(witness))[1]).toMatchObject({ jabatan: 'Ketua', sejak: before!.sejak });
  });

  test('to a later day by nobody who is new, nor with a passkey that may be another’s', async () => {
    const office = await open();
    const second = await join(office, 'Petugas Kedua');
    const witness = await joinAs(office, 'Saksi', 'saksi');
    await give(office, witness, { peran: 'penyelenggara', mulai: SOON });
    const fresh = await joinBy(house, office, 'Petugas Baru');
    const later = { peran: 'penyelenggara', mulai: LATER };
    expect(await change(fresh, witness, later)).toMatchObject({ code: 'officer-fresh' });
    expect(await take(fresh, witness)).toMatchObject({ code: 'officer-fresh' });
    const phone = new Authenticator();
    await addKey(house, second, phone);
    expect(await change(second, witness, later, phone)).toMatchObject({ code: 'key-unowned' });
    await settle(house);
    expect(await change(fresh, witness, later)).toMatchObject({ ok: true });
  });

  test('of a penyelenggara to nothing sooner, or longer behind a later day, but by who gave it', async () => {
    const office = await open();
    const giver = await joinAs(office, 'Pemberi', 'penyelenggara', first(30));
    const witness = await joinAs(office, 'Saksi', 'saksi');
    const role = { peran: 'penyelenggara', mulai: day(5), hingga: day(20) };
    expect(await give(giver, witness, role)).toMatchObject({ ok: true });
    const bound = { code: 'role-bound' };
    for (const wider of [
      { hingga: day(21) },
      { mulai: LATER, hingga: day(21) },
      { mulai: SOON },
      { mulai: '' },
    ])
      expect(await change(office, witness, { ...role, ...wider })).toMatchObject(bound);
    const phone = new Authenticator();
    await addKey(house, giver, phone);
    const sooner = { ...role, mulai: SOON };
    expect(await change(giver, witness, sooner, phone)).toMatchObject({ code: 'key-unowned' });
    expect(await change(giver, witness, sooner)).toMatchObject({ ok: true });
    expect(await change(office, witness, { ...role, mulai: LATER })).toMatchObject({ ok: true });
    expect(await change(giver, witness, { ...role, mulai: LATER, hingga: day(40) })).toMatchObject({
      code: 'role-beyond',
    });
  });
});

describe('a penyelenggara to come', () => {
  test('is new when it begins, however long ago it was given', async () => {
    const office = await open();
    const third = await join(office, 'Petugas Ketiga');
    const second = await joinAs(office, 'Petugas Kedua', 'pengawas');
    await give(office, second, { peran: 'penyelenggara', mulai: SOON });
    await given(second);
    expect(await besideOf(third, second)).toBeUndefined();
    expect(await vouch(third, second)).toMatchObject({ ok: true });
    expect(await vouch(third, second)).toMatchObject({ code: 'officer-known' });
    await begin(second);
    // What was said of them before makes the role no older.
    expect(await besideOf(third, second)).toEqual({ ok: false, code: 'officer-new', own: false });
    expect(await take(second, third)).toMatchObject({ code: 'officer-fresh' });
    // It may be said again now; and by one who isn't one of the two it counts.
    expect(await besideOf(office, second)).toMatchObject({ code: 'officer-new' });
    expect(await vouch(third, second)).toMatchObject({ ok: true });
    expect(await besideOf(office, second)).toEqual({ ok: true });
  });

  test('has no word that counts before it is a day old', async () => {
    const office = await open();
    const third = await join(office, 'Petugas Ketiga');
    const second = await comeIn(
      office,
      tokenOf(await invite(office, { peran: 'penyelenggara', mulai: SOON })),
      'Tamu',
    );
    await settle(house);
    await begin(second);
    const invited = await joinBy(house, second, 'Rekaan');
    await db.execute(sql`
      update officer set at = now() - interval '2 days' where id = ${invited.officerId}::uuid`);
    const known = async () => {
      const [row] = await db.execute<{ known: boolean }>(
        sql`select officer_known(${invited.officerId}::uuid) as known`,
      );
      return row!.known;
    };
    expect(await known()).toBe(false);
    expect(await take(invited, third)).toMatchObject({ code: 'officer-stranger' });
    await settle(house);
    expect(await known()).toBe(true);
  });

  test('is not the other one without whom the last may not go', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'pengawas');
    await give(office, second, { peran: 'penyelenggara', mulai: SOON });
    const last = { code: 'role-last' };
    expect(await take(office, office)).toMatchObject(last);
    expect(await change(office, office, { peran: 'penyelenggara', hingga: LATER })).toMatchObject(last);
    expect(
      await changeOfficers(house, office, { tindakan: 'keluarkan', id: office.officerId }),
    ).toMatchObject(last);
    // Of theirs, which is none yet, nothing depends.
    expect(await take(office, second)).toMatchObject({ ok: true });
    await give(office, second, { peran: 'penyelenggara', mulai: SOON });
    await begin(second);
    expect(await take(office, office)).toMatchObject({ ok: true });
  });

  test('is made one now by the installation, which then knows them', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'pengawas');
    await give(office, second, { peran: 'penyelenggara', mulai: SOON });
    expect(await officerRoles.givePenyelenggara(db, second.officerId)).toEqual({ ok: true });
    expect(await rolesOf(second)).toMatchObject([
      { peran: 'pengawas' },
      { peran: 'penyelenggara', toCome: false },
    ]);
    await settle(house);
    expect(await besideOf(office, second)).toEqual({ ok: true });
  });

  test('gives no link that was made before it new life', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    await give(office, witness, { peran: 'pengawas', mulai: SOON });
    const key = tokenOf(await changeOfficers(house, witness, { tindakan: 'tautan-kunci' }));
    await take(office, witness, 'saksi');
    const ended = { ok: false, code: 'link-ended' };
    expect(await officerLinks.linkOf(db, key)).toEqual(ended);
    await begin(witness);
    expect(await sees(witness)).toBe(200);
    expect(await officerLinks.linkOf(db, key)).toEqual(ended);
    expect(await enter(house, key, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    expect(
      await officerLinks.linkOf(
        db,
        tokenOf(await changeOfficers(house, witness, { tindakan: 'tautan-kunci' })),
      ),
    ).toMatchObject({ ok: true });
  });
});

describe('an invitation', () => {
  test('to a role that begins later lets in, to a page that says when', async () => {
    const office = await open();
    const said = await invite(office, { peran: 'penyelenggara', mulai: SOON });
    const when = formatInstant(first(3), 'WIB');
    expect(said.untuk).toBe(
      `Untuk Tamu. Berlaku 48 jam, satu kali pakai. Perannya: Penyelenggara, mulai berlaku ${when}.`,
    );
    expect(await page(office, '/kantor/petugas')).toContain(
      `Perannya: Penyelenggara, mulai berlaku ${when}.`,
    );
    const token = tokenOf(said);
    expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({
      sebagai: `Peran: Penyelenggara. Baru berlaku mulai ${when}. Tugas: mengatur semua kegiatan, petugas, dan pencabutan.`,
    });
    const guest = await comeIn(office, token, 'Tamu');
    const joined = await recordOf(office);
    expect(joined).toMatchObject({ tindakan: 'petugas-masuk', sesudah: { mulai: startOfDay(SOON, 'WIB') } });
    const calm = await get(house, '/kantor', guest.cookie);
    expect(calm.status).toBe(403);
    const text = await calm.text();
    expect(text).toContain('<h1>Peran Anda belum mulai berlaku.</h1>');
    expect(text).toContain(`<b>Penyelenggara</b>: mulai berlaku ${when}.`);
    expect(text).toContain('Sampai saat itu tidak ada yang perlu Anda kerjakan.');
    expect(text).not.toContain('Peran Anda sudah berakhir');
    // Nor is there anything that they could do: with their passkeys neither, and the list says nothing of vouching.
    expect(await changeOfficers(house, guest, { tindakan: 'tautan-kunci' })).toMatchObject({
      status: 403,
      code: 'role-lacking',
      title: 'Peran Anda belum mulai berlaku.',
    });
    expect(await page(office, '/kantor/petugas')).not.toContain(`${guest.officerId}/jaminan`);
    expect(await login(house, guest.phone)).toMatchObject({ ok: true });
    // The same session, once the day has come.
    await begin(guest);
    expect(await sees(guest, '/kantor')).toBe(200);
    // One that was ended before it began is not over: it never was.
    const later = { tindakan: 'undang', nama: 'Lain', peran: 'saksi', mulai: SOON };
    const early = await comeIn(office, tokenOf(await changeOfficers(house, office, later)), 'Lain');
    await changeOfficers(house, office, { tindakan: 'akhiri-peran', id: early.officerId, peran: 'saksi' });
    const never = await page(early, '/kantor');
    expect(never).toContain('Minta penyelenggara memberi Anda peran.');
    expect(never).not.toContain('sudah berakhir');
    const all = await post(house, '/kantor/petugas/sesi/akhir', guest.cookie);
    expect(all.headers.get('location')).toBe('/kantor/masuk?keluar=ya');
  });

  test('used after that day gives the role at once', async () => {
    const office = await open();
    const token = tokenOf(await invite(office, { peran: 'pengawas', mulai: SOON }));
    await db.execute(
      sql`update officer_invitation set mulai = now() - interval '1 hour' where used_at is null`,
    );
    expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({
      sebagai: 'Peran: Pengawas. Tugas: membaca semuanya, tidak mengubah apa pun.',
    });
    const guest = await comeIn(office, token, 'Tamu');
    expect(await sees(guest)).toBe(200);
    const [role] = await rolesOf(guest);
    expect(role!.sejak.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('gives nothing after what who invites has, however late it begins', async () => {
    const office = await open();
    const second = await joinAs(office, 'Petugas Kedua', 'penyelenggara', first(5));
    const beyond = { code: 'role-beyond', wrong: { hingga: expect.stringContaining('akhir peran Anda') } };
    expect(await invite(second, { peran: 'penyelenggara', mulai: LATER })).toMatchObject(beyond);
    expect(await invite(second, { peran: 'saksi', mulai: LATER, hingga: day(12) })).toMatchObject(beyond);
    expect(await give(second, office, { peran: 'saksi', mulai: LATER, hingga: day(12) })).toMatchObject(
      beyond,
    );
    expect(await invite(second, { peran: 'saksi', mulai: SOON, hingga: day(4) })).toMatchObject({ ok: true });
  });

  test('of one whose own role is to come isn’t made', async () => {
    const office = await open();
    const guest = await comeIn(
      office,
      tokenOf(await invite(office, { peran: 'penyelenggara', mulai: SOON })),
      'Tamu',
    );
    for (const asked of [
      { tindakan: 'undang', nama: 'Boneka', peran: 'penyelenggara' },
      { tindakan: 'beri-peran', id: guest.officerId, peran: 'saksi' },
      { tindakan: 'beri-peran', id: guest.officerId, peran: 'penyelenggara' },
      { tindakan: 'keluarkan', id: office.officerId },
      { tindakan: 'periksa', sampai: await officerChanges.lastId(db, office.organizerId) },
    ])
      expect(await changeOfficers(house, guest, asked)).toMatchObject({ status: 403, code: 'role-lacking' });
    await changeOfficers(house, office, { tindakan: 'keluarkan', id: guest.officerId });
    await begin(guest);
    expect(await sees(guest, '/kantor')).toBe(303);
  });
});

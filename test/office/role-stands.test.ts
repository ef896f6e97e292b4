/** On whose word a role, a link and what is known of an officer stand; and that nobody's act makes more of them than that word. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/lib/zone.ts';
import * as colleagues from '../../src/office/colleagues.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import { parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { endOfDay, lastDay, type Peran, startOfDay } from '../../src/office/role.ts';
import * as signedChanges from '../../src/office/signed-changes.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { asks } from '../withdrawal/withdraw.ts';
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
  newestKunci,
  type Office,
  over,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;

let offices = 0;
const open = () => found(house, { nama: `Kantor ${++offices}` });
const join = (office: Office, nama: string) => joinFor(house, office, nama);

const comeIn = (office: Office, token: string, nama: string) => comeInFor(house, office, token, nama);
const joinAs = (office: Office, nama: string, peran: Peran, kegiatanId: string | null = null) =>
  joinAsFor(house, office, nama, peran, { kegiatanId });

/** A penyelenggara whom nobody knows any more: who invited them is gone. */
async function strangerIn(office: Office): Promise<Office> {
  const gone = await join(office, 'Pengundang');
  const stranger = await joinBy(house, gone, 'Asing');
  await settle(house);
  await out(office, gone);
  return stranger;
}

const give = (by: Office, to: Office, role: Record<string, unknown>, as?: Authenticator) =>
  changeOfficers(house, by, { tindakan: 'beri-peran', id: to.officerId, ...role }, as && { by: as });
const change = (by: Office, to: Office, role: Record<string, unknown>, as?: Authenticator) =>
  changeRole(house, by, to, role, as);
const take = (by: Office, from: Office, peran: Peran = 'penyelenggara') =>
  changeOfficers(house, by, { tindakan: 'akhiri-peran', id: from.officerId, peran });
const out = (by: Office, whom: Office) =>
  changeOfficers(house, by, { tindakan: 'keluarkan', id: whom.officerId });
const vouch = (by: Office, whom: Office) =>
  changeOfficers(house, by, { tindakan: 'jamin', id: whom.officerId });
const invite = (by: Office, role: Record<string, unknown>, nama = 'Tamu') =>
  changeOfficers(house, by, { tindakan: 'undang', nama, ...role });
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;
const rolesOf = ({ officerId }: Office) => officerRoles.rolesOf(db, officerId);
const besideOf = async (one: Office, another: Office) =>
  (await colleagues.of(db, one.officerId, null)).find(({ id }) => id === another.officerId)?.beside;
const page = async (office: Office, path: string) => (await get(house, path, office.cookie)).text();
const sees = async (office: Office, path = '/kantor/naskah') =>
  (await get(house, path, office.cookie)).status;
async function known({ officerId }: Office): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(sql`select officer_known(${officerId}::uuid) as known`);
  return row!.known;
}
/** Of the audit trail, the latest first. */
async function recordsOf({ organizerId }: Office, limit: number) {
  const rows = await records.page(db, organizerId, {}, { before: null, limit });
  return rows.map(({ isi }) => parseRecord(isi!));
}
/** The clock goes on, until what is to come begins. */
const begin = ({ officerId }: Office) =>
  db.execute(sql`
    update officer_role set sejak = clock_timestamp()
    where officer_id = ${officerId}::uuid and ended_at is null and sejak > clock_timestamp()`);

const day = (days: number): string => dayOf(new Date(Date.now() + days * 86_400_000), 'WIB');
const SOON = day(3);
const RELATED = { ok: false, code: 'officers-related', own: false };
const STRANGER = { code: 'officer-stranger' };
const BOUND = { code: 'role-bound' };

describe('who is known', () => {
  test.each([
    ['to come', SOON],
    ['in force', ''],
  ])('stays so whoever gives them a role %s', async (_, mulai) => {
    const office = await open();
    const reader = await joinAs(office, 'Bawaslu', 'pengawas');
    const stranger = await strangerIn(office);
    expect([await known(stranger), await known(reader)]).toEqual([false, true]);
    expect(await out(stranger, reader)).toMatchObject(STRANGER);
    expect(await give(stranger, reader, { peran: 'penyelenggara', mulai })).toMatchObject({ ok: true });
    expect(await known(reader)).toBe(true);
    expect(await out(stranger, reader)).toMatchObject(STRANGER);
    expect(await take(stranger, reader, 'pengawas')).toMatchObject(STRANGER);
    expect(await change(stranger, reader, { peran: 'pengawas', lembaga: 'Lain' })).toMatchObject(STRANGER);
    // What they gave themselves they take back.
    expect(await take(stranger, reader)).toMatchObject({ ok: true });
    expect(await known(reader)).toBe(true);
  });

  test('stays so when who gave them a role that never began is gone', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Bawaslu', 'pengawas');
    const giver = await joinBy(house, office, 'Baru');
    await give(giver, reader, { peran: 'penyelenggara', mulai: SOON });
    await out(office, giver);
    expect(await known(reader)).toBe(true);
    const listed = (await officers.list(db, office.organizerId)).find(({ id }) => id === reader.officerId);
    expect(listed).toMatchObject({ knownBy: null, wordCounts: 'counts' });
  });

  test('is nobody to whom a stranger alone gave the role: neither as a second one nor with a word or an act', async () => {
    const office = await open();
    const third = await join(office, 'Ketiga');
    const reader = await joinAs(office, 'Bawaslu', 'pengawas');
    const stranger = await strangerIn(office);
    await give(stranger, reader, { peran: 'penyelenggara' });
    await settle(house);
    expect(await besideOf(office, reader)).toEqual(RELATED);
    expect(await vouch(reader, stranger)).toMatchObject({ ok: true });
    expect([await known(stranger), await known(reader)]).toEqual([false, true]);
    for (const one of [stranger, reader]) {
      expect(await out(one, office)).toMatchObject(STRANGER);
      expect(await take(one, third)).toMatchObject(STRANGER);
    }
    // Ended, and given by who is known, it is that one's.
    expect(await take(office, reader)).toMatchObject({ ok: true });
    expect(await give(third, reader, { peran: 'penyelenggara' })).toMatchObject({ ok: true });
    // What they said before that, they said in the role that ended.
    const [word] = await db.execute<{ stands: boolean }>(sql`
      select k.stands from officer_knows(${office.organizerId}) k where k.vouched and k.whom = ${stranger.officerId}::uuid`);
    expect(word).toEqual({ stands: false });
    await settle(house);
    expect(await besideOf(office, reader)).toEqual({ ok: true });
  });

  test('is listed by the word that counts, and as it counts', async () => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const witness = await joinAs(office, 'Pion', 'saksi');
    const row = async () => {
      const all = await officers.list(db, office.organizerId);
      const { knownBy, wordCounts } = all.find(({ id }) => id === witness.officerId)!;
      return [knownBy, wordCounts];
    };
    await give(giver, witness, { peran: 'penyelenggara', mulai: SOON });
    expect(await row()).toEqual([null, 'counts']);
    await begin(witness);
    expect(await row()).toEqual(['Pemberi', 'counts']);
    await out(office, giver);
    expect(await row()).toEqual(['Pemberi', 'no-longer']);
    expect(await page(office, '/kantor/petugas')).toContain('Dikenal lewat Pemberi (tidak dihitung lagi)');
  });
});

describe('a penyelenggara’s role', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['sooner', { mulai: day(30) }, { mulai: '' }],
    ['longer', { hingga: SOON }, { hingga: '' }],
  ])('is made %s by who gave it alone', async (_, role, wider) => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const reader = await joinAs(office, 'Pion', 'pengawas');
    const stranger = await strangerIn(office);
    const peran = 'penyelenggara';
    await give(giver, reader, { peran, ...role });
    for (const one of [stranger, office])
      expect(await change(one, reader, { peran, ...wider })).toMatchObject(BOUND);
    const phone = new Authenticator();
    await addKey(house, giver, phone);
    expect(await change(giver, reader, { peran, ...wider }, phone)).toMatchObject({ code: 'key-unowned' });
    expect(await change(giver, reader, { peran, ...wider })).toMatchObject({ ok: true });
    await settle(house);
    // It is the giver's, as before.
    expect(await besideOf(giver, reader)).toEqual(RELATED);
    expect(await besideOf(office, reader)).toEqual({ ok: true });
  });

  test('of the installation nobody of the office makes sooner', async () => {
    const office = await open();
    const mulai = new Date(startOfDay(day(30), 'WIB')!);
    const made = await officerLinks.appoint(db, office.organizerId, 'Nanti', {
      peran: 'penyelenggara',
      mulai,
    });
    const later = await comeIn(office, made.ok ? made.token : '', 'Nanti');
    expect(await change(office, later, { peran: 'penyelenggara' })).toMatchObject(BOUND);
    expect(await officerRoles.givePenyelenggara(db, later.officerId)).toEqual({ ok: true });
    expect(await sees(later)).toBe(200);
  });

  test('another’s becomes the installation’s, and new, when that makes it longer', async () => {
    const office = await open();
    const stranger = await strangerIn(office);
    const reader = await joinAs(office, 'Pion', 'pengawas');
    await give(stranger, reader, { peran: 'penyelenggara', hingga: SOON, jabatan: 'Ketua' });
    await settle(house);
    expect(await besideOf(office, reader)).toEqual(RELATED);
    const cast = await openCast(db, { of: office });
    await hasSigned(house.services, cast.siti);
    await house.services.publish();
    const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
    expect(await asks(house, reader, place)).toMatchObject({ ok: true });
    expect(await officerRoles.givePenyelenggara(db, reader.officerId)).toEqual({ ok: true });
    // What they asked for in the role that ended is open no more: it can be asked for again.
    expect((await recordsOf(office, 2))[1]).toMatchObject({
      tindakan: 'pencabutan-batalkan',
      sesudah: { alasan: 'petugas-beri-peran' },
    });
    expect(await rolesOf(reader)).toMatchObject([
      {},
      { peran: 'penyelenggara', jabatan: 'Ketua', sampai: null },
    ]);
    expect(await besideOf(office, reader)).toMatchObject({ code: 'officer-new' });
    await settle(house);
    expect(await besideOf(office, reader)).toEqual({ ok: true });
  });

  test('is called something else by no stranger, nobody new, and no passkey that may be another’s', async () => {
    const office = await open();
    const second = await join(office, 'Kedua');
    const stranger = await strangerIn(office);
    const named = { peran: 'penyelenggara', jabatan: 'Bukan siapa-siapa' };
    expect(await change(stranger, second, named)).toMatchObject(STRANGER);
    const fresh = await joinBy(house, office, 'Baru');
    expect(await change(fresh, second, named)).toMatchObject({ code: 'officer-fresh' });
    const phone = new Authenticator();
    await addKey(house, second, phone);
    expect(await change(second, second, named, phone)).toMatchObject({ code: 'key-unowned' });
    expect(await change(office, second, named)).toMatchObject({ ok: true });
    // Also of the last one: it takes no penyelenggara away.
    expect(await change(second, office, named)).toMatchObject({ ok: true });
  });

  test('stands on no passkey that has ended: neither one that is to come, nor what was made longer with it', async () => {
    const office = await open();
    const third = await join(office, 'Ketiga');
    const [witness, reader] = [
      await joinAs(office, 'Wayang', 'saksi'),
      await joinAs(office, 'Pion', 'pengawas'),
    ];
    await give(office, reader, { peran: 'penyelenggara', hingga: SOON });
    const phone = new Authenticator();
    await addKey(house, office, phone);
    await give(office, witness, { peran: 'penyelenggara', mulai: SOON }, phone);
    const sampai = { tindakan: 'periksa', sampai: Number.MAX_SAFE_INTEGER };
    expect(await changeOfficers(house, office, sampai)).toMatchObject({ ok: true });
    const fresh = { code: 'officer-fresh' };
    expect(await change(office, reader, { peran: 'penyelenggara' }, phone)).toMatchObject(fresh);
    await settle(house);
    expect(await change(office, reader, { peran: 'penyelenggara' }, phone)).toMatchObject({ ok: true });
    expect(await besideOf(third, reader)).toEqual({ ok: true });
    const kunci = await newestKunci(phone);
    const ends = { tindakan: 'akhiri-kunci', id: office.officerId, kunci };
    expect(await page(office, `/kantor/petugas/${office.officerId}/kunci/${kunci.slice(7)}/akhir`)).toContain(
      'peran <b>Penyelenggara</b> untuk Wayang',
    );
    expect(await changeOfficers(house, office, ends)).toMatchObject({ ok: true });
    expect(await rolesOf(witness)).toMatchObject([{ peran: 'saksi' }]);
    expect(await besideOf(third, reader)).toEqual(RELATED);
  });
});

describe('what nobody stands behind any more', () => {
  test('ends for good: a link outlives no shorter role, and holds no name', async () => {
    const office = await open();
    const second = await join(office, 'Kedua');
    const token = tokenOf(await invite(second, { peran: 'penyelenggara' }));
    const key = tokenOf(await changeOfficers(house, second, { tindakan: 'tautan-kunci' }));
    expect(await change(office, second, { peran: 'penyelenggara', hingga: day(30) })).toMatchObject({
      ok: true,
    });
    const [record] = await recordsOf(office, 1);
    expect(record!.sebelum).toMatchObject({ tautan: '1' });
    await officerRoles.givePenyelenggara(db, second.officerId);
    expect(await rolesOf(second)).toMatchObject([{ sampai: null }]);
    expect(await officerLinks.linkOf(db, token)).toEqual({ ok: false, code: 'link-ended' });
    expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    expect(await officerLinks.linkOf(db, key)).toMatchObject({ ok: true });
    expect(await invite(office, { peran: 'saksi' })).toMatchObject({ ok: true });
  });

  test('by the clock it holds no name either', async () => {
    const office = await open();
    const second = await join(office, 'Kedua');
    await invite(second, { peran: 'saksi' });
    expect(await invite(office, { peran: 'saksi' })).toMatchObject({ code: 'officer-invited' });
    await db.execute(
      sql`update officer_role set sampai = clock_timestamp() where officer_id = ${second.officerId}::uuid`,
    );
    expect(await invite(office, { peran: 'saksi' })).toMatchObject({ ok: true });
  });

  test.each<[string, (by: Office, whom: Office) => Promise<unknown>]>([
    ['their role', (by, whom) => take(by, whom)],
    ['their removal', (by, whom) => out(by, whom)],
    ['their removal by the installation', (_, whom) => officers.dismiss(db, whom.officerId)],
  ])('roles to come that somebody gave end with %s', async (_, end) => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const witness = await joinAs(office, 'Pion', 'saksi');
    const guest = await comeIn(
      office,
      tokenOf(await invite(giver, { peran: 'penyelenggara', mulai: SOON })),
      'Tamu',
    );
    await give(giver, witness, { peran: 'penyelenggara', mulai: SOON });
    await give(giver, witness, { peran: 'pengawas' });
    await give(giver, giver, { peran: 'pengawas', mulai: SOON });
    await give(office, guest, { peran: 'saksi', mulai: SOON });
    await end(office, giver);
    // What has begun, and what others gave, stays.
    expect(await rolesOf(witness)).toMatchObject([{ peran: 'saksi' }, { peran: 'pengawas' }]);
    expect(await rolesOf(guest)).toMatchObject([{ peran: 'saksi', toCome: true }]);
    await begin(giver);
    expect(await sees(giver)).not.toBe(200);
    const ended = (await recordsOf(office, 4)).filter(({ perihal }) => perihal?.includes('Pion'));
    expect(ended).toMatchObject([
      {
        tindakan: 'petugas-akhiri-peran',
        sebelum: { peran: 'penyelenggara', mulai: startOfDay(SOON, 'WIB') },
      },
    ]);
    expect(await page(office, '/kantor/petugas')).toMatch(/mengakhiri peran penyelenggara Pion/);
  });

  test('is named before it ends', async () => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const witness = await joinAs(office, 'Pion', 'saksi');
    const removal = `/kantor/petugas/${giver.officerId}/pencabutan`;
    const ending = `/kantor/petugas/${giver.officerId}/peran/penyelenggara/akhir`;
    const nothing = 'Tidak ada tautan, pengajuan, atau peran lain yang ikut berakhir.';
    for (const path of [removal, ending]) expect(await page(office, path)).toContain(nothing);
    await give(giver, witness, { peran: 'penyelenggara', mulai: SOON });
    await give(giver, giver, { peran: 'pengawas', mulai: SOON });
    await invite(giver, { peran: 'saksi' });
    await changeOfficers(house, giver, { tindakan: 'tautan-kunci' });
    const cast = await openCast(db, { of: office });
    await hasSigned(house.services, cast.siti);
    await house.services.publish();
    expect(await asks(house, giver, { kegiatanId: cast.kegiatanId, personId: cast.siti })).toMatchObject({
      ok: true,
    });
    for (const path of [removal, ending]) {
      const said = await page(office, path);
      expect(said).toContain('<li>2 tautan yang masih terbuka</li>');
      expect(said).toContain('<li>1 pengajuan pencabutan yang belum disetujui</li>');
      expect(said).toContain('<li>2 peran yang belum mulai berlaku</li>');
      expect(said).toContain('peran <b>Penyelenggara</b> untuk Pion');
    }
    // What they gave themselves goes too: it is their last.
    expect(await page(office, ending)).toContain('Ini peran terakhirnya.');
    await give(office, giver, { peran: 'piket', mulai: SOON });
    expect(await page(office, ending)).not.toContain('Ini peran terakhirnya.');
  });
});

describe('giving a role', () => {
  test('changes none that is held, and says where that is done', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const reader = await joinAs(office, 'Bawaslu', 'pengawas', kegiatanId);
    const again = { peran: 'pengawas', kegiatan: kegiatanId, lembaga: 'Lain', hingga: SOON };
    expect(await give(office, reader, again)).toMatchObject({
      status: 409,
      code: 'role-known',
      title: 'Peran itu sudah dimilikinya',
      next: 'Satu peran punya satu masa. Pakai Ubah peran, atau beri lagi sesudah masanya berakhir.',
      link: {
        href: `/kantor/petugas/${reader.officerId}/peran?peran=pengawas&kegiatan=${kegiatanId}`,
        name: 'Ubah peran',
      },
    });
    expect(await rolesOf(reader)).toMatchObject([{ lembaga: '', sampai: null }]);
    const form = await page(office, `/kantor/petugas/${reader.officerId}/peran`);
    expect(form).toContain('<b>Pengawas kegiatan Deklarasi Contoh</b>');
    expect(form).toContain(`/peran?peran=pengawas&amp;kegiatan=${kegiatanId}`);
    expect(form).not.toContain('data-versi');
    const [role] = await rolesOf(reader);
    for (const path of [
      `peran?peran=pengawas&kegiatan=${kegiatanId}`,
      `peran/pengawas/akhir?kegiatan=${kegiatanId}`,
    ])
      expect(await page(office, `/kantor/petugas/${reader.officerId}/${path}`)).toContain(
        `data-versi="${role!.versi}"`,
      );
  });

  test('on a page that is old overwrites nothing, and brings nothing back', async () => {
    const office = await open();
    const second = await join(office, 'Kedua');
    const reader = await joinAs(office, 'Bawaslu', 'pengawas');
    const [{ versi } = { versi: 0 }] = await rolesOf(reader);
    const old = (tindakan: string, role: Record<string, unknown>) => ({
      tindakan,
      id: reader.officerId,
      peran: 'pengawas',
      versi,
      ...role,
    });
    const changed = {
      code: 'role-changed',
      title: 'Peran itu berubah sejak halaman ini dibuka',
      next: 'Belum ada yang diubah dari sini. Muat ulang halaman, lalu periksa isinya.',
    };
    expect(await change(second, reader, { peran: 'pengawas', jabatan: 'Ketua' })).toMatchObject({ ok: true });
    for (const stale of [old('beri-peran', { lembaga: 'Bawaslu' }), old('akhiri-peran', {})])
      expect(await changeOfficers(house, office, stale)).toMatchObject(changed);
    expect(await rolesOf(reader)).toMatchObject([{ jabatan: 'Ketua', lembaga: '' }]);
    expect(await take(second, reader, 'pengawas')).toMatchObject({ ok: true });
    for (const stale of [old('beri-peran', { lembaga: 'Bawaslu' }), old('akhiri-peran', {})])
      expect(await changeOfficers(house, office, stale)).toMatchObject({ code: 'role-unknown' });
    expect(await rolesOf(reader)).toEqual([]);
  });

  test('signed before the role changed, it is refused by the database', async () => {
    const office = await open();
    const second = await join(office, 'Kedua');
    const reader = await joinAs(office, 'Bawaslu', 'pengawas');
    const signed = async (role: Record<string, unknown>) => {
      const wanted = { tindakan: 'beri-peran', id: reader.officerId, ...role };
      const { text } = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
      const answer = { text, response: await over(house, office.phone, String(text)) };
      return () => ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie);
    };
    const outcome = async (peran: string, versi: number | null) => {
      const [key] = await db.execute<{ spki: string }>(sql`
        select encode(spki, 'hex') as spki from officer_credential where officer_id = ${office.officerId}::uuid`);
      const a = {
        tindakan: 'beri-peran',
        actor: { id: office.officerId, organizer: office.organizerId, peran: 'penyelenggara' },
        target: reader.officerId,
        nama: 'Bawaslu',
        text: crypto.randomUUID(),
        ...{ authenticator_data: '00', client_data_json: '00', signature: '00', spki: key!.spki },
        ...{ peran, versi, jabatan: 'Ketua' },
      };
      const [row] = await db.execute<{ outcome: string }>(sql`
        select change_officers(${JSON.stringify(a)}::jsonb, ${await signedChanges.now(db)}::timestamptz) as outcome`);
      return row!.outcome;
    };
    const [{ versi } = { versi: 0 }] = await rolesOf(reader);
    const late = await signed({ peran: 'saksi' });
    await give(second, reader, { peran: 'saksi', jabatan: 'Ketua' });
    expect(await late()).toMatchObject({ code: 'role-known' });
    expect(await outcome('saksi', null)).toBe('role-known');
    expect(await outcome('pengawas', versi + 1)).toBe('role-changed');
    expect(await outcome('piket', versi)).toBe('role-unknown');
    expect(await outcome('pengawas', versi)).toBe('changed');
  });

  test.each(['mulai', 'hingga'])('%s lies within ten years, said at its field', async (field) => {
    const office = await open();
    const last = lastDay(new Date(), 'WIB');
    const far = `${Number(last.slice(0, 4)) + 1}${last.slice(4)}`;
    for (const asked of [
      { tindakan: 'beri-peran', id: office.officerId },
      { tindakan: 'undang', nama: 'Tamu' },
    ])
      expect(await changeOfficers(house, office, { ...asked, peran: 'saksi', [field]: far })).toMatchObject({
        status: 422,
        wrong: { [field]: 'Paling lama 10 tahun dari sekarang.' },
      });
    expect(await give(office, office, { peran: 'saksi', [field]: last })).toMatchObject({ ok: true });
  });
});

describe('who has a role, and one that is to come', () => {
  test('reads which begins when, where that one will let them', async () => {
    const office = await open();
    const { kegiatanId } = await makeEvent(db, { of: office });
    const witness = await joinAs(office, 'Saksi', 'saksi');
    const bare = await page(witness, '/kantor/naskah');
    expect(bare).not.toContain('mulai berlaku');
    await give(office, witness, { peran: 'penyelenggara', mulai: SOON });
    const said = await page(witness, '/kantor/naskah');
    expect(said).toContain('Membaca naskah: hanya penyelenggara dan pengawas.');
    expect(said).toContain('<b>Penyelenggara</b>: mulai berlaku ');
    expect(said).toContain('Peran itu belum mulai berlaku. Sesudahnya halaman ini terbuka bagi Anda.');
    expect(said).toContain('Ke halaman depan kantor');
    // Of an event, and only of that one.
    const desk = await joinAs(office, 'Meja', 'saksi', kegiatanId);
    const other = await openCast(db, { of: office, judul: 'Apel Lain' });
    await give(office, desk, { peran: 'petugas', kegiatan: other.kegiatanId, mulai: SOON });
    expect(await page(desk, `/kantor/kegiatan/${other.kegiatanId}`)).toContain('mulai berlaku');
    expect(await page(desk, `/kantor/kegiatan/${kegiatanId}`)).not.toContain('mulai berlaku');
    expect(await page(desk, '/kantor/naskah')).not.toContain('mulai berlaku');
  });

  test('loses no last role with the first', async () => {
    const office = await open();
    const witness = await joinAs(office, 'Saksi', 'saksi');
    const ending = `/kantor/petugas/${witness.officerId}/peran/saksi/akhir`;
    expect(await page(office, ending)).toContain('Ini peran terakhirnya.');
    await give(office, witness, { peran: 'penyelenggara', mulai: SOON });
    expect(await page(office, ending)).not.toContain('Ini peran terakhirnya.');
  });
});

test('records of a role say all of it: offered, given, changed, ended, come with', async () => {
  const office = await open();
  const { kegiatanId } = await makeEvent(db, { of: office });
  const role = {
    peran: 'pengawas',
    kegiatan: kegiatanId,
    lembaga: 'Bawaslu',
    jabatan: 'Ketua',
    mulai: SOON,
    hingga: day(9),
  };
  const said = {
    peran: 'pengawas',
    lembaga: 'Bawaslu',
    jabatan: 'Ketua',
    mulai: startOfDay(SOON, 'WIB'),
    sampai: endOfDay(day(9), 'WIB'),
  };
  const last = async () => (await recordsOf(office, 1))[0]!;
  const token = tokenOf(await invite(office, role));
  expect(await last()).toMatchObject({ tindakan: 'petugas-undang', kegiatan: kegiatanId, sesudah: said });
  const guest = await comeIn(office, token, 'Tamu');
  expect(await last()).toMatchObject({ tindakan: 'petugas-masuk', kegiatan: kegiatanId, sesudah: said });
  expect(await change(office, guest, { ...role, jabatan: '', hingga: day(8) })).toMatchObject({ ok: true });
  const { jabatan, ...rest } = said;
  const changed = { ...rest, sampai: endOfDay(day(8), 'WIB') };
  const now = await last();
  expect(now).toMatchObject({ tindakan: 'petugas-ubah-peran', kegiatan: kegiatanId });
  expect(now.sesudah).toEqual(changed);
  expect(now.sebelum).toEqual({ jabatan, sampai: said.sampai });
  const ends = { tindakan: 'akhiri-peran', id: guest.officerId, peran: 'pengawas', kegiatan: kegiatanId };
  expect(await changeOfficers(house, office, ends)).toMatchObject({ ok: true });
  expect(await last()).toMatchObject({
    tindakan: 'petugas-akhiri-peran',
    kegiatan: kegiatanId,
    sebelum: changed,
  });
  expect(await give(office, guest, role)).toMatchObject({ ok: true });
  expect(await last()).toMatchObject({ tindakan: 'petugas-beri-peran', kegiatan: kegiatanId, sesudah: said });
  await give(office, guest, { peran: 'piket', mulai: day(5) });
  const both = {
    peran: 'pengawas; piket',
    kegiatan: `${kegiatanId}; -`,
    lembaga: 'Bawaslu; -',
    jabatan: 'Ketua; -',
    mulai: `${said.mulai}; ${startOfDay(day(5), 'WIB')}`,
    sampai: `${said.sampai}; -`,
  };
  expect(await out(office, guest)).toMatchObject({ ok: true });
  expect((await last()).sebelum).toEqual(both);
});

/** A change of a role has an author: who may end what was and give what is to be, on whose word it stands, and who has seen what ends with it. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { dayOf, formatDay } from '../../src/lib/zone.ts';
import * as dependents from '../../src/office/dependents.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import { parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { endOfDay, type Peran } from '../../src/office/role.ts';
import * as signedChanges from '../../src/office/signed-changes.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { asks } from '../withdrawal/withdraw.ts';
import {
  addKey,
  ask,
  changeOfficers,
  changeRole,
  comeIn,
  found,
  get,
  joinAs as joinAsFor,
  joinBy,
  join as joinFor,
  newestKunci,
  type Office,
  over,
  post,
  type Said,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;

let offices = 0;
const open = () => found(house, { nama: `Kantor ${++offices}` });
const join = (office: Office, nama: string) => joinFor(house, office, nama);
const joinAs = (office: Office, nama: string, peran: Peran, sampai: Date | null = null) =>
  joinAsFor(house, office, nama, peran, { sampai });

const give = (by: Office, to: Office, role: Record<string, unknown>) =>
  changeOfficers(house, by, { tindakan: 'beri-peran', id: to.officerId, ...role });
const change = (by: Office, to: Office, role: Record<string, unknown>, as?: Authenticator) =>
  changeRole(house, by, to, role, as);
const take = (by: Office, from: Office, more: Record<string, unknown> = {}, as?: Authenticator) =>
  changeOfficers(
    house,
    by,
    { tindakan: 'akhiri-peran', id: from.officerId, peran: 'penyelenggara', ...more },
    as && { by: as },
  );
const out = (by: Office, whom: Office) =>
  changeOfficers(house, by, { tindakan: 'keluarkan', id: whom.officerId });
const endKey = async (by: Office, phone: Authenticator) =>
  changeOfficers(house, by, {
    tindakan: 'akhiri-kunci',
    id: by.officerId,
    kunci: await newestKunci(phone),
  });
const looks = async (by: Office) =>
  changeOfficers(house, by, {
    tindakan: 'periksa',
    sampai: await officerChanges.lastId(db, by.organizerId),
  });
const page = async (office: Office, path: string) => (await get(house, path, office.cookie)).text();
/** The role of pengawas that somebody has, and by whom. */
const reads = async ({ officerId }: Office) =>
  (await officerRoles.rolesOf(db, officerId)).find(({ peran }) => peran === 'pengawas');
async function recordsOf({ organizerId }: Office, limit: number) {
  const rows = await records.page(db, organizerId, {}, { before: null, limit });
  return rows.map(({ isi }) => parseRecord(isi!));
}

const day = (days: number): string => dayOf(new Date(Date.now() + days * 86_400_000), 'WIB');
const last = (days: number): Date => new Date(endOfDay(day(days), 'WIB')!);
const SOON = day(3);
const STRANGER = { status: 409, code: 'officer-stranger', title: 'Anda belum dikenal lewat siapa pun' };
const FRESH = { status: 409, code: 'officer-fresh', title: 'Kunci sandi atau peran Anda masih baru' };
const UNOWNED = { status: 409, code: 'key-unowned', title: 'Kunci ini belum Anda akui' };
const UNSEEN = {
  status: 409,
  code: 'falls-unseen',
  title: 'Lihat dahulu apa yang ikut berakhir',
  next: 'Halaman ini belum menunjukkannya seperti sekarang. Belum ada yang berubah.',
};
const COMING = { peran: 'pengawas', mulai: SOON, hingga: day(10) };
const LONGER = { ...COMING, hingga: day(60) };

/** An officer of the installation's, to whom a penyelenggara for some days gave a role that is to come. */
async function withGift() {
  const office = await open();
  const giver = await joinAs(office, 'Pemberi', 'penyelenggara', last(30));
  const reader = await joinAs(office, 'Bawaslu', 'saksi');
  expect(await give(giver, reader, COMING)).toMatchObject({ ok: true });
  return { office, giver, reader };
}

/** Penyelenggara whom nobody knows any more: who invited them is gone. */
async function strangersIn(office: Office): Promise<[Office, Office]> {
  const gone = await join(office, 'Pengundang');
  const two: [Office, Office] = [await joinBy(house, gone, 'Asing'), await joinBy(house, gone, 'Rekannya')];
  await settle(house);
  await out(office, gone);
  return two;
}

describe('who makes more of a role', () => {
  test('gives it, for as long as they may: also past the end of who gave it first', async () => {
    const { office, giver, reader } = await withGift();
    expect(await change(giver, reader, LONGER)).toMatchObject({ code: 'role-beyond' });
    expect(await change(office, reader, LONGER)).toMatchObject({ ok: true });
    expect(await reads(reader)).toMatchObject({ toCome: true, sampai: last(60), by: office.officerId });
    expect((await recordsOf(office, 1))[0]).toMatchObject({ tindakan: 'petugas-ubah-peran' });
    // It is theirs now: it stays without the first giver, and no longer than its giver.
    expect(await out(office, giver)).toMatchObject({ ok: true });
    expect(await reads(reader)).toMatchObject({ toCome: true, sampai: last(60) });
  });

  test.each([
    ['to come', { mulai: SOON }, {}],
    ['in force', {}, {}],
    ['in force, which gets another title', {}, { hingga: day(10), jabatan: 'Ketua' }],
  ])(
    'may end what was: of one %s no stranger, nobody new, no passkey that may be another’s',
    async (_, from, to) => {
      const office = await open();
      const second = await join(office, 'Kedua');
      const reader = await joinAs(office, 'Bawaslu', 'saksi');
      const role = { peran: 'pengawas', hingga: day(10), ...from };
      await give(office, reader, role);
      await settle(house);
      const [stranger] = await strangersIn(office);
      const fresh = await joinBy(house, office, 'Baru');
      const phone = new Authenticator();
      await addKey(house, second, phone);
      const held = await reads(reader);
      const wider = { ...role, hingga: day(60), ...to };
      for (const act of [
        (by: Office, as?: Authenticator) => change(by, reader, wider, as),
        (by: Office, as?: Authenticator) => take(by, reader, { peran: 'pengawas' }, as),
      ]) {
        expect(await act(stranger)).toMatchObject(STRANGER);
        expect(await act(fresh)).toMatchObject(FRESH);
        expect(await act(second, phone)).toMatchObject(UNOWNED);
      }
      expect(await reads(reader)).toEqual(held);
      expect(await change(second, reader, wider)).toMatchObject({ ok: true });
      expect(await reads(reader)).toMatchObject({ by: second.officerId });
      // Changed since, it is no newer to who is new: it was there before them.
      if (!('mulai' in from)) {
        expect(await take(fresh, reader, { peran: 'pengawas' })).toMatchObject(FRESH);
        expect(await change(fresh, reader, { ...wider, hingga: day(90) })).toMatchObject(FRESH);
      }
    },
  );

  test('stands behind it with the passkey that they used', async () => {
    const { office, reader } = await withGift();
    const begun = await joinAs(office, 'Panwas', 'pengawas');
    await change(office, begun, { peran: 'pengawas', hingga: day(10) });
    const phone = new Authenticator();
    await addKey(house, office, phone);
    expect(await looks(office)).toMatchObject({ ok: true });
    await settle(house);
    expect(await change(office, reader, LONGER, phone)).toMatchObject({ ok: true });
    expect(await change(office, begun, { peran: 'pengawas' }, phone)).toMatchObject({ ok: true });
    const kunci = await newestKunci(phone);
    const said = await page(office, `/kantor/petugas/${office.officerId}/kunci/${kunci.slice(7)}/akhir`);
    const [ends, stays] = said.split('Tetap berlaku, karena sudah mulai');
    expect(ends).toContain('<li>1 peran yang belum mulai berlaku</li>');
    expect(ends).toContain('peran <b>Pengawas</b> untuk Bawaslu');
    expect(stays).toContain('peran <b>Pengawas</b> untuk Panwas');
    expect(await endKey(office, phone)).toMatchObject({ ok: true });
    expect(await reads(reader)).toBeUndefined();
    // What has begun stays, like what was given with it, and was named.
    expect(await reads(begun)).toMatchObject({ toCome: false, sampai: null });
  });

  test('of their own role needs the first giver no more', async () => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const second = await join(office, 'Kedua');
    await give(giver, second, COMING);
    expect(await change(second, second, LONGER)).toMatchObject({ ok: true });
    await out(office, giver);
    expect(await reads(second)).toMatchObject({ by: second.officerId, sampai: last(60) });
  });

  test('takes no link for a passkey from its holder, nor their time', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Bawaslu', 'pengawas', last(10));
    const before = await reads(reader);
    const link = await changeOfficers(house, reader, { tindakan: 'tautan-kunci' });
    const token = String(link.tautan).split('#')[1]!;
    expect(await change(office, reader, { peran: 'pengawas', hingga: day(60) })).toMatchObject({ ok: true });
    expect(await officerLinks.linkOf(db, token)).toMatchObject({ ok: true });
    expect(await reads(reader)).toMatchObject({ sejak: before!.sejak, by: office.officerId });
  });
});

describe('a part of what was given', () => {
  test.each([
    ['shorter', { hingga: day(8) }],
    ['later', { mulai: day(5) }],
  ])('is its giver’s, made %s by another', async (_, less) => {
    const { office, giver, reader } = await withGift();
    const form = await page(office, `/kantor/petugas/${reader.officerId}/peran?peran=pengawas`);
    expect(form).toContain(
      'Bukan Anda pemberinya. Sesudah diperpanjang, dimajukan, atau berganti sebutan, Andalah pemberinya.',
    );
    expect(await change(office, reader, { ...COMING, ...less })).toMatchObject({ ok: true });
    expect(await reads(reader)).toMatchObject({ by: giver.officerId });
    await out(office, giver);
    expect(await reads(reader)).toBeUndefined();
  });
});

describe('nobody ends by a detour what they may not end', () => {
  test('a stranger, of one who is known: by another stranger’s going or end; with their own goes what they gave', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Bawaslu', 'saksi');
    const [stranger, another] = await strangersIn(office);
    expect(await give(stranger, reader, COMING)).toMatchObject({ ok: true });
    expect(await take(another, reader, { peran: 'pengawas' })).toMatchObject(STRANGER);
    expect(await take(another, stranger)).toMatchObject(STRANGER);
    expect(await change(another, stranger, { peran: 'penyelenggara', hingga: day(5) })).toMatchObject(
      STRANGER,
    );
    expect(await out(another, stranger)).toMatchObject(STRANGER);
    expect((await recordsOf(office, 1))[0]).toMatchObject({ tindakan: 'tindakan-ditolak' });
    expect(await reads(reader)).toMatchObject({ toCome: true });
    expect(await out(stranger, stranger)).toMatchObject({ ok: true });
    expect(await reads(reader)).toBeUndefined();
  });

  test('but they end a passkey of their own, and what it gave', async () => {
    const office = await open();
    const reader = await joinAs(office, 'Bawaslu', 'saksi');
    const [stranger] = await strangersIn(office);
    const phone = new Authenticator();
    await addKey(house, stranger, phone);
    await changeOfficers(
      house,
      stranger,
      { tindakan: 'beri-peran', id: reader.officerId, ...COMING },
      { by: phone },
    );
    expect(await reads(reader)).toMatchObject({ toCome: true });
    expect(await endKey(stranger, phone)).toMatchObject({ ok: true });
    expect(await reads(reader)).toBeUndefined();
  });

  test('with a new passkey, what was there before it', async () => {
    const office = await open();
    const second = await join(office, 'Kedua');
    const reader = await joinAs(office, 'Bawaslu', 'saksi');
    await give(second, reader, COMING);
    const phone = new Authenticator();
    await addKey(house, second, phone);
    await looks(second);
    expect(await take(second, second, {}, phone)).toMatchObject(FRESH);
    expect(await take(second, second)).toMatchObject({ ok: true });
    expect(await reads(reader)).toBeUndefined();
  });
});

describe('what ends with a change', () => {
  test('is counted and named before, told after, and by no other day', async () => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const reader = await joinAs(office, 'Bawaslu', 'saksi');
    const form = `/kantor/petugas/${giver.officerId}/peran?peran=penyelenggara`;
    expect(await page(office, form)).toContain(
      'Tidak ada undangan atau peran darinya yang dapat ikut berakhir.',
    );
    await give(giver, reader, COMING);
    await give(giver, reader, { peran: 'piket' });
    await changeOfficers(house, giver, { tindakan: 'undang', nama: 'Tamu', peran: 'saksi', hingga: day(20) });
    await changeOfficers(house, giver, { tindakan: 'tautan-kunci' });
    const said = await page(office, form);
    expect(said).toContain('Yang melewati tanggal akhir baru ikut berakhir, paling banyak:');
    expect(said).toContain('<li>1 tautan yang masih terbuka</li><li>1 peran yang belum mulai berlaku</li>');
    expect(said).toContain('Yang ikut berakhir ditampilkan sekali lagi sebelum Anda menyetujui.');
    expect(said).not.toContain('piket');
    // The page has not shown yet what ends with this day, and says where that is.
    const wanted = { peran: 'penyelenggara', hingga: day(15), lembaga: 'Kesbangpol & Co' };
    const refused = await change(office, giver, { ...wanted, ikut: '' });
    expect(refused).toMatchObject({ ...UNSEEN, link: { name: 'Lihat yang ikut berakhir' } });
    const shown = await page(office, (refused.link as { href: string }).href);
    expect(shown).toContain(`Dengan tanggal akhir ${formatDay(day(15))} ikut berakhir:`);
    expect(shown).toContain('<li>1 tautan yang masih terbuka</li></ul>');
    expect(shown).toContain(`value="${day(15)}"`);
    expect(shown).toContain('value="Kesbangpol &amp; Co"');
    const ikut = /data-ikut="([^"]*)"/.exec(shown)![1]!;
    // Of another day more ends.
    expect(await change(office, giver, { ...wanted, hingga: day(5), ikut })).toMatchObject(UNSEEN);
    expect(await change(office, giver, { ...wanted, ikut })).toMatchObject({ ok: true });
    expect(await officerLinks.openLinks(db, office.organizerId)).toHaveLength(1);
    expect(await reads(reader)).toMatchObject({ toCome: true });
    expect(await change(office, giver, { ...wanted, hingga: day(5) })).toMatchObject({ ok: true });
    expect(await reads(reader)).toBeUndefined();
    // What follows stands after what it follows from.
    expect((await recordsOf(office, 2)).map(({ tindakan, perihal }) => [tindakan, perihal])).toEqual([
      ['petugas-akhiri-peran', `${reader.officerId} Bawaslu`],
      ['petugas-ubah-peran', `${giver.officerId} Pemberi`],
    ]);
  });

  test.each(['akhiri-peran', 'beri-peran'])(
    '%s: nothing that was shown to nobody, also once it is signed',
    async (tindakan) => {
      const office = await open();
      const giver = await join(office, 'Pemberi');
      const reader = await joinAs(office, 'Bawaslu', 'saksi');
      const [held] = await officerRoles.rolesOf(db, giver.officerId);
      const { versi } = held!;
      const hingga = tindakan === 'beri-peran' ? day(5) : '';
      const wanted = { tindakan, id: giver.officerId, peran: 'penyelenggara', versi, hingga, ikut: '' };
      const { text } = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
      const answer = { text, response: await over(house, office.phone, String(text)) };
      await give(giver, reader, COMING);
      const late = await ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie);
      expect(late).toMatchObject(UNSEEN);
      expect(await page(office, (late.link as { href: string }).href)).toContain(
        'peran <b>Pengawas</b> untuk Bawaslu',
      );
      // Below the page too.
      const [key] = await db.execute<{ spki: string }>(sql`
      select encode(spki, 'hex') as spki from officer_credential where officer_id = ${office.officerId}::uuid`);
      const outcome = async (more: object) => {
        const a = {
          tindakan,
          actor: { id: office.officerId, organizer: office.organizerId, peran: 'penyelenggara' },
          ...{ target: giver.officerId, nama: 'Pemberi', text: crypto.randomUUID() },
          ...{ authenticator_data: '00', client_data_json: '00', signature: '00', spki: key!.spki },
          ...{ peran: 'penyelenggara', berlaku_sampai: hingga === '' ? null : endOfDay(hingga, 'WIB') },
          ...more,
        };
        const [row] = await db.execute<{ outcome: string }>(sql`
        select change_officers(${JSON.stringify(a)}::jsonb, ${await signedChanges.now(db)}::timestamptz) as outcome`);
        return row!.outcome;
      };
      expect(await outcome({ versi })).toBe('falls-unseen');
      expect(await outcome({ versi, ikut: 'f'.repeat(64) })).toBe('falls-unseen');
      const until = hingga === '' ? undefined : endOfDay(hingga, 'WIB');
      const { ikut } = await dependents.of(db, giver.officerId, { versi, until });
      expect(await outcome({ versi, ikut })).toBe('changed');
      expect(await reads(reader)).toBeUndefined();
    },
  );

  test.each(['akhiri-peran', 'beri-peran'])(
    '%s: is not put off by what its holder makes, changes or ends meanwhile',
    async (tindakan) => {
      const office = await open();
      const holder = await join(office, 'Pemegang');
      const reader = await joinAs(office, 'Bawaslu', 'saksi');
      const invited = (nama: string) =>
        changeOfficers(house, holder, { tindakan: 'undang', nama, peran: 'saksi', hingga: day(20) });
      await invited('Tamu Satu');
      await give(holder, reader, COMING);
      const [held] = await officerRoles.rolesOf(db, holder.officerId);
      const hingga = tindakan === 'beri-peran' ? day(4) : '';
      const path = `/kantor/petugas/${holder.officerId}/peran`;
      const shown = await page(
        office,
        tindakan === 'beri-peran'
          ? `${path}?peran=penyelenggara&hingga=${hingga}`
          : `${path}/penyelenggara/akhir`,
      );
      const ikut = /data-ikut="([^"]*)"/.exec(shown)![1]!;
      await invited('Tamu Dua');
      await give(holder, reader, { peran: 'piket', mulai: SOON });
      expect(await change(holder, reader, { ...COMING, jabatan: 'Ketua' })).toMatchObject({ ok: true });
      const wanted = {
        tindakan,
        id: holder.officerId,
        peran: 'penyelenggara',
        hingga,
        versi: held!.versi,
        ikut,
      };
      const { text } = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
      const answer = { text, response: await over(house, office.phone, String(text)) };
      await invited('Tamu Tiga');
      const [first] = await officerLinks.openLinks(db, office.organizerId);
      await post(house, `/kantor/petugas/tautan/${first!.digest}/akhir`, holder.cookie);
      expect(await ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie)).toMatchObject({
        ok: true,
      });
      expect(await officerLinks.openLinks(db, office.organizerId)).toEqual([]);
      expect((await officerRoles.rolesOf(db, reader.officerId)).map(({ peran }) => peran)).toEqual(['saksi']);
    },
  );

  test.each<[string, (by: Office, whom: Office, as: Authenticator) => Promise<Said>, object]>([
    ['the end of a role', (by, whom) => take(by, whom), { tautan: 4, pengajuan: 1, peran: 2 }],
    [
      'its shortening',
      (by, whom) => change(by, whom, { peran: 'penyelenggara', hingga: day(15) }),
      { tautan: 2, peran: 1 },
    ],
    ['a removal', (by, whom) => out(by, whom), { tautan: 4, pengajuan: 1, peran: 2 }],
    ['the end of a passkey', (_, whom, as) => endKey(whom, as), { tautan: 1, peran: 1 }],
  ])('is, with %s, what was shown, and nothing else', async (what, end, counts) => {
    const office = await open();
    const giver = await join(office, 'Pemberi');
    const [reader, witness] = [
      await joinAs(office, 'Bawaslu', 'saksi'),
      await joinAs(office, 'Panwas', 'saksi'),
    ];
    const phone = new Authenticator();
    await addKey(house, giver, phone);
    await looks(giver);
    await settle(house);
    const gives = (by: Office, asked: object, as?: Authenticator) =>
      changeOfficers(house, by, { ...asked }, as && { by: as });
    const invites = { tindakan: 'undang', peran: 'saksi' };
    const role = { tindakan: 'beri-peran', peran: 'pengawas', mulai: SOON };
    for (const said of [
      await gives(giver, { ...invites, nama: 'Satu', hingga: day(10) }),
      await gives(giver, { ...invites, nama: 'Dua' }),
      await gives(giver, { ...invites, nama: 'Tiga' }, phone),
      await gives(giver, { tindakan: 'tautan-kunci' }),
      await gives(giver, { ...role, id: reader.officerId, hingga: day(10) }),
      await gives(giver, { ...role, id: witness.officerId, hingga: day(60) }, phone),
      await gives(giver, { ...role, mulai: '', peran: 'piket', id: reader.officerId }),
      // Another's.
      await gives(office, { ...invites, nama: 'Empat' }),
      await gives(office, { tindakan: 'tautan-kunci' }),
      await gives(office, { ...role, id: giver.officerId }),
    ])
      expect(said).toMatchObject({ ok: true });
    const cast = await openCast(db, { of: office });
    await hasSigned(house.services, cast.siti);
    await house.services.publish();
    expect(await asks(house, giver, { kegiatanId: cast.kegiatanId, personId: cast.siti })).toMatchObject({
      ok: true,
    });

    const [role1] = await officerRoles.rolesOf(db, giver.officerId);
    const kunci = await newestKunci(phone);
    const until = what === 'its shortening' ? endOfDay(day(15), 'WIB') : null;
    const shown = await db.execute<{ apa: string; id: string }>(sql`
      select f.apa, f.id from falls_with(${giver.officerId}::uuid,
        ${what.includes('role') || until ? role1!.versi : null}::bigint, ${until}::timestamptz,
        (select array[c.spki] from officer_credential c where ${what.includes('passkey')}::boolean
          and 'sha256:' || encode(sha256(c.spki), 'hex') = ${kunci})) f order by 1, 2`);
    expect(
      Object.fromEntries(
        ['tautan', 'pengajuan', 'peran'].map((apa) => [apa, shown.filter((one) => one.apa === apa).length]),
      ),
    ).toEqual({ tautan: 0, pengajuan: 0, peran: 0, ...counts });
    const ended = () =>
      db.execute<{ apa: string; id: string }>(sql`
        select 'tautan' as apa, encode(i.digest, 'hex') as id from officer_invitation i
        where i.organizer_id = ${office.organizerId} and i.ended_at is not null
        union all
        select 'pengajuan', q.id::text from withdrawal_request q where q.by = ${giver.officerId}::uuid and q.ended_at is not null
        union all
        select 'peran', r.id::text from officer_role r join officer o on o.id = r.officer_id
        where o.organizer_id = ${office.organizerId} and r.ended_at is not null and r.id <> ${role1!.versi}
        order by 1, 2`);
    expect(await ended()).toEqual([]);
    expect(await end(office, giver, phone)).toMatchObject({ ok: true });
    expect([...(await ended())]).toEqual([...shown]);
  });

  test('puts off no removal, nor the end of a passkey', async () => {
    const { office, giver, reader } = await withGift();
    const wanted = { tindakan: 'keluarkan', id: giver.officerId };
    const { text } = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
    const answer = { text, response: await over(house, office.phone, String(text)) };
    await change(giver, reader, { ...COMING, hingga: day(20) });
    expect(await ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie)).toMatchObject({
      ok: true,
    });
    expect(await reads(reader)).toBeUndefined();
  });
});

test('a role is ended by who has seen which', async () => {
  const { office, reader } = await withGift();
  const asked = { tindakan: 'akhiri-peran', id: reader.officerId, peran: 'pengawas' };
  expect(await ask(house, '/kantor/petugas/perubahan/teks', asked, office.cookie)).toMatchObject({
    code: 'role-changed',
    title: 'Peran itu berubah sejak halaman ini dibuka',
  });
  expect(await reads(reader)).toMatchObject({ toCome: true });
  expect(await take(office, reader, { peran: 'pengawas' })).toMatchObject({ ok: true });
});

describe('a role that its holder changes meanwhile', () => {
  const PENYELENGGARA = { peran: 'penyelenggara' };
  /** As a page shows it, with what ends with it. */
  async function asShown(whom: Office, asked: Record<string, unknown>) {
    const [held] = await officerRoles.rolesOf(db, whom.officerId);
    const { ikut } = await dependents.of(db, whom.officerId, held);
    return { ...PENYELENGGARA, id: whom.officerId, versi: held!.versi, ikut, ...asked };
  }
  async function opened() {
    const office = await open();
    return { office, holder: await join(office, 'Pemegang') };
  }

  test.each([
    ['ended', { tindakan: 'akhiri-peran' }, undefined],
    ['cut short', { tindakan: 'beri-peran', hingga: day(4) }, last(4)],
  ])('is %s all the same, at once', async (_, asked, until) => {
    const { office, holder } = await opened();
    const wanted = await asShown(holder, asked);
    expect(await change(holder, holder, { ...PENYELENGGARA, jabatan: 'Ketua' })).toMatchObject({ ok: true });
    const { text } = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
    const answer = { text, response: await over(house, office.phone, String(text)) };
    expect(await change(holder, holder, { ...PENYELENGGARA, hingga: day(20) })).toMatchObject({ ok: true });
    expect(await change(holder, holder, { ...PENYELENGGARA, lembaga: 'Lain', hingga: day(9) })).toMatchObject(
      {
        ok: true,
      },
    );
    expect(await ask(house, '/kantor/petugas/perubahan', { wanted, answer }, office.cookie)).toMatchObject({
      ok: true,
    });
    const roles = await officerRoles.rolesOf(db, holder.officerId);
    expect(roles.map(({ sampai }) => sampai)).toEqual(until ? [until] : []);
  });

  test('gets no more than it has, by who has not seen that it was cut short', async () => {
    const { office, holder } = await opened();
    const wanted = await asShown(holder, { tindakan: 'beri-peran', jabatan: 'Ketua', hingga: day(20) });
    await change(holder, holder, { ...PENYELENGGARA, hingga: day(9) });
    expect(await changeOfficers(house, office, wanted)).toMatchObject({ code: 'role-changed' });
  });

  test('is not the one that was shown once another has changed it too, or ended and given it anew', async () => {
    const { office, holder } = await opened();
    const third = await join(office, 'Ketiga');
    for (const meanwhile of [
      () => change(third, holder, { ...PENYELENGGARA, jabatan: 'Wakil' }),
      async () => {
        await take(third, holder);
        return give(third, holder, PENYELENGGARA);
      },
    ]) {
      const wanted = await asShown(holder, { tindakan: 'akhiri-peran' });
      await change(holder, holder, { ...PENYELENGGARA, jabatan: 'Ketua' });
      expect(await meanwhile()).toMatchObject({ ok: true });
      expect(await changeOfficers(house, office, wanted)).toMatchObject({ code: 'role-changed' });
    }
  });

  test('is not the one that was shown where its holder has ended it and another given it', async () => {
    const { office, holder } = await opened();
    const wanted = await asShown(holder, { tindakan: 'akhiri-peran' });
    expect(await take(holder, holder)).toMatchObject({ ok: true });
    expect(await give(office, holder, PENYELENGGARA)).toMatchObject({ ok: true });
    expect(await changeOfficers(house, office, wanted)).toMatchObject({ code: 'role-changed' });
  });

  test('is overwritten by no old page of its holder', async () => {
    const { holder } = await opened();
    const wanted = await asShown(holder, { tindakan: 'beri-peran', lembaga: 'Lama' });
    await change(holder, holder, { ...PENYELENGGARA, jabatan: 'Ketua' });
    expect(await changeOfficers(house, holder, wanted)).toMatchObject({ code: 'role-changed' });
  });
});

test('whom the installation makes penyelenggara for good goes on standing behind what they gave', async () => {
  const office = await open();
  const giver = await joinAs(office, 'Pemberi', 'saksi');
  const reader = await joinAs(office, 'Bawaslu', 'saksi');
  await give(office, giver, { peran: 'penyelenggara', hingga: day(30) });
  await settle(house);
  await give(giver, reader, COMING);
  const link = await changeOfficers(house, giver, {
    tindakan: 'undang',
    nama: 'Tamu',
    peran: 'saksi',
    hingga: day(9),
  });
  const before = (await officerRoles.rolesOf(db, giver.officerId))[1]!;
  expect(await officerRoles.givePenyelenggara(db, giver.officerId)).toEqual({ ok: true });
  expect((await officerRoles.rolesOf(db, giver.officerId))[1]).toMatchObject({
    by: null,
    sejak: before.sejak,
    sampai: null,
  });
  expect(await reads(reader)).toMatchObject({ toCome: true, by: giver.officerId });
  const guest = await comeIn(house, office, String(link.tautan).split('#')[1]!, 'Tamu');
  expect(await officerRoles.rolesOf(db, guest.officerId)).toMatchObject([{ peran: 'saksi' }]);
  // Until they are gone.
  expect(await officers.dismiss(db, giver.officerId)).toBe(true);
  expect(await reads(reader)).toBeUndefined();
  expect((await recordsOf(office, 2)).map(({ tindakan }) => tindakan)).toEqual([
    'petugas-akhiri-peran',
    'petugas-keluarkan',
  ]);
});

test('whom the one whom the installation makes penyelenggara for good knows stays known', async () => {
  const office = await open();
  const giver = await joinAs(office, 'Pemberi', 'saksi');
  await give(office, giver, { peran: 'penyelenggara', hingga: day(30) });
  await settle(house);
  const said = await changeOfficers(house, giver, { tindakan: 'undang', nama: 'Diundang', hingga: day(20) });
  const invited = await comeIn(house, office, String(said.tautan).split('#')[1]!, 'Diundang');
  const reader = await joinAs(office, 'Pembaca', 'saksi');
  await settle(house);
  const rename = (jabatan: string) => change(invited, reader, { peran: 'saksi', jabatan, hingga: day(15) });
  expect(await rename('Ketua')).toMatchObject({ ok: true });
  expect(await officerRoles.givePenyelenggara(db, giver.officerId)).toEqual({ ok: true });
  expect(await rename('Sekretaris')).toMatchObject({ ok: true });
});

test('a change makes no role newer: who is new ends none that was there before', async () => {
  const office = await open();
  const reader = await joinAs(office, 'Bawaslu', 'saksi');
  await give(office, reader, { peran: 'pengawas', mulai: day(3), hingga: day(10) });
  await settle(house);
  const fresh = await joinBy(house, office, 'Baru');
  const coming = { peran: 'pengawas', mulai: day(3), hingga: day(10) };
  expect(await take(fresh, reader, { peran: 'pengawas' })).toMatchObject({ code: 'officer-fresh' });
  expect(await change(office, reader, { ...coming, jabatan: 'Ketua' })).toMatchObject({ ok: true });
  expect(await take(fresh, reader, { peran: 'pengawas' })).toMatchObject({ code: 'officer-fresh' });
  // Nor by a detour: through whoever gave it.
  const giver = await joinBy(house, office, 'Pemberi Baru');
  expect(await change(giver, reader, { ...coming, jabatan: 'Wakil' })).toMatchObject({
    code: 'officer-fresh',
  });
  // What was given after they came is theirs to end.
  await give(office, reader, { peran: 'piket', mulai: day(3) });
  expect(await take(fresh, reader, { peran: 'piket' })).toMatchObject({ ok: true });
});

test('a passkey that may be another’s ends no link but its own', async () => {
  const office = await open();
  const owner = await join(office, 'Pemilik');
  const second = new Authenticator();
  expect(await addKey(house, owner, second)).toMatchObject({ ok: true });
  await officerLinks.linkForKey(db, owner.officerId);
  const links = async () => (await officerLinks.openLinks(db, office.organizerId)).map(({ by }) => by).sort();
  const made = (by: Authenticator) => changeOfficers(house, owner, { tindakan: 'tautan-kunci' }, { by });
  expect(await made(second)).toMatchObject({ ok: true });
  expect(await made(second)).toMatchObject({ ok: true });
  expect(await links()).toEqual(['Pemilik', null]);
  // With one that is theirs for sure, the newest is the one that works.
  expect(await made(owner.phone)).toMatchObject({ ok: true });
  expect(await links()).toEqual(['Pemilik']);
});

test('what can’t be is refused before anybody is asked to look at what ends with it', async () => {
  const office = await open();
  const giver = await join(office, 'Pemberi');
  const reader = await joinAs(office, 'Pembaca', 'saksi');
  await give(giver, reader, { peran: 'pengawas', mulai: day(3), hingga: day(10) });
  const path = `/kantor/petugas/${giver.officerId}/peran?peran=penyelenggara`;
  const shorter = { peran: 'penyelenggara', hingga: day(5), ikut: 'x' };
  expect(await change(office, giver, { ...shorter, mulai: day(1) })).toMatchObject({ code: 'role-begun' });
  const unseen = await change(office, giver, shorter);
  expect(unseen).toMatchObject({
    code: 'falls-unseen',
    link: { href: `${path}&lembaga=&jabatan=&hingga=${day(5)}`, here: true },
  });
  const shown = async (hingga: string) =>
    (await get(house, `${path}&hingga=${hingga}`, office.cookie)).text();
  expect(await shown(day(5))).toContain(`Dengan tanggal akhir ${formatDay(day(5))} ikut berakhir:`);
  for (const never of ['abc', '2026-13-40', '9999-12-31', day(-3)]) {
    const html = await shown(never);
    expect(html).not.toContain('Dengan tanggal akhir');
    expect(html).toContain('Yang melewati tanggal akhir baru ikut berakhir, paling banyak:');
  }
});

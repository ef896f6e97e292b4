/**
 * What is refused, and matters to colleagues: a passkey over an act that isn't the officer's, or not any more; who would be both of two
 * people; a link that opens nothing any more. Each leaves a record that names who was signed in, or in whose name it was.
 */
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { checkTrail } from '../../src/office/check-trail.ts';
import { enterByLink } from '../../src/office/log-in.ts';
import { newToken } from '../../src/office/officer.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import { type ActRecord, parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { Authenticator } from '../authenticator.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { asks, confirms, type Place, pathOf } from '../withdrawal/withdraw.ts';
import {
  addKey,
  appointed,
  ask,
  changeOfficers,
  enter,
  found,
  get,
  join,
  joinBy,
  newestKunci,
  type Office,
  over,
  settle,
} from './office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let second: Office;
let cast: Cast;
let place: Place;
let kode: string;

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
});

// A pledge of its own, whose withdrawal the first officer has asked for.
beforeEach(async () => {
  cast = await openCast(db, { of: office });
  place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
  ({
    row: { kode },
  } = await hasSigned(services, cast.siti));
  await services.publish();
  const asked = await asks(house, office, place);
  if (!asked.ok) throw new Error(JSON.stringify(asked));
});

async function recorded(run: () => Promise<unknown>): Promise<ActRecord[]> {
  const [before] = await db.execute<{ id: number }>(
    sql`select coalesce(max(id), 0)::integer as id from riwayat`,
  );
  await run();
  const rows = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where id > ${before!.id} order by id`,
  );
  return rows.map(({ isi }) => parseRecord(isi));
}
const read = async (): Promise<string> =>
  (await (await get(house, '/kantor/riwayat', office.cookie)).text())
    .replace(/<select[\s\S]*?<\/select>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const inForm = () => kode.match(/.{4}/g)!.join('-');

/** The second officer confirms what was asked for, in their session, with whatever passkey. */
async function confirmsWith(phone: Authenticator, who = second) {
  const request = (await withdrawals.requestFor(db, kode))!;
  const response = await over(house, phone, request.statement);
  return ask(house, `${pathOf(place)}/persetujuan`, { id: request.id, response }, who.cookie);
}
const refused = (alasan: string, kunci?: unknown) => [
  {
    tindakan: 'tindakan-ditolak',
    penyelenggara: office.organizerId,
    petugas: { id: second.officerId, nama: 'Petugas Kedua' },
    peran: 'penyelenggara',
    kegiatan: cast.kegiatanId,
    perihal: kode,
    dasar: 'kunci-sandi',
    sebelum: {},
    sesudah: { dicoba: 'pencabutan-setujui', alasan, ...(kunci !== undefined && { kunci }) },
  },
];

test('a confirmation with a colleague’s passkey, in one’s own session', async () => {
  const left = await recorded(async () =>
    expect(await confirmsWith(office.phone)).toMatchObject({ ok: false, code: 'passkey-unknown' }),
  );
  expect(left).toMatchObject(refused('passkey-foreign', await newestKunci(office.phone)));
  expect(await read()).toContain(
    `Tindakan Petugas Kedua, penyelenggara, tentang ${inForm()} ditolak. ` +
      'Alasan Kunci sandi ini milik petugas lain Yang dicoba Pencabutan disetujui Sidik kunci sandi sha256:',
  );
  // It would have done with their own.
  expect(await recorded(() => confirms(house, second, place, kode))).toMatchObject([
    { tindakan: 'pencabutan-setujui', petugas: { nama: 'Petugas Kedua' } },
  ]);
});

test('with one’s own that has ended', async () => {
  const spare = new Authenticator();
  expect(await addKey(house, second, spare)).toMatchObject({ ok: true });
  await settle(house);
  const kunci = await newestKunci(spare);
  await db.execute(sql`
    update officer_credential set ended_at = now() where 'sha256:' || encode(sha256(spki), 'hex') = ${kunci}`);
  const left = await recorded(async () =>
    expect(await confirmsWith(spare)).toMatchObject({ ok: false, code: 'passkey-unknown' }),
  );
  expect(left).toMatchObject(refused('passkey-ended', kunci));
  expect(await read()).toContain('Alasan Kunci sandi ini sudah diakhiri');
});

test('with one that nobody here has, of which nothing is said: also another organiser’s', async () => {
  const elsewhere = await found(house, { nama: `Kantor ${crypto.randomUUID().slice(0, 3)}x` });
  const left = await recorded(async () =>
    expect(await confirmsWith(elsewhere.phone)).toMatchObject({ ok: false, code: 'passkey-unknown' }),
  );
  expect(left).toEqual([expect.objectContaining(refused('passkey-unknown')[0])]);
  expect(await read()).toContain('Alasan Kunci sandi ini bukan milik petugas kantor ini');
});

test('whoever only knows a passkey’s id is refused, and nothing is said of whose it is', async () => {
  const [credential] = office.phone.credentials;
  const id = base64url(new Uint8Array(credential!.id));
  const request = (await withdrawals.requestFor(db, kode))!;
  const response = await over(house, second.phone, request.statement);
  const left = await recorded(async () =>
    expect(
      await ask(
        house,
        `${pathOf(place)}/persetujuan`,
        { id: request.id, response: { ...response, id, rawId: id } },
        second.cookie,
      ),
    ).toMatchObject({ ok: false, code: 'passkey-refused' }),
  );
  expect(left).toEqual([expect.objectContaining(refused('passkey-refused')[0])]);
});

test('who asked confirms it too', async () => {
  const left = await recorded(async () =>
    expect(await confirms(house, office, place, kode)).toMatchObject({ ok: false, code: 'officer-same' }),
  );
  expect(left).toMatchObject([
    {
      tindakan: 'tindakan-ditolak',
      petugas: { nama: 'Petugas Pertama' },
      perihal: kode,
      sesudah: { dicoba: 'pencabutan-setujui', alasan: 'officer-same' },
    },
  ]);
});

test('asking with a colleague’s', async () => {
  const there = await openCast(db, { of: office });
  await hasSigned(services, there.siti);
  await services.publish();
  const at = { kegiatanId: there.kegiatanId, personId: there.siti };
  const left = await recorded(async () =>
    expect(await asks(house, { ...second, phone: office.phone }, at)).toMatchObject({
      code: 'passkey-unknown',
    }),
  );
  expect(left).toMatchObject([
    {
      tindakan: 'tindakan-ditolak',
      petugas: { nama: 'Petugas Kedua' },
      kegiatan: there.kegiatanId,
      sesudah: { dicoba: 'pencabutan-ajukan', alasan: 'passkey-foreign' },
    },
  ]);
});

test('changing officers with a colleague’s, and in a role of one event', async () => {
  const left = await recorded(() =>
    changeOfficers(house, office, { tindakan: 'undang', nama: 'Calon Contoh' }, { by: second.phone }),
  );
  expect(left).toMatchObject([
    {
      tindakan: 'tindakan-ditolak',
      petugas: { nama: 'Petugas Pertama' },
      perihal: 'Calon Contoh',
      sesudah: { dicoba: 'petugas-undang', alasan: 'passkey-foreign' },
    },
  ]);
  const desk = await join(house, office, 'Petugas Meja');
  await db.execute(sql`
    update officer_role set peran = 'petugas', kegiatan_id = ${cast.kegiatanId} where officer_id = ${desk.officerId}::uuid`);
  const own = await recorded(() =>
    changeOfficers(house, desk, { tindakan: 'tautan-kunci' }, { by: second.phone }),
  );
  expect(own).toMatchObject([
    {
      petugas: { nama: 'Petugas Meja' },
      peran: 'petugas',
      perihal: `${desk.officerId} Petugas Meja`,
      sesudah: { dicoba: 'petugas-tautan-kunci', alasan: 'passkey-foreign' },
    },
  ]);
  expect(await read()).toContain('Tindakan Petugas Meja, petugas, tentang diri sendiri ditolak.');
});

test('who is new takes nothing from who was there before', async () => {
  const fresh = await joinBy(house, office, 'Petugas Baru');
  const left = await recorded(async () =>
    expect(await changeOfficers(house, fresh, { tindakan: 'keluarkan', id: second.officerId })).toMatchObject(
      { ok: false, code: 'officer-fresh' },
    ),
  );
  expect(left).toMatchObject([
    {
      tindakan: 'tindakan-ditolak',
      petugas: { nama: 'Petugas Baru' },
      perihal: `${second.officerId} Petugas Kedua`,
      sesudah: { dicoba: 'petugas-keluarkan', alasan: 'officer-fresh' },
    },
  ]);
  // What is only a mistake leaves none.
  expect(
    await recorded(() => changeOfficers(house, office, { tindakan: 'jamin', id: office.officerId })),
  ).toEqual([]);
});

test('a passkey of one’s own that isn’t acknowledged', async () => {
  const planted = new Authenticator();
  expect(await addKey(house, second, planted)).toMatchObject({ ok: true });
  await settle(house);
  await db.execute(sql`
    update officer_credential set at = now() - interval '3 days' where officer_id = ${second.officerId}::uuid
      and id <> decode(${Buffer.from(new Uint8Array(planted.credentials[0]!.id)).toString('hex')}, 'hex')`);
  const left = await recorded(async () =>
    expect(
      await changeOfficers(house, second, { tindakan: 'keluarkan', id: office.officerId }, { by: planted }),
    ).toMatchObject({ ok: false, code: 'key-unowned' }),
  );
  expect(left).toMatchObject([
    { tindakan: 'tindakan-ditolak', sesudah: { dicoba: 'petugas-keluarkan', alasan: 'key-unowned' } },
  ]);
});

const opens = (token: string) => ask(house, '/kantor/masuk/tautan', { token });

test('a link that was used names whom it let in', async () => {
  const token = await appointed(db, office.organizerId, 'Petugas Tautan');
  await enter(house, token, new Authenticator(), {});
  const expected = [
    {
      tindakan: 'masuk-ditolak',
      penyelenggara: office.organizerId,
      petugas: { nama: 'Petugas Tautan' },
      peran: null,
      perihal: null,
      dasar: 'tautan',
      sesudah: { alasan: 'link-used' },
    },
  ];
  expect(await recorded(() => opens(token))).toMatchObject(expected);
  expect(await recorded(() => enter(house, token, new Authenticator(), {}))).toMatchObject(expected);
  expect(
    await recorded(() =>
      ask(house, '/kantor/masuk/petugas', { token, nama: 'x', text: 'x', response: { id: 'x' } }),
    ),
  ).toMatchObject(expected);
  expect(await read()).toContain(
    'Percobaan masuk atas nama Petugas Tautan ditolak. Alasan Tautan ini sudah dipakai',
  );
});

test('so does one for a passkey, and one that founded', async () => {
  const token = (await officerLinks.linkForKey(db, second.officerId))!;
  await enter(house, token, new Authenticator(), {});
  expect(await recorded(() => opens(token))).toMatchObject([
    { petugas: { nama: 'Petugas Kedua' }, sesudah: { alasan: 'link-used' } },
  ]);
  const founding = await officerLinks.foundingLink(db);
  // Nobody knows for whom it was.
  await db.execute(
    sql`update officer_invitation set ended_at = now() where organizer_id is null and used_at is null`,
  );
  expect(await recorded(() => opens(founding))).toEqual([]);
  const used = await officerLinks.foundingLink(db);
  const phone = new Authenticator();
  await enter(house, used, phone, { nama: 'Pendiri Lain', penyelenggara: 'Kantor Didirikan', wilayah: '62' });
  expect(await recorded(() => opens(used))).toMatchObject([
    { petugas: { nama: 'Pendiri Lain' }, sesudah: { alasan: 'link-used' } },
  ]);
});

test.each([
  ['ended', 'link-ended', sql`ended_at = now()`],
  ['lapsed', 'link-lapsed', sql`expires_at = now() - interval '1 second'`],
])('one that nobody used and that has %s names whom it invites', async (_, code, set) => {
  const nama = `Calon ${code === 'link-ended' ? 'Satu' : 'Dua'}`;
  const token = await appointed(db, office.organizerId, nama);
  await db.execute(sql`update officer_invitation set ${set} where nama = ${nama}`);
  const left = await recorded(async () => expect(await opens(token)).toMatchObject({ code }));
  expect(left).toMatchObject([
    {
      tindakan: 'masuk-ditolak',
      penyelenggara: office.organizerId,
      petugas: null,
      perihal: nama,
      dasar: 'tautan',
      sesudah: { alasan: code },
    },
  ]);
  expect(await read()).toContain(`Percobaan masuk atas nama ${nama} ditolak.`);
  // The installation has done nothing.
  const filtered = await (await get(house, '/kantor/riwayat?petugas=-', office.cookie)).text();
  expect(filtered).toContain('mengundang Petugas Kedua');
  expect(filtered).not.toContain('Percobaan masuk');
});

test('also where it was used while it was on its way; a link that works, or that nobody made, leaves none', async () => {
  const token = await appointed(db, office.organizerId, 'Petugas Cepat');
  expect(await recorded(() => opens(token))).toEqual([]);
  expect(await recorded(() => opens(newToken()))).toEqual([]);
  const phone = new Authenticator();
  const begun = await ask(house, '/kantor/masuk/kunci', { token });
  const response = await phone.create(begun.options as never, services.config.origin);
  await db.execute(sql`update officer_invitation set ended_at = now() where nama = 'Petugas Cepat'`);
  const left = await recorded(async () =>
    expect(
      await enterByLink(services, {
        token,
        nama: 'Petugas Cepat',
        organizer: { nama: '', wilayah: '' },
        answer: { text: String(begun.text), response },
      }),
    ).toEqual({ ok: false, code: 'link-ended' }),
  );
  expect(left).toMatchObject([{ tindakan: 'masuk-ditolak', perihal: 'Petugas Cepat', dasar: 'tautan' }]);
});

test('nobody outside fills the trail with a link, nor hides another officer’s', async () => {
  const [one, other] = ['Petugas Berulang', 'Petugas Lainnya'].map((nama) =>
    appointed(db, office.organizerId, nama),
  );
  for (const token of [await one!, await other!]) await enter(house, token, new Authenticator(), {});
  const token = await one!;
  const left = await recorded(async () => {
    for (let n = 0; n < records.REFUSALS + 3; n++) await opens(token);
  });
  expect(left).toHaveLength(records.REFUSALS);
  expect(await recorded(async () => opens(await other!))).toHaveLength(1);
});

test('whatever was refused, no secret is in it and the check finds nothing', async () => {
  const token = newToken();
  await opens(token);
  await opens(base64url(randomBytes(32)));
  const rows = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where tindakan like '%-ditolak'`,
  );
  expect(rows.length).toBeGreaterThan(15);
  const digests = await db.execute<{ one: string }>(sql`
    select encode(digest, 'hex') as one from officer_invitation union all select encode(spki, 'hex') from officer_credential
    union all select encode(id, 'hex') from officer_credential`);
  const all = rows.map(({ isi }) => isi).join('');
  for (const { one } of digests) expect(all).not.toContain(one);
  expect((await checkTrail(services.db)).differences).toEqual([]);
});

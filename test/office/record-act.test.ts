/** What the service may have recorded: acts of ours, by officers of the organiser, and no number in free text. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { checkTrail } from '../../src/office/check-trail.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import { parseRecord, RECORDED_ACTS } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { actorOf, makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, services } = await openHouse();
let event: Setting;
let other: Setting;
/** Whose officer acts no more: removed, without the role, with one that is over. */
let gone: Setting;
let former: Setting;
let lapsed: Setting;

/** Of the link that the service prints when it starts, and there is no organiser. */
let first: string;

beforeAll(async () => {
  await officerLinks.firstLink(services.db);
  const [printed] = await db.execute<{ isi: string }>(sql`select isi from riwayat`);
  first = printed!.isi;
  event = await makeEvent(db);
  other = await makeEvent(db, { organiser: 'Kantor Lain' });
  gone = await makeEvent(db, { organiser: 'Kantor Bekas' });
  former = await makeEvent(db, { organiser: 'Kantor Dulu' });
  lapsed = await makeEvent(db, { organiser: 'Kantor Lewat' });
  await db.execute(sql`update officer set removed_at = now() where id = ${gone.officerId}::uuid`);
  await db.execute(
    sql`update officer_role set ended_at = now() where officer_id = ${former.officerId}::uuid`,
  );
  await db.execute(sql`
    update officer_role set sejak = now() - interval '2 days', sampai = now() where officer_id = ${lapsed.officerId}::uuid`);
});

interface Told {
  actor: object;
  tindakan: string;
  kegiatan: string | null;
  perihal: string | null;
  dasar: string;
  sesudah: object;
}
const right = (): Told => ({
  actor: { id: event.officerId, organizer: event.organizerId, peran: 'penyelenggara' },
  tindakan: 'daftar-ubah',
  kegiatan: event.kegiatanId,
  perihal: null,
  dasar: 'sesi',
  sesudah: { alasan: 'Pensiun' },
});
const told = async (part: Partial<Told>, as = services.db): Promise<string> => {
  const { actor, tindakan, kegiatan, perihal, dasar, sesudah } = { ...right(), ...part };
  const [row] = await as.execute<{ isi: string }>(sql`
    with made as (
      select record_act(${JSON.stringify(actor)}::jsonb, ${tindakan}, ${kegiatan}::text, ${perihal}::text, ${dasar}, '{}',
        ${JSON.stringify(sesudah)}::jsonb) as id)
    select id::text as isi from made`);
  const [made] = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where id = ${row!.isi}::bigint`,
  );
  return made!.isi;
};

test('the codes of the database are ours', async () => {
  const [row] = await db.execute<{ codes: string[] }>(sql`select to_json(recorded_acts()) as codes`);
  expect([...row!.codes].sort()).toEqual([...RECORDED_ACTS].sort());
});

test.each<[string, () => Partial<Told>, string]>([
  ['an act that nobody knows', () => ({ tindakan: 'apa saja' }), 'act'],
  ['another ground', () => ({ dasar: 'kunci\nsebelum x y' }), 'ground'],
  [
    'an officer of another organiser',
    () => ({ actor: { id: other.officerId, organizer: event.organizerId } }),
    'officer',
  ],
  [
    'an officer that nobody is',
    () => ({ actor: { id: crypto.randomUUID(), organizer: event.organizerId } }),
    'officer',
  ],
  [
    'an officer who was removed before',
    () => ({ actor: { ...right().actor, id: gone.officerId, organizer: gone.organizerId }, kegiatan: null }),
    'officer',
  ],
  [
    'a role that has ended before',
    () => ({
      actor: { ...right().actor, id: former.officerId, organizer: former.organizerId },
      kegiatan: null,
    }),
    'role',
  ],
  [
    'a role that lapsed before',
    () => ({
      actor: { ...right().actor, id: lapsed.officerId, organizer: lapsed.organizerId },
      kegiatan: null,
    }),
    'role',
  ],
  ['an act in no role', () => ({ actor: { ...right().actor, peran: null } }), 'role'],
  ['coming in, in a role', () => ({ tindakan: 'masuk', dasar: 'kunci-sandi' }), 'ground, role'],
  ['the installation’s ground, for an officer', () => ({ dasar: 'pengelola' }), 'ground, installation'],
  ['a passkey’s ground, for what takes none', () => ({ dasar: 'kunci-sandi' }), 'ground'],
  ['what takes a passkey, without one', () => ({ tindakan: 'petugas-jamin' }), 'ground'],
  ...['pencabutan-ajukan', 'pencabutan-setujui', 'petugas-jamin', 'petugas-undang'].map(
    (tindakan): [string, () => Partial<Told>, string] => [
      `${tindakan}, beside nothing that a passkey signed`,
      () => ({ tindakan, dasar: 'kunci-sandi' }),
      'ground',
    ],
  ),
  ['an erasure by an officer', () => ({ tindakan: 'data-hapus' }), 'installation'],
  ['an act of nobody', () => ({ actor: { organizer: event.organizerId }, dasar: 'tautan' }), 'installation'],
  [
    'a founding link, once there is an organiser',
    () => ({ actor: {}, tindakan: 'penyelenggara-undang', kegiatan: null, dasar: 'pengelola' }),
    'installation',
  ],
  ['a role that they never had', () => ({ actor: { ...right().actor, peran: 'pengawas' } }), 'role'],
  ['another organiser’s event', () => ({ kegiatan: other.kegiatanId }), 'event'],
  [
    'a value with lines in its name',
    () => ({ sesudah: { 'x y\nacak 00\nikrar/riwayat@v1': 'z' } }),
    'name of a value',
  ],
  ['megabytes', () => ({ perihal: 'x'.repeat(5_000_000) }), 'length'],
  ['more than a record holds', () => ({ perihal: '1 x '.repeat(20_000) }), 'length'],
  [
    'the installation’s, in its name',
    () => ({ actor: { organizer: event.organizerId }, dasar: 'pengelola' }),
    'installation',
  ],
])('%s is not recorded', async (_, part, why) => {
  const count = async () => (await db.execute(sql`select from riwayat`)).length;
  const before = await count();
  await expect(told(part())).rejects.toMatchObject({ cause: { message: `not a record of ours: ${why}` } });
  expect(await count()).toBe(before);
  expect(parseRecord(await told({})).tindakan).toBe('daftar-ubah');
});

test('the first link is the installation’s too, which the service prints', () => {
  expect(parseRecord(first)).toMatchObject({
    penyelenggara: null,
    petugas: null,
    tindakan: 'penyelenggara-undang',
    dasar: 'pengelola',
    sebelum: {},
    sesudah: { 'berlaku-jam': '168' },
  });
});

test('the installation is the operator, by the owner’s rights', async () => {
  const isi = await told({ actor: { organizer: event.organizerId }, dasar: 'pengelola' }, db);
  expect(parseRecord(isi)).toMatchObject({ petugas: null, dasar: 'pengelola' });
});

test('what ends who acts, or their role, is recorded in the statement that does so', async () => {
  const act = (setting: Setting, peran: string | null, tindakan = 'naskah-tambah', dasar = 'sesi') => sql`
    record_act(${JSON.stringify({ id: setting.officerId, organizer: setting.organizerId, peran })}::jsonb, ${tindakan}, null, 'uji', ${dasar})`;
  const more = await makeEvent(db, { organiser: 'Kantor Pamit' });
  const ended = await services.db.execute(sql`
    with gone as (update officer_role set ended_at = clock_timestamp() where officer_id = ${more.officerId}::uuid returning officer_id)
    select ${act(more, 'penyelenggara')} from gone`);
  expect(ended).toHaveLength(1);
  const removed = await services.db.execute(sql`
    with gone as (update officer set removed_at = clock_timestamp() where id = ${other.officerId}::uuid returning id)
    select ${act(other, 'penyelenggara')} from gone`);
  expect(removed).toHaveLength(1);
  // Who was removed is refused at the entrance all the same, which is about them.
  expect(
    await services.db.execute(sql`select ${act(gone, null, 'masuk-ditolak', 'kunci-sandi')}`),
  ).toHaveLength(1);
});

const NIP = '198609262015052001';
test.each([
  [`pensiun, NIP ${NIP}`, 'pensiun, NIP ••••2001'],
  ['NIP 19860926 201505 2 001.', 'NIP •••• 2 001.'],
  ['NIP.1986.0926.2015.05.2001', 'NIP.••••.2001'],
  [`${NIP}/${NIP}`, '••••2001/••••2001'],
  ['SK 800/12/2026', 'SK 800/12/2026'],
  [`sha256:${'1'.repeat(64)}`, `sha256:${'1'.repeat(64)}`],
])('of a number in free text the last four digits: %s', async (typed, kept) => {
  for (const name of ['alasan', 'jabatan', 'unit-kerja', 'lembaga']) {
    expect(parseRecord(await told({ sesudah: { [name]: typed } })).sesudah[name]).toBe(kept);
  }
  const id = '11111111-1111-4111-8111-111111111111';
  const about = parseRecord(await told({ perihal: `${id} ${typed}` })).perihal;
  if (!typed.startsWith('sha256')) expect(about).toBe(`${id} ${kept}`);
  // What an event publishes stays as it is.
  expect(parseRecord(await told({ sesudah: { 'kontak-nomor': '+6281234567890' } })).sesudah).toEqual({
    'kontak-nomor': '+6281234567890',
  });
});

test('whatever was refused or masked, the check finds nothing', async () => {
  await records.opens(services.db, actorOf(event), { tindakan: 'rekap-unduh' });
  expect((await checkTrail(services.db)).differences).toEqual([]);
});

/**
 * Which act leaves which record: one, by whoever acted, in the role that let them; and what is refused leaves none, but for a passkey or
 * a link that isn't whoever's who tries it (refused-acts.test.ts).
 */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import * as events from '../../src/kegiatan/events.ts';
import * as wordings from '../../src/naskah/wordings.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import { type ActRecord, parseRecord, RECORDED_ACTS, type RecordedAct } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import type { Peran } from '../../src/office/role.ts';
import { eraseData } from '../../src/proof/erase-data.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { Authenticator } from '../authenticator.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from '../roster/typed.ts';
import { asks, confirms, pathOf } from '../withdrawal/withdraw.ts';
import {
  addKey,
  appointed,
  changeOfficers,
  changeRole,
  enter,
  fieldIn,
  found,
  get,
  join,
  login,
  type Office,
  post,
} from './office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let second: Office;
let cast: Cast;
let prepared: Cast;

/** Every text of a link that was made, and all else that opens something. */
const secrets: string[] = [];

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
  cast = await openCast(db, { of: office });
  prepared = await openCast(db, { of: office, tahap: 'disiapkan', judul: 'Yang Disiapkan' });
});

const lastId = async (): Promise<number> => {
  const [row] = await db.execute<{ id: number }>(
    sql`select coalesce(max(id), 0)::integer as id from riwayat`,
  );
  return row!.id;
};
/** What `run` left. */
async function recorded(run: () => Promise<unknown>): Promise<ActRecord[]> {
  const before = await lastId();
  await run();
  const rows = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where id > ${before} order by id`,
  );
  return rows.map(({ isi }) => parseRecord(isi));
}
const kept = async (said: Promise<unknown>): Promise<void> => {
  const done = (await said) as { ok?: boolean };
  const refused = done instanceof Response ? done.status >= 400 : done.ok === false;
  if (refused) throw new Error(JSON.stringify(done));
};

const FIELDS = {
  judul: 'Deklarasi Baru',
  rezim: 'pilkada',
  tempat: 'Aula',
  tanggal: '2026-11-23',
  zona: 'WIB',
  batas: new Date('2098-11-23T09:00:00Z'),
  nomorPola: '800/{urut}/{tahun}',
} as const;
const TEXT =
  'PERNYATAAN NETRALITAS\n\nSaya, dengan ini menyatakan:\n\n1. Netral.\n\nDasar hukum:\n- Contoh.\n';
const into = (kegiatanId: string) => ({ kegiatanId, within: '62.01' });
const brings = async (kegiatanId: string, lines: string, more: object = {}) =>
  importRoster(services.db, into(kegiatanId), {
    rows: typed(lines),
    by: actorOf(office),
    seen: await people.version(db, kegiatanId),
    ...more,
  });
const event = () => `/kantor/kegiatan/${cast.kegiatanId}`;
const person = (id: string) => `${event()}/daftar/${id}`;
const place = () => ({ kegiatanId: cast.kegiatanId, personId: cast.siti });
let kode = '';

/** What it should say; what isn't named is not asked. `peran` null: nobody acts in a role. */
interface Expected extends Partial<Omit<ActRecord, 'petugas'>> {
  petugas?: string | null;
}

/** In this order: some need what was before. */
const DIGEST = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
/** When a role began. */
const SINCE = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const ACTS: [
  RecordedAct,
  () => Promise<unknown>,
  () => Expected,
  ready?: (() => Promise<unknown>) | undefined,
  more?: object[],
][] = [
  ['masuk', () => kept(login(house, office.phone)), () => ({ peran: null, dasar: 'kunci-sandi' })],
  [
    'masuk-ditolak',
    () => login(house, office.phone, { clearFlags: 4 }),
    () => ({ peran: null, sesudah: { alasan: 'passkey-refused', kunci: expect.stringMatching(/^sha256:/) } }),
  ],
  [
    'kegiatan-buat',
    () => kept(events.create(services.db, actorOf(office), FIELDS)),
    () => ({ sebelum: {}, sesudah: expect.objectContaining({ judul: 'Deklarasi Baru' }) }),
  ],
  [
    'kegiatan-ubah',
    () =>
      kept(
        events.edit(services.db, actorOf(office), prepared.kegiatanId, {
          ...FIELDS,
          judul: 'Yang Disiapkan',
        }),
      ),
    () => ({
      kegiatan: prepared.kegiatanId,
      sebelum: {
        batas: '2999-01-01T00:00:00Z',
        'pola-nomor': '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
        tempat: 'Hotel Contoh, Pangkalan Bun',
      },
      sesudah: { batas: '2098-11-23T09:00:00Z', 'pola-nomor': '800/{urut}/{tahun}', tempat: 'Aula' },
    }),
  ],
  [
    'naskah-tambah',
    () =>
      kept(
        wordings.add(services.db, actorOf(office), { unsur: 'kepala desa', rezim: 'pilkada', typed: TEXT }),
      ),
    () => ({ perihal: expect.stringMatching(/^kades-pilkada\/\d+$/) }),
  ],
  [
    'kegiatan-naskah',
    async () => {
      const { naskah } = (await events.byId(db, office.organizerId, prepared.kegiatanId))!;
      await kept(events.assign(services.db, actorOf(office), prepared.kegiatanId, naskah.slice(0, 1)));
    },
    () => ({
      sebelum: { naskah: expect.stringMatching(/^kepala desa .*, lurah\/camat /) },
      sesudah: { naskah: expect.stringMatching(/^kepala desa [^,]*$/) },
    }),
  ],
  [
    'daftar-impor',
    () =>
      kept(
        brings(
          prepared.kegiatanId,
          `Kode wilayah|Unsur|Nama|NIP/NRP
          62.01.01.2001|kepala desa|Contoh Satu|
          62.01.01.2002|kepala desa|Contoh Dua|
          62.01.01.2008|kepala desa|Contoh Lain|198609262015051001`,
        ),
      ),
    () => ({
      perihal: null,
      sebelum: {},
      sesudah: { versi: '2', daftar: DIGEST, baru: '2', berubah: '1' },
    }),
    undefined,
    // Each place by itself.
    [
      {
        sebelum: {},
        sesudah: {
          baru: '1',
          jabatan: 'Kepala Desa',
          nama: 'Contoh Satu',
          unsur: 'kepala desa',
          versi: '2',
          wilayah: '62.01.01.2001',
        },
      },
      { sesudah: expect.objectContaining({ baru: '1', nama: 'Contoh Dua' }) },
      {
        sebelum: { 'gelar-belakang': 'S.Sos., M.AP.', 'gelar-depan': 'Hj.', nama: 'Siti Contoh' },
        sesudah: { nama: 'Contoh Lain', nip: '••••••••••••••1001', versi: '2' },
      },
    ].map((said) => ({
      tindakan: 'daftar-ubah',
      perihal: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...said,
    })),
  ],
  [
    'daftar-ubah',
    () => kept(brings(prepared.kegiatanId, 'Kode wilayah|Unsur|Nama\n62.01.01.2004|kepala desa|Budi Contoh')),
    () => ({
      perihal: prepared.budi,
      sebelum: { nama: 'Budi' },
      sesudah: { versi: '3', daftar: DIGEST, berubah: '1', nama: 'Budi Contoh' },
    }),
  ],
  [
    'daftar-ubah',
    async () =>
      kept(
        brings(prepared.kegiatanId, 'Kode wilayah|Unsur|Nama', {
          rows: [],
          off: { who: [prepared.budi], alasan: 'Salah masuk daftar' },
        }),
      ),
    () => ({
      perihal: prepared.budi,
      sebelum: {},
      sesudah: { versi: '4', daftar: DIGEST, keluar: '1', alasan: 'Salah masuk daftar' },
    }),
  ],
  [
    'kegiatan-buka',
    () => kept(events.open(services.db, actorOf(office), prepared.kegiatanId)),
    () => ({ sebelum: { tahap: 'disiapkan' }, sesudah: { tahap: 'dibuka', 'nomor-baru': '5' } }),
    () =>
      db.execute(sql`
        insert into kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
        select ${prepared.kegiatanId}, unsur, naskah, versi from kegiatan_naskah where kegiatan_id = ${cast.kegiatanId}
        on conflict do nothing`),
  ],
  [
    'kegiatan-tutup',
    () => kept(events.close(services.db, actorOf(office), prepared.kegiatanId)),
    () => ({
      kegiatan: prepared.kegiatanId,
      sebelum: { tahap: 'dibuka' },
      sesudah: { tahap: 'ditutup' },
    }),
  ],
  [
    'kartu-buat',
    () => invitations.issueMissing(services.db, services.secret, cast.kegiatanId, actorOf(office)),
    () => ({ kegiatan: cast.kegiatanId, perihal: null, sesudah: { kartu: '3' } }),
  ],
  [
    'kartu-ganti',
    async () => {
      const made = await invitations.renew(services.db, services.secret, cast.budi, actorOf(office));
      secrets.push(made!.token, made!.code);
    },
    () => ({ perihal: cast.budi, sesudah: { kartu: '1' } }),
  ],
  [
    'kartu-unduh',
    () => kept(get(house, `${event()}/kartu.pdf`, office.cookie)),
    () => ({ perihal: null, sesudah: { kartu: '3', nomor: '1 sampai 3' } }),
  ],
  [
    'kartu-unduh',
    () =>
      kept(
        get(
          house,
          `${event()}/kartu.pdf?wilayah=62.01.01&unsur=kepala+desa&dari=2&sampai=900`,
          office.cookie,
        ),
      ),
    () => ({
      perihal: null,
      sesudah: { kartu: '1', nomor: '2 sampai 2', unsur: 'kepala desa', wilayah: '62.01.01' },
    }),
  ],
  [
    'kartu-unduh',
    () => kept(post(house, `${event()}/kartu/${cast.budi}/pdf`, office.cookie)),
    () => ({ perihal: cast.budi, sesudah: { kartu: '1' } }),
  ],
  [
    'kartu-tampil',
    () => kept(post(house, `${event()}/kartu/${cast.budi}/layar`, office.cookie)),
    () => ({ perihal: cast.budi, kegiatan: cast.kegiatanId }),
  ],
  [
    'daftar-lihat',
    () => kept(get(house, person(cast.ratna), office.cookie)),
    () => ({ perihal: cast.ratna, kegiatan: cast.kegiatanId, dasar: 'sesi' }),
  ],
  [
    'rekap-unduh',
    () => kept(get(house, `${event()}/ekspor.csv?isi=semua`, office.cookie)),
    () => ({ perihal: 'seluruh daftar' }),
  ],
  [
    'rekap-unduh',
    () => kept(get(house, '/kantor/ekspor.csv', office.cookie)),
    () => ({ perihal: 'penanda tangan 62.01', kegiatan: null }),
  ],
  [
    'rekap-unduh',
    () => kept(get(house, '/kantor/ekspor.csv?wilayah=62.01.01.2008', office.cookie)),
    () => ({ perihal: 'penanda tangan 62.01.01.2008', kegiatan: null }),
  ],
  [
    'rekap-unduh',
    () => kept(get(house, `${event()}/ekspor.xlsx?isi=belum&wilayah=62.01.01`, office.cookie)),
    () => ({ perihal: 'belum menandatangani 62.01.01', sesudah: {} }),
  ],
  [
    'rekap-unduh',
    () => kept(get(house, '/kantor/ekspor.pdf?kertas=f4', office.cookie)),
    () => ({ perihal: 'penanda tangan 62.01', kegiatan: null }),
  ],
  [
    'rekap-unduh',
    () =>
      kept(
        post(house, `${event()}/ekspor`, office.cookie, {
          ...{ isi: 'semua', bentuk: 'xlsx', keperluan: 'Verifikasi kepegawaian BKPSDM' },
        }),
      ),
    () => ({
      perihal: 'seluruh daftar, NIP lengkap',
      sesudah: { keperluan: 'Verifikasi kepegawaian BKPSDM' },
    }),
  ],
  [
    'rekap-unduh',
    () => kept(get(house, '/kantor/wilayah.csv', office.cookie)),
    () => ({ perihal: 'jumlah 62.01', kegiatan: null }),
  ],
  [
    'riwayat-unduh',
    () => kept(get(house, '/kantor/riwayat.csv?tindakan=masuk', office.cookie)),
    () => ({ sesudah: { tindakan: 'masuk' } }),
  ],
  [
    'pencabutan-ajukan',
    async () => {
      const { row } = await hasSigned(services, cast.siti);
      kode = row.kode;
      await services.publish();
      await kept(asks(house, office, place()));
    },
    () => ({ perihal: kode, kegiatan: cast.kegiatanId, dasar: 'kunci-sandi' }),
  ],
  [
    'pencabutan-batalkan',
    async () => {
      const request = await withdrawals.requestFor(db, kode);
      await kept(post(house, `${pathOf(place())}/batal`, office.cookie, { id: request!.id }));
    },
    () => ({ perihal: kode, dasar: 'sesi' }),
  ],
  [
    'pencabutan-setujui',
    () => kept(confirms(house, second, place(), kode)),
    () => ({ perihal: kode, petugas: 'Petugas Kedua', dasar: 'kunci-sandi' }),
    () => kept(asks(house, office, place(), 'Sekali lagi.')),
  ],
  [
    'data-hapus',
    () => kept(eraseData(db, kode, 'uji')),
    () => ({ perihal: kode, petugas: null, peran: null, dasar: 'pengelola' }),
  ],
  [
    'petugas-undang',
    async () => {
      const said = await changeOfficers(house, office, { tindakan: 'undang', nama: 'Teman Contoh' });
      await kept(Promise.resolve(said));
      secrets.push(String(said.tautan).split('#')[1]!);
    },
    () => ({
      perihal: 'Teman Contoh',
      dasar: 'kunci-sandi',
      sesudah: { 'berlaku-jam': '48', peran: 'penyelenggara' },
    }),
  ],
  [
    'petugas-akhiri-tautan',
    async () => {
      const [link] = await officerLinks.openLinks(db, office.organizerId);
      await kept(post(house, `/kantor/petugas/tautan/${link!.digest}/akhir`, office.cookie));
    },
    () => ({ perihal: 'Teman Contoh', dasar: 'sesi' }),
  ],
  [
    'petugas-undang',
    async () => {
      const token = await appointed(db, office.organizerId, 'Ketiga Contoh');
      secrets.push(token);
    },
    () => ({ petugas: null, peran: null, dasar: 'pengelola', perihal: 'Ketiga Contoh' }),
  ],
  [
    'petugas-masuk',
    () => kept(enter(house, secrets.at(-1)!, new Authenticator(), {})),
    () => ({ petugas: 'Ketiga Contoh', dasar: 'tautan', peran: null }),
  ],
  [
    'petugas-tautan-kunci',
    async () => {
      secrets.push((await officerLinks.linkForKey(db, second.officerId))!);
    },
    () => ({ petugas: null, perihal: `${second.officerId} Petugas Kedua` }),
  ],
  [
    'petugas-kunci-tautan',
    () => kept(enter(house, secrets.at(-1)!, new Authenticator(), {})),
    () => ({ petugas: 'Petugas Kedua', sesudah: { kunci: expect.stringMatching(/^sha256:/) } }),
  ],
  [
    'petugas-tambah-kunci',
    async () => kept(addKey(house, office, new Authenticator())),
    () => ({ sebelum: {}, sesudah: { kunci: expect.stringMatching(/^sha256:/) } }),
  ],
  [
    'petugas-akhiri-kunci',
    async () => {
      const me = (await officers.list(db, office.organizerId)).find(({ id }) => id === office.officerId)!;
      const { kunci } = me.keys.find((key) => key.kunci !== me.keys[0]!.kunci)!;
      await kept(changeOfficers(house, office, { tindakan: 'akhiri-kunci', id: office.officerId, kunci }));
    },
    () => ({ sebelum: { kunci: expect.stringMatching(/^sha256:/) }, sesudah: {} }),
  ],
  [
    'petugas-jamin',
    async () => kept(changeOfficers(house, office, { tindakan: 'jamin', id: second.officerId })),
    () => ({ perihal: `${second.officerId} Petugas Kedua` }),
  ],
  [
    'petugas-jamin',
    async () => {
      const sampai = await officerChanges.lastId(db, office.organizerId);
      expect(await officerChanges.vouch(db, second.officerId, sampai)).toBe(true);
    },
    () => ({ petugas: null, dasar: 'pengelola' }),
  ],
  [
    'petugas-beri-peran',
    async () =>
      kept(
        changeOfficers(house, office, {
          tindakan: 'beri-peran',
          id: second.officerId,
          peran: 'petugas',
          kegiatan: cast.kegiatanId,
        }),
      ),
    () => ({
      kegiatan: cast.kegiatanId,
      perihal: `${second.officerId} Petugas Kedua`,
      sesudah: { peran: 'petugas', mulai: SINCE },
    }),
  ],
  [
    'petugas-ubah-peran',
    async () =>
      kept(
        changeRole(house, office, second, {
          peran: 'petugas',
          kegiatan: cast.kegiatanId,
          lembaga: 'Kecamatan Contoh',
        }),
      ),
    () => ({
      kegiatan: cast.kegiatanId,
      perihal: `${second.officerId} Petugas Kedua`,
      dasar: 'kunci-sandi',
      sebelum: {},
      sesudah: { peran: 'petugas', lembaga: 'Kecamatan Contoh', mulai: SINCE },
    }),
  ],
  [
    'petugas-akhiri-peran',
    async () =>
      kept(
        changeOfficers(house, office, {
          tindakan: 'akhiri-peran',
          id: second.officerId,
          peran: 'petugas',
          kegiatan: cast.kegiatanId,
        }),
      ),
    () => ({ sebelum: { peran: 'petugas', lembaga: 'Kecamatan Contoh', mulai: SINCE }, sesudah: {} }),
  ],
  [
    'petugas-beri-peran',
    async () => {
      await db.execute(
        sql`update officer_role set ended_at = now() where officer_id = ${second.officerId}::uuid and ended_at is null`,
      );
      expect(await officerRoles.givePenyelenggara(db, second.officerId)).toEqual({ ok: true });
    },
    () => ({ petugas: null, dasar: 'pengelola', sesudah: { peran: 'penyelenggara', mulai: SINCE } }),
  ],
  [
    'petugas-ubah-peran',
    async () => {
      await db.execute(sql`
        update officer_role set sampai = '2098-01-01T00:00:00Z' where officer_id = ${second.officerId}::uuid and ended_at is null`);
      expect(await officerRoles.givePenyelenggara(db, second.officerId)).toEqual({ ok: true });
    },
    () => ({
      petugas: null,
      dasar: 'pengelola',
      sebelum: { sampai: '2098-01-01T00:00:00Z' },
      sesudah: { peran: 'penyelenggara', mulai: SINCE },
    }),
  ],
  [
    'penyelenggara-undang',
    async () => {
      secrets.push(await officerLinks.foundingLink(db));
    },
    () => ({
      penyelenggara: null,
      petugas: null,
      perihal: null,
      dasar: 'pengelola',
      sebelum: {},
      sesudah: { 'berlaku-jam': '168' },
    }),
  ],
  [
    'penyelenggara-undang',
    async () => {
      secrets.push(await officerLinks.foundingLink(db));
    },
    () => ({ penyelenggara: null, petugas: null, dasar: 'pengelola', sebelum: { tautan: '1' } }),
  ],
  [
    'tindakan-ditolak',
    () => changeOfficers(house, office, { tindakan: 'jamin', id: second.officerId }, { by: second.phone }),
    () => ({
      perihal: `${second.officerId} Petugas Kedua`,
      dasar: 'kunci-sandi',
      sebelum: {},
      sesudah: { dicoba: 'petugas-jamin', alasan: 'passkey-foreign', kunci: DIGEST },
    }),
  ],
  [
    'petugas-periksa',
    async () => {
      const sampai = await officerChanges.lastId(db, office.organizerId);
      await kept(changeOfficers(house, office, { tindakan: 'periksa', sampai }));
    },
    () => ({ dasar: 'kunci-sandi' }),
  ],
  [
    'petugas-keluarkan',
    async () => {
      const third = (await officers.list(db, office.organizerId)).find(
        ({ nama }) => nama === 'Ketiga Contoh',
      )!;
      await kept(changeOfficers(house, office, { tindakan: 'keluarkan', id: third.id }));
    },
    () => ({ perihal: expect.stringMatching(/^[0-9a-f-]{36} Ketiga Contoh$/) }),
  ],
  [
    'petugas-keluarkan',
    async () => {
      const fourth = (await officers.list(db, office.organizerId)).find(
        ({ nama }) => nama === 'Keempat Contoh',
      )!;
      expect(await officers.dismiss(db, fourth.id)).toBe(true);
    },
    () => ({ petugas: null, dasar: 'pengelola' }),
    () => join(house, office, 'Keempat Contoh'),
  ],
  ['keluar', () => kept(post(house, '/kantor/keluar', second.cookie)), () => ({ petugas: 'Petugas Kedua' })],
  [
    'petugas-tautan-kunci',
    async () => {
      const said = await changeOfficers(house, office, { tindakan: 'tautan-kunci' });
      secrets.push(String(said.tautan).split('#')[1]!);
    },
    () => ({ dasar: 'kunci-sandi', sesudah: { 'berlaku-jam': '1' } }),
  ],
];

/** Nobody acts in a role who comes, goes, or is refused. */
const ROLELESS: readonly RecordedAct[] = [
  'masuk',
  'masuk-ditolak',
  'keluar',
  'petugas-masuk',
  'petugas-kunci-tautan',
];

test.each(ACTS)('%s leaves one record', async (act, run, expected, ready = async () => {}, more = []) => {
  await ready();
  const left = await recorded(run);
  const { petugas = 'Petugas Pertama', ...rest } = expected();
  expect(left).toMatchObject([
    {
      tindakan: act,
      penyelenggara: office.organizerId,
      petugas: petugas === null ? null : { nama: petugas },
      peran: petugas === null || ROLELESS.includes(act) ? null : 'penyelenggara',
      ...rest,
    },
    ...more,
  ]);
  if (rest.sebelum) expect(left[0]!.sebelum).toEqual(rest.sebelum);
  if (rest.sesudah) expect(left[0]!.sesudah).toEqual(rest.sesudah);
});

test('of all acts, and of leaving everywhere', async () => {
  const left = await recorded(() => post(house, '/kantor/petugas/sesi/akhir', office.cookie));
  expect(left).toMatchObject([
    { tindakan: 'keluar-semua', sesudah: { sesi: expect.stringMatching(/^\d+$/) } },
  ]);
  const seen = new Set<RecordedAct>([...ACTS.map(([act]) => act), 'keluar-semua']);
  expect(RECORDED_ACTS.filter((act) => !seen.has(act))).toEqual([]);
  office.cookie = (await login(house, office.phone)).cookie;
  second.cookie = (await login(house, second.phone)).cookie;
  // Of a withdrawal: nobody is without one then.
  await invitations.issueMissing(services.db, services.secret, cast.kegiatanId, actorOf(office));
});

test('no secret is in any of them', async () => {
  const rows = await db.execute<{ isi: string }>(sql`select isi from riwayat`);
  const all = rows.map(({ isi }) => isi).join('\n');
  expect(secrets).toHaveLength(8);
  const digests = await db.execute<{ one: string }>(sql`
    select encode(digest, 'hex') as one from officer_invitation
    union all select encode(digest, 'hex') from officer_session
    union all select encode(token_digest, 'hex') from invitation union all select encode(code_digest, 'hex') from invitation
    union all select encode(spki, 'hex') from officer_credential union all select encode(spki, 'base64') from officer_credential
    union all select encode(id, 'hex') from officer_credential union all select encode(user_handle, 'hex') from officer_credential
    union all select nip from person where nip <> ''`);
  for (const secret of [...secrets, ...digests.map(({ one }) => one)]) {
    expect(all.includes(secret), secret).toBe(false);
  }
  // Nor a number of that length, in whatever text.
  expect(
    all.replace(/^(?:acak|.*sha256:).*$/gm, '').replace(/[0-9a-f]{8}(?:-[0-9a-f]{4,}){4}/g, ''),
  ).not.toMatch(/\d{9}/);
});

const REFUSED: [string, () => Promise<unknown>][] = [
  [
    'an event whose deadline is over',
    () => events.create(services.db, actorOf(office), { ...FIELDS, batas: new Date(0) }),
  ],
  ['an edit of another’s', () => events.edit(services.db, actorOf(office), 'tidakada', FIELDS)],
  [
    'a wording that nobody has',
    () =>
      events.assign(services.db, actorOf(office), prepared.kegiatanId, [
        { unsur: 'ASN', naskah: 'x', versi: 9 },
      ]),
  ],
  ['opening what is open', () => events.open(services.db, actorOf(office), cast.kegiatanId)],
  ['closing what is closed', () => events.close(services.db, actorOf(office), prepared.kegiatanId)],
  [
    'a list that somebody else changed',
    () =>
      brings(cast.kegiatanId, 'Kode wilayah|Unsur|Nama\n62.01.01.2004|kepala desa|Budi Lain', { seen: 0 }),
  ],
  [
    'a list that changes nothing',
    () =>
      brings(cast.kegiatanId, 'Kode wilayah|Unsur|Nama|Jabatan\n62.01.01.2004|kepala desa|Budi|Kepala Desa'),
  ],
  [
    'cards that are there',
    () => invitations.issueMissing(services.db, services.secret, cast.kegiatanId, actorOf(office)),
  ],
  [
    'an officer by a name that is taken',
    () => changeOfficers(house, office, { tindakan: 'undang', nama: 'Petugas Kedua' }),
  ],
  [
    'ending a key that nobody has',
    () =>
      changeOfficers(house, office, { tindakan: 'akhiri-kunci', id: office.officerId, kunci: 'sha256:0' }),
  ],
  ['vouching for oneself', () => changeOfficers(house, office, { tindakan: 'jamin', id: office.officerId })],
  ['a withdrawal of what is withdrawn', () => asks(house, office, place())],
  ['a passkey that nobody knows', () => login(house, strangersPhone())],
  ['erasing what isn’t there', () => eraseData(db, 'AAAAAAAAAAAA', 'uji')],
  ['a row of another’s list', () => get(house, person(prepared.budi), office.cookie)],
  ['leaving twice', () => post(house, '/kantor/keluar', 'ikrar=bukan')],
];
const strangersPhone = (): Authenticator => stranger;
const stranger = new Authenticator();

test.each(REFUSED)('%s leaves none', async (_, run) => {
  if (run.toString().includes('strangersPhone')) {
    await stranger.create(
      {
        challenge: 'AAAA',
        rp: { id: services.config.rpId, name: 'x' },
        user: { id: 'AAAA', name: 'x', displayName: 'x' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      } as never,
      services.config.origin,
    );
  }
  expect(await recorded(run)).toEqual([]);
});

test('nor does what another role may do, and who may is named with it', async () => {
  const peran = (to: Peran) =>
    db.execute(sql`update officer_role set peran = ${to} where officer_id = ${second.officerId}::uuid`);
  const exported = () => get(house, `${event()}/ekspor.csv`, second.cookie);
  const carded = () => get(house, `${event()}/kartu.pdf`, second.cookie);
  await peran('pengawas');
  expect(await recorded(exported)).toMatchObject([{ tindakan: 'rekap-unduh', peran: 'pengawas' }]);
  expect(await recorded(carded)).toEqual([]);
  await peran('petugas');
  expect(await recorded(exported)).toEqual([]);
  expect(await recorded(carded)).toMatchObject([{ tindakan: 'kartu-unduh', peran: 'petugas' }]);
  expect((await get(house, '/kantor/riwayat', second.cookie)).status).toBe(403);
  await peran('penyelenggara');
});

test('an area that there isn’t is not downloaded, and leaves no record', async () => {
  const left = await recorded(async () => {
    expect((await get(house, '/kantor/ekspor.csv?wilayah=62.01.99', office.cookie)).status).toBe(404);
  });
  expect(left).toEqual([]);
});

test('a preview that says whose a number is leaves a record of that place', async () => {
  const previewed = async (nip: string) => {
    const body = new FormData();
    const lines = `Unsur;Kode wilayah;Nama;NIP\r\nlurah/camat;62.01.01.1012;Orang Lain;${nip}\r\n`;
    body.set('berkas', new File([lines], 'daftar.csv'));
    const answer = await house.request(`${event()}/daftar/pratinjau`, {
      ...{ method: 'POST', body, headers: { origin: services.config.origin, cookie: office.cookie } },
    });
    return answer.text();
  };
  const there = await recorded(async () =>
    expect(await previewed('198609262015052001')).toContain('Ratna Contoh, Lurah 62.01.01.1013'),
  );
  expect(there).toMatchObject([{ tindakan: 'daftar-lihat', perihal: cast.ratna, kegiatan: cast.kegiatanId }]);
  const nobody = await recorded(async () =>
    expect(await previewed('198609262015052002')).not.toContain('Ratna Contoh, Lurah'),
  );
  expect(nobody).toEqual([]);
});

test('so does the form of one place, and a number that somebody had before', async () => {
  const there = await openCast(db, { of: office, judul: 'Nomor' });
  const list = `/kantor/kegiatan/${there.kegiatanId}/daftar`;
  const saves = async (who: string, nip: string, nama: string) => {
    const page = await (await get(house, `${list}/${who}`, office.cookie)).text();
    const fields = { versi: fieldIn(page, 'versi'), nama, nip };
    return (await post(house, `${list}/${who}`, office.cookie, fields)).text();
  };
  const typed = async (nip: string, nama: string) => {
    let shown = '';
    const left = await recorded(async () => {
      shown = await saves(there.budi, nip, nama);
    });
    return { shown, of: left.map(({ tindakan, perihal }) => [tindakan, perihal]) };
  };
  const now = await typed('198609262015052001', 'Budi');
  expect(now.shown).toContain('Ratna Contoh, Lurah 62.01.01.1013');
  expect(now.of).toEqual([
    ['daftar-lihat', there.budi],
    ['daftar-lihat', there.budi],
    ['daftar-lihat', there.ratna],
  ]);
  // Her place gets another holder, and the number is nobody's.
  expect(await saves(there.ratna, '-', 'Rizal Contoh')).toBe('');
  const before = await typed('198609262015052001', 'Budi');
  expect(before.shown).toContain('Ratna Contoh, dahulu di daftar ini');
  expect(before.of).toEqual(now.of);
  // Of a number that nobody has or had nobody is shown.
  const none = await typed('198609262015052009', 'Budi Baru');
  expect(none.shown).not.toContain('Nomor ini juga pada');
  expect(
    none.of.filter(([tindakan, perihal]) => tindakan === 'daftar-lihat' && perihal !== there.budi),
  ).toEqual([]);
});

test('a list on one page to print is on record, by how many; a page of it is not', async () => {
  const there = await openCast(db, { of: office, judul: 'Cetak' });
  const list = `/kantor/kegiatan/${there.kegiatanId}/daftar`;
  const reads = (query: string) => recorded(() => get(house, `${list}${query}`, office.cookie));
  expect(await reads('')).toEqual([]);
  expect(await reads('?cari=ratna')).toEqual([]);
  expect(await reads('?semua=ya')).toMatchObject([
    { tindakan: 'daftar-lihat', kegiatan: there.kegiatanId, perihal: null, sesudah: { jumlah: '4' } },
  ]);
});

test('at the entrance nobody fills the trail', async () => {
  const left = await recorded(async () => {
    for (let n = 0; n < records.REFUSALS + 3; n++) await login(house, office.phone, { clearFlags: 4 });
  });
  // One was before.
  expect(left).toHaveLength(records.REFUSALS - 1);
});

test('what can’t be recorded isn’t done, and isn’t shown', async () => {
  await db.execute(sql`alter table riwayat add constraint never check (false) not valid`);
  try {
    await expect(events.close(services.db, actorOf(office), cast.kegiatanId)).rejects.toThrow();
    expect((await events.byId(db, office.organizerId, cast.kegiatanId))!.tahap).toBe('dibuka');
    for (const path of [
      person(cast.ratna),
      `${event()}/ekspor.csv`,
      `${event()}/kartu.pdf`,
      '/kantor/riwayat.csv',
    ]) {
      const answer = await get(house, path, office.cookie);
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toContain('Ratna');
    }
    // Lists go on.
    expect((await get(house, `${event()}/daftar`, office.cookie)).status).toBe(200);
    expect((await get(house, '/kantor/riwayat', office.cookie)).status).toBe(200);
  } finally {
    await db.execute(sql`alter table riwayat drop constraint never`);
  }
});

test('of two who close an event at once one is recorded', async () => {
  const left = await recorded(() =>
    Promise.all([0, 1, 2].map(() => events.close(services.db, actorOf(office), cast.kegiatanId))),
  );
  expect(left.map(({ tindakan }) => tindakan)).toEqual(['kegiatan-tutup']);
});

test('erasing takes the texts that name the holder, and leaves what an officer of that name did', async () => {
  const nama = 'Bagas Tunggal';
  const officer = await join(house, office, nama);
  const there = await openCast(db, { of: office });
  const before = await lastId();
  await brings(there.kegiatanId, `Kode wilayah|Unsur|Nama\n62.01.01.2004|kepala desa|${nama}`);
  await records.opens(services.db, actorOf(officer), {
    tindakan: 'daftar-lihat',
    kegiatanId: there.kegiatanId,
    perihal: there.ratna,
  });
  await kept(changeOfficers(house, office, { tindakan: 'jamin', id: officer.officerId }));
  await invitations.issueMissing(services.db, services.secret, there.kegiatanId, actorOf(office));
  const { row } = await hasSigned(services, there.budi);
  await services.publish();
  const texts = async () => {
    const rows = await db.execute<{ tindakan: string; isi: string; sha256: string }>(sql`
      select tindakan, isi, encode(sha256, 'hex') as sha256 from riwayat where id > ${before} order by id`);
    return rows.filter(({ tindakan }) => tindakan !== 'data-hapus');
  };
  const standing = await texts();
  expect(standing.map(({ tindakan }) => tindakan)).toEqual([
    'daftar-ubah',
    'daftar-lihat',
    'petugas-jamin',
    'kartu-buat',
  ]);
  expect(standing.map(({ isi }) => isi.includes(nama))).toEqual([true, true, true, false]);

  await kept(eraseData(db, row.kode, 'uji'));
  const left = await texts();
  expect(left.map(({ isi }) => isi === '')).toEqual([true, false, false, false]);
  expect(left.map(({ sha256 }) => sha256)).toEqual(standing.map(({ sha256 }) => sha256));
  expect(left.slice(1)).toEqual(standing.slice(1));
});

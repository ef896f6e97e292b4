/**
 * How far the audit trail reaches: data shown on another page than the usual one, what an act takes with it, many changes at once, a
 * graver refusal behind lesser ones; and what an erasure takes out of it.
 */
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { beforeAll, expect, test } from 'vitest';
import * as events from '../../src/kegiatan/events.ts';
import { base64url } from '../../src/lib/base64.ts';
import { checkTrail } from '../../src/office/check-trail.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import { type ActRecord, parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { eraseData } from '../../src/proof/erase-data.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { Authenticator } from '../authenticator.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from '../roster/typed.ts';
import { asks, pathOf } from '../withdrawal/withdraw.ts';
import { ask, changeOfficers, enter, found, get, join, login, newestKunci, type Office } from './office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let cast: Cast;

beforeAll(async () => {
  office = await found(house);
  cast = await openCast(db, { of: office });
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
const brings = async (kegiatanId: string, lines: string, off: string[] = []) => {
  const done = await importRoster(
    services.db,
    { kegiatanId, within: '62.01' },
    {
      rows: typed(lines),
      by: actorOf(office),
      seen: await people.version(db, kegiatanId),
      ...(off.length > 0 && { off: { who: off, alasan: 'Pindah tugas' } }),
    },
  );
  if (!done.ok) throw new Error(JSON.stringify(done).slice(0, 600));
};
const HEAD = 'Kode wilayah|Unsur|Nama|Pangkat/Gol';

test('a preview shows the rows that stand, and is on record as their page is', async () => {
  const preview = async (lines: string) => {
    const body = new FormData();
    body.set('berkas', new File([`${HEAD}\r\n${lines}`.replaceAll('|', ';')], 'daftar.csv'));
    const answer = await house.request(`/kantor/kegiatan/${cast.kegiatanId}/daftar/pratinjau`, {
      method: 'POST',
      headers: { origin: services.config.origin, cookie: office.cookie },
      body,
    });
    return answer.text();
  };
  let shown = '';
  const left = await recorded(async () => {
    shown = await preview('62.01.01.2004|kepala desa|Budi Lain|\r\n62.01.01.2001|kepala desa|Orang Baru|');
  });
  expect(shown).toContain('Budi Lain');
  expect(left).toMatchObject([{ tindakan: 'daftar-lihat', perihal: cast.budi, kegiatan: cast.kegiatanId }]);
  // A file that says what the list says shows nothing more.
  expect(await recorded(() => preview('62.01.01.2004|kepala desa|Budi|'))).toEqual([]);
});

test('many rows at once are one record, that says how many', async () => {
  const places = Array.from({ length: records.PLACES + 1 }, () => crypto.randomUUID());
  const open = (of: string[]) => records.opensPlaces(services.db, actorOf(office), cast.kegiatanId, of);
  expect(await recorded(() => open(places))).toMatchObject([
    { tindakan: 'daftar-lihat', perihal: null, sesudah: { jumlah: '51' } },
  ]);
  expect(await recorded(() => open(places.slice(1)))).toHaveLength(records.PLACES);
  expect(await recorded(() => open([]))).toEqual([]);
});

test('so is the page of a withdrawal', async () => {
  await hasSigned(services, cast.siti);
  await services.publish();
  const path = pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti });
  expect(await recorded(() => get(house, path, office.cookie))).toMatchObject([
    { tindakan: 'daftar-lihat', perihal: cast.siti },
  ]);
});

test('of changes up to fifty each place says what it was and is, also one that leaves; of more the list’s digest stands', async () => {
  const there = await openCast(db, { of: office, judul: 'Banyak' });
  const left = await recorded(() =>
    brings(there.kegiatanId, `${HEAD}\n62.01.01.2006|kepala desa|Orang Titipan|`, [there.budi]),
  );
  expect(left).toMatchObject([
    {
      tindakan: 'daftar-impor',
      sesudah: {
        berubah: '1',
        keluar: '1',
        alasan: 'Pindah tugas',
        daftar: expect.stringMatching(/^sha256:/),
      },
    },
    { tindakan: 'daftar-ubah', perihal: there.budi, sesudah: { keluar: '1', alasan: 'Pindah tugas' } },
    { tindakan: 'daftar-ubah', perihal: there.vacant, sebelum: {}, sesudah: { nama: 'Orang Titipan' } },
  ]);
  const rows = Array.from(
    { length: 51 },
    (_, n) =>
      `62.01.01.1013|ASN|Orang Contoh${'abcdefghij'[n % 10]}${'abcdef'[Math.trunc(n / 10)]}|1980010120050${11001 + n}|Staf`,
  );
  expect(
    await recorded(() =>
      brings(there.kegiatanId, `Kode wilayah|Unsur|Nama|NIP/NRP|Jabatan\n${rows.join('\n')}`),
    ),
  ).toMatchObject([{ tindakan: 'daftar-impor', perihal: null, sesudah: { baru: '51' } }]);
});

test('an edit that changes nothing leaves nothing; one that takes the wordings away says so', async () => {
  const there = await openCast(db, { of: office, tahap: 'disiapkan', judul: 'Rezim' });
  const edit = async (part: object) => {
    const event = (await events.byId(db, office.organizerId, there.kegiatanId))!;
    const done = await events.edit(services.db, actorOf(office), there.kegiatanId, { ...event, ...part });
    if (!done.ok) throw new Error(done.code);
  };
  expect(await recorded(() => edit({}))).toEqual([]);
  expect(await recorded(() => edit({ rezim: 'pemilu' }))).toMatchObject([
    {
      tindakan: 'kegiatan-ubah',
      sebelum: {
        rezim: 'pilkada',
        naskah: expect.stringMatching(/^kepala desa kades-pilkada\/\d+, lurah\/camat /),
      },
      sesudah: { rezim: 'pemilu' },
    },
  ]);
});

test('a request for a withdrawal that ends with its officer, role, passkey or pledge is on record', async () => {
  const ended = async (how: (by: Office, kode: string) => Promise<unknown>): Promise<ActRecord[]> => {
    const there = await openCast(db, { of: office });
    const by = await join(house, office, `Pemohon ${there.kegiatanId.replace(/\d/g, 'x')}`);
    const { row } = await hasSigned(services, there.siti);
    await services.publish();
    const asked = await asks(house, by, { kegiatanId: there.kegiatanId, personId: there.siti });
    if (!asked.ok) throw new Error(JSON.stringify(asked));
    const left = await recorded(() => how(by, row.kode));
    const about = left.filter(({ tindakan }) => tindakan === 'pencabutan-batalkan');
    expect(about).toMatchObject([{ perihal: row.kode, kegiatan: there.kegiatanId }]);
    return left;
  };
  const change = async (body: Parameters<typeof changeOfficers>[2]) => {
    const said = await changeOfficers(house, office, body);
    if (!said.ok) throw new Error(JSON.stringify(said));
  };
  const why = (left: ActRecord[]) => left.map(({ sesudah }) => sesudah.alasan).filter(Boolean);
  expect(why(await ended((by) => change({ tindakan: 'keluarkan', id: by.officerId })))).toEqual([
    'petugas-keluarkan',
  ]);
  expect(
    why(await ended((by) => change({ tindakan: 'akhiri-peran', id: by.officerId, peran: 'penyelenggara' }))),
  ).toEqual(['petugas-akhiri-peran']);
  expect(why(await ended((_, kode) => eraseData(db, kode, 'uji')))).toEqual(['data-hapus']);
  expect(
    why(
      await ended(async (by) => {
        const kunci = await newestKunci(by.phone);
        // The installation's, which stays.
        const link = await officerLinks.linkForKey(db, by.officerId);
        const said = await enter(house, link!, new Authenticator(), {});
        if (!said.ok) throw new Error(JSON.stringify(said));
        const gone = await changeOfficers(house, by, { tindakan: 'akhiri-kunci', id: by.officerId, kunci });
        if (!gone.ok) throw new Error(JSON.stringify(gone));
      }),
    ),
  ).toEqual(['petugas-akhiri-kunci']);
  const page = await (await get(house, '/kantor/riwayat?tindakan=pencabutan-batalkan', office.cookie)).text();
  expect(page).toContain('Petugas dikeluarkan');
});

test('links that end with an act are counted in its record', async () => {
  const invite = () => changeOfficers(house, office, { tindakan: 'undang', nama: 'Calon Dua Kali' });
  await invite();
  expect(await recorded(invite)).toMatchObject([{ tindakan: 'petugas-undang', sebelum: { tautan: '1' } }]);
});

test('who is refused for one reason hides no other; that a passkey has ended is said of who has it', async () => {
  const other = await join(house, office, 'Petugas Lama');
  const [credential] = other.phone.credentials;
  const id = base64url(new Uint8Array(credential!.id));
  const junk = () =>
    ask(house, '/kantor/masuk/sesi', {
      text: 'xx',
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
      },
    });
  for (let n = 0; n < records.REFUSALS + 2; n++) await junk();
  await db.execute(
    sql`update officer_credential set ended_at = now() where officer_id = ${other.officerId}::uuid`,
  );
  expect(await recorded(junk)).toEqual([]);
  expect(await recorded(() => login(house, other.phone, { clearFlags: 4 }))).toMatchObject([
    { sesudah: { alasan: 'passkey-refused' } },
  ]);
  expect(await recorded(() => login(house, other.phone))).toMatchObject([
    { tindakan: 'masuk-ditolak', petugas: { nama: 'Petugas Lama' }, sesudah: { alasan: 'passkey-ended' } },
  ]);
});

test('an erasure takes what is about the holder’s place and name, and nothing of who has a longer name', async () => {
  const there = await openCast(db, { of: office, judul: 'Dihapus' });
  const read = async (personId: string) =>
    get(house, `/kantor/kegiatan/${there.kegiatanId}/daftar/${personId}`, office.cookie);
  const [before] = await db.execute<{ id: number }>(sql`select max(id)::integer as id from riwayat`);
  await read(there.budi);
  await read(there.ratna);
  await brings(there.kegiatanId, `${HEAD}\n62.01.01.2006|kepala desa|Budi Santoso|`);
  await brings(
    there.kegiatanId,
    `Kode wilayah|Unsur|Nama|Unit kerja\n62.01.01.2006|kepala desa|Budi Santoso|Kantor Budi Utomo`,
  );
  await brings(there.kegiatanId, `${HEAD}\n62.01.01.2004|kepala desa|Budi|Penata`);
  const { row } = await hasSigned(services, there.budi);
  await services.publish();
  const left = async () => {
    const rows = await db.execute<{ id: number; tindakan: string; isi: string }>(sql`
      select id::integer as id, tindakan, isi from riwayat where id > ${before!.id} and tindakan like 'd%' order by id`);
    return rows;
  };
  expect((await left()).map(({ tindakan }) => tindakan)).toEqual([
    'daftar-lihat',
    'daftar-lihat',
    'daftar-ubah',
    'daftar-ubah',
    'daftar-ubah',
  ]);
  await eraseData(db, row.kode, 'uji');
  const now = await left();
  expect(now.map(({ isi }) => isi === '')).toEqual([true, false, false, false, true, false]);
  expect(parseRecord(now.at(-1)!.isi)).toMatchObject({
    tindakan: 'data-hapus',
    perihal: row.kode,
    // And what stands at the same place of the organiser's other events.
    sesudah: { baris: expect.stringMatching(new RegExp(`(?:^| )${now[0]!.id} ${now[4]!.id}$`)) },
  });
  expect((await checkTrail(services.db)).differences).toEqual([]);
  const page = await (await get(house, `/kantor/riwayat?kegiatan=${there.kegiatanId}`, office.cookie)).text();
  expect(page).not.toMatch(/data Budi di/);
});

test('however dates are set to be printed, they are read as they are', async () => {
  const url = new URL(house.serviceUrl);
  const role = decodeURIComponent(url.username);
  await db.execute(sql.raw(`alter role "${role}" set datestyle = 'SQL, DMY'`));
  try {
    const plain = postgres(house.serviceUrl, { max: 1, onnotice: () => {} });
    expect((await plain`show datestyle`)[0]!.DateStyle).toBe('SQL, DMY');
    await plain.end();
    const { connect } = await import('../../src/db.ts');
    const one = connect(house.serviceUrl, { max: 1 });
    try {
      const [latest] = await records.page(one.db, office.organizerId, {});
      expect(latest!.at!.getTime()).toBeGreaterThan(Date.now() - 600_000);
      const [row] = await one.db.execute<{ at: string }>(sql`select '2026-02-01'::date::text as at`);
      expect(row!.at).toBe('2026-02-01');
    } finally {
      await one.end();
    }
  } finally {
    await db.execute(sql.raw(`alter role "${role}" reset datestyle`));
  }
});

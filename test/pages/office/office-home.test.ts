/** The office's front page, by role: what waits, how far the events are, totals of the organisers within the area; and what it asks of the database. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as invitations from '../../../src/invitation/invitations.ts';
import type { Peran } from '../../../src/office/role.ts';
import * as people from '../../../src/roster/people.ts';
import { hasSigned, openCast, toStage } from '../../cast.ts';
import { actorOf, makeEvent } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { changeOfficers, found, get, join, type Office, post } from '../../office/office.ts';
import { asks, withdraw } from '../../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services } = house;

const page = async ({ cookie }: Office): Promise<string> => (await get(house, '/kantor', cookie)).text();
const words = (html: string): string =>
  html
    .replace(/^[\s\S]*<main[^>]*>|<\/main>[\s\S]*$/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,)])/g, '$1');
const read = async (office: Office): Promise<string> => words(await page(office));
const angka = async ({ cookie }: Office) =>
  (await (await get(house, '/kantor/angka', cookie)).json()) as {
    siapa: string;
    tanda: string;
    per: string;
    kegiatan: { id: string; sudah: string; wajib: string; persen: string; belum: string }[];
  };

/** Takes the role that they came with, and gives another. */
async function inRole({ officerId }: Office, peran: Peran, kegiatanId: string | null = null): Promise<void> {
  await db.execute(sql`
    update officer_role set peran = ${peran}, kegiatan_id = ${kegiatanId}, lembaga = 'Bawaslu Contoh', jabatan = 'Ketua'
    where officer_id = ${officerId}::uuid`);
}

/** Says that they know of all that has changed about officers. */
async function informed(office: Office): Promise<void> {
  const [row] = await db.execute<{ id: number }>(
    sql`select coalesce(max(id), 0)::int as id from officer_change`,
  );
  const done = await changeOfficers(house, office, { tindakan: 'periksa', sampai: row!.id });
  expect(done).toMatchObject({ ok: true });
}

test('an organiser that has just come is told three steps, and to prepare a second officer', async () => {
  const office = await found(house, { nama: 'Kantor Baru' });
  const shown = await read(office);
  expect(shown).toContain('Kantor Baru Petugas Pertama (penyelenggara)');
  expect(shown).toContain(
    'Menunggu Anda Siapkan petugas kedua Mencabut ikrar yang keliru perlu dua petugas.',
  );
  expect(shown).toContain('Tiga langkah pertama Buat kegiatan');
  expect(shown).not.toContain('Sedang dibuka');
});

describe('what waits', () => {
  let first: Office;
  let second: Office;
  let guard: Office;
  let desk: Office;
  beforeAll(async () => {
    first = await found(house, { nama: 'Kantor Menunggu' });
    second = await join(house, first, 'Petugas Kedua');
    guard = await join(house, first, 'Pengawas Contoh');
    await inRole(guard, 'pengawas');
    desk = await join(house, first, 'Meja Contoh');
    for (const one of [first, second, guard, desk]) await informed(one);
  });

  test('nothing: one calm sentence', async () => {
    expect(await read(first)).toContain('Tidak ada yang menunggu Anda sekarang.');
    expect(await page(first)).not.toContain('class="tasks"');
  });

  test('a withdrawal waits for the other one, for who asked, and is told to who watches', async () => {
    const cast = await openCast(db, { of: first, judul: 'Deklarasi yang Dicabut' });
    await inRole(desk, 'petugas', cast.kegiatanId);
    await hasSigned(services, cast.siti);
    await services.publish();
    const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
    expect(await asks(house, first, place)).toMatchObject({ ok: true });
    const there = `href="/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.siti}/pencabutan"`;

    expect(await read(first)).toContain(
      'Pengajuan Anda menunggu petugas lain: ikrar Hj. Siti Contoh, S.Sos., M.AP. Minta petugas lain masuk',
    );
    expect(await read(second)).toContain(
      'Pencabutan ikrar Hj. Siti Contoh, S.Sos., M.AP. menunggu Anda Diajukan Petugas Pertama,',
    );
    expect(await page(second)).toContain(there);
    expect(await read(guard)).toContain(
      'Perlu diperhatikan Pencabutan ikrar Hj. Siti Contoh, S.Sos., M.AP. menunggu petugas kedua',
    );
    expect(await read(desk)).not.toContain('Pencabutan');

    // With a passkey that is new, one doesn't count yet.
    await db.execute(
      sql`update officer_credential set at = now() where officer_id = ${second.officerId}::uuid`,
    );
    expect(await read(second)).toContain(
      'belum dapat Anda setujui Diajukan Petugas Pertama. Anda atau kunci Anda masih baru.',
    );
    await db.execute(sql`
      update officer_credential set at = now() - interval '2 days' where officer_id = ${second.officerId}::uuid`);
    await db.execute(sql`update withdrawal_request set ended_at = now() where ended_at is null`);
    expect(await read(second)).not.toContain('menunggu Anda Diajukan');
    await db.execute(sql`delete from invitation`);
    await toStage(db, cast.kegiatanId, first.officerId, 'ditutup');
  });

  test('who came and what they did is told by name, once', async () => {
    await changeOfficers(house, second, { tindakan: 'undang', nama: 'Dewi Baru' });
    const shown = await read(first);
    expect(shown).toContain('Petugas Kedua membuat undangan untuk Dewi Baru.');
    expect(shown.match(/Ada perubahan petugas/g)).toHaveLength(1);
    expect(await read(guard)).toContain('Dewi Baru');
    // Elsewhere in the office the frame says it.
    expect(words(await (await get(house, '/kantor/naskah', first.cookie)).text())).toContain(
      'Ada perubahan petugas',
    );
    await inRole(desk, 'petugas');
    for (const one of [first, guard, desk]) await informed(one);
    expect(await read(first)).toContain('Tidak ada yang menunggu Anda sekarang.');

    // Hours before it lapses unused, who may invite is told.
    await db.execute(
      sql`update officer_invitation set at = now() - interval '45 hours', expires_at = now() + interval '3 hours' where nama = 'Dewi Baru'`,
    );
    expect(await read(first)).toContain('Undangan untuk Dewi Baru belum dipakai Berlaku sampai');
    expect(await read(guard)).not.toContain('Dewi Baru');
    await db.execute(sql`update officer_invitation set ended_at = now() where nama = 'Dewi Baru'`);
  });

  test('papers that are stuck, the deadline that comes, cards that are missing: to whom it may concern', async () => {
    const cast = await openCast(db, { of: first, judul: 'Deklarasi Hari Ini' });
    await inRole(desk, 'petugas', cast.kegiatanId);
    await hasSigned(services, cast.siti);
    await services.publish();
    const here = `/kantor/kegiatan/${cast.kegiatanId}`;
    expect(await read(first)).toContain(
      '2 orang belum punya kartu undangan Deklarasi Hari Ini Buat kartunya',
    );
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(first));
    expect(await read(first)).not.toContain('belum punya kartu');
    // One who was renamed holds a card that opens nothing.
    await db.execute(sql`update person set nama = 'Budi Lain' where id = ${cast.budi}::uuid`);
    expect(await read(desk)).toContain('1 orang belum punya kartu undangan');
    expect(await read(guard)).not.toContain('kartu');

    expect(await read(first)).not.toContain('belum jadi');
    await db.execute(sql`update document_due set at = now() - interval '3 minutes'`);
    await db.execute(sql`
      update kegiatan set batas = now() + interval '5 hours', kontak_nama = '', kontak_nomor = ''
      where id = ${cast.kegiatanId}`);
    const shown = await read(first);
    expect(shown).toContain(
      '1 dokumen PDF belum jadi Deklarasi Hari Ini Tanda tangannya sudah tercatat dan sah.',
    );
    expect(shown).toMatch(
      /3 orang belum menandatangani Deklarasi Hari Ini Batas waktu .* Ingatkan mereka sekarang\./,
    );
    expect(shown).toContain('Narahubung belum diisi');
    expect(await page(first)).toContain(`href="${here}/daftar?status=belum"`);

    const watched = await read(guard);
    expect(watched).toContain('1 dokumen PDF belum jadi');
    expect(watched).toContain('3 orang belum menandatangani');
    for (const call of ['Ingatkan mereka', 'Narahubung', 'kartu', 'Buat kegiatan'])
      expect(watched).not.toContain(call);
    const atDesk = await read(desk);
    expect(atDesk).toContain('3 orang belum menandatangani');
    for (const none of ['dokumen PDF', 'Narahubung', 'Buat kegiatan', 'Deklarasi yang Dicabut'])
      expect(atDesk).not.toContain(none);

    await db.execute(
      sql`update kegiatan set batas = now() - interval '1 hour' where id = ${cast.kegiatanId}`,
    );
    await db.execute(
      sql`delete from kegiatan_naskah where kegiatan_id = ${cast.kegiatanId} and unsur = 'lurah/camat'`,
    );
    const late = await read(first);
    expect(late).toContain('Batas waktu sudah lewat Deklarasi Hari Ini');
    expect(late).toContain(
      'Naskah belum dipilih untuk lurah/camat Deklarasi Hari Ini Mereka belum dapat menandatangani.',
    );
    await db.execute(sql`delete from document_due`);
    await toStage(db, cast.kegiatanId, first.officerId, 'ditutup');
    expect(await read(first)).toContain('Tidak ada yang menunggu Anda sekarang.');
  });

  test('a witness that hasn’t countersigned for an hour is named, to those who oversee all', async () => {
    services.witnesses = [
      { name: 'saksi.example/satu', key: 'saksi.example/satu+01000000+AA' },
      { name: 'saksi.example/dua', key: 'saksi.example/dua+02000000+AA' },
    ];
    expect(await read(first)).not.toContain('saksi.example');
    const line = `— saksi.example/dua ${Buffer.alloc(76, Buffer.of(2, ...Array(75).fill(0))).toString('base64')}\n`;
    await db.execute(sql`update checkpoint set at = now() - interval '2 hours'`);
    await db.execute(sql`
      insert into cosignature (size, key, line) select max(size), 'saksi.example/dua+02000000+AA', ${line} from checkpoint`);
    const shown = await read(first);
    expect(shown).toContain('Saksi catatan saksi.example/satu lebih dari satu jam tidak menandatangani');
    expect(shown).not.toContain('saksi.example/dua');
    expect(await read(guard)).toContain('saksi.example/satu');
    expect(await read(desk)).not.toContain('saksi.example');
    // What was published a moment ago it may yet see.
    await db.execute(sql`update checkpoint set at = now()`);
    expect(await read(first)).not.toContain('saksi.example');
    services.witnesses = [];
  });

  test('a task of an open event is never folded away, and titles are told whole', async () => {
    const busy = await found(house, { nama: 'Kantor Sibuk' });
    const title = (n: number) => `DeklarasiNetralitasTanpaSpasi${'Panjang'.repeat(9)}${n}`;
    for (const n of [1, 2, 3, 4, 5, 6])
      await openCast(db, { of: busy, judul: title(n), tahap: n < 5 ? 'dibuka' : 'disiapkan' });
    await db.execute(sql`
      update kegiatan set kontak_nama = '', kontak_nomor = '', batas = now() + interval '5 hours'
      where organizer_id = ${busy.organizerId}`);
    const [unfolded, folded] = (await page(busy)).split(/<summary>\d+ lainnya/);
    for (const n of [1, 2, 3, 4]) {
      const told = new RegExp(`Narahubung belum diisi</a><div class="below">${title(n)}</div>`);
      expect(unfolded).toMatch(told);
    }
    for (const n of [5, 6]) expect(folded).toContain(title(n));
    expect(folded).toContain('Siapkan petugas kedua');
  });

  test('whose only role is saksi reads what they are here for beside what is new', async () => {
    const witness = await join(house, first, 'Saksi Contoh');
    await inRole(witness, 'saksi');
    await changeOfficers(house, witness, { tindakan: 'tautan-kunci' });
    await db.execute(
      sql`update officer set at = now() - interval '1 day' where id = ${witness.officerId}::uuid`,
    );
    const shown = await read(witness);
    expect(shown).toContain('Ada perubahan petugas atau kunci sandi');
    expect(shown).toContain('Anda di sini sebagai saksi. Belum ada yang perlu Anda tandatangani.');
    expect(shown).not.toContain('Tidak ada yang menunggu Anda');
    for (const one of [first, second, guard]) await informed(one);
  });

  test('a petugas waits for the penyelenggara, and is not told to do what they may not', async () => {
    const event = await makeEvent(db, { of: first, event: { judul: 'Deklarasi Kosong' } });
    await inRole(desk, 'petugas', event.kegiatanId);
    const here = `/kantor/kegiatan/${event.kegiatanId}`;
    const cards = async (cookie: string) => words(await (await get(house, `${here}/kartu`, cookie)).text());
    for (const path of [here, `${here}/daftar`, `${here}/kartu`, `${here}/kartu.pdf`]) {
      const shown = words(await (await get(house, path, desk.cookie)).text());
      expect(shown, path).toContain('Tunggu penyelenggara mengisi daftar nama.');
      expect(shown, path).not.toMatch(/Isi nama|Isi daftar|Buka daftar nama|Unggah/);
    }
    expect(await cards(first.cookie)).toContain('Buka daftar nama');
    expect(await cards(first.cookie)).not.toContain('Tunggu penyelenggara');
    const watched = words(await (await get(house, here, guard.cookie)).text());
    expect(watched).not.toContain('Tunggu');

    const ready = await openCast(db, { of: first, judul: 'Deklarasi Siap', tahap: 'disiapkan' });
    const there = `/kantor/kegiatan/${ready.kegiatanId}`;
    await inRole(desk, 'petugas', ready.kegiatanId);
    const next = async () => words(await (await get(house, there, desk.cookie)).text());
    expect(await next()).toContain('Belum dibuka Tunggu penyelenggara membuka kegiatan ini.');
    await db.execute(sql`delete from kegiatan_naskah where kegiatan_id = ${ready.kegiatanId}`);
    expect(await next()).toContain('Tunggu penyelenggara memilih naskah.');
    await toStage(db, ready.kegiatanId, first.officerId, 'ditutup');
  });

  test('saksi and piket are told what they are here for, and see no event', async () => {
    await inRole(desk, 'saksi');
    const shown = await read(desk);
    expect(shown).toContain('Meja Contoh (saksi) Ketua, Bawaslu Contoh');
    expect(shown).toContain('Anda di sini sebagai saksi.');
    expect(shown).not.toContain('Deklarasi');
    await inRole(desk, 'piket');
    expect(await read(desk)).toContain('Anda di sini sebagai petugas piket.');
    expect(await angka(desk)).toMatchObject({ kegiatan: [] });
    await db.execute(
      sql`update officer_role set ended_at = now() where officer_id = ${desk.officerId}::uuid`,
    );
    expect(await read(desk)).toContain('Anda tidak punya peran di kantor ini.');
  });
});

describe('figures', () => {
  let office: Office;
  beforeAll(async () => {
    office = await found(house, { nama: 'Kantor Angka' });
  });

  test('open first, large; the same as data; what is closed is folded once it is much', async () => {
    const cast = await openCast(db, { of: office, judul: 'Deklarasi Terbuka' });
    await makeEvent(db, { of: office, event: { judul: 'Deklarasi Disiapkan', tanggal: '2027-01-01' } });
    await openCast(db, { of: office, judul: 'Deklarasi Selesai', tahap: 'ditutup' });
    await hasSigned(services, cast.siti);
    await services.publish();
    const shown = await read(office);
    expect(shown).toContain('Deklarasi Terbuka 1 dari 4 sudah menandatangani ( 25%) 3 belum menandatangani.');
    expect(shown).toMatch(/Diperbarui \d\d\.\d\d WIB/);
    const places = ['Sedang dibuka', 'Sedang disiapkan', 'Sudah ditutup'].map((one) => shown.indexOf(one));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);

    const given = await angka(office);
    expect(given.per).toMatch(/^Diperbarui \d\d\.\d\d WIB$/);
    expect(given.kegiatan.find(({ id }) => id === cast.kegiatanId)).toEqual({
      id: cast.kegiatanId,
      sudah: '1',
      wajib: '4',
      persen: '25%',
      belum: '3 belum menandatangani.',
      nilai: 1,
      dari: 4,
      kabar: 'Deklarasi Terbuka: 1 dari 4 sudah menandatangani.',
    });
    expect(JSON.stringify(given)).not.toContain('Budi');

    for (const n of [1, 2, 3]) await openCast(db, { of: office, judul: `Arsip ${n}`, tahap: 'ditutup' });
    expect(await page(office)).toContain('<summary>4 kegiatan sudah ditutup</summary>');
  });

  test('whose pledge was withdrawn is not awaited: the same numbers here, at the event, in what waits and as data', async () => {
    const mine = await found(house, { nama: 'Kantor Cabut' });
    const other = await join(house, mine, 'Petugas Kedua');
    const cast = await openCast(db, { of: mine, judul: 'Deklarasi Dicabut' });
    const { row } = await hasSigned(services, cast.siti);
    await hasSigned(services, cast.ratna);
    await services.publish();
    const at = { kegiatanId: cast.kegiatanId, personId: cast.siti };
    await withdraw(house, [mine, other], at, row.kode);
    await services.publish();
    await db.execute(
      sql`update kegiatan set batas = now() + interval '5 hours' where id = ${cast.kegiatanId}`,
    );
    const told = '2 belum menandatangani. 1 ikrarnya dicabut.';
    expect(await read(mine)).toContain(`Deklarasi Dicabut 1 dari 4 sudah menandatangani ( 25%) ${told}`);
    expect(await read(mine)).toContain('2 orang belum menandatangani Deklarasi Dicabut');
    expect((await angka(mine)).kegiatan[0]).toMatchObject({ sudah: '1', wajib: '4', belum: told });
    const here = `/kantor/kegiatan/${cast.kegiatanId}`;
    const shown = async (path: string) => words(await (await get(house, path, mine.cookie)).text());
    expect(await shown(here)).toContain('1 ikrarnya dicabut dan belum menandatangani lagi.');
    expect(await shown(`${here}/penutupan`)).toContain('2 dari 4 belum menandatangani');
    await post(house, `${here}/penutupan`, mine.cookie);
    expect(await shown(here)).toContain(told);
    expect(await shown(`${here}/pembukaan`)).toContain('Juga 1 orang yang ikrarnya dicabut.');
    // Nobody is left but who was withdrawn.
    await db.execute(
      sql`update kegiatan set batas = now() + interval '5 hours' where id = ${cast.kegiatanId}`,
    );
    await post(house, `${here}/pembukaan`, mine.cookie);
    for (const who of [cast.budi, cast.vacant]) {
      const versi = String(await people.version(db, cast.kegiatanId));
      await post(house, `${here}/daftar/${who}/keluar`, mine.cookie, { versi, alasan: 'Jabatan dihapus' });
    }
    expect((await angka(mine)).kegiatan[0]).toMatchObject({ wajib: '2', belum: '1 ikrarnya dicabut.' });
    expect(await read(mine)).not.toContain('orang belum menandatangani');
    // Who signs again is withdrawn no more.
    await hasSigned(services, cast.siti);
    await services.publish();
    expect((await angka(mine)).kegiatan[0]).toMatchObject({
      sudah: '2',
      belum: 'Semua sudah menandatangani.',
    });
  });

  test('whether the page around the figures still holds: another mark with whatever else it shows, the same for figures', async () => {
    const mine = await found(house, { nama: 'Kantor Tanda' });
    const open = await openCast(db, { of: mine, judul: 'Deklarasi Bertanda' });
    const ready = await openCast(db, { of: mine, judul: 'Deklarasi Bersiap', tahap: 'disiapkan' });
    const markOn = async () => / data-tanda="([^"]*)"/.exec(await page(mine))![1];
    const loaded = await markOn();
    expect(await page(mine)).toContain(` data-siapa="${mine.officerId}"`);
    expect(await angka(mine)).toMatchObject({ siapa: mine.officerId, tanda: loaded });
    await db.execute(sql`update tally set sudah = sudah + 1 where kegiatan_id = ${open.kegiatanId}`);
    expect((await angka(mine)).tanda).toBe(loaded);
    const changes = [
      sql`update kegiatan set judul = 'Judul Lain' where id = ${open.kegiatanId}`,
      sql`update kegiatan set batas = now() + interval '5 hours' where id = ${open.kegiatanId}`,
      sql`update kegiatan set batas = now() - interval '5 hours' where id = ${open.kegiatanId}`,
      sql`update kegiatan set kontak_nama = '', kontak_nomor = '' where id = ${open.kegiatanId}`,
      sql`update tally set wajib = wajib + 1 where kegiatan_id = ${ready.kegiatanId}`,
      sql`update officer_role set peran = 'pengawas', lembaga = 'Bawaslu Contoh', jabatan = 'Ketua'
        where officer_id = ${mine.officerId}::uuid`,
    ];
    let before = loaded;
    for (const change of changes) {
      await db.execute(change);
      const { tanda } = await angka(mine);
      expect(tanda).not.toBe(before);
      expect(await markOn()).toBe(tanda);
      before = tanda;
    }
    // What waits is as old as the page, and says so.
    expect(await read(mine)).toMatch(/sekarang\. Per \d\d\.\d\d WIB/);
  });

  test('another organiser’s events are nowhere', async () => {
    const other = await found(house, { nama: 'Kantor Lain' });
    expect(await read(other)).not.toContain('Deklarasi');
    expect((await angka(other)).kegiatan).toEqual([]);
  });

  test('asking for them keeps no session running', async () => {
    const idle = async () => {
      const [row] = await db.execute<{ idle: number }>(sql`
        select extract(epoch from now() - seen_at)::int as idle from officer_session where officer_id = ${office.officerId}::uuid`);
      return row!.idle;
    };
    const wait = (minutes: number) =>
      db.execute(sql`
        update officer_session set seen_at = now() - make_interval(mins => ${minutes}::int)
        where officer_id = ${office.officerId}::uuid`);
    await wait(10);
    expect((await get(house, '/kantor/angka', office.cookie)).status).toBe(200);
    expect(await idle()).toBeGreaterThanOrEqual(600);
    await page(office);
    expect(await idle()).toBeLessThan(60);
    await wait(16);
    const headers = { cookie: office.cookie, accept: 'application/json' };
    expect((await house.request('/kantor/angka', { headers })).status).toBe(401);
    await wait(0);
  });

  test('as many statements for thirty events as for one', async () => {
    const { $client } = services.db as unknown as { $client: { unsafe: (...given: unknown[]) => unknown } };
    const count = async (path: string): Promise<number> => {
      const spy = vi.spyOn($client, 'unsafe');
      expect((await get(house, path, office.cookie)).status).toBe(200);
      const texts = spy.mock.calls.map(([text]) => String(text));
      spy.mockRestore();
      // The door asks whose session it is, and the frame whether the ledger stands still.
      return texts.filter(
        (text) => !/officer_session|ledger_standing|from "?(?:tree|checkpoint|objection|leaf)"?\b/.test(text),
      ).length;
    };
    const few = [await count('/kantor'), await count('/kantor/angka')];
    await db.execute(sql`
      insert into kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by)
      select 'banyak' || n, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by
      from kegiatan cross join generate_series(1, 30) n where judul = 'Deklarasi Disiapkan'`);
    expect([await count('/kantor'), await count('/kantor/angka')]).toEqual(few);
    // Figures, what waits of events and of the office, totals of the areas within.
    expect(few[0]).toBeLessThanOrEqual(4);
    expect(few[1]).toBe(1);
    // Eight at once; the rest is there, folded.
    expect(await read(office)).toMatch(/\d+ lainnya/);
  });
});

describe('areas within', () => {
  let province: Office;
  let kobar: Office;
  beforeAll(async () => {
    province = await found(house, { nama: 'Kesbangpol Provinsi Contoh', wilayah: '62' });
    kobar = await found(house, { nama: 'Kesbangpol Kobar Contoh', wilayah: '62.01' });
    await db.execute(sql`delete from tally`);
    for (const of of [province, kobar]) {
      const cast = await openCast(db, { of, judul: of === kobar ? 'Deklarasi Kobar' : 'Apel Provinsi' });
      await hasSigned(services, cast.siti);
    }
    await services.publish();
    await openCast(db, { of: kobar, judul: 'Belum Dibuka', tahap: 'disiapkan' });
    await found(house, { nama: 'Kesbangpol Seruyan Contoh', wilayah: '62.07' });
  });

  test('a province sees what its kabupaten add up to: its own events are not told twice, and nobody is named', async () => {
    const shown = await read(province);
    expect(shown).toContain('Kabupaten dan kota di wilayah ini');
    expect(shown).toContain('Kabupaten Kotawaringin Barat 1 dari 4 25%');
    expect(shown).toContain('Kabupaten Seruyan Belum ada yang dibuka 0% 0');
    expect(shown).toContain('Apel Provinsi');
    for (const none of ['Deklarasi Kobar', 'Belum Dibuka', 'Budi', 'Siti', 'Ratna', 'Kesbangpol Kobar'])
      expect(shown).not.toContain(none);
  });

  test('the same to download', async () => {
    const response = await get(house, '/kantor/wilayah.csv', province.cookie);
    expect(response.headers.get('content-disposition')).toMatch(/filename="jumlah-62-\d{4}-\d\d-\d\d\.csv"/);
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('Kode;Wilayah;Kegiatan yang pernah dibuka;Wajib;Sudah;Persen');
    expect(lines.find((line) => line.includes('Kotawaringin Barat'))).toMatch(
      /^'62\.01;Kabupaten Kotawaringin Barat;\d+;4;1;25%$/,
    );
    expect(lines).toContain("'62.07;Kabupaten Seruyan;0;0;0;0%");
  });

  test('a kabupaten sees no other; who may not read recaps sees no totals', async () => {
    expect(await read(kobar)).not.toContain('di wilayah ini');
    const helper = await join(house, province, 'Meja Provinsi');
    await inRole(helper, 'petugas');
    expect(await read(helper)).not.toContain('di wilayah ini');
    expect((await get(house, '/kantor/wilayah.csv', helper.cookie)).status).toBe(403);
    await inRole(helper, 'pengawas');
    expect(await read(helper)).toContain('Kabupaten dan kota di wilayah ini');
    expect((await get(house, '/kantor/wilayah.csv', helper.cookie)).status).toBe(200);
  });
});

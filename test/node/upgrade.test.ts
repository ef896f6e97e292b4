/** A database of any earlier release, with pledges in it, becomes one of today: what was signed is listed, and signing goes on. */
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { parseLeaf } from '../../src/ledger/leaf.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { memoryMirror, publish } from '../../src/ledger/publish.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { readingsOf } from '../../src/lib/readings.ts';
import { prepare } from '../../src/node/prepare.ts';
import * as rights from '../../src/rights.ts';
import * as lists from '../../src/signature/lists.ts';
import { newCode } from '../../src/statement/code.ts';
import { hasSigned } from '../cast.ts';
import { WORDING } from '../event.ts';
import { asService as asServiceUrl } from '../faults/door.ts';
import { openHouse } from '../house.ts';
import * as naive from '../ledger/naive.ts';
import { shapeOf } from './shape.ts';

/** The migrations as they were while they held the functions too. Never changed again. */
const FOLDER = 'test/node/releases';
const JOURNAL = JSON.parse(readFileSync(join(FOLDER, 'meta/_journal.json'), 'utf8')) as {
  entries: { tag: string }[];
};
const tagsTo = (tag: string) =>
  JOURNAL.entries.slice(0, JOURNAL.entries.findIndex((entry) => entry.tag === tag) + 1);

/** Each after which the service could be started: the first had all up to 0004. */
const RELEASES = JOURNAL.entries.map(({ tag }) => tag).filter((tag) => tag >= '0004');

/** A database as a release has left it. */
async function become(url: string, tag: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-release-'));
  const { db, end } = connect(url, { max: 1, limits: null });
  try {
    await cp(FOLDER, folder, { recursive: true });
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...JOURNAL, entries: tagsTo(tag) }));
    await migrate(db, { migrationsFolder: folder });
  } finally {
    await end();
    await rm(folder, { recursive: true });
  }
}

const KEGIATAN = 'deklarasi-contoh';
const OFFICER = 'aaaaaaaa-0000-4000-8000-000000000001';
const [SITI, BUDI, RATNA] = [1, 2, 3].map((n) => `bbbbbbbb-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];

/**
 * An open event with three on its list. Columns and functions that every release had, written out: today's keepers know
 * columns that weren't there.
 */
async function fill(db: Db): Promise<void> {
  await db.execute(sql`
    insert into wilayah (kode, nama, jenis, induk, berlaku_sejak) values
      ('62', 'Kalimantan Tengah', 'provinsi', null, '2025-04-25'),
      ('62.01', 'Kabupaten Kotawaringin Barat', 'kabupaten', '62', '2025-04-25'),
      ('62.01.01', 'Kumai', 'kecamatan', '62.01', '2025-04-25'),
      ('62.01.01.1013', 'Kumai Hilir', 'kelurahan', '62.01.01', '2025-04-25'),
      ('62.01.01.2004', 'Keraya', 'desa', '62.01.01', '2025-04-25'),
      ('62.01.01.2008', 'Sungai Kapitan', 'desa', '62.01.01', '2025-04-25')`);
  await db.execute(
    sql`insert into organizer (id, nama, wilayah) values ('kesbangpol', 'Kesbangpol Contoh', '62.01')`,
  );
  await db.execute(
    sql`insert into officer (id, organizer_id, nama) values (${OFFICER}::uuid, 'kesbangpol', 'Petugas')`,
  );
  await db.execute(sql`
    insert into kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by)
    values (${KEGIATAN}, 'kesbangpol', 'Deklarasi Contoh', 'pilkada', 'Aula Contoh', '2026-11-23', 'WIB', '2999-01-01',
      '800/{urut}/IKRAR', ${OFFICER}::uuid)`);
  for (const [id, unsur] of [
    ['kades-pilkada', 'kepala desa'],
    ['lurah-pilkada', 'lurah/camat'],
  ]) {
    await db.execute(sql`
      with version as (select add_wording(${id!}, null, ${unsur!}, 'pilkada', ${WORDING}, true, null) as versi)
      insert into kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
      select ${KEGIATAN}, ${unsur!}, ${id!}, versi from version`);
  }
  const list = [
    `kepala desa 62.01.01.2008\tkepala desa\t62.01.01.2008\t\t\tSiti Contoh\t\tKepala Desa\t\t`,
    `kepala desa 62.01.01.2004\tkepala desa\t62.01.01.2004\t\t\tBudi\t\tKepala Desa\t\t`,
    `lurah/camat 62.01.01.1013\tlurah/camat\t62.01.01.1013\t\t\tRatna Contoh\t\tLurah\t\t`,
  ].join('\n');
  await db.execute(sql`select import_roster(${KEGIATAN}, ${OFFICER}::uuid, 0, ${list}, 'uji')`);
  for (const [nama, id] of [
    ['Siti Contoh', SITI],
    ['Budi', BUDI],
    ['Ratna Contoh', RATNA],
  ]) {
    await db.execute(
      sql`update person set id = ${id!}::uuid where kegiatan_id = ${KEGIATAN} and nama = ${nama!}`,
    );
  }
  await db.execute(sql`select open_event(${KEGIATAN}, ${OFFICER}::uuid, null)`);
}

/** A pledge as any release left it, with its entry. Returns the hash of its statement, in hexadecimal. */
async function signedThen(db: Db, personId: string, nama: string): Promise<string> {
  const kode = newCode();
  const [row] = await db.execute<{ hash: string }>(sql`
    with key as (
      insert into signer_credential (id, person_id, spki, user_handle, counter, backup_eligible, transports, nama, nip)
      values (convert_to(${kode}, 'UTF8'), ${personId}::uuid, '', '', 0, true, '{}', ${nama}, '') returning id)
    insert into signature (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur,
      nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash,
      leaf_id)
    select sha256(convert_to(${kode}, 'UTF8')), ${kode}, ${kode}, p.id, p.kegiatan_id, 'x', p.nama, p.nama,
      p.jabatan, p.unsur, p.nomor, p.wilayah, w.nama || ', Kumai', key.id, '', '', '', '', '',
      append_leaf('tanda-tangan', array['pernyataan sha256:00'])
    from key, person p join wilayah w on w.kode = p.wilayah where p.id = ${personId}::uuid
    returning encode(hash, 'hex') as hash`);
  return row!.hash;
}

/** Its paper. */
async function sealedThen(db: Db, tag: string, hash: string): Promise<void> {
  const unstamped = tag < '0007' ? sql`` : sql`, true`;
  await db.execute(sql`select keep_document(decode(${hash}, 'hex'), 'pdf', sha256('pdf')${unstamped})`);
}

/** Its withdrawal, from 0005 on. */
async function withdrawnThen(db: Db, hash: string): Promise<void> {
  await db.execute(sql`
    with asked as (
      insert into withdrawal_request (id, hash, statement, by, authenticator_data, client_data_json, signature, spki)
      values (gen_random_uuid(), decode(${hash}, 'hex'), 'x', ${OFFICER}::uuid, '', '', '', 'a') returning id)
    insert into withdrawal (hash, request_id, by, authenticator_data, client_data_json, signature, spki, leaf_id)
    select decode(${hash}, 'hex'), id, gen_random_uuid(), '', '', '', 'b',
      append_leaf('pencabutan', array['pernyataan sha256:00']) from asked`);
}

/** How many rows each table has of what people did. */
const rowsOf = (db: Db) =>
  db.execute(sql`
    select (select count(*) from signature) as signatures, (select count(*) from person) as people,
      (select count(*) from document) as papers, (select count(*) from leaf where entry not like '%jenis naskah%') as entries,
      (select sum(sudah) from area_tally where wilayah = '') as counted, (select encode(root, 'hex') from tree) as root`);

async function withDatabase(run: (url: string, db: Db) => Promise<void>): Promise<void> {
  const server = inject('postgres');
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = `${server}/${name}`;
  const { db, end } = connect(url, { max: 4 });
  try {
    await run(url, db);
  } finally {
    await end();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}

/** One of today, made at once. */
const house = await openHouse();

test.each(RELEASES)('a database of %s', async (tag) => {
  await withDatabase(async (url, db) => {
    await become(url, tag);
    await fill(db);
    const siti = await signedThen(db, SITI, 'Siti Contoh');
    // A place that will have signed twice. Withdrawals came with 0008: what is before it counts none.
    const ratna = tag >= '0008' ? await signedThen(db, RATNA, 'Ratna Contoh') : null;
    await db.execute(sql`select integrate(100)`);
    await sealedThen(db, tag, siti);
    if (ratna) await withdrawnThen(db, ratna);
    await db.execute(sql`select integrate(100)`);
    // Its entry has no place yet.
    await signedThen(db, BUDI, 'Budi');
    const rows = await rowsOf(db);

    await prepare(url, '.');
    expect(await rowsOf(db)).toEqual(rows);
    expect(await shapeOf(db)).toEqual(await shapeOf(house.db));

    // What follows is done as the service's role, which has its rights with the tables.
    const { db: asService, end } = connect(asServiceUrl(url), { max: 4 });
    await using _ = { [Symbol.asyncDispose]: end };
    expect([await rights.lacking(asService), await rights.changeable(asService)]).toEqual([[], []]);

    const mirror = memoryMirror();
    const then = {
      ...house.services,
      db: asService,
      publish: () => publish(asService, house.services.signer, mirror),
    };
    const names = async () =>
      (await lists.signatories(db, { kegiatan: KEGIATAN })).entries
        .filter(({ dicabut }) => dicabut === null)
        .map((one) => one.namaLengkap);
    expect(await names()).toEqual(['Siti Contoh']);
    for (const typed of ['siti', 'kapitan siti', 'sitti'])
      expect((await lists.search(db, {}, readingsOf(typed))).entries, typed).toHaveLength(1);
    await then.publish();
    expect(await names()).toEqual(['Budi', 'Siti Contoh']);

    await hasSigned(then, RATNA);
    await then.publish();
    expect(await names()).toHaveLength(3);
    expect((await lists.eventById(db, KEGIATAN))!).toMatchObject({ wajib: 3, sudah: 3 });
  });
});

test('entries that waited when time could still go back', async () => {
  await withDatabase(async (url, db) => {
    await become(url, '0008_listing');
    await fill(db);
    await db.execute(sql`select integrate(100)`);
    await signedThen(db, SITI, 'Siti Contoh');
    await signedThen(db, BUDI, 'Budi');
    // The second to be written is the first by its own time, and both are before what has its place.
    await db.execute(sql`
      with early as (
        select l.id, t.at, left(l.entry, -21) || ikrar_time(t.at) || E'\n' as entry
        from signature g join leaf l on l.id = g.leaf_id
        cross join lateral (select g.at - case g.nama when 'Budi' then interval '2 hours' else interval '1 hour' end as at) t),
      signed as (update signature g set at = early.at from early where g.leaf_id = early.id)
      update leaf l set at = early.at, entry = early.entry, hash = sha256('\\x00'::bytea || convert_to(early.entry, 'UTF8'))
      from early where l.id = early.id`);

    await prepare(url, '.');
    const { size } = (await integrate(db)).head;
    const entries = await leaves.entries(db, 0, size);
    const times = entries.map((entry) => parseLeaf(entry).waktu.getTime());
    expect(times).toEqual([...times].sort());
    const hashes = entries.map((entry) => naive.leafOf(utf8(entry)));
    expect(hex((await leaves.head(db)).root)).toBe(hex(naive.mth(hashes)));
    // What is shown of a pledge is the time of its entry.
    const rows = await db.execute<{ nama: string; same: boolean; listed: boolean }>(sql`
      select g.nama, l.entry like '%waktu ' || ikrar_time(g.at) || E'\n' as same, s.at = g.at as listed
      from signature g join leaf l on l.id = g.leaf_id join listing s on s.hash = g.hash order by l.log_index`);
    expect(rows).toEqual([
      { nama: 'Budi', same: true, listed: true },
      { nama: 'Siti Contoh', same: true, listed: true },
    ]);
  });
});

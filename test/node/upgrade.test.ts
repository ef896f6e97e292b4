/** A database of an earlier version, with pledges in it, becomes one of today: what was signed is listed, and signing goes on. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, expect, inject, test } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { parseLeaf } from '../../src/ledger/leaf.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { memoryMirror, publish } from '../../src/ledger/publish.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { prepare } from '../../src/node/prepare.ts';
import * as lists from '../../src/signature/lists.ts';
import { newCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import * as naive from '../ledger/naive.ts';

/** Last migration of the first version. */
const FIRST = '0004_office';

async function migrationsOf(tag: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-drizzle-'));
  afterAll(() => rm(folder, { recursive: true }));
  await cp('drizzle', folder, { recursive: true });
  const path = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] };
  const last = journal.entries.findIndex((entry) => entry.tag === tag);
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  return folder;
}

/** A pledge as the first version left it, with its entry. */
async function signedThen(db: Db, kegiatanId: string, personId: string, nama: string): Promise<void> {
  const kode = newCode();
  await db.execute(sql`
    with key as (
      insert into signer_credential (id, person_id, spki, user_handle, counter, backup_eligible, transports, nama, nip)
      values (convert_to(${kode}, 'UTF8'), ${personId}::uuid, '', '', 0, true, '{}', ${nama}, '') returning id)
    insert into signature (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur,
      nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash,
      leaf_id)
    select sha256(convert_to(${kode}, 'UTF8')), ${kode}, ${kode}, ${personId}::uuid, ${kegiatanId}, 'x', ${nama}, ${nama},
      'Kepala Desa', 'kepala desa', '1', '62.01.01.2008', 'Sungai Kapitan, Kumai', key.id, '', '', '', '', '',
      append_leaf('tanda-tangan', array['pernyataan sha256:00'])
    from key`);
}

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

test('the pledges of the first version', async () => {
  const { services } = await openHouse();
  await withDatabase(async (url, db) => {
    await prepare(url, await migrationsOf(FIRST));
    const cast = await openCast(db);
    await signedThen(db, cast.kegiatanId, cast.siti, 'Siti Contoh');
    await db.execute(sql`select integrate(100)`);
    // Its entry has no place yet.
    await signedThen(db, cast.kegiatanId, cast.budi, 'Budi');

    await prepare(url, 'drizzle');
    const mirror = memoryMirror();
    const then = { ...services, db, publish: () => publish(db, services.signer, mirror) };
    const names = async () =>
      (await lists.signatories(db, { kegiatan: cast.kegiatanId })).entries.map((one) => one.namaLengkap);
    expect(await names()).toEqual(['Siti Contoh']);
    expect((await lists.search(db, {}, ['siti', 'kapitan'])).entries).toHaveLength(1);
    await then.publish();
    expect(await names()).toEqual(['Budi', 'Siti Contoh']);

    await hasSigned(then, cast.ratna);
    await then.publish();
    expect(await names()).toHaveLength(3);
    expect((await lists.eventById(db, cast.kegiatanId))!.sudah).toBe(3);
  });
});

test('entries that waited when time could still go back', async () => {
  await withDatabase(async (url, db) => {
    await prepare(url, await migrationsOf('0008_listing'));
    const cast = await openCast(db);
    await db.execute(sql`select integrate(100)`);
    await signedThen(db, cast.kegiatanId, cast.siti, 'Siti Contoh');
    await signedThen(db, cast.kegiatanId, cast.budi, 'Budi');
    // The second to be written is the first by its own time, and both are before what has its place.
    await db.execute(sql`
      with early as (
        select l.id, t.at, left(l.entry, -21) || ikrar_time(t.at) || E'\n' as entry
        from signature g join leaf l on l.id = g.leaf_id
        cross join lateral (select g.at - case g.nama when 'Budi' then interval '2 hours' else interval '1 hour' end as at) t),
      signed as (update signature g set at = early.at from early where g.leaf_id = early.id)
      update leaf l set at = early.at, entry = early.entry, hash = sha256('\\x00'::bytea || convert_to(early.entry, 'UTF8'))
      from early where l.id = early.id`);

    await prepare(url, 'drizzle');
    const { size } = await integrate(db);
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

/** Budget: "public list, one page". The country's villages sign; the pages of one kabupaten must not feel it. */
import { sql } from 'drizzle-orm';
import { app } from '../src/app.ts';
import { configOf } from '../src/config.ts';
import { connect, type Db } from '../src/db.ts';
import { SYMBOLS } from '../src/lib/base32.ts';
import type { Services } from '../src/services.ts';
import * as areas from '../src/wilayah/load.ts';
import { type Figure, figure, quantile } from './figure.ts';

const FEW = 1000;
const VILLAGES = 83_762;
const MANY = VILLAGES;
const ROUNDS = 5;
const TURNS = 60;

/** The code of the `n`-th pledge of the bench: twelve symbols. */
const SYMBOL = `substr('${SYMBOLS}', 1 + ((n >> %s) & 31)::int, 1)`;
const KODE = [0, 5, 10, 15].map((shift) => SYMBOL.replace('%s', String(shift))).join(' || ');

/**
 * `count` signatures, for the villages of Kotawaringin Barat first, then evenly over the country, and when all have one, for
 * each village once more. Rows as `record_signatures` and `integrate` leave them, but for the tree's hashes.
 */
export async function seed(db: Db, count: number): Promise<void> {
  await db.execute(
    sql`truncate listing_term, search_word, signature, signer_credential, person, tally, area_tally, kegiatan_tahap, kegiatan cascade`,
  );
  await db.execute(sql`delete from leaf where entry like 'bench %'`);
  await db.execute(sql`
    insert into organizer (id, nama, wilayah)
    select 'b-' || replace(w.kode, '.', ''), 'Badan Kesatuan Bangsa dan Politik ' || w.nama, w.kode
    from wilayah w where length(w.kode) = 5 on conflict do nothing`);
  await db.execute(sql`
    insert into kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by)
    select o.id, o.id, 'Deklarasi Netralitas Kepala Desa dan Lurah se-' || w.nama, 'pilkada', 'Aula ' || w.nama,
      date '2026-11-01' + (row_number() over (order by w.kode))::int % 25, 'WIB', '2999-01-01', '{urut}', gen_random_uuid()
    from organizer o join wilayah w on w.kode = o.wilayah where o.id like 'b-%'`);
  await db.execute(sql`
    insert into kegiatan_tahap (kegiatan_id, tahap, by)
    select id, 'dibuka', created_by from kegiatan`);
  await db.execute(sql`
    create temp table bench_village on commit preserve rows as
    select c.*, gen_random_uuid() as person, again,
      row_number() over (order by again, left(c.kode, 5) <> '62.01', c.turn, c.kode) as n
    from (
      select w.kode, w.nama, k.nama as kecamatan, 'b-' || replace(left(w.kode, 5), '.', '') as kegiatan,
        row_number() over (partition by left(w.kode, 2) order by sha256(w.kode::bytea)) as turn
      from wilayah w join wilayah k on k.kode = w.induk where length(w.kode) = 13) c
    cross join generate_series(0, ${Math.ceil(count / VILLAGES) - 1}::int) as again`);
  await db.execute(sql`delete from bench_village where n > ${count}`);
  await db.execute(sql`
    insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan,
      nip, pangkat, unit_kerja, urut, nomor)
    select v.person, v.kegiatan, 'kepala desa ' || v.kode || ' ' || v.again, 1, v.kode, 'kepala desa', '',
      (array['Muhammad', 'Siti', 'Ahmad', 'Budi', 'Ratna', 'Wayan', 'Dewi', 'Agus', 'Nurul', 'Yohanes', 'Rina', 'Joko'])
        [1 + v.n % 12] || ' ' ||
      (array['Saputra', 'Wijaya', 'Hidayat', 'Lestari', 'Siregar', 'Pratama', 'Kusuma', 'Rahman', 'Sihombing', 'Putri',
        'Santoso', 'Ramadhan', 'Nasution', 'Setiawan', 'Anggraini', 'Maulana', 'Gunawan'])[1 + v.n % 17] || ' ' ||
      upper(translate(substr(md5(v.kode || v.again), 1, 1), '0123456789', 'ghijklmnop')) ||
        translate(substr(md5(v.kode || v.again), 2, 5), '0123456789', 'ghijklmnop'),
      'S.Sos.', 'Kepala Desa', '', '', '', v.n, v.n::text
    from bench_village v`);
  await db.execute(sql`
    insert into leaf (entry, hash, log_index)
    select 'bench ' || v.n, sha256((v.kode || v.again)::bytea), v.n + 1000000 from bench_village v`);
  await db.execute(sql`
    insert into signer_credential (id, person_id, spki, user_handle, counter,
      backup_eligible, transports, nama, nip)
    select '\\x00', v.person, '', '', 0, true, '{}', '', '' from bench_village v where v.n = 1`);
  await db.execute(sql`
    insert into signature (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur,
      nomor, wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash,
      leaf_id, at)
    select sha256(p.tempat::bytea), encode(sha256(p.tempat::bytea), 'hex'), ${sql.raw(KODE)} || 'BENCHBEN', p.id, p.kegiatan_id,
      repeat('x', 2000), p.nama, p.nama || ', S.Sos.', p.jabatan, p.unsur, p.nomor, v.kode,
      v.nama || ', ' || v.kecamatan || ', Kabupaten Contoh, Provinsi Contoh', '\\x00', repeat('a', 37)::bytea,
      repeat('c', 200)::bytea, repeat('s', 71)::bytea, repeat('k', 91)::bytea, repeat('e', 32)::bytea, l.id, now()
    from bench_village v join person p on p.id = v.person join leaf l on l.log_index = v.n + 1000000`);
  await db.execute(sql`
    insert into listing (hash, kegiatan_id, wilayah, wilayah_nama, nama, nama_lengkap, jabatan, kode, at, words)
    select hash, kegiatan_id, wilayah, wilayah_nama, nama, nama_lengkap, jabatan, kode, at,
      search_fold(nama || ' ' || split_part(wilayah_nama, ',', 1))
    from signature`);
  await db.execute(sql`
    insert into tally (kegiatan_id, wilayah, wajib, sudah)
    select 'b-' || replace(left(w.kode, 5), '.', ''), left(w.kode, 8), count(*), count(v.n)
    from wilayah w left join bench_village v on v.kode = w.kode where length(w.kode) = 13 group by 1, 2`);
  await db.execute(sql`drop table bench_village`);
  await db.execute(sql`vacuum analyze`);
}

const PAGES: [name: string, path: string][] = [
  ['country', '/daftar'],
  ['province', '/daftar/62'],
  ['kabupaten', '/daftar/62.01'],
  ['kecamatan', '/daftar/62.01.02'],
  ['event', '/daftar/kegiatan/b-6201'],
  ['a name in a kabupaten', '/daftar/62.01?cari=sapu'],
  ['a name in the country', '/daftar?cari=wijaya+siti'],
];

/** `url`: a database with our tables in it, for this alone. */
export async function listFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: 1, limits: null });
  const services = {
    config: configOf('https://bench.example'),
    db,
    halted: async () => null,
  } as Pick<Services, 'config' | 'db' | 'halted'> as Services;
  const open = async (path: string): Promise<void> => {
    const answer = await app.request(path, undefined, services);
    if (!answer.ok) throw new Error(`bench: ${path} answered ${answer.status}`);
    await answer.text();
  };
  const one = () => db.execute(sql`select kode, nama from wilayah where kode = '62.01.01.2008'`);
  /** Milliseconds of each turn. The turns of all pages and of the select alternate. */
  const measure = async (): Promise<Map<string, number[]>> => {
    const times = new Map<string, number[]>();
    const timed = async (name: string, act: () => Promise<unknown>): Promise<void> => {
      const start = performance.now();
      await act();
      times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    };
    for (let warm = 0; warm < 40; warm++) for (const [, path] of PAGES) await open(path);
    for (let turn = 0; turn < TURNS * ROUNDS; turn++) {
      await timed('one', one);
      for (const [name, path] of PAGES) await timed(name, () => open(path));
    }
    return times;
  };
  try {
    await areas.load(db);
    // The same process, warm, measures both.
    await seed(db, FEW);
    await measure();
    const few = await measure();
    await seed(db, MANY);
    const many = await measure();
    const select = quantile(many.get('one')!, 0.5);
    return PAGES.flatMap(([name]) => [
      figure(
        `public list, ${name}: at ${MANY} against ${FEW} signatures`,
        quantile(many.get(name)!, 0.5),
        quantile(few.get(name)!, 0.5),
        'ms',
      ),
      figure(
        `public list, ${name}: p99 at ${MANY} against a single-row select`,
        quantile(many.get(name)!, 0.99),
        select,
        'ms',
      ),
    ]);
  } finally {
    await end();
  }
}

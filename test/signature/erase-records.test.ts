/**
 * An erasure takes the records that were about its holder when they were written, and nobody else's, whatever the rows of the list say
 * by then.
 */
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkTrail } from '../../src/office/check-trail.ts';
import * as records from '../../src/office/records.ts';
import { eraseData, proveHolder } from '../../src/proof/erase-data.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { formatVersion, newAcak } from '../../src/roster/version.ts';
import * as erasures from '../../src/signature/erasures.ts';
import * as pledges from '../../src/signature/pledges.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from '../roster/typed.ts';

const { db, services } = await openHouse();
let office: Cast;
let cast: Cast;
beforeAll(async () => {
  office = await openCast(db);
});
beforeEach(async () => {
  cast = await openCast(db, { of: office });
});

const opens = (perihal: string) =>
  records.opens(services.db, actorOf(cast), {
    tindakan: 'daftar-lihat',
    kegiatanId: cast.kegiatanId,
    perihal,
  });
/** Whether a record is blank, by what it is about; in the order in which they were written. */
async function opened(): Promise<boolean[]> {
  const rows = await db.execute<{ blank: boolean }>(sql`
    select isi = '' as blank from riwayat where kegiatan_id = ${cast.kegiatanId} and tindakan = 'daftar-lihat' order by id`);
  return rows.map(({ blank }) => blank);
}
async function signs(personId: string): Promise<string> {
  const { row } = await hasSigned(services, personId);
  await services.publish();
  return row.kode;
}
const proofOf = async (kode: string) => proveHolder(db, (await pledges.byCode(db, kode))!);
const lurah = (nama: string, nip: string) =>
  `Kode wilayah|Unsur|Nama|NIP/NRP\n62.01.01.1012|lurah/camat|${nama}|${nip}`;
async function brings(lines: string): Promise<void> {
  const asked = { kegiatanId: cast.kegiatanId, within: '62.01' };
  const seen = async () => ({ by: actorOf(cast), seen: await people.version(db, cast.kegiatanId) });
  const done = await importRoster(services.db, asked, { rows: typed(lines), ...(await seen()) });
  if (!done.ok) throw new Error(JSON.stringify(done));
}

test('records of others stay, though the service calls them by the holder’s name', async () => {
  const kode = await signs(cast.siti);
  for (const who of [cast.siti, cast.ratna, cast.budi, cast.vacant]) await opens(who);
  await services.db.execute(sql`
    update person set nama = 'Siti Contoh', nip = '' where kegiatan_id = ${cast.kegiatanId}`);
  await eraseData(db, kode, 'uji');
  expect(await opened()).toEqual([true, false, false, false]);
  expect((await checkTrail(services.db)).differences).toEqual([]);
});

test('nor does a number that the service gives them, or takes from the holder', async () => {
  const kode = await signs(cast.ratna);
  for (const who of [cast.siti, cast.ratna]) await opens(who);
  await services.db.execute(sql`
    update person set nip = case when id = ${cast.siti}::uuid then '198609262015052001' else '' end
    where id in (${cast.siti}::uuid, ${cast.ratna}::uuid)`);
  await eraseData(db, kode, 'uji');
  expect(await opened()).toEqual([false, true]);
});

test('nor another’s number on the row of who has none', async () => {
  const kode = await signs(cast.siti);
  for (const who of [cast.siti, cast.ratna]) await opens(who);
  await services.db.execute(sql`update person set nip = '198609262015052001' where id = ${cast.siti}::uuid`);
  await eraseData(db, kode, 'uji');
  expect(await opened()).toEqual([true, false]);
});

test('nor a version that the service puts in, on the entry of another and of an earlier time', async () => {
  const kode = await signs(cast.siti);
  for (const who of [cast.siti, cast.budi]) await opens(who);
  for (const [versi, fresh] of [
    [0, false],
    [2, true],
  ] as const) {
    const entries = [{ unsur: 'kepala desa', wilayah: '62.01.01.2004', nip: '', nama: 'Siti Contoh' }].map(
      (one) => ({
        ...{ gelarDepan: '', gelarBelakang: '', jabatan: 'Kepala Desa', pangkat: '', unitKerja: '' },
        ...one,
      }),
    );
    const isi = formatVersion({
      kegiatanId: cast.kegiatanId,
      versi,
      acak: newAcak(),
      entries: entries as never,
    });
    await services.db.execute(sql`
      insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by, at)
      select v.kegiatan_id, ${versi}, ${isi}, sha256(convert_to(${isi}, 'UTF8')), case when ${fresh} then append_leaf('daftar',
        array['daftar sha256:' || encode(sha256(convert_to(${isi}, 'UTF8')), 'hex')]) else (
          select l.id from leaf l where l.id not in (select o.leaf_id from roster_version o) order by l.id limit 1) end,
        v.by, '2020-01-01Z'
      from roster_version v where v.kegiatan_id = ${cast.kegiatanId} and v.versi = 1`);
  }
  await eraseData(db, kode, 'uji');
  expect(await opened()).toEqual([true, false]);
});

test('who held the place before keeps what was about them; so does who holds it after', async () => {
  await brings(lurah('Dewi Lestari', '198001012006042001'));
  const [place] = await db.execute<{ id: string }>(sql`
    select id from person where kegiatan_id = ${cast.kegiatanId} and tempat = 'lurah/camat 62.01.01.1012'`);
  await opens(place!.id);
  await brings(lurah('Sri Wahyuni', '197905052005012002'));
  await opens(place!.id);
  const kode = await signs(place!.id);
  await eraseData(db, kode, 'uji');
  expect(await opened()).toEqual([false, true]);
  expect((await checkTrail(services.db)).differences).toEqual([]);
});

describe.each([
  ['by the version that a record names', true],
  ['by clocks, of records from before that', false],
] as const)('order of records and lists, %s', (_, marked) => {
  /** What an earlier release wrote. */
  const unmarked = () =>
    marked ? null : db.execute(sql`update riwayat set versi = null where kegiatan_id = ${cast.kegiatanId}`);
  /** The clock was ahead when the last list was brought in, and isn't any more. */
  const ahead = () =>
    db.execute(sql`
      update leaf set at = at + interval '2 hours' where log_index is null and id = (
        select v.leaf_id from roster_version v where v.kegiatan_id = ${cast.kegiatanId} order by v.versi desc limit 1)`);
  const DEWI = ['Dewi Lestari', '198001012006042001'] as const;
  const SRI = ['Sri Wahyuni', '197905052005012002'] as const;
  const holderOf = ([nama, nip]: typeof DEWI | typeof SRI): erasures.PledgeHolder => ({
    ...{ nama, nip },
    tempat: 'lurah/camat 62.01.01.1012',
  });
  const place = async () => {
    const [row] = await db.execute<{ id: string }>(sql`
      select id from person where kegiatan_id = ${cast.kegiatanId} and tempat = 'lurah/camat 62.01.01.1012'`);
    return row!.id;
  };
  const counted = async (holder: erasures.PledgeHolder) =>
    (await erasures.remains(db, holder)).records.filter(({ judul }) => judul === cast.kegiatanId);

  beforeEach(async () => {
    // An organiser of its own, and a title to know the event by.
    cast = await openCast(db);
    await db.execute(sql`update kegiatan set judul = id where id = ${cast.kegiatanId}`);
  });

  test('a clock that was ahead hides nothing, and what it leaves unsure is told', async () => {
    await brings(lurah(...DEWI));
    await ahead();
    await services.publish();
    await opens(await place());
    await brings(lurah(...SRI));
    await services.publish();
    await opens(await place());
    const kode = await signs(await place());
    await unmarked();
    expect((await proofOf(kode)).ok).toBe(true);
    await eraseData(db, kode, 'uji');
    expect(await opened()).toEqual([false, true]);
    // Between two checkpoints only one holds the place, and clocks don't tell who.
    expect(await counted(holderOf(SRI))).toEqual(marked ? [] : [expect.objectContaining({ count: 1 })]);
    expect((await checkTrail(services.db)).differences).toEqual([]);
  });

  test('nor does it give the former holder what is about the next one', async () => {
    await brings(lurah(...DEWI));
    await services.publish();
    await opens(await place());
    await brings(lurah(...SRI));
    await ahead();
    await opens(await place());
    await services.publish();
    await opens(await place());
    await unmarked();
    // Dewi signs where she still is listed.
    const here = cast;
    cast = await openCast(db, { of: here });
    await brings(lurah(...DEWI));
    const there = cast.kegiatanId;
    const [dewi] = await db.execute<{ id: string }>(sql`
      select id from person where kegiatan_id = ${there} and tempat = 'lurah/camat 62.01.01.1012'`);
    const kode = await signs(dewi!.id);
    cast = here;
    await eraseData(db, kode, 'uji');
    // The second was opened before a checkpoint held the list: that it came after it only its mark tells.
    expect(await opened()).toEqual(marked ? [true, false, false] : [false, false, false]);
    const left = await counted(holderOf(DEWI));
    expect(left).toEqual(marked ? [] : [expect.objectContaining({ count: 2 })]);
  });
});

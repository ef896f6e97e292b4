/** All papers of an event, together: real papers, sealed and in the ledger, in a ZIP that another library reads. */
import { sql } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import * as documents from '../../src/document/documents.ts';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { isWithdrawn, manifestCsv, parseManifest } from '../../src/export/manifest.ts';
import { type Parcel, planParcel, streamPart } from '../../src/export/parcel.ts';
import * as parcels from '../../src/export/parcels.ts';
import { formatStanding } from '../../src/export/standing.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { parseNote } from '../../src/ledger/note.ts';
import { base64 } from '../../src/lib/base64.ts';
import { utf8Text } from '../../src/lib/bytes.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import { eraseData } from '../../src/proof/erase-data.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { found, join, type Office } from '../office/office.ts';
import { withdraw } from '../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services } = house;
const penyelenggara = '62.01 Kantor Contoh';
const allowed = async () => true;
let office: Office;
let second: Office;

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
});

const about = { penyelenggara, judul: 'Deklarasi Netralitas Kepala Desa dan Lurah', zona: 'WIB' } as const;

/** An event at which Siti, Budi and Ratna have signed; the papers of the first two are there. */
async function signedEvent(): Promise<Cast & { codes: string[] }> {
  const cast = await openCast(db, { of: office });
  const codes: string[] = [];
  for (const person of [cast.siti, cast.budi, cast.ratna])
    codes.push((await hasSigned(services, person)).row.kode);
  await services.publish();
  for (const kode of codes.slice(0, 2)) expect((await issuePaper(services, kode)).ok).toBe(true);
  await services.publish();
  return { ...cast, codes };
}

async function planOf(kegiatanId: string, { size, most }: { size?: number; most?: number } = {}) {
  const papers = await parcels.papersOf(db, kegiatanId, size);
  if (!papers) throw new Error('parcel: no such checkpoint');
  return planParcel(papers, about, most);
}

const zipOf = async (parcel: Parcel, part = 1) =>
  new Uint8Array(await new Response(streamPart(db, parcel, part, allowed)).arrayBuffer());

test('papers as they are kept, with a manifest of them, its rows, and who is without one', async () => {
  const { kegiatanId, codes } = await signedEvent();
  const plan = await planOf(kegiatanId);
  const zip = await zipOf(plan);
  expect(zip.length).toBe(plan.parts[0]!.bytes);
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual([
    'manifes.json',
    'manifes.csv',
    '62.01.01.2008 Sungai Kapitan - Hj. Siti Contoh.pdf',
    '62.01.01.2004 Keraya - Budi.pdf',
  ]);
  const manifest = parseManifest(files['manifes.json']!);
  expect(utf8Text(files['manifes.csv']!.slice(3))).toBe(manifestCsv(manifest).slice(1));
  for (const [at, row] of manifest.berkas.entries()) {
    const kept = (await documents.byCode(db, codes[at]!))!;
    expect(files[row.nama]).toEqual(new Uint8Array(kept.pdf));
    expect(row).toMatchObject({ bagian: 1, kode: codes[at], sha256: formatDigest(kept.sha256) });
    expect(row.ukuran).toBe(kept.pdf.length);
    const entries = await db.execute<{ entry: string }>(
      sql`select entry from leaf where log_index in (${row.ikrar}, ${row.segel}) order by log_index`,
    );
    expect(entries.map(({ entry }) => entry.split('\n')[1])).toEqual(['jenis tanda-tangan', 'jenis segel']);
    expect(entries[1]!.entry).toContain(`\npdf ${row.sha256}\n`);
  }
  expect(manifest.belum).toMatchObject([
    { nama: '62.01.01.1013 Kumai Hilir - Ratna Contoh.pdf', kode: codes[2] },
  ]);
  expect(manifest).toMatchObject({ penyelenggara, kegiatan: about.judul, bagian: 1, dihapus: 0 });
});

test('no number of a person, no address of a phone, nothing that the papers’ names don’t say', async () => {
  const { kegiatanId } = await signedEvent();
  const { manifest } = await planOf(kegiatanId);
  const text = JSON.stringify(manifest) + manifestCsv(manifest);
  expect(text).not.toContain('198609262015052001');
  expect(text).not.toContain('S.STP');
});

test('a part fetched again is the same bytes, also while other events go on; and as of a size also while this one does', async () => {
  const { kegiatanId, codes } = await signedEvent();
  const plan = await planOf(kegiatanId);
  const zip = await zipOf(plan);
  await append(db, 5);
  await services.publish();
  expect(await zipOf(await planOf(kegiatanId))).toEqual(zip);

  await issuePaper(services, codes[2]!);
  await services.publish();
  const grown = await planOf(kegiatanId);
  expect(grown.manifest.belum).toEqual([]);
  expect(grown.checkpoint.size).toBeGreaterThan(plan.checkpoint.size);
  // What comes later comes after.
  expect(grown.manifest.berkas.slice(0, 2)).toEqual(plan.manifest.berkas);
  expect(await zipOf(await planOf(kegiatanId, { size: plan.checkpoint.size }))).toEqual(zip);
});

test('in another time zone of the machine the same', async () => {
  const { kegiatanId } = await signedEvent();
  const plan = await planOf(kegiatanId);
  const zone = process.env.TZ;
  try {
    const zips: Uint8Array[] = [];
    for (const [here, east] of [
      ['UTC', 0],
      ['America/Caracas', -4],
      ['Asia/Jakarta', 7],
    ] as const) {
      process.env.TZ = here;
      expect(new Date().getTimezoneOffset() + 60 * east).toBe(0);
      zips.push(await zipOf(plan));
    }
    expect(zips[1]).toEqual(zips[0]);
    expect(zips[2]).toEqual(zips[0]);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('a size that no checkpoint has is none', async () => {
  const { kegiatanId } = await signedEvent();
  const { size } = (await checkpoints.current(db))!;
  for (const wrong of [0, size + 1, size - 1, -1]) {
    expect(await parcels.papersOf(db, kegiatanId, wrong), String(wrong)).toBe(null);
  }
});

test('a paper that isn’t in a published ledger yet isn’t given out', async () => {
  const { kegiatanId, codes } = await signedEvent();
  await issuePaper(services, codes[2]!);
  expect((await planOf(kegiatanId)).manifest.belum).toHaveLength(1);
});

test('in parts that are no larger than they may be, each with the whole manifest', async () => {
  const { kegiatanId } = await signedEvent();
  const most = 120_000;
  const plan = await planOf(kegiatanId, { most });
  expect(plan.manifest.berkas.map(({ bagian }) => bagian)).toEqual([1, 2]);
  const zips = [await zipOf(plan, 1), await zipOf(plan, 2)];
  for (const [at, zip] of zips.entries()) {
    expect(zip.length).toBe(plan.parts[at]!.bytes);
    expect(zip.length).toBeLessThanOrEqual(most);
    const files = unzipSync(zip);
    expect(parseManifest(files['manifes.json']!)).toEqual(plan.manifest);
    expect(Object.keys(files)).toHaveLength(3);
  }
});

test('a withdrawn pledge’s paper lies apart; an erased one is counted', async () => {
  const { kegiatanId, codes, siti } = await signedEvent();
  const before = await planOf(kegiatanId);
  await withdraw(house, [office, second], { kegiatanId, personId: siti }, codes[0]!);
  await services.publish();
  // As of a size at which the ledger didn't show it.
  expect((await planOf(kegiatanId, { size: before.checkpoint.size })).manifest).toEqual(before.manifest);
  const plan = await planOf(kegiatanId);
  expect(plan.manifest.berkas.filter(isWithdrawn).map(({ nama }) => nama)).toEqual([
    'dicabut/62.01.01.2008 Sungai Kapitan - Hj. Siti Contoh.pdf',
  ]);
  expect(Object.keys(unzipSync(await zipOf(plan)))).toContain(
    'dicabut/62.01.01.2008 Sungai Kapitan - Hj. Siti Contoh.pdf',
  );
  await eraseData(db, codes[1]!, 'Permintaan contoh.');
  const after = await planOf(kegiatanId);
  expect(after.manifest).toMatchObject({ dihapus: 1, berkas: [{ kode: codes[0] }] });
  // Of the plan before, the paper is gone: it breaks off.
  await expect(zipOf(plan)).rejects.toThrow('is gone');
});

describe('it breaks off', () => {
  test('if the kept bytes are not those that were sealed', async () => {
    const { kegiatanId, codes } = await signedEvent();
    const plan = await planOf(kegiatanId);
    await db.execute(sql`
      update document set pdf = set_byte(pdf, 900, 65) where hash = (select hash from signature where kode = ${codes[0]!})`);
    await expect(zipOf(plan)).rejects.toThrow('not the one that was sealed');
  });

  test('for who may no longer read', async () => {
    const { kegiatanId } = await signedEvent();
    const read = streamPart(db, await planOf(kegiatanId), 1, async () => false);
    await expect(new Response(read).arrayBuffer()).rejects.toThrow('no longer');
  });

  test('for who goes away: nothing is read any more', async () => {
    const { kegiatanId } = await signedEvent();
    let asked = 0;
    const read = streamPart(db, await planOf(kegiatanId), 1, async () => ++asked > 0);
    const reader = read.getReader();
    await reader.read();
    expect(asked).toBe(1);
    await reader.cancel();
    expect(asked).toBe(1);
    expect((await reader.read()).done).toBe(true);
  });
});

test('of which ledger something is', async () => {
  const current = (await checkpoints.current(db))!;
  const [, size, root] = parseNote(current.note).text.split('\n');
  expect(formatStanding(current)).toBe(`Catatan: ${size} entri, akar ${root}`);
  expect(formatStanding({ size: 1061, root: current.root })).toBe(
    `Catatan: 1.061 entri, akar ${base64(current.root)}`,
  );
  expect(formatStanding(null)).toBe('Catatan: belum ada entri');
});

import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { recapColumns } from '../../src/export/recap.ts';
import * as recaps from '../../src/export/recaps.ts';
import { streamRecap } from '../../src/export/stream.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { parseCsv } from '../../src/lib/csv.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { hasSigned } from '../cast.ts';
import { actorOf, makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from '../roster/typed.ts';

const { db, services } = await openHouse();

const allowed = async () => true;

const rowsOf = async (batches: AsyncGenerator<recaps.Batch>): Promise<string[][]> => {
  const bytes = new Uint8Array(await new Response(streamRecap(batches, allowed)).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const file = parseCsv(bytes, { bytes: 1e8, rows: 1e6, cells: 50 });
  if (!file.ok) throw new Error(file.code);
  expect(file.rows[0]!.cells).toEqual(recapColumns({ full: false }).map(({ name }) => name));
  return file.rows.slice(1).map(({ cells }) => cells);
};

const LIST = `
  Kode wilayah |Unsur      |Gelar depan|Nama |Gelar belakang|Jabatan|NIP/NRP
  62.01.01.2008|kepala desa|H.         |Budi |S.Sos., M.AP. |       |
  62.01.02.1003|lurah      |           |Siti |              |       |198609262015051001
  62.01.01.2007|kepala desa|           |     |              |       |`;

const opened = async (list = LIST) => {
  const event = await makeEvent(db);
  const result = await importRoster(db, event, { rows: typed(list), by: actorOf(event), seen: 0 });
  expect(result.ok).toBe(true);
  await db.execute(sql`select open_event(${event.kegiatanId}, ${event.officerId}::uuid, null)`);
  return { ...event, people: await people.all(db, event.kegiatanId) };
};

test('signatories of an event, and everyone on its list', async () => {
  const event = await opened();
  const siti = event.people.find(({ nama }) => nama === 'Siti')!;
  const { row } = await hasSigned(services, siti.id);

  // Recorded, but not in the ledger yet: not counted anywhere.
  expect(await rowsOf(recaps.signedAt(db, event.kegiatanId))).toEqual([]);
  await integrate(db);
  const signed = await rowsOf(recaps.signedAt(db, event.kegiatanId));
  expect(signed).toHaveLength(1);
  expect(signed[0]!.slice(0, 11)).toEqual([
    '3',
    '62.01.02.1003',
    'Arut Selatan',
    'Mendawai',
    'kelurahan',
    'Siti',
    'Lurah',
    'lurah/camat',
    '••••••••••••••1001',
    '',
    'Sudah',
  ]);
  expect(signed[0]![11]).toMatch(/^20\d\d-\d\d-\d\d \d\d\.\d\d WIB$/);
  expect(signed[0]![14]!.replaceAll('-', '')).toBe(row.kode);

  const all = await rowsOf(recaps.listed(db, event.kegiatanId));
  expect(all.map((cells) => [cells[0], cells[5], cells[10], cells[13]])).toEqual([
    ['1', '', 'Belum', ''],
    ['2', 'H. Budi, S.Sos., M.AP.', 'Belum', ''],
    ['3', 'Siti', 'Sudah', '800/3/IKRAR/BKBP/XI/2026'],
  ]);
});

test('by area: every event of this organiser, none of another, nothing outside', async () => {
  const event = await opened();
  const other = await opened();
  for (const { kegiatanId, people: list } of [event, other]) {
    for (const person of list.filter(({ nama }) => nama !== '')) await hasSigned(services, person.id);
    expect(kegiatanId).not.toBe('');
  }
  await integrate(db);
  const names = async (wilayah: string) =>
    (await rowsOf(recaps.signedIn(db, event.organizerId, wilayah))).map((cells) => [cells[5], cells[15]]);
  expect(await names('62.01')).toEqual([
    ['H. Budi, S.Sos., M.AP.', 'Deklarasi Contoh'],
    ['Siti', 'Deklarasi Contoh'],
  ]);
  expect(await names('62.01.02')).toEqual([['Siti', 'Deklarasi Contoh']]);
  expect(await names('62.01.02.1003')).toEqual([['Siti', 'Deklarasi Contoh']]);
  expect(await names('62.02')).toEqual([]);
});

test('of one area alone, and those who have not signed alone', async () => {
  const event = await opened();
  await hasSigned(services, event.people.find(({ nama }) => nama === 'Siti')!.id);
  await integrate(db);
  const { kegiatanId } = event;
  const places = async (batches: AsyncGenerator<recaps.Batch>) =>
    (await rowsOf(batches)).map((cells) => [cells[0], cells[1], cells[10]]);
  expect(await places(recaps.listed(db, kegiatanId, { outstanding: true }))).toEqual([
    ['1', '62.01.01.2007', 'Belum'],
    ['2', '62.01.01.2008', 'Belum'],
  ]);
  expect(await places(recaps.listed(db, kegiatanId, { area: '62.01.02' }))).toEqual([
    ['3', '62.01.02.1003', 'Sudah'],
  ]);
  expect(await places(recaps.listed(db, kegiatanId, { area: '62.01.02', outstanding: true }))).toEqual([]);
  expect(await places(recaps.signedAt(db, kegiatanId, '62.01.02'))).toHaveLength(1);
  expect(await places(recaps.signedAt(db, kegiatanId, '62.01.01'))).toEqual([]);

  const other = await opened();
  const kumai = { kode: '62.01.01', nama: 'Kumai', wajib: 2, sudah: 0, belum: 2, dicabut: 0 };
  const arut = { kode: '62.01.02', nama: 'Arut Selatan', wajib: 1, sudah: 1, belum: 0, dicabut: 0 };
  const summary = (ids: string[], area: string | null = null) => recaps.summary(db, ids, area);
  const named = (counts: recaps.RecapCount[]) =>
    counts.map((count) => ({ ...count, nama: count.nama.replace(/^Kecamatan /, '') }));
  expect(named(await summary([kegiatanId]))).toEqual([kumai, arut]);
  expect(named(await summary([kegiatanId], '62.01.02'))).toEqual([arut]);
  expect(named(await summary([kegiatanId, other.kegiatanId]))).toEqual([
    { ...kumai, wajib: 4, belum: 4 },
    { ...arut, wajib: 2, belum: 1 },
  ]);
});

test('no full NIP leaves, and no cell that a spreadsheet would run', async () => {
  const event = await opened(`
    Kode wilayah |Unsur |Nama |Jabatan       |NIP/NRP           |Pangkat/Gol|Unit kerja
    62.01        |ASN   |Budi |Analis        |198609262015051001|III/d      |BKPSDM
    62.01        |ASN   |Siti |Analis        |198609262015051002|           |`);
  // No list brings such cells in today; one of before may have.
  await db.execute(sql`update person set jabatan = '=HYPERLINK(1)', pangkat = '+III/d', unit_kerja = '@x', nama = '-' || nama
    where kegiatan_id = ${event.kegiatanId}`);
  const text = await new Response(streamRecap(recaps.listed(db, event.kegiatanId), allowed)).text();
  expect(text).not.toMatch(/\d{12}/);
  for (const cell of text.split(/[;\r\n]+/)) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
  expect(text).toContain(";'=HYPERLINK(1);");
});

/** An event with so many on its list, all of one name. */
async function crowded(count: number) {
  const event = await makeEvent(db);
  const rows = Array.from({ length: count }, (_, at) => ({
    row: at + 2,
    cells: {
      'Kode wilayah': '62.01',
      Unsur: 'TNI',
      Nama: 'Contoh',
      Jabatan: 'Anggota',
      'NIP/NRP': String(100_000 + at),
    },
  }));
  expect((await importRoster(db, event, { rows, by: actorOf(event), seen: 0 })).ok).toBe(true);
  return event;
}

test('many rows come in batches, each once and in order', async () => {
  const count = 2 * recaps.BATCH + 7;
  const event = await crowded(count);
  const sizes: number[] = [];
  const masked = new Set<string>();
  for await (const batch of recaps.listed(db, event.kegiatanId)) {
    sizes.push(batch.length);
    for (const { nip } of batch) masked.add(nip);
  }
  expect(sizes).toEqual([recaps.BATCH, recaps.BATCH, 7]);
  expect(masked.size).toBe(count);
});

test('those who have signed come in batches too, by number, and by area and name', async () => {
  const count = recaps.BATCH + 7;
  const { kegiatanId, organizerId, officerId } = await crowded(count);
  await db.execute(sql`select open_event(${kegiatanId}, ${officerId}::uuid, null)`);
  const [one] = await people.all(db, kegiatanId);
  const { row } = await hasSigned(services, one!.id);
  // The others as copies of that one, each with its own place, code and entry.
  await db.execute(sql`
    insert into signature (hash, hash_symbols, kode, person_id, kegiatan_id, statement, nama, nama_lengkap, jabatan, unsur, nomor,
      wilayah, wilayah_nama, credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash, leaf_id)
    select sha256(p.id::text::bytea), p.id, left(replace(upper(p.id::text), '-', ''), 12), p.id, g.kegiatan_id, '', p.nama,
      g.nama_lengkap, p.jabatan, p.unsur, p.nomor, p.wilayah, g.wilayah_nama, g.credential_id, '', '', '', '', '',
      append_leaf('tanda-tangan', array['pernyataan sha256:' || encode(sha256(p.id::text::bytea), 'hex')])
    from signature g join person p on p.kegiatan_id = g.kegiatan_id and p.id <> g.person_id
    where g.hash = ${row.hash}`);
  await integrate(db);
  const read = async (batches: AsyncGenerator<recaps.Batch>) => {
    const all: recaps.Batch[] = [];
    for await (const batch of batches) all.push(batch);
    expect(all.map((batch) => batch.length)).toEqual([recaps.BATCH, 7]);
    return all.flat();
  };
  const byNumber = await read(recaps.signedAt(db, kegiatanId));
  expect(byNumber.map(({ urut }) => urut)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  const byName = (await read(recaps.signedIn(db, organizerId, '62.01'))).map(({ signed }) => signed!.kode);
  expect(new Set(byName).size).toBe(count);
  expect(byName).toEqual(byName.toSorted());
});

test('a reader who leaves ends the reading', async () => {
  let ended = false;
  let given = 0;
  async function* endless(): AsyncGenerator<never[]> {
    try {
      for (;;) {
        given++;
        yield [];
      }
    } finally {
      ended = true;
    }
  }
  const reader = streamRecap(endless(), allowed).getReader();
  await reader.read();
  expect(given).toBe(0);
  await reader.read();
  await reader.cancel();
  expect([ended, given]).toEqual([true, 1]);
});

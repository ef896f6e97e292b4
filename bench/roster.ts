/** Budget: "roster of 10,000 rows: read, check, store". Against: parse the CSV and COPY the rows into a bare table. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { connect, type Db } from '../src/db.ts';
import { utf8 } from '../src/lib/bytes.ts';
import { newId } from '../src/lib/id.ts';
import type { Actor } from '../src/office/officer.ts';
import { importRoster } from '../src/roster/import-roster.ts';
import type { RosterEntry } from '../src/roster/person.ts';
import { formatRoster, parseRoster } from '../src/roster/roster-file.ts';
import * as areas from '../src/wilayah/load.ts';
import { actorOf } from '../test/event.ts';
import { type Figure, figure, quantile } from './figure.ts';

const ROWS = 10_000;
const TURNS = 9;

const two = (n: number): string => String(n).padStart(2, '0');
const NAMES = ['Muhammad Saputra', 'Siti Wijaya', 'Suharto', "Nur'aini Lestari", 'Wayan Pratama'];

const entryAt = (n: number): RosterEntry => ({
  unsur: 'ASN',
  wilayah: '62.01',
  nip: `${1970 + (n % 30)}${two(1 + (n % 12))}${two(1 + (n % 28))}2015${two(1 + (n % 12))}1${String(1 + (n % 999)).padStart(3, '0')}`,
  gelarDepan: n % 3 === 0 ? 'H.' : '',
  nama: NAMES[n % NAMES.length]!,
  gelarBelakang: 'S.Sos., M.AP.',
  jabatan: 'Analis Kebijakan Ahli Muda',
  pangkat: 'Penata (III/c)',
  unitKerja: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia',
});

async function newEvent(db: Db): Promise<{ kegiatanId: string; within: string; by: Actor }> {
  const [organizerId, kegiatanId, officerId] = [newId(), newId(), crypto.randomUUID()];
  await db.execute(sql`
    with o as (insert into organizer (id, nama, wilayah) values (${organizerId}, 'Bench', '62.01')),
    p as (insert into officer (id, organizer_id, nama) values (${officerId}::uuid, ${organizerId}, 'Bench')),
    r as (insert into officer_role (officer_id, peran) values (${officerId}::uuid, 'penyelenggara'))
    insert into kegiatan (id, organizer_id, judul, rezim, tempat, tanggal, zona, batas, nomor_pola, created_by)
    values (${kegiatanId}, ${organizerId}, 'Bench', 'pilkada', 'Aula', '2026-11-23', 'WIB', '2999-01-01', '{urut}', ${officerId}::uuid)`);
  return { kegiatanId, within: '62.01', by: actorOf({ organizerId, officerId }) };
}

/** `url`: a database with our tables in it, for this alone. */
export async function rosterFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: 1 });
  const bare = postgres(url, { max: 1, onnotice: () => {} });
  const file = utf8(
    formatRoster(
      Array.from({ length: ROWS }, (_, n) => entryAt(n)),
      new Map(),
    ),
  );
  const times = { ours: [] as number[], bare: [] as number[] };
  try {
    await areas.load(db);
    await bare`create table bench_roster (no text primary key, kode text, kecamatan text, desa text, unsur text,
      depan text, nama text, belakang text, jabatan text, nip text, pangkat text, unit text)`;
    for (let turn = -1; turn < TURNS; turn++) {
      const { by, ...into } = await newEvent(db);
      let start = performance.now();
      const read = parseRoster(file);
      if (!read.ok) throw new Error(`bench: ${read.code}`);
      const done = await importRoster(db, into, { rows: read.rows, by, seen: 0 });
      if (!done.ok || done.preview.added.length !== ROWS) throw new Error('bench: not imported');
      if (turn >= 0) times.ours.push(performance.now() - start);

      await bare`truncate bench_roster`;
      start = performance.now();
      const rows: string[][] = parse(Buffer.from(file), { bom: true, delimiter: ';', from: 2 });
      const copy = await bare`copy bench_roster from stdin`.writable();
      await pipeline(Readable.from(rows.map((cells) => `${cells.join('\t')}\n`)), copy);
      if (turn >= 0) times.bare.push(performance.now() - start);
    }
    const rate = (list: number[]): number => ROWS / (quantile(list, 0.5) / 1000);
    return [
      figure('roster of 10,000 rows: read, check, store', rate(times.ours), rate(times.bare), 'rows/s'),
    ];
  } finally {
    await bare`drop table if exists bench_roster`;
    await bare.end();
    await end();
  }
}

/** An organiser, an officer and an event for the tests of lists; rows as an office would type them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db.ts';
import { newId } from '../../src/lib/id.ts';
import { UNSUR, wordingId } from '../../src/naskah/wording.ts';
import type { Column, RosterRow } from '../../src/roster/roster-file.ts';
import { kegiatan, officer, organizer } from '../../src/schema.ts';
import { WORDING } from '../cast.ts';

export interface Setting {
  organizerId: string;
  officerId: string;
  kegiatanId: string;
  within: string;
}

export async function makeEvent(
  db: Db,
  {
    of,
    within = '62.01',
    tanggal = '2026-11-23',
    pola = '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
  }: {
    of?: { organizerId: string; officerId: string };
    within?: string;
    tanggal?: string;
    pola?: string;
  } = {},
): Promise<Setting> {
  const setting = {
    ...(of ?? { organizerId: newId(), officerId: randomUUID() }),
    kegiatanId: newId(),
    within,
  };
  if (!of) {
    await db
      .insert(organizer)
      .values({ id: setting.organizerId, nama: 'Kesbangpol Contoh', wilayah: within });
    await db
      .insert(officer)
      .values({ id: setting.officerId, organizerId: setting.organizerId, nama: 'Petugas Contoh' });
  }
  await db.insert(kegiatan).values({
    id: setting.kegiatanId,
    organizerId: setting.organizerId,
    judul: 'Deklarasi Contoh',
    rezim: 'pilkada',
    tempat: 'Aula Contoh',
    tanggal,
    zona: 'WIB',
    batas: new Date('2036-01-01T00:00:00Z'),
    nomorPola: pola,
    createdBy: setting.officerId,
  });
  for (const unsur of UNSUR) {
    await db.execute(sql`
      with version as (select add_wording(${wordingId(unsur, 'pilkada')}, null, ${unsur}, 'pilkada', ${WORDING}, true, null) as versi)
      insert into kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
      select ${setting.kegiatanId}, ${unsur}, ${wordingId(unsur, 'pilkada')}, versi from version`);
  }
  return setting;
}

/** Rows under headings as text: the first line names the columns, cells are parted by `|`. */
export function typed(lines: string): RosterRow[] {
  const [head, ...rows] = lines
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.map((cells, at) => ({
    row: at + 2,
    cells: Object.fromEntries(head!.map((column, place) => [column as Column, cells[place] ?? ''])),
  }));
}

/** An organiser, an officer and an event for the tests of lists; rows as an office would type them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { newId } from '../../src/lib/id.ts';
import type { Column, RosterRow } from '../../src/roster/roster-file.ts';
import { kegiatan, officer, organizer } from '../../src/schema.ts';

export interface Setting {
  organizerId: string;
  officerId: string;
  kegiatanId: string;
  within: string;
}

export async function makeEvent(
  db: Db,
  { within = '62.01', tanggal = '2026-11-23', pola = '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}' } = {},
): Promise<Setting> {
  const setting = { organizerId: newId(), officerId: randomUUID(), kegiatanId: newId(), within };
  await db.insert(organizer).values({ id: setting.organizerId, nama: 'Kesbangpol Contoh', wilayah: within });
  await db
    .insert(officer)
    .values({ id: setting.officerId, organizerId: setting.organizerId, nama: 'Petugas Contoh' });
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

/** A signature row as `record_signature` leaves it, for what depends on it alone. Its bytes verify nowhere. */
export async function signAs(db: Db, personId: string): Promise<void> {
  const id = Buffer.from(randomBytes(16)).toString('hex');
  const hash = Buffer.from(randomBytes(32)).toString('hex');
  await db.execute(sql`
    insert into signer_credential (id, person_id, public_key, spki, user_handle, counter, backup_eligible, transports)
    values (decode(${id}, 'hex'), ${personId}::uuid, ''::bytea, ''::bytea, ''::bytea, 0, false, '{}')`);
  const fields = JSON.stringify({
    person_id: personId,
    kode: Buffer.from(randomBytes(6)).toString('hex').toUpperCase(),
    hash,
    hash_symbols: hash.slice(0, 32),
    statement: 'contoh',
    nama_lengkap: 'Contoh',
    jabatan: 'Kepala Desa',
    unsur: 'kepala desa',
    nomor: '1',
    wilayah_nama: 'Contoh',
    credential_id: id,
    authenticator_data: '',
    client_data_json: '',
    signature: '',
    spki: '',
    evidence_hash: hash,
  });
  const [row] = await db.execute<{ outcome: string }>(sql`
    select outcome from record_signature(${fields}::jsonb, (select roster_versi from person where id = ${personId}::uuid), 0)`);
  if (row!.outcome !== 'recorded') throw new Error(`setting: ${row!.outcome}`);
}

/** Bringing a list into an event: looked at first, then all of it or nothing. Shown by test/roster/import.test.ts. */
import type { Db } from '../db.ts';
import * as areas from '../wilayah/areas.ts';
import { sebutanKepala } from '../wilayah/sebutan.ts';
import { check, codesOf } from './check.ts';
import * as people from './people.ts';
import { type Entry, placeOf } from './person.ts';
import { type Preview, preview } from './preview.ts';
import type { RosterRow } from './roster-file.ts';
import { formatVersion, newAcak } from './version.ts';

export interface Into {
  kegiatanId: string;
  /** The organiser's area: nobody outside may be listed. */
  within: string;
}

/** What the rows would change. Writes nothing. */
export async function inspect(db: Db, into: Into, rows: readonly RosterRow[]): Promise<Preview> {
  return (await compare(db, into, rows)).preview;
}

export type Imported =
  /** `versi` stays as it was if nothing changed. */
  | { ok: true; preview: Preview; versi: number }
  | { ok: false; code: 'event-unknown' | 'roster-changed' | 'roster-complaints'; preview: Preview };

/**
 * Brings the rows in. `seen`: the version of the list that the officer's preview was made from; another one in between
 * is 'roster-changed', and the new preview comes with it.
 */
export async function bring(
  db: Db,
  into: Into,
  given: { rows: readonly RosterRow[]; by: string; seen: number },
): Promise<Imported> {
  const { preview, entries } = await compare(db, into, given.rows);
  if (preview.complaints.length > 0) return { ok: false, code: 'roster-complaints', preview };
  if (preview.versi !== given.seen) return { ok: false, code: 'roster-changed', preview };
  const changes = [...preview.added, ...preview.changed];
  if (changes.length === 0) return { ok: true, preview, versi: preview.versi };

  const isi = formatVersion({
    kegiatanId: into.kegiatanId,
    versi: given.seen + 1,
    acak: newAcak(),
    entries,
  });
  const stored = await people.store(db, {
    kegiatanId: into.kegiatanId,
    by: given.by,
    seen: given.seen,
    changes,
    isi,
  });
  if (stored.ok) return { ok: true, preview, versi: stored.versi };
  // Somebody signed since the rows were checked: a fresh look has the complaint.
  if (stored.code === 'signed') {
    const again = await inspect(db, into, given.rows);
    return { ok: false, code: 'roster-complaints', preview: again };
  }
  return { ok: false, code: stored.code, preview };
}

/** One row per kepala desa and lurah of an area, without names. Offices that are on the list already are left out. */
export async function fromCodeTable(db: Db, { kegiatanId, within }: Into): Promise<RosterRow[]> {
  const standing = new Set((await people.all(db, kegiatanId)).map(({ tempat }) => tempat));
  return (await officesOf(db, within))
    .filter((entry) => !standing.has(placeOf(entry)))
    .map((entry, at) => ({
      row: at + 2,
      cells: { 'Kode wilayah': entry.wilayah, Unsur: entry.unsur, Nama: '', Jabatan: entry.jabatan },
    }));
}

/** The same as entries, all of them: for a file to fill in. */
export async function officesOf(db: Db, within: string): Promise<Entry[]> {
  const found = await areas.within(db, within, ['desa', 'desa adat', 'kelurahan']);
  return found.map(({ kode, jenis }) => ({
    wilayah: kode,
    unsur: jenis === 'kelurahan' ? 'lurah/camat' : 'kepala desa',
    gelarDepan: '',
    nama: '',
    gelarBelakang: '',
    jabatan: sebutanKepala(kode),
    nip: '',
    pangkat: '',
    unitKerja: '',
  }));
}

async function compare(
  db: Db,
  { kegiatanId, within }: Into,
  rows: readonly RosterRow[],
): Promise<{ preview: Preview; entries: Entry[] }> {
  // The version first: a list that changes after this line is noticed when it is written.
  const versi = await people.version(db, kegiatanId);
  const standing = await people.all(db, kegiatanId);
  const known = await areas.byCodes(db, codesOf(rows));
  const checked = check(rows, { within, areas: known, standing });
  const result = preview(versi, checked, standing);
  const given = checked.entries.map(({ entry }) => entry);
  return { preview: result, entries: [...result.missing, ...given] };
}

/** Bringing a list into an event: looked at first, then all of it or nothing. Shown by test/roster/import-roster.test.ts. */
import type { Db } from '../db.ts';
import type { Actor } from '../office/officer.ts';
import * as areas from '../wilayah/areas.ts';
import { sebutanKepala } from '../wilayah/sebutan.ts';
import { checkRoster, codesOf } from './check-roster.ts';
import { askWhoseNumber, newNumbers } from './check-together.ts';
import * as people from './people.ts';
import { fullName, placeOf, type RosterEntry, type Standing } from './person.ts';
import { needsPlaces, placeByName } from './place-by-name.ts';
import { type Preview, preview } from './preview.ts';
import { answered, unanswered } from './roster-answer.ts';
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
  /** `versi` stays as it was if nothing changed. `written`: places that are new, changed, back, or off the list. */
  | { ok: true; preview: Preview; versi: number; written: number }
  | {
      ok: false;
      code: 'event-unknown' | 'roster-changed' | 'roster-complaints' | 'roster-questions';
      preview: Preview;
    }
  /** Who has signed since the rows were looked at, and was to be changed or to leave. */
  | { ok: false; code: 'roster-signed'; preview: Preview; signed: string[] };

export interface RosterImport {
  rows: readonly RosterRow[];
  by: Actor;
  /** The version of the list that the officer's preview was made from. */
  seen: number;
  /** What the officer said yes to. */
  answers?: ReadonlySet<string>;
  /** Places that the rows don't name and that leave the list: all of those, or these by id. */
  off?: { who: 'all' | readonly string[]; alasan: string } | null;
}

/** Who of those that a file leaves out can be taken off the list: whoever hasn't signed. */
export const removable = (missing: readonly Standing[]): Standing[] =>
  missing.filter(({ signed }) => !signed);

/**
 * Brings the rows in. Another version than was seen is 'roster-changed', a question without its yes 'roster-questions', somebody who
 * signed meanwhile 'roster-signed'; the preview as it is now comes with each.
 */
export async function importRoster(db: Db, into: Into, given: RosterImport): Promise<Imported> {
  const { preview, entries } = await compare(db, into, given.rows, given.answers);
  if (preview.complaints.length > 0) return { ok: false, code: 'roster-complaints', preview };
  if (preview.versi !== given.seen) return { ok: false, code: 'roster-changed', preview };
  if ((await unanswered(preview.questions, given.answers ?? new Set())).length > 0) {
    return { ok: false, code: 'roster-questions', preview };
  }
  const who = given.off?.who ?? [];
  const wanted = new Set(who === 'all' ? [] : who);
  const off = removable(preview.missing).filter(({ id }) => who === 'all' || wanted.has(id));
  // Somebody who was to leave is no longer among them.
  const signed = preview.missing.filter((one) => one.signed && wanted.has(one.id)).map(fullName);
  if (signed.length > 0) return { ok: false, code: 'roster-signed', preview, signed };
  if (off.length < wanted.size) return { ok: false, code: 'roster-changed', preview };
  const gone = new Set(off.map(({ id }) => id));
  const changes = [...preview.added, ...preview.changed, ...preview.returned];
  const written = changes.length + off.length;
  if (written === 0) return { ok: true, preview, versi: preview.versi, written };

  const isi = formatVersion({
    kegiatanId: into.kegiatanId,
    versi: given.seen + 1,
    acak: newAcak(),
    entries: [...preview.missing.filter(({ id }) => !gone.has(id)), ...entries],
  });
  const stored = await people.store(db, {
    kegiatanId: into.kegiatanId,
    by: given.by,
    seen: given.seen,
    changes,
    off: off.map(({ tempat }) => tempat),
    alasan: given.off?.alasan ?? '',
    isi,
  });
  if (stored.ok) return { ok: true, preview, versi: stored.versi, written };
  // Somebody signed since the rows were checked: a fresh look says what that changes.
  if (stored.code === 'signed') {
    const again = await inspect(db, into, given.rows);
    const was = [...changes.flatMap(({ before }) => before ?? []), ...off];
    const signed = was.filter(({ tempat }) => tempat === stored.tempat).map(fullName);
    return { ok: false, code: 'roster-signed', preview: again, signed };
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
export async function officesOf(db: Db, within: string): Promise<RosterEntry[]> {
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
  given: readonly RosterRow[],
  answers: ReadonlySet<string> = new Set(),
): Promise<{ preview: Preview; entries: RosterEntry[] }> {
  const rows = needsPlaces(given)
    ? placeByName(given, within, await areas.within(db, within, PLACES))
    : given;
  // The version first: a list that changes after this line is noticed when it is written.
  const versi = await people.version(db, kegiatanId);
  const standing = await people.all(db, kegiatanId);
  const known = await areas.byCodes(db, codesOf(rows));
  const read = checkRoster(rows, { within, areas: known, standing });
  const numbers = newNumbers(read, standing);
  const former = versi === 0 ? new Map() : await people.namesByNumber(db, kegiatanId, numbers);
  const checked = await answered(askWhoseNumber(read, rows, numbers, former), answers);
  const result = preview(versi, checked, standing);
  return { preview: result, entries: checked.entries.map(({ entry }) => entry) };
}

/** What a row may name in place of a code. */
const PLACES = ['kecamatan', 'kelurahan', 'desa', 'desa adat'] as const;

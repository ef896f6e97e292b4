/** What a list would change, before anything is written. Shown by test/roster/import-roster.test.ts. */
import type { Checked, RowComplaint, RowNote, RowQuestion } from './finding.ts';
import { differences, placeOf, type RosterEntry, type Standing } from './person.ts';

export interface RosterChange {
  tempat: string;
  entry: RosterEntry;
  /** Null for a new place. */
  before: Standing | null;
  fields: (keyof RosterEntry)[];
}

/** Whose name is no longer there: another one's is, or nobody's. */
export const isRenamed = ({ before, entry }: RosterChange): boolean =>
  before !== null && before.nama !== '' && entry.nama !== '' && before.nama !== entry.nama;
export const isEmptied = ({ before, entry }: RosterChange): boolean =>
  before !== null && before.nama !== '' && entry.nama === '';

export interface Preview {
  /** The version of the list that this was compared with; 0 for none. */
  versi: number;
  added: RosterChange[];
  changed: RosterChange[];
  /** Taken off the list before, and in the file again. */
  returned: RosterChange[];
  unchanged: number;
  complaints: RowComplaint[];
  questions: RowQuestion[];
  notes: RowNote[];
  /** On the list, but not in the file: they stay as they are unless an officer takes them off. */
  missing: Standing[];
  /** Who holds the places in the file: one person may hold two. */
  people: number;
}

export function preview(
  versi: number,
  { entries, complaints, questions, notes }: Checked,
  standing: readonly Standing[],
): Preview {
  const byPlace = new Map(standing.map((person) => [person.tempat, person]));
  const people = new Set(entries.map(({ entry }) => entry.nip || placeOf(entry))).size;
  const found = { complaints, questions, notes };
  const result: Preview = {
    ...{ versi, added: [], changed: [], returned: [], unchanged: 0, missing: [], people },
    ...found,
  };
  const seen = new Set<string>();
  for (const { entry } of entries) {
    const tempat = placeOf(entry);
    seen.add(tempat);
    const before = byPlace.get(tempat) ?? null;
    const fields = before ? differences(before, entry) : [];
    if (before && before.removed !== null) result.returned.push({ tempat, entry, before, fields });
    else if (!before) result.added.push({ tempat, entry, before, fields });
    else if (fields.length > 0) result.changed.push({ tempat, entry, before, fields });
    else result.unchanged++;
  }
  // With complaints it isn't known which places the file means.
  if (complaints.length === 0) {
    result.missing = standing.filter(({ tempat, removed }) => removed === null && !seen.has(tempat));
  }
  return result;
}

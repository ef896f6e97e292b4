/** Checks rows against each other and against the whole list: places, numbers, what was signed. Shown by test/roster/check-roster.test.ts. */

import { bareName } from './area-name.ts';
import { COLUMN_OF, type Column } from './column.ts';
import { type Checked, contentOf, type Findings, type RowQuestion } from './finding.ts';
import {
  differences,
  entryOf,
  fullName,
  heldByOffice,
  maskNip,
  placeOf,
  type RosterEntry,
  type Standing,
} from './person.ts';
import type { RosterRow } from './roster-file.ts';

/** Rows against each other and against the list. */
export function checkTogether(
  entries: Checked['entries'],
  byPlace: ReadonlyMap<string, Standing>,
  standing: readonly Standing[],
  { complaints, questions, notes }: Findings,
  rows: readonly RosterRow[],
): void {
  const given = new Map(rows.map((one) => [one.row, one.cells]));
  const places = new Map<string, number>();
  const numbers = new Map<string, { row: number; entry: RosterEntry; stood: boolean }>();
  const stands = ({ nip, nama }: RosterEntry, now: Standing | undefined): boolean =>
    now?.nip === nip && now.nama === nama && now.removed === null;
  /** One person may hold two offices; one number with two names is a mistake in one of them, or a married name. */
  const alsoAt = (
    row: number,
    { nip, nama }: RosterEntry,
    elsewhere: { nama: string; where: string; stood: boolean },
    stood: boolean,
  ): void => {
    const finding = { row, column: 'NIP/NRP', value: `${nama}, ${maskNip(nip)}` };
    // Two that stood so on the list were said yes to before.
    const same = nama === '' || elsewhere.nama === '' || bareName(nama) === bareName(elsewhere.nama);
    if (same || (stood && elsewhere.stood)) {
      notes.push({ ...finding, code: 'nip-two-places', detail: elsewhere.where });
    } else {
      const detail = `${elsewhere.nama}, ${elsewhere.where}`;
      questions.push({
        ...finding,
        code: 'nip-other-name',
        detail,
        other: '',
        content: contentOf(given.get(row)),
      });
    }
  };
  for (const one of entries) {
    const { row, entry } = one;
    const place = placeOf(entry);
    const office = heldByOffice(entry.unsur);
    const column: Column = office ? 'Kode wilayah' : 'NIP/NRP';
    const value = office ? entry.wilayah : entry.nip;
    const first = places.get(place);
    if (first === undefined) places.set(place, row);
    else {
      const detail = String(first);
      complaints.push({
        row,
        column,
        value: office ? value : maskNip(value),
        code: 'place-twice',
        detail,
        must: true,
      });
    }

    const now = byPlace.get(place);
    const same = entry.nip === '' ? undefined : numbers.get(entry.nip);
    if (same !== undefined && first === undefined) {
      alsoAt(row, entry, { ...same, nama: same.entry.nama, where: `baris ${same.row}` }, stands(entry, now));
    }
    if (entry.nip !== '' && same === undefined) {
      numbers.set(entry.nip, { row, entry, stood: stands(entry, now) });
    }

    if (now?.signed && differences(now, entry).length > 0) {
      const others = differences(now, entry);
      // Letter case alone says nothing else than was signed.
      const broken = others.filter(
        (field) => SIGNED.has(field) && now[field].toLowerCase() !== entry[field].toLowerCase(),
      );
      const words = (fields: readonly (keyof RosterEntry)[], of: RosterEntry): string =>
        fields
          .map(
            (field) =>
              `${COLUMN_OF[field]}: ${(field === 'nip' ? maskNip(of.nip) : of[field]) || '(kosong)'}`,
          )
          .join('; ');
      const [first] = broken;
      if (first) {
        const column = COLUMN_OF[first];
        const typed = given.get(row)?.[column] ?? entry[first];
        const detail = words(broken, now);
        complaints.push({ row, column, value: typed, code: 'signed', detail, must: false });
      } else {
        // What was signed doesn't say it: the row stays, and the rest of the file goes in.
        notes.push({
          row,
          column: 'Nama',
          value: fullName(now),
          code: 'signed-kept',
          detail: words(others, entry),
        });
        one.entry = entryOf(now);
        delete one.reread;
      }
    }
    if (now && now.removed !== null) {
      const who = `${fullName(entry)} ${office ? value : maskNip(value)}`.trim();
      questions.push({
        row,
        column,
        value: who,
        code: 'place-removed',
        detail: now.removed,
        other: '',
        content: contentOf(given.get(row)),
      });
    }
  }
  if (numbers.size === 0) return;
  for (const person of standing) {
    if (person.nip === '' || places.has(person.tempat)) continue;
    const one = numbers.get(person.nip);
    const where = `${person.jabatan} ${person.wilayah}`;
    if (one && person.removed !== null) {
      // Off the list the number is still that one's: another name on it is asked about, once.
      const isOther =
        person.nama !== '' && one.entry.nama !== '' && bareName(person.nama) !== bareName(one.entry.nama);
      if (!isOther || one.stood) continue;
      const detail = `${person.nama}, ${where}, dikeluarkan dari daftar`;
      questions.push({
        row: one.row,
        column: 'NIP/NRP',
        value: `${one.entry.nama}, ${maskNip(person.nip)}`,
        code: 'nip-other-name',
        detail,
        other: '',
        content: contentOf(given.get(one.row)),
      });
    } else if (one) {
      alsoAt(one.row, one.entry, { nama: person.nama, where, stood: true }, one.stood);
    }
  }
}

/** Numbers that come to a place now. Whose they were before, the texts of the list's earlier versions say. */
export function newNumbers({ entries }: Checked, standing: readonly Standing[]): Set<string> {
  const stood = new Map(standing.map(({ tempat, nip }) => [tempat, nip]));
  const numbers = entries.filter(({ entry }) => entry.nip !== '' && stood.get(placeOf(entry)) !== entry.nip);
  return new Set(numbers.map(({ entry }) => entry.nip));
}

/** The same with a question for each number that comes under a name it never had: it was taken from another one, or is theirs still. */
export function askWhoseNumber(
  checked: Checked,
  rows: readonly RosterRow[],
  numbers: ReadonlySet<string>,
  former: ReadonlyMap<string, readonly string[]>,
): Checked {
  if (former.size === 0) return checked;
  const given = new Map(rows.map(({ row, cells }) => [row, cells]));
  const asked = new Set(
    checked.questions.filter(({ code }) => code === 'nip-other-name').map(({ row }) => row),
  );
  const questions = checked.entries.flatMap(({ row, entry: { nip, nama } }): RowQuestion[] => {
    const names = numbers.has(nip) && nama !== '' && !asked.has(row) ? former.get(nip) : undefined;
    if (!names || names.some((name) => bareName(name) === bareName(nama))) return [];
    return [
      {
        ...{ row, column: 'NIP/NRP', value: `${nama}, ${maskNip(nip)}`, code: 'nip-other-name', other: '' },
        ...{ detail: `${names.join('; ')}, dahulu di daftar ini`, content: contentOf(given.get(row)) },
      },
    ];
  });
  const all = [...checked.questions, ...questions].sort((a, b) => a.row - b.row);
  return questions.length === 0 ? checked : { ...checked, questions: all };
}

/** What a statement says of its signer: these stay as they were signed. */
const SIGNED: ReadonlySet<keyof RosterEntry> = new Set([
  'wilayah',
  'unsur',
  'gelarDepan',
  'nama',
  'gelarBelakang',
  'jabatan',
]);

/**
 * Checks the rows of a list before anything is written. What must be mended is a complaint, what was read in one way and may be
 * meant in another is a question that an officer must say yes to, what was read otherwise than typed is a note; all at once,
 * each with its row, column and value. Shown by test/roster/check-roster.test.ts.
 */
import { readKode } from '../wilayah/area.ts';
import { checkRow } from './check-row.ts';
import { checkTogether } from './check-together.ts';
import type { Checked, Findings, Ground } from './finding.ts';
import type { RosterRow } from './roster-file.ts';

/** Codes of areas that rows name: what to ask the table for. */
export function codesOf(rows: readonly RosterRow[]): Set<string> {
  const codes = new Set<string>();
  for (const { cells } of rows) {
    const kode = readKode(cells['Kode wilayah'] ?? '');
    if (kode !== null) codes.add(kode);
  }
  return codes;
}

export function checkRoster(rows: readonly RosterRow[], ground: Ground): Checked {
  const found: Findings = { complaints: [], questions: [], notes: [] };
  const byPlace = new Map(ground.standing.map((person) => [person.tempat, person]));
  const placed: Checked['entries'] = [];
  for (const given of rows) {
    const one = checkRow(given, ground, byPlace, found);
    if (one) placed.push(one);
  }
  checkTogether(placed, byPlace, ground.standing, found, rows);
  for (const list of [found.complaints, found.questions, found.notes]) list.sort((a, b) => a.row - b.row);
  const faulty = new Set(found.complaints.map(({ row }) => row));
  return { entries: placed.filter(({ row }) => !faulty.has(row)), ...found };
}

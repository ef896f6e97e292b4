/**
 * The place of a row that has no code, by the names of its kecamatan and desa as the code table has them. Usual spellings are read
 * (Sei Kapitan), a short form or one letter astray is asked about, and between two places nothing is guessed. Shown by test/roster/place-by-name.test.ts.
 */
import { type Area, describePath, parentOf, readKode, shortName } from '../wilayah/area.ts';
import { bareName, saysArea, spelledName } from './area-name.ts';
import { withoutEmptyWord } from './cell.ts';
import type { RosterRow, Stray } from './roster-file.ts';

/** Whether the area table is needed for these rows. */
export const needsPlaces = (rows: readonly RosterRow[]): boolean =>
  rows.some((row) => row.unsurOfPlace || (isCodeless(row) && named(row)));

const said = (row: RosterRow, column: 'Kode wilayah' | 'Kecamatan' | 'Desa/Kelurahan' | 'Unsur'): string =>
  withoutEmptyWord(row.cells[column] ?? '').trim();
const isCodeless = (row: RosterRow): boolean => said(row, 'Kode wilayah') === '';
const named = (row: RosterRow): boolean =>
  ['Kecamatan', 'Desa/Kelurahan'].some((column) => said(row, column as 'Kecamatan') !== '');

const VILLAGE_CODE = /(?<![\d.])\d\d\.\d\d\.\d\d\.\d{4}(?![\d.])/;

/** Whom no desa or kecamatan is said of, and who serve the area as a whole. */
const WHOLE = /^(?:asn|pns|cpns|pppk|p3k|polri|tni)\b/i;

/** `areas`: kecamatan, kelurahan and desa inside `within`. */
export function placeByName(rows: readonly RosterRow[], within: string, areas: readonly Area[]): RosterRow[] {
  const kecamatan = areas.filter(({ jenis }) => jenis === 'kecamatan');
  const villages = areas.filter(({ kode }) => kode.length === 13);
  const byCode = new Map(areas.map((area) => [area.kode, area]));
  const finders = { kecamatan: finder(kecamatan), village: finder(villages) };
  return rows.map((row) => {
    let given = row;
    if (isCodeless(row) && (named(row) || WHOLE.test(said(row, 'Unsur')))) {
      given = placed(row, within, byCode, finders);
    }
    if (!given.unsurOfPlace) return given;
    const unsur = unsurAt(given.cells['Kode wilayah'] ?? '', byCode);
    return unsur === null ? given : { ...given, cells: { ...given.cells, Unsur: unsur } };
  });
}

function unsurAt(kode: string, areas: ReadonlyMap<string, Area>): string | null {
  const jenis = areas.get(readKode(kode.trim()) ?? '')?.jenis;
  if (jenis === undefined) return null;
  return jenis === 'kelurahan' || jenis === 'kecamatan' ? 'lurah/camat' : 'kepala desa';
}

interface Found {
  areas: readonly Area[];
  /** Not in its letters. */
  near: boolean;
}

function placed(
  row: RosterRow,
  within: string,
  areas: ReadonlyMap<string, Area>,
  find: { kecamatan: (typed: string) => Found; village: (typed: string) => Found },
): RosterRow {
  const [desa, typed] = [said(row, 'Desa/Kelurahan'), said(row, 'Kecamatan')];
  const stray = (code: Stray['code'], found: readonly Area[]): RosterRow => {
    const column = desa !== '' && code !== 'kecamatan-unknown' ? 'Desa/Kelurahan' : 'Kecamatan';
    const detail = found.map((one) => describe(one, areas)).join('; ');
    const one: Stray = { row: row.row, column, value: column === 'Kecamatan' ? typed : desa, code, detail };
    return { ...row, strays: [...(row.strays ?? []), one] };
  };
  const at = (kode: string, near: Area | null): RosterRow => {
    const cells = { ...row.cells, 'Kode wilayah': kode };
    if (!near) return { ...row, cells };
    const content = JSON.stringify([kode, row.cells]);
    const asked: Stray = {
      ...{ row: row.row, column: 'Desa/Kelurahan', value: [desa, typed].filter(Boolean).join(', ') },
      ...{ code: 'place-near', detail: describe(near, areas), content },
    };
    return { ...row, cells, strays: [...(row.strays ?? []), asked] };
  };
  if (desa === '' && typed === '') return at(within, null);
  // A code beside the name, or in place of it.
  const code = VILLAGE_CODE.exec(desa)?.[0];
  if (code !== undefined) return at(code, null);
  const around = typed === '' ? null : find.kecamatan(typed);
  if (around?.areas.length === 0) return stray('kecamatan-unknown', []);
  if (desa === '') {
    const [first, second] = around!.areas;
    if (second) return stray('place-several', around!.areas);
    // Whose unsur is told by the place: a desa that was forgotten would make a camat.
    return at(first!.kode, around!.near || row.unsurOfPlace ? first! : null);
  }
  const found = find.village(desa);
  const inside = around
    ? found.areas.filter(({ kode }) => around.areas.some((one) => parentOf(kode) === one.kode))
    : found.areas;
  // The kecamatan that is named above, where this row names none.
  const above = row.section === undefined ? [] : find.kecamatan(row.section).areas;
  if (inside.length === 1) {
    const [one] = inside;
    const elsewhere = !around && above.length > 0 && !above.some(({ kode }) => kode === parentOf(one!.kode));
    return at(one!.kode, found.near || around?.near || elsewhere ? one! : null);
  }
  if (inside.length === 0) return stray('place-unknown', found.areas.slice(0, 3));
  // Of several the one there, if the officer says so.
  const there = inside.filter(({ kode }) => above.some((one) => parentOf(kode) === one.kode));
  return !around && there.length === 1 ? at(there[0]!.kode, there[0]!) : stray('place-several', inside);
}

const describe = (area: Area, areas: ReadonlyMap<string, Area>): string => {
  const parent = areas.get(parentOf(area.kode) ?? '');
  return `${describePath(parent?.jenis === 'kecamatan' ? [area, parent] : [area])} (${area.kode})`;
};

/** Spellings for which the areas are gone through: more are of a column that names no places. */
const SPELLINGS = 2_000;

/** Each name is looked for once, however many rows have it. */
function finder(areas: readonly Area[]): (typed: string) => Found {
  const known = new Map<string, Found>();
  const byName = new Map<string, Area[]>();
  for (const area of areas) {
    for (const name of new Set(
      [area.nama, shortName(area)].flatMap((one) => [bareName(one), spelledName(one)]),
    )) {
      byName.set(name, [...(byName.get(name) ?? []), area]);
    }
  }
  return (typed) => {
    const before = known.get(typed);
    if (before) return before;
    const found = search(typed, known.size < SPELLINGS ? areas : [], byName);
    known.set(typed, found);
    return found;
  };
}

function search(typed: string, areas: readonly Area[], byName: ReadonlyMap<string, Area[]>): Found {
  const bare = bareName(typed);
  if (bare === '') return { areas: [], near: false };
  const exact = byName.get(bare) ?? byName.get(spelledName(typed));
  if (exact) return { areas: exact, near: false };
  // Short forms and slips keep the first letter: the others needn't be looked at.
  const alike = areas.filter((area) => bareName(area.nama)[0] === bare[0]);
  const short = alike.filter((area) => saysArea(typed, area));
  if (short.length > 0) return { areas: short, near: true };
  return { areas: alike.filter((area) => isNear(bare, bareName(area.nama))), near: true };
}

/** One letter more, less or other, or two that changed places; of short names none, since many are alike. */
function isNear(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
  return (
    Math.max(left.length, right.length) <= 1 ||
    (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0])
  );
}

/**
 * Checks the rows of a list before anything is written: every complaint at once, each with its row, column and value.
 * Shown by test/roster/check.test.ts.
 */
import { undrawable } from '../lib/glyphs.ts';
import { hiddenCharacter } from '../lib/text.ts';
import type { Unsur } from '../naskah/wording.ts';
import { type Area, KODE_WILAYAH, shortName } from '../wilayah/area.ts';
import { sebutanKepala } from '../wilayah/sebutan.ts';
import {
  checkNip,
  type Entry,
  heldByOffice,
  type NipFault,
  placeOf,
  type Standing,
  tidyBackTitles,
} from './person.ts';
import type { Column, RosterRow } from './roster-file.ts';

export type ComplaintCode =
  | NipFault
  | 'kode-missing'
  | 'kode-form'
  | 'kode-unknown'
  | 'kode-outside'
  | 'kecamatan-differs'
  | 'desa-differs'
  | 'unsur-missing'
  | 'unsur-unknown'
  | 'unsur-area'
  | 'name-missing'
  | 'name-comma'
  | 'name-titles'
  | 'name-letters'
  | 'hidden-character'
  | 'undrawable'
  | 'too-long'
  | 'jabatan-missing'
  | 'nip-missing'
  | 'place-twice'
  | 'nip-twice'
  | 'nip-on-list'
  | 'signed';

export interface Complaint {
  row: number;
  column: Column;
  /** What stands in the cell. */
  value: string;
  code: ComplaintCode;
  /** What the sentence needs besides: the letter, the other row, the right name, the most letters. */
  detail: string;
}

export interface Checked {
  /** Rows without any complaint. */
  entries: { row: number; entry: Entry }[];
  /** By row. */
  complaints: Complaint[];
}

export interface Ground {
  /** The organiser's area. */
  within: string;
  /** Every area that a row names, and those around them. */
  areas: ReadonlyMap<string, Area>;
  standing: readonly Standing[];
}

/** Most letters of each field, so that a row always fits on paper. */
const MOST = {
  'Gelar depan': 40,
  Nama: 100,
  'Gelar belakang': 100,
  Jabatan: 120,
  'Pangkat/Gol': 60,
  'Unit kerja': 120,
} as const;

const UNSUR_BY_WORD: Readonly<Record<string, Unsur>> = {
  'kepala desa': 'kepala desa',
  kades: 'kepala desa',
  'lurah/camat': 'lurah/camat',
  lurah: 'lurah/camat',
  camat: 'lurah/camat',
  asn: 'ASN',
  pns: 'ASN',
  pppk: 'ASN',
  polri: 'Polri',
  tni: 'TNI',
};

/** Titles that are often typed before the name. `M.` and `R.` are parts of names. */
const FRONT_TITLE = /^(?:H|Hj|KH|Dr|Drs|Dra|Ir|Prof)\.(?=[\s\p{L}])/iu;

/** ASCII alone, which most cells are, needs no closer look. */
const PLAIN = /^[ -~]*$/;

/** NFC, every kind of space as one plain space, none at the ends. Hidden characters stay, to be complained about. */
function tidy(cell: string): string {
  if (PLAIN.test(cell) && !cell.includes('  ')) return cell.trim();
  return cell
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
}

/** Names of areas alike but for letter case, spaces, apostrophes and the word before them. */
const bare = (name: string | undefined): string =>
  name
    ? name
        .toLowerCase()
        .replace(/^\s*(?:desa adat|desa|kelurahan|kel\.?|kecamatan|kec\.?|distrik)\s+/u, '')
        .replace(/[^\p{L}\p{N}]/gu, '')
    : '';

/** What a spreadsheet made of a code that looks like a time: `62:01:01`. */
const kodeOf = (cell: string): string =>
  KODE_WILAYAH.test(cell) ? cell : cell.replace(/\s/g, '').replaceAll(':', '.');

/** Codes of areas that rows name: what to ask the table for. */
export function codesOf(rows: readonly RosterRow[]): Set<string> {
  const codes = new Set<string>();
  for (const { cells } of rows) {
    const kode = kodeOf(cells['Kode wilayah'] ?? '');
    if (KODE_WILAYAH.test(kode)) codes.add(kode);
  }
  return codes;
}

export function check(rows: readonly RosterRow[], ground: Ground): Checked {
  const complaints: Complaint[] = [];
  const byPlace = new Map(ground.standing.map((person) => [person.tempat, person]));
  const placed: Checked['entries'] = [];
  const faulty = new Set<number>();

  for (const given of rows) {
    const before = complaints.length;
    const entry = checkRow(given, ground, byPlace, complaints);
    if (entry) placed.push({ row: given.row, entry });
    if (complaints.length > before) faulty.add(given.row);
  }
  checkTogether(placed, byPlace, ground.standing, complaints);
  complaints.sort((a, b) => a.row - b.row);
  for (const { row } of complaints) faulty.add(row);
  return { entries: placed.filter(({ row }) => !faulty.has(row)), complaints };
}

function checkRow(
  { row, cells }: RosterRow,
  { within, areas }: Ground,
  byPlace: ReadonlyMap<string, Standing>,
  complaints: Complaint[],
): Entry | null {
  const complain = (column: Column, code: ComplaintCode, detail = ''): void => {
    complaints.push({ row, column, value: cells[column] ?? '', code, detail });
  };

  const wilayah = kodeOf(cells['Kode wilayah'] ?? '');
  let area: Area | undefined;
  if (wilayah === '') complain('Kode wilayah', 'kode-missing');
  else if (!KODE_WILAYAH.test(wilayah)) complain('Kode wilayah', 'kode-form');
  else {
    area = areas.get(wilayah);
    if (!area) complain('Kode wilayah', 'kode-unknown');
    else if (!wilayah.startsWith(within)) {
      complain('Kode wilayah', 'kode-outside', within);
      area = undefined;
    }
  }
  if (area) {
    const kecamatan = areas.get(wilayah.slice(0, 8));
    const typedKecamatan = bare(cells.Kecamatan);
    if (
      kecamatan?.jenis === 'kecamatan' &&
      typedKecamatan !== '' &&
      typedKecamatan !== bare(kecamatan.nama)
    ) {
      complain('Kecamatan', 'kecamatan-differs', kecamatan.nama);
    }
    const typedDesa = bare(cells['Desa/Kelurahan']);
    if (wilayah.length === 13 && typedDesa !== '' && typedDesa !== bare(area.nama)) {
      complain('Desa/Kelurahan', 'desa-differs', shortName(area));
    }
  }

  const typedUnsur = tidy(cells.Unsur ?? '');
  const unsur = UNSUR_BY_WORD[typedUnsur.toLowerCase().replace(/ ?\/ ?/, '/')];
  if (typedUnsur === '') complain('Unsur', 'unsur-missing');
  else if (!unsur) complain('Unsur', 'unsur-unknown');
  else if (area && !fits(unsur, area)) complain('Unsur', 'unsur-area', `${area.jenis} ${shortName(area)}`);

  const nip = checkNumber(cells['NIP/NRP'], unsur, complain);
  const known = unsur && area && (nip !== null || heldByOffice(unsur));
  const place = known ? placeOf({ unsur, wilayah, nip: nip ?? '' }) : null;
  const standing = place === null ? undefined : byPlace.get(place);

  const text = (column: keyof typeof MOST, kept: string | undefined): string => {
    const cell = cells[column];
    if (cell === undefined) return kept ?? '';
    const value = tidy(cell);
    if (!PLAIN.test(value)) {
      const hidden = hiddenCharacter(value);
      const letter = hidden === null ? undrawable(value) : null;
      if (hidden !== null) complain(column, 'hidden-character', hidden);
      if (letter !== null) complain(column, 'undrawable', letter);
    }
    if (value.length > MOST[column]) complain(column, 'too-long', String(MOST[column]));
    return value;
  };

  const gelarDepan = text('Gelar depan', standing?.gelarDepan);
  const nama = text('Nama', standing?.nama);
  const gelarBelakang = tidyBackTitles(text('Gelar belakang', standing?.gelarBelakang));
  const jabatan =
    text('Jabatan', standing?.jabatan) ||
    (area && unsur && heldByOffice(unsur) ? sebutanKepala(wilayah) : '');
  const pangkat = text('Pangkat/Gol', standing?.pangkat);
  const unitKerja = text('Unit kerja', standing?.unitKerja);

  if (nama.includes(',')) complain('Nama', 'name-comma');
  else if (FRONT_TITLE.test(nama)) complain('Nama', 'name-titles', FRONT_TITLE.exec(nama)![0]);
  else if (nama !== '' && (!/\p{L}/u.test(nama) || /[\d#@=<>]/.test(nama))) complain('Nama', 'name-letters');
  else if (nama === '' && unsur && !heldByOffice(unsur)) complain('Nama', 'name-missing');
  if (jabatan === '' && unsur && !heldByOffice(unsur)) complain('Jabatan', 'jabatan-missing');

  if (!unsur || !area || (nip === null && !heldByOffice(unsur))) return null;
  return {
    wilayah,
    unsur,
    gelarDepan,
    nama,
    gelarBelakang,
    jabatan,
    nip: nip ?? standing?.nip ?? '',
    pangkat,
    unitKerja,
  };
}

/** A kepala desa leads a desa, a lurah a kelurahan, a camat a kecamatan. The others may serve any area. */
function fits(unsur: Unsur, { jenis }: Area): boolean {
  if (unsur === 'kepala desa') return jenis === 'desa' || jenis === 'desa adat';
  if (unsur === 'lurah/camat') return jenis === 'kelurahan' || jenis === 'kecamatan';
  return true;
}

/** The number; undefined if the column is left out; null after a complaint. */
function checkNumber(
  cell: string | undefined,
  unsur: Unsur | undefined,
  complain: (column: Column, code: ComplaintCode) => void,
): string | undefined | null {
  const typed = tidy(cell ?? '');
  if (typed === '' || typed === '-') {
    if (unsur && !heldByOffice(unsur)) {
      complain('NIP/NRP', 'nip-missing');
      return null;
    }
    return cell === undefined ? undefined : '';
  }
  // Without an unsur it can't be told which number it must be.
  if (!unsur) return '';
  const checked = checkNip(unsur, typed);
  if (checked.ok) return checked.nip;
  complain('NIP/NRP', checked.code);
  return null;
}

/** Rows against each other and against the list. */
function checkTogether(
  entries: Checked['entries'],
  byPlace: ReadonlyMap<string, Standing>,
  standing: readonly Standing[],
  complaints: Complaint[],
): void {
  const places = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const { row, entry } of entries) {
    const place = placeOf(entry);
    const office = heldByOffice(entry.unsur);
    const column: Column = office ? 'Kode wilayah' : 'NIP/NRP';
    const value = office ? entry.wilayah : entry.nip;
    const first = places.get(place);
    if (first === undefined) places.set(place, row);
    else complaints.push({ row, column, value, code: 'place-twice', detail: String(first) });

    const same = entry.nip === '' ? undefined : numbers.get(entry.nip);
    if (same !== undefined && first === undefined) {
      complaints.push({ row, column: 'NIP/NRP', value: entry.nip, code: 'nip-twice', detail: String(same) });
    }
    if (entry.nip !== '' && same === undefined) numbers.set(entry.nip, row);

    const now = byPlace.get(place);
    if (now?.signed && !sameEntry(now, entry)) {
      complaints.push({ row, column: 'Nama', value: entry.nama, code: 'signed', detail: now.nama });
    }
  }
  for (const person of standing) {
    const row = person.nip === '' || places.has(person.tempat) ? undefined : numbers.get(person.nip);
    if (row !== undefined) {
      complaints.push({
        row,
        column: 'NIP/NRP',
        value: person.nip,
        code: 'nip-on-list',
        detail: person.tempat,
      });
    }
  }
}

const FIELDS = [
  'wilayah',
  'unsur',
  'gelarDepan',
  'nama',
  'gelarBelakang',
  'jabatan',
  'nip',
  'pangkat',
  'unitKerja',
] as const satisfies readonly (keyof Entry)[];

/** What differs between two rows of one place. */
export const differences = (a: Entry, b: Entry): (keyof Entry)[] =>
  FIELDS.filter((field) => a[field] !== b[field]);

const sameEntry = (a: Entry, b: Entry): boolean => differences(a, b).length === 0;

/**
 * Checks the rows of a list before anything is written. What must be mended is a complaint, what was read in one way and may be
 * meant in another is a question that an officer must say yes to, what was read otherwise than typed is a note; all at once,
 * each with its row, column and value. Shown by test/roster/check.test.ts.
 */
import { undrawable } from '../lib/glyphs.ts';
import { hiddenCharacter } from '../lib/text.ts';
import type { Unsur } from '../naskah/wording.ts';
import { type Area, KODE_WILAYAH, shortName } from '../wilayah/area.ts';
import { sebutanKepala } from '../wilayah/sebutan.ts';
import { isErrorValue, isZero, saysNobody, tidy, withoutEmptyWord } from './cell.ts';
import { type NameComplaint, type NameQuestion, readName, takeActing } from './name.ts';
import {
  checkNip,
  type Entry,
  fullName,
  heldByOffice,
  type NipFault,
  placeOf,
  type Standing,
  saysNoNip,
} from './person.ts';
import type { Column, RosterRow } from './roster-file.ts';

export type ComplaintCode =
  | NipFault
  | NameComplaint
  | 'row-nobody'
  | 'cell-error'
  | 'cell-zero'
  | 'cell-nobody'
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
  | 'hidden-character'
  | 'undrawable'
  | 'too-long'
  | 'jabatan-missing'
  | 'jabatan-acting'
  | 'nip-missing'
  | 'place-twice'
  | 'signed';

export type QuestionCode = NameQuestion | 'nip-other-name' | 'place-removed';
export type NoteCode = 'acting-moved' | 'titles-parted' | 'titles-tidied' | 'nip-none' | 'nip-two-places';

export interface Finding<Code extends string> {
  row: number;
  column: Column;
  /** What stands in the cell. */
  value: string;
  code: Code;
  /** What the sentence needs besides: the letter, the other row, the right name, the most letters; how it was read. */
  detail: string;
}
export type Complaint = Finding<ComplaintCode>;
export type Question = Finding<QuestionCode>;
export type Note = Finding<NoteCode>;

/** Each list by row. */
export interface Checked {
  /** Rows without any complaint. */
  entries: { row: number; entry: Entry }[];
  complaints: Complaint[];
  questions: Question[];
  notes: Note[];
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
  cpns: 'ASN',
  pppk: 'ASN',
  p3k: 'ASN',
  polri: 'Polri',
  tni: 'TNI',
};

/** ASCII alone, which most cells are, needs no closer look. */
const PLAIN = /^[ -~]*$/;

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
  KODE_WILAYAH.test(cell)
    ? cell
    : withoutEmptyWord(cell)
        .replace(/[\s'’‘`´]/g, '')
        .replaceAll(':', '.');

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
  const found: Findings = { complaints: [], questions: [], notes: [] };
  const byPlace = new Map(ground.standing.map((person) => [person.tempat, person]));
  const placed: Checked['entries'] = [];
  for (const given of rows) {
    const entry = checkRow(given, ground, byPlace, found);
    if (entry) placed.push({ row: given.row, entry });
  }
  checkTogether(placed, byPlace, ground.standing, found);
  for (const list of [found.complaints, found.questions, found.notes]) list.sort((a, b) => a.row - b.row);
  const faulty = new Set(found.complaints.map(({ row }) => row));
  return { entries: placed.filter(({ row }) => !faulty.has(row)), ...found };
}

type Findings = Pick<Checked, 'complaints' | 'questions' | 'notes'>;

function checkRow(
  { row, cells }: RosterRow,
  { within, areas }: Ground,
  byPlace: ReadonlyMap<string, Standing>,
  { complaints, questions, notes }: Findings,
): Entry | null {
  const value = (column: Column): string => cells[column] ?? '';
  const complain = (column: Column, code: ComplaintCode, detail = ''): void => {
    complaints.push({ row, column, value: value(column), code, detail });
  };
  const note = (column: Column, code: NoteCode, detail = ''): void => {
    notes.push({ row, column, value: value(column), code, detail });
  };
  /** The cell without what only fills it; null, after a complaint, if an error or a zero stands there. */
  const read = (column: Column): string | null => {
    const cell = tidy(value(column));
    // Nothing and letters, which most cells are, need no closer look; `Err:502` begins with one too.
    if (cell === '' || /^[A-DF-Za-df-z]/.test(cell)) return cell;
    const said = withoutEmptyWord(cell);
    if (isErrorValue(said)) complain(column, 'cell-error');
    else if (isZero(said)) complain(column, 'cell-zero');
    else return said;
    return null;
  };

  const typedKode = read('Kode wilayah');
  const typedUnsur = read('Unsur');
  if (
    typedKode === '' &&
    typedUnsur === '' &&
    !/\d/.test(value('No')) &&
    bare(cells['Desa/Kelurahan']) === ''
  ) {
    complain('Nama', 'row-nobody');
    return null;
  }

  const wilayah = typedKode === null ? '' : kodeOf(typedKode);
  let area: Area | undefined;
  if (typedKode === '') complain('Kode wilayah', 'kode-missing');
  else if (typedKode !== null && !KODE_WILAYAH.test(wilayah)) complain('Kode wilayah', 'kode-form');
  else if (typedKode !== null) {
    area = areas.get(wilayah);
    if (!area) complain('Kode wilayah', 'kode-unknown');
    else if (!wilayah.startsWith(within)) {
      complain('Kode wilayah', 'kode-outside', within);
      area = undefined;
    }
  }
  const kecamatan = read('Kecamatan');
  const desa = read('Desa/Kelurahan');
  if (area) {
    const around = areas.get(wilayah.slice(0, 8));
    const typed = bare(kecamatan ?? '');
    if (around?.jenis === 'kecamatan' && typed !== '' && typed !== bare(around.nama)) {
      complain('Kecamatan', 'kecamatan-differs', around.nama);
    }
    const typedDesa = bare(desa ?? '');
    if (wilayah.length === 13 && typedDesa !== '' && typedDesa !== bare(area.nama)) {
      complain('Desa/Kelurahan', 'desa-differs', shortName(area));
    }
  }

  const actingUnsur = typedUnsur === null ? null : takeActing(typedUnsur);
  const unsur = UNSUR_BY_WORD[(actingUnsur?.rest ?? typedUnsur ?? '').toLowerCase().replace(/ ?\/ ?/, '/')];
  if (typedUnsur === '') complain('Unsur', 'unsur-missing');
  else if (typedUnsur !== null && !unsur) complain('Unsur', 'unsur-unknown');
  else if (unsur && area && !fits(unsur, area)) {
    complain('Unsur', 'unsur-area', `${area.jenis} ${shortName(area)}`);
  }

  const nip = checkNumber(cells['NIP/NRP'], unsur, complain, note);
  const known = unsur && area && (nip !== null || heldByOffice(unsur));
  const place = known ? placeOf({ unsur, wilayah, nip: nip ?? '' }) : null;
  const standing = place === null ? undefined : byPlace.get(place);

  const text = (column: keyof typeof MOST, kept: string | undefined): string => {
    if (cells[column] === undefined) return kept ?? '';
    const said = read(column);
    if (said === null) return '';
    if (column !== 'Nama' && saysNobody(said)) {
      complain(column, 'cell-nobody');
      return '';
    }
    if (!PLAIN.test(said)) {
      const hidden = hiddenCharacter(said);
      const letter = hidden === null ? undrawable(said) : null;
      if (hidden !== null) complain(column, 'hidden-character', hidden);
      if (letter !== null) complain(column, 'undrawable', letter);
    }
    if (said.length > MOST[column]) complain(column, 'too-long', String(MOST[column]));
    return said;
  };

  const before = complaints.length;
  const typed = {
    gelarDepan: text('Gelar depan', standing?.gelarDepan),
    nama: text('Nama', standing?.nama),
    gelarBelakang: text('Gelar belakang', standing?.gelarBelakang),
  };
  const spoiled = complaints.length > before;
  const name = readName(typed);
  const { gelarDepan, nama, gelarBelakang } = name;
  if (name.complaint && !spoiled) complain('Nama', name.complaint.code, name.complaint.detail);
  if (!name.complaint) {
    const reading = fullName(name);
    // What stands on the list was said yes to before.
    for (const code of standing && fullName(standing) === reading ? [] : name.questions) {
      questions.push({ row, column: 'Nama', value: value('Nama'), code, detail: reading });
    }
    if (name.parted && name.questions.length === 0) note('Nama', 'titles-parted', reading);
    if (name.tidied) note('Gelar belakang', 'titles-tidied', gelarBelakang);
  }

  const beforeOffice = complaints.length;
  const office =
    text('Jabatan', standing?.jabatan) ||
    (area && unsur && heldByOffice(unsur) ? sebutanKepala(wilayah) : '');
  const officeSpoiled = complaints.length > beforeOffice;
  const acting = actingUnsur?.acting ?? name.acting;
  const actingOffice = takeActing(office);
  const jabatan = actingOffice
    ? `${actingOffice.acting} ${actingOffice.rest}`.trim()
    : acting === null || office === ''
      ? office
      : `${acting} ${office}`;
  if (acting !== null && actingOffice && actingOffice.acting !== acting) {
    complain('Jabatan', 'jabatan-acting', acting);
  } else if (acting !== null && !name.complaint && jabatan !== standing?.jabatan) {
    note(actingUnsur ? 'Unsur' : 'Nama', 'acting-moved', jabatan);
  }
  const pangkat = text('Pangkat/Gol', standing?.pangkat);
  const unitKerja = text('Unit kerja', standing?.unitKerja);

  if (nama === '' && typed.nama === '' && !spoiled && unsur && !heldByOffice(unsur)) {
    complain('Nama', 'name-missing');
  }
  if (office === '' && unsur && !heldByOffice(unsur) && !officeSpoiled)
    complain('Jabatan', 'jabatan-missing');

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
  note: (column: Column, code: NoteCode) => void,
): string | undefined | null {
  // Digits alone are looked at by `checkNip`.
  const typed = /^[1-9]\d{4,}$/.test(cell ?? '') ? cell! : withoutEmptyWord(tidy(cell ?? ''));
  if (isErrorValue(typed) || isZero(typed)) {
    complain('NIP/NRP', isZero(typed) ? 'cell-zero' : 'cell-error');
    return null;
  }
  const none = typed === '' || saysNoNip(typed);
  if (none && unsur && !heldByOffice(unsur)) {
    complain('NIP/NRP', 'nip-missing');
    return null;
  }
  if (none) {
    // Dashes too are an officer's word that there is none.
    if (unsur && (cell ?? '').trim() !== '') note('NIP/NRP', 'nip-none');
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
  { complaints, questions, notes }: Findings,
): void {
  const places = new Map<string, number>();
  const numbers = new Map<string, { row: number; entry: Entry; stood: boolean }>();
  const stands = ({ nip, nama }: Entry, now: Standing | undefined): boolean =>
    now?.nip === nip && now.nama === nama;
  /** One person may hold two offices; one number with two names is a mistake in one of them, or a married name. */
  const alsoAt = (
    row: number,
    { nip, nama }: Entry,
    elsewhere: { nama: string; where: string; stood: boolean },
    stood: boolean,
  ): void => {
    const finding = { row, column: 'NIP/NRP' as const, value: nip };
    // Two that stood so on the list were said yes to before.
    const same = nama === '' || elsewhere.nama === '' || bare(nama) === bare(elsewhere.nama);
    if (same || (stood && elsewhere.stood)) {
      notes.push({ ...finding, code: 'nip-two-places', detail: elsewhere.where });
    } else {
      questions.push({ ...finding, code: 'nip-other-name', detail: `${elsewhere.nama}, ${elsewhere.where}` });
    }
  };
  for (const { row, entry } of entries) {
    const place = placeOf(entry);
    const office = heldByOffice(entry.unsur);
    const column: Column = office ? 'Kode wilayah' : 'NIP/NRP';
    const value = office ? entry.wilayah : entry.nip;
    const first = places.get(place);
    if (first === undefined) places.set(place, row);
    else complaints.push({ row, column, value, code: 'place-twice', detail: String(first) });

    const now = byPlace.get(place);
    const same = entry.nip === '' ? undefined : numbers.get(entry.nip);
    if (same !== undefined && first === undefined) {
      alsoAt(row, entry, { ...same, nama: same.entry.nama, where: `baris ${same.row}` }, stands(entry, now));
    }
    if (entry.nip !== '' && same === undefined) {
      numbers.set(entry.nip, { row, entry, stood: stands(entry, now) });
    }

    if (now?.signed && !sameEntry(now, entry)) {
      complaints.push({ row, column: 'Nama', value: entry.nama, code: 'signed', detail: now.nama });
    }
    if (now && now.removed !== null) {
      const who = `${fullName(entry)} ${value}`.trim();
      questions.push({ row, column, value: who, code: 'place-removed', detail: now.removed });
    }
  }
  if (numbers.size === 0) return;
  for (const person of standing) {
    if (person.nip === '' || person.removed !== null || places.has(person.tempat)) continue;
    const one = numbers.get(person.nip);
    if (one) {
      const where = `${person.jabatan} ${person.wilayah}`;
      alsoAt(one.row, one.entry, { nama: person.nama, where, stood: true }, one.stood);
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

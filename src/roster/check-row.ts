/** Checks one row by itself, and against whom the list has at its place. Shown by test/roster/check-roster.test.ts. */
import type { Unsur } from '../naskah/wording.ts';
import { type Area, pathIn, readKode, shortName } from '../wilayah/area.ts';
import { sebutanKepala } from '../wilayah/sebutan.ts';
import { bareName, namedPlace, namesAnother } from './area-name.ts';
import {
  isAround,
  isErrorValue,
  isZero,
  saysNobody,
  saysNobodyBehind,
  tidy,
  withoutEmptyWord,
  wordsComplaint,
} from './cell.ts';
import { type Column, columnOf } from './column.ts';
import {
  type ComplaintCode,
  contentOf,
  type Findings,
  type Ground,
  type Placed,
  type QuestionCode,
  type RowNoteCode,
  type RowQuestion,
} from './finding.ts';
import { isHeadOffice, readOffice } from './jabatan.ts';
import { type NameQuestion, readName, takeActing } from './name.ts';
import {
  checkNip,
  describeEntry,
  entryOf,
  fullName,
  heldByOffice,
  placeOf,
  type RosterEntry,
  type Standing,
  saysNoNip,
} from './person.ts';
import { maySay, readingsOfName } from './reading.ts';
import { isGrade } from './remark.ts';
import type { RosterRow } from './roster-file.ts';
import { areTitles, checkTitles, DECEASED, readFrontTitles } from './titles.ts';

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

/** No cell that we read is longer; what is, isn't looked at. */
const MOST_CELL = 300;

export function checkRow(
  { row, cells, strays, untouched }: RosterRow,
  { within, areas }: Ground,
  byPlace: ReadonlyMap<string, Standing>,
  { complaints, questions, notes }: Findings,
): Placed | null {
  const value = (column: Column): string => cells[column] ?? '';
  /** Whether a cell can't be left empty: depends on the unsur, which is read first. */
  let office = true;
  const must = (column: Column): boolean =>
    column === 'Kode wilayah' ||
    column === 'Unsur' ||
    (!office && (column === 'Nama' || column === 'Jabatan' || column === 'NIP/NRP'));
  const complain = (column: Column, code: ComplaintCode, detail = ''): void => {
    complaints.push({
      row,
      column,
      value: value(column).slice(0, MOST_CELL),
      code,
      detail,
      must: must(column),
    });
  };
  const unspoiled = complaints.length;
  let lost = false;
  for (const stray of strays ?? []) {
    const { code, content = '' } = stray;
    if (code === 'column-unread' || code === 'file-letters' || code === 'place-near') {
      questions.push({ ...stray, code, content, other: '' });
      continue;
    }
    complaints.push({ ...stray, code, must: false });
    lost ||= stray.row === row;
  }
  // Its cells may be another's.
  if (lost) return null;
  let long = false;
  for (const column of Object.keys(cells) as Column[]) {
    if (value(column).length <= MOST_CELL) continue;
    complain(column, 'too-long', String(column in MOST ? MOST[column as keyof typeof MOST] : 60));
    long = true;
  }
  if (long) return null;

  const note = (column: Column, code: RowNoteCode, detail = ''): void => {
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
    bareName(cells['Desa/Kelurahan']) === ''
  ) {
    const first = (Object.keys(cells) as Column[]).find(
      (column) => withoutEmptyWord(value(column)).trim() !== '',
    );
    complain(first ?? 'Nama', 'row-nobody');
    return null;
  }

  const wilayah = (typedKode === null ? null : readKode(typedKode)) ?? '';
  let area: Area | undefined;
  if (typedKode === '') complain('Kode wilayah', 'kode-missing');
  else if (typedKode !== null && wilayah === '') complain('Kode wilayah', 'kode-form');
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
    const around = (): Area[] => pathIn(areas, wilayah).slice(1);
    const own = areas.get(wilayah.slice(0, 8));
    if (own?.jenis === 'kecamatan' && namesAnother(kecamatan ?? '', own, around)) {
      complain('Kecamatan', 'kecamatan-differs', own.nama);
    }
    if (wilayah.length === 13 && namesAnother(desa ?? '', area, around)) {
      complain('Desa/Kelurahan', 'desa-differs', shortName(area));
    }
  }

  const actingUnsur = typedUnsur === null ? null : takeActing(typedUnsur);
  const unsur = UNSUR_BY_WORD[(actingUnsur?.rest ?? typedUnsur ?? '').toLowerCase().replace(/ ?\/ ?/, '/')];
  office = unsur === undefined || heldByOffice(unsur);
  // A part of a list begins so: `I;62.01.01;KECAMATAN KUMAI`.
  const isPart = (one: string): boolean => one === '' || isAround(one);
  const nobody =
    wilayah !== '' &&
    wilayah.length < 13 &&
    !unsur &&
    [typedUnsur ?? '', tidy(withoutEmptyWord(value('Nama')))].every(isPart) &&
    (['Jabatan', 'NIP/NRP'] as const).every((column) => withoutEmptyWord(value(column)).trim() === '');
  if (nobody) {
    complain('Kode wilayah', 'row-nobody');
    return null;
  }
  if (typedUnsur === '') complain('Unsur', 'unsur-missing');
  else if (typedUnsur !== null && !unsur) complain('Unsur', 'unsur-unknown');
  else if (unsur && area && !fits(unsur, area)) {
    complain('Unsur', 'unsur-area', `${area.jenis} ${shortName(area)}`);
  }

  const nip = checkNumber(cells['NIP/NRP'], unsur, complain, note);
  const known = unsur && area && (nip !== null || heldByOffice(unsur));
  const place = known ? placeOf({ unsur, wilayah, nip: nip ?? '' }) : null;
  const standing = place === null ? undefined : byPlace.get(place);
  // Who has signed stays as it is, also where it was kept before today's rules.
  if (standing?.signed && isAsItStands(cells, nip, standing)) return { row, entry: entryOf(standing) };
  // Left out means kept, for one person. To another one only what belongs to the office is handed on.
  const sameName = standing !== undefined && maySay(tidy(cells.Nama ?? standing.nama), standing.nama);
  const isSame = standing !== undefined && isSameHolder(sameName, nip, standing);
  const kept = isSame ? standing : standing && withoutHolder(standing);

  const text = (column: keyof typeof MOST, kept: string | undefined): string => {
    if (cells[column] === undefined) return kept ?? '';
    const said = tidy(withoutEmptyWord(value(column)));
    const kind = KINDS[column] ?? 'words';
    const wrong = wordsComplaint(said, kind);
    const heading = MAYBE_HEADING.test(said) ? columnOf(said) : undefined;
    if (wrong) {
      const nobody = wrong.code === 'cell-nobody' && column === 'Nama';
      complain(column, nobody ? 'name-nobody' : wrong.code, wrong.detail);
    } else if (heading === column || heading === 'Nama') {
      // A heading got among the rows.
      complain(column, column === 'Nama' ? 'name-nobody' : 'cell-nobody');
    } else if (said.length > MOST[column]) complain(column, 'too-long', String(MOST[column]));
    else return said;
    return '';
  };

  const before = complaints.length;
  const nama = text('Nama', kept?.nama);
  // Titles that the name brings along take the place of those that were kept: they are one person's.
  const brought =
    kept &&
    nama !== kept.nama &&
    (cells['Gelar depan'] === undefined || cells['Gelar belakang'] === undefined)
      ? readName({ gelarDepan: '', nama, gelarBelakang: '' })
      : null;
  const typed = {
    gelarDepan: text('Gelar depan', brought?.gelarDepan ? '' : kept?.gelarDepan),
    nama,
    gelarBelakang: text('Gelar belakang', brought?.gelarBelakang ? '' : kept?.gelarBelakang),
  };
  const spoiled = complaints.length > before;
  // What stands on the list, letter by letter, was said yes to before: it isn't read in another way.
  const stood =
    standing !== undefined &&
    typed.nama === standing.nama &&
    typed.gelarDepan === standing.gelarDepan &&
    typed.gelarBelakang === standing.gelarBelakang;
  let name = readName(typed);
  /** `PJ CONTOH` beside another acting word: those letters are the name's. */
  const isInitials =
    name.questions.includes('name-pj') &&
    [actingUnsur?.acting, readOffice(tidy(value('Jabatan'))).acting].some(
      (other) => typeof other === 'string' && other !== name.acting,
    );
  const settled: NameQuestion[] = isInitials ? ['name-pj'] : [];
  if (isInitials) name = readName(typed, new Set(settled));
  const nameActing = stood ? null : name.acting;
  if (name.complaint && !spoiled) complain('Nama', name.complaint.code, name.complaint.detail);
  const atPlace = stood || !area ? null : namedPlace(nama, area, areas);
  if (atPlace?.surely && !name.complaint) complain('Nama', 'name-area', atPlace.name);
  const titled = {
    'Gelar depan': checkTitles(readFrontTitles(typed.gelarDepan), 'front'),
    'Gelar belakang': checkTitles(name.back, 'back'),
  };
  for (const [column, { complaint }] of Object.entries(titled)) {
    if (complaint && !stood && cells[column as Column] !== undefined) complain(column as Column, complaint);
  }

  const beforeOffice = complaints.length;
  const typedOffice = text('Jabatan', kept?.jabatan);
  const officeSpoiled = complaints.length > beforeOffice;
  const isHead = unsur !== undefined && heldByOffice(unsur);
  const usual = area && isHead ? sebutanKepala(wilayah) : '';
  const officeRead = readOffice(typedOffice);
  const newOffice = typedOffice !== standing?.jabatan;
  if (newOffice && !officeSpoiled) {
    if (isTitle(typedOffice, isHead)) complain('Jabatan', 'jabatan-title');
    else if (DECEASED.test(typedOffice)) complain('Jabatan', 'name-deceased');
    else if (officeRead.two) complain('Jabatan', 'jabatan-two-acting');
    else if (officeRead.acting !== null && saysNobody(officeRead.named)) complain('Jabatan', 'cell-nobody');
  }
  const named = officeRead.named || usual;
  // What the list has gives way to what the row says.
  const acting = actingUnsur?.acting ?? nameActing;
  const actingOffice = cells.Jabatan === undefined && acting !== null ? null : officeRead.acting;
  if (actingUnsur && nameActing !== null && nameActing !== actingUnsur.acting) {
    complain('Nama', 'jabatan-acting', actingUnsur.acting);
  }
  const actingWith = (inName: string | null): string => {
    const held = actingUnsur?.acting ?? inName ?? officeRead.acting;
    return held === null || named === '' ? named : `${held} ${named}`;
  };
  const jabatan = actingWith(nameActing);
  const moved = acting !== null && !name.complaint && jabatan !== standing?.jabatan;
  if (acting !== null && actingOffice !== null && actingOffice !== acting) {
    complain('Jabatan', 'jabatan-acting', acting);
  } else if (moved) {
    if (jabatan !== '') note(actingUnsur ? 'Unsur' : 'Nama', 'acting-moved', jabatan);
  } else if (actingOffice !== null && jabatan !== standing?.jabatan && !isActingFirst(typedOffice, named)) {
    note('Jabatan', 'acting-moved', jabatan);
  }
  const askOffice = (code: 'jabatan-head' | 'jabatan-moved' | 'jabatan-odd'): void => {
    const where = { row, column: 'Jabatan', value: value('Jabatan'), detail: jabatan };
    questions.push({ ...where, code, other: '', content: contentOf(cells) });
  };
  if (named !== '' && area && unsur && complaints.length === unspoiled) {
    const plausible = isHead && isHeadOffice(named, usual, pathIn(areas, wilayah));
    if (isHead && !plausible && jabatan !== standing?.jabatan) askOffice('jabatan-head');
    else if (!isHead && newOffice && isOddOffice(typedOffice)) askOffice('jabatan-odd');
    // P. J. Contoh is asked about with the office that it would make.
    else if (!isHead && moved && actingOffice === null && !name.questions.includes('name-pj')) {
      askOffice('jabatan-moved');
    }
  }
  const pangkat = text('Pangkat/Gol', kept?.pangkat);
  if (pangkat !== '' && pangkat !== standing?.pangkat && isNoRank(pangkat)) {
    complain('Pangkat/Gol', 'rank-other');
  }
  const unitKerja = text('Unit kerja', kept?.unitKerja);

  if (nama === '' && !spoiled && unsur && !heldByOffice(unsur)) {
    complain('Nama', 'name-missing');
  }
  if (named === '' && unsur && !heldByOffice(unsur) && !officeSpoiled) complain('Jabatan', 'jabatan-missing');
  // A number is a person's: it waits for no holder to come.
  if (typed.nama === '' && !spoiled && nip && unsur && heldByOffice(unsur)) complain('NIP/NRP', 'nip-nobody');

  if (!unsur || !area || (nip === null && !heldByOffice(unsur))) return null;
  if (standing && !isSame && !name.complaint && !standing.signed) {
    const lost = notHandedOn(cells, nip, standing);
    if (lost !== '') note('Nama', 'holder-changed', lost);
  }
  const entryAs = ({ gelarDepan, nama, gelarBelakang, rank, acting }: Named): RosterEntry => ({
    ...{ wilayah, unsur, gelarDepan, nama, gelarBelakang, jabatan: actingWith(acting) },
    nip: nip ?? kept?.nip ?? '',
    // Where the column has another rank, that one stands.
    pangkat: pangkat || rank,
    unitKerja,
  });
  /** The same as another person's, who takes over nothing that this row doesn't say itself. */
  const entryOfAnother = (others: ReadonlySet<QuestionCode>): RosterEntry => {
    const said = (column: Column): boolean =>
      cells[column] !== undefined && untouched?.includes(column) !== true;
    const read = readName(
      {
        gelarDepan: said('Gelar depan') ? typed.gelarDepan : '',
        nama: typed.nama,
        gelarBelakang: said('Gelar belakang') ? typed.gelarBelakang : '',
      },
      new Set([...settled, ...others] as NameQuestion[]),
    );
    const entry = entryAs(read);
    const isActing = actingUnsur !== null || read.acting !== null;
    return {
      ...entry,
      nip: '',
      pangkat: said('Pangkat/Gol') ? entry.pangkat : read.rank,
      jabatan: said('Jabatan') || isActing ? entry.jabatan : named,
    };
  };
  if (stood) return { row, entry: entryAs({ ...typed, rank: '', acting: null }) };
  const entry = entryAs(name);
  if (name.complaint) return { row, entry };
  const reply = ask();
  return { row, entry: reply.entry ?? entry, ...(reply.reread ? { reread: reply.reread } : {}) };

  /** What is asked about a name and its titles, and the row with the other answers. */
  function ask(): Partial<Placed> {
    const force = name.rankSure && (unsur === 'TNI' || unsur === 'Polri');
    // Two ranks, of which the column's stands. Where the name's may be the name itself, that question shows both.
    const twoRanks = name.rank !== '' && isOtherRank(name.rank, pangkat);
    // As a column says it again that was answered before; without a column the list's may be older than the name's.
    const isAnswered = cells['Pangkat/Gol'] !== undefined && pangkat === standing?.pangkat;
    if (twoRanks && force && !isAnswered) {
      const where = { row, column: 'Pangkat/Gol', value: value('Pangkat/Gol'), code: 'rank-two' as const };
      const detail = `${pangkat}; bukan ${name.rank}, yang ada di kolom Nama`;
      questions.push({ ...where, detail, other: '', content: contentOf(cells) });
    }
    const readAs = (others: ReadonlySet<QuestionCode>) =>
      readName(typed, new Set([...settled, ...others] as NameQuestion[]));
    const reread = (others: ReadonlySet<QuestionCode>): RosterEntry =>
      others.has('holder-other') ? entryOfAnother(others) : entryAs(readAs(others));
    // So it stands on the list, whichever answers were given then; and the office doesn't hang on them, or stands so too.
    // Of who has signed letter case changes nothing.
    const isSaid = (said: string, stands: string): boolean =>
      standing?.signed ? said.toLowerCase() === stands.toLowerCase() : said === stands;
    if (standing && name.questions.length > 0) {
      for (const read of readingsOfName(typed)) {
        const one = entryAs(read);
        const sameOffice = one.jabatan === standing.jabatan || read.acting === name.acting;
        if (!read.complaint && isSaid(fullName(one), fullName(standing)) && sameOffice) return { entry: one };
      }
    }
    const shown = (one: RosterEntry): string =>
      [
        fullName(one),
        name.rank === '' || (pangkat !== '' && !twoRanks) ? '' : `Pangkat/Gol: ${one.pangkat || '(kosong)'}`,
        name.questions.includes('name-pj') ? `Jabatan: ${one.jabatan}` : '',
      ]
        .filter((part) => part !== '')
        .join('; ');
    const reading = shown(entry);
    const asked: RowQuestion[] = [];
    for (const code of name.questions) {
      if (code === 'name-rank' && force) continue;
      const one = reread(new Set([code]));
      // What would be refused so is no other answer.
      const other = shown(one) === reading || readAs(new Set([code])).complaint ? '' : shown(one);
      asked.push({
        row,
        column: 'Nama',
        value: value('Nama'),
        code: other === '' ? (ONE_READING[code] ?? code) : code,
        detail: reading,
        other,
        content: contentOf(cells),
      });
    }
    if (atPlace && !atPlace.surely) {
      const where = { row, column: 'Nama', value: value('Nama'), detail: reading };
      asked.push({ ...where, code: 'name-place', other: '', content: contentOf(cells) });
    }
    if (name.rank !== '' && !twoRanks && !name.questions.some((code) => code === 'name-rank' && !force)) {
      note('Nama', 'rank-moved', reading);
    }
    for (const [column, { doubt }] of Object.entries(titled)) {
      if (!doubt || cells[column as Column] === undefined) continue;
      const where = { row, column, value: value(column as Column), detail: reading };
      asked.push({ ...where, code: 'title-unknown', other: '', content: contentOf(cells) });
    }
    // One number and two names: a name that was mended, or another person to whom nothing of the former passes.
    const renamed = standing && !standing.signed && !sameName && nip && nip === standing.nip && nama !== '';
    if (renamed && (standing.nama !== '' || untouched?.includes('NIP/NRP'))) {
      const office = unsur && heldByOffice(unsur);
      asked.push({
        row,
        column: 'Nama',
        value: value('Nama'),
        code: office ? 'holder-other' : 'holder-renamed',
        detail: `${fullName(standing) || '(tanpa nama)'} menjadi ${describeEntry(entry)}`,
        other: office ? describeEntry(entryOfAnother(new Set())) : '',
        content: contentOf(cells),
      });
    }
    if (name.parted && name.questions.length === 0) note('Nama', 'titles-parted', reading);
    if (name.tidied) note('Gelar belakang', 'titles-tidied', name.gelarBelakang);
    // What stands on the list was said yes to before.
    const stands = standing && fullName(standing) === fullName(entry) && standing.jabatan === entry.jabatan;
    if (asked.length === 0 || stands) return {};
    questions.push(...asked);
    return { reread };
  }
}

/** What is asked where nothing is to choose: behind a comma it can only be a title. */
const ONE_READING: Partial<Record<QuestionCode, QuestionCode>> = {
  'name-titles': 'title-unknown',
  'name-pj': 'name-word',
};

/** How our headings of words begin. */
const MAYBE_HEADING = /^[^a-z]*(?:nama|gel|glr|jab|pang|gol|uni|uno|opd|skp|sat|per|ins)/i;

type Named = Pick<ReturnType<typeof readName>, 'gelarDepan' | 'nama' | 'gelarBelakang' | 'rank' | 'acting'>;

const KINDS: Partial<Record<Column, 'name' | 'title' | 'rank'>> = {
  Nama: 'name',
  'Gelar depan': 'title',
  'Gelar belakang': 'title',
  'Pangkat/Gol': 'rank',
};

/**
 * `S.Sos`, `M.AP.`, `H.`: a title where the office should be, since a comma has shifted the row; of the head of an area also in one
 * word, which may be another's office: Ners.
 */
const isTitle = (typed: string, isHead: boolean): boolean =>
  typed.length <= 20 && (isHead || typed.includes('.')) && areTitles(typed) !== null;

/** What is rarely an office, though somebody may hold it: `SE`, `Ners`, `Penata Tk. I`, `III/d`, `v`, `Ya`. */
const isOddOffice = (typed: string): boolean =>
  saysNobodyBehind(typed) ||
  (typed.length <= 20 &&
    (/^(?:\p{L}|ya|ada|aktif|[iv]+[/.]?[a-e]?|https?:.*|www.*)$/iu.test(typed) ||
      areTitles(typed) !== null ||
      isGrade(typed)));

/** Whether a name's rank contradicts the column's: `AKP` and `IPTU`; not `LETKOL INF` and `Letkol`. */
function isOtherRank(inName: string, column: string): boolean {
  if (column === '') return false;
  const [one, other] = [inName, column].map(
    (rank) =>
      `${rank
        .toLowerCase()
        .replace(/[^\p{L}]+/gu, ' ')
        .trim()} `,
  );
  return !one!.startsWith(other!) && !other!.startsWith(one!);
}

/** A title or an office where the rank should be. */
const isNoRank = (typed: string): boolean =>
  /^(?:(?:p[jl]\w?\. ?)?kepala|kades|lurah|camat|sekretaris|sekdes|kasi|kaur)(?=$|[^\p{L}])/iu.test(typed) ||
  (typed.length <= 20 && areTitles(typed) !== null);

/** Whether an acting office stood as it is written, but for its stop. */
const isActingFirst = (typed: string, named: string): boolean => takeActing(typed)?.rest === named;

/**
 * Whether a row speaks of who holds the place now, as `same_holder` tells people apart: by the number where both have one, else by the
 * name without titles, whichever way it was read. What was signed stays that name's, also where its number is mended.
 */
const isSameHolder = (sameName: boolean, nip: string | undefined | null, now: Standing): boolean =>
  nip && now.nip !== '' && !(now.signed && sameName) ? nip === now.nip : sameName;

/** What a place has besides its holder. */
function withoutHolder(now: Standing): RosterEntry {
  const jabatan = takeActing(now.jabatan)?.rest ?? now.jabatan;
  return {
    ...entryOf(now),
    ...{ gelarDepan: '', nama: '', gelarBelakang: '', jabatan, nip: '', pangkat: '' },
  };
}

/** What the one before had and the row doesn't give: it isn't the new holder's. */
function notHandedOn(cells: RosterRow['cells'], nip: string | undefined | null, now: Standing): string {
  const isLeftOut = (column: Column): boolean => cells[column] === undefined;
  return [
    isLeftOut('Gelar depan') && now.gelarDepan,
    isLeftOut('Gelar belakang') && now.gelarBelakang,
    isLeftOut('Jabatan') && takeActing(now.jabatan)?.acting,
    nip === undefined && now.nip !== '' && 'NIP/NRP',
    isLeftOut('Pangkat/Gol') && now.pangkat,
  ]
    .filter(Boolean)
    .join('; ');
}

const TEXTS = {
  'Gelar depan': 'gelarDepan',
  Nama: 'nama',
  'Gelar belakang': 'gelarBelakang',
  Jabatan: 'jabatan',
  'Pangkat/Gol': 'pangkat',
  'Unit kerja': 'unitKerja',
} as const satisfies Partial<Record<Column, keyof RosterEntry>>;

/** Whether each cell that is given says what stands, letter by letter. */
const isAsItStands = (cells: RosterRow['cells'], nip: string | undefined | null, now: Standing): boolean =>
  (nip === undefined || nip === now.nip) &&
  (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).every((column) => {
    if (cells[column] === undefined) return true;
    const said = tidy(cells[column]);
    const isUsual = column === 'Jabatan' && said === '' && heldByOffice(now.unsur);
    return said === now[TEXTS[column]] || (isUsual && now.jabatan === sebutanKepala(now.wilayah));
  });

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
  note: (column: Column, code: RowNoteCode) => void,
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

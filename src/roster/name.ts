/**
 * A name as it was typed, with titles and an acting office in it, read into its fields. What is sure is a note; what isn't is a
 * question to the officer; what can't be a name is a complaint. Shown by test/roster/name.test.ts.
 *
 *     Pj. CONTOH SATU       CONTOH SATU, acting: Pj.        note
 *     H CONTOH DUA S.Sos    H. CONTOH DUA, S.Sos.           note
 *     CONTOH TIGA SE        CONTOH TIGA, S.E.               question
 *     C O N T O H           the same                        question
 *     CONTOH (Alm)          none                            complaint
 */
import { saysNobody } from './cell.ts';
import type { Titled } from './person.ts';
import {
  joinTitles,
  looksLikeBackTitle,
  readBackTitles,
  readFrontTitles,
  spellBackTitle,
  takeFrontTitles,
} from './titles.ts';

export type NameComplaint =
  | 'name-nobody'
  | 'name-deceased'
  | 'name-acting'
  | 'name-office'
  | 'name-comma'
  | 'name-letters'
  | 'name-marks';
export type NameQuestion = 'name-titles' | 'name-doctor' | 'name-spaced';

export interface ReadName extends Titled {
  /** `Pj.`, which belongs before the office; null if none was there. */
  acting: string | null;
  /** `detail`: the mark that a name doesn't have. */
  complaint: { code: NameComplaint; detail: string } | null;
  questions: NameQuestion[];
  /** Titles stood in the name, or not as they are written. */
  parted: boolean;
  tidied: boolean;
}

const ACTING: Readonly<Record<string, string>> = {
  pj: 'Pj.',
  pjs: 'Pjs.',
  plt: 'Plt.',
  plh: 'Plh.',
  penjabat: 'Pj.',
  'penjabat sementara': 'Pjs.',
  'pelaksana tugas': 'Plt.',
  'pelaksana harian': 'Plh.',
};
const ACTING_WORDS = 'pjs|pj|plt|plh|penjabat sementara|penjabat|pelaksana tugas|pelaksana harian';
const ACTING_FIRST = new RegExp(`^\\(?(${ACTING_WORDS})(?:\\.?\\)|\\s*[.:]\\s*|\\s+(?:-\\s*)?|$)`, 'i');
/** The words alone may be a name: Contoh Penjabat. */
const ACTING_ANYWHERE = /(?:^|[^\p{L}])(?:pjs?|pl[th])(?=$|[^\p{L}])/iu;

/** `Pj.` and what follows it; null if the text begins otherwise. */
export function takeActing(typed: string): { acting: string; rest: string } | null {
  const found = ACTING_FIRST.exec(typed);
  return found && { acting: ACTING[found[1]!.toLowerCase()]!, rest: typed.slice(found[0].length).trim() };
}

const DECEASED = /(?:^|[\s(.,/])alm(?:h|arhum(?:ah)?)?(?=$|[\s).,/])/i;
const OFFICE =
  /^(?:kepala|kades|lurah|camat|perbekel|sekdes|sekretaris|peratin|pambakal|keuchik|wali ?nagari|penghulu|staf|bendahara)(?=$|[^\p{L}])/iu;
/** Hidden characters have their own complaint. */
const MARK = /[^\p{L}\p{M}\p{C}\s.,'’‘`´ʼʻʾʿ\u02b9-\u02bf\p{Pd}-]/u;
const SPACED = /(?:^| )\p{L}(?: \p{L}){3,}(?= |$)/u;

/** Cells without spaces at their ends; `gelarDepan` and `gelarBelakang` may be what the list has. */
export function readName(cells: Titled): ReadName {
  const front = readFrontTitles(cells.gelarDepan);
  const acting = takeActing(front);
  const back = readBackTitles(cells.gelarBelakang);
  const read: ReadName = {
    gelarDepan: acting ? readFrontTitles(acting.rest) : front,
    nama: cells.nama,
    gelarBelakang: back,
    acting: acting?.acting ?? null,
    complaint: null,
    questions: [],
    parted: false,
    // Spaces and commas alone are nothing to tell.
    tidied: back.replace(/[\s,]/g, '') !== cells.gelarBelakang.replace(/[\s,]/g, ''),
  };
  if (cells.nama === '') return read;

  const refuse = (code: NameComplaint, detail = ''): ReadName => ({ ...read, complaint: { code, detail } });
  if (saysNobody(cells.nama)) return refuse('name-nobody');
  if (DECEASED.test(cells.nama)) return refuse('name-deceased');

  let name = cells.nama;
  for (;;) {
    const first = takeActing(name);
    if (!first) break;
    if (read.acting !== null && read.acting !== first.acting) return refuse('name-acting');
    read.acting = first.acting;
    name = first.rest;
  }
  if (read.acting !== null && name === '') return refuse('name-nobody');
  if (OFFICE.test(name)) return refuse('name-office');
  if (ACTING_ANYWHERE.test(name)) return refuse('name-acting');

  const spaced = SPACED.test(name);
  if (spaced) read.questions.push('name-spaced');
  const titles = takeFrontTitles(name);
  // A letter alone before another one is no title: A. B. Contoh; H A J I.
  if (!spaced && titles.titles.length > 0 && titles.rest !== '') {
    if (titles.doubt) read.questions.push('name-doctor');
    // `H.M. Contoh`: a haji called M., or one whose names are H. and M.
    if (/^\p{L}\./u.test(titles.rest)) read.questions.push('name-titles');
    read.gelarDepan = joinTitles(' ', titles.titles.join(' '), read.gelarDepan);
    read.parted = true;
    name = titles.rest;
    if (ACTING_ANYWHERE.test(name)) return refuse('name-acting');
  }

  const parted = spaced ? { name, titles: [], doubt: false } : partBackTitles(name);
  if (parted === null) return refuse('name-comma');
  if (parted.titles.length > 0) {
    if (parted.doubt && !read.questions.includes('name-titles')) read.questions.push('name-titles');
    read.gelarBelakang = joinTitles(', ', parted.titles.join(', '), read.gelarBelakang);
    read.parted = true;
  }
  read.nama = parted.name;
  if (!/\p{L}/u.test(read.nama) || /[\d#@=<>]/.test(read.nama)) return refuse('name-letters');
  const mark = MARK.exec(read.nama);
  return mark ? refuse('name-marks', mark[0]) : read;
}

/** Null after a comma that no titles follow. */
function partBackTitles(typed: string): { name: string; titles: string[]; doubt: boolean } | null {
  const comma = typed.indexOf(',');
  const titles: string[] = [];
  let doubt = false;
  let name = typed;
  if (comma >= 0) {
    const after = readBackTitles(typed.slice(comma + 1));
    name = typed.slice(0, comma).trim();
    for (const title of after === '' ? [] : after.split(', ')) {
      if (spellBackTitle(title) === null) {
        if (!looksLikeBackTitle(title)) return null;
        doubt = true;
      }
      titles.push(title);
    }
  }
  const words = name.split(' ');
  while (words.length > 1) {
    const last = words.at(-1)!;
    const split = splitTitle(words);
    const known = spellBackTitle(last);
    if (split !== null) {
      titles.unshift(split.title);
      // `M. M.` may be two names.
      doubt ||= !/\p{L}{2}/u.test(words.slice(-split.words).join(' '));
      words.splice(1 - split.words);
    } else if (last.includes('.') && known !== null) {
      titles.unshift(known);
    } else if (
      (known !== null && /^\p{Lu}{2}/u.test(last)) ||
      (/\..*\p{L}/u.test(last) && looksLikeBackTitle(last))
    ) {
      titles.unshift(known ?? last);
      doubt = true;
    } else break;
    words.pop();
  }
  name = words.join(' ');
  // `CONTOH TIGA. S.Pd`: the stop parted name and title.
  if (titles.length > 0) name = name.replace(/(?<=\p{L}{3})\.$/u, '');
  return { name, titles, doubt };
}

/** A title in several words at the end of a name, `S. Sos`, `S. Pd. I`, if a name is left before it. */
function splitTitle(words: readonly string[]): { title: string; words: number } | null {
  for (let count = Math.min(4, words.length - 1); count >= 2; count--) {
    if (!/^\p{L}{1,2}\.$/u.test(words.at(-count)!)) continue;
    const title = spellBackTitle(words.slice(-count).join(''));
    if (title !== null) return { title, words: count };
  }
  return null;
}

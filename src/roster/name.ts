/**
 * A name as it was typed, with titles and an acting office in it, read into its fields. What is sure is a note; what isn't is a
 * question to the officer; what can't be a name is a complaint. Shown by test/roster/name.test.ts.
 *
 *     Pj. CONTOH SATU       CONTOH SATU, acting: Pj.        note
 *     H CONTOH DUA S.Sos    H. CONTOH DUA, S.Sos.           note
 *     CONTOH TIGA SE        CONTOH TIGA, S.E.               question
 *     C O N T O H           the same                        question
 *     Bapak CONTOH          CONTOH                          question
 *     KAPTEN INF CONTOH     CONTOH, rank: KAPTEN INF        question
 *     CONTOH (Alm)          none                            complaint
 *
 * A question about parting has two answers: as it was read, or that all of it is the name.
 */
import { ACTING, ADDRESS } from '../lib/gelar.ts';
import { saysNobody } from './cell.ts';
import type { Titled } from './person.ts';
import {
  DECEASED,
  joinTitles,
  looksLikeBackTitle,
  readBackTitles,
  readFrontTitles,
  spellBackTitle,
  takeFrontTitles,
  takeRank,
} from './titles.ts';

export type NameComplaint =
  | 'name-nobody'
  | 'name-deceased'
  | 'name-acting'
  | 'name-office'
  | 'name-status'
  | 'name-comma'
  | 'name-letters'
  | 'name-marks';
export type NameQuestion =
  | 'name-titles'
  | 'name-doctor'
  | 'name-spaced'
  | 'name-address'
  | 'name-rank'
  | 'name-two'
  | 'name-unusual';

export interface ReadName extends Titled {
  /** `Pj.`, which belongs before the office; null if none was there. */
  acting: string | null;
  /** The cell of titles after the name, in house style: without those that stood in the name. */
  back: string;
  /** `KAPTEN INF`, which belongs to Pangkat; empty if none was there. */
  rank: string;
  /** `detail`: the mark that a name doesn't have. */
  complaint: { code: NameComplaint; detail: string } | null;
  questions: NameQuestion[];
  /** Titles stood in the name, or not as they are written. */
  parted: boolean;
  tidied: boolean;
}

/** The longest first. */
const ACTING_WORDS = Object.keys(ACTING)
  .sort((a, b) => b.length - a.length)
  .join('|');
const ACTING_FIRST = new RegExp(`^\\(?(${ACTING_WORDS})(?:\\.?\\)|\\s*[.:]\\s*|\\s+(?:-\\s*)?|$)`, 'i');
/** The words alone may be a name: Contoh Penjabat. */
const ACTING_ANYWHERE = /(?:^|[^\p{L}])(?:pjs?|pl[th])(?=$|[^\p{L}])/iu;

/** `Pj.` and what follows it; null if the text begins otherwise. */
export function takeActing(typed: string): { acting: string; rest: string } | null {
  const found = ACTING_FIRST.exec(typed);
  return found && { acting: ACTING[found[1]!.toLowerCase()]!, rest: typed.slice(found[0].length).trim() };
}

const OFFICE =
  /^(?:kepala|kades|lurah|camat|perbekel|sekdes|sekretaris|peratin|pambakal|keuchik|wali ?nagari|penghulu|staf|bendahara)(?=$|[^\p{L}])/iu;
const ACTING_LAST = /^(.*\S)\s+\(?(pjs?|pl[th])\.?\)?$/i;

/** The same at the end of an office: `Kades (Pj)`. */
export function takeActingAtEnd(typed: string): { acting: string; rest: string } | null {
  const found = ACTING_LAST.exec(typed);
  return found && { acting: ACTING[found[2]!.toLowerCase()]!, rest: found[1]! };
}

const STATUS =
  /(?:^|[^\p{L}])(?:non ?-?aktif|meninggal|wafat|pensiun|mutasi|cuti|(?:di)?berhenti(?:kan)?|dinonaktifkan|tersangka|terpidana)(?=$|[^\p{L}])/iu;
const SPOKEN_TO = new RegExp(`^(?:${ADDRESS.join('|')})(?:\\s*[.:]\\s*|\\s+)(?=\\p{L})`, 'iu');
/** Hidden characters have their own complaint. */
const MARK = /[^\p{L}\p{M}\p{C}\s.,'’‘`´ʼʻʾʿ\u02b9-\u02bf\p{Pd}-]/u;
const SPACED = /(?:^| )\p{L}(?: \p{L}){3,}(?= |$)/u;

const NONE: ReadonlySet<NameQuestion> = new Set();

/**
 * Cells without spaces at their ends; `gelarDepan` and `gelarBelakang` may be what the list has. `kept`: questions that were answered
 * with "all of it is the name".
 */
export function readName(cells: Titled, kept: ReadonlySet<NameQuestion> = NONE): ReadName {
  const front = readFrontTitles(cells.gelarDepan);
  const acting = takeActing(front);
  const back = readBackTitles(cells.gelarBelakang);
  const read: ReadName = {
    gelarDepan: acting ? readFrontTitles(acting.rest) : front,
    nama: cells.nama,
    gelarBelakang: back,
    back,
    acting: acting?.acting ?? null,
    rank: '',
    complaint: null,
    questions: [],
    parted: false,
    // Spaces and commas alone are nothing to tell.
    tidied: back.replace(/[\s,]/g, '') !== cells.gelarBelakang.replace(/[\s,]/g, ''),
  };
  const ask = (question: NameQuestion): void => {
    if (!read.questions.includes(question)) read.questions.push(question);
  };
  /** Dr. or dr.: read as the first, the other is the other answer. */
  const doctor = (titles: string): string => {
    ask('name-doctor');
    return kept.has('name-doctor') ? titles.replace('Dr.', 'dr.') : titles;
  };
  if (takeFrontTitles(cells.gelarDepan).doubt) read.gelarDepan = doctor(read.gelarDepan);
  if (cells.nama === '') return read;

  const refuse = (code: NameComplaint, detail = ''): ReadName => ({ ...read, complaint: { code, detail } });
  if (saysNobody(cells.nama)) return refuse('name-nobody');
  if (DECEASED.test(cells.nama)) return refuse('name-deceased');

  // `M . CONTOH`; a dash or a stop around it.
  const tidied = cells.nama.replace(/(?:\s*\.)+/g, '.').replace(/^[.\s\p{Pd}]+|[\s\p{Pd}]+$/gu, '');
  // `Contoh.`: no short form is so long.
  const plain = tidied.replace(/(?<=\p{L}{4})\.$/u, '');
  if (plain !== cells.nama || /^(?:\P{L}*\p{L}\P{L}*)$/u.test(plain)) ask('name-unusual');
  let name = kept.has('name-unusual') ? cells.nama : plain;
  if (/\s(?:dan|atau|serta)\s/i.test(name)) ask('name-two');
  for (;;) {
    const first = takeActing(name);
    if (!first) break;
    if (read.acting !== null && read.acting !== first.acting) return refuse('name-acting');
    read.acting = first.acting;
    name = first.rest.replace(/^[.\s\p{Pd}]+/u, '');
    if (name !== first.rest) ask('name-unusual');
  }
  if (read.acting !== null && name === '') return refuse('name-nobody');
  if (OFFICE.test(name)) return refuse('name-office');
  if (ACTING_ANYWHERE.test(name)) return refuse('name-acting');
  if (STATUS.test(name)) return refuse('name-status');
  while (SPOKEN_TO.test(name)) {
    ask('name-address');
    if (kept.has('name-address')) break;
    name = name.replace(SPOKEN_TO, '');
  }
  const ranked = takeRank(name);
  if (ranked && ranked.rest !== '') {
    ask('name-rank');
    if (!kept.has('name-rank')) {
      read.rank = ranked.rank;
      name = ranked.rest;
    }
  }

  const spaced = SPACED.test(name);
  if (spaced) ask('name-spaced');
  const titles = takeFrontTitles(name);
  // A letter alone before another one is no title: A. B. Contoh; H A J I.
  if (!spaced && titles.titles.length > 0 && titles.rest !== '') {
    // `H.M. Contoh`: a haji called M., or one whose names are H. and M.
    const unsure = titles.nameToo || /^\p{L}\./u.test(titles.rest);
    if (unsure) ask('name-titles');
    if (!unsure || !kept.has('name-titles')) {
      const front = titles.titles.join(' ');
      read.gelarDepan = joinTitles(' ', titles.doubt ? doctor(front) : front, read.gelarDepan);
      read.parted = true;
      name = titles.rest;
    }
    if (ACTING_ANYWHERE.test(name)) return refuse('name-acting');
  }

  const parted = spaced ? { name, titles: [], doubt: false } : partBackTitles(name, kept.has('name-titles'));
  if (parted === null) return refuse('name-comma');
  if (parted.doubt) ask('name-titles');
  if (parted.titles.length > 0) {
    read.gelarBelakang = joinTitles(', ', parted.titles.join(', '), read.gelarBelakang);
    read.parted = true;
  }
  // A stop or a dash that stood between.
  read.nama = parted.name.replace(/^[.\s\p{Pd}]+/u, '');
  if (!kept.has('name-unusual')) read.nama = read.nama.replace(/(?<=\p{L}{4})\.$/u, '');
  if (read.nama !== parted.name) ask('name-unusual');
  if (!/\p{L}/u.test(read.nama) || /[\d#@=<>]/.test(read.nama)) return refuse('name-letters');
  const mark = MARK.exec(read.nama);
  return mark ? refuse('name-marks', mark[0]) : read;
}

/** Null after a comma that no titles follow. `sure`: what may be a part of the name stays there. */
function partBackTitles(
  typed: string,
  sure: boolean,
): { name: string; titles: string[]; doubt: boolean } | null {
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
  for (;;) {
    const last = words.at(-1)!;
    // `CONTOH.SE`
    const joined = /^(\p{L}{3,})\.(\p{L}[\p{L}.]*)$/u.exec(last);
    const joinedTitle = joined && spellBackTitle(joined[2]!);
    if (joined && joinedTitle) {
      doubt = true;
      if (sure) break;
      titles.unshift(joinedTitle);
      words[words.length - 1] = joined[1]!;
      continue;
    }
    if (words.length === 1) break;
    const split = splitTitle(words);
    const known = spellBackTitle(last);
    if (split !== null) {
      doubt ||= split.doubt;
      if (split.doubt && sure) break;
      titles.unshift(split.title);
      words.splice(1 - split.words);
    } else if (last.includes('.') && known !== null) {
      // `ANDI MM.`, `ANDI M.M` may end with the beginnings of names.
      const unsure = !/\..*\p{L}/u.test(last) || (!/\p{L}{2}/u.test(last) && !last.endsWith('.'));
      doubt ||= unsure;
      if (unsure && sure) break;
      titles.unshift(known);
    } else if (
      (known !== null && /^\p{Lu}{2}/u.test(last)) ||
      (/\..*\p{L}/u.test(last) && looksLikeBackTitle(last))
    ) {
      doubt = true;
      if (sure) break;
      titles.unshift(known ?? last);
    } else break;
    words.pop();
  }
  name = words.join(' ');
  // `CONTOH TIGA. S.Pd`: the stop parted name and title.
  if (titles.length > 0) name = name.replace(/(?<=\p{L}{3})\.$/u, '');
  return { name, titles, doubt };
}

/** A title in several words at the end of a name, `S. Sos`, `S. Pd. I`, `S Sos`, if a name is left before it. */
function splitTitle(words: readonly string[]): { title: string; words: number; doubt: boolean } | null {
  for (let count = Math.min(4, words.length - 1); count >= 2; count--) {
    if (!/^\p{L}{1,2}\.?$/u.test(words.at(-count)!)) continue;
    const parts = words.slice(-count);
    const title = spellBackTitle(parts.join(''));
    // `M. M.` may be two names, and so may all without their stops.
    const doubt = !parts[0]!.endsWith('.') || !/\p{L}{2}/u.test(parts.join(' '));
    if (title !== null) return { title, words: count, doubt };
  }
  return null;
}

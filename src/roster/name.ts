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
 *     CONTOH lama           the same                        question
 *     CONTOH (Alm)          none                            complaint
 *
 * A question about parting has two answers: as it was read, or that all of it is the name.
 */
import { ACTING, ADDRESS } from '../lib/gelar.ts';
import { saysNobody } from './cell.ts';
import type { Titled } from './person.ts';
import { type Rank, takeRank, takeRankBehind } from './rank.ts';
import { hasRemark, readRemark } from './remark.ts';
import {
  areOfBoth,
  areTitles,
  DECEASED,
  frontTitleAt,
  hasTitleWithin,
  joinBack,
  joinFront,
  looksLikeBackTitle,
  readBackTitles,
  readFrontTitles,
  SCHOOL,
  spellBackTitle,
  splitBackTitles,
  takeFrontTitles,
} from './titles.ts';

export type NameComplaint =
  | 'name-nobody'
  | 'name-deceased'
  | 'name-acting'
  | 'name-office'
  | 'name-status'
  | 'name-title'
  | 'name-title-front'
  | 'name-comma'
  | 'name-letters'
  | 'name-marks';
export type NameQuestion =
  | 'name-titles'
  | 'name-doctor'
  | 'name-spaced'
  | 'name-address'
  | 'name-rank'
  | 'name-corps'
  | 'name-pj'
  | 'name-word'
  | 'name-two'
  | 'title-both'
  | 'name-unusual';

export interface ReadName extends Titled {
  /** `Pj.`, which belongs before the office; null if none was there. */
  acting: string | null;
  /** The cell of titles after the name, in house style: without those that stood in the name. */
  back: string;
  /** `KAPTEN INF`, which belongs to Pangkat; empty if none was there. */
  rank: string;
  /** Of a soldier or a policeman it needs no question. */
  rankSure: boolean;
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
const ACTING_FIRST = new RegExp(
  `^\\(?(?:(${ACTING_WORDS})(?:\\.?\\)|\\s*[.:]\\s*|\\s+(?:-\\s*)?|$)|(p\\s?\\.\\s?(?:j\\s?\\.(?:\\s?s\\.)?|l\\s?\\.\\s?[th](?!\\p{L})))(?:[.:]?\\)?\\s*))`,
  'iu',
);
/** The words alone may be a name: Contoh Penjabat. */
const ACTING_ANYWHERE = /(?:^|[^\p{L}])(?:pjs?|pl[th])(?=$|[^\p{L}])/iu;
/** `PJBUDI`; short for the same in other houses. */
const ACTING_GLUED = /^(?:p(?:js?|l[th])\p{L}{2}|(?:pgs|ymt|pjb|plth)\.?\s)/iu;

/** `DrsCONTOH`: no name begins so. */
const TITLE_GLUED = /^(?:drs|hj|pdt)\p{L}{3}/iu;

/** `unsure`: letters that may be a name's own, P. J. and PJ; or words that aren't usual so. */
interface Acting {
  acting: string;
  rest: string;
  unsure: boolean;
}

/** `Pj.` and what follows it; null if the text begins otherwise. */
export function takeActing(typed: string): Acting | null {
  // Each of them begins so.
  if (!/^\(?p/i.test(typed)) return null;
  const found = ACTING_FIRST.exec(typed);
  if (!found) return null;
  const word = (found[1] ?? found[2]!.replace(/[\s.]/g, '')).toLowerCase();
  const rest = typed.slice(found[0].length).trim();
  const bare = word === 'pj' && found[1] !== undefined && /^p\w\s+$/i.test(found[0]);
  return { acting: ACTING[word]!, rest, unsure: bare || !found[1] || word === 'pelaksana tugas harian' };
}

const ACTING_LAST = /^(.*\S)\s+\(?(pjs?|pl[th])\.?\)?$/i;

/** The same at the end of an office: `Kades (Pj)`. */
export function takeActingAtEnd(typed: string): { acting: string; rest: string } | null {
  const found = ACTING_LAST.exec(typed);
  return found && { acting: ACTING[found[2]!.toLowerCase()]!, rest: found[1]! };
}

const SPOKEN_TO = new RegExp(`^(?:${ADDRESS.join('|')})(?:\\s*[.:]\\s*|\\s+)(?=['’‘\`´]*\\p{L})`, 'iu');
/** Words for nobody that somebody may be called. */
const NOBODY_OR_NAME =
  /^(?:sama|na|x|mutasi|pending|anonim|batal|coret|rangkap|jumlah|total|(?:bukan|tidak|belum) (?!ada|ter|di|jelas|tahu|ber|punya|aktif|definitif)\p{L}+)$/iu;
/** Hidden characters have their own complaint. */
const MARK = /[^\p{L}\p{M}\p{C}\s.,'’‘`´ʼʻʾʿ\u02b9-\u02bf\p{Pd}-]/u;
const SPACED = /(?:^| )\p{L}(?: \p{L}){3,}(?= |$)/u;

/** What stands around a name and isn't of it. An apostrophe behind a vowel is: Bua'. */
const AROUND = /^[.\s\p{Pd}'’‘`´"]+|(?:[\s\p{Pd}‘`´"]|(?<![aeiou])['’])+$/giu;

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
    rankSure: true,
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
  if (saysNobody(cells.nama)) {
    if (!NOBODY_OR_NAME.test(cells.nama)) return refuse('name-nobody');
    ask('name-word');
  }
  if (DECEASED.test(cells.nama)) {
    // Without a stop it may be the name itself.
    if (!/^alm \p{L}/iu.test(cells.nama)) return refuse('name-deceased');
    ask('name-word');
  }

  // `M . CONTOH`; a dash, a stop or a mark of text around it.
  const plain = cells.nama.replace(/(?:\s*\.)+/g, '.').replace(AROUND, '');
  if (plain !== cells.nama || /^(?:\P{L}*\p{L}\P{L}*)$/u.test(plain)) ask('name-unusual');
  let name = kept.has('name-unusual') ? cells.nama : plain;
  for (;;) {
    const first = takeActing(name);
    if (!first) break;
    if (first.unsure && first.rest !== '') {
      ask('name-pj');
      if (kept.has('name-pj')) break;
    }
    if (read.acting !== null && read.acting !== first.acting) return refuse('name-acting');
    read.acting = first.acting;
    name = first.rest.replace(/^[.\s\p{Pd}]+/u, '');
    if (name !== first.rest) ask('name-unusual');
  }
  if (read.acting !== null && name === '') return refuse('name-nobody');
  if (/\s(?:dan|atau|serta)\s|\s\p{Pd}+\s/iu.test(name)) ask('name-two');
  if (TITLE_GLUED.test(name)) ask('name-word');
  if (ACTING_GLUED.test(name) || (!kept.has('name-pj') && ACTING_ANYWHERE.test(name))) {
    return refuse('name-acting');
  }
  if (hasRemark(name)) {
    while (SPOKEN_TO.test(name)) {
      ask('name-address');
      if (kept.has('name-address')) break;
      name = name.replace(SPOKEN_TO, '');
    }
    const remark = readRemark(name);
    if (remark === 'maybe') ask('name-word');
    else if (remark !== null) return refuse(remark);
  }
  const ranked = takeRank(name);
  if (ranked) takeItsRank(ranked);
  else {
    const behind = takeRankBehind(name);
    if (behind) takeItsRank({ ...behind, sure: false, other: null });
  }
  if (SCHOOL.test(name)) return refuse('name-status');
  const alone = areTitles(name);
  if (alone?.surely) return refuse('name-title');
  if (alone) ask('name-word');

  function takeItsRank(found: Rank): void {
    if (found.rest === '') {
      ask('name-word');
      return;
    }
    ask('name-rank');
    read.rankSure = found.sure;
    if (kept.has('name-rank')) return;
    if (found.other) ask('name-corps');
    const taken = found.other && kept.has('name-corps') ? found.other : found;
    read.rank = taken.rank;
    name = taken.rest;
  }

  const spaced = SPACED.test(name);
  if (spaced) ask('name-spaced');
  const titles = takeFrontTitles(name);
  // A letter alone before another one is no title: A. B. Contoh; H A J I.
  if (!spaced && titles.titles.length > 0 && titles.rest !== '') {
    // `H.M. Contoh`: a haji called M., or one whose names are H. and M. `H. M. Contoh` is printed so with both.
    const printed = `${titles.titles.join(' ')} ${titles.rest}`;
    const initials = titles.titles[0] === 'H.' && /^\p{L}\./u.test(titles.rest);
    const unsure = titles.nameToo || (initials && printed.toLowerCase() !== name.toLowerCase());
    if (unsure) ask('name-titles');
    if (!unsure || !kept.has('name-titles')) {
      const front = titles.titles.join(' ');
      read.gelarDepan = joinFront(read.gelarDepan, titles.doubt ? doctor(front) : front);
      read.parted = true;
      name = titles.rest;
    }
    if (ACTING_ANYWHERE.test(name)) return refuse('name-acting');
  }

  const parted =
    spaced || alone
      ? { name, front: [], titles: [], doubt: false }
      : partBackTitles(name, kept.has('name-titles'));
  if (typeof parted === 'string') return refuse(parted);
  if (parted.doubt) ask('name-titles');
  if (parted.titles.length + parted.front.length > 0) {
    read.gelarDepan = joinFront(read.gelarDepan, parted.front.join(' '));
    read.gelarBelakang = joinBack(parted.titles.join(', '), read.gelarBelakang);
    read.parted = true;
  }
  if (!spaced && !alone && hasTitleWithin(parted.name)) ask('name-word');
  if (areOfBoth(read.gelarDepan)) ask('title-both');
  // A stop or a dash that stood between.
  read.nama = parted.name.replace(/^[.\s\p{Pd}]+/u, '');
  // `Contoh.`: no short form is so long; a title is, and is parted by now.
  if (!kept.has('name-unusual')) read.nama = read.nama.replace(/(?<=\p{L}{4})\.$/u, '');
  if (read.nama !== parted.name) ask('name-unusual');
  if (!/\p{L}/u.test(read.nama) || /[\d#@=<>]/.test(read.nama)) return refuse('name-letters');
  const mark = MARK.exec(read.nama);
  if (mark) return refuse('name-marks', mark[0]);
  return read.nama.length < cells.nama.length ? again() : read;

  /** What was parted may have hidden more: H. IPTU Contoh; Contoh lama, S.H. */
  function again(): ReadName {
    const inner = readName(read, kept);
    if (inner.complaint) return refuse(inner.complaint.code, inner.complaint.detail);
    if (inner.acting !== null && read.acting !== null && inner.acting !== read.acting) {
      return refuse('name-acting');
    }
    inner.questions.forEach(ask);
    return {
      ...read,
      gelarDepan: inner.gelarDepan,
      nama: inner.nama,
      gelarBelakang: inner.gelarBelakang,
      acting: read.acting ?? inner.acting,
      rank: read.rank || inner.rank,
      rankSure: read.rankSure && inner.rankSure,
      parted: read.parted || inner.parted,
    };
  }
}

/** What a stop, a bracket or a dash within, or no vowel at all, shows to be a short form. */
const SHORT_FORM =
  /^\p{L}[\p{L}&]*(?:[.()\p{Pd}][\p{L}&.()\p{Pd}]*)(?: \p{L}+\.)?$|^[b-df-hj-np-tv-z]{2,8}$/iu;

interface Parted {
  name: string;
  /** Titles before a name that stood behind it. */
  front: string[];
  titles: string[];
  doubt: boolean;
}

/**
 * Titles at the end of a name. Sure is what stands after a comma, or has a stop within and more than letters between its stops; all else
 * is a doubt in capitals as in small letters. `sure`: what may be a part of the name stays there.
 */
function partBackTitles(typed: string, sure: boolean): Parted | NameComplaint {
  const comma = typed.indexOf(',');
  const titles: string[] = [];
  const front: string[] = [];
  let doubt = false;
  let name = typed;
  if (comma >= 0) {
    const after = readBackTitles(typed.slice(comma + 1));
    name = typed.slice(0, comma).trim();
    for (const title of after === '' ? [] : after.split(', ')) {
      if (spellBackTitle(title) === null) {
        if (takeFrontTitles(title).rest === '') return 'name-title-front';
        if (SCHOOL.test(title)) return 'name-status';
        if (!looksLikeBackTitle(title) && !SHORT_FORM.test(title)) return 'name-comma';
        doubt = true;
      }
      titles.push(title);
    }
  }
  const words = name.split(' ');
  for (;;) {
    const last = words.at(-1)!;
    // `CONTOH.SE`, `CONTOH.SH.MH`, `CONTOH-SE`
    const joined = /^(\p{L}{3,})[.\p{Pd}](.+)$/u.exec(last);
    const joinedTitles = joined && splitBackTitles(joined[2]!);
    const joinedFront = joined && frontTitleAt(joined[2]!);
    if (joined && (joinedTitles || joinedFront)) {
      doubt = true;
      if (sure) break;
      if (joinedTitles) titles.unshift(...joinedTitles);
      else front.unshift(joinedFront!);
      words[words.length - 1] = joined[1]!;
      continue;
    }
    if (words.length === 1) break;
    if (SCHOOL.test(last)) return 'name-status';
    const split = splitTitle(words);
    const known = spellBackTitle(last);
    // `SE.MM`, `S.Sos/M.Si`
    const several = known === null && /[./]\p{L}/u.test(last) ? splitBackTitles(last) : null;
    // A letter alone is one of the name, unless a stop parts it: `CONTOH. H`.
    const before = /\p{L}{2}/u.test(last) || /\p{L}{3}\.$/u.test(words.at(-2)!) ? frontTitleAt(last) : null;
    if (split !== null) {
      doubt ||= split.doubt;
      if (split.doubt && sure) break;
      titles.unshift(split.title);
      words.splice(1 - split.words);
    } else if (known !== null && /\.\p{L}/u.test(last) && /\p{L}{2}/u.test(last)) {
      titles.unshift(known);
    } else if (known !== null && /\.\p{L}/u.test(last)) {
      // `S.T. M.T.` are two titles; `M.M.` alone may be the beginnings of names.
      const unsure = titles.length === 0 && (words.length < 3 || spellBackTitle(words.at(-2)!) === null);
      doubt ||= unsure;
      if (unsure && sure) break;
      titles.unshift(known);
    } else if (
      known !== null ||
      several !== null ||
      before !== null ||
      (/\..*\p{L}/u.test(last) && looksLikeBackTitle(last))
    ) {
      doubt = true;
      if (sure) break;
      if (known === null && before !== null) front.unshift(before);
      else titles.unshift(...(several ?? [known ?? last]));
    } else break;
    words.pop();
  }
  name = words.join(' ');
  // `CONTOH TIGA. S.Pd`: the stop parted name and title.
  if (titles.length > 0 || front.length > 0) name = name.replace(/(?<=\p{L}{3})\.$/u, '');
  return { name, front, titles, doubt };
}

/** A title in several words at the end of a name, `S. Sos`, `S.Pd. I`, `S Sos`, if a name is left before it. */
function splitTitle(words: readonly string[]): { title: string; words: number; doubt: boolean } | null {
  for (let count = Math.min(4, words.length - 1); count >= 2; count--) {
    if (!/^[\p{L}.]{1,6}$/u.test(words.at(-count)!)) continue;
    const parts = words.slice(-count);
    const title = spellBackTitle(parts.join(''));
    // `M. M.` may be two names, and so may all without their stops.
    const doubt = !parts[0]!.includes('.') || !/\p{L}{2}/u.test(parts.join(' '));
    if (title !== null) return { title, words: count, doubt };
  }
  return null;
}

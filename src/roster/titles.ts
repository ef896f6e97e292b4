/**
 * Gelar: titles before and after a name, as people type them. Shown by test/roster/titles.test.ts.
 *
 *     Drs.H.              Drs. H.
 *     S.PI,. M.PI         S.Pi., M.Pi.
 *     S. Sos M.AP         S.Sos., M.AP.
 */
import { BACK_TITLES, FRONT_TITLES } from '../lib/gelar.ts';
import { takeRank } from './rank.ts';

/** Alike but for dots, spaces, brackets and letter case. */
const keyOf = (typed: string): string => typed.replace(/[.\s()]/g, '').toLowerCase();
const SPELLINGS = new Map<string, string[]>();
for (const title of BACK_TITLES) SPELLINGS.set(keyOf(title), [...(SPELLINGS.get(keyOf(title)) ?? []), title]);

/** How a title after a name is written; null if it is none that we know. */
export function spellBackTitle(typed: string): string | null {
  const spellings = SPELLINGS.get(keyOf(typed));
  if (!spellings) return null;
  const bare = typed.replace(/\s/g, '');
  const alike = (a: string, b: string): boolean => a === b || `${a}.` === b;
  return (
    spellings.find((spelling) => spelling === bare) ??
    spellings.find((spelling) => alike(bare, spelling)) ??
    spellings.find((spelling) => alike(bare.toLowerCase(), spelling.toLowerCase())) ??
    spellings[0]!
  );
}

/** Made like a title, though we don't know it: `S.Xyz`, `M.Abc.`; at most four letters between dots, as no name has. */
export const looksLikeBackTitle = (typed: string): boolean =>
  /^(?:[SMD]|A\.?M[da]|Sp|Ph|B|LL)\.(?:\p{L}{1,4}\.?){1,3}$/iu.test(typed);

const TIDY = /^[^\s,;]+(?:, [^\s,;]+)*$/;

/** Titles after a name in house style: a comma and a space between two, no space inside one. Reading that again changes nothing. */
export function readBackTitles(typed: string): string {
  if (typed === '') return '';
  if (TIDY.test(typed) && typed.split(', ').every((title) => SPELLINGS.get(keyOf(title))?.includes(title))) {
    return typed;
  }
  return typed
    .split(/[,;]|(?<=\p{L})\/(?=\p{L})/u)
    .map((part) => part.replace(/^[.\s]+/, '').trim())
    .filter((part) => part !== '')
    .flatMap(partTitles)
    .join(', ');
}

/** `S. Sos M.AP` are two. What holds one that we don't know stays together. */
function partTitles(part: string): string[] {
  const words = part.split(/\s+/);
  const found: string[] = [];
  for (let at = 0; at < words.length; ) {
    let end = words.length;
    let title: string | null = null;
    // No title has more words.
    for (end = Math.min(end, at + 5); end > at; end--) {
      title = spellBackTitle(words.slice(at, end).join(''));
      if (title !== null) break;
    }
    if (title === null) return [part.replace(/\.\s+/g, '.')];
    found.push(title);
    at = end;
  }
  return found;
}

/** Without a stop these may be the name itself. */
const NAME_TOO = /^(?:pdt|ust|ustadz|tgk|tgh|apt|ns|haji|haj{1,2}ah)$/i;
/** `M.` and `R.` are parts of names. */
const FRONT_TITLE =
  /^(prof|dr[sagh]?|ir|k\.?h|hj|haji|haj{1,2}ah|h|pdt|ust(?:adz)?|tgk|tgh|apt|ns)(?:\.\s*|\s+(?!\.)|$)/i;

export interface Front {
  /** In house style: `Dr. H.` */
  titles: string[];
  rest: string;
  /** dr. (a physician) and Dr. (a doctor) can't be told apart in capitals. */
  doubt: boolean;
  /** One of them may be a part of the name. */
  nameToo: boolean;
}

/** Takes titles from the front of a text. */
export function takeFrontTitles(typed: string): Front {
  const titles: string[] = [];
  let doubt = false;
  let nameToo = false;
  let rest = typed;
  for (;;) {
    const found = FRONT_TITLE.exec(rest);
    if (!found) return { titles, rest, doubt, nameToo };
    const word = found[1]!;
    doubt ||= word === 'DR';
    nameToo ||= NAME_TOO.test(word) && !found[0].includes('.');
    titles.push(FRONT_TITLES[word.toLowerCase()] ?? (word.startsWith('d') ? 'dr.' : 'Dr.'));
    rest = rest.slice(found[0].length);
  }
}

/** A cell of titles before a name, in house style; what isn't known stays. Reading that again changes nothing. */
export function readFrontTitles(typed: string): string {
  if (typed === '' || typed === 'H.' || typed === 'Hj.') return typed;
  const { titles, rest } = takeFrontTitles(typed.replace(/[,;]+/g, ' ').replace(/ {2,}/g, ' ').trim());
  return [...titles, rest].filter((part) => part !== '').join(' ');
}

/** Prof. stands first and H. next to the name, whoever typed which where. */
const frontPlace = (title: string): number => (title === 'Prof.' ? 0 : /^Hj?\.$/.test(title) ? 2 : 1);

/** Titles of the column and of the name, none twice: the column stands outside. */
export const joinFront = (column: string, named: string): string =>
  column === '' || named === ''
    ? column || named
    : [...new Set([...column.split(' '), ...named.split(' ')])]
        .sort((a, b) => frontPlace(a) - frontPlace(b))
        .join(' ');

/** Of a man and of a woman at once: `H. Hj.` */
export const areOfBoth = (front: string): boolean =>
  (/(?:^| )H\./.test(front) && front.includes('Hj.')) || (front.includes('Drs.') && front.includes('Dra.'));

/** A diploma, the first degree, the second. What is none of these keeps its place. */
const degreeOf = (title: string): number => (/^A\.M/.test(title) ? 0 : /^S\./.test(title) ? 1 : 2);

/** Titles of the name and of the column, none twice in whatever spelling, a degree before a higher one. */
export function joinBack(named: string, column: string): string {
  if (column === '' || named === '') return column || named;
  const keys = new Set<string>();
  return [...named.split(', '), ...column.split(', ')]
    .filter((title) => !keys.has(keyOf(title)) && keys.add(keyOf(title)))
    .sort((a, b) => degreeOf(a) - degreeOf(b))
    .join(', ');
}

/** Known titles that stops, dashes or strokes alone part: `SE.MM`, `S.Sos.M.Si`; null if it is anything else. */
export function splitBackTitles(typed: string): string[] | null {
  const parts = typed.split(/[.\p{Pd}/]+/u).filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 12) return null;
  const found: string[] = [];
  for (let at = 0; at < parts.length; ) {
    let end = Math.min(parts.length, at + 4);
    while (end > at && spellBackTitle(parts.slice(at, end).join('.')) === null) end--;
    if (end === at) return null;
    found.push(spellBackTitle(parts.slice(at, end).join('.'))!);
    at = end;
  }
  return found;
}

/** A word behind a name that is a title before it: `CONTOH Drs.`; null for all else. */
export function frontTitleAt(word: string): string | null {
  if (!/^(?:prof|dr[sagh]?|ir|k\.?h|hj|h|pdt)\.?$/i.test(word)) return null;
  return takeFrontTitles(word).titles.join(' ') || null;
}

/** Letters of a title that begin no word and no usual name, also without stops: `SH`, `Spd`, `Ssos`; `St.` is Siti. */
const NO_WORD = /^(?:se|sag|skom|amd|(?!st$)[sm][b-df-hj-np-tv-z]\p{L}*)$/iu;

/** Whether a title of those behind a name stands before it or in it: `S.H. BUDI`, `BUDI S.Sos CONTOH`, `SE BUDI`. */
export function hasTitleWithin(name: string): boolean {
  // Sure of nearly all names.
  if (!name.includes(' ')) return false;
  const words = name.split(/[\s,]+/);
  return words.slice(0, -1).some((word, at) => {
    const title = (typed: string): boolean => spellBackTitle(typed) !== null;
    // `S. Sos BUDI`, `S. H. BUDI`; `M. A. Contoh` are the beginnings of usual names.
    if (/^[SMA]\.$/i.test(word)) {
      const next = words[at + 1]!;
      const initials = !/^s/i.test(word) && !/\p{L}{2}/u.test(next);
      return at + 2 < words.length && !initials && title(word + next);
    }
    if (/\.\p{L}/u.test(word)) return title(word) || splitBackTitles(word) !== null;
    const bare = word.replace(/\.$/, '');
    return NO_WORD.test(bare) && title(bare);
  });
}

/** Titles and nothing else. `surely`: one that is no word of its own. */
export function areTitles(typed: string): { surely: boolean } | null {
  if (typed === '') return null;
  const front = takeFrontTitles(typed);
  if (front.rest === '') {
    const only = front.titles.length === 1 && !typed.includes('.');
    return { surely: !(only && (front.nameToo || /^(?:ir|h)$/i.test(typed))) };
  }
  // No part of a title has more letters: decides for nearly all names.
  if (/\p{L}{6}/u.test(front.rest)) return null;
  const all = readBackTitles(front.rest);
  const known = (title: string): boolean => spellBackTitle(title) !== null || splitBackTitles(title) !== null;
  if (!all.split(', ').every(known)) return null;
  return { surely: /\.\s?\p{L}/u.test(front.rest) };
}

export type TitleComplaint =
  | 'title-front'
  | 'title-back'
  | 'title-rank'
  | 'title-acting'
  | 'title-none'
  | 'name-deceased';

export const DECEASED = /(?:^|[\s(.,/])alm(?:h|arhum(?:ah)?)?(?=$|[\s).,/])/i;

/** What was finished without a title. */
export const SCHOOL = /^(?:s[1-3]|d[1-4]|sd|smp|sma|smk|smu|slt[ap]|sttb|mts|stm|smea|spg|paket ?[abc])\.?$/i;
/** Of nobility and of faith, also in letters without vowels: `KRT`, `KRMT`. */
const HONOUR =
  /^(?:ustadzah|ustazah|ustaz|kiai|kyai|nyai|habib|syekh|gus|raden|tengku|teungku|tuanku|datuk|dato|datin|gusti|[b-df-hj-np-tv-z]{2,5})$/i;
const BACK_SHAPE = /^\p{L}(?=.{1,19}$)[\p{L}.&()\p{Pd}]+(?: \p{L}+\.| ?\(\p{L}{1,4}\))?$/u;

/** It goes to the office. */
const withoutActing = (read: string): string => read.replace(/^\(?(?:pjs?|pl[th])\b\.?\)?\s*/i, '');
const isActing = (word: string): boolean => /^\(?(?:pjs?|pl[th])\b/i.test(word);

/** What is wrong with a cell of titles, as it was read into house style; `doubt`: a title that we don't know. */
export function checkTitles(
  read: string,
  side: 'front' | 'back',
): { complaint: TitleComplaint | null; doubt: boolean } {
  let doubt = false;
  const found = (complaint: TitleComplaint) => ({ complaint, doubt: false });
  if (DECEASED.test(read)) return found('name-deceased');
  const parts = side === 'back' ? read.split(', ') : takeFrontTitles(withoutActing(read)).rest.split(' ');
  for (const part of parts) {
    if (part === '') continue;
    const isBack = spellBackTitle(part) !== null;
    if (side === 'back' && isBack) continue;
    if (takeRank(part)?.rest === '') return found('title-rank');
    if (isActing(part)) return found('title-acting');
    if (side === 'front' && (isBack || looksLikeBackTitle(part))) return found('title-back');
    if (side === 'back' && takeFrontTitles(part).rest === '') return found('title-front');
    const shaped =
      side === 'front' ? /^\p{L}{1,6}\.$/u.test(part) || HONOUR.test(part) : BACK_SHAPE.test(part);
    if (SCHOOL.test(part) || !shaped) return found('title-none');
    doubt = true;
  }
  return { complaint: null, doubt };
}

/**
 * Gelar: titles before and after a name, as people type them. Shown by test/roster/titles.test.ts.
 *
 *     Drs.H.              Drs. H.
 *     S.PI,. M.PI         S.Pi., M.Pi.
 *     S. Sos M.AP         S.Sos., M.AP.
 */
import { BACK_TITLES, FRONT_TITLES, RANKS } from '../lib/gelar.ts';

/** Alike but for dots, spaces and letter case. */
const keyOf = (typed: string): string => typed.replace(/[.\s]/g, '').toLowerCase();
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
    .split(/[,;]/)
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
const NAME_TOO = /^(?:pdt|ust|ustadz|tgk|tgh|apt|ns)$/i;
/** `M.` and `R.` are parts of names. */
const FRONT_TITLE = /^(prof|dr[sagh]?|ir|k\.?h|hj|h|pdt|ust(?:adz)?|tgk|tgh|apt|ns)(?:\.\s*|\s+(?!\.)|$)/i;

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

/** Those of both, in their order, none twice. */
export const joinTitles = (separator: string, ...lists: string[]): string =>
  [...new Set(lists.flatMap((list) => (list === '' ? [] : list.split(separator))))].join(separator);

export type TitleComplaint =
  | 'title-front'
  | 'title-back'
  | 'title-rank'
  | 'title-acting'
  | 'title-none'
  | 'name-deceased';

export const DECEASED = /(?:^|[\s(.,/])alm(?:h|arhum(?:ah)?)?(?=$|[\s).,/])/i;

const CORPS =
  'inf|kav|arm|arh|czi|cku|chb|cpl|cba|caj|cpm|ckm|ctp|chk|cpn|pol|polisi|laut|mar|pas|tni|ad|al|au|purn';
const RANK = new RegExp(
  `^(?:${RANKS.join('|')})\\.?(?:\\s*\\(\\p{L}{1,5}\\)|\\s+(?:${CORPS})(?=$|[\\s.,])\\.?)*(?=$|[\\s.])\\.?\\s*`,
  'iu',
);

/** A rank of the military or the police and what follows it; null if the text begins otherwise. */
export function takeRank(typed: string): { rank: string; rest: string } | null {
  const found = RANK.exec(typed);
  return found && { rank: found[0].trim(), rest: typed.slice(found[0].length) };
}

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
    const school = /^(?:s[1-3]|d[1-4]|sd|smp|sma|smk|smu|slt[ap]|sttb|mts|stm|smea|spg|paket ?[abc])$/i.test(
      part,
    );
    const shaped = side === 'front' ? /^\p{L}{1,6}\.$/u : /^\p{L}[\p{L}.&]{1,14}$/u;
    if (school || !shaped.test(part)) return found('title-none');
    doubt = true;
  }
  return { complaint: null, doubt };
}

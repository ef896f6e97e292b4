/**
 * Gelar: titles before and after a name, as people type them. Shown by test/roster/titles.test.ts.
 *
 *     Drs.H.              Drs. H.
 *     S.PI,. M.PI         S.Pi., M.Pi.
 *     S. Sos M.AP         S.Sos., M.AP.
 */

/** Those after a name, as they are written; where two spellings are in use, the more usual one first. */
const BACK = [
  'S.Sos.|S.Pd.|S.Pd.I.|S.Pd.SD.|S.Pd.K.|S.Pd.H.|S.Pd.B.|S.H.|S.HI.|S.H.I.|S.E.|S.E.I.|S.E.Sy.|S.T.|S.ST.|S.Tr.|S.IP.|S.I.P.|S.I.Kom.',
  'S.Kom.|S.Ag.|S.Pi.|S.P.|S.Hut.|S.KM.|S.K.M.|S.STP|S.STP.|S.I.K.|S.IK.|S.Pt.|S.Si.|S.Psi.|S.S.|S.Th.|S.Th.I.|S.Hum.|S.Farm.|S.Kep.',
  'S.Ked.|S.KG.|S.KH.|S.AP.|S.A.P.|S.AN.|S.A.N.|S.M.|S.MB.|S.Sn.|S.Ak.|S.Akun.|S.Sy.|S.Kel.|S.TP.|S.Gz.|S.Ars.|S.Stat.|S.In.|S.Sos.I.',
  'S.Fil.|S.Adm.|S.IAN.|S.Tr.IP.|S.Tr.Keb.|S.Tr.Kes.|S.Tr.Kom.|S.Tr.T.|S.Tr.Han.|S.Tr.K.|S.Mat.|S.Fis.|S.PWK.|S.IPI.|S.Ptk.|S.Ling.',
  'M.Si.|M.M.|M.AP.|M.A.P.|M.Pd.|M.Pd.I.|M.H.|M.HI.|M.H.I.|M.Hum.|M.Kom.|M.T.|M.Sos.|M.E.|M.EI.|M.P.|M.Pi.|M.Kes.|M.KM.|M.K.M.|M.A.',
  'M.Ag.|M.Sc.|M.IP.|M.I.P.|M.I.Kom.|M.Ec.Dev.|M.Kn.|M.Psi.|M.Tr.IP.|M.Tr.Hanla.|M.Ak.|M.Eng.|M.B.A.|MBA|M.Th.|M.Sn.|M.Farm.|M.Kep.',
  'M.Hut.|M.Ling.|M.PSDM.|M.Han.|M.Dev.|M.PA.|M.P.A.|M.P.P.|M.PWK.|M.Tr.A.P.|M.Tr.AP.|M.Phil.|M.Ed.|M.Stat.|M.Ars.|M.Gz.|M.Fil.|M.Sy.',
  'A.Md.|A.Md.Kom.|A.Md.Keb.|A.Md.Kep.|A.Md.Kes.|A.Md.Pd.|A.Md.Ak.|A.Md.T.|A.Md.P.|A.Md.Farm.|A.Md.Gz.|A.Md.Kel.|A.Md.Tra.|A.Md.A.P.',
  'A.Ma.|A.Ma.Pd.|A.Ma.Pd.SD.|A.P.|A.Pi.|A.Ks.|A.KS.|Ph.D.|B.A.|B.Sc.|B.Eng.|LL.M.|LL.B.|Ners|Ns.|Apt.|CGCAE|Ak.|CA|C.A.|CPA',
  'Sp.A.|Sp.B.|Sp.OG.|Sp.PD.|Sp.JP.|Sp.M.|Sp.KK.|Sp.An.|Sp.KJ.|Sp.OT.|Sp.P.|Sp.S.|Sp.THT.',
].flatMap((line) => line.split('|'));

/** Alike but for dots, spaces and letter case. */
const keyOf = (typed: string): string => typed.replace(/[.\s]/g, '').toLowerCase();
const SPELLINGS = new Map<string, string[]>();
for (const title of BACK) SPELLINGS.set(keyOf(title), [...(SPELLINGS.get(keyOf(title)) ?? []), title]);

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

const FRONT: Readonly<Record<string, string>> = {
  prof: 'Prof.',
  drs: 'Drs.',
  dra: 'Dra.',
  drg: 'drg.',
  drh: 'drh.',
  ir: 'Ir.',
  kh: 'KH.',
  'k.h': 'K.H.',
  hj: 'Hj.',
  h: 'H.',
  pdt: 'Pdt.',
  ust: 'Ust.',
  ustadz: 'Ust.',
  tgk: 'Tgk.',
  tgh: 'TGH.',
  apt: 'apt.',
  ns: 'Ns.',
};
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
    titles.push(FRONT[word.toLowerCase()] ?? (word.startsWith('d') ? 'dr.' : 'Dr.'));
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

const RANKS =
  'jenderal|jend|letjen|mayjen|brigjen|irjen|komjen|kolonel|letkol|mayor|kapten|kapt|lettu|letda|peltu|pelda|serma|serka|sertu|serda|kopka|koptu|kopda|praka|pratu|prada|laksamana|laksda|laksma|marsda|marsma|kombes|akbp|kompol|akp|iptu|ipda|aiptu|aipda|bripka|brigpol|brigadir|briptu|bripda|bharaka|bharatu|bharada';
const CORPS =
  'inf|kav|arm|arh|czi|cku|chb|cpl|cba|caj|cpm|ckm|ctp|chk|cpn|pol|polisi|laut|mar|pas|tni|ad|al|au|purn';
const RANK = new RegExp(
  `^(?:${RANKS})\\.?(?:\\s*\\(\\p{L}{1,5}\\)|\\s+(?:${CORPS})(?=$|[\\s.,])\\.?)*(?=$|[\\s.])\\.?\\s*`,
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

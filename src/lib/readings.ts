/**
 * How what a person typed into a search may be meant: as it stands; without titles and words like "Desa", so that what Ikrar
 * prints finds itself; with one of the parts behind it; and only what stands before the first comma, or behind an office. Words as
 * the search knows them (`fold`). Shown by test/lib/readings.test.ts.
 *
 *     H. Contoh Siti Wulandari, S.Sos.  ->  h contoh siti wulandari s sos | contoh siti wulandari
 */
import { ACTING, ADDRESS, BACK_TITLES, FRONT_TITLES, RANKS } from './gelar.ts';
import { oneLine, spelledOut, wordsIn } from './text.ts';

/** No name is longer; what is, is cut. */
const MOST = { letters: 200, words: 16, word: 40, parts: 2 };

/**
 * What else stands before names, of nobility, religion and regard, and of the corps of a rank. For a search alone: many of these are
 * names as well, so a list keeps them where they stand.
 */
const HONOURS: readonly string[] = [
  'yang terhormat nama habib sayyid sayid sutan datuk datuak datu dt tuanku krt kra krht kph raden mas syekh syaikh buya dg daeng',
  'ki nyi nyai ustadzah ustad ustaz ustazah teungku teuku tubagus tb cand em romo rm sr suster br bruder pastor jero ida pedanda pandita',
  'pol tni purn inf kav arm arh czi cpm cba cku cpl ckm cke caj chk ctp laut pnb tek lek nav pas mar almarhumah',
].flatMap((line) => line.split(' '));

/** What may stand before a name, word by word. */
const FRONT = new Set([
  ...'haji hajah k kiai prof tengku r rr rm ra gus almarhum alm kombes'.split(' '),
  ...Object.keys(FRONT_TITLES).map((title) => title.replaceAll('.', '')),
  ...HONOURS,
  ...['dr', ...Object.keys(ACTING), ...RANKS, ...ADDRESS].flatMap((words) => words.split(' ')),
]);

/** Titles after a name, without stops and spaces; those that are no formal ones besides. */
const BACK = new Set([
  'sos',
  'alhafidz',
  ...BACK_TITLES.map((title) => title.replace(/[^\p{L}]/gu, '').toLowerCase()),
]);

/** Words that Ikrar and people put before the name of an area. */
export const KINDS: Readonly<Record<string, readonly string[]>> = {
  provinsi: ['provinsi', 'prov', 'propinsi'],
  kabupaten: ['kabupaten', 'kab'],
  kota: ['kota', 'kotamadya', 'kodya'],
  kecamatan: ['kecamatan', 'kec', 'distrik', 'kapanewon', 'kemantren'],
  kelurahan: ['kelurahan', 'kel'],
  desa: ['desa', 'ds', 'nagari', 'gampong', 'kampung', 'pekon', 'kalurahan', 'negeri'],
};
const KIND_WORDS = new Set(Object.values(KINDS).flat());

/** What people and Ikrar call an office, before or after the name of its holder or of its area, by the kind of that area. */
const OFFICES: readonly (readonly [words: string, kind: string])[] = [
  ...[
    'kepala desa',
    'kades',
    'perbekel',
    'keuchik',
    'geuchik',
    'wali nagari',
    'walinagari',
    'pambakal',
    'pembakal',
    'peratin',
  ]
    .concat(['hukum tua', 'sangadi', 'kepala lembang', 'kuwu', 'penghulu'])
    .map((words) => [words, 'desa'] as const),
  ...['kepala kelurahan', 'lurah'].map((words) => [words, 'kelurahan'] as const),
  ...['kepala kecamatan', 'kepala distrik', 'camat', 'panewu'].map((words) => [words, 'kecamatan'] as const),
];

/** Words without an office at their beginning or end; `kind` of its area. Both null and as they were where there is none. */
export function withoutOffice(words: readonly string[]): { kind: string | null; words: string[] } {
  const text = words.join(' ');
  const bare = withoutFront(words, FRONT).join(' ');
  for (const [office, kind] of OFFICES) {
    if (bare.startsWith(`${office} `)) return { kind, words: bare.slice(office.length + 1).split(' ') };
    if (text.endsWith(` ${office}`)) {
      const before = text.slice(0, -office.length - 1).split(' ');
      while (before.length > 1 && ACTING_WORDS.has(before.at(-1)!)) before.pop();
      // An office alone, in whatever dress, has nobody's name.
      if (before.every((word) => FRONT.has(word))) continue;
      return { kind, words: before };
    }
  }
  return { kind: null, words: [...words] };
}
const ACTING_WORDS = new Set(Object.keys(ACTING));

/** `Pj. Kepala Desa`, and nothing else: an office that thousands hold. */
export function isOfficeAlone(typed: string): boolean {
  const words = withoutFront(wordsIn(oneLine(typed.slice(0, MOST.letters))), FRONT).join(' ');
  return OFFICES.some(([office]) => words === office);
}

/** A part of the text after a comma that is titles: `S.Sos`, `M.AP.`, `SE`, `,. M.PI`. */
function areTitles(part: string): boolean {
  const words = wordsIn(part);
  return (
    words.length === 0 || withoutBack(words, 0).length === 0 || /^[\s.]*\p{L}{1,4}\.\s?\p{L}/u.test(part)
  );
}

/** What stands behind titles without a comma: `S.E. Sungai Tendang`. */
function behindTitles(part: string): string | null {
  const left = part.trim().split(' ');
  while (left[0] !== undefined && (left[0].includes('.') || BACK.has(wordsIn(left[0]).join(''))))
    left.shift();
  return left.some((word) => /\p{L}{4}/u.test(word)) ? left.join(' ') : null;
}

/** Titles at the end are dropped, each of up to four words (`s pd i`); so many of the first words stay. */
function withoutBack(words: readonly string[], stay: number): string[] {
  const left = [...words];
  for (;;) {
    const length = [4, 3, 2, 1].find(
      (n) => left.length - n >= stay && BACK.has(left.slice(left.length - n).join('')),
    );
    if (length === undefined) return left;
    left.length -= length;
  }
}

/** Of each up to four words: `k r t`. The last word stays. */
function withoutFront(words: readonly string[], dropped: ReadonlySet<string>): string[] {
  let at = 0;
  for (;;) {
    const length = [4, 3, 2, 1].find(
      (n) => at + n < words.length && dropped.has(words.slice(at, at + n).join('')),
    );
    if (length === undefined) return words.slice(at);
    at += length;
  }
}

/** What an office begins with that may be typed before a comma and its holder: `Kapolsek Kumai, Agung`. */
const HEADS = new Set(
  `kapolsek wakapolsek kapolres wakapolres kapolda danramil dandim danrem danlanal danlanud kasdim kasrem babinsa bhabinkamtibmas
  babinkamtibmas kepala sekretaris sekcam sekdes seklur sekda ketua wakil anggota kasi kasubbag kasubag kabag kabid kanit kasat kadus
  kasatpol komandan bupati walikota gubernur direktur inspektur pengelola panwascam kajari`.split(/\s+/),
);

/** `Kapolsek Kumai`, `Plt. Sekretaris Camat`, `Kepala Desa`; of an office that is called by its area (`Kades Keraya`) the area says more. */
function isOffice(part: string): boolean {
  const words = withoutFront(wordsIn(part), FRONT);
  return isOfficeAlone(part) || (HEADS.has(words[0] ?? '') && withoutOffice(words).kind === null);
}

/** Stands around a name and says nothing of who bears it: a title, a word like "Desa", an office, a number. */
export const saysNothing = (word: string): boolean =>
  FRONT.has(word) || KIND_WORDS.has(word) || OFFICE_WORDS.has(word) || /^\d+$/.test(word);
const OFFICE_WORDS = new Set(OFFICES.flatMap(([words]) => words.split(' ')));

const CHAT =
  /^(?:\[[^\]]{5,40}\]|\d{1,2}\/\d{1,2}\/\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: [ap]m)? -) [^:]{1,40}: /iu;
const NUMBERED = /^(?:(?:no|nomor)\b\.? *)?\d{1,5} *[.)\]:]*\s+(?=\p{L})/iu;
const ON_BEHALF = /^(?:a\. ?n\.?|a\/n|an\.|atas nama|(?:di)?tandatangani oleh|ttd\.?) +/iu;
const OF_A_NUMBER = /\b(?:NIP|NIPD|NIK|NRP)\b[\s.:]*(?=\d|$)/giu;
const DATES =
  /(?<![\d.])\d{1,2}(?:[ /.-])(?:\d{1,2}|(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*)(?:[ /.-])(?:\d{2}){1,2}(?![\d.])|(?<!\d)\d{1,2}[.:]\d{2}(?:[.:]\d{2})? *(?:wib|wita|wit)\b/giu;
/** With a stop inside, and in no name: `S.Tr.Par`. */
const TITLES_AT_END = /(?<=\p{L}{3}.*)(?: +(?:[SMABDE]|Sp|Ph|LL)\.[\p{L}.]{1,12})+$/u;

/** Without who said it when, as a chat copies it: `[11.20, 26/11/2026] Budi: `. */
export const withoutSender = (line: string): string => line.replace(CHAT, '');

/** Without who said it when, its number, its label, dates, and what stands in brackets: of a copied line, the name and what follows it. */
function withoutCompany(line: string): string {
  const said = withoutSender(line)
    .replace(DATES, ' ')
    .replace(/\(.*?\)/gu, ' ')
    .replace(/(?<![\d.])(?:\d[ .'-]?){8,}(?![\d.])/g, ' ')
    .replace(OF_A_NUMBER, ' ')
    .trim();
  const parts = said.split(/ *:(?: +|$)/u).filter((part) => /\p{L}{2}/u.test(part));
  // A label comes before what it is of, and may be typed without a colon too.
  return (parts.at(-1) ?? said).replace(NUMBERED, '').replace(ON_BEHALF, '').replace(NUMBERED, '').trim();
}

/** One line, as a copied row or several lines say it: its cells with commas between. */
const asOneLine = (typed: string): string =>
  oneLine(
    typed
      .trim()
      .slice(0, MOST.letters)
      .replace(/[^\S\n\r]*[\t\n\r\v\f]\s*/gu, ', '),
  );

/** Each different one once, the most literal first; none if no word has two letters. */
export function readingsOf(typed: string): string[][] {
  const text = asOneLine(typed);
  const parts = withoutCompany(text)
    .split(/[,;|•]| [-–—/]+ /)
    .filter((part) => /\p{L}/u.test(part))
    .map((part, at) => (at > 0 && areTitles(part) ? behindTitles(part) : part))
    .filter((part) => part !== null);
  // Of an office and a name the name.
  const at = Math.max(0, isOffice(parts[0] ?? '') ? parts.findIndex((part) => !isOffice(part)) : 0);
  const first = parts[at] ?? '';
  const named = withoutOffice(wordsIn(first.replace(TITLES_AT_END, ''))).words;
  const name = withoutBack(withoutFront(withoutFront(named, FRONT), KIND_WORDS), 1);
  const more = parts
    .filter((part, n) => n !== at && !isOfficeAlone(part))
    .map((part) => withoutFront(withoutOffice(wordsIn(part)).words, KIND_WORDS));
  const readings = [
    wordsIn(text),
    [...name, ...more.flat()],
    ...more.slice(0, MOST.parts).map((words) => [...name, ...words]),
    name,
    withoutBack(wordsIn(first), 1),
  ]
    .map((words) =>
      spelledOut(words)
        .slice(0, MOST.words)
        .map((word) => word.slice(0, MOST.word)),
    )
    .filter((words) => words.some((word) => word.length >= 2));
  const seen = new Set<string>();
  return readings.filter((words) => {
    const key = words.join(' ');
    return !seen.has(key) && seen.add(key);
  });
}

/** The reading that has the most words without titles and what stands around a name: to look for those that have most of them. */
export function fullestOf(readings: readonly string[][]): readonly string[] {
  const [first = [], ...others] = readings;
  return others.toSorted((a, b) => b.length - a.length)[0] ?? first;
}

/** Whether who has all of these words but `rest` may be meant: one word of many says little. */
export const isAlike = (words: readonly string[], rest: readonly string[]): boolean =>
  rest.length <= 2 || words.length - rest.length >= 2;

/** What was typed, in one line that can be shown again. */
export const shownTyped = asOneLine;

/** `Kecamatan Kumai`, `Kab. Kotim`: what is looked for is an area of that kind. */
export function startsWithKind(typed: string): boolean {
  const words = wordsIn(typed);
  return words.length > 1 && KIND_WORDS.has(words[0]!);
}

/**
 * Other ways in which a name that was typed may be written: before and after the spelling reform of 1972, and as people shorten the
 * commonest names. Only what is typed is respelled, so what is kept and shown stays as it was signed. Shown by
 * test/lib/spellings.test.ts.
 *
 *     soeharto -> suharto     muhammad yusuf -> m yusuf     abdurrahman -> abd rahman     sei cabang -> sungai cabang
 */

/** Words that stand for each other. */
const SAME: readonly (readonly string[])[] = [
  [
    'm',
    'muh',
    'moh',
    'mhd',
    'mohd',
    'moch',
    'much',
    'muhammad',
    'mohammad',
    'muhamad',
    'mohamad',
    'mochammad',
    'mochamad',
  ],
  ['abd', 'abdul', 'abdoel', 'abdur'],
  ['ahmad', 'achmad', 'akhmad', 'ahmat'],
  ['sei', 'sungai', 'sungei'],
  ['tg', 'tjg', 'tanjung', 'tanjong'],
  ['gn', 'gng', 'gunung', 'gunong'],
  ['50', 'lima puluh'],
];
const SAME_AS = new Map(SAME.flatMap((all) => all.map((word) => [word, all] as const)));

/** One spelling for all of the same word, so that two texts can be compared: `sei cabang` and `sungai cabang` become one. */
export const oneSpelling = (words: readonly string[]): string[] =>
  words.map((word) => SAME_AS.get(word)?.at(-1) ?? word);

/** Old letters and those that took their place; what a lone new one is, is no part of an old one. */
const LETTERS: readonly (readonly [string, string, RegExp])[] = [
  ['oe', 'u', /u/g],
  ['dj', 'j', /(?<!d)j/g],
  ['tj', 'c', /c(?!h)/g],
  ['sj', 'sy', /sy/g],
  ['nj', 'ny', /ny/g],
];

const modern = (word: string): string =>
  LETTERS.reduce((read, [old, now]) => read.replaceAll(old, now), word);

/** A word's other spellings, the likeliest first; one that is two words has a space. */
export function spellingsOf(word: string): string[] {
  const found = new Set<string>(SAME_AS.get(word) ?? []);
  if (word.length >= 4) {
    found.add(modern(word));
    for (const [old, now, lone] of LETTERS) {
      found.add(word.replaceAll(old, now));
      found.add(word.replace(lone, old));
    }
    // Jusuf, Yusuf.
    if (word[0] === 'j') found.add(`y${word.slice(1)}`);
    if (word[0] === 'y') found.add(`j${word.slice(1)}`);
    const servant = /^abdu([a-z])\1?([a-z]{3,})$/.exec(word);
    if (servant) {
      const name = servant[1] === 'l' ? servant[2]! : `${servant[1]}${servant[2]}`;
      for (const first of ['abd', 'abdul']) found.add(`${first} ${name}`);
    }
  }
  found.delete(word);
  return [...found];
}

/** `abd rahman` as one word. */
function joinedServant(words: readonly string[]): string[][] {
  const at = words.findIndex(
    (word, place) => /^abd(?:ul|ur|oel)?$/.test(word) && (words[place + 1] ?? '').length >= 4,
  );
  if (at < 0) return [];
  const name = words[at + 1]!;
  return [`abdu${name[0]}${name}`].map((one) => [...words.slice(0, at), one, ...words.slice(at + 2)]);
}

export interface Respelled {
  words: string[];
  /** Of these words: too short to be a beginning, so they must stand there whole. */
  whole: string[];
}

/** Shorter, a word begins too many others. */
const SHORT = 4;

/**
 * Other spellings of these words, those with the fewest changes first, at most so many. `known`: which spellings of four letters or more
 * are worth looking for; all unless told.
 */
export function respelled(
  words: readonly string[],
  { most = 8, known = () => true }: { most?: number; known?: (word: string) => boolean } = {},
): Respelled[] {
  const isWorth = (spelling: string): boolean =>
    spelling
      .split(' ')
      .every((word) => (word.length < SHORT ? words.length > 1 : known(word)) || spelling.includes(' '));
  const options = words.map((word) => [word, ...spellingsOf(word).filter(isWorth)]);
  // By the number of words changed; a name of many words can't grow beyond what is asked for.
  let ways: { read: string[]; changed: number }[] = [{ read: [], changed: 0 }];
  for (const [place, all] of options.entries()) {
    ways = ways
      .flatMap(({ read, changed }) =>
        all.map((word) => ({ read: [...read, word], changed: changed + (word === words[place] ? 0 : 1) })),
      )
      .sort((a, b) => a.changed - b.changed)
      .slice(0, 4 * most);
  }
  const readings = [
    ...ways.filter(({ changed }) => changed > 0).map(({ read }) => read),
    ...joinedServant(words),
  ];
  return readings.slice(0, most).map((read) => {
    const split = read.flatMap((word) => word.split(' '));
    return { words: split, whole: split.filter((word) => word.length < SHORT && !words.includes(word)) };
  });
}

/** What people type: characters that have no place in a text that is signed or printed, clean lines, words to search by. */

/**
 * Controls (line feed too), format characters (bidi, zero width, soft hyphen, BOM), line and paragraph separators, lone
 * surrogates, private use, and everything Unicode lets a renderer leave out.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u;
export const EVERY_HIDDEN = new RegExp(HIDDEN.source, 'gu');

/** Nothing hidden is among these, and to see that is fifty times quicker than to look for it. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The first hidden character of a single line as `U+200B`, or null. */
export function hiddenCharacter(line: string): string | null {
  if (PLAIN.test(line)) return null;
  const found = HIDDEN.exec(line)?.[0];
  return found === undefined
    ? null
    : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The same for a text of several lines, which LF alone may part. */
export const hiddenCharacterInText = (text: string): string | null =>
  hiddenCharacter(text.replace(/[\n\x20-\x7e]+/g, ' '));

/** Whether it can be a value in a line that is signed: NFC, nothing hidden, not empty, no space but single ones between words. */
export const isLine = (text: string): boolean =>
  hiddenCharacter(text) === null && text.normalize('NFC') === text && /^\S+(?: \S+)*$/u.test(text);

/** One clean line of what a person typed: NFC, any white space as one space, hidden characters and ends dropped. */
export const oneLine = (typed: string): string =>
  typed.replace(/\s+/gu, ' ').replace(EVERY_HIDDEN, '').replace(/ +/g, ' ').trim().normalize('NFC');

/** All that is called an apostrophe, or stands for one. */
const APOSTROPHES = /['"`´‘’‛′ʹʻʼʽʾʿˈˊˋ＇]/g;
const UNMARKED: Readonly<Record<string, string>> = {
  ...{
    ı: 'i',
    ł: 'l',
    Ł: 'L',
    ø: 'o',
    Ø: 'O',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    ħ: 'h',
    Ħ: 'H',
    ß: 'ss',
    ẞ: 'ss',
  },
};

/** The words of a text as they are searched for, each letter by itself where it stands so. Letters a–z and digits alone. */
export const wordsIn = (text: string): string[] =>
  text
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .replace(/[ıłŁøØđĐðÐħĦßẞ]/g, (letter) => UNMARKED[letter]!)
    // Once more: what was composed may hold one (ŉ).
    .replace(/['"`]/g, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** `c o n t o h` is one word: three single letters or more in a row. */
export const spelledOut = (words: readonly string[]): string[] =>
  words
    .join(' ')
    .replace(/(?<![a-z0-9])[a-z0-9](?: [a-z0-9]){2,}(?![a-z0-9])/g, (run) => run.replaceAll(' ', ''))
    .split(' ')
    .filter((word) => word !== '');

/** A text as it is searched for: the twin of `search_fold`. */
export const fold = (text: string): string => spelledOut(wordsIn(text)).join(' ');

/** Hidden and control characters as their code, so that they can be seen. */
export const showHidden = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
    (character) => `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
  );

/** A sentence that ends in a name or a title has one stop: `S.H.` */
export const oneStop = (sentences: string): string => sentences.replace(/\.\.(?=\s|$)/g, '.');

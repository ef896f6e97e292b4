/** What people type: characters that have no place in a text that is signed or printed, clean lines, words to search by. */

/**
 * Controls (line feed too), format characters (bidi, zero width, soft hyphen, BOM), line and paragraph separators, lone
 * surrogates, private use, and everything Unicode lets a renderer leave out.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u;
export const EVERY_HIDDEN = new RegExp(HIDDEN.source, 'gu');

/** The first hidden character of a single line as `U+200B`, or null. */
export function hiddenCharacter(line: string): string | null {
  const found = HIDDEN.exec(line)?.[0];
  return found === undefined
    ? null
    : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The same for a text of several lines, which LF alone may part. */
export const hiddenCharacterInText = (text: string): string | null =>
  hiddenCharacter(text.replaceAll('\n', ' '));

/** Whether it can be a value in a line that is signed: NFC, nothing hidden, not empty, no space but single ones between words. */
export const isLine = (text: string): boolean =>
  hiddenCharacter(text) === null && text.normalize('NFC') === text && /^\S+(?: \S+)*$/u.test(text);

/** One clean line of what a person typed: NFC, any white space as one space, hidden characters and ends dropped. */
export const oneLine = (typed: string): string =>
  typed.replace(/\s+/gu, ' ').replace(EVERY_HIDDEN, '').replace(/ +/g, ' ').trim().normalize('NFC');

/** Words to search by, or null if none has two letters. Letters and digits alone: fit for a tsquery. */
export function wordsOf(typed: string): string[] | null {
  const words = typed
    .normalize('NFC')
    .replace(/['’‘]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8);
  return words.some((word) => word.length >= 2) ? words : null;
}

/** Which letters our papers can draw: those of the cut font (lib/paper/font), so that a name can be refused before it prints as boxes. */

/** First and last code point of each run. Written by cut-fonts.ts; a test holds it equal to the fonts. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0x17f],
  [0x18f, 0x18f],
  [0x1cd, 0x1dc],
  [0x1e4, 0x1ed],
  [0x1f4, 0x1f5],
  [0x1f8, 0x1fb],
  [0x218, 0x21b],
  [0x21e, 0x21f],
  [0x226, 0x233],
  [0x259, 0x259],
  [0x2b9, 0x2bf],
  [0x1e00, 0x1eff],
  [0x2010, 0x2015],
  [0x2018, 0x201a],
  [0x201c, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x2030, 0x2030],
  [0x2032, 0x2033],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
  [0x2212, 0x2212],
];

const drawable = (code: number): boolean => RANGES.some(([first, last]) => code >= first && code <= last);

/**
 * The first letter (with its combining marks) that can't be drawn; null if all can. A line feed counts as drawable.
 * Give it text in NFC: a letter and a mark that have one code point together are drawn only as that.
 */
export function undrawable(text: string): string | null {
  for (const [letter] of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    for (const character of letter) {
      if (character !== '\n' && !drawable(character.codePointAt(0)!)) return letter;
    }
  }
  return null;
}

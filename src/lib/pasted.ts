/**
 * Codes and addresses as people paste them: in asterisks, quotes or brackets, with a full stop after them, "Kode:" before them, in the
 * middle of a sentence, or with marks in them that nobody sees. Shown by test/lib/pasted.test.ts.
 *
 *     Yth. Bapak, ini kode saya: *7K3F.9QXM.2DA7*, mohon diperiksa.  ->  7K3F9QXM2DA7
 */
import { normalizeSymbols } from './base32.ts';
import { EVERY_HIDDEN } from './text.ts';

/** Whatever is pasted is no longer than a message. */
const MOST = 2_000;

/** Digits of any script as those that codes are written in. */
const DIGIT = /^\p{Nd}$/u;
function latinDigit(digit: string): string {
  // Unicode keeps the ten digits of a script together.
  let value = 0;
  while (value < 10 && DIGIT.test(String.fromCodePoint(digit.codePointAt(0)! - value - 1))) value++;
  return String(value % 10);
}

/** As programs write what stands in an address: `%2D` is a hyphen. What is no such writing stays. */
const decoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

const plain = (text: string): string =>
  decoded(text.slice(0, MOST))
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(EVERY_HIDDEN, '')
    .replace(/(?![0-9])\p{Nd}/gu, latinDigit)
    .trim();

const HYPHENS = /[\u2010-\u2015\u2212]/g;

const withoutEdges = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

const LABEL = /^(?:kode|code)(?: +(?:ikrar|undangan|kartu|pernyataan))?(?: *[:=] *| +)/iu;

/** What is left when all around it is taken away. */
export const undressed = (text: string): string => withoutEdges(withoutEdges(plain(text)).replace(LABEL, ''));

/** With a scheme, after a host, or a pledge's path alone. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:(?:[\p{L}\d-]+\.)+[\p{L}\d-]+|localhost)(?::\d+)?\/|p\/)/iu;

const words = (text: string): string[] => plain(text).split(/[\s<>"“”]+/u);
const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}/]+$/gu, '');

/** Words that are addresses, or meant for one: neither a date (`26/11/2026`) nor a closing tag is. */
export const addressesIn = (text: string): string[] =>
  words(text)
    .filter((word) => word.includes('/'))
    .map(bare)
    .filter((word) => ADDRESS.test(word));

/** The text with its addresses left out. */
export const withoutAddresses = (text: string): string =>
  words(text)
    .filter((word) => !(word.includes('/') && ADDRESS.test(bare(word))))
    .join(' ');

/** So many groups of four with hyphens between: a code, if with a mistake in it, whatever else is wrong with the text. */
export const hasGroups = (text: string, groups: number): boolean =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}-])[0-9a-z]{4}(?:-[0-9a-z]{4}){${groups - 1}}(?![\p{L}\p{N}-])`,
    'iu',
  ).test(plain(text).replace(HYPHENS, '-'));

interface Run {
  symbols: string;
  /** What parts its groups; '' if nothing does. */
  by: string;
  /** How many of its groups have a digit: of a word no group has. */
  digits: number;
}

/**
 * Runs of so many symbols in a text, in one piece or in groups of four, whatever parts the groups; the likeliest to be a code first.
 * Whether it is one is for its check symbol to say. A part of a longer run is none, nor are digits alone: a telephone number.
 */
export function runsIn(text: string, length: number): string[] {
  const clean = plain(text).replace(HYPHENS, '-');
  const pieces = [...clean.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: piece, index }) => ({ piece, index }));
  /** What stands between a piece and the one before. */
  const before = (at: number): string =>
    at === 0 || at >= pieces.length
      ? ''
      : clean.slice(pieces[at - 1]!.index + pieces[at - 1]!.piece.length, pieces[at]!.index);
  const runs: Run[] = [];
  for (const start of pieces.keys()) {
    const groups: string[] = [];
    let left = length;
    for (let at = start; at < pieces.length && left > 0; at++) {
      const { piece } = pieces[at]!;
      if (at > start && before(at).length > 5) break;
      if (piece.length !== Math.min(4, left) && !(at === start && piece.length === length)) break;
      groups.push(piece);
      left -= piece.length;
    }
    if (left > 0) continue;
    const parts = groups.slice(1).map((_, at) => before(start + at + 1));
    const by = parts[0] ?? '';
    // Not the word before a code with the code's first groups: `kode: 7K3F-9QXM`, `kode 7K3F 9QXM`. No code has an O, an I or an L.
    const isWord = (group: string): boolean => /[ilo]/i.test(group) && !/\d/.test(group);
    if (parts.some((part) => part !== by) || (by !== '' && by !== '-' && groups.some(isWord))) continue;
    const goesOn = [start, start + groups.length].some(
      (at) =>
        by.trim() !== '' &&
        before(at) === by &&
        (by === '-' || pieces[at === start ? at - 1 : at]!.piece.length >= 4),
    );
    const symbols = normalizeSymbols(groups.join(''));
    if (goesOn || symbols === null || /^\d+$/.test(groups.join(''))) continue;
    runs.push({ symbols, by, digits: groups.filter((group) => /\d/.test(group)).length / groups.length });
  }
  const likely = ({ by, digits }: Run): number => digits + (by === '-' || by === '' ? 1 : 0);
  return runs.sort((a, b) => likely(b) - likely(a)).map(({ symbols }) => symbols);
}

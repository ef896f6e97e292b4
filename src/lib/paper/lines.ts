/** Breaks text into lines that fit. */
import { type Typeface, widthOf } from './typeface.ts';

interface Line {
  text: string;
  width: number;
  /** The text ends here: such a line is never stretched. */
  last: boolean;
  /** A space of the text stood at its end. */
  spaced: boolean;
}

/** A word wider than the line is broken after one of these if it can be, the first before the second; else anywhere. */
const BREAKS = [/[/?&=#]/, /[-–.:_]/];

/** `width` in points. Spaces at a break are dropped; other spaces stay. An empty text is one empty line. */
export function breakLines(text: string, width: number, face: Typeface, size: number): Line[] {
  const lines: Line[] = [];
  const space = widthOf(' ', face, size);
  let line = '';
  let filled = 0;
  const close = (last: boolean): void => {
    const trimmed = line.replace(/ +$/, '');
    const spaced = trimmed !== line;
    lines.push({ text: trimmed, width: spaced ? widthOf(trimmed, face, size) : filled, last, spaced });
    line = '';
    filled = 0;
  };
  const words = text.split(' ');
  for (let [at, word] of words.entries()) {
    let wide = widthOf(word, face, size);
    if (line !== '' && filled + wide > width) close(false);
    while (wide > width && word.length > 1) {
      let fits = 1;
      while (fits < word.length && widthOf(word.slice(0, fits + 1), face, size) <= width) fits++;
      let cut = fits;
      for (const mark of BREAKS) {
        cut = fits;
        while (cut > fits / 2 && !mark.test(word[cut - 1]!)) cut--;
        if (cut > fits / 2) break;
        cut = fits;
      }
      line = word.slice(0, cut);
      filled = widthOf(line, face, size);
      close(false);
      word = word.slice(cut);
      wide = widthOf(word, face, size);
    }
    line += word;
    filled += wide;
    if (at < words.length - 1) {
      line += ' ';
      filled += space;
    }
  }
  close(true);
  return lines;
}

/** As few lines as `breakLines` makes, and about equally long: for what stands in the middle. */
export function balanceLines(text: string, width: number, face: Typeface, size: number): Line[] {
  let best = breakLines(text, width, face, size);
  if (best.length === 1) return best;
  let [low, high] = [width / best.length, width];
  while (high - low > size) {
    const middle = (low + high) / 2;
    const lines = breakLines(text, middle, face, size);
    if (lines.length === best.length) [best, high] = [lines, middle];
    else low = middle;
  }
  return best;
}

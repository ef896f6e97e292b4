/** Breaks text into lines that fit. */
import { type Typeface, widthOf } from './typeface.ts';

export interface Line {
  text: string;
  width: number;
  /** The text ends here: such a line is never stretched. */
  last: boolean;
}

/** A word wider than the line is broken after one of these if it can be, else anywhere. */
const BREAK_AFTER = /[/\-–?&=.#:_]/;

/** `width` in points. Spaces at a break are dropped; other spaces stay. An empty text is one empty line. */
export function breakLines(text: string, width: number, face: Typeface, size: number): Line[] {
  const lines: Line[] = [];
  const space = widthOf(' ', face, size);
  let line = '';
  let filled = 0;
  const close = (last: boolean): void => {
    const trimmed = line.replace(/ +$/, '');
    lines.push({ text: trimmed, width: trimmed === line ? filled : widthOf(trimmed, face, size), last });
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
      while (cut > fits / 2 && !BREAK_AFTER.test(word[cut - 1]!)) cut--;
      if (cut <= fits / 2) cut = fits;
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

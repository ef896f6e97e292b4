/** A typeface as cut-fonts.ts leaves it: ready to be put into a PDF without parsing it. Lengths are in 1/1000 em. */
import type { Constant } from '../printed.ts';

export interface Font {
  name: string;
  ascent: number;
  descent: number;
  capHeight: number;
  /** Width of a vertical stem, about. */
  stem: number;
  /** Pairs to draw closer or wider: `AV-40`, the left letter, the right one, the change. No digits among the letters. */
  kern: string;
  box: readonly [number, number, number, number];
  /** Latin-1 and punctuation: enough for nearly every paper. */
  basic: Cut;
  /** Every letter of lib/glyphs.ts. */
  whole: Cut;
}

export interface Cut {
  /** Bytes of the TrueType file before compression. */
  length: number;
  /** The TrueType file, zlib. */
  file: Constant;
  /** Glyph of each UTF-16 code unit from 0 on, two bytes each, zlib: a PDF's CIDToGIDMap. */
  map: Constant;
  /** Advance widths: `32 [260 268] 160 [260]` is 260 for 32, 268 for 33, 260 for 160. */
  widths: string;
}

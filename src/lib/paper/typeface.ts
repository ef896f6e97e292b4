/**
 * Measures text and puts the typeface into a PDF, without parsing the font file: cut-fonts.ts has done that.
 *
 * A character's code in the PDF is its UTF-16 code unit, so `Aku` is drawn as `[(0A0k0u)] TJ`, each 0 a byte without a bit, and the
 * map back to Unicode is the identity (ISO 32000-1, 9.7.4 CIDToGIDMap, 9.10.3 ToUnicode).
 */
import { utf8 } from '../bytes.ts';
import { bold } from './font/bold.ts';
import type { Cut, Font } from './font/font.ts';
import { regular } from './font/regular.ts';
import { array, dict, type Objects, ref, stream } from './objects.ts';

export interface Typeface {
  font: Font;
  /** Width of each UTF-16 code unit in 1/1000 em; -1 where there is no glyph. */
  widths: Int16Array;
  /** Change of the distance between two letters, by `left << 16 | right`. */
  kern: ReadonlyMap<number, number>;
  /** Whether the basic cut draws a code unit. */
  basic: Uint8Array;
}

const runs = (widths: string): [first: number, widths: number[]][] =>
  Array.from(widths.matchAll(/(\d+) \[([\d ]+)\]/g), ([, first, list]) => [
    Number(first),
    list!.split(' ').map(Number),
  ]);

function open(font: Font): Typeface {
  const widths = new Int16Array(0x10000).fill(-1);
  const basic = new Uint8Array(0x10000);
  for (const [first, list] of runs(font.whole.widths)) widths.set(list, first);
  for (const [first, list] of runs(font.basic.widths)) basic.fill(1, first, first + list.length);
  const kern = new Map<number, number>();
  for (const [, left, right, change] of font.kern.matchAll(/(.)(.)(-?\d+)/g)) {
    kern.set((left!.charCodeAt(0) << 16) | right!.charCodeAt(0), Number(change));
  }
  return { font, widths, kern, basic };
}

export type Weight = 'regular' | 'bold';

/** Read once for the process: constant data. */
export const typefaces: Readonly<Record<Weight, Typeface>> = { regular: open(regular), bold: open(bold) };

/** Width in points. Throws if a letter can't be drawn: see lib/glyphs.ts for asking beforehand. */
export function widthOf(text: string, { widths, kern }: Typeface, size: number): number {
  let sum = 0;
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const width = widths[code]!;
    if (width < 0) throw new RangeError(`paper: no glyph for ${JSON.stringify(text[i])}`);
    sum += width + (kern.get((before << 16) | code) ?? 0);
    before = code;
  }
  return (sum * size) / 1000;
}

/** 7.3.4.2: what a string of bytes may not hold as it is, and line ends, so that each operator has its line. */
const ESCAPED = new Map([
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x28, '\\('],
  [0x29, '\\)'],
  [0x5c, '\\\\'],
]);
const BYTES = Array.from({ length: 256 }, (_, byte) => ESCAPED.get(byte) ?? String.fromCharCode(byte));

/** The operand of a TJ operator, kerned, a character for each byte; `gap` (1/1000 em) is added to each space. */
export function textOperand(text: string, { kern }: Typeface, gap = 0): string {
  let out = '[(';
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const move = -(kern.get((before << 16) | code) ?? 0) - (before === 0x20 ? gap : 0);
    if (move !== 0 && i > 0) out += `)${Math.round(move)}(`;
    out += BYTES[code >> 8]! + BYTES[code & 255]!;
    before = code;
  }
  return `${out})]`;
}

/** Code units that the basic cut doesn't draw ask for the whole one. */
export function needsWhole(text: string, { basic }: Typeface): boolean {
  for (let i = 0; i < text.length; i++) if (basic[text.charCodeAt(i)] === 0) return true;
  return false;
}

// A range may not cross the last byte of a code, so there is one for each first byte in use.
const TO_UNICODE = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
6 beginbfrange
<0000> <00FF> <0000>
<0100> <01FF> <0100>
<0200> <02FF> <0200>
<1E00> <1EFF> <1E00>
<2000> <20FF> <2000>
<2200> <22FF> <2200>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;

/** The whole font as one Type 0 font (9.7.6.1), cut and compressed beforehand. Returns its number. */
export function fontObjects(objects: Objects, font: Font, cut: Cut): number {
  // Six letters and a plus name a subset (9.6.4); the cuts are always the same, and so are their names.
  const name = `/${cut === font.basic ? 'IKRARB' : 'IKRARW'}+${font.name}`;
  const file = objects.add(...stream({ Length1: cut.length, Filter: '/FlateDecode' }, cut.file));
  const map = objects.add(...stream({ Filter: '/FlateDecode' }, cut.map));
  const unicode = objects.add(...stream({}, utf8(TO_UNICODE)));
  const descriptor = objects.add(
    dict({
      Type: '/FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: array(font.box),
      ItalicAngle: 0,
      Ascent: font.ascent,
      Descent: font.descent,
      CapHeight: font.capHeight,
      StemV: font.stem,
      FontFile2: ref(file),
    }),
  );
  const descendant = objects.add(
    dict({
      Type: '/Font',
      Subtype: '/CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: '<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>',
      FontDescriptor: ref(descriptor),
      DW: 600,
      W: `[${cut.widths}]`,
      CIDToGIDMap: ref(map),
    }),
  );
  return objects.add(
    dict({
      Type: '/Font',
      Subtype: '/Type0',
      BaseFont: name,
      Encoding: '/Identity-H',
      DescendantFonts: array([ref(descendant)]),
      ToUnicode: ref(unicode),
    }),
  );
}

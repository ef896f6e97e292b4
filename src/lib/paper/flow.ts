/** Lays blocks of lines on sheets, top to bottom, and takes a new sheet where one is full. */
import { balanceLines, breakLines } from './lines.ts';
import type { Paper, Sheet, StructureElement, Style } from './paper.ts';
import { typefaces, widthOf } from './typeface.ts';

/** Draws with its upper edge at `top`. */
export interface Row {
  height: number;
  draw(sheet: Sheet, top: number): void;
}

export interface Block {
  rows: Row[];
  /** Points above it, except at the head of a sheet. */
  before: number;
  /** Its place in the structure; null if it is decoration; 'own' if its rows tag themselves. */
  tag: StructureElement['type'] | null | 'own';
  /** Never parted over two sheets. */
  whole?: boolean;
  /** Never the last of its sheet: stays with what follows. */
  leads?: boolean;
  /** Stands at the foot of its sheet. */
  foot?: boolean;
}

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Paragraph extends Style {
  align?: 'left' | 'centre' | 'justify';
  /** Distance of the lines as a multiple of the size. */
  leading?: number;
  before?: number;
  tag?: Block['tag'];
  whole?: boolean;
  leads?: boolean;
  /** Stands at the left of the first line, in the indent. */
  label?: string;
  labelStyle?: Style;
  /** Draws a colon so far before the text, as official blocks align them. */
  colon?: number;
  indent?: number;
  underline?: boolean;
}

// A line under ḥ or ş would hide what tells it from h or s.
const MARK_BELOW = /[\u0316-\u0333]/;

/** Of the size: a line that is narrower holds no word, and would be drawn letter by letter where nobody looks. */
const NARROWEST = 8;

/** Rows of one paragraph between `left` and `right`. Throws a `RangeError` if there is no room for words between them. */
export function rowsOf(text: string, left: number, right: number, style: Paragraph): Row[] {
  const { size, weight = 'regular', align = 'left', leading = 1.38, label, indent = 0 } = style;
  const face = typefaces[weight];
  const from = left + indent;
  const width = right - from;
  if (width < size * NARROWEST) throw new RangeError('flow: too narrow');
  const height = size * leading;
  // The line of capitals stands in the middle of its row.
  const drop = (height + (size * face.font.capHeight) / 1000) / 2;
  const lines =
    align === 'centre' ? balanceLines(text, width, face, size) : breakLines(text, width, face, size);
  return lines.map((line, at) => ({
    height,
    draw(sheet, top) {
      const y = top - drop;
      // Spaces that nobody sees keep the words apart for whoever copies the text or has it read out.
      if (at === 0 && label !== undefined) {
        const plain = style.labelStyle ?? style;
        sheet.text(`${label} `, left, y, plain);
        if (style.colon !== undefined) sheet.text(': ', from - style.colon, y, plain);
      }
      const rest = width - line.width;
      const spaces = line.text.split(' ').length - 1;
      const gap = align === 'justify' && !line.last && spaces > 0 ? rest / spaces : 0;
      // A gap wider than this looks worse than a ragged line.
      const x = align === 'centre' ? from + rest / 2 : from;
      sheet.text(
        line.spaced || line.last ? `${line.text} ` : line.text,
        x,
        y,
        style,
        gap > size * 0.6 ? 0 : gap,
      );
      if (style.underline) {
        const depth = y - size * (MARK_BELOW.test(line.text.normalize('NFD')) ? 0.29 : 0.14);
        sheet.line(x, depth, x + line.width, depth, { width: size * 0.065 });
      }
    },
  }));
}

export function paragraph(text: string, { left, right }: Frame, style: Paragraph): Block {
  const { before = 0, tag = 'P', whole = false, leads = false } = style;
  return { rows: rowsOf(text, left, right, style), before, tag, whole, leads };
}

/** Width of a label with a little room after it. */
export const labelWidth = (label: string, { size, weight = 'regular' }: Style): number =>
  widthOf(label, typefaces[weight], size) + size * 0.55;

export const heightOf = (rows: readonly Row[]): number => rows.reduce((sum, { height }) => sum + height, 0);

/** Whether all blocks stand on one sheet. */
export const fits = (blocks: readonly Block[], { top, bottom }: Frame): boolean =>
  blocks.reduce((sum, { before, rows }, at) => sum + (at === 0 ? 0 : before) + heightOf(rows), 0) <=
  top - bottom + SLACK;

/**
 * Height that must be free before a block is begun on a sheet: neither its first nor its last line stands alone. Not summed
 * further than beyond `most`.
 */
function needed(blocks: readonly Block[], from: number, most: number): number {
  let sum = 0;
  for (let at = from; ; at++) {
    const { rows, whole, leads } = blocks[at]!;
    sum += whole || leads || rows.length <= 3 ? heightOf(rows) : heightOf(rows.slice(0, 2));
    const next = blocks[at + 1];
    if (!leads || !next || sum > most) return sum;
    sum += next.before;
  }
}

/** Sums of heights are not exact. */
const SLACK = 0.01;

/** Throws a `RangeError` if a row is higher than a sheet: nothing is ever drawn where it can't be read. */
export function placeBlocks(paper: Paper, blocks: readonly Block[], frame: Frame): Sheet[] {
  const sheets = [paper.sheet()];
  let y = frame.top;
  for (const [at, block] of blocks.entries()) {
    const { rows, before, foot } = block;
    const fresh = y === frame.top;
    if (!fresh && y - before - needed(blocks, at, frame.top - frame.bottom) < frame.bottom - SLACK) {
      sheets.push(paper.sheet());
      y = frame.top;
    } else if (!fresh) {
      y -= before;
    }
    if (foot) y = Math.min(y, frame.bottom + heightOf(rows));
    const tag = block.tag === null || block.tag === 'own' ? null : paper.tag(block.tag);
    let row = 0;
    while (row < rows.length) {
      let end = row;
      let depth = y;
      while (end < rows.length && (end === row || depth - rows[end]!.height >= frame.bottom - SLACK)) {
        depth -= rows[end]!.height;
        end++;
      }
      if (depth < frame.bottom - SLACK) throw new RangeError('flow: a row is higher than a sheet');
      if (end === rows.length - 1 && end - row > 2) end--;
      const sheet = sheets.at(-1)!;
      const draw = (): void => {
        for (; row < end; row++) {
          rows[row]!.draw(sheet, y);
          y -= rows[row]!.height;
        }
      };
      if (block.tag === 'own') draw();
      else sheet.tagged(tag, draw);
      if (row < rows.length) {
        sheets.push(paper.sheet());
        y = frame.top;
      }
    }
  }
  return sheets;
}

/**
 * A recap as a PDF that an office files: letterhead, the rows under a repeated heading, how many there are, and where its head signs.
 * Across the page, on A4 or F4. Each row is a paragraph for readers that speak, its cells in order. Shown by
 * test/export/recap-paper.test.ts.
 */
import type { Bytes } from '../lib/bytes.ts';
import { undrawable } from '../lib/glyphs.ts';
import { heightOf, type Paragraph, type Row, rowsOf } from '../lib/paper/flow.ts';
import { programOf } from '../lib/paper/font/program.ts';
import { breakLines } from '../lib/paper/lines.ts';
import { A4, F4, mm, openPaper, type PaperSize, type StructureElement } from '../lib/paper/paper.ts';
import { wholeOf } from '../lib/paper/printed.ts';
import { drawQr, encodeQr, originInQr } from '../lib/paper/qr.ts';
import { typefaces, type Weight } from '../lib/paper/typeface.ts';
import { sha256Text } from '../lib/sha256.ts';
import { dayOf, formatDay, formatInstant, formatNumber } from '../lib/zone.ts';
import type { Cell } from '../sheet/write-workbook.ts';
import { cellText, type RecapRow, recapCells, recapColumns } from './recap.ts';
import { NOT_COUNTED_NOTE, type RecapAbout, SUMMARY_COLUMNS, summaryRows } from './recap-workbook.ts';
import type { RecapForm } from './stream.ts';

/** Rows of one file: some 120 sheets, and a second or two of work. */
export const MOST_ON_PAPER = 2_000;

const across = ({ width, height }: PaperSize): PaperSize => ({ width: height, height: width });
export const RECAP_SIZES = { a4: across(A4), f4: across(F4) };
export type RecapSize = keyof typeof RECAP_SIZES;

const MARGIN = { side: mm(12), top: mm(12), bottom: mm(16) };
/** Left of the letterhead and right of it: a logo has room there. */
const LOGO = mm(24);
const FAINT = 0.36;
/** Sheets that leave together. */
const AT_ONCE = 8;
const CELL = { size: 6.8, leading: 8.6, gap: 4, above: 1.6, below: 1.4 };
/** Without the printed frame: a stamp and a signature over it. */
const STAMP = mm(24);
const QR_SIDE = mm(30);

/** What is drawn in one go: never parted over two sheets. */
interface Item extends Row {
  /** Null: decoration. */
  tag: StructureElement['type'] | null;
  figure?: (top: number) => Pick<StructureElement, 'alt' | 'box'>;
  /** Stands above it again where it begins a sheet. */
  heading?: Item;
  /** Height of what follows and must be on the same sheet. */
  leads?: number;
}

/** The pieces of the file, some sheets each; lets other work in between. `rows`: no more than `MOST_ON_PAPER`. */
export async function* drawRecap(
  rows: readonly RecapRow[],
  about: RecapAbout,
  form: RecapForm & { size: RecapSize },
): AsyncGenerator<Bytes> {
  const size = RECAP_SIZES[form.size];
  const title = `Rekap ${about.which.toLowerCase()}`;
  const paper = openPaper({
    title: letters(`${title}: ${about.title}`),
    subject: letters(`Dicetak ${formatInstant(about.printed.at, about.printed.zona)} oleh ${about.by}`),
    author: letters(about.organizer),
    language: 'id-ID',
    at: about.printed.at,
    id: (await sha256Text(`${about.organizer} ${about.title} ${about.printed.at.toISOString()}`)).subarray(
      0,
      16,
    ),
  });
  const [left, right] = [MARGIN.side, size.width - MARGIN.side];
  const height = size.height - MARGIN.top - MARGIN.bottom;
  const sheets = onSheets(
    [
      ...headItems(title, rows.length, about, left, right),
      ...rowItems(rows, form, left, right, height),
      ...endItems(summaryItems(about, left), signatureItems(about, left, right), height),
    ],
    size.height - MARGIN.top,
    MARGIN.bottom,
  );
  for (const [at, placed] of sheets.entries()) {
    const sheet = paper.sheet(size);
    for (const { item, top } of placed) {
      const tag = item.tag && paper.tag(item.tag, item.figure?.(top));
      sheet.tagged(tag, () => item.draw(sheet, top));
    }
    sheet.tagged(null, () => {
      const style = { size: 7, grey: FAINT };
      sheet.text(letters(`${title}. ${about.title}`).slice(0, 160), left, mm(9), style);
      sheet.textEnding(`Halaman ${at + 1} dari ${sheets.length}`, right, mm(9), style);
    });
    if ((at + 1) % AT_ONCE > 0 && at + 1 < sheets.length) continue;
    yield wholeOf(await paper.settle(), programOf);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  yield wholeOf(paper.finish().printed, programOf);
}

/** Which item stands where, sheet by sheet. */
function onSheets(items: readonly Item[], top: number, bottom: number): { item: Item; top: number }[][] {
  let sheet: { item: Item; top: number }[] = [];
  const sheets = [sheet];
  let y = top;
  const place = (item: Item): void => {
    sheet.push({ item, top: y });
    y -= item.height;
  };
  for (const item of items) {
    if (sheet.length > 0 && y - item.height - (item.leads ?? 0) < bottom) {
      sheet = [];
      sheets.push(sheet);
      y = top;
      if (item.heading) place({ ...item.heading, tag: null });
    }
    place(item);
  }
  return sheets;
}

const space = (height: number, leads = 0): Item => ({ height, leads, tag: null, draw() {} });

const words = (text: string, left: number, right: number, style: Paragraph, tag: Item['tag'] = 'P'): Item => {
  const rows = rowsOf(letters(text), left, right, style);
  return { height: heightOf(rows), tag, draw: (sheet, top) => stack(rows, sheet, top) };
};

function stack(rows: readonly Row[], sheet: Parameters<Row['draw']>[0], top: number): void {
  let y = top;
  for (const row of rows) {
    row.draw(sheet, y);
    y -= row.height;
  }
}

function headItems(title: string, count: number, about: RecapAbout, left: number, right: number): Item[] {
  const { printed, by, organizer, notes } = about;
  const told = [
    `${about.which}: ${formatNumber(count)} baris.`,
    `Dicetak ${formatInstant(printed.at, printed.zona)} oleh ${by}.`,
    ...notes,
  ];
  return [
    words(organizer.toLocaleUpperCase('id-ID'), left + LOGO, right - LOGO, {
      ...{ size: 12, weight: 'bold', align: 'centre', leading: 1.3 },
    }),
    {
      height: 14,
      tag: null,
      draw(sheet, top) {
        sheet.line(left, top - 4, right, top - 4, { width: 1.6 });
        sheet.line(left, top - 6.4, right, top - 6.4, { width: 0.5 });
      },
    },
    words(title.toUpperCase(), left, right, { size: 11.5, weight: 'bold', align: 'centre' }, 'H1'),
    words(about.title, left, right, { size: 9.5, align: 'centre', leading: 1.3 }),
    words(told.join(' '), left, right, { size: 8, align: 'centre', grey: 0.2, leading: 1.5 }),
    space(6),
  ];
}

interface PaperColumn {
  left: number;
  right: number;
  /** Figures stand at the right. */
  figure?: boolean;
}

/** Beside each other from `left` on; `widths` with the gap. */
function columnsOf(widths: readonly number[], left: number, figure: (at: number) => boolean): PaperColumn[] {
  let x = left;
  return widths.map((width, at) => {
    const column = { left: x, right: x + width - CELL.gap, figure: figure(at) };
    x += width;
    return column;
  });
}

/** A row of a table, wrapped in its columns; one that is higher than `most` points goes on below. */
function tableRow(
  cells: readonly string[],
  columns: readonly PaperColumn[],
  { weight = 'regular', most = 1000, heading }: { weight?: Weight; most?: number; heading?: Item } = {},
): Item[] {
  const face = typefaces[weight];
  const style = { size: CELL.size, weight };
  const wrapped = cells.map((cell, at) =>
    breakLines(letters(cell), columns[at]!.right - columns[at]!.left, face, CELL.size),
  );
  const lines = Math.max(1, ...wrapped.map(({ length }) => length));
  const each = Math.max(1, Math.floor((most - CELL.above - CELL.below) / CELL.leading));
  const [first, last] = [columns[0]!.left, columns.at(-1)!.right];
  return Array.from({ length: Math.ceil(lines / each) }, (_, part): Item => {
    const [from, to] = [part * each, Math.min(lines, (part + 1) * each)];
    const height = CELL.above + (to - from) * CELL.leading + CELL.below;
    return {
      height,
      tag: 'P',
      ...(heading && { heading }),
      draw(sheet, top) {
        if (weight === 'bold') sheet.box(first - 1, top - height, last - first + 2, height, 0.91);
        for (const [at, all] of wrapped.entries()) {
          const { left, right, figure } = columns[at]!;
          for (const [below, { text, width }] of all.slice(from, to).entries()) {
            if (text === '') continue;
            const y = top - CELL.above - (below + 1) * CELL.leading + CELL.leading * 0.27;
            // The space parts it from the next cell for whoever copies the text or has it read out.
            sheet.text(`${text} `, figure ? right - width : left, y, style);
          }
        }
        sheet.line(first, top - height, last, top - height, { width: 0.35, grey: 0.6 });
      },
    };
  });
}

function rowItems(
  rows: readonly RecapRow[],
  { counted = false, full = false }: RecapForm,
  left: number,
  right: number,
  height: number,
): Item[] {
  const all = recapColumns({ full });
  const shown = all.flatMap(({ paper }, at) => (paper > 0 ? [at] : []));
  const parts = shown.reduce((sum, at) => sum + all[at]!.paper, 0);
  const columns = columnsOf(
    shown.map((at) => (all[at]!.paper / parts) * (right - left + CELL.gap)),
    left,
    (at) => at === 0,
  );
  const [heading] = tableRow(
    shown.map((at) => all[at]!.name),
    columns,
    { weight: 'bold' },
  );
  const most = height - heading!.height;
  const textOf = (cells: readonly Cell[]) => shown.map((at) => cellText(cells[at]!));
  const items = rows.flatMap((row, at) =>
    tableRow(textOf(recapCells(row, { no: counted ? at + 1 : null, full })), columns, {
      most,
      heading: heading!,
    }),
  );
  return [{ ...heading!, leads: items[0]?.height ?? 0 }, ...items];
}

function summaryItems({ counts }: RecapAbout, left: number): Item[] {
  const isFigure = (at: number) => at >= 2;
  const widths = SUMMARY_COLUMNS.map((_, at) => mm(at === 0 ? 52 : at === 1 ? 24 : 17));
  const columns = columnsOf(widths, left, isFigure);
  const [heading] = tableRow(
    SUMMARY_COLUMNS.map(({ name }) => name),
    columns,
    { weight: 'bold' },
  );
  const rows = summaryRows(counts);
  const items = rows.flatMap((cells, at) =>
    tableRow(
      cells.map((cell) => (typeof cell === 'number' ? formatNumber(cell) : cellText(cell))),
      columns,
      { weight: at === rows.length - 1 ? 'bold' : 'regular', heading: heading! },
    ),
  );
  const follows = heading!.height + (items[0]?.height ?? 0);
  const title = words('Ringkasan', left, left + mm(80), { size: 10, weight: 'bold' }, 'H2');
  const note = words(NOT_COUNTED_NOTE, left, left + mm(120), { size: 7, grey: FAINT, leading: 1.8 });
  return [
    space(12, title.height + follows),
    { ...title, leads: follows },
    { ...heading!, leads: items[0]?.height ?? 0 },
    ...items.slice(0, -1),
    { ...items.at(-1)!, leads: note.height },
    note,
  ];
}

/** Who signs, signs below what is summed up: together on a sheet if that is high enough, and never alone on one. */
function endItems(summary: readonly Item[], signature: readonly Item[], height: number): Item[] {
  const [first, ...rest] = summary;
  const all = heightOf([...rest, ...signature]);
  if (all <= height) return [{ ...first!, leads: all }, ...rest, ...signature];
  return [...summary.slice(0, -1), { ...summary.at(-1)!, leads: heightOf(signature) }, ...signature];
}

/** Left the way to the public page, right the head of the office: by hand, under a stamp. */
function signatureItems({ organizer, printed, address }: RecapAbout, left: number, right: number): Item[] {
  const from = right - mm(86);
  const style = { size: 9 };
  const head = /^(?:bawaslu|badan pengawas|kpu\b|komisi)/i.test(organizer) ? 'Ketua' : 'Kepala';
  const above = [
    ...rowsOf(
      `.............................., ${formatDay(dayOf(printed.at, printed.zona))}`,
      from,
      right,
      style,
    ),
    ...rowsOf(letters(`${head} ${organizer},`), from, right, style),
  ];
  const below = [
    ...rowsOf('(..................................................................)', from, right, style),
    ...rowsOf('NIP ............................................................', from, right, style),
  ];
  const height = 16 + Math.max(heightOf(above) + STAMP + heightOf(below), QR_SIDE);
  const items: Item[] = [
    {
      height,
      tag: 'P',
      draw(sheet, top) {
        stack(above, sheet, top - 16);
        stack(below, sheet, top - 16 - heightOf(above) - STAMP);
      },
    },
  ];
  if (address === null) return items;
  const qr = encodeQr(address.replace(/^https?:\/\/[^/]+/, originInQr));
  const caption = rowsOf(
    letters(`Daftar publik: ${address.replace(/^https?:\/\//, '')}`),
    left + QR_SIDE + 4,
    from - 12,
    { size: 7.5, grey: 0.2 },
  );
  const bottomOf = (top: number): number => top - 16 - QR_SIDE;
  // Of no height: beside what follows.
  return [
    {
      height: 0,
      leads: height,
      tag: 'Figure',
      figure: (top) => ({
        alt: `Kode QR: ${address}`,
        box: [left, bottomOf(top), left + QR_SIDE, top - 16],
      }),
      draw: (sheet, top) => sheet.path(drawQr(qr, left, bottomOf(top), QR_SIDE)),
    },
    {
      height: 0,
      leads: height,
      tag: 'P',
      draw: (sheet, top) => stack(caption, sheet, bottomOf(top) + (QR_SIDE + heightOf(caption)) / 2),
    },
    ...items,
  ];
}

/** The text as the typeface can draw it: on one line, and `?` for a letter that it doesn't have. */
function letters(text: string): string {
  let line = text.normalize('NFC').replace(/\s+/g, ' ');
  for (let letter = undrawable(line); letter !== null; letter = undrawable(line))
    line = line.replaceAll(letter, '?');
  return line;
}

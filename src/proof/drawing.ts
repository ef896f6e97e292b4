/**
 * What a page of our paper draws, as lib/paper/paper.ts writes it. Shown by test/proof/pdf-file.test.ts.
 *
 *     /P <</MCID 3>> BDC
 *     BT /R 10.5 Tf 0 g 70.87 640.2 Td [<004E0061>12<006D0061>] TJ ET
 *     0.5 w 0.5 G [] 0 d 70.87 620 m 524.41 620 l S
 *     0.93 g 85.87 300.1 438.54 14.45 re f
 *     EMC
 *
 * A character's code is its UTF-16 code unit (lib/paper/typeface.ts). The QR is `q 0 g 1.73 0 0 1.73 62.57 121.29 cm`, its
 * bars as `4 36 7 1 re`, then `f Q`.
 *
 * A page is read only if each line is one of these, and if each word can be read where it stands: within the margins, dark
 * and large enough, from top to bottom, not over another, not covered, not crossed out.
 */
const N = String.raw`-?\d+(?:\.\d+)?`;
const MARK = /^(?:\/(?:Sect|H1|H2|P|L|LI|Figure) <<\/MCID \d+>> BDC|\/Artifact BMC|EMC)$/;
const TEXT = new RegExp(`^BT /([RB]) (${N}) Tf (${N}) g (${N}) (${N}) Td \\[<([0-9A-F<>-]*)>\\] TJ ET$`);
const LINE = new RegExp(`^(${N}) w ${N} G \\[\\] 0 d (${N}) (${N}) m (${N}) (${N}) l S$`);
const BOX = new RegExp(`^0\\.93 g (${N}) (${N}) (${N}) (${N}) re f$`);
const QR = /^q 0 g (\d+\.\d{4}) 0 0 (\d+\.\d{4}) (\d+\.\d{4}) (\d+\.\d{4}) cm$/;
const BAR = /^(\d{1,2}) (\d{1,2}) (\d{1,2}) 1 re$/;

/** Width of each code unit in 1/1000 em. */
export type FontWidths = Map<number, number>;

/** Points, within the margins of document/stamp.ts; sizes are rounded, so a full line may seem longer. */
const PAGE = { left: 70.8, right: 525.5, bottom: 28, top: 800 };
const SMALLEST = 7;
const LARGEST = 20;
const FAINTEST = 0.4;
const MOST_LINES = 2000;
/** 1/1000 em: kerning, and the widest gap of justified text. */
const FARTHEST = 700;
/** Points by which letters may seem to touch, since places are rounded. */
const SLACK = 0.1;

interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right - SLACK &&
  b.left < a.right - SLACK &&
  a.bottom < b.top - SLACK &&
  b.bottom < a.top - SLACK;

export interface Drawing {
  /** All words in the order drawn, as one text. */
  text: string;
  /** Of each QR its bars, as `4 36 7` for column, row from below and width, the quiet zone counted; parted by LF. */
  qrs: string[];
}

/** Null if the page is not as we draw it. */
export function readDrawing(
  content: Uint8Array,
  fonts: Readonly<Record<string, FontWidths>>,
): Drawing | null {
  const lines = latin1(content).split('\n');
  if (lines.length > MOST_LINES) return null;
  /** Where each string stands: small letters alone, so that lines that only come close don't meet. */
  const words: (Box & { y: number })[] = [];
  const covers: Box[] = [];
  const qrs: string[] = [];
  let text = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (MARK.test(line)) continue;
    const shown = TEXT.exec(line);
    if (shown) {
      const font = fonts[shown[1]!];
      const [size, grey, x, y] = shown.slice(2, 6).map(Number) as [number, number, number, number];
      const read = font ? readShown(shown[6]!, font) : null;
      if (!read || size < SMALLEST || size > LARGEST || grey < 0 || grey > FAINTEST) return null;
      const word = { left: x, right: x + (read.width * size) / 1000, y, bottom: y, top: y + size * 0.5 };
      if (!isWithin(word) || !follows(word, words.at(-1)) || words.some((other) => meet(word, other)))
        return null;
      words.push(word);
      text += read.text;
      continue;
    }
    const rule = LINE.exec(line);
    if (rule) {
      const [width, x1, y1, x2, y2] = rule.slice(1).map(Number) as [number, number, number, number, number];
      if (y1 !== y2 || width > 2) return null;
      covers.push({ left: x1, right: x2, bottom: y1 - width / 2, top: y1 + width / 2 });
      continue;
    }
    const box = BOX.exec(line);
    if (box) {
      // Grey is laid down before the words that stand on it.
      const [x, y, width, height] = box.slice(1).map(Number) as [number, number, number, number];
      const area = { left: x, right: x + width, bottom: y, top: y + height };
      if (width < 0 || height < 0 || words.some((word) => meet(word, area))) return null;
      continue;
    }
    const qr = QR.exec(line);
    if (!qr) return null;
    const [unit, again, x, y] = qr.slice(1).map(Number) as [number, number, number, number];
    const bars: string[] = [];
    let side = 0;
    for (at++; lines[at] !== 'f Q'; at++) {
      const bar = BAR.exec(lines[at] ?? '');
      if (!bar) return null;
      bars.push(bar.slice(1).join(' '));
      side = Math.max(side, Number(bar[1]) + Number(bar[3]), Number(bar[2]) + 1);
    }
    // Smaller, no phone would read it.
    if (unit !== again || unit < 1) return null;
    qrs.push(bars.join('\n'));
    covers.push({ left: x, right: x + side * unit, bottom: y, top: y + side * unit });
  }
  return covers.some((cover) => words.some((word) => meet(word, cover))) ? null : { text, qrs };
}

const isWithin = ({ left, right, y }: Box & { y: number }): boolean =>
  left >= PAGE.left && right <= PAGE.right && y >= PAGE.bottom && y <= PAGE.top;

/** Below what was drawn before, or right of it, or at the head of a column wholly on its left. */
function follows(word: Box & { y: number }, before: (Box & { y: number }) | undefined): boolean {
  if (!before) return true;
  if (word.y < before.y - SLACK) return true;
  if (word.y < before.y + SLACK) return word.left > before.right - SLACK;
  return word.right < before.left;
}

/** `004E0061>12<006D0061`: the letters, and how far they reach (1/1000 em) without spaces at the end. */
function readShown(operand: string, widths: FontWidths): { text: string; width: number } | null {
  let text = '';
  let at = 0;
  let width = 0;
  for (const [part, move] of operand.matchAll(/(?:^|>(-?\d{1,4})<)(?:[0-9A-F]{4})*/g)) {
    const codes = part.slice(part.lastIndexOf('<') + 1);
    if (move !== undefined) {
      if (Math.abs(Number(move)) > FARTHEST) return null;
      at -= Number(move);
    }
    for (const code of codes.match(/.{4}/g) ?? []) {
      const unit = Number.parseInt(code, 16);
      const advance = widths.get(unit);
      if (advance === undefined) return null;
      at += advance;
      text += String.fromCharCode(unit);
      if (unit !== 0x20) width = at;
    }
  }
  const pattern = /^(?:[0-9A-F]{4})*(?:>-?\d{1,4}<(?:[0-9A-F]{4})*)*$/;
  return pattern.test(operand) ? { text, width } : null;
}

function latin1(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte);
  return out;
}

/**
 * Whether a picture can bear a QR at all: whether three finder patterns (ISO/IEC 18004) are seen in it, the squares in a QR's
 * corners. Each line through the middle of one is dark, light, dark, light, dark as 1:1:3:1:1. To ask this takes an eighth
 * of the time of reading, and most parts of a sheet hold none. Shown by test/client/finder-patterns.test.ts.
 */

/** Blocks of so many points have one threshold, as in the library that reads (jsQR): what is dark there is dark here. */
const BLOCK = 8;
/** A block with less between its darkest and its lightest point is of one colour. */
const CONTRAST = 24;

/** `gray`: a byte a point. */
export function hasFinderPatterns(gray: Uint8ClampedArray, width: number, height: number): boolean {
  const dark = darkOf(gray, width, height);
  const found: Square[] = [];
  const runs = new Int32Array(5);
  // The middle of the smallest that is read has three rows.
  for (let y = 0; y < height; y += 2) {
    let start = 0;
    let many = 0;
    runs.fill(0);
    for (let x = 1; x <= width; x++) {
      const row = y * width;
      if (x < width && dark[row + x] === dark[row + x - 1]) continue;
      runs.copyWithin(0, 1);
      runs[4] = x - start;
      start = x;
      many++;
      if (many < 5 || dark[row + x - 1] === 0 || !isFinder(runs)) continue;
      const middle = x - runs[4]! - runs[3]! - (runs[2]! >> 1);
      const square = squareAt({ dark, width, height }, middle, y, runs[2]!);
      if (square === null || found.some((one) => isNear(one, square))) continue;
      found.push(square);
      if (found.length === 3) return true;
    }
  }
  return false;
}

/** The dark square in the middle of a finder pattern: where it is, and how wide. */
interface Square {
  x: number;
  y: number;
  size: number;
}

const isNear = (one: Square, other: Square): boolean =>
  Math.abs(one.x - other.x) < one.size && Math.abs(one.y - other.y) < one.size;

/** As lax as the library; but the middle is the widest, however blurred it is. */
function isFinder(runs: Int32Array): boolean {
  const module = (runs[0]! + runs[1]! + runs[2]! + runs[3]! + runs[4]!) / 7;
  const most = Math.min(2 * module, runs[2]! + 1);
  return runs[2]! < 6 * module && runs[0]! < most && runs[1]! < most && runs[3]! < most && runs[4]! < most;
}

/** The same from above to below, and aslant both ways: so do few letters look. */
function squareAt(at: Dark, x: number, y: number, size: number): Square | null {
  const down = runsThrough(at, x, y, 0, 1);
  if (down === null) return null;
  const [above, below] = down;
  if (above + below > 2 * size || size > 2 * (above + below)) return null;
  const middle = y + ((below - above) >> 1);
  if (runsThrough(at, x, middle, 1, 1) === null || runsThrough(at, x, middle, 1, -1) === null) return null;
  return { x, y: middle, size };
}

/** How far the dark reaches from a point to both sides, if the line through it looks as one through a finder pattern. */
function runsThrough(
  { dark, width, height }: Dark,
  x: number,
  y: number,
  right: number,
  down: number,
): [before: number, after: number] | null {
  const step = down * width + right;
  // How many steps there are to the edge, in a direction.
  const room = (sign: 1 | -1): number =>
    Math.min(
      right === 0 ? height : right * sign > 0 ? width - 1 - x : x,
      down === 0 ? width : down * sign > 0 ? height - 1 - y : y,
    );
  const half = (sign: 1 | -1, first: number): [number, number, number] => {
    const end = room(sign);
    const from = y * width + x;
    let at = first;
    const run = (value: number): number => {
      const before = at;
      while (at <= end && dark[from + at * sign * step] === value) at++;
      return at - before;
    };
    return [run(1), run(0), run(1)];
  };
  const [before, lightBefore, darkBefore] = half(-1, 0);
  const [after, lightAfter, darkAfter] = half(1, 1);
  const runs = Int32Array.of(darkBefore, lightBefore, before + after, lightAfter, darkAfter);
  if (runs.includes(0) || !isFinder(runs)) return null;
  return [before, after];
}

interface Dark {
  /** A byte a point: 1 where it is dark. */
  dark: Uint8Array;
  width: number;
  height: number;
}

function darkOf(gray: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const across = Math.ceil(width / BLOCK);
  const down = Math.ceil(height / BLOCK);
  const levels = new Uint8ClampedArray(across * down);
  for (let v = 0; v < down; v++) {
    for (let h = 0; h < across; h++) {
      let sum = 0;
      let least = 255;
      let most = 0;
      const right = Math.min(width, (h + 1) * BLOCK);
      const bottom = Math.min(height, (v + 1) * BLOCK);
      for (let y = v * BLOCK; y < bottom; y++) {
        for (let x = h * BLOCK; x < right; x++) {
          const light = gray[y * width + x]!;
          sum += light;
          if (light < least) least = light;
          if (light > most) most = light;
        }
      }
      const at = v * across + h;
      levels[at] = sum / ((right - h * BLOCK) * (bottom - v * BLOCK));
      if (most - least > CONTRAST) continue;
      // Of one colour: light, unless its neighbours say where dark begins.
      levels[at] = least / 2;
      if (v === 0 || h === 0) continue;
      const beside = (levels[at - across]! + 2 * levels[at - 1]! + levels[at - across - 1]!) / 4;
      if (least < beside) levels[at] = beside;
    }
  }
  const dark = new Uint8Array(width * height);
  for (let v = 0; v < down; v++) {
    const top = Math.max(2, Math.min(down - 3, v));
    for (let h = 0; h < across; h++) {
      const left = Math.max(2, Math.min(across - 3, h));
      let sum = 0;
      for (let y = top - 2; y <= top + 2; y++) {
        for (let x = left - 2; x <= left + 2; x++) sum += levels[y * across + x] ?? 0;
      }
      const threshold = sum / 25;
      const right = Math.min(width, (h + 1) * BLOCK);
      const bottom = Math.min(height, (v + 1) * BLOCK);
      for (let y = v * BLOCK; y < bottom; y++) {
        for (let x = h * BLOCK; x < right; x++) {
          if (gray[y * width + x]! <= threshold) dark[y * width + x] = 1;
        }
      }
    }
  }
  return dark;
}

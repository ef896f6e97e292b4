/**
 * Looks for QRs in a photo or a scan of a whole sheet: first in all of it, made small; then in parts, ever closer. Shown by
 * test/browser/picture.test.ts.
 *
 * A paper of ours bears a QR of 33 modules, 30 mm wide with its margin. Where a photo shows a sheet of A4 at a length of 1,100
 * pixels, a module has 2.7 of them, which is the least that is read well; at 2,200 it has 5.
 */
import type { Reader } from './reader.ts';

/** `longest`: pixels of the longer side of the whole picture. `part`: of the side of a square part. */
interface Level {
  longest: number;
  part: number;
}

const LEVELS: Level[] = [
  // What is small has less noise.
  { longest: 900, part: 900 },
  { longest: 1300, part: 1300 },
  { longest: 2200, part: 600 },
  { longest: 4400, part: 900 },
];
/** A QR cut in two is whole in the next part. */
const OVERLAP = 300;
/** A small picture is read better when it is enlarged. */
const MOST_ENLARGED = 2;
/** After this nobody waits any longer, in milliseconds for one picture. */
const PATIENCE = 25_000;
/** Two QRs on one sheet are not one that was read more easily. */
const LEAST_LEVELS = 3;

interface Search {
  reader: Reader;
  /** Whether this is what was looked for: then no closer look is taken. */
  enough(text: string): boolean;
  /** Whether to look at ever smaller parts if nothing is found. */
  closely: boolean;
  /** From 0 to 1. */
  progress(part: number): void;
  signal: AbortSignal;
}

export async function findQrs(
  picture: ImageBitmap,
  { reader, enough, closely, progress, signal }: Search,
): Promise<Set<string>> {
  const end = performance.now() + PATIENCE;
  const found = new Set<string>();
  const strip = openCanvas();
  const part = openCanvas();
  const side = Math.max(picture.width, picture.height);
  const levels = LEVELS.map(({ longest, part }) => ({ scale: Math.min(MOST_ENLARGED, longest / side), part }))
    // Nothing is gained by looking twice at the same.
    .filter(({ scale }, index, all) => index === 0 || scale > all[index - 1]!.scale);
  const parts = levels.map((level) => partsOf(picture, level));
  const all = parts.flat().length;
  let done = 0;
  for (const [index, { scale }] of levels.entries()) {
    let drawn: number | null = null;
    for (const { x, y, width, height } of parts[index]!) {
      if (signal.aborted || performance.now() > end) return found;
      // To make it smaller takes longer than to look at it: once for all parts that stand in one row.
      if (y !== drawn) {
        strip.canvas.width = Math.round(picture.width * scale);
        strip.canvas.height = Math.round(height * scale);
        strip.imageSmoothingQuality = 'high';
        // What is transparent would be black.
        strip.fillStyle = '#fff';
        strip.fillRect(0, 0, strip.canvas.width, strip.canvas.height);
        strip.drawImage(picture, 0, y, picture.width, height, 0, 0, strip.canvas.width, strip.canvas.height);
        drawn = y;
      }
      part.canvas.width = Math.round(width * scale);
      part.canvas.height = strip.canvas.height;
      part.drawImage(strip.canvas, -Math.round(x * scale), 0);
      const texts = await reader(
        part.canvas,
        closely && (found.size === 0 || index + 1 === LEAST_LEVELS),
      ).catch((): string[] => []);
      for (const text of texts) found.add(text);
      progress(++done / all);
    }
    if (index + 1 >= LEAST_LEVELS && (!closely || [...found].some(enough))) break;
  }
  return found;
}

const openCanvas = (): CanvasRenderingContext2D =>
  document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;

interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** In pixels of the picture; neighbours overlap. */
function partsOf({ width, height }: ImageBitmap, { scale, part }: { scale: number; part: number }): Part[] {
  const size = part / scale;
  const places = (length: number): number[] => {
    if (length <= size) return [0];
    const steps = Math.ceil((length - size) / (size - OVERLAP / scale));
    return Array.from({ length: steps + 1 }, (_, step) => ((length - size) * step) / steps);
  };
  return places(height).flatMap((y) =>
    places(width).map((x) => ({ x, y, width: Math.min(size, width), height: Math.min(size, height) })),
  );
}

/** A QR code (ISO/IEC 18004) as a drawing: one path of rectangles, black on whatever is below. */
import { create } from 'qrcode/lib/core/qrcode.js';

export interface Qr {
  /** Modules on a side, without the quiet zone. */
  size: number;
  /** `size` × `size`, row by row from the top left; 1 is dark. */
  modules: Uint8Array;
}

/** One of the eight patterns laid over the data; the best for reading unless told. All mean the same. */
export const MASKS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export type Mask = (typeof MASKS)[number];

/** Modules of white that a reader wants on every side. */
export const QUIET = 4;

/**
 * The origin as a QR holds it: the scheme small, since cameras and browsers know no other as an address, the host in capitals, since hosts
 * know no letter case and capitals take less room.
 */
export const originInQr = (origin: string): string =>
  origin.replace(/(?<=:\/\/).+$/, (host) => host.toUpperCase());

/**
 * Level Q: a quarter of it may be lost. Capitals, digits and ` $%*+-./:` are held in 5½ bits, other characters in 8 or more; where that
 * changes, a segment ends (ISO/IEC 18004, 7.4.2), so that the whole has the fewest bits.
 */
export function encodeQr(text: string, mask?: Mask): Qr {
  const { modules } = create(text, {
    errorCorrectionLevel: 'Q',
    ...(mask !== undefined && { maskPattern: mask }),
  });
  return { size: modules.size, modules: Uint8Array.from(modules.data) };
}

/** Dark neighbours in a row, as one rectangle each: column and row of its upper left corner, and its width. */
function* bars({ size, modules }: Qr): Generator<{ column: number; row: number; width: number }> {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!modules[row * size + column]) continue;
      const first = column;
      while (column + 1 < size && modules[row * size + column + 1]) column++;
      yield { column: first, row, width: column - first + 1 };
    }
  }
}

/**
 * PDF operators that draw it with its lower left corner at (x, y), `side` points wide with the quiet zone on all sides.
 * All bars are one path, so that no hairline shows between them.
 */
export function drawQr(qr: Qr, x: number, y: number, side: number): string {
  const unit = side / (qr.size + 2 * QUIET);
  const at = (value: number): string => value.toFixed(4);
  let path = '';
  for (const { column, row, width } of bars(qr))
    path += `${column + QUIET} ${qr.size - 1 - row + QUIET} ${width} 1 re\n`;
  return `q 0 g ${at(unit)} 0 0 ${at(unit)} ${at(x)} ${at(y)} cm\n${path}f Q`;
}

/** Its bars as `drawQr` draws them, `4 36 7` for column, row from below and width, the quiet zone counted; parted by LF. */
export const barsOf = (qr: Qr): string =>
  Array.from(
    bars(qr),
    ({ column, row, width }) => `${column + QUIET} ${qr.size - 1 - row + QUIET} ${width}`,
  ).join('\n');

/** The `d` of the same path in an SVG whose `viewBox` is `0 0 n n`, n = size + 2 × QUIET. */
export function traceQr(qr: Qr): string {
  let path = '';
  for (const { column, row, width } of bars(qr))
    path += `M${column + QUIET} ${row + QUIET}h${width}v1h-${width}z`;
  return path;
}

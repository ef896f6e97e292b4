/** A picture is handed to the library only where a QR may be; none that can be read is lost by it. */
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import { describe, expect, test } from 'vitest';
import { hasFinderPatterns } from '../../src/client/finder-patterns.ts';

const SIDE = 320;
const { size, data } = QRCode.create('HTTPS://IKRAR.EXAMPLE/P/0123456789', {
  errorCorrectionLevel: 'Q',
}).modules;

interface Seen {
  /** Points a module. */
  module?: number;
  /** In degrees. */
  turned?: number;
  /** How light paper and ink are. */
  light?: number;
  dark?: number;
  /** Whether the module in this column and row is dark. */
  isDark?: (x: number, y: number) => boolean;
}

/** A QR in the middle of a sheet; each point is the mean of four. */
function draw({ module = 6, turned = 0, light = 240, dark = 20, isDark = inQr }: Seen): Uint8ClampedArray {
  const gray = new Uint8ClampedArray(SIDE * SIDE);
  const [sin, cos] = [Math.sin((turned * Math.PI) / 180), Math.cos((turned * Math.PI) / 180)];
  for (const at of gray.keys()) {
    let inked = 0;
    for (let part = 0; part < 4; part++) {
      const x = (at % SIDE) + (part % 2) / 2 - SIDE / 2;
      const y = Math.floor(at / SIDE) + (part >> 1) / 2 - SIDE / 2;
      const column = Math.floor((x * cos + y * sin) / module + size / 2);
      const row = Math.floor((y * cos - x * sin) / module + size / 2);
      if (column >= 0 && row >= 0 && column < size && row < size && isDark(column, row)) inked++;
    }
    gray[at] = light + ((dark - light) * inked) / 4;
  }
  return gray;
}
const inQr = (x: number, y: number): boolean => data[y * size + x] === 1;

const read = (gray: Uint8ClampedArray): string | undefined =>
  jsQR(
    Uint8ClampedArray.from({ length: 4 * gray.length }, (_, at) => gray[at >> 2]!),
    SIDE,
    SIDE,
    {
      inversionAttempts: 'dontInvert',
    },
  )?.data;

describe('what can be read is handed on', () => {
  test.each([2.5, 4, 7])('at %s points a module, from any side', (module) => {
    const pictures = [0, 12, 33, 45, 58, 97, 183].map((turned) => draw({ module, turned }));
    const readable = pictures.filter((gray) => read(gray) !== undefined);
    expect(readable.length).toBeGreaterThan(3);
    for (const gray of readable) expect(hasFinderPatterns(gray, SIDE, SIDE)).toBe(true);
  });

  test('faded, and in the dark', () => {
    for (const [light, dark] of [
      [240, 90],
      [90, 20],
    ] as const) {
      const gray = draw({ light, dark, turned: 0 });
      expect(read(gray)).toBeDefined();
      expect(hasFinderPatterns(gray, SIDE, SIDE)).toBe(true);
    }
  });
});

describe('what holds none is not', () => {
  test.each([
    ['an empty sheet', () => false],
    ['a dark one', () => true],
    ['lines', (_: number, y: number) => y % 2 === 0],
    ['a grid', (x: number, y: number) => x % 3 === 0 || y % 3 === 0],
    ['a chessboard', (x: number, y: number) => (x + y) % 2 === 0],
    ['two finder patterns alone', (x: number, y: number) => inQr(x, y) && y < 7 && (x < 7 || x >= size - 7)],
  ] satisfies [string, (x: number, y: number) => boolean][])('%s', (_, isDark) => {
    for (const turned of [0, 33]) {
      expect(hasFinderPatterns(draw({ turned, isDark }), SIDE, SIDE)).toBe(false);
    }
  });

  test('a picture smaller than any QR', () => {
    for (const side of [1, 7, 20]) {
      expect(hasFinderPatterns(new Uint8ClampedArray(side * side).fill(200), side, side)).toBe(false);
    }
  });
});

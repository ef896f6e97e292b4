/** What is drawn for a screen is read by a camera; the paper's drawing is read in test/document and test/invitation. */
import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { encodeQr, QUIET, traceQr } from '../../../src/lib/paper/qr.ts';

const readQr = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;

test('a code traced for a screen says its text', () => {
  const text = 'HTTPS://IKRAR.EXAMPLE/u#QQX4AZZ4S34KCQKT0PTZZ9H6RG';
  const qr = encodeQr(text);
  const side = (qr.size + 2 * QUIET) * 4;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of traceQr(qr).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row++) {
      const first = (row * side + Number(x) * 4) * 4;
      for (let at = first; at < first + Number(width) * 16; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  expect(readQr(pixels, side, side)?.data).toBe(text);
});

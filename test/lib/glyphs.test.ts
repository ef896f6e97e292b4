/** What lib/glyphs.ts promises is what the fonts hold. */
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import fontkit from '@pdf-lib/fontkit';
import { describe, expect, test } from 'vitest';
import { undrawable } from '../../src/lib/glyphs.ts';
import { bold } from '../../src/lib/paper/font/bold.ts';
import { programOf } from '../../src/lib/paper/font/program.ts';
import { regular } from '../../src/lib/paper/font/regular.ts';
import type { Constant } from '../../src/lib/paper/printed.ts';
import { needsWhole, typefaces, widthOf } from '../../src/lib/paper/typeface.ts';

function open(constant: Constant): Buffer {
  const packed = programOf(constant);
  expect([packed.length, createHash('sha256').update(packed).digest('hex')]).toEqual([
    constant.length,
    constant.sha256,
  ]);
  return inflateSync(packed);
}

describe.each([
  ['regular', regular],
  ['bold', bold],
] as const)('%s', (weight, font) => {
  test('the whole cut draws exactly the letters of lib/glyphs.ts', () => {
    const file = fontkit.create(open(font.whole.file));
    const codes = Array.from({ length: 0xffff }, (_, code) => code).filter((code) => code !== 0x0a);
    const promised = codes.filter((code) => undrawable(String.fromCharCode(code)) === null);
    expect(promised).toEqual(codes.filter((code) => file.hasGlyphForCodePoint(code)));
  });

  test.each(['basic', 'whole'] as const)('the %s cut: map and widths are those of the file', (key) => {
    const cut = font[key];
    const bytes = open(cut.file);
    expect(bytes.length).toBe(cut.length);
    const file = fontkit.create(bytes);
    const map = open(cut.map);
    for (let code = 0; code < map.length / 2; code++) {
      const glyph = file.hasGlyphForCodePoint(code) ? file.glyphForCodePoint(code) : null;
      expect([code, map.readUInt16BE(2 * code)]).toEqual([code, glyph?.id ?? 0]);
      if (glyph) {
        const text = String.fromCharCode(code);
        expect([code, Math.round(widthOf(text, typefaces[weight], 1000))]).toEqual([
          code,
          Math.round(glyph.advanceWidth),
        ]);
        if (key === 'basic') expect(needsWhole(text, typefaces[weight])).toBe(false);
      }
    }
  });
});

test('names the first letter that can not be drawn, with its marks', () => {
  expect(undrawable('H. Ḥāfiẓ ʿAlī, Soka’an — Đặng')).toBeNull();
  expect(undrawable('satu\ndua')).toBeNull();
  expect(undrawable('Budi 王小')).toBe('王');
  expect(undrawable('Andre\u0301')).toBe('e\u0301');
  expect(undrawable('a😀b')).toBe('😀');
  expect(undrawable('a\tb')).toBe('\t');
  expect(undrawable('a\u200bb')).toBe('\u200b');
  expect(undrawable('\ud800')).toBe('\ud800');
});

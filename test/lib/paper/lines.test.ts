/** Lines hold all of the text, and fit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceLines, breakLines } from '../../../src/lib/paper/lines.ts';
import { typefaces, widthOf } from '../../../src/lib/paper/typeface.ts';

const face = typefaces.regular;
const word = fc.stringMatching(/^[A-Za-z0-9/.-]{1,60}$/);
const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));

test.each([
  ['breakLines', breakLines],
  ['balanceLines', balanceLines],
] as const)('%s loses nothing, and no line is too wide', (_, broken) => {
  fc.assert(
    fc.property(text, fc.integer({ min: 40, max: 450 }), (all, width) => {
      const lines = broken(all, width, face, 10);
      expect(
        lines
          .map((line) => line.text)
          .join('')
          .replaceAll(' ', ''),
      ).toBe(all.replaceAll(' ', ''));
      for (const line of lines) {
        expect(line.width).toBeCloseTo(widthOf(line.text, face, 10), 0);
        expect(line.width).toBeLessThanOrEqual(width + 0.5);
      }
      expect(lines.map(({ last }) => last)).toEqual(lines.map((_, at) => at === lines.length - 1));
    }),
  );
});

test('an address breaks after a slash rather than within a code', () => {
  const lines = breakLines('https://ikrar.example/p/7K3F-9QXM-2DA7', 120, face, 8);
  expect(lines.map((line) => line.text)).toEqual(['https://ikrar.example/p/', '7K3F-9QXM-2DA7']);
});

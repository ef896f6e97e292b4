/** A name as it may be written otherwise. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { respelled, spellingsOf } from '../../src/lib/spellings.ts';

const others = (typed: string): string[] =>
  respelled(typed.split(' '), { most: 50 }).map(({ words }) => words.join(' '));

test.each([
  ['soeharto', 'suharto'],
  ['suharto', 'soeharto'],
  ['tjokrosoedarmo', 'cokrosudarmo'],
  ['djoko', 'joko'],
  ['joko', 'djoko'],
  ['sjarif', 'syarif'],
  ['jusuf', 'yusuf'],
  ['muhammad yusuf', 'm yusuf'],
  ['m yusuf', 'mohammad yusuf'],
  ['abdul rahman', 'abd rahman'],
  ['abdul rahman', 'abdurrahman'],
  ['abdurrahman', 'abd rahman'],
  ['abdurahman', 'abdul rahman'],
  ['abdussalam', 'abd salam'],
  ['sei cabang', 'sungai cabang'],
  ['achmad joko', 'ahmad djoko'],
])('%s may be %s', (typed, other) => {
  expect(others(typed)).toContain(other);
});

test('one who shortened a name is found by the whole word alone', () => {
  expect(respelled(['muhammad', 'yusuf'], { most: 50 }).find(({ words }) => words[0] === 'm')!.whole).toEqual(
    ['m'],
  );
  // Alone a letter would begin half of all names.
  expect(respelled(['muhammad'], { most: 50 }).some(({ words }) => words.includes('m'))).toBe(false);
});

test('no more than asked for, never what was typed, and only what is known', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdeijmnotuy'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 16 }),
      fc.integer({ min: 1, max: 8 }),
      (words, most) => {
        const found = respelled(words, { most });
        expect(found.length).toBeLessThanOrEqual(most);
        for (const { words: other } of found) expect(other.join(' ')).not.toBe(words.join(' '));
      },
    ),
  );
  expect(respelled(['soeharto'], { known: () => false })).toEqual([]);
  expect(spellingsOf('budi')).not.toContain('budi');
});

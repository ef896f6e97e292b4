/** Each code has one sentence wherever tables are put together: the compiler refuses a second one. */
import { expect, test } from 'vitest';
import { merged } from '../../src/pages/message.ts';
import { undanganMessages } from '../../src/pages/sign/sign-messages.ts';

const said = { title: 'Contoh', next: 'Contoh.' };

test('tables of different codes become one', () => {
  expect(merged({ satu: said }, { dua: said }, { tiga: said })).toEqual({
    satu: said,
    dua: said,
    tiga: said,
  });
});

test('a code that stands in two of them does not compile', () => {
  const twice = { dua: { ...said, next: 'Lain.' } };
  // @ts-expect-error `dua` would lose one of its sentences.
  const all = merged({ satu: said, dua: said }, twice);
  expect(all).toHaveProperty('dua');
});

test('nobody under /undangan is told to ask an officer who isn’t named beside it', () => {
  for (const { next } of Object.values(undanganMessages)) expect(next).not.toMatch(/[Hh]ubungi petugas/);
});

test('sentences have at most fifteen words', () => {
  for (const { next } of Object.values(undanganMessages))
    for (const sentence of next.split(/[.?!] /)) expect(sentence.split(' ').length).toBeLessThanOrEqual(15);
});

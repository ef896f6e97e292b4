import { expect, test } from 'vitest';
import type { RowQuestion } from '../../src/roster/finding.ts';
import { answersTo, answerTo, answerToAll, unanswered } from '../../src/roster/roster-answer.ts';

const one: RowQuestion = {
  row: 2,
  column: 'Nama',
  value: 'CONTOH SE',
  code: 'name-titles',
  detail: 'CONTOH, S.E.',
  other: 'CONTOH SE',
  content: '{"Nama":"CONTOH SE"}',
};
const two: RowQuestion = { ...one, row: 3 };
const other: RowQuestion = { ...one, row: 4, code: 'name-spaced', detail: 'C O N T O H' };

test('a yes is to a row and its reading, or to all of a kind', async () => {
  const all = [one, two, other];
  expect(await unanswered(all, new Set())).toEqual([one, two, other]);
  expect(await unanswered(all, new Set([await answerTo(two)]))).toEqual([one, other]);
  expect(await unanswered(all, new Set([await answerToAll([one, two])]))).toEqual([other]);
  expect(await unanswered(all, await answersTo(all))).toEqual([]);
});

test('no yes answers another reading, another row or more than was asked', async () => {
  const given = new Set([await answerTo(one), await answerToAll([one])]);
  expect(await unanswered([{ ...one, detail: 'CONTOH, S.Ei.' }], given)).toHaveLength(1);
  expect(await unanswered([{ ...one, value: 'CONTOH SE.' }], given)).toHaveLength(1);
  expect(await unanswered([{ ...one, content: '{}' }], given)).toHaveLength(1);
  expect(await unanswered([two], given)).toHaveLength(1);
  expect(await unanswered([one, two], given)).toEqual([two]);
});

/**
 * An officer's answer to what was read in one way and may be meant in another: a yes to the reading, or to the other one. It names the
 * row, the very reading and all that the row says, or so all readings of one kind that one page shows; so it answers no other file and
 * no other reading of this one. Shown by test/roster/roster-answer.test.ts.
 */

import { hex } from '../lib/bytes.ts';
import { sha256Text } from '../lib/sha256.ts';
import type { Checked, QuestionCode, RowQuestion } from './finding.ts';

const textOf = ({ row, column, code, value, detail, other, content }: RowQuestion): string =>
  JSON.stringify([code, row, column, value, detail, other, content]);

/** The yes to one reading, or to the other one of the same question. */
export const answerTo = async (question: RowQuestion, other = false): Promise<string> =>
  `${question.code} ${question.row} ${other ? 'lain' : 'baca'} ${hex(await sha256Text(textOf(question)))}`;

export const answersTo = async (questions: readonly RowQuestion[]): Promise<Set<string>> =>
  new Set(await Promise.all(questions.map((question) => answerTo(question))));

/** The yes to all readings of a page. */
export const answerToAll = async (questions: readonly RowQuestion[]): Promise<string> =>
  `semua ${hex(await sha256Text(questions.map(textOf).join('\n')))}`;

/** Readings of one kind on one page: nobody says yes to what they haven't been shown. */
const PAGE = 300;

export const pagesOf = <One>(list: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(list.length / PAGE) }, (_, page) =>
    list.slice(page * PAGE, (page + 1) * PAGE),
  );

/** By code, in the order in which each first comes. */
export function byKind<One extends { code: string }>(found: readonly One[]): One[][] {
  const kinds = new Map<string, One[]>();
  for (const one of found) {
    const same = kinds.get(one.code);
    if (same) same.push(one);
    else kinds.set(one.code, [one]);
  }
  return [...kinds.values()];
}

/** Which have no answer, and which rows are meant as in the other one. */
async function settled(
  questions: readonly RowQuestion[],
  answers: ReadonlySet<string>,
): Promise<{ open: RowQuestion[]; others: Map<number, Set<QuestionCode>> }> {
  const open: RowQuestion[] = [];
  const others = new Map<number, Set<QuestionCode>>();
  if (answers.size === 0) return { open: [...questions], others };
  for (const page of byKind(questions).flatMap(pagesOf)) {
    const all = answers.has(await answerToAll(page));
    for (const question of page) {
      const yes = answers.has(await answerTo(question));
      const other = question.other !== '' && answers.has(await answerTo(question, true));
      if (other && !yes) others.set(question.row, (others.get(question.row) ?? new Set()).add(question.code));
      else if (other || (!yes && !all)) open.push(question);
    }
  }
  return { open, others };
}

export const unanswered = async (
  questions: readonly RowQuestion[],
  answers: ReadonlySet<string>,
): Promise<RowQuestion[]> => (await settled(questions, answers)).open;

/** The rows as they were answered. */
export async function answered(checked: Checked, answers: ReadonlySet<string>): Promise<Checked> {
  const { others } = await settled(checked.questions, answers);
  if (others.size === 0) return checked;
  const entries = checked.entries.map((one) => {
    const codes = others.get(one.row);
    return codes && one.reread ? { ...one, entry: one.reread(codes) } : one;
  });
  return { ...checked, entries };
}

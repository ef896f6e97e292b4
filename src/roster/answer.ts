/**
 * An officer's yes to what was read in one way and may be meant in another. It names the row and the very reading, or all readings of
 * one kind at once; so it answers no other file, and no other reading of this one. Shown by test/roster/answer.test.ts.
 */

import { hex } from '../lib/bytes.ts';
import { sha256Text } from '../lib/sha256.ts';
import type { Question } from './check.ts';

/** The yes to one. As JSON, so that no line feed of a cell stands in a form's field. */
export const answerTo = ({ row, column, code, value, detail }: Question): string =>
  JSON.stringify([code, row, column, value, detail]);

/** The yes to all of a kind. */
export const answerToAll = async (questions: readonly Question[]): Promise<string> =>
  `semua ${hex(await sha256Text(questions.map(answerTo).join('\n')))}`;

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

export async function unanswered(
  questions: readonly Question[],
  answers: ReadonlySet<string>,
): Promise<Question[]> {
  const open: Question[] = [];
  for (const kind of byKind(questions)) {
    if (answers.has(await answerToAll(kind))) continue;
    open.push(...kind.filter((question) => !answers.has(answerTo(question))));
  }
  return open;
}

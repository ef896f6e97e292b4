/**
 * What a function of the database may answer, as words: the one that says it was done first, then why not. Keepers declare
 * them; test/node/functions.test.ts holds them equal to those that the function's file can return.
 */
export type Outcomes = readonly [done: string, ...why: string[]];

/** Why not. */
export type CodeOf<O extends Outcomes> = O extends readonly [string, ...infer Why extends readonly string[]]
  ? Why[number]
  : never;

export type Outcome<Code extends string> = { ok: true } | { ok: false; code: Code };

/** A word that nobody declared is a mistake of ours and no answer. */
export function outcomeOf<const O extends Outcomes>(known: O, word: string): Outcome<CodeOf<O>> {
  if (!known.includes(word)) throw new Error(`outcome: "${word}" is none of ${known.join(', ')}`);
  return word === known[0] ? { ok: true } : { ok: false, code: word as CodeOf<O> };
}

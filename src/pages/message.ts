/** What a person reads about a code: what happened, and what to do next. Each audience has its tables beside the pages that say them. */

export interface Message {
  title: string;
  /** At most 15 words a sentence. */
  next: string;
}

export type Table = Readonly<Record<string, Message>>;

/** Codes that stand in more than one of the tables. */
type Shared<Tables extends readonly Table[], Seen = never> = Tables extends readonly [
  infer First,
  ...infer Rest extends readonly Table[],
]
  ? (keyof First & Seen) | Shared<Rest, Seen | keyof First>
  : never;

/** Several tables as one. A code that stands in two of them doesn't compile: one of its sentences would never be said. */
export const merged = <const Tables extends readonly Table[]>(
  ...tables: [Shared<Tables>] extends [never] ? Tables : never
): Record<{ [At in keyof Tables]: keyof Tables[At] }[number], Message> => Object.assign({}, ...tables);

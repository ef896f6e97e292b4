import { EVERY_HIDDEN } from './text.ts';

/** Trouble, for the log: what and where, never with the values of a query, which may be somebody's. */
export function logError(place: string, error: unknown): void {
  console.error(`${printable(place)}: ${describeError(error)}`);
}

/** Something refused, for the log: one line, whatever a stranger wrote in it. */
export const logRefusal = (error: Error): void => console.warn(`ditolak: ${printable(error.message)}`);

/** Letters of what a stranger wrote that a line of the log holds. */
const LONGEST = 300;

/** Line ends, controls and what moves letters about as their codes, and an end: nobody writes a line of the log but we. */
export function printable(text: string, longest = LONGEST): string {
  const told = text
    .slice(0, longest + 1)
    .replace(EVERY_HIDDEN, (character) => `<${character.codePointAt(0)!.toString(16).padStart(2, '0')}>`);
  return told.length > longest ? `${told.slice(0, longest)}…` : told;
}

/** Message and stack of an error and of what caused it. A failed query is told by its cause alone. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  if ('query' in error && 'params' in error) return describeError(error.cause ?? 'a query failed');
  const code = 'code' in error && !error.message.startsWith(String(error.code)) ? ` (${error.code})` : '';
  const path = 'path' in error && !error.message.includes(String(error.path)) ? ` (${error.path})` : '';
  // What a message repeats of a stranger's words makes no lines; where it happened does.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = [`${error.name}: ${printable(error.message, 1_000)}`, ...frames].join('\n');
  const cause = error.cause === undefined ? '' : `\n  sebab ${describeError(error.cause)}`;
  return own + code + path + cause;
}

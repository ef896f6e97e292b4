import { EVERY_HIDDEN } from './text.ts';

/** Trouble, for the log: what and where, never with the values of a query, which may be somebody's. */
export function logError(place: string, error: unknown): void {
  console.error(`${printable(place)}: ${describeError(error)}`);
}

/** Something refused, for the log: one line, whatever a stranger wrote in it. */
export const logRefusal = (error: Error): void => console.warn(printable(String(error)));

/** Line ends, controls and what moves letters about as their codes: nobody writes a line of the log but we. */
export const printable = (text: string): string =>
  text.replace(EVERY_HIDDEN, (character) => `<${character.codePointAt(0)!.toString(16).padStart(2, '0')}>`);

/** Message and stack of an error and of what caused it. A failed query is told by its cause alone. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('query' in error && 'params' in error) return describeError(error.cause ?? 'a query failed');
  const code = 'code' in error && !error.message.startsWith(String(error.code)) ? ` (${error.code})` : '';
  const path = 'path' in error && !error.message.includes(String(error.path)) ? ` (${error.path})` : '';
  const own = error.stack?.includes(error.message) ? error.stack : `${error.name}: ${error.message}`;
  const cause = error.cause === undefined ? '' : `\n  because ${describeError(error.cause)}`;
  return own + code + path + cause;
}

/**
 * An instant in the texts that are signed or entered: UTC, whole seconds, of the years 0000 to 9999. One grammar for all of
 * them: `terbit` of a statement, a withdrawal and a prompt, `waktu` of an entry. Shown by test/lib/instant.test.ts.
 *
 *     2026-11-23T02:10:05Z
 */

/** Throws a `TypeError` if it is not of whole seconds, or of another year. */
export function formatUtc(at: Date): string {
  const text = at.toISOString();
  if (text.length !== 24 || !text.endsWith('.000Z')) throw new TypeError('instant: not whole seconds');
  return `${text.slice(0, 19)}Z`;
}

/** Whether `formatUtc` prints it: an instant that the calendar has. */
export function isInstant(text: string): boolean {
  const at = new Date(text);
  return (
    text.length === 20 && !Number.isNaN(at.getTime()) && at.toISOString() === `${text.slice(0, -1)}.000Z`
  );
}

/** Whether `2026-11-23` is a day of the calendar, of those years. */
export const isDay = (text: string): boolean => isInstant(`${text}T00:00:00Z`);

/** Again after a lost connection: for a single statement that does the same if it is done twice. */

/** SQLSTATE classes and codes (PostgreSQL, appendix A) after which the same statement may well succeed. */
const TRANSIENT = /^(?:08...|57P0[123]|40001|40P01|53300)$/;

/** What postgres.js and the network say when a connection goes away. */
const LOST = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // Node's sockets, in workerd too: written to after it was lost.
  'ERR_SOCKET_CLOSED',
]);

/**
 * What a repair cures and a second try alone may not: a full disk or memory, a database that only reads, rights taken away, a
 * lock or a statement that took too long, trouble of the system (classes 53, 55, 57 and 58). Who has waited for the full time
 * already doesn't wait again at once.
 */
const REPAIRABLE =
  /^(?:53...|55P03|57...|58...|25006|42501|STATEMENT_TIMEOUT|ENOSPC|EDQUOT|EROFS|EIO|ENOTFOUND|EAI_AGAIN|COPY_AWAY|PART_MISSING)$/;

/** The first such code of an error or of what it wraps; null if there is none. */
export function codeOf(error: unknown, matches: (code: string) => boolean): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && matches(String(at.code))) return String(at.code);
  }
  return null;
}

/** Whether the error, or one that it wraps, is of that kind. */
export const isTransient = (error: unknown): boolean =>
  codeOf(error, (code) => TRANSIENT.test(code) || LOST.has(code)) !== null;

/** Whether it is of what we stand on, and not of what was asked nor of our own making: it may be asked again later. */
export const isAway = (error: unknown): boolean =>
  isTransient(error) || codeOf(error, (code) => REPAIRABLE.test(code)) !== null;

/** At most `tries` times and `within` milliseconds in all, with growing random pauses; then the last error. */
export async function retry<T>(
  work: () => Promise<T>,
  { tries = 5, within = 8000 }: { tries?: number; within?: number } = {},
): Promise<T> {
  const end = Date.now() + within;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const pause = (0.5 + Math.random()) * 100 * 2 ** (attempt - 1);
      if (attempt >= tries || Date.now() + pause > end || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * An address of PostgreSQL with several servers, as libpq writes it (34.1.1.2): `postgres://user:password@one:5432,two/ikrar`.
 * Shown by test/lib/database-url.test.ts.
 */

const ADDRESS = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(\/[^/?#]+(?:\?[^#]*)?)$/;

/** The same for each server alone, in the order given; null if it is no such address. */
export function serversOf(text: string): string[] | null {
  const [, before, hosts, rest] = ADDRESS.exec(text) ?? [];
  if (hosts === undefined) return null;
  const servers = hosts.split(',').map((host) => `${before}${host}${rest}`);
  const isOne = (url: string): boolean =>
    URL.canParse(url) && (servers.length === 1 || new URL(url).hostname !== '');
  return servers.every(isOne) ? servers : null;
}

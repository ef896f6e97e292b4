/** What an installation can set. */

export interface Config {
  /** Public address without a path: `https://ikrar.example`. Passkeys are bound to it. */
  origin: string;
  /** Its host name: the relying party of every passkey. */
  rpId: string;
  /** Name of the ledger: public host and `/catatan`. */
  ledgerOrigin: string;
}

/** The rest follows from the address. Throws a `TypeError` if it isn't one, or has a path. */
export function configOf(origin: string): Config {
  const url = new URL(origin);
  if (url.origin !== origin) throw new TypeError(`config: not an origin: ${origin}`);
  return { origin, rpId: url.hostname, ledgerOrigin: `${url.host}/catatan` };
}

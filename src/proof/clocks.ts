/** Clocks of honest people differ: by so much another's may be ahead of that of who checks, in milliseconds. */
export const AHEAD = 86_400_000;
/** And so much may a witness, an authority, a sealer or an officer's page be behind the ledger's. */
export const BEHIND = 600_000;

/** Clock skew that is tolerated, in milliseconds: by so much another's clock may be ahead of that of who checks. */
export const AHEAD = 86_400_000;
/** And by so much may a witness, an authority, a sealer or an officer's page be behind the ledger's. */
export const BEHIND = 600_000;

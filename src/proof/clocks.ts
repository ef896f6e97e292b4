/** Clock skew that is tolerated, in milliseconds: by so much another's clock may be ahead of that of who checks. */
export const AHEAD = 86_400_000;
/** And by so much may a witness, an authority, a sealer or an officer's page be behind the ledger's. */
export const BEHIND = 600_000;

/**
 * Whether an officer's text was kept when it may have been: ten minutes after it says it was made, and two seconds before, as the
 * database asks (ask_withdrawal, change_officers), and a minute for locks.
 */
export function isTimely(terbit: string, at: Date): boolean {
  const age = at.getTime() - Date.parse(terbit);
  return age >= -2000 && age <= 660_000;
}

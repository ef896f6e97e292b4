/**
 * What this officer's passkey has signed in this tab. A text that was signed is sent again as it is, however its answer
 * looked: nobody is asked twice over one text, so that two keys of one officer never stand below it.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';

const PREFIX = 'persetujuan ';

export function keptApproval(text: string): AuthenticationResponseJSON | null {
  const kept = sessionStorage.getItem(PREFIX + text);
  return kept === null ? null : (JSON.parse(kept) as AuthenticationResponseJSON);
}

export const keepApproval = (text: string, response: AuthenticationResponseJSON): void =>
  sessionStorage.setItem(PREFIX + text, JSON.stringify(response));

/** Another officer may be at this device now. */
export function forgetApprovals(): void {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
}

/**
 * What officers' passkeys have signed on this device. One officer signs a text once, in whatever tab, with whatever key, after
 * whatever log-in: it is sent again as it is, however its answer looked. Else a server that says each time that it failed would
 * get two keys of one officer below one withdrawal.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { fromBase64url } from '../../lib/base64.ts';
import { hex } from '../../lib/bytes.ts';
import { ownerIn } from '../../passkey/creation.ts';
import { keptKey } from '../passkey/kept-keys.ts';
import { step } from '../passkey/store.ts';

/** What is known of whose a key is: by what was kept when it was made, and by what the authenticator keeps with it. */
async function ownersOf(id: string, userHandle?: string): Promise<string[]> {
  const nama = (await keptKey(id))?.nama;
  const owners = [
    nama && `nama ${nama}`,
    userHandle && `pegangan ${hex(ownerIn(fromBase64url(userHandle)))}`,
  ];
  return owners.filter((owner) => typeof owner === 'string' && owner !== '') as string[];
}

async function find(text: string, owners: readonly string[]): Promise<AuthenticationResponseJSON | null> {
  for (const owner of owners) {
    const kept = await step<AuthenticationResponseJSON | undefined>(
      'persetujuan',
      'readonly',
      (store) => store.get([text, owner]),
      undefined,
    );
    if (kept) return kept;
  }
  return null;
}

/** What the owner of one of these keys has signed here already; null if nothing is known of it. */
export async function keptApproval(
  text: string,
  keys: readonly { id: string }[],
): Promise<AuthenticationResponseJSON | null> {
  const owners = await Promise.all(keys.map(({ id }) => ownersOf(id)));
  return find(text, owners.flat());
}

/** Keeps what was signed just now. Returns what is to be sent: that of before, if its owner had signed the text before. */
export async function keepApproval(
  text: string,
  response: AuthenticationResponseJSON,
): Promise<AuthenticationResponseJSON> {
  // Of whom nothing is known, there is one.
  const known = await ownersOf(response.id, response.response.userHandle);
  const owners = known.length > 0 ? known : ['tak dikenal'];
  const sent = (await find(text, owners)) ?? response;
  for (const owner of owners)
    await step('persetujuan', 'readwrite', (store) => store.put(sent, [text, owner]), undefined);
  return sent;
}

/**
 * Which of this device's passkeys may sign what. A server names passkeys by their ids, so it could have a pledge signed with
 * an officer's, or with that of somebody else who signed on this phone. What a passkey is for and whose it is are therefore
 * kept beside its id when it is made, and stand in its `user.id` (passkey/creation.ts), which comes back with a signature.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { fromBase64url } from '../../lib/base64.ts';
import { type Digest, parseDigest } from '../../lib/sha256.ts';
import { isMadeFor } from '../../passkey/creation.ts';
import type { Making } from '../../passkey/prompt.ts';
import { step } from './store.ts';

export interface Key {
  untuk: Making;
  /** Whose; null: somebody else's than the one who was here when it was tried. */
  nama: string | null;
  /** Digest of its public key, or null while that isn't known. */
  kunci: Digest | null;
}

export const keepKey = (credentialId: string, key: Key): Promise<unknown> =>
  step('kunci', 'readwrite', (store) => store.put(key, credentialId), undefined);

/** Ids of those that were made here for this person and purpose. */
export async function keysOf(untuk: Making, nama: string): Promise<string[]> {
  const ids = await step<string[]>('kunci', 'readonly', (store) => store.getAllKeys(), []);
  const kept = await Promise.all(ids.map(keptKey));
  return ids.filter((_, at) => kept[at]?.untuk === untuk && kept[at]?.nama === nama);
}

/** Null for an unknown one, and for one kept by version 0.1, which kept neither purpose nor name. */
export async function keptKey(credentialId: string): Promise<Key | null> {
  const kept = await step<Partial<Key> | null>('kunci', 'readonly', (store) => store.get(credentialId), null);
  if (typeof kept !== 'object' || kept === null || typeof kept.untuk !== 'string') return null;
  const { untuk, nama = null, kunci } = kept;
  return { untuk, nama, kunci: typeof kunci === 'string' && parseDigest(kunci) ? kunci : null };
}

/** `own`: made here for this person and purpose. `foreign`: for anything or anybody else. `unknown`: its signature must say. */
export async function standing(
  credentialId: string,
  untuk: Making,
  nama: string | null,
): Promise<'own' | 'foreign' | 'unknown'> {
  const key = await keptKey(credentialId);
  if (!key) return 'unknown';
  return key.untuk === untuk && (nama === null || key.nama === nama) ? 'own' : 'foreign';
}

/** Whether the passkey that answered was made for this, by what the authenticator keeps with it. Null: it says nothing. */
export async function saysItIsFor(
  { response }: AuthenticationResponseJSON,
  untuk: Making,
  nama?: string,
): Promise<boolean | null> {
  if (!response.userHandle) return null;
  return isMadeFor(untuk, fromBase64url(response.userHandle), nama);
}

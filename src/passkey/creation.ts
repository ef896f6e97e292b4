/**
 * Creation: what `navigator.credentials.create()` is asked for. It follows from the text (prompt.ts) alone, and the browser
 * works it out itself, as the service does: a server that may choose `user.id` overwrites another passkey of the phone, and
 * one that may choose names puts false ones on its sheet. Shown by test/passkey/creation.test.ts.
 *
 *     user.id   16 bytes   SHA-256("ikrar/pegangan@v1" LF first line LF)             what it is for
 *               16 bytes   SHA-256("ikrar/pegangan@v1" LF first line LF nama LF)     whose it is
 *               32 bytes   SHA-256(text)                                             which one
 *
 * The authenticator keeps `user.id` and hands it out with each signature, so that a phone that has forgotten everything
 * else still knows for what and for whom a passkey was made.
 */
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { base64url } from '../lib/base64.ts';
import { type Bytes, concat, equal } from '../lib/bytes.ts';
import { sha256Text } from '../lib/sha256.ts';
import { type Making, parsePrompt } from './prompt.ts';
import { ALGORITHMS } from './strict.ts';

/** Two minutes: finger, PIN, or a phone fetched from the other room. */
export const TIMEOUT = 120_000;

/** The options of a new passkey, without the challenge. */
export type Creation = Omit<PublicKeyCredentialCreationOptionsJSON, 'challenge'>;

/** A passkey that a device may have already: its id, base64url, and how it is reached. */
export interface Held {
  id: string;
  transports?: string[] | undefined;
}

export interface Owner {
  /** Base64url. */
  userHandle: string;
  /** What the system's sheet shows. */
  userName: string;
  displayName: string;
  /** Found by the device itself, where nobody types a name. */
  discoverable: boolean;
}

export const creation = (rpId: string, owner: Owner, exclude: readonly Held[]): Creation => ({
  rp: { name: 'Ikrar', id: rpId },
  user: { id: owner.userHandle, name: owner.userName, displayName: owner.displayName },
  pubKeyCredParams: Object.values(ALGORITHMS).map((alg) => ({ alg, type: 'public-key' })),
  timeout: TIMEOUT,
  attestation: 'none',
  excludeCredentials: exclude.map(({ id, transports }) => ({
    id,
    type: 'public-key',
    ...(transports?.length ? { transports: transports as [] } : {}),
  })),
  authenticatorSelection: owner.discoverable
    ? { residentKey: 'required', requireResidentKey: true, userVerification: 'required' }
    : { residentKey: 'preferred', userVerification: 'required' },
});

/** What the sheet calls a passkey: a signer's, an officer's. */
const named = (purpose: Making, nama: string): Pick<Owner, 'userName' | 'displayName'> =>
  purpose === 'kunci-petugas'
    ? { userName: `Kantor Ikrar: ${nama}`, displayName: `Kantor Ikrar: ${nama}` }
    : { userName: `Ikrar: ${nama}`, displayName: nama };

const HALF = 16;
const part = async (lines: readonly string[]): Promise<Bytes> =>
  (await sha256Text(`${['ikrar/pegangan@v1', ...lines].join('\n')}\n`)).slice(0, HALF);
const kindOf = (purpose: Making): Promise<Bytes> => part([`ikrar/${purpose}@v1`]);
const ownerOf = (purpose: Making, nama: string): Promise<Bytes> => part([`ikrar/${purpose}@v1`, nama]);

/** `user.id` of the passkey that is made over a text. Throws `Failure<'prompt-malformed'>` on a text for anything else. */
export async function userHandleOf(purpose: Making, text: string): Promise<Bytes> {
  const { nama } = parsePrompt(purpose, text) as { nama: string };
  return concat(await kindOf(purpose), await ownerOf(purpose, nama), await sha256Text(text));
}

/** The part of a `user.id` that says what for and for whom. */
export const ownerIn = (handle: Uint8Array): Uint8Array => handle.subarray(0, 2 * HALF);

/** Whether a passkey was made for this; with `nama`: and for whom. */
export async function isMadeFor(purpose: Making, handle: Uint8Array, nama?: string): Promise<boolean> {
  if (handle.length !== 64 || !equal(handle.subarray(0, HALF), await kindOf(purpose))) return false;
  return nama === undefined || equal(handle.subarray(HALF, 2 * HALF), await ownerOf(purpose, nama));
}

/** What is asked for over a text. Throws `Failure<'prompt-malformed'>` on one for anything else. */
export async function creationOf(
  purpose: Making,
  text: string,
  rpId: string,
  exclude: readonly Held[],
): Promise<Creation> {
  const { nama } = parsePrompt(purpose, text) as { nama: string };
  const userHandle = base64url(await userHandleOf(purpose, text));
  const owner = { userHandle, ...named(purpose, nama), discoverable: purpose === 'kunci-petugas' };
  return creation(rpId, owner, exclude);
}

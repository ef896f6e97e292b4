/** How an officer comes in: by a one-time link with a new passkey, or with one made before. */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import {
  beginAssertion,
  beginRegistration,
  credentialIdOf,
  finishAssertion,
  finishRegistration,
  type Registered,
} from '../passkey/ceremony.ts';
import * as challenges from './challenges.ts';
import * as credentials from './credentials.ts';
import { digestOfToken, type EnterCode, newToken, userHandleOf } from './officer.ts';
import * as officers from './officers.ts';
import * as sessions from './sessions.ts';

/** The officer's cookie, or why there is none. */
export type Entered = { ok: true; session: string } | { ok: false; code: EnterCode };

/** Options for a new passkey. `nama`: whose it will be, as the system's sheet shows it. */
export async function beginKey(db: Db, config: Config, nama: string, exclude: readonly Bytes[] = []) {
  const challenge = await challenges.issue(db);
  const options = await beginRegistration({
    rpId: config.rpId,
    challenge,
    userHandle: await userHandleOf(challenge),
    userName: `Kantor Ikrar: ${nama}`,
    displayName: `Kantor Ikrar: ${nama}`,
    exclude,
  });
  // Officers type no name when they come back: the device must be able to find the key by itself.
  return {
    ...options,
    authenticatorSelection: {
      residentKey: 'required' as const,
      requireResidentKey: true,
      userVerification: 'required' as const,
    },
  };
}

async function finishKey(
  db: Db,
  config: Config,
  response: unknown,
): Promise<{ ok: true; made: Registered; userHandle: Bytes } | { ok: false; code: EnterCode }> {
  const challenge = await challenges.take(db, response);
  if (!challenge) return { ok: false, code: 'challenge-unknown' };
  try {
    const made = await finishRegistration({ config, challenge, response });
    return { ok: true, made, userHandle: await userHandleOf(challenge) };
  } catch (error) {
    return refused(error);
  }
}

/** Uses a link up. */
export async function enterByLink(
  db: Db,
  config: Config,
  {
    response,
    ...entry
  }: { token: string; nama: string; organizer: { nama: string; wilayah: string }; response: unknown },
): Promise<Entered> {
  const finished = await finishKey(db, config, response);
  if (!finished.ok) return finished;
  const session = newToken();
  const digest = await digestOfToken(session);
  const { made, userHandle } = finished;
  const entered = await officers.enter(db, { ...entry, made, userHandle, session: digest! });
  return entered.ok ? { ok: true, session } : entered;
}

/** One more passkey for an officer who is in. */
export async function addKey(
  db: Db,
  config: Config,
  officerId: string,
  response: unknown,
): Promise<{ ok: true } | { ok: false; code: EnterCode }> {
  const finished = await finishKey(db, config, response);
  if (!finished.ok) return finished;
  const added = await credentials.add(db, officerId, finished.made, finished.userHandle);
  return added ? { ok: true } : { ok: false, code: 'credential-taken' };
}

/** Options for coming back: the device offers the keys it has for this site. */
export const beginLogin = async (db: Db, config: Config) =>
  beginAssertion({ rpId: config.rpId, challenge: await challenges.issue(db), allow: [] });

export async function login(db: Db, config: Config, response: unknown): Promise<Entered> {
  const challenge = await challenges.take(db, response);
  if (!challenge) return { ok: false, code: 'challenge-unknown' };
  try {
    const credential = await credentials.byId(db, credentialIdOf(response));
    if (!credential) return { ok: false, code: 'passkey-unknown' };
    const { counter } = await finishAssertion({ config, challenge, credential, response });
    const session = newToken();
    const digest = await digestOfToken(session);
    const opened = await sessions.open(db, { credentialId: credential.id, counter, digest: digest! });
    return opened ? { ok: true, session } : { ok: false, code: 'passkey-unknown' };
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): { ok: false; code: EnterCode } {
  if (!(error instanceof Failure)) throw error;
  console.warn('office: passkey refused:', error.code);
  return { ok: false, code: 'passkey-refused' };
}

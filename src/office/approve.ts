/** An officer signs a text with a passkey of their own: a fresh check of who acts, whose proof stays with the act. */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { credentialIdOf, finishAssertion } from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import type { Actor } from './officer.ts';
import * as credentials from './officer-credentials.ts';
import * as records from './records.ts';

export type ApproveCode = 'passkey-unknown' | 'passkey-refused';

/** What an officer's passkey made over a text. */
export interface Approval {
  authenticatorData: Bytes;
  clientDataJson: Bytes;
  signature: Bytes;
  spki: Bytes;
}

export type Approved = { ok: true; approval: Approval } | { ok: false; code: ApproveCode };

/**
 * `text`: what is signed; its first line says for what, so that no login and no pledge is ever taken for it. `tried`: what it is to do.
 * A passkey that isn't the officer's, or not any more, is in the audit trail: as such only of who has it, and not of whoever knows its id.
 */
export async function approve(
  db: Db,
  config: Config,
  { by, tried, text, response }: { by: Actor; tried: records.Tried; text: string; response: unknown },
): Promise<Approved> {
  const refuse = async (
    code: ApproveCode,
    why: records.ActRefusal = code,
    spki?: Bytes,
  ): Promise<Approved> => {
    await records.refusedAct(db, by, tried, why, spki);
    return { ok: false, code };
  };
  try {
    const credential = await credentials.byId(db, credentialIdOf(response));
    // Of another organiser's passkeys nothing is said here.
    if (credential?.organizerId !== by.organizerId) return refuse('passkey-unknown');
    const challenge = await challengeOf(text);
    const made = await finishAssertion({ config, challenge, credential, response });
    if (credential.officerId !== by.id) return refuse('passkey-unknown', 'passkey-foreign', credential.spki);
    if (credential.endedAt !== null) return refuse('passkey-unknown', 'passkey-ended', credential.spki);
    await credentials.keepEligible(db, credential, made.flags);
    const { authenticatorData, clientDataJson, signature } = made;
    return { ok: true, approval: { authenticatorData, clientDataJson, signature, spki: credential.spki } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.warn('kantor: kunci sandi ditolak:', error.code);
    return refuse('passkey-refused');
  }
}

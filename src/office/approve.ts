/** An officer signs a text with a passkey of their own: a fresh check of who acts, whose proof stays with the act. */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import { type Bytes, equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { credentialIdOf, finishAssertion } from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import * as credentials from './officer-credentials.ts';

export type ApproveCode = 'passkey-unknown' | 'passkey-refused';

/** What an officer's passkey made over a text. */
export interface Approval {
  authenticatorData: Bytes;
  clientDataJson: Bytes;
  signature: Bytes;
  spki: Bytes;
}

export type Approved = { ok: true; approval: Approval } | { ok: false; code: ApproveCode };

/** `text`: what is signed; its first line says for what, so that no login and no pledge is ever taken for it. */
export async function approve(
  db: Db,
  config: Config,
  { officerId, text, response }: { officerId: string; text: string; response: unknown },
): Promise<Approved> {
  try {
    const id = credentialIdOf(response);
    const credential = (await credentials.ofOfficer(db, officerId)).find((one) => equal(one.id, id));
    if (!credential) return { ok: false, code: 'passkey-unknown' };
    const challenge = await challengeOf(text);
    const made = await finishAssertion({ config, challenge, credential, response });
    await credentials.keepEligible(db, credential, made.flags);
    const { authenticatorData, clientDataJson, signature } = made;
    return { ok: true, approval: { authenticatorData, clientDataJson, signature, spki: credential.spki } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.warn('kantor: kunci sandi ditolak:', error.code);
    return { ok: false, code: 'passkey-refused' };
  }
}

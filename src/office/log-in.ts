/** How an officer comes in: by a one-time link with a new passkey, or with one made before. */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import { base64url } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import {
  beginAssertion,
  credentialIdOf,
  finishAssertion,
  finishRegistration,
  type RegisteredPasskey,
} from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { creationOf, userHandleOf } from '../passkey/creation.ts';
import { formatPrompt, type Prompt, type Purpose, parsePrompt } from '../passkey/prompt.ts';
import type { Services } from '../services.ts';
import * as challenges from './challenges.ts';
import { digestOfToken, type EnterCode, newToken } from './officer.ts';
import * as credentials from './officer-credentials.ts';
import * as officerLinks from './officer-links.ts';
import * as records from './records.ts';
import * as sessions from './sessions.ts';

type Needs = Pick<Services, 'db' | 'config' | 'secret'>;

/** The officer's cookie, or why there is none. */
export type Entered = { ok: true; session: string } | { ok: false; code: EnterCode };

/** What a browser brings back: the text, and what the passkey made of it. */
export interface PasskeyAnswer {
  text: string;
  response: unknown;
}

/**
 * The text for a new passkey, and options for the browser, which follow from it (passkey/creation.ts). `nama`: whose it
 * will be, as the text and the system's sheet show it.
 */
export async function beginKey(env: Needs, nama: string, exclude: readonly Bytes[] = []) {
  const { config } = env;
  const text = await challenges.issue(env, (given) =>
    formatPrompt('kunci-petugas', { situs: config.origin, nama, ...given }),
  );
  const challenge = base64url(await challengeOf(text));
  const held = exclude.map((id) => ({ id: base64url(id) }));
  return { text, options: { ...(await creationOf('kunci-petugas', text, config.rpId, held)), challenge } };
}

/** Null for a text of another purpose, or of another site. Whether it is ours is asked of `challenges.take`, last. */
async function read<P extends Purpose>(
  config: Config,
  purpose: P,
  text: string,
): Promise<{ said: Prompt<P>; challenge: Bytes } | null> {
  try {
    const said = parsePrompt(purpose, text);
    return said.situs === config.origin ? { said, challenge: await challengeOf(text) } : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** A new passkey for `nama`, made over a text of ours. */
export async function finishKey(
  env: Needs,
  nama: string,
  { text, response }: PasskeyAnswer,
): Promise<{ ok: true; made: RegisteredPasskey; userHandle: Bytes } | { ok: false; code: EnterCode }> {
  const { config } = env;
  const asked = await read(config, 'kunci-petugas', text);
  if (asked?.said.nama !== nama) return { ok: false, code: 'challenge-unknown' };
  try {
    const { challenge } = asked;
    const made = await finishRegistration({ config, challenge, response });
    if (!(await challenges.take(env, text))) return { ok: false, code: 'challenge-unknown' };
    return { ok: true, made, userHandle: await userHandleOf('kunci-petugas', text) };
  } catch (error) {
    return refused(error);
  }
}

/** What a link would open. Who tries one that opens nothing any more is in the audit trail (records.ts). */
export async function openLink(db: Db, token: string): ReturnType<typeof officerLinks.linkOf> {
  const found = await officerLinks.linkOf(db, token);
  if (!found.ok) await recordLink(db, token, found.code);
  return found;
}

async function recordLink(db: Db, token: string, code: EnterCode): Promise<void> {
  if (code === 'link-used' || code === 'link-ended' || code === 'link-lapsed')
    await records.refusedLink(db, token, code);
}

/** Uses a link up. */
export async function enterByLink(
  env: Needs,
  {
    answer,
    ...entry
  }: { token: string; nama: string; organizer: { nama: string; wilayah: string }; answer: PasskeyAnswer },
): Promise<Entered> {
  const finished = await finishKey(env, entry.nama, answer);
  if (!finished.ok) return finished;
  const session = newToken();
  const digest = await digestOfToken(session);
  const { made, userHandle } = finished;
  const entered = await officerLinks.enter(env.db, { ...entry, made, userHandle, session: digest! });
  if (entered.ok) return { ok: true, session };
  await recordLink(env.db, entry.token, entered.code);
  return entered;
}

/** The text for coming back, and options for the browser: the device offers the keys it has for this site. */
export async function beginLogin(env: Needs) {
  const { config } = env;
  const text = await challenges.issue(env, (given) =>
    formatPrompt('masuk', { situs: config.origin, ...given }),
  );
  const challenge = await challengeOf(text);
  return { text, options: beginAssertion({ rpId: config.rpId, challenge, allow: [] }) };
}

/** Who is refused with a passkey that is known is in the audit trail (records.ts). */
export async function login(env: Needs, answer: PasskeyAnswer): Promise<Entered> {
  const entered = await tryLogin(env, answer);
  if (entered.ok) return entered;
  let id: Bytes;
  try {
    id = credentialIdOf(answer.response);
  } catch (error) {
    if (error instanceof Failure) return entered;
    throw error;
  }
  await records.refused(env.db, id, entered.code);
  return entered;
}

async function tryLogin(env: Needs, { text, response }: PasskeyAnswer): Promise<Entered> {
  const { db, config } = env;
  const asked = await read(config, 'masuk', text);
  if (!asked) return { ok: false, code: 'challenge-unknown' };
  const { challenge } = asked;
  try {
    const credential = await credentials.byId(db, credentialIdOf(response));
    if (!credential) return { ok: false, code: 'passkey-unknown' };
    const { counter, flags } = await finishAssertion({ config, challenge, credential, response });
    if (!(await challenges.take(env, text))) return { ok: false, code: 'challenge-unknown' };
    // Said, and recorded, of who has it alone: not of whoever knows its id.
    if (credential.endedAt !== null) return { ok: false, code: 'passkey-ended' };
    await credentials.keepEligible(db, credential, flags);
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
  console.warn('kantor: kunci sandi ditolak:', error.code);
  return { ok: false, code: 'passkey-refused' };
}

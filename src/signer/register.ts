/**
 * A signer makes a passkey: once, before the first pledge. Nothing is stored in between: the text that its challenge is
 * worked out of (prompt.ts) comes back with the phone's answer, and a ticket says that we issued it to this person. The
 * ticket is an HMAC-SHA-256 (secret of use `pendaftaran`) over
 *
 *     ikrar/pendaftaran@v1 LF tantangan person LF text
 *
 * Shown by test/signer/register.test.ts.
 */
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, randomBytes, utf8 } from '../lib/bytes.ts';
import type { Secret } from '../lib/secret.ts';
import { oneLine } from '../lib/text.ts';
import { finishRegistration } from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { creationOf, userHandleOf } from '../passkey/creation.ts';
import { formatPrompt, parsePrompt } from '../passkey/prompt.ts';
import { fullName } from '../roster/person.ts';
import type { Services } from '../services.ts';
import * as credentials from './signer-credentials.ts';

const PURPOSE = 'kunci-penanda-tangan';

type Needs = Pick<Services, 'config' | 'db' | 'secret'>;

export type RegisterCode = 'name-missing' | 'registration-forged' | credentials.KeepCode;

/**
 * `text`: what the challenge and all options are worked out of (creation.ts). `options`: the same, worked out here; the
 * page makes them itself and takes from here only which passkeys the person has.
 */
export interface Beginning {
  text: string;
  ticket: string;
  options: PublicKeyCredentialCreationOptionsJSON;
}

export type Begun = ({ ok: true } & Beginning) | { ok: false; code: 'name-missing' };

/** `maker`: who makes it, where the caller reads that already. */
export async function begin(
  { config, db, secret }: Needs,
  personId: string,
  maker: Promise<credentials.Maker | null> = credentials.maker(db, personId),
): Promise<Begun> {
  const [person, held] = await Promise.all([maker, credentials.forPerson(db, personId)]);
  if (!person) return { ok: false, code: 'name-missing' };
  const nama = oneLine(fullName(person));
  const text = formatPrompt(PURPOSE, {
    situs: config.origin,
    nama,
    terbit: person.now,
    acak: base64url(randomBytes(32)),
  });
  const challenge = base64url(await challengeOf(text));
  const exclude = held.map(({ id, transports }) => ({ id: base64url(id), transports }));
  const options = { ...(await creationOf(PURPOSE, text, config.rpId, exclude)), challenge };
  const ticket = base64url(await secret.mac('pendaftaran', ticketText(personId, text)));
  return { ok: true, text, ticket, options };
}

type Finished = { ok: true; credentialId: string } | { ok: false; code: RegisterCode };

/** What a phone brings back. */
export interface Made {
  text: string;
  ticket: string;
  /** RegistrationResponseJSON. */
  response: unknown;
}

/** Keeps the passkey of a phone's answer. Sent again, it gives the same. Throws `Failure<PasskeyCode>`. */
export async function finish(
  { config, db, secret }: Needs,
  holder: credentials.CardHolder,
  { text, ticket, response }: Made,
): Promise<Finished> {
  if (!(await isOurs(secret, holder.personId, text, ticket)))
    return { ok: false, code: 'registration-forged' };
  const { terbit } = parsePrompt(PURPOSE, text);
  const made = await finishRegistration({ config, challenge: await challengeOf(text), response });
  const userHandle = await userHandleOf(PURPOSE, text);
  const kept = await credentials.keep(db, holder, { ...made, userHandle }, Date.parse(terbit) / 1000);
  return kept.ok ? { ok: true, credentialId: base64url(made.id) } : kept;
}

const ticketText = (personId: string, text: string): Bytes =>
  utf8(`ikrar/pendaftaran@v1\ntantangan ${personId}\n${text}`);

async function isOurs(secret: Secret, personId: string, text: string, ticket: string): Promise<boolean> {
  try {
    return await secret.check('pendaftaran', ticketText(personId, text), fromBase64url(ticket));
  } catch {
    return false;
  }
}

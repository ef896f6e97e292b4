/**
 * A signer makes a passkey: once, before the first pledge. Nothing is stored in between, since the challenge itself says
 * when and for whom it was issued. Shown by test/passkey/register.test.ts.
 *
 *     nonce (16)   seconds since 1970 (8, big-endian)   HMAC-SHA-256 of use `pendaftaran` (32)
 */
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { base64url } from '../lib/base64.ts';
import { type Bytes, concat, equal, randomBytes, utf8 } from '../lib/bytes.ts';
import type { Secret } from '../lib/secret.ts';
import { fullName } from '../roster/person.ts';
import type { Services } from '../services.ts';
import { beginRegistration, challengeIn, finishRegistration } from './ceremony.ts';
import * as credentials from './credentials.ts';

type Needs = Pick<Services, 'config' | 'db' | 'secret'>;

export type RegisterCode = 'name-missing' | 'registration-forged' | credentials.KeepCode;

export type Begun =
  | { ok: true; options: PublicKeyCredentialCreationOptionsJSON }
  | { ok: false; code: 'name-missing' };

/** Options for `navigator.credentials.create()`. */
export async function begin({ config, db, secret }: Needs, personId: string): Promise<Begun> {
  const [person, held] = await Promise.all([
    credentials.maker(db, personId),
    credentials.forPerson(db, personId),
  ]);
  if (!person) return { ok: false, code: 'name-missing' };
  const stamp = concat(randomBytes(16), secondsBytes(person.now));
  const name = fullName(person);
  const options = await beginRegistration({
    rpId: config.rpId,
    challenge: concat(stamp, await tagOf(secret, personId, stamp)),
    userHandle: await userHandleOf(secret, personId, stamp),
    userName: person.nomor === null ? `Ikrar: ${name}` : `Ikrar ${person.nomor}: ${name}`,
    displayName: name,
    exclude: held.map(({ id }) => id),
  });
  return { ok: true, options };
}

export type Finished = { ok: true; credentialId: string } | { ok: false; code: RegisterCode };

/** Keeps the passkey of a phone's answer. Sent again, it gives the same. Throws `Failure<PasskeyCode>`. */
export async function finish(
  { config, db, secret }: Needs,
  personId: string,
  response: unknown,
): Promise<Finished> {
  const challenge = challengeIn(response);
  const stamp = challenge.subarray(0, 24);
  if (!equal(challenge.subarray(24), await tagOf(secret, personId, stamp))) {
    return { ok: false, code: 'registration-forged' };
  }
  const made = await finishRegistration({ config, challenge, response });
  const userHandle = await userHandleOf(secret, personId, stamp);
  const kept = await credentials.keep(db, personId, { ...made, userHandle }, secondsOf(stamp));
  return kept.ok ? { ok: true, credentialId: base64url(made.id) } : kept;
}

const tagOf = (secret: Secret, personId: string, stamp: Uint8Array): Promise<Bytes> =>
  secret.mac('pendaftaran', concat(utf8(`ikrar/pendaftaran@v1\ntantangan ${personId}\n`), stamp));

const userHandleOf = (secret: Secret, personId: string, stamp: Uint8Array): Promise<Bytes> =>
  secret.mac('pendaftaran', concat(utf8(`ikrar/pendaftaran@v1\npegangan ${personId}\n`), stamp));

function secondsBytes(seconds: number): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(seconds));
  return out;
}

const secondsOf = (stamp: Uint8Array): number =>
  Number(new DataView(stamp.buffer, stamp.byteOffset, stamp.length).getBigUint64(16));

/**
 * The two ceremonies of WebAuthn, each in two halves: `begin…` makes the options for the browser, `finish…` takes its
 * answer. The strict layer comes first. Then a registration's new key is read; an assertion has nothing left to read, and its
 * signature is verified by WebCrypto. Signers and officers both come through here, each with credentials of their own table.
 * Shown by test/passkey/ceremony.test.ts.
 *
 * Answers are WebAuthn's JSON (RegistrationResponseJSON, AuthenticationResponseJSON), bytes as base64url.
 */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Config } from '../config.ts';
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type AttestedKey, authDataOf, parseAttested } from './attested.ts';
import { parseCoseKey, spkiOf } from './cose.ts';
import { creation, TIMEOUT } from './creation.ts';
import { parseSpki } from './spki.ts';
import {
  ALGORITHMS,
  type Algorithm,
  checkClientDataBytes,
  type Flags,
  parseAssertionData,
  parseRegistrationData,
  type StrictCode,
} from './strict.ts';
import { verifySignature } from './verify.ts';

export type PasskeyCode =
  | StrictCode
  | 'passkey-response'
  | 'passkey-key'
  | 'passkey-registration'
  | 'other-credential'
  | 'other-user'
  | 'signature-wrong';

/** What of the configuration a ceremony needs. */
export type Site = Pick<Config, 'origin' | 'rpId'>;

export interface RegistrationRequest {
  rpId: string;
  challenge: Uint8Array;
  /** 32 random bytes that name the owner to the authenticator; come back with assertions. */
  userHandle: Bytes;
  /** What the system's sheet shows: pledge, name. */
  userName: string;
  displayName: string;
  /** Ids of the owner's credentials, so that no device makes a second one. */
  exclude: readonly Uint8Array[];
}

/** The options that follow from a text are made in creation.ts, which the browser reads too. */
export const beginRegistration = async (
  request: RegistrationRequest,
): Promise<PublicKeyCredentialCreationOptionsJSON> => ({
  ...creation(
    request.rpId,
    { ...request, userHandle: base64url(request.userHandle), discoverable: false },
    request.exclude.map((id) => ({ id: base64url(id) })),
  ),
  challenge: base64url(request.challenge),
});

export interface RegisteredPasskey {
  id: Bytes;
  /** COSE_Key (RFC 9052), as the authenticator gave it. */
  publicKey: Bytes;
  /** The same key as SubjectPublicKeyInfo (RFC 5280), DER. */
  spki: Bytes;
  alg: Algorithm;
  counter: number;
  backupEligible: boolean;
  transports: string[];
}

const ASKED_FOR: unknown[] = Object.values(ALGORITHMS);

/** Throws `Failure<PasskeyCode>`. Shows that somebody has the key; it signs nothing (attestation `none`). */
export async function finishRegistration({
  config,
  challenge,
  response,
}: {
  config: Site;
  challenge: Uint8Array;
  response: unknown;
}): Promise<RegisteredPasskey> {
  const { id, response: fields } = shapeOf(response);
  const clientData = bytesOf(fields, 'clientDataJSON');
  const attestation = bytesOf(fields, 'attestationObject');
  checkClientDataBytes(clientData, { type: 'webauthn.create', challenge, origins: [config.origin] });
  const authData = openAttestation(attestation);
  const { flags, counter } = await parseRegistrationData(authData, config);
  const { id: attested, publicKey, alg } = readAttested(authData);
  if (id.length === 0 || !ASKED_FOR.includes(alg)) throw new Failure<PasskeyCode>('passkey-registration');
  // Section 5.8.3: the longest id.
  if (!equal(attested, id) || id.length > 1023) throw new Failure<PasskeyCode>('other-credential');
  const key = await parseCoseKey(publicKey);
  return {
    id,
    publicKey,
    spki: await spkiOf(key),
    alg: key.alg,
    counter,
    backupEligible: flags.backupEligible,
    transports: transportsOf(fields),
  };
}

/** `allow`: the owner's credentials; empty asks the device for any it holds for this site. */
export const beginAssertion = (request: {
  rpId: string;
  challenge: Uint8Array;
  allow: readonly { id: Uint8Array; transports?: readonly string[] }[];
}): PublicKeyCredentialRequestOptionsJSON => ({
  challenge: base64url(request.challenge),
  rpId: request.rpId,
  timeout: TIMEOUT,
  userVerification: 'required',
  allowCredentials: request.allow.map(({ id, transports = [] }) => ({
    id: base64url(id),
    type: 'public-key',
    ...(transports.length > 0 && { transports: [...transports] as [] }),
  })),
});

/** A credential as it is kept. */
export interface Credential {
  id: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array;
  userHandle: Uint8Array;
  /** As it was last; undefined or null: not known. */
  backupEligible?: boolean | null;
}

export interface Assertion {
  authenticatorData: Bytes;
  /** The exact bytes that were signed. */
  clientDataJson: Bytes;
  signature: Bytes;
  counter: number;
  /** `backupEligible` may have turned true since: for the caller to keep. */
  flags: Flags;
}

/** The credential that an answer speaks of, before anything of it is believed. Throws `Failure<'passkey-response'>`. */
export const credentialIdOf = (response: unknown): Bytes => shapeOf(response).id;

/**
 * Throws `Failure<PasskeyCode>`. The counter is not compared: a phone that repeats itself after a lost answer is honest,
 * so one that goes back is for the caller to note.
 */
export async function finishAssertion({
  config,
  challenge,
  credential,
  response,
}: {
  config: Site;
  challenge: Uint8Array;
  credential: Credential;
  response: unknown;
}): Promise<Assertion> {
  const { id, response: fields } = shapeOf(response);
  const clientDataJson = bytesOf(fields, 'clientDataJSON');
  const authenticatorData = bytesOf(fields, 'authenticatorData');
  const signature = bytesOf(fields, 'signature');
  if (!equal(id, credential.id)) throw new Failure<PasskeyCode>('other-credential');
  if (fields.userHandle !== undefined && fields.userHandle !== null && fields.userHandle !== '') {
    if (!equal(bytesOf(fields, 'userHandle'), credential.userHandle)) {
      throw new Failure<PasskeyCode>('other-user');
    }
  }
  checkClientDataBytes(clientDataJson, { type: 'webauthn.get', challenge, origins: [config.origin] });
  const { flags, counter } = await parseAssertionData(authenticatorData, {
    rpId: config.rpId,
    backupEligible: credential.backupEligible ?? undefined,
  });
  const key = await parseSpki(new Uint8Array(credential.spki));
  if (!(await verifySignature(key, signature, { authenticatorData, clientDataJson }))) {
    throw new Failure<PasskeyCode>('signature-wrong');
  }
  return { authenticatorData, clientDataJson, signature, counter, flags };
}

function openAttestation(attestation: Bytes): Bytes {
  try {
    return authDataOf(attestation);
  } catch (cause) {
    throw new Failure<PasskeyCode>('passkey-response', 'attestationObject', { cause });
  }
}

function readAttested(authData: Bytes): AttestedKey {
  try {
    return parseAttested(authData);
  } catch (cause) {
    throw new Failure<PasskeyCode>('passkey-registration', undefined, { cause });
  }
}

type Fields = Record<string, unknown>;

/** Throws unless the answer is a public-key credential whose `id` and `rawId` agree. */
function shapeOf(response: unknown): { id: Bytes; response: Fields } {
  if (!isFields(response) || !isFields(response.response) || response.type !== 'public-key') {
    throw new Failure<PasskeyCode>('passkey-response');
  }
  const id = bytesOf(response, 'id');
  if (response.rawId !== response.id) throw new Failure<PasskeyCode>('passkey-response', 'rawId');
  return { id, response: response.response };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No field of an honest answer is longer; the strict layer has narrower bounds of its own. */
const GREATEST_FIELD = 32_768;

function bytesOf(fields: Fields, name: string): Bytes {
  const value = fields[name];
  if (typeof value !== 'string' || value.length > GREATEST_FIELD) {
    throw new Failure<PasskeyCode>('passkey-response', name);
  }
  try {
    return fromBase64url(value);
  } catch (cause) {
    throw new Failure<PasskeyCode>('passkey-response', name, { cause });
  }
}

/** Hints for the browser's next prompt. Whatever isn't one is dropped. */
function transportsOf({ transports }: Fields): string[] {
  if (!Array.isArray(transports)) return [];
  const hints = transports.filter((hint) => typeof hint === 'string' && /^[a-z-]{1,20}$/.test(hint));
  return [...new Set(hints)].slice(0, 8);
}

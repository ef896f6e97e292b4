/**
 * The browser's passkey calls, the only ones there are, with WebAuthn's JSON on our side of them; older browsers lack the
 * built-in conversion. Each takes a text and works the challenge out of it here: a challenge that a server chose has no
 * way in, nor have names or ids of its choice. The site is the one that the page is of.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { base64url, fromBase64url } from '../../lib/base64.ts';
import type { Trouble } from '../../pages/sign/reply.ts';
import { challengeOf } from '../../passkey/challenge.ts';
import { creationOf, type Held } from '../../passkey/creation.ts';
import type { Making } from '../../passkey/prompt.ts';
import type { MakingKind, Signable, SignableKind } from './signable.ts';

/** How long the phone may ask; longer than anyone needs to find their finger. */
const PATIENCE = 120_000;

export class PasskeyTrouble extends Error {
  readonly trouble: Trouble | 'known-here';

  constructor(trouble: Trouble | 'known-here', cause: unknown) {
    super(trouble, { cause });
    this.trouble = trouble;
  }
}

const bytes = (buffer: ArrayBuffer): string => base64url(new Uint8Array(buffer));

const descriptor = ({ id, transports }: { id: string; transports?: readonly string[] | undefined }) => ({
  type: 'public-key' as const,
  id: fromBase64url(id),
  ...(transports?.length ? { transports: transports as AuthenticatorTransport[] } : {}),
});

/**
 * Makes a passkey; all that is asked for follows from the text (passkey/creation.ts). `held`: passkeys that the person has;
 * throws `PasskeyTrouble('known-here')` if this device has one of them. `spki`: its public key, as this browser reads it, if
 * it can.
 */
export async function createPasskey<P extends Making>(
  purpose: P,
  text: Signable<`ikrar/${P}@v1`>,
  held: readonly Held[],
  signal?: AbortSignal,
): Promise<{ response: RegistrationResponseJSON; spki: Uint8Array | null }> {
  const challenge = await challengeOf(text);
  const { user, excludeCredentials, ...rest } = await creationOf(purpose, text, location.hostname, held);
  const credential = await ask(() =>
    navigator.credentials.create({
      publicKey: {
        ...(rest as Pick<PublicKeyCredentialCreationOptions, 'rp' | 'pubKeyCredParams' | 'attestation'>),
        user: { ...user, id: fromBase64url(user.id) },
        challenge,
        excludeCredentials: (excludeCredentials ?? []).map(descriptor),
        timeout: PATIENCE,
      },
      ...(signal && { signal }),
    }),
  );
  const response = credential.response as AuthenticatorAttestationResponse;
  const spki = response.getPublicKey?.() ?? null;
  return {
    spki: spki && new Uint8Array(spki),
    response: {
      id: credential.id,
      rawId: bytes(credential.rawId),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: bytes(response.clientDataJSON),
        attestationObject: bytes(response.attestationObject),
        transports: (response.getTransports?.() ?? []) as [],
      },
    },
  };
}

/** Signs the text with one of the passkeys in `allow`; with none in it, with any that the device has for this site. */
export async function usePasskey(
  text: Signable<Exclude<SignableKind, MakingKind>>,
  allow: readonly Held[],
  signal?: AbortSignal,
): Promise<AuthenticationResponseJSON> {
  const challenge = await challengeOf(text);
  const credential = await ask(() =>
    navigator.credentials.get({
      publicKey: {
        rpId: location.hostname,
        challenge,
        allowCredentials: allow.map(descriptor),
        userVerification: 'required',
        timeout: PATIENCE,
      },
      ...(signal && { signal }),
    }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    id: credential.id,
    rawId: bytes(credential.rawId),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: bytes(response.clientDataJSON),
      authenticatorData: bytes(response.authenticatorData),
      signature: bytes(response.signature),
      ...(response.userHandle ? { userHandle: bytes(response.userHandle) } : {}),
    },
  };
}

async function ask(prompt: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const began = performance.now();
  try {
    const credential = await prompt();
    if (!credential) throw new DOMException('no credential', 'UnknownError');
    return credential as PublicKeyCredential;
  } catch (error) {
    throw new PasskeyTrouble(troubleOf(error, performance.now() - began), error);
  }
}

/**
 * Browsers say NotAllowedError for a refusal, for their own deadline and for a missing tap alike (WebAuthn §14.5.1 wants
 * it so). Only the time tells them apart: nobody reads and closes a sheet within half a second.
 */
function troubleOf(error: unknown, took: number): Trouble | 'known-here' {
  switch (error instanceof DOMException ? error.name : '') {
    case 'InvalidStateError':
      return 'known-here';
    case 'NotAllowedError':
      return took < 500 ? 'second-tap' : took > PATIENCE - 1000 ? 'timed-out' : 'cancelled';
    case 'AbortError':
      return 'cancelled';
    case 'TimeoutError':
      return 'timed-out';
    case 'ConstraintError':
      return 'no-screen-lock';
    case 'NotSupportedError':
    case 'SecurityError':
      return 'no-passkeys';
    default:
      return 'phone-failed';
  }
}

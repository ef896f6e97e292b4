/**
 * A software passkey: real keys, real signatures, and a knob for each thing a strict relying party must refuse.
 *
 *     const phone = new Authenticator();
 *     const made = await phone.create(creationOptions, 'https://ikrar.example');
 *     const assertion = await phone.get(requestOptions, 'https://ikrar.example');
 */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { base64url, fromBase64url } from '../src/lib/base64.ts';
import { type Bytes, concat, randomBytes, utf8 } from '../src/lib/bytes.ts';
import { sha256 } from '../src/lib/sha256.ts';
import { challengeOf } from '../src/passkey/challenge.ts';
import type { Algorithm } from '../src/passkey/strict.ts';
import type { Beginning } from '../src/signer/register.ts';

/** What to do wrong, or in another honest way. */
export interface Knobs {
  /** Another device's, known to the attacker: nothing in a registration shows who holds them. */
  keys?: CryptoKeyPair;
  /** Takes the client data as an object, gives what stands in it: more keys, other values, another order. */
  clientData?: (data: Record<string, unknown>) => Record<string, unknown>;
  /** Takes the client data's bytes, gives those that are signed and sent. */
  clientDataBytes?: (bytes: Bytes) => Bytes;
  /** Takes the authenticator data, gives that which is signed and sent. */
  authenticatorData?: (bytes: Bytes) => Bytes;
  /** Takes the signature, gives what is sent. */
  signature?: (bytes: Bytes) => Bytes;
  /** Takes the whole answer. */
  answer?: (answer: Record<string, unknown>) => Record<string, unknown>;
  /** Bits that are set and cleared in the flags. */
  setFlags?: number;
  clearFlags?: number;
  /** The relying party that is signed for, if it isn't the one asked for. */
  rpId?: string;
  /** Which of the two values of s: a signer's library may give either. */
  s?: 'high' | 'low';
  counter?: number;
  userHandle?: Uint8Array | null;
  attestation?: { fmt: string; attStmt: Bytes };
}

export interface AuthenticatorOptions {
  algorithm?: Algorithm;
  /** As a phone whose passkeys are synced. */
  synced?: boolean;
  /** Counts up at each signature; most phones always say 0. */
  counts?: boolean;
  /** The browser's habits: older Safari leaves `crossOrigin` out. */
  crossOrigin?: 'false' | 'absent';
}

interface Key {
  id: Bytes;
  rpId: string;
  userHandle: Bytes;
  keys: CryptoKeyPair;
}

const UP = 1;
const UV = 4;
const BE = 8;
const BS = 16;
const AT = 64;

const ALG = { ES256: -7, EdDSA: -8, RS256: -257 } as const;

export class Authenticator {
  readonly algorithm: Algorithm;
  readonly #synced: boolean;
  readonly #counts: boolean;
  readonly #crossOrigin: 'false' | 'absent';
  readonly credentials: Key[] = [];
  #counter = 0;

  constructor(options: AuthenticatorOptions = {}) {
    this.algorithm = options.algorithm ?? 'ES256';
    this.#synced = options.synced ?? true;
    this.#counts = options.counts ?? false;
    this.#crossOrigin = options.crossOrigin ?? 'false';
  }

  /** As `navigator.credentials.create()`. Throws as a phone does if it already has one of the excluded credentials. */
  async create(
    options: PublicKeyCredentialCreationOptionsJSON,
    origin: string,
    knobs: Knobs = {},
  ): Promise<RegistrationResponseJSON> {
    const rpId = options.rp.id ?? new URL(origin).hostname;
    const held = (options.excludeCredentials ?? []).some(({ id }) => this.#find(id, rpId));
    if (held) throw new DOMException('already registered', 'InvalidStateError');
    if (!options.pubKeyCredParams.some(({ alg }) => alg === ALG[this.algorithm])) {
      throw new DOMException('no such algorithm', 'NotSupportedError');
    }
    const keys = knobs.keys ?? (await generate(this.algorithm));
    const credential = { id: randomBytes(32), rpId, userHandle: fromBase64url(options.user.id), keys };
    this.credentials.push(credential);

    const clientDataJSON = this.#clientData('webauthn.create', options.challenge, origin, knobs);
    const length = Uint8Array.of(credential.id.length >> 8, credential.id.length & 255);
    const attested = concat(new Uint8Array(16), length, credential.id, await coseKey(keys.publicKey));
    const head = await this.#authenticatorData(knobs.rpId ?? rpId, AT, knobs);
    const authData = (knobs.authenticatorData ?? same)(concat(head, attested));
    const { fmt, attStmt } = knobs.attestation ?? { fmt: 'none', attStmt: map() };
    const attestationObject = map(
      [text('fmt'), text(fmt)],
      [text('attStmt'), attStmt],
      [text('authData'), bytes(authData)],
    );
    const answer = {
      id: base64url(credential.id),
      rawId: base64url(credential.id),
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientDataJSON),
        attestationObject: base64url(attestationObject),
        transports: ['internal', 'hybrid'],
      },
    };
    return (knobs.answer?.(answer) ?? answer) as unknown as RegistrationResponseJSON;
  }

  /** As the signing page does for a new passkey: the challenge is worked out of the text. What is then sent. */
  async register(
    { text, ticket, options }: Beginning,
    origin: string,
  ): Promise<Omit<Beginning, 'options'> & { response: RegistrationResponseJSON }> {
    const challenge = base64url(await challengeOf(text));
    return { text, ticket, response: await this.create({ ...options, challenge }, origin) };
  }

  /** As `navigator.credentials.get()`. */
  async get(
    options: PublicKeyCredentialRequestOptionsJSON,
    origin: string,
    knobs: Knobs = {},
  ): Promise<AuthenticationResponseJSON> {
    const rpId = options.rpId ?? new URL(origin).hostname;
    const allowed = options.allowCredentials ?? [];
    const credential =
      allowed.length === 0
        ? this.credentials.findLast((held) => held.rpId === rpId)
        : allowed.map(({ id }) => this.#find(id, rpId)).find((held) => held !== undefined);
    if (!credential) throw new DOMException('no credential', 'NotAllowedError');

    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, origin, knobs);
    if (this.#counts) this.#counter++;
    const authenticatorData = (knobs.authenticatorData ?? same)(
      await this.#authenticatorData(knobs.rpId ?? rpId, 0, knobs),
    );
    const signed = concat(authenticatorData, await sha256(clientDataJSON));
    const signature = await sign(this.algorithm, credential.keys.privateKey, signed, knobs.s);
    const userHandle = knobs.userHandle === undefined ? credential.userHandle : knobs.userHandle;
    const answer = {
      id: base64url(credential.id),
      rawId: base64url(credential.id),
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientDataJSON),
        authenticatorData: base64url(authenticatorData),
        signature: base64url((knobs.signature ?? same)(signature)),
        ...(userHandle && { userHandle: base64url(userHandle) }),
      },
    };
    return (knobs.answer?.(answer) ?? answer) as unknown as AuthenticationResponseJSON;
  }

  #find(id: string, rpId: string): Key | undefined {
    return this.credentials.find((held) => held.rpId === rpId && base64url(held.id) === id);
  }

  #clientData(type: string, challenge: string, origin: string, knobs: Knobs): Bytes {
    const plain = {
      type,
      challenge,
      origin,
      ...(this.#crossOrigin === 'false' && { crossOrigin: false }),
    };
    const written = utf8(JSON.stringify((knobs.clientData ?? same)(plain)));
    return (knobs.clientDataBytes ?? same)(written);
  }

  async #authenticatorData(rpId: string, more: number, knobs: Knobs): Promise<Bytes> {
    const usual = UP | UV | more | (this.#synced ? BE | BS : 0);
    const flags = (usual | (knobs.setFlags ?? 0)) & ~(knobs.clearFlags ?? 0);
    const out = new Uint8Array(37);
    out.set(await sha256(utf8(rpId)));
    out[32] = flags;
    new DataView(out.buffer).setUint32(33, knobs.counter ?? this.#counter);
    return out;
  }
}

const same = <T>(value: T): T => value;

function generate(algorithm: Algorithm): Promise<CryptoKeyPair> {
  const params = {
    ES256: { name: 'ECDSA', namedCurve: 'P-256' },
    EdDSA: { name: 'Ed25519' },
    RS256: {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
  }[algorithm];
  return crypto.subtle.generateKey(params, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

async function sign(
  algorithm: Algorithm,
  key: CryptoKey,
  data: Bytes,
  s: 'high' | 'low' | undefined,
): Promise<Bytes> {
  if (algorithm === 'EdDSA') return new Uint8Array(await crypto.subtle.sign('Ed25519', key, data));
  if (algorithm === 'RS256') return new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, data));
  const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, data));
  const der = ecdsaDer(raw);
  const isHigh = number(raw.subarray(32)) > ORDER / 2n;
  return s !== undefined && isHigh !== (s === 'high') ? twin(der) : der;
}

/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const number = (digits: Uint8Array): bigint => digits.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const digits = (value: bigint, length = 32): Bytes =>
  Uint8Array.from({ length }, (_, at) => Number((value >> BigInt(8 * (length - 1 - at))) & 255n));

/** r and s (32 bytes each) as DER. */
function ecdsaDer(raw: Uint8Array): Bytes {
  const body = concat(derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32)));
  return concat(Uint8Array.of(0x30, body.length), body);
}

function derInteger(value: Uint8Array): Bytes {
  const first = value.findIndex((byte) => byte !== 0);
  const short = value.subarray(first < 0 ? value.length - 1 : first);
  const padded = short[0]! & 0x80 ? concat(Uint8Array.of(0), short) : short;
  return concat(Uint8Array.of(0x02, padded.length), padded);
}

/** The other signature that verifies: (r, n − s). Anyone can make it, without the key. */
export function twin(der: Uint8Array): Bytes {
  const rLength = der[3]!;
  const r = number(der.subarray(4, 4 + rLength));
  const s = number(der.subarray(4 + rLength + 2));
  return ecdsaDer(concat(digits(r), digits(ORDER - s)));
}

// CBOR (RFC 8949), as much as an attestation needs.

function head(major: number, value: number): Bytes {
  if (value < 24) return Uint8Array.of((major << 5) | value);
  if (value < 256) return Uint8Array.of((major << 5) | 24, value);
  return Uint8Array.of((major << 5) | 25, value >> 8, value & 255);
}
export const integer = (value: number): Bytes => (value < 0 ? head(1, -1 - value) : head(0, value));
export const bytes = (value: Uint8Array): Bytes => concat(head(2, value.length), value);
export const text = (value: string): Bytes => concat(head(3, utf8(value).length), utf8(value));
/** A map of items that are already encoded; empty without any. */
export const map = (...entries: [Bytes, Bytes][]): Bytes =>
  concat(head(5, entries.length), ...entries.flat());

/** COSE_Key (RFC 9052) of a public key. */
export async function coseKey(key: CryptoKey): Promise<Bytes> {
  const jwk = await crypto.subtle.exportKey('jwk', key);
  const part = (value: string | undefined): Bytes => bytes(fromBase64url(value!));
  if (jwk.kty === 'EC') {
    return map(
      [integer(1), integer(2)],
      [integer(3), integer(ALG.ES256)],
      [integer(-1), integer(1)],
      [integer(-2), part(jwk.x)],
      [integer(-3), part(jwk.y)],
    );
  }
  if (jwk.kty === 'OKP') {
    return map(
      [integer(1), integer(1)],
      [integer(3), integer(ALG.EdDSA)],
      [integer(-1), integer(6)],
      [integer(-2), part(jwk.x)],
    );
  }
  return map(
    [integer(1), integer(3)],
    [integer(3), integer(ALG.RS256)],
    [integer(-1), part(jwk.n)],
    [integer(-2), part(jwk.e)],
  );
}

/**
 * The strict layer: what an authenticator and a browser may send, and nothing else. It runs before anything else
 * is read, and in the checking page alone. Shown by test/passkey/strict.test.ts, with a case for each refusal.
 *
 * clientDataJSON (W3C WebAuthn, section 5.8.1), as a phone sends it:
 *
 *     {"type":"webauthn.get","challenge":"5yTq…","origin":"https://ikrar.example","crossOrigin":false}
 *
 * authenticatorData of an assertion (section 6.1), 37 bytes:
 *
 *     rpIdHash (32)  flags (1)  counter (4, big-endian)
 *     flags: 1 user present, 4 user verified, 8 backup eligible, 16 backed up; 64 and 128 announce more data
 *
 * Accepted on purpose, since honest phones send it: keys in any order, keys unknown to us (`androidPackageName`), a
 * missing `crossOrigin`, and both values of s that verify (half of all signatures have the high one).
 */
import { base64url } from '../lib/base64.ts';
import { type Bytes, equal, utf8, utf8Text } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type Json, parseJson } from '../lib/json.ts';
import { sha256 } from '../lib/sha256.ts';

export type StrictCode =
  | 'client-data-size'
  | 'client-data-encoding'
  | 'client-data-json'
  | 'client-data-key-twice'
  | 'client-data-type'
  | 'client-data-challenge'
  | 'client-data-origin'
  | 'client-data-framed'
  | 'authenticator-data-size'
  | 'authenticator-data-flags'
  | 'authenticator-data-backup'
  | 'other-site'
  | 'user-not-present'
  | 'user-not-verified'
  | 'signature-shape';

const refuse = (code: StrictCode, detail?: string, cause?: unknown): never => {
  throw new Failure<StrictCode>(code, detail, { cause });
};

const GREATEST_CLIENT_DATA = 2048;

interface Expected {
  type: 'webauthn.create' | 'webauthn.get';
  challenge: Uint8Array;
  /** Origins that are this service. */
  origins: readonly string[];
}

/** Throws `Failure<StrictCode>`. `bytes` is what was hashed and signed. */
export function checkClientDataBytes(bytes: Uint8Array, expected: Expected): void {
  const data = readClientData(bytes);
  checkClientData(data, expected);
  if (data.challenge !== base64url(expected.challenge)) refuse('client-data-challenge');
}

/** One JSON object, of which nothing is believed yet. Throws `Failure<StrictCode>`. */
export function readClientData(bytes: Uint8Array): { [key: string]: Json } {
  if (bytes.length > GREATEST_CLIENT_DATA) refuse('client-data-size');
  const data = readJson(bytes);
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return refuse('client-data-json');
  return data;
}

/** All that client data must say but the challenge. Throws `Failure<StrictCode>`. */
export function checkClientData(
  { type, origin, crossOrigin, topOrigin }: { [key: string]: Json },
  expected: Pick<Expected, 'type' | 'origins'>,
): void {
  if (type !== expected.type) refuse('client-data-type');
  if (!expected.origins.includes(origin as string)) refuse('client-data-origin', String(origin));
  // A frame of another site can show anything around our page.
  if ((crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined) {
    refuse('client-data-framed');
  }
}

function readText(bytes: Uint8Array): string {
  try {
    return utf8Text(bytes);
  } catch (cause) {
    return refuse('client-data-encoding', undefined, cause);
  }
}

function readJson(bytes: Uint8Array): Json {
  const text = readText(bytes);
  if (text.startsWith('\uFEFF')) refuse('client-data-encoding', 'BOM');
  try {
    return parseJson(text);
  } catch (cause) {
    return refuse(
      cause instanceof RangeError ? 'client-data-key-twice' : 'client-data-json',
      undefined,
      cause,
    );
  }
}

export interface Flags {
  userPresent: boolean;
  userVerified: boolean;
  /** Flag BE: may be synced to other devices of its owner. */
  backupEligible: boolean;
  /** Flag BS: is synced now. */
  backedUp: boolean;
}

const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;
const ED = 0x80;

export interface AuthenticatorData {
  flags: Flags;
  counter: number;
}

/**
 * Throws `Failure<StrictCode>`. `backupEligible`: as it was last, if that is known. WebAuthn fixes it when the passkey is made, but managers
 * (iCloud Keychain, KeePassXC, Bitwarden) have begun to sync those that they had: it may turn true. Never back: that one is another key's.
 */
export async function parseAssertionData(
  bytes: Uint8Array,
  { rpId, backupEligible }: { rpId: string; backupEligible?: boolean | undefined },
): Promise<AuthenticatorData> {
  if (bytes.length !== 37) refuse('authenticator-data-size');
  const data = await parseHead(bytes, rpId, UP | UV | BE | BS);
  if (backupEligible === true && !data.flags.backupEligible) {
    refuse('authenticator-data-backup', 'eligible before');
  }
  return data;
}

/** The same for a registration, where the new key and perhaps extensions follow. */
export async function parseRegistrationData(
  bytes: Uint8Array,
  { rpId }: { rpId: string },
): Promise<AuthenticatorData> {
  if (bytes.length <= 37) refuse('authenticator-data-size');
  const data = await parseHead(bytes, rpId, UP | UV | BE | BS | AT | ED);
  if ((bytes[32]! & AT) === 0) refuse('authenticator-data-flags', 'no key');
  return data;
}

/** SHA-256 of our own host name: one value for as long as the service runs. */
let known: { rpId: string; hash: Bytes } | undefined;

async function rpIdHash(rpId: string): Promise<Bytes> {
  if (known?.rpId !== rpId) known = { rpId, hash: await sha256(utf8(rpId)) };
  return known.hash;
}

async function parseHead(bytes: Uint8Array, rpId: string, allowed: number): Promise<AuthenticatorData> {
  if (!equal(bytes.subarray(0, 32), await rpIdHash(rpId))) refuse('other-site');
  const bits = bytes[32]!;
  if ((bits & ~allowed) !== 0) refuse('authenticator-data-flags');
  if ((bits & UP) === 0) refuse('user-not-present');
  if ((bits & UV) === 0) refuse('user-not-verified');
  if ((bits & BS) !== 0 && (bits & BE) === 0) refuse('authenticator-data-backup');
  return {
    flags: {
      userPresent: true,
      userVerified: true,
      backupEligible: (bits & BE) !== 0,
      backedUp: (bits & BS) !== 0,
    },
    counter: new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(33),
  };
}

/** COSE numbers (RFC 9053) of the signatures we take, the preferred first. */
export const ALGORITHMS = { ES256: -7, EdDSA: -8, RS256: -257 } as const;
export type Algorithm = keyof typeof ALGORITHMS;

/**
 * The signature as WebCrypto takes it: of ES256 r and s, of the others the bytes that were given. Throws `Failure<StrictCode>`
 * unless these are one signature and nothing else. `modulusLength`: bytes, for RS256.
 */
export function rawSignature(
  { alg, modulusLength }: { alg: Algorithm; modulusLength?: number },
  signature: Bytes,
): Bytes {
  if (alg === 'ES256') return parseEcdsa(signature);
  if (signature.length !== (alg === 'EdDSA' ? 64 : modulusLength)) refuse('signature-shape');
  return signature;
}

/**
 * `SEQUENCE { INTEGER r, INTEGER s }` (RFC 3279, section 2.2.3) as r and s in 32 bytes each. DER alone (X.690): lengths in
 * one byte, integers positive, as short as can be, within 1 … 2^256-1, and nothing after.
 */
export function parseEcdsa(der: Uint8Array): Bytes {
  const out = new Uint8Array(64);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) refuse('signature-shape', 'sequence');
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const value = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 0x02 || length === 0) refuse('signature-shape', 'integer');
    if ((value[0]! & 0x80) !== 0) refuse('signature-shape', 'negative');
    // Zero itself too: no signature has one.
    if (value[0] === 0 && (value[1]! & 0x80) === 0) refuse('signature-shape', 'not minimal');
    const digits = value[0] === 0 ? value.subarray(1) : value;
    if (digits.length > 32) refuse('signature-shape', 'too long');
    out.set(digits, end - digits.length);
    at += 2 + length;
  }
  // Nor fewer: an integer that claims more bytes than there are has gone past them.
  if (at !== der.length) refuse('signature-shape', 'bytes after');
  return out;
}

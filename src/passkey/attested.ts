/**
 * The new key in a registration (W3C WebAuthn, sections 6.5.2 and 6.5.4): an attestation object in CBOR (RFC 8949), and in it the
 * authenticator data, of which the strict layer reads the first 37 bytes:
 *
 *     {"fmt": "none", "attStmt": {}, "authData": …}
 *     … flags (1) counter (4)  aaguid (16)  length (2, big-endian)  id  key (COSE_Key)  [extensions, if flag 128]
 *
 * Who made the phone is no matter here: the statement and the extensions aren't looked at. Shown by test/passkey/attested.test.ts,
 * where the WebAuthn library reads the same.
 */
import { type CBORType, decodePartialCBOR, encodeCBOR } from '@levischuck/tiny-cbor';
import { type Bytes, equal } from '../lib/bytes.ts';

/** The authenticator data of an attestation object. Throws. */
export function authDataOf(attestation: Uint8Array): Bytes {
  const found = mapOf(readFirst(attestation).value).get('authData');
  // A number would be a length to the constructor below: two bytes that ask for gigabytes.
  if (!(found instanceof Uint8Array)) throw new TypeError('authData: not bytes');
  return new Uint8Array(found);
}

export interface AttestedKey {
  id: Bytes;
  /** COSE_Key (RFC 9052), as the authenticator gave it. */
  publicKey: Bytes;
  /** COSE's number of what it signs by, whatever that may be. */
  alg: unknown;
}

const EXTENSIONS = 0x80;
const ALG = 3;

/** What follows the first 37 bytes, and nothing after it. Throws. */
export function parseAttested(authData: Bytes): AttestedKey {
  const from = 37 + 16 + 2;
  const to = from + authData[from - 2]! * 256 + authData[from - 1]!;
  const key = readFirst(authData.subarray(to));
  const end = to + key.length;
  const publicKey = authData.slice(to, end);
  // Two spellings would be two keys to whoever compares bytes; one that was cut off isn't printed again either.
  if (!equal(encodeCBOR(key.value), publicKey)) throw new TypeError('attested: a key in another spelling');
  let rest = authData.length - end;
  if ((authData[32]! & EXTENSIONS) !== 0) {
    const extensions = readFirst(authData.subarray(end));
    mapOf(extensions.value);
    rest -= extensions.length;
  }
  if (rest !== 0) throw new TypeError('attested: bytes after, or cut off');
  return { id: authData.slice(from, to), publicKey, alg: mapOf(key.value).get(ALG) };
}

/** The value at the beginning, and how long it is written, which may be longer than what is there. Throws. */
function readFirst(bytes: Uint8Array): { value: CBORType; length: number } {
  // A copy: the library reads the buffer below from its beginning.
  const [value, length] = decodePartialCBOR(new Uint8Array(bytes), 0);
  return { value, length };
}

function mapOf(value: CBORType): Map<unknown, unknown> {
  if (!(value instanceof Map)) throw new TypeError('cbor: not a map');
  return value;
}

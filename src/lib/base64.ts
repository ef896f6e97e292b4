/** Base64 and base64url (RFC 4648 §4, §5). Decoding accepts only what encoding prints. */
import type { Bytes } from './bytes.ts';

/** With padding, as C2SP notes use it. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Throws a `TypeError` on another alphabet, missing padding, whitespace or stray trailing bits. */
export function fromBase64(text: string): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new TypeError('base64: not base64');
  }
  if (btoa(binary) !== text) throw new TypeError('base64: not canonical');
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Without padding, as WebAuthn's JSON uses it. */
export const base64url = (bytes: Uint8Array): string =>
  base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** Throws a `TypeError` on padding, on the other alphabet and on stray trailing bits. */
export function fromBase64url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new TypeError('base64url: not base64url');
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
}

/** `acak`: 32 random bytes as base64url writes them. */
export function isNonce(text: string): boolean {
  try {
    return fromBase64url(text).length === 32;
  } catch {
    return false;
  }
}

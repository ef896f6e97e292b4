/** PEM (RFC 7468): base64 between two lines that say what it is. */
import { base64, fromBase64 } from './base64.ts';
import type { Bytes } from './bytes.ts';

export type PemLabel = 'PRIVATE KEY' | 'CERTIFICATE';

export const formatPem = (label: PemLabel, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${base64(der).replace(/.{64}(?!$)/g, '$&\n')}\n-----END ${label}-----\n`;

/** Each block of this label, in the order of the text; what stands around them is no matter. Throws a `TypeError`. */
export function parsePem(label: PemLabel, text: string): Bytes[] {
  const blocks = text.matchAll(
    new RegExp(`^-----BEGIN ${label}-----\\r?\\n([A-Za-z0-9+/=\\s]+)^-----END ${label}-----\\s*$`, 'gm'),
  );
  return [...blocks].map(([, body]) => fromBase64(body!.replace(/\s/g, '')));
}

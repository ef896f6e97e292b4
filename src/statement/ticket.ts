/**
 * Ticket: a MAC of ours that says we issued this statement to this person for this passkey, so that issuing stores nothing. The
 * phone brings statement and ticket back with the signature, and the passkey's key in it, so that nothing is read to verify that. To the
 * phone it is opaque: three parts in base64url,
 *
 *     SPKI . user handle . HMAC
 *
 * of which the last is an HMAC-SHA-256 (secret of use `tiket`) over
 *
 *     ikrar/tiket@v2 LF person LF passkey LF SPKI LF user handle LF statement
 *
 * with passkey, SPKI and user handle in base64url. One of the first version, which a phone may have kept, is the HMAC alone, over
 *
 *     ikrar/tiket@v1 LF person LF passkey LF statement
 *
 * Shown by test/statement/ticket.test.ts.
 */
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, utf8 } from '../lib/bytes.ts';
import type { Secret } from '../lib/secret.ts';

/** Characters: more than one with the longest RSA key that is taken has. */
export const GREATEST_TICKET = 1_000;

interface Issued {
  personId: string;
  /** Base64url. */
  credentialId: string;
  statement: string;
}

/** What verification needs of the passkey, as it was kept when the statement was issued: whoever records compares it. */
export interface Ticketed {
  spki: Bytes;
  userHandle: Bytes;
}

/** `passkey`: null in a ticket of the first version. */
export type Ticket = { passkey: Ticketed | null };

export async function issueTicket(
  secret: Secret,
  issued: Issued,
  { spki, userHandle }: Ticketed,
): Promise<string> {
  const parts = [base64url(spki), base64url(userHandle)] as const;
  return [...parts, base64url(await secret.mac('tiket', textOf(issued, parts)))].join('.');
}

const FORM = /^(?:([^.]+)\.([^.]+)\.)?([^.]+)$/;

/** Null if it isn't one that we issued for this. */
export async function openTicket(secret: Secret, ticket: string, issued: Issued): Promise<Ticket | null> {
  const [, spki, userHandle, tag] = FORM.exec(ticket) ?? [];
  if (tag === undefined) return null;
  const isOurs = (text: Bytes): Promise<boolean> => secret.check('tiket', text, fromBase64url(tag));
  try {
    if (spki === undefined || userHandle === undefined) {
      return (await isOurs(firstTextOf(issued))) ? { passkey: null } : null;
    }
    const passkey = { spki: fromBase64url(spki), userHandle: fromBase64url(userHandle) };
    return (await isOurs(textOf(issued, [spki, userHandle]))) ? { passkey } : null;
  } catch {
    return null;
  }
}

const textOf = ({ personId, credentialId, statement }: Issued, passkey: readonly [string, string]): Bytes =>
  utf8(['ikrar/tiket@v2', personId, credentialId, ...passkey, statement].join('\n'));

const firstTextOf = ({ personId, credentialId, statement }: Issued): Bytes =>
  utf8(['ikrar/tiket@v1', personId, credentialId, statement].join('\n'));

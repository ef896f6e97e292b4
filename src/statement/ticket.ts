/**
 * A ticket says that we issued this statement to this person for this passkey, so that issuing stores nothing: the phone
 * brings statement and ticket back with the signature. It is an HMAC-SHA-256 (secret of use `tiket`) over
 *
 *     ikrar/tiket@v1 LF person LF passkey (base64url) LF statement
 */
import { base64url, fromBase64url } from '../lib/base64.ts';
import { utf8 } from '../lib/bytes.ts';
import type { Secret } from '../lib/secret.ts';

interface Issued {
  personId: string;
  /** Base64url. */
  credentialId: string;
  statement: string;
}

const textOf = ({ personId, credentialId, statement }: Issued) =>
  utf8(`ikrar/tiket@v1\n${personId}\n${credentialId}\n${statement}`);

/** Base64url. */
export const issueTicket = async (secret: Secret, issued: Issued): Promise<string> =>
  base64url(await secret.mac('tiket', textOf(issued)));

export async function checkTicket(secret: Secret, ticket: string, issued: Issued): Promise<boolean> {
  try {
    return await secret.check('tiket', textOf(issued), fromBase64url(ticket));
  } catch {
    return false;
  }
}

/**
 * What the addresses under /undangan answer: JSON whose `html` goes on the screen as it is. All take POST with a JSON
 * body, so that the token of an invitation stands in no address and no log. Types and plain lists only: the page's
 * script reads this file too.
 */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Beginning } from '../../passkey/register.ts';

/** A statement for one person and one passkey, and what proves later that we made it. */
export interface Issued {
  statement: string;
  ticket: string;
  credentialId: string;
  /** SPKI of that passkey, base64url: for a phone that has forgotten which key it is. */
  publicKey: string;
  /** For `navigator.credentials.get`. The page works the challenge out of the statement, and takes none from here. */
  options: PublicKeyCredentialRequestOptionsJSON;
}

export interface Refused {
  outcome: 'refused';
  code: string;
  html: string;
}

/**
 * With status 503: the ledger stands still and nothing was recorded. What the phone has signed it keeps and sends again.
 */
export interface Halted {
  outcome: 'halted';
  code: string;
  html: string;
}

/** `POST /undangan {undangan}`: the steps up to signing, or the receipt if that is done. */
export type Opened =
  | {
      outcome: 'open';
      html: string;
      /** For `navigator.credentials.create`: so the first prompt needs no further answer from us. Excludes what this person has. */
      create: Beginning;
    }
  | Sent;

/** `POST /undangan/kunci {undangan, text, ticket, response}` and `POST /undangan/pernyataan {undangan, kunci}`. */
export type Prepared = { outcome: 'issued'; issued: Issued } | Sent;

/**
 * `POST /undangan/tanda-tangan {undangan, statement, ticket, response}` and `POST /undangan/status {undangan}`. `missing`:
 * a status was asked of what isn't here, perhaps since a database was put in another's place; it is to be sent again.
 */
export type Sent =
  | { outcome: 'recorded'; html: string }
  | { outcome: 'waiting' }
  | { outcome: 'missing' }
  | Halted
  | Refused;

/** What can go wrong on the phone. Each has its sentence in the page's shell. */
export const TROUBLES = [
  'no-passkeys',
  'in-app',
  'no-screen-lock',
  'cancelled',
  'second-tap',
  'timed-out',
  'unreachable',
  'statement-differs',
  'clock-wrong',
  'receipt-differs',
  'phone-failed',
] as const;
export type Trouble = (typeof TROUBLES)[number];

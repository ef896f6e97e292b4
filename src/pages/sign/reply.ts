/**
 * What the addresses under /undangan answer: JSON that is data, never markup. The page's script puts it into the shell's own
 * templates as text, so that what is on the screen is what it compares and signs. All take POST with a JSON body, so that
 * the token of an invitation stands in no address and no log. Types and plain lists only: the script reads this file too.
 */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Help } from '../../kegiatan/help.ts';
import type { Digest } from '../../lib/sha256.ts';
import type { Beginning } from '../../signer/register.ts';
import type { Outline } from '../../statement/compose.ts';

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

/**
 * What becomes of a signature that was kept: it is sent again by itself, or by a tap once the office has mended something, or it will
 * never be taken and is dropped.
 */
export type Fate = 'passes' | 'repair' | 'never';

/**
 * What the invitation is known by, whether it came by its link or was typed: two digests, in hexadecimal (`digestOf` in
 * invitation/token.ts). Under these the phone keeps what it keeps. None while it isn't known.
 */
export interface Named {
  names: readonly string[];
}

interface Refusal extends Named {
  code: string;
  title: string;
  next: string;
  /** What the screen offers: opening the invitation again, making a new passkey, typing another code, or nothing. */
  offer: 'open' | 'key' | 'type' | 'nothing';
  fate: Fate;
  /** Whom to ask; null while the invitation isn't known. */
  help: Help | null;
}

export type Refused = { outcome: 'refused' } & Refusal;

/**
 * With status 503: the ledger stands still and nothing was recorded. What the phone has signed it keeps and sends again.
 */
export type Halted = { outcome: 'halted' } & Refusal;

/** What a signer sees and keeps when the ledger has the pledge. */
export interface Receipt {
  /** `7K3F-9QXM-2DA7` */
  kode: string;
  /** Digest of the statement. */
  pernyataan: Digest;
  nama: string;
  jabatan: string;
  kegiatan: string;
  /** `Senin, 23 November 2026 pukul 09.30 WIB` */
  waktu: string;
  /** Signed before this visit. */
  earlier: boolean;
  help: Help;
}

/** `POST /undangan {undangan, pernyataan?}`, with the digests of what the phone has signed with it: what the statement will say, or the receipt if that is done. */
export type Opened =
  | ({
      outcome: 'open';
      shown: Outline;
      /** For a new passkey: so the first prompt needs no further answer from us. */
      create: Beginning;
      help: Help;
    } & Named)
  | Sent;

/** `POST /undangan/kunci {undangan, text, ticket, response}` and `POST /undangan/pernyataan {undangan, kunci}`. */
export type Prepared = { outcome: 'issued'; issued: Issued } | Sent;

/**
 * `POST /undangan/tanda-tangan {undangan, statement, ticket, response}` and `POST /undangan/status {undangan, pernyataan?}`. `missing`:
 * a status was asked of what isn't here, perhaps since a database was put in another's place; it is to be sent again.
 */
export type Sent =
  | ({ outcome: 'recorded'; receipt: Receipt } & Named)
  | ({ outcome: 'waiting'; help: Help } & Named)
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
  'key-silent',
  'unreachable',
  'interrupted',
  'service-failed',
  'service-busy',
  'data-illegible',
  'statement-differs',
  'clock-wrong',
  'receipt-differs',
  'phone-failed',
] as const;
export type Trouble = (typeof TROUBLES)[number];

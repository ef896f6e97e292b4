/**
 * What a passkey may be asked over: a text of a known kind that was read here and agrees with the page. `agreed` alone
 * makes one, and the calls of webauthn.ts take nothing else. No DOM: shown by test/client/compare.test.ts.
 */
import { type Making, type Prompt, type Purpose, parsePrompt } from '../../passkey/prompt.ts';

/** The first line of a text. Those for making a passkey sign nothing. */
export type SignableKind =
  | 'ikrar/pernyataan@v1'
  | 'ikrar/pencabutan@v1'
  | 'ikrar/perubahan-petugas@v3'
  | `ikrar/${Purpose}@v1`;
export type MakingKind = `ikrar/${Making}@v1`;

declare const kind: unique symbol;
export type Signable<K extends SignableKind = SignableKind> = string & { readonly [kind]: K };

/** `clock-wrong`: the text is from another day than this device; the clock is more often wrong than the server lies. */
export interface Disagreement {
  ok: false;
  code: 'text-differs' | 'clock-wrong';
  /** Which part, for the log. */
  what: string;
}

export type Compared<K extends SignableKind, Said> =
  | { ok: true; text: Signable<K>; said: Said }
  | Disagreement;

/** Where the page is and what time it has there: nothing that a server says. */
export interface Device {
  /** `https://ikrar.example` */
  origin: string;
  /** Milliseconds since 1970. */
  now: number;
}

export const differs = (what: string): Disagreement => ({ ok: false, code: 'text-differs', what });

/** `claims`: what must hold, by name. `inTime`: whether the text is of a time that this device believes. */
export function agreed<K extends SignableKind, Said>(
  kind: K,
  text: string,
  said: Said,
  claims: Record<string, boolean>,
  inTime: boolean,
): Compared<K, Said> {
  if (!text.startsWith(`${kind}\n`)) return differs('first line');
  for (const [what, holds] of Object.entries(claims)) if (!holds) return differs(what);
  return inTime
    ? { ok: true, text: text as Signable<K>, said }
    : { ok: false, code: 'clock-wrong', what: 'terbit' };
}

const DAY = 86_400_000;

/** Within a day. */
export const isWithinDay = (terbit: string, { now }: Device): boolean =>
  Math.abs(Date.parse(terbit) - now) <= DAY;

/** Not from the future, by more than a day. */
export const hasBeen = (terbit: string, { now }: Device): boolean => Date.parse(terbit) - now <= DAY;

/** `nama`: whose passkey it will be, as the page says; null where the text names nobody, or the page says nothing. */
export function comparePrompt<P extends Purpose>(
  purpose: P,
  text: string,
  nama: string | null,
  device: Device,
): Compared<`ikrar/${P}@v1`, Prompt<P>> {
  let said: Prompt<P>;
  try {
    said = parsePrompt(purpose, text);
  } catch {
    return differs('text');
  }
  const named = 'nama' in said ? said.nama : null;
  const claims = { situs: said.situs === device.origin, nama: named === nama };
  return agreed(`ikrar/${purpose}@v1`, text, said, claims, isWithinDay(said.terbit, device));
}

/** Alasan: why a pledge is withdrawn, in a sentence that everyone will read. Shown by test/withdrawal/reason.test.ts. */
import { undrawable } from '../lib/glyphs.ts';
import { oneLine } from '../lib/text.ts';

export type ReasonCode = 'reason-none' | 'reason-long' | 'reason-number' | 'reason-letters';

/** Characters. The format allows more, for a later rule. */
export const MOST_LETTERS = 200;

/** NIK, NIP, NRP and phone numbers: eight digits or more, ten in groups. A date in words or in figures is shorter. */
const LONG_NUMBER = /\d{8}|\d(?:[ .,/-]?\d){9}/;

export function parseReason(typed: string): { ok: true; alasan: string } | { ok: false; code: ReasonCode } {
  const alasan = oneLine(typed);
  if (!/\p{L}/u.test(alasan)) return { ok: false, code: 'reason-none' };
  if (alasan.length > MOST_LETTERS) return { ok: false, code: 'reason-long' };
  if (LONG_NUMBER.test(alasan)) return { ok: false, code: 'reason-number' };
  if (undrawable(alasan) !== null) return { ok: false, code: 'reason-letters' };
  return { ok: true, alasan };
}

/**
 * Telephone numbers of Indonesia: typed as people do, kept as E.164, shown as they are dialled there. Shown by
 * test/lib/telephone.test.ts.
 *
 *     0812-3456 7890, 6281234567890, +62 812 3456 7890   ->   +6281234567890   ->   0812-3456-7890
 */

/** E.164, or null: `62` or `0` before the area's code, which is no zero; a mobile number has 9 to 13 digits from its 8 on. */
export function parseTelephone(typed: string): string | null {
  const digits = typed.trim().replace(/[\s().\-–]/gu, '');
  const [, number] = /^(?:\+?62(?:0(?=\d))?|0)([2-9]\d{6,12})$/.exec(digits) ?? [];
  if (number === undefined) return null;
  const [least, most] = number.startsWith('8') ? [9, 13] : [7, 11];
  return number.length >= least && number.length <= most ? `+62${number}` : null;
}

/** Codes of cities that have two digits after the zero; others have three. */
const SHORT_AREAS = /^0(?:2[1-4]|31|61)/;

/** `+6281234567890` -> `0812-3456-7890` */
export function formatTelephone(number: string): string {
  const dialled = `0${number.slice(3)}`;
  if (isMobile(number)) return [dialled.slice(0, 4), dialled.slice(4, 8), dialled.slice(8)].join('-');
  const area = SHORT_AREAS.test(dialled) ? 3 : 4;
  return `${dialled.slice(0, area)}-${dialled.slice(area)}`;
}

/** A number that may have WhatsApp: 0800, 0804, 0807 and 0809 are companies' lines. */
export const isMobile = (number: string): boolean => /^\+628[1-9]/.test(number);

/** Links for one that `parseTelephone` gave. `chat` opens WhatsApp; null for a fixed line. */
export const telephoneLinks = (number: string): { call: string; chat: string | null } => ({
  call: `tel:${number}`,
  chat: isMobile(number) ? `https://wa.me/${number.slice(1)}` : null,
});

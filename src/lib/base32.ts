/** Crockford base32: 0–9 and A–Z without I, L, O, U (https://www.crockford.com/base32.html). */

export const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Five bits a symbol, first bit first; a last incomplete group is filled with zero bits. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += SYMBOLS[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? out : out + SYMBOLS[(held << (5 - bits)) & 31];
}

/** `7K3F9QXM2DA7` -> `7K3F-9QXM-2DA7`: in fours, as people read and type it. */
export const inFours = (symbols: string): string => symbols.replace(/.{4}(?=.)/g, '$&-');

/**
 * What a person typed, as symbols: any letter case; spaces and hyphens dropped; I and L read as 1, O as 0.
 * Null if any other character is in it.
 */
export function normalizeSymbols(typed: string): string | null {
  const symbols = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015\u2212-]/g, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0');
  return /^[0-9A-HJKMNP-TV-Z]*$/.test(symbols) ? symbols : null;
}

/**
 * Text whose bytes were read by the wrong table. Excel on a Mac may save as Mac OS Roman, which nothing in a file says; and UTF-8 that
 * was read as Windows-1252 and saved again has two letters where one was. Shown by test/lib/misread.test.ts.
 *
 *     MA D5 RUF      Mac OS Roman: MA’RUF      Windows-1252: MAÕRUF
 *     MaÂ´ruf        Ma´ruf
 */

/** Mac OS Roman from 0x80 on. Not every runtime's TextDecoder knows it. */
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';
/** Windows-1252 from 0x80 to 0x9f, as the Encoding Standard has it. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export const fromMacRoman = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  // In pieces: a call has not room for all of them as arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    const codes = Array.from(bytes.subarray(at, at + 8192), (byte) =>
      byte < 0x80 ? byte : MAC_ROMAN.charCodeAt(byte - 0x80),
    );
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join('');
};

/** Curly quotes, dashes, é è á à ç ´ • and the space that doesn't break: what a list has, where a Mac writes it. */
const OF_MAC = new Set([0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0x8e, 0x8f, 0x87, 0x88, 0x8d, 0xab, 0xa5, 0xca]);
/** The same where Windows writes it, and its other small letters. */
const isOfWindows = (byte: number): boolean =>
  (byte >= 0x91 && byte <= 0x97) || byte === 0x85 || byte === 0xa0 || byte === 0xb4 || byte >= 0xe0;

/** Whether bytes that aren't UTF-8 look like a Mac's more than like Windows': a guess, to be shown to a person. */
export function looksMacRoman(bytes: Uint8Array): boolean {
  let [mac, windows] = [0, 0];
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    if (OF_MAC.has(byte)) mac++;
    else if (isOfWindows(byte)) windows++;
  }
  return mac > windows;
}

/** A letter of Windows-1252 whose byte would go on within a letter of UTF-8. */
const WITHIN = `[\u0080-\u00bf${WINDOWS_1252}]`;
const TWICE = new RegExp(
  `[\u00c2-\u00df]${WITHIN}|[\u00e0-\u00ef]${WITHIN}{2}|[\u00f0-\u00f4]${WITHIN}{3}`,
  'g',
);

export const looksTwiceEncoded = (text: string): boolean => text.search(TWICE) >= 0;

/** Letters of UTF-8 that were read as Windows-1252, put right; the same text if there are none. */
export const mendTwiceEncoded = (text: string): string =>
  text.replace(TWICE, (run) => {
    const bytes = Uint8Array.from(run, (letter) => {
      const at = WINDOWS_1252.indexOf(letter);
      return at >= 0 ? 0x80 + at : letter.charCodeAt(0);
    });
    try {
      const right = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return /\p{C}/u.test(right) ? run : right;
    } catch {
      return run;
    }
  });

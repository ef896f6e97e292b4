/**
 * What people call a kabupaten, a kota or a province for short: Kobar, Lamsel, HSS, NTB. There is no official table of these, but a habit:
 * beginnings of the words, in their order. What follows another habit stands in a list. Shown by test/wilayah/short-name.test.ts.
 */

/** Short names that no beginnings make, by code; some are from an older name. */
const KNOWN: Readonly<Record<string, string>> = {
  madina: '12.13',
  sergai: '12.18',
  palas: '12.21',
  tobasa: '12.12',
  siantar: '12.72',
  solo: '33.72',
  jogja: '34.71',
  yogya: '34.71',
  jogjakarta: '34.71',
  batola: '63.04',
  sitaro: '71.09',
  matra: '76.01',
  dki: '31',
};

/** Parts of these words that stand for them though they don't begin them. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  utara: ['ra', 'ur', 'ura', 'tra', 'tara'],
  tenggara: ['ra', 'gara', 'tra'],
  daya: ['dya'],
};

/** Left out of short names, where others say K. for Kabupaten: KBB, KSB. */
const LED_BY = /^(?:kabupaten|kota|administrasi|kepulauan) /;

const SHORT = /^[a-z0-9]{2,16}$/;

/** Of one that no beginnings make; null for all others. */
export const codeOfShortName = (short: string): string | null => KNOWN[short] ?? null;

/** `short`, `kode` and `name`: as they are searched for. */
export function isShortName(short: string, { kode, name }: { kode: string; name: string }): boolean {
  if (!SHORT.test(short)) return false;
  if (KNOWN[short] === kode) return true;
  for (let left = name; ; left = left.replace(LED_BY, '')) {
    const words = left.split(' ');
    if (begins(short, words)) return true;
    if (!LED_BY.test(left))
      return short.startsWith('k') && initials(words) === short.slice(1) && words.length > 1;
  }
}

const initials = (words: readonly string[]): string => words.map((word) => word[0]).join('');

/** Two letters or more of the first word and of others, or a beginning of each word. */
function begins(short: string, words: readonly string[]): boolean {
  const from = (rest: string, at: number, used: number, all: boolean): boolean => {
    if (rest === '') return used > 1 && (!all || at === words.length);
    const word = words[at];
    if (word === undefined) return false;
    const lengths = Array.from({ length: Math.min(word.length, rest.length) }, (_, n) => n + 1);
    const prefixes = lengths.map((n) => word.slice(0, n)).concat(PARTS[word] ?? []);
    const taken = prefixes.some(
      (part) =>
        (all || part.length > 1) &&
        rest.startsWith(part) &&
        from(rest.slice(part.length), at + 1, used + 1, all),
    );
    return taken || (!all && at > 0 && from(rest, at + 1, used, all));
  };
  return from(short, 0, 0, false) || (words.length > 1 && from(short, 0, 0, true));
}

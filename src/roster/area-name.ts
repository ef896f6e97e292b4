/** Whether words name an area of the table: with short forms, words before it, and the areas around it. Shown by test/roster/check-roster.test.ts. */
import { oneSpelling } from '../lib/spellings.ts';
import { type Area, readKode, shortName } from '../wilayah/area.ts';

/** What stands before an area's name. */
const AREA_WORD =
  /^\s*(?:desa adat|desa|ds\.?|kelurahan|kel\.?|kecamatan|kec\.?|distrik|kabupaten|kab\.?|provinsi|prov\.?)\s+/iu;

/** Names of areas alike but for letter case, spaces, apostrophes and the word before them. */
export const bareName = (name: string | undefined): string =>
  name
    ? name
        .toLowerCase()
        .replace(AREA_WORD, '')
        .replace(/[^\p{L}\p{N}]/gu, '')
    : '';

const words = (name: string): string[] =>
  oneSpelling(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  );

/** As `bareName`, and alike for spellings that are one: Sei is Sungai. */
export const spelledName = (name: string): string =>
  bareName(words(name.toLowerCase().replace(AREA_WORD, '')).join(' '));

/** `s.` of `sungai`, `tl.` of `teluk`: some of its letters, from the first on. */
function shortens(typed: string, word: string): boolean {
  if (typed[0] !== word[0] || typed.length >= word.length) return false;
  let at = 0;
  for (const letter of word) if (letter === typed[at]) at++;
  return at === typed.length;
}

/** Whether a cell says this area's name: in its letters, with a usual short form, or with words shortened beside a whole one. */
export function saysArea(typed: string, area: Area): boolean {
  if (bareName(typed) === bareName(area.nama)) return true;
  const named = words(area.nama);
  const said = words(
    typed.replace(/^\s*(?:desa adat|desa|ds\.?|kelurahan|kel\.?|kecamatan|kec\.?|distrik)\s+/iu, ''),
  );
  if (bareName(said.join(' ')) === bareName(named.join(' '))) return true;
  return (
    said.length === named.length &&
    said.some((word, at) => word === named[at]) &&
    said.every((word, at) => word === named[at] || shortens(word, named[at]!))
  );
}

/** Whether a cell names another area; Sei Kapitan is Sungai Kapitan. Its own code, and the areas around it, may stand beside it. */
export function namesAnother(typed: string, area: Area, around: () => readonly Area[]): boolean {
  if (bareName(typed) === '' || saysArea(typed, area)) return false;
  const code = /\d{2}(?:[.\s]?\d{2}){1,2}(?:[.\s]?\d{4})?/.exec(typed)?.[0] ?? '';
  if (code !== '' && readKode(code) !== area.kode && !area.kode.endsWith(`.${code}`)) return true;
  const rest = typed.replace(code, ' ');
  if (bareName(rest) === '' || saysArea(rest, area)) return false;
  const parts = rest
    .split(/[(),/;]|\s[\p{Pd}]\s|\s(?=(?:kec|kab)(?:amatan|upaten|\.|\s))/iu)
    .filter((part) => bareName(part) !== '');
  const isOwn = parts.map((part) => saysArea(part, area));
  return (
    !isOwn.includes(true) ||
    !parts.every((part, at) => isOwn[at] || around().some((one) => saysArea(part, one)))
  );
}

/** Whether a name is that of the area, or of one around it: with a word like Desa surely, else somebody may be called so. */
export function namedPlace(
  nama: string,
  area: Area,
  areas: ReadonlyMap<string, Area>,
): { surely: boolean; name: string } | null {
  const kind = KIND_BEFORE.test(nama);
  const first = nama[0]?.toLowerCase();
  for (const length of [13, 8, 5]) {
    const one = areas.get(area.kode.slice(0, length));
    const name = one ? shortName(one) : '';
    // The first letter decides for nearly all.
    if (name === '' || (!kind && first !== name[0]!.toLowerCase())) continue;
    if (bareName(nama) === bareName(name)) return { surely: kind, name };
  }
  return kind ? { surely: false, name: '' } : null;
}

const KIND_BEFORE = /^(?:desa|kelurahan|kel\.?|kecamatan|kec\.?|distrik|kabupaten|kab\.?) /i;

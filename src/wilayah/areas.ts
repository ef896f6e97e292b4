/** Areas in the database. Shown by test/wilayah/areas.test.ts. */
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { KINDS, withoutOffice } from '../lib/readings.ts';
import { respelled } from '../lib/spellings.ts';
import { fold, oneLine, spelledOut, wordsIn } from '../lib/text.ts';
import { wilayah } from '../schema.ts';
import { type Area, type AreaKind, describePath, KODE_WILAYAH, parentOf, pathIn } from './area.ts';
import { codeOfShortName, isShortName } from './short-name.ts';

const columns = { kode: wilayah.kode, nama: wilayah.nama, jenis: wilayah.jenis, induk: wilayah.induk };
const toArea = (row: { kode: string; nama: string; jenis: string; induk: string | null }): Area => ({
  ...row,
  jenis: row.jenis as AreaKind,
});

/** Also finds a code that is no longer in force: old pledges name it. */
export async function byCode(db: Db, kode: string): Promise<Area | null> {
  const [row] = await db.select(columns).from(wilayah).where(eq(wilayah.kode, kode));
  return row ? toArea(row) : null;
}

/** The areas of these codes and all areas around them, by code. Unknown codes are missing from the map. */
export async function byCodes(db: Db, codes: Iterable<string>): Promise<Map<string, Area>> {
  const wanted = new Set<string>();
  for (const kode of codes) {
    for (let at: string | null = kode; at !== null && !wanted.has(at); at = parentOf(at)) wanted.add(at);
  }
  if (wanted.size === 0) return new Map();
  const list = sql`(select jsonb_array_elements_text(${JSON.stringify([...wanted])}::jsonb))`;
  const rows = await db.select(columns).from(wilayah).where(sql`${wilayah.kode} in ${list}`);
  return new Map(rows.map((row) => [row.kode, toArea(row)]));
}

/** Those directly below: the provinces for null. In force only, by code. */
export async function children(db: Db, kode: string | null): Promise<Area[]> {
  const below = kode === null ? isNull(wilayah.induk) : eq(wilayah.induk, kode);
  const rows = await db
    .select(columns)
    .from(wilayah)
    .where(and(below, isNull(wilayah.berlakuSampai)))
    .orderBy(sql`${wilayah.kode} collate "C"`);
  return rows.map(toArea);
}

/** Every area of these kinds inside `kode`, itself included. In force only, by code. */
export async function within(db: Db, kode: string, kinds: readonly AreaKind[]): Promise<Area[]> {
  const rows = await db
    .select(columns)
    .from(wilayah)
    .where(and(inside(kode), inArray(wilayah.jenis, [...kinds]), isNull(wilayah.berlakuSampai)))
    .orderBy(sql`${wilayah.kode} collate "C"`);
  return rows.map(toArea);
}

/** The area itself, then the areas around it, outwards. Empty if the code is unknown. */
export async function pathOf(db: Db, kode: string): Promise<Area[]> {
  return pathIn(await byCodes(db, [kode]), kode);
}

export interface FoundArea extends Area {
  /** As `describePath` prints it: always with the kecamatan. */
  alamat: string;
}

interface Search {
  /** Only inside this area. */
  within?: string;
  /** At most; 20 unless told. */
  limit?: number;
}

/** A word shorter than this has no trigram, so that the index can't find it. */
const SHORTEST = 3;

/** As the index has it. Of the names in the table it is what `fold` makes of them. */
const NAME = sql`translate(lower(${wilayah.nama}), '.,-/()"''’‘', '       ')`;

/** Words of an area's name, its kind if that was typed, and names of areas around it. */
interface Asked {
  words: string[];
  kinds: readonly AreaKind[] | null;
  around: string[][];
  /** Besides, one of these stands in the name, letter by letter; what the whole name is then. */
  oneOf?: readonly string[];
  names?: readonly string[];
}

/** An area's code in what was typed: alone, or beside its name; null if there is none. */
export function codeIn(typed: string): string | null {
  const code = /(?<![\d.])\d{2}(?:\.\d{2}){0,2}(?:\.\d{4})?(?![\d.])/.exec(typed)?.[0];
  // Typed without its stops: 6201012001.
  const digits = /^\s*(\d{2})(\d{2})(\d{2})?(\d{4})?\s*$/.exec(typed);
  if (digits && digits[0].trim().length !== 8) return digits.slice(1).filter(Boolean).join('.');
  if (code === undefined || !KODE_WILAYAH.test(code)) return null;
  return code.includes('.') || typed.trim() === code ? code : null;
}

/** What stands before a name that says its kind nowhere else. */
export const headingOf = (area: Area): string =>
  area.jenis === 'kecamatan' ? `Kecamatan ${area.nama}` : area.nama;

const KIND_OF: Readonly<Record<string, readonly AreaKind[]>> = { desa: ['desa', 'desa adat'] };

/** `Desa Sungai Cabang` is one with these words in its name, or one of that kind with the rest of them. */
function askedBy(typed: string): Asked[] {
  const [first = '', ...rest] = typed.split(',');
  const words = spelledOut(wordsIn(first)).slice(0, 8);
  const around = rest
    .map((part) => withoutKind(wordsIn(part)).words)
    .filter((part) => part.length > 0)
    .slice(0, 3);
  const { kind, words: others } = withoutKind(words);
  const all = [{ words, kinds: null, around }];
  if (kind !== null) return [...all, { words: others, kinds: KIND_OF[kind] ?? [kind as AreaKind], around }];
  // `Kades Sungai Cabang`: where that one holds office. In DIY a lurah heads a desa.
  const office = withoutOffice(words);
  if (office.kind === null) return all;
  const kinds: readonly AreaKind[] =
    office.kind === 'kelurahan' ? ['kelurahan', 'desa'] : (KIND_OF[office.kind] ?? [office.kind as AreaKind]);
  return [...all, { words: withoutKind(office.words).words, kinds, around }];
}

/** The same with the area around written without a comma (`sungai cabang kumai`), and with other spellings (`Sei Cabang`). */
function askedOtherwise(asked: readonly Asked[]): Asked[] {
  const one = asked.at(-1)!;
  const spelled = [one, ...respelled(one.words, { most: 3 }).map(({ words }) => ({ ...one, words }))];
  const parted = spelled.flatMap((each) =>
    [1, 2, 3]
      // Of a kind alone is half the country.
      .filter((n) => each.words.length > n && !(n === 1 && isKind(each.words.at(-1)!)))
      .map((n) => ({
        ...each,
        words: each.words.slice(0, -n),
        around: [withoutKind(each.words.slice(-n)).words, ...each.around],
      })),
  );
  return [...spelled.slice(1), ...parted].filter(({ words }) =>
    words.some((word) => word.length >= SHORTEST),
  );
}

/** `Pangkalanlada` for Pangkalan Lada, `Pangkalan Bun` for Pangkalanbun: a word may be two, and two may be one. */
function spacedOtherwise(one: Asked): Asked[] {
  const { words } = one;
  return words.flatMap((word, at) => {
    const others = words.filter((_, other) => other !== at);
    const places = word.length < 2 * SHORTEST || word.length > 24 ? [] : word.slice(SHORTEST, 1 - SHORTEST);
    const two = Array.from(places, (_, n) => `${word.slice(0, n + SHORTEST)} ${word.slice(n + SHORTEST)}`);
    const names = two.map((both) => words.with(at, both).join(' '));
    const joined =
      at === 0 ? [] : [[...words.slice(0, at - 1), words[at - 1]! + word, ...words.slice(at + 1)]];
    return [
      ...joined.map((fewer) => ({ ...one, words: fewer })),
      ...(two.length > 0 ? [{ ...one, words: others, oneOf: two, names }] : []),
    ];
  });
}

function withoutKind(words: string[]): { kind: string | null; words: string[] } {
  const kind = Object.keys(KINDS).find((name) => KINDS[name]!.includes(words[0] ?? '')) ?? null;
  return kind === null || words.length === 1 ? { kind: null, words } : { kind, words: words.slice(1) };
}

/** A word holds letters and digits alone, so nothing in it is a wildcard. */
const hasAll = (name: SQL, words: readonly string[]): SQL =>
  sql.join(
    words.map((word) => sql`${name} like ${`%${word}%`}`),
    sql` and `,
  );

/**
 * Areas in force whose name has every word typed somewhere in it; for a code that one and those directly below. Whole
 * names first, then beginnings, then the wider area; a kabupaten also by its short name. By the index of trigrams: a page
 * that is open to all may ask at each letter typed, and gets nothing before there is a word of three letters.
 */
export async function search(
  db: Db,
  typed: string,
  { within, limit = 20 }: Search = {},
): Promise<FoundArea[]> {
  const text = oneLine(typed.slice(0, 200));
  const kode = text.trim();
  const inside = insideOf(within);
  if (KODE_WILAYAH.test(kode)) {
    return found(
      db,
      sql`(${wilayah.kode} = ${kode} or ${wilayah.induk} = ${kode}) and ${inside}`,
      [kode],
      limit,
    );
  }
  const asked = askedBy(text).filter(({ words }) => words.some((word) => word.length >= SHORTEST));
  if (asked.length === 0) return [];
  const byName = await foundBy(db, asked, inside, limit);
  const names = asked.map(({ words }) => words.join(' '));
  const short = asked.at(-1)!.words;
  // A village of that name doesn't stand for the kabupaten.
  const isNamed = byName.some(({ kode, nama }) => kode.length <= 5 && isCalled(fold(nama), names));
  if (isNamed) return byName;
  if (short.length > 1 || asked[0]!.around.length > 0) {
    const others = byName.length > 0 ? [] : askedOtherwise(asked);
    return others.length > 0 ? foundBy(db, others, inside, limit) : byName;
  }
  const called = await shortlyNamed(db, short[0]!, inside);
  return [...called, ...byName.filter((one) => !called.some((other) => other.kode === one.kode))].slice(
    0,
    limit,
  );
}

/**
 * Of areas where no name fits: those that are written with other spaces, or with the areas around them one after the other. Where
 * nobody's name fits either: most of what is looked for is no area.
 */
export async function searchOtherwise(
  db: Db,
  typed: string,
  { within, limit = 8 }: Search = {},
): Promise<FoundArea[]> {
  const inside = insideOf(within);
  const asked = askedBy(oneLine(typed.slice(0, 200)));
  const spaced = spacedOtherwise(asked.at(-1)!);
  const found = spaced.length > 0 ? await foundBy(db, spaced, inside, limit) : [];
  return found.length > 0 || asked[0]!.around.length > 0 ? found : foundAround(db, asked, inside, limit);
}

/** By its whole own name: Kaur is Kabupaten Kaur. */
const isCalled = (name: string, names: readonly string[]): boolean =>
  names.includes(name) || names.includes(name.replace(/^(?:kabupaten|kota) (?:administrasi )?/, ''));

/** `Kumai Hulu Kumai Kobar`: those around it one after the other, also by their short names, with words for their kinds or without. */
async function foundAround(
  db: Db,
  asked: readonly Asked[],
  inside: SQL,
  limit: number,
): Promise<FoundArea[]> {
  const { words, kinds } = asked.at(-1)!;
  const after = words.slice(1).filter((word) => !isKind(word));
  if (after.length === 0 || after.length > 5) return [];
  const short = new Map<string, string[]>();
  for (const word of after.slice(-2)) {
    short.set(
      word,
      (await shortlyNamed(db, word, sql`true`)).map(({ kode }) => kode),
    );
  }
  const ways = [1, 2, 3]
    .filter((n) => words.length > n && words.slice(0, n).some((word) => word.length >= SHORTEST))
    .map((n) => ({
      words: words.slice(0, n),
      kinds,
      around: words
        .slice(n)
        .filter((word) => !isKind(word))
        .map((word) => [word]),
    }))
    .filter(({ around }) => around.length > 0);
  return ways.length === 0 ? [] : foundBy(db, ways, inside, limit, short);
}

const isKind = (word: string): boolean => Object.values(KINDS).some((all) => all.includes(word));

/** Areas as any of these ask for them. `short`: of words that may be a short name, the areas that are called so. */
function foundBy(
  db: Db,
  asked: readonly Asked[],
  inside: SQL,
  limit: number,
  short: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<FoundArea[]> {
  const where = asked.map(({ words, kinds, around, oneOf }) => {
    const parts = words.map((word) => hasAll(NAME, [word]));
    if (oneOf)
      parts.push(sql`${NAME} like any(string_to_array(${oneOf.map((text) => `%${text}%`).join('|')}, '|'))`);
    if (kinds)
      parts.push(
        sql`${wilayah.jenis} in (${sql.join(
          kinds.map((kind) => sql`${kind}`),
          sql`, `,
        )})`,
      );
    for (const part of around) {
      const called = part.length === 1 ? (short.get(part[0]!) ?? []) : [];
      parts.push(sql`exists (select from wilayah o where o.kode <> ${wilayah.kode}
        and o.kode in (left(${wilayah.kode}, 2), left(${wilayah.kode}, 5), left(${wilayah.kode}, 8))
        and (o.kode = any(string_to_array(${called.join(' ')}, ' '))
          or ${hasAll(sql`translate(lower(o.nama), '.,-/()"''’‘', '       ')`, part)}))`);
    }
    return sql`(${sql.join(parts, sql` and `)})`;
  });
  const names = asked.flatMap((one) => one.names ?? [one.words.join(' ')]);
  return found(db, sql`(${sql.join(where, sql` or `)}) and ${inside}`, names, limit);
}

/** Codes of kabupaten, kota and kecamatan that are called just so. */
export async function called(
  db: Db,
  words: readonly string[],
  within: string | undefined,
): Promise<string[]> {
  const { kind, words: name } = withoutKind([...words]);
  if (!name.some((word) => word.length >= SHORTEST)) return [];
  const rows = await db
    .select({ kode: wilayah.kode })
    .from(wilayah)
    .where(
      and(
        hasAll(NAME, name),
        sql`length(${wilayah.kode}) between 5 and 8`,
        isNull(wilayah.berlakuSampai),
        insideOf(within),
        sql`regexp_replace(search_fold(${wilayah.nama}), '^(kabupaten|kota) (administrasi )?', '') = ${name.join(' ')}`,
        kind === null ? undefined : eq(wilayah.jenis, kind),
      ),
    )
    .orderBy(sql`length(${wilayah.kode}), ${wilayah.kode} collate "C"`)
    .limit(5);
  return rows.map(({ kode }) => kode);
}

/** Of areas where no name fits: those that have the words typed but for one letter of one, which has five or more if it stands alone. */
export async function searchNear(
  db: Db,
  typed: string,
  { within, limit = 5 }: Search = {},
): Promise<FoundArea[]> {
  const words = askedBy(oneLine(typed.slice(0, 200)))
    .at(-1)!
    .words.filter((word) => word.length >= SHORTEST);
  const where = words.slice(0, 4).flatMap((word, place) => {
    const others = words.filter((_, at) => at !== place);
    // The other words find it: of a short one every second name has two letters.
    if (word.length < 5 && others.some((other) => other.length > SHORTEST)) {
      return [
        sql`(${hasAll(NAME, others)} and exists (
          select from unnest(string_to_array(search_fold(${wilayah.nama}), ' ')) as n (word) where search_one_apart(n.word, ${word})))`,
      ];
    }
    if (word.length < 5 || word.length > 20) return [];
    const wrong = sql`(${NAME} like any(string_to_array(${nearly(word).join('|')}, '|')) and exists (
      select from unnest(string_to_array(search_fold(${wilayah.nama}), ' ')) as n (word) where search_one_apart(n.word, ${word})))`;
    return [others.length > 0 ? sql`(${wrong} and ${hasAll(NAME, others)})` : wrong];
  });
  if (where.length === 0) return [];
  return found(db, sql`(${sql.join(where, sql` or `)}) and ${insideOf(within)}`, [words.join(' ')], limit);
}

/**
 * Patterns of which the word fits one if any single letter of it is wrong, missing or too much, or two have changed places. They
 * begin a word, so that the index has letters to go by.
 */
const nearly = (word: string): string[] =>
  Array.from({ length: word.length }, (_, at) => {
    const [before, one, other = '', after] = [word.slice(0, at), word[at]!, word[at + 1], word.slice(at + 2)];
    const swapped = `${before}${other}${one}${after}%`;
    return at === 0
      ? [`%${other}${after}%`, swapped, `% ${swapped}`]
      : [`${before}%${other}${after}%`, `% ${before}%${other}${after}%`, swapped, `% ${swapped}`];
  }).flat();

const insideOf = (kode: string | undefined): SQL => (kode === undefined ? sql`true` : inside(kode));

/** In force, the best first: whole names, then beginnings. */
async function found(db: Db, where: SQL, names: readonly string[], limit: number): Promise<FoundArea[]> {
  const bare = sql`regexp_replace(${NAME}, '^(kabupaten|kota|desa adat) (administrasi )?', '')`;
  const any = (test: (name: string) => SQL): SQL => sql.join(names.map(test), sql` or `);
  const rows = await db
    .select(columns)
    .from(wilayah)
    .where(and(where, isNull(wilayah.berlakuSampai)))
    .orderBy(
      sql`case when ${any((name) => sql`${name} in (${bare}, ${NAME})`)} then 0
        when ${any((name) => sql`starts_with(${bare}, ${name})`)} then 1
        when ${any((name) => sql`position(${` ${name}`} in ${bare}) > 0`)} then 2 else 3 end,
        length(${wilayah.kode}), lower(${wilayah.nama}) collate "C", ${wilayah.kode} collate "C"`,
    )
    .limit(limit);
  const around = await byCodes(
    db,
    rows.map((row) => row.kode),
  );
  return rows.map((row) => ({ ...toArea(row), alamat: describePath(pathIn(around, row.kode)) }));
}

/** Provinces, kabupaten and kota that are called so for short: of 552 those that begin alike are looked through. */
async function shortlyNamed(db: Db, short: string, inside: SQL): Promise<FoundArea[]> {
  const known = codeOfShortName(short);
  const first = short[0] === 'k' ? short.slice(0, 2) : short[0]!;
  const all = await db
    .select({ kode: wilayah.kode, nama: wilayah.nama })
    .from(wilayah)
    .where(
      and(
        inside,
        isNull(wilayah.berlakuSampai),
        sql`(${wilayah.induk} is null or ${wilayah.induk} = any(array(select p.kode from wilayah p where p.induk is null)))`,
        sql`(${wilayah.kode} = ${known}
          or lower(${wilayah.nama}) ~ ${`^(kabupaten |kota )?(administrasi )?(kepulauan )?[${first}]`})`,
      ),
    );
  const codes = all
    .filter(({ kode, nama }) => isShortName(short, { kode, name: fold(nama) }))
    .map(({ kode }) => kode)
    .slice(0, 10);
  return codes.length === 0
    ? []
    : found(db, sql`${wilayah.kode} = any(string_to_array(${codes.join(' ')}, ' '))`, [short], codes.length);
}

const inside = (kode: string): SQL => sql`starts_with(${wilayah.kode}, ${kode})`;

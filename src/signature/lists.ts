/**
 * Who has signed, as anyone may look it up. Only pledges that have their place in the ledger are listed or counted, and
 * nobody else is named. A withdrawn pledge is listed as such and not counted; an erased one is counted and not listed.
 * Shown by test/pages/list.test.ts and test/signature/search.test.ts; its cost at a million signatures by bench/list.ts.
 */
import { and, asc, desc, eq, exists, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { fullestOf, isAlike, readingsOf, saysNothing } from '../lib/readings.ts';
import { type Respelled, respelled, spellingsOf } from '../lib/spellings.ts';
import { wordsIn } from '../lib/text.ts';
import type { Zona } from '../lib/zone.ts';
import {
  areaTally,
  kegiatan,
  kegiatanTahap,
  listing,
  organizer,
  searchWord,
  tally,
  tree,
  wilayah,
  withdrawal,
  withdrawnBecause,
} from '../schema.ts';
import * as areasOf from '../wilayah/areas.ts';

/** Which part of the list: of an event, of an area with all inside it, both, or the whole. */
export interface Scope {
  kegiatan?: string;
  wilayah?: string;
}

export interface Count {
  /** How many are on the lists of events that were opened. */
  wajib: number;
  /** How many of them stand in the ledger. */
  sudah: number;
}

export interface ListedPledge {
  kode: string;
  namaLengkap: string;
  jabatan: string;
  wilayah: string;
  wilayahNama: string;
  kegiatanId: string;
  judul: string;
  zona: Zona;
  at: Date;
  /** Other offices for which the same person has signed at the event. */
  juga: { kode: string; jabatan: string; wilayahNama: string }[];
  /** Since when and why it no longer stands; null if it does. */
  dicabut: { at: Date; alasan: string } | null;
}

const entry = {
  kode: listing.kode,
  namaLengkap: listing.namaLengkap,
  jabatan: listing.jabatan,
  wilayah: listing.wilayah,
  wilayahNama: listing.wilayahNama,
  kegiatanId: listing.kegiatanId,
  judul: kegiatan.judul,
  zona: kegiatan.zona,
  at: listing.at,
  // By the NIP on the list, which no page shows: two people may have one name.
  juga: sql<ListedPledge['juga']>`(
    select coalesce(json_agg(json_build_object('kode', l.kode, 'jabatan', l.jabatan, 'wilayahNama', l.wilayah_nama)
      order by l.wilayah collate "C"), '[]')
    from signature g
    join person p on p.id = g.person_id and p.nip <> ''
    join person o on o.kegiatan_id = p.kegiatan_id and o.nip = p.nip and o.nip <> '' and o.id <> p.id
    join signature s on s.hash = standing_pledge(o.id)
    join listing l on l.hash = s.hash
    where g.hash = ${listing.hash})`,
  dicabutAt: withdrawal.at,
  alasan: withdrawnBecause,
};

const inOrder = (column: AnyPgColumn | SQL): SQL => sql`${column} collate "C"`;

/** Codes that begin with `kode`, as a range: `/` is the character after `.` */
const inside = (column: AnyPgColumn, kode: string): SQL =>
  sql`${inOrder(column)} >= ${kode} and ${inOrder(column)} < ${`${kode}/`}`;

const scoped = ({ kegiatan: event, wilayah: area }: Scope): (SQL | undefined)[] => [
  event === undefined ? undefined : eq(listing.kegiatanId, event),
  area === undefined ? undefined : inside(listing.wilayah, area),
];

const listed = (db: Db) =>
  db
    .select(entry)
    .from(listing)
    .innerJoin(kegiatan, eq(kegiatan.id, listing.kegiatanId))
    .leftJoin(withdrawal, eq(withdrawal.hash, listing.hash));

const toEntry = ({
  dicabutAt,
  alasan,
  ...row
}: Awaited<ReturnType<typeof listed>>[number]): ListedPledge => ({
  ...row,
  zona: row.zona as Zona,
  dicabut: dicabutAt && { at: dicabutAt, alasan: alasan ?? '' },
});

/**
 * A page of the list, by area, then name without titles, then code. `after` is the code of the last one of the page
 * before. `next` is what to ask for after this page, or null.
 */
export async function signatories(
  db: Db,
  scope: Scope,
  { after = null, count = 25 }: { after?: string | null; count?: number } = {},
): Promise<{ entries: ListedPledge[]; next: string | null }> {
  const key = [inOrder(listing.wilayah), sql`lower(${inOrder(listing.nama)})`, inOrder(listing.kode)];
  const before = (value: SQL): SQL => sql`(select ${value} from signature g where g.kode = ${after})`;
  const beyond =
    after === null
      ? undefined
      : sql`(${sql.join(key, sql`, `)}) > (${before(sql`g.wilayah`)} collate "C",
          ${before(sql`lower(g.nama collate "C")`)}, ${before(sql`g.kode`)} collate "C")`;
  const rows = await listed(db)
    .where(and(...scoped(scope), beyond))
    .orderBy(...key)
    .limit(count + 1);
  const entries = rows.slice(0, count).map(toEntry);
  return { entries, next: rows.length > count ? entries.at(-1)!.kode : null };
}

/** What makes the names of a part of the list others than it counts. */
export interface Apart {
  /** Counted, and not listed: their data were erased. */
  erased: number;
  /** Listed, and not counted. */
  withdrawn: number;
}

/** Subqueries: both are few, so they are gone through from their own tables, and in one snapshot. */
export async function apart(db: Db, { kegiatan: event, wilayah: area }: Scope): Promise<Apart> {
  const here = sql`${event === undefined ? sql`true` : sql`g.kegiatan_id = ${event}`}
    and ${area === undefined ? sql`true` : sql`starts_with(g.wilayah || '.', ${`${area}.`})`}`;
  const [row] = await db.execute<{ erased: number; withdrawn: number }>(sql`
    select (
        select count(*)::int from erasure e join signature g on g.hash = e.hash
        join leaf f on f.id = g.leaf_id and f.log_index is not null
        where ${here} and not exists (select from withdrawal w where w.hash = e.hash)) as erased,
      (select count(*)::int from withdrawal w join listing g on g.hash = w.hash where ${here}) as withdrawn`);
  return row!;
}

/** Functions that say what the search's index holds: when one of these changes, it is made anew. */
export const SEARCHES_BY: readonly string[] = [
  'search_fold',
  'search_terms',
  'search_deletes',
  'listing_follow',
];

/** Makes the search's index of all that is listed, within a transaction. */
export async function indexAnew(tx: Db): Promise<void> {
  await tx.execute(sql`truncate listing_term, search_word`);
  await tx.execute(sql`
    update listing set words = search_fold(nama || ' ' || split_part(wilayah_nama, ',', 1))
    where words <> search_fold(nama || ' ' || split_part(wilayah_nama, ',', 1))`);
  await tx.execute(sql`
    insert into listing_term (term, wilayah, kode)
    select t.term, l.wilayah, l.kode from listing l cross join lateral search_terms(l.nama, l.wilayah_nama) as t (term)`);
  await tx.execute(sql`
    insert into search_word (word, deletes)
    select w.word, search_deletes(w.word)
    from (select distinct unnest(string_to_array(words, ' ')) as word from listing) w
    where length(w.word) between 2 and 40`);
}

export interface Found {
  entries: ListedPledge[];
  /** There are others; let the person write more. */
  more: boolean;
  /** Nobody fits what was typed: these fit if one letter is changed, read so. */
  meant: string[] | null;
  /** Nobody has all words either: these have the most of them, and each wants one of these groups of words. */
  without: string[] | null;
}

/**
 * Those whose name and village have all words of one of these readings (lib/readings.ts), by name; the first reading that finds
 * anybody, and with them those who are written otherwise (lib/spellings.ts). If none does, those of an area named last; those that
 * one wrong letter has kept apart; those who have the most of the words, and of them those whose printed line says the others. Who
 * is called just so stands first, and of namesakes whose printed line says more of what was typed. The work is bounded, whatever
 * was typed.
 */
export async function search(
  db: Db,
  scope: Scope,
  readings: readonly string[][],
  count = 25,
): Promise<Found> {
  const area = scope.wilayah ?? '';
  const event = scope.kegiatan ?? null;
  const asked = (words: readonly string[]): SQL =>
    sql`string_to_array(${words.join(' ')}, ' '), ${area}, ${event}, ${count + 1}::int`;
  const named = readings.map((words) => words.join(''));
  const typed = [...new Set(readings.flat())];
  const shown = async (
    codes: readonly string[],
    how: Partial<Pick<Found, 'meant' | 'without'>> & { literal?: ReadonlySet<string> } = {},
  ): Promise<Found> => {
    const { meant = null, without = null, literal } = how;
    const rows = await listed(db).where(
      sql`${listing.kode} = any(string_to_array(${codes.slice(0, count).join(' ')}, ' '))`,
    );
    // By the most literal reading that is their whole name.
    const rank = ({ kode, namaLengkap }: ListedPledge): number => {
      const own = new Set(readingsOf(namaLengkap).map((words) => words.join('')));
      const at = named.findIndex((name) => own.has(name));
      return at >= 0 ? at : named.length + (literal?.has(kode) ? 0 : 1);
    };
    const ranked = rows.map(toEntry).map((entry) => {
      const line = new Set(wordsIn(printed(entry)));
      return { entry, rank: rank(entry), says: typed.filter((word) => line.has(word)).length };
    });
    ranked.sort(
      ({ entry: a, ...one }, { entry: b, ...other }) =>
        one.rank - other.rank ||
        other.says - one.says ||
        a.namaLengkap.localeCompare(b.namaLengkap, 'id') ||
        (a.kode < b.kode ? -1 : 1),
    );
    return { entries: ranked.map(({ entry }) => entry), more: codes.length > count, meant, without };
  };
  /** All of these words, and those of them that may not just begin a longer one; of the area if one is given. */
  const exact = async (
    words: readonly string[],
    whole: readonly string[] = [],
    within = area,
  ): Promise<string[]> => {
    const narrower = within !== area || whole.length > 0;
    const rows = await db.execute<{ kode: string }>(
      narrower
        ? sql`select l.kode from listing_exact(string_to_array(${words.join(' ')}, ' '), ${within}, ${event}, ${count + 1}::int) as f (kode)
            join listing l on l.kode = f.kode
            where (${within} = '' or starts_with(l.wilayah || '.', ${`${within}.`}))
              and ' ' || l.words || ' ' like all(array(
                select '% ' || w || ' %' from unnest(string_to_array(${whole.join(' ')}, ' ')) w))`
        : sql`select f.kode from listing_exact(${asked(words)}) as f (kode)`,
    );
    return rows.map(({ kode }) => kode);
  };
  const parted = async (of: readonly string[][]): Promise<string[]> => {
    let here: string[] = [];
    for (const { words, around } of await partedByArea(db, of, scope.wilayah)) {
      here = [...new Set([...here, ...(await exact(words, [], around))])];
      if (here.length > count) break;
    }
    return here;
  };
  let codes: string[] = [];
  let read = readings;
  for (const words of readings) {
    codes = await exact(words);
    if (codes.length > 0) {
      read = [words];
      break;
    }
  }
  // More namesakes than a page holds: those of an area that was typed along are on it.
  const fuller = readings.filter((words) => words.length > (read[0]?.length ?? 0));
  if (codes.length > count && fuller.length > 0)
    codes = [...new Set([...(await parted(fuller.toSorted((a, b) => a.length - b.length))), ...codes])];
  const literal = new Set(codes);
  for (const { words, whole } of codes.length > count ? [] : await otherSpellings(db, read)) {
    codes = [...new Set([...codes, ...(await exact(words, whole))])];
    if (codes.length > count) break;
  }
  if (codes.length > 0) return shown(codes, { literal });
  codes = await parted(readings);
  if (codes.length > 0) return shown(codes);
  // Without titles first: a title is no letter's mistake. Those with all that stands around it have more words than a name.
  for (const words of readings.toSorted((a, b) => a.length - b.length).slice(0, 2)) {
    const near = await db.execute<{ kode: string; reading: string }>(
      sql`select distinct on (n.kode) n.kode, n.reading from listing_near(${asked(words)}) n`,
    );
    if (near.length > 0) {
      const meant = [...new Set(near.map(({ reading }) => reading))].slice(0, 3);
      return shown(
        near.map(({ kode }) => kode),
        { meant },
      );
    }
  }
  const all = fullestOf(readings);
  const similar =
    all.length < 2
      ? []
      : await db.execute<{ kode: string; rest: string }>(
          sql`select s.kode, s.rest from listing_similar(${asked(all)}) s`,
        );
  if (similar.length === 0) return { entries: [], more: false, meant: null, without: null };
  const like = await shown(similar.map(({ kode }) => kode));
  const lacks = new Map(similar.map(({ kode, rest }) => [kode, rest.split(' ').filter(Boolean)] as const));
  const lacking = like.entries.map((entry) => ({ entry, rest: unsaid(lacks.get(entry.kode)!, entry) }));
  const complete = lacking.filter(({ rest }) => rest.length === 0);
  // Of those that were left out there are others; of those that are shown there are none.
  const more = (left: readonly unknown[]): boolean => like.more && left.length === like.entries.length;
  if (complete.length > 0)
    return { ...like, entries: complete.map(({ entry }) => entry), more: more(complete) };
  const kept = lacking.filter(({ rest }) => isAlike(all, rest));
  const without = [...new Set(kept.map(({ rest }) => rest.join(' ')))].slice(0, 3);
  const entries = kept.map(({ entry }) => entry);
  return { ...like, entries, more: more(kept), without: kept.length > 0 ? without : null };
}

const printed = ({ namaLengkap, jabatan, wilayahNama }: ListedPledge): string =>
  `${namaLengkap} ${jabatan} ${wilayahNama}`;

/** Of these words those that the line of an entry, as it is printed, doesn't say, and that say something. */
function unsaid(words: readonly string[], entry: ListedPledge): string[] {
  const said = wordsIn(printed(entry));
  return words.filter((word) => !saysNothing(word) && !said.some((other) => other.startsWith(word)));
}

/** Looked for at most: each costs as much as what was typed. */
const MOST_OTHERS = 6;

/** Other spellings that the list knows: nearly none of those that could be. */
async function otherSpellings(db: Db, readings: readonly string[][]): Promise<Respelled[]> {
  const candidates = new Set(readings.flat().flatMap(spellingsOf).concat(readings.flat()));
  const long = [...candidates].flatMap((one) => one.split(' ')).filter((word) => word.length >= 4);
  const rows = await db
    .select({ word: searchWord.word })
    .from(searchWord)
    .where(sql`${searchWord.word} = any(string_to_array(${long.join(' ')}, ' '))`);
  const words = new Set(rows.map(({ word }) => word));
  const known = (word: string): boolean => words.has(word);
  return readings.flatMap((one) => respelled(one, { most: MOST_OTHERS, known })).slice(0, MOST_OTHERS);
}

/** `siti kumai`: a name and a kecamatan or kabupaten after it, without a comma. */
async function partedByArea(
  db: Db,
  readings: readonly string[][],
  within: string | undefined,
): Promise<{ words: string[]; around: string }[]> {
  const found: { words: string[]; around: string }[] = [];
  for (const words of readings.slice(0, 2)) {
    for (const n of [1, 2, 3].filter((many) => words.length > many)) {
      const around = await areasOf.called(db, words.slice(-n), within);
      found.push(...around.map((kode) => ({ words: words.slice(0, -n), around: kode })));
    }
  }
  return found.slice(0, MOST_OTHERS);
}

/** How many have signed in each of these areas whose pledge stands; one where nobody has is left out. */
export async function signersIn(db: Db, codes: readonly string[]): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map();
  // The rows are the codes, which are in no table: each has a sum or is counted.
  const rows = await db.execute<{ kode: string; sudah: number }>(sql`
    select k.kode, case when length(k.kode) <= 8 then coalesce((
        select t.sudah from area_tally t where t.wilayah = k.kode), 0)
      else (
        select count(*) from listing l where l.wilayah collate "C" = k.kode
          and not exists (select from withdrawal w where w.hash = l.hash)) end::int as sudah
    from unnest(string_to_array(${codes.join(' ')}, ' ')) as k (kode)`);
  return new Map(rows.filter(({ sudah }) => sudah > 0).map(({ kode, sudah }) => [kode, sudah]));
}

/** All events that were opened, added up for an area; for the country if it is null. */
export async function countOf(db: Db, area: string | null): Promise<Count> {
  const [row] = await db
    .select({ wajib: areaTally.wajib, sudah: areaTally.sudah })
    .from(areaTally)
    .where(eq(areaTally.wilayah, area ?? ''));
  return row ?? { wajib: 0, sudah: 0 };
}

/** When the counts were read, by the database's clock, and how many entries the ledger had. */
export async function asOf(db: Db): Promise<{ at: Date; size: number }> {
  const [row] = await db.select({ at: sql<string>`now()`, size: tree.size }).from(tree);
  return { at: new Date(row!.at), size: row!.size };
}

export interface AreaCount extends Count {
  kode: string;
  nama: string;
}

/** The areas directly inside that have anyone to sign, by code; the provinces for null. */
export async function areas(db: Db, induk: string | null): Promise<AreaCount[]> {
  // One look-up for each area below, however many there are in the country.
  const counts = db
    .select({ wajib: areaTally.wajib, sudah: areaTally.sudah })
    .from(areaTally)
    .where(and(eq(areaTally.wilayah, wilayah.kode), sql`${areaTally.wajib} + ${areaTally.sudah} > 0`))
    .limit(1)
    .as('counts');
  return db
    .select({ kode: wilayah.kode, nama: wilayah.nama, wajib: counts.wajib, sudah: counts.sudah })
    .from(wilayah)
    .innerJoinLateral(counts, sql`true`)
    .where(induk === null ? isNull(wilayah.induk) : eq(wilayah.induk, induk))
    .orderBy(inOrder(wilayah.kode));
}

export interface Event extends Count {
  id: string;
  judul: string;
  tempat: string;
  tanggal: string;
  zona: Zona;
  batas: Date;
  penyelenggara: string;
  /** Whose area it is held for. */
  wilayah: string;
  tahap: 'dibuka' | 'ditutup';
}

const sums = (column: 'wajib' | 'sudah'): SQL<number> =>
  sql<number>`(select coalesce(sum(t.${sql.raw(column)}), 0) from tally t where t.kegiatan_id = ${kegiatan.id})`.mapWith(
    Number,
  );

const events = (db: Db) =>
  db
    .select({
      id: kegiatan.id,
      judul: kegiatan.judul,
      tempat: kegiatan.tempat,
      tanggal: kegiatan.tanggal,
      zona: kegiatan.zona,
      batas: kegiatan.batas,
      penyelenggara: organizer.nama,
      wilayah: organizer.wilayah,
      tahap: sql<string>`tahap_kegiatan(${kegiatan.id})`,
      wajib: sums('wajib'),
      sudah: sums('sudah'),
    })
    .from(kegiatan)
    .innerJoin(organizer, eq(organizer.id, kegiatan.organizerId));

/** An event that is being made ready is nobody's business yet. */
const opened = (db: Db): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(kegiatanTahap)
      .where(and(eq(kegiatanTahap.kegiatanId, kegiatan.id), eq(kegiatanTahap.tahap, 'dibuka'))),
  );

type EventRow = Awaited<ReturnType<typeof events>>[number];
const toEvent = (row: EventRow): Event => ({
  ...row,
  zona: row.zona as Zona,
  tahap: row.tahap as Event['tahap'],
});

export async function eventById(db: Db, id: string): Promise<Event | null> {
  const [row] = await events(db).where(and(eq(kegiatan.id, id), opened(db)));
  return row ? toEvent(row) : null;
}

/** Events that were opened, the latest day first; of an area, those that have someone of it on their list. */
export async function eventsOf(
  db: Db,
  area: string | null,
  { after = null, count = 25 }: { after?: string | null; count?: number } = {},
): Promise<{ events: Event[]; next: string | null }> {
  const here =
    area === null
      ? undefined
      : // An array, so that the area's few events are found first and not those of the country tried one by one.
        sql`${kegiatan.id} = any(array(select distinct ${tally.kegiatanId} from ${tally} where ${inside(tally.wilayah, area)}
          and ${tally.wajib} + ${tally.sudah} > 0))`;
  const day = sql`(select g.tanggal from kegiatan g where g.id = ${after})`;
  const beyond =
    after === null
      ? undefined
      : or(lt(kegiatan.tanggal, day), and(eq(kegiatan.tanggal, day), lt(kegiatan.id, after)));
  const rows = await events(db)
    .where(and(here, opened(db), beyond))
    .orderBy(desc(kegiatan.tanggal), desc(kegiatan.id))
    .limit(count + 1);
  const found = rows.slice(0, count).map(toEvent);
  return { events: found, next: rows.length > count ? found.at(-1)!.id : null };
}

/**
 * An event's counts by area, by code: by kecamatan, or by kabupaten where it reaches over several. Those who serve an area
 * as a whole stand under it.
 */
export async function eventAreas(db: Db, id: string): Promise<AreaCount[]> {
  const rows = await db
    .select({ kode: tally.wilayah, wajib: tally.wajib, sudah: tally.sudah })
    .from(tally)
    .where(eq(tally.kegiatanId, id))
    .orderBy(asc(inOrder(tally.wilayah)));
  const wide = new Set(rows.map(({ kode }) => kode.slice(0, 5))).size > 1;
  const groups = new Map<string, Count>();
  for (const { kode, wajib, sudah } of rows) {
    if (wajib + sudah === 0) continue;
    const group = wide ? kode.slice(0, 5) : kode;
    const sum = groups.get(group) ?? { wajib: 0, sudah: 0 };
    groups.set(group, { wajib: sum.wajib + wajib, sudah: sum.sudah + sudah });
  }
  if (groups.size === 0) return [];
  const names = await db
    .select({ kode: wilayah.kode, nama: wilayah.nama })
    .from(wilayah)
    .where(
      sql`${wilayah.kode} in (select jsonb_array_elements_text(${JSON.stringify([...groups.keys()])}::jsonb))`,
    );
  const nameOf = new Map(names.map(({ kode, nama }) => [kode, nama]));
  return [...groups].map(([kode, sum]) => ({ kode, nama: nameOf.get(kode) ?? kode, ...sum }));
}

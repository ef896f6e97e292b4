/** The people on the lists. Shown by test/roster/import-roster.test.ts. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  isNotNull,
  isNull,
  ne,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Db } from '../db.ts';
import { isUuid } from '../lib/id.ts';
import { outcomeOf } from '../lib/outcome.ts';
import { fullestOf, isAlike, readingsOf, saysNothing, withoutSender } from '../lib/readings.ts';
import { respelled } from '../lib/spellings.ts';
import type { Unsur } from '../naskah/wording.ts';
import { type Actor, actorJson } from '../office/officer.ts';
import { isListed, leaf, person, rosterRemoval, rosterVersion, signature, stands } from '../schema.ts';
import * as areas from '../wilayah/areas.ts';
import type { Person, RosterEntry, Standing } from './person.ts';
import { formatLine, placeNamed } from './version.ts';

const { at: _at, ...columns } = getTableColumns(person);
const toPerson = <Row extends { unsur: string }>(row: Row): Row & { unsur: Unsur } => ({
  ...row,
  unsur: row.unsur as Unsur,
});

/** The list's version: 0 while there is none. Ask for it before the people, so that a later change is noticed. */
export async function version(db: Db, kegiatanId: string): Promise<number> {
  const [row] = await db
    .select({ versi: sql<number>`coalesce(max(${rosterVersion.versi}), 0)` })
    .from(rosterVersion)
    .where(eq(rosterVersion.kegiatanId, kegiatanId));
  return row!.versi;
}

/** A version of the list as text, and its digest. */
export async function versionText(
  db: Db,
  kegiatanId: string,
  versi: number,
): Promise<{ isi: string; sha256: Uint8Array } | null> {
  const [row] = await db
    .select({ isi: rosterVersion.isi, sha256: rosterVersion.sha256 })
    .from(rosterVersion)
    .where(and(eq(rosterVersion.kegiatanId, kegiatanId), eq(rosterVersion.versi, versi)));
  return row ?? null;
}

/** The names that these numbers had in any version of a list. */
export async function namesByNumber(
  db: Db,
  kegiatanId: string,
  numbers: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  if (numbers.size === 0) return new Map();
  // The rows are lines of a text: the third field of one is the number, the fifth the name (version.ts).
  const rows = await db.execute<{ nip: string; names: string[] }>(sql`
    select nip, json_agg(distinct nama order by nama) as names
    from (
      select split_part(line, E'\t', 3) as nip, split_part(line, E'\t', 5) as nama
      from roster_version v, string_to_table(v.isi, E'\n') as line
      where v.kegiatan_id = ${kegiatanId}) lines
    where nama <> '' and nip in (select jsonb_array_elements_text(${JSON.stringify([...numbers])}::jsonb))
    group by nip`);
  return new Map(rows.map(({ nip, names }) => [nip, names]));
}

/** Everyone on a list, and who was taken off it, by area and place. */
export async function all(db: Db, kegiatanId: string): Promise<Standing[]> {
  const rows = await db
    .select({
      ...columns,
      signed: isNotNull(signature.hash).mapWith(Boolean),
      removed: rosterRemoval.alasan,
    })
    .from(person)
    .leftJoin(signature, and(eq(signature.personId, person.id), stands))
    .leftJoin(rosterRemoval, removal)
    .where(eq(person.kegiatanId, kegiatanId))
    .orderBy(...inOrder);
  return rows.map((row) => ({ ...toPerson(row), signed: row.signed === true }));
}

/** Of a place: the removal that stands. */
const removal = and(eq(rosterRemoval.personId, person.id), isNull(rosterRemoval.endedAt));

/** Somebody on the list, and since when their pledge stands in the ledger. */
export interface Listed extends Standing {
  kode: string | null;
  signedAt: Date | null;
  /** Its text is gone, because the law asked for it. */
  erased: boolean;
  /** Code of the holder's own last pledge that was withdrawn; null if none was. */
  withdrawn: string | null;
  /** Withdrawn pledges of the place that others have signed, the latest first: they stay theirs. */
  before: { kode: string; nama: string }[];
}

export interface PeoplePage {
  people: Listed[];
  /** Where the next page begins; null after the last one. */
  next: string | null;
  /** Nobody fits what was searched for; these do but for a letter in a word. */
  near: boolean;
  /** Nobody fits so either: these have the most of the words, and each wants one of these groups of words. */
  without: string[] | null;
}

export const PERSON_STATUSES = ['sudah', 'belum', 'kosong', 'dicabut', 'keluar'] as const;
export type PersonStatus = (typeof PERSON_STATUSES)[number];

export interface Wanted {
  /** Part of a name, an office, or the beginning of a code or number. */
  search?: string;
  /** Only those counted here: a kecamatan, or a kabupaten for those who serve it as a whole. */
  wilayah?: string;
  /** The pledge that has this code or these symbols, whoever holds its place now. */
  pledge?: { kode: string } | { symbols: string };
  /**
   * `belum`: none of the holder's own stands, nor was withdrawn; `kosong`: of those without a name. `dicabut`: a withdrawn pledge of
   * whom it may be is there, and no other of the same one stands. `keluar`: those taken off the list, who are on no other page of it.
   */
  status?: PersonStatus;
  /** `next` of the page before. */
  after?: string;
  limit?: number;
}

/** Withdrawn pledges of a place, and of them whose maker is who holds it now. */
const withdrawnHere = sql`from signature g join withdrawal w on w.hash = g.hash join signer_credential c on c.id = g.credential_id
  where g.person_id = ${person.id}`;
const isOwn = sql`same_holder(${person.tempat}, g.nama, c.nip, ${person.tempat}, ${person.nama}, ${person.nip})`;

const listed = {
  ...columns,
  kode: signature.kode,
  at: signature.at,
  erased: sql<boolean>`${signature.statement} is not distinct from ''`,
  logIndex: leaf.logIndex,
  withdrawn: sql<string | null>`(
    select g.kode ${withdrawnHere} and ${isOwn} order by g.at desc, g.kode limit 1)`,
  before: sql<Listed['before']>`(
    select coalesce(json_agg(json_build_object('kode', g.kode, 'nama', g.nama_lengkap) order by g.at desc, g.kode), '[]')
    ${withdrawnHere} and not ${isOwn})`,
  removed: rosterRemoval.alasan,
};

const toListed = ({
  at,
  kode,
  erased,
  logIndex,
  ...row
}: Omit<Person, 'unsur'> & {
  unsur: string;
  kode: string | null;
  at: Date | null;
  erased: boolean;
  logIndex: number | null;
  withdrawn: string | null;
  before: Listed['before'];
  removed: string | null;
}): Listed => ({
  ...toPerson(row),
  signed: kode !== null,
  kode: logIndex === null ? null : kode,
  signedAt: logIndex === null ? null : at,
  erased,
});

/** One of an event's list; null if it is on another one. */
export async function onList(db: Db, kegiatanId: string, id: string): Promise<Listed | null> {
  const [row] = await db
    .select(listed)
    .from(person)
    .leftJoin(signature, and(eq(signature.personId, person.id), stands))
    .leftJoin(leaf, eq(leaf.id, signature.leafId))
    .leftJoin(rosterRemoval, removal)
    .where(and(sql`${person.id}::text = ${id}`, eq(person.kegiatanId, kegiatanId)));
  return row ? toListed(row) : null;
}

/** Each time that a place was taken off its list, and put back: why, when, by whom. The latest first. */
export interface Removal {
  alasan: string;
  at: Date;
  by: string;
  endedAt: Date | null;
  endedBy: string | null;
}

export const removals = (db: Db, personId: string): Promise<Removal[]> =>
  db
    .select({
      alasan: rosterRemoval.alasan,
      at: rosterRemoval.at,
      by: sql<string>`coalesce((select o.nama from officer o where o.id = ${rosterRemoval.by}), '')`,
      endedAt: rosterRemoval.endedAt,
      endedBy: sql<string | null>`(select o.nama from officer o where o.id = ${rosterRemoval.endedBy})`,
    })
    .from(rosterRemoval)
    .where(eq(rosterRemoval.personId, personId))
    .orderBy(desc(rosterRemoval.id));

/** What else each of these holds on the same list, by id: one person, one number, may hold two offices. */
export async function alsoHeld(
  db: Db,
  kegiatanId: string,
  shown: readonly Person[],
): Promise<Map<string, Pick<Person, 'id' | 'jabatan' | 'wilayah'>[]>> {
  const numbers = new Set(shown.map(({ nip }) => nip).filter((nip) => nip !== ''));
  if (numbers.size === 0) return new Map();
  const wanted = JSON.stringify([...numbers]);
  const rows = await db
    .select({ id: person.id, nip: person.nip, jabatan: person.jabatan, wilayah: person.wilayah })
    .from(person)
    .where(
      and(
        eq(person.kegiatanId, kegiatanId),
        ne(person.nip, ''),
        sql`${person.nip} in (select jsonb_array_elements_text(${wanted}::jsonb))`,
        isListed(),
      ),
    )
    .orderBy(...inOrder);
  const byNumber = Map.groupBy(rows, ({ nip }) => nip);
  return new Map(
    shown.map(({ id, nip }) => [id, (byNumber.get(nip) ?? []).filter((row) => row.id !== id)] as const),
  );
}

/** What the newest version of a list did to its places. */
export interface Wrote {
  added: number;
  /** A name or another field; those below not counted. */
  changed: number;
  /** Whose name was taken away. */
  emptied: number;
  /** Taken off the list. */
  off: number;
  /** Put back on it. */
  back: number;
}

/** By the rows that the version's one statement wrote: all of them bear its time. */
export async function wroteLast(db: Db, kegiatanId: string): Promise<Wrote | null> {
  // A CTE: the newest version is looked up once, and each row is held against it.
  const rows = await db.execute<{
    tempat: string;
    nama: string;
    is_new: boolean;
    off: boolean;
    back: boolean;
  }>(sql`
    with last as (
      select v.versi, v.at from roster_version v where v.kegiatan_id = ${kegiatanId} order by v.versi desc limit 1)
    select p.tempat, p.nama, p.at = last.at as is_new,
      exists (select from roster_removal r where r.person_id = p.id and r.at = last.at) as off,
      exists (select from roster_removal r where r.person_id = p.id and r.ended_at = last.at) as back
    from person p, last
    where p.kegiatan_id = ${kegiatanId} and (p.roster_versi = last.versi
      or exists (select from roster_removal r where r.person_id = p.id and r.at = last.at))`);
  if (rows.length === 0) return null;
  const seen = await version(db, kegiatanId);
  const nameless = rows.some(({ nama, is_new: isNew, off, back }) => nama === '' && !isNew && !off && !back);
  const before = nameless ? ((await versionText(db, kegiatanId, seen - 1))?.isi ?? '') : '';
  const named = new Set(before.split('\n').flatMap(placeNamed));
  const wrote: Wrote = { added: 0, changed: 0, emptied: 0, off: 0, back: 0 };
  for (const { tempat, nama, is_new: isNew, off, back } of rows) {
    if (off) wrote.off++;
    else if (back) wrote.back++;
    else if (isNew) wrote.added++;
    else if (nama === '' && named.has(tempat)) wrote.emptied++;
    else wrote.changed++;
  }
  return wrote;
}

/** How many were taken off a list. */
export async function countRemoved(db: Db, kegiatanId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(rosterRemoval)
    .innerJoin(person, eq(person.id, rosterRemoval.personId))
    .where(and(eq(person.kegiatanId, kegiatanId), isNull(rosterRemoval.endedAt)));
  return row!.n;
}

/**
 * A page of a list. Paged by key, so that the last page costs what the first one does. Where nobody fits what was searched for,
 * those that one wrong letter in a word has kept apart, or those who have the most of the words.
 */
export async function page(db: Db, kegiatanId: string, wanted: Wanted = {}): Promise<PeoplePage> {
  const exact = await pageOf(db, kegiatanId, wanted, 'exact');
  if (exact.people.length > 0 || !wanted.search?.trim() || wanted.after !== undefined) return exact;
  const similar = await pageOf(db, kegiatanId, wanted, 'similar');
  if (similar.people.length > 0 && similar.without === null) return similar;
  const near = await pageOf(db, kegiatanId, wanted, 'near');
  if (near.people.length > 0) return near;
  return similar;
}

/** How a search is read: every word as a beginning, one of its letters wrong, or as many words as anybody has. */
type How = 'exact' | 'near' | 'similar';

async function pageOf(db: Db, kegiatanId: string, wanted: Wanted, how: How): Promise<PeoplePage> {
  const limit = wanted.limit ?? 50;
  const where: (SQL | undefined)[] = [eq(person.kegiatanId, kegiatanId)];
  const search = wanted.search?.trim();
  const readings = search ? readingsOf(search) : [];
  const words = fullestOf(readings);
  const alike = how === 'similar' && words.length > 1;
  if (how === 'similar' && !alike) return { people: [], next: null, near: false, without: null };
  if (alike) where.push(sql`${fitting(words)} > 0`);
  else if (search) where.push(fits(search, how === 'near'));
  if (wanted.wilayah) where.push(sql`wilayah_hitung(${person.wilayah}) = ${wanted.wilayah}`);
  where.push(wanted.status === 'keluar' ? isNotNull(rosterRemoval.id) : isNull(rosterRemoval.id));
  if (wanted.status === 'sudah') where.push(isNotNull(leaf.logIndex));
  if (wanted.status === 'belum') where.push(sql`${leaf.logIndex} is null and ${listed.withdrawn} is null`);
  if (wanted.status === 'kosong') where.push(eq(person.nama, ''), isNull(leaf.logIndex));
  if (wanted.status === 'dicabut') {
    where.push(sql`((${leaf.logIndex} is null and ${listed.withdrawn} is not null)
      or exists (select ${withdrawnHere} and not ${isOwn}))`);
  }
  if (wanted.pledge) {
    const { pledge } = wanted;
    const is = 'kode' in pledge ? sql`g.kode = ${pledge.kode}` : sql`g.hash_symbols = ${pledge.symbols}`;
    where.push(sql`exists (select from signature g where g.person_id = ${person.id} and ${is})`);
  }
  if (wanted.after !== undefined && isUuid(wanted.after)) {
    // By the id of the last one: a place may be a number that holds a birth date, and this stands in an address.
    const key = sql`${otherName(readings)}, ${unsaid(readings)}, ${wilayahC}, ${tempatC}`;
    where.push(sql`(${key}) > (
      select ${key} from person where ${person.id} = ${wanted.after}::uuid and ${person.kegiatanId} = ${kegiatanId})`);
  }
  const all = await db
    .select({ ...listed, searched: alike ? searched : sql<string>`''` })
    .from(person)
    .leftJoin(signature, and(eq(signature.personId, person.id), stands))
    .leftJoin(leaf, eq(leaf.id, signature.leafId))
    .leftJoin(rosterRemoval, removal)
    .where(and(...where))
    .orderBy(
      ...(alike ? [desc(fitting(words))] : search ? [asc(otherName(readings))] : []),
      ...(search ? [asc(unsaid(readings))] : []),
      ...inOrder,
    )
    .limit(limit + 1);
  const rows = all.map(({ searched: has, ...row }) => ({
    row,
    rest: alike ? words.filter((word) => !has.includes(` ${word}`)) : [],
  }));
  if (alike) {
    // As many words as the first one, and no fewer.
    const missing = (rest: readonly string[]): number => rest.filter(isCounted).length;
    const fewest = Math.min(...rows.map(({ rest }) => missing(rest)));
    const best = rows.filter(({ rest }) => missing(rest) === fewest && isAlike(words, rest)).slice(0, limit);
    const wants = best.map(({ rest }) => rest.filter((word) => !saysNothing(word)).join(' '));
    const complete = best.filter((_, at) => wants[at] === '');
    return {
      people: (complete.length > 0 ? complete : best).map(({ row }) => toListed(row)),
      next: null,
      near: false,
      without: complete.length > 0 || best.length === 0 ? null : [...new Set(wants)].slice(0, 3),
    };
  }
  const people = rows.slice(0, limit).map(({ row }) => toListed(row));
  const last = people.at(-1);
  return {
    people,
    next: rows.length > limit && last ? last.id : null,
    near: how === 'near',
    without: null,
  };
}

/** Who is called just as one of these readings stands first: the most literal one before the others. */
const otherName = (readings: readonly string[][]): SQL<number> =>
  readings.length === 0
    ? sql<number>`0::int`
    : sql<number>`coalesce(array_position(string_to_array(${readings.map((words) => words.join('')).join(' ')}, ' '),
        replace(search_fold(${person.nama}), ' ', '')), 99)`;

/** How many of the words that were typed a place does not say: of namesakes the one whose titles, office and area were typed along. */
function unsaid(readings: readonly string[][]): SQL<number> {
  const words = [...new Set(readings.flat())];
  if (words.length < 2) return sql<number>`0::int`;
  return sql<number>`(select count(*) from (select ${searched} as words offset 0) f,
    unnest(string_to_array(${words.join(' ')}, ' ')) w (word) where strpos(f.words, ' ' || w.word || ' ') = 0)`;
}

/** A letter or two begin too many words to say much. */
const isCounted = (word: string): boolean => word.length > 2;

/** How many of these words begin one of those that a place is searched by. */
const fitting = (words: readonly string[]): SQL =>
  sql`(select count(*) from (select ${searched} as words offset 0) f, unnest(string_to_array(${words.filter(isCounted).join(' ')}, ' ')) w (word)
    where strpos(f.words, ' ' || w.word) > 0)`;

/** Other spellings of a reading that are tried on a list. */
const SPELLINGS = 6;

/** What a place is searched by. Who has signed and was withdrawn here is found by the name that was signed. */
const searched = sql<string>`' ' || search_fold(concat_ws(' ', ${person.gelarDepan}, ${person.nama}, ${person.gelarBelakang},
  ${person.jabatan}, ${person.unitKerja},
  (select w.nama from wilayah w where w.kode = ${person.wilayah}),
  (select w.nama from wilayah w where w.kode = left(${person.wilayah}, 8) and length(${person.wilayah}) > 8),
  (select string_agg(g.nama, ' ') ${withdrawnHere}))) || ' '`;

/** As the public search reads names (`search_fold`), and offices and areas too; or an area's code begins so. */
function fits(search: string, near: boolean): SQL {
  const readings = readingsOf(search);
  const literal = readings.map((words) => ({ words, whole: [] as string[] }));
  const spelled = readings.flatMap((words) => respelled(words, { most: SPELLINGS }));
  const isFound = [...literal, ...spelled].map(({ words, whole }) => {
    const each = words.map((word) => {
      const begins = sql`f.words like ${whole.includes(word) ? `% ${word} %` : `% ${word}%`}`;
      if (!near || word.length < 3) return begins;
      return sql`(${begins} or exists (
        select from unnest(string_to_array(f.words, ' ')) as n (word)
        where length(n.word) between ${word.length - 1} and ${word.length + 1} and search_one_apart(n.word, ${word})))`;
    });
    const joined = words.join('');
    const all = sql.join(each, sql` and `);
    return joined.length < 5 || whole.length > 0
      ? sql`(${all})`
      : sql`(${all} or replace(f.words, ' ', '') like ${`%${joined}%`})`;
  });
  const number = sql`replace(lower(${person.nomor}), ' ', '') = ${search.toLowerCase().replaceAll(' ', '')}`;
  const line = withoutSender(search);
  const named = areas.codeIn(line);
  // Also typed without its stops: 6201.
  const code = /^\d[\d.]*$/.test(search)
    ? sql`(starts_with(${person.wilayah}, ${search}) or starts_with(${person.wilayah}, ${named ?? search}))`
    : sql`false`;
  // A code beside a name: both must fit.
  if (named !== null && line !== named && line.includes(named)) {
    const rest = line.replace(named, ' ').trim();
    const here = sql`starts_with(${person.wilayah}, ${named})`;
    return readingsOf(rest).length === 0 ? here : sql`(${here} and ${fits(rest, near)})`;
  }
  if (isFound.length === 0) return sql`(${code} or ${number})`;
  return sql`(${code} or ${number} or exists (
    select from (
      select ${searched} as words
      -- Worked out once for a row, and not for each word.
      offset 0) f
    where ${sql.join(isFound, sql` or `)}))`;
}

/** How many must sign and how many have, by kecamatan (or the kabupaten for those who serve it as a whole). */
interface Count {
  wilayah: string;
  nama: string;
  wajib: number;
  sudah: number;
  /** Places without a name yet. */
  kosong: number;
  /** Whose own pledge was withdrawn, and who hasn't signed again. */
  dicabut: number;
}

/** Places whose holder's own pledge was withdrawn, and who hasn't signed again. `where`: of which events, on rows of `signature g`. */
export const withdrawnPlaces = (where: SQL): SQL => sql`
  select distinct person.id, person.kegiatan_id, person.wilayah
  from withdrawal w join signature g on g.hash = w.hash join signer_credential c on c.id = g.credential_id
  join person on person.id = g.person_id
  where ${where} and ${isOwn} and ${isListed()} and not exists (
    select from last_pledge(person.id) as last join signature s on s.hash = last.hash join leaf l on l.id = s.leaf_id
    where last.stands and l.log_index is not null)`;

export async function counts(db: Db, kegiatanId: string): Promise<Count[]> {
  // A CTE: who was withdrawn is gone through once, and not for each area.
  const rows = await db.execute<{
    wilayah: string;
    nama: string;
    wajib: number;
    sudah: number;
    kosong: number;
    dicabut: number;
  }>(sql`
    with withdrawn as (
      select wilayah_hitung(p.wilayah) as wilayah, count(*)::int as n
      from (${withdrawnPlaces(sql`g.kegiatan_id = ${kegiatanId}`)}) p group by 1)
    select t.wilayah, coalesce(w.nama, t.wilayah) as nama, t.wajib, t.sudah,
      (select count(*)::int from person p where p.kegiatan_id = t.kegiatan_id and p.nama = '' and ${isListed(sql`p.id`)}
        and wilayah_hitung(p.wilayah) = t.wilayah) as kosong,
      coalesce((select d.n from withdrawn d where d.wilayah = t.wilayah), 0) as dicabut
    from tally t left join wilayah w on w.kode = t.wilayah
    where t.kegiatan_id = ${kegiatanId} and (t.wajib > 0 or t.sudah > 0)
    order by t.wilayah collate "C"`);
  return [...rows];
}

/** Of `import_roster`. */
export const IMPORTING = ['imported', 'event-unknown', 'roster-changed', 'signed'] as const;

export type Stored =
  | { ok: true; versi: number }
  | { ok: false; code: 'event-unknown' | 'roster-changed' }
  | { ok: false; code: 'signed'; tempat: string };

/** Writes new and changed places, takes places off or back, with the list's new text, if the list is still at the version that was seen. */
export async function store(
  db: Db,
  given: {
    kegiatanId: string;
    by: Actor;
    seen: number;
    changes: readonly { tempat: string; entry: RosterEntry }[];
    /** Places that leave the list, and why. */
    off: readonly string[];
    alasan: string;
    isi: string;
  },
): Promise<Stored> {
  // Lines, not JSON: for 10,000 rows the database takes them apart three times as fast.
  const changed = given.changes.map(({ tempat, entry }) => `${tempat}\t${formatLine(entry)}`).join('\n');
  const [row] = await db.execute<{ outcome: string; versi: number; tempat: string | null }>(sql`
    select outcome, versi, tempat
    from import_roster(${given.kegiatanId}, ${actorJson(given.by)}::jsonb, ${given.seen}::int, ${changed}, ${given.off.join('\n')},
      ${given.alasan}, ${given.isi})`);
  const done = outcomeOf(IMPORTING, row!.outcome);
  if (done.ok) return { ok: true, versi: row!.versi };
  return done.code === 'signed'
    ? { ok: false, code: 'signed', tempat: row!.tempat! }
    : { ok: false, code: done.code };
}

// By code unit whatever the database sorts by, so that pages follow each other the same everywhere.
const wilayahC = sql`${person.wilayah} collate "C"`;
const tempatC = sql`${person.tempat} collate "C"`;
const inOrder = [asc(wilayahC), asc(tempatC)];

/** Every version of an event's list, the first first, with its entry in the ledger (null: there is none). */
export const versions = (db: Db, kegiatanId: string) =>
  db
    .select({
      versi: rosterVersion.versi,
      isi: rosterVersion.isi,
      sha256: rosterVersion.sha256,
      entry: leaf.entry,
    })
    .from(rosterVersion)
    .leftJoin(leaf, eq(leaf.id, rosterVersion.leafId))
    .where(eq(rosterVersion.kegiatanId, kegiatanId))
    .orderBy(asc(rosterVersion.versi));

/** Events that have a list, or people on one. */
export async function lists(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: rosterVersion.kegiatanId })
    .from(rosterVersion)
    .union(db.selectDistinct({ id: person.kegiatanId }).from(person));
  return rows.map(({ id }) => id).sort();
}

/** Ids of the places of an event whose holders have these numbers; of a number that nobody has now, those that had it in an earlier version. */
export async function withNumbers(db: Db, kegiatanId: string, numbers: readonly string[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const rows = await db.execute<{ id: string }>(sql`
    with asked as (select distinct n from jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb) n where n <> ''),
      now as (select p.id, p.nip from person p where p.kegiatan_id = ${kegiatanId} and p.nip in (select n from asked))
    select id from now
    union select p.id from roster_version v, string_to_table(v.isi, E'\n') as line,
      person p where v.kegiatan_id = ${kegiatanId} and p.kegiatan_id = v.kegiatan_id and split_part(line, E'\t', 5) <> ''
      and split_part(line, E'\t', 3) in (select n from asked except select nip from now)
      and p.tempat = split_part(line, E'\t', 1) || ' ' || split_part(line, E'\t', 2)`);
  return rows.map(({ id }) => id);
}

/**
 * Integrity check of an event's list beside the ledger: its versions are those of their entries, and the places are what the newest
 * one says of them. Reads alone. Shown by test/proof/check-columns.test.ts.
 */
import type { Db } from '../db.ts';
import { formatLeaf, parseLeaf } from '../ledger/leaf.ts';
import { Failure } from '../lib/failure.ts';
import { type Digest, formatDigest, sha256Text } from '../lib/sha256.ts';
import * as people from '../roster/people.ts';
import { placeOf, type RosterEntry, type Standing } from '../roster/person.ts';
import { formatLine, parseVersion, type RosterVersion } from '../roster/version.ts';

export interface CheckedList {
  /** Whether there is a version of that digest; and what it says of a place. */
  has(digest: Digest): boolean;
  line(digest: Digest, place: string): RosterEntry | null;
  /** Names of versions whose text isn't that of their entry, or is another event's or version's. */
  versions: string[];
  /** Places that aren't what the newest version says, by id; of one that isn't there, office and area. */
  places: string[];
}

/** A list that changes meanwhile is read once more. */
export async function checkList(db: Db, kegiatanId: string): Promise<CheckedList> {
  for (;;) {
    const versions = await people.versions(db, kegiatanId);
    const standing = await people.all(db, kegiatanId);
    if ((await people.version(db, kegiatanId)) === (versions.at(-1)?.versi ?? 0))
      return compare(kegiatanId, versions, standing);
  }
}

async function compare(
  kegiatanId: string,
  versions: Awaited<ReturnType<typeof people.versions>>,
  standing: readonly Standing[],
): Promise<CheckedList> {
  const texts = new Map<Digest, string>();
  const wrong: string[] = [];
  /** What was last said of a place, and in which version first. */
  const said = new Map<string, { line: string; since: number; entry: RosterEntry }>();
  let listed = new Set<string>();
  for (const { versi, isi, sha256, entry } of versions) {
    const digest = formatDigest(await sha256Text(isi));
    const version = read(isi);
    const holds =
      version?.kegiatanId === kegiatanId &&
      version.versi === versi &&
      formatDigest(sha256) === digest &&
      isEntryOf(entry, digest);
    if (!holds) wrong.push(`${kegiatanId}/${versi}`);
    if (version === null) continue;
    texts.set(digest, isi);
    const now = new Set<string>();
    for (const one of version.entries) {
      const [place, line] = [placeOf(one), formatLine(one)];
      now.add(place);
      if (!listed.has(place) || said.get(place)?.line !== line)
        said.set(place, { line, since: versi, entry: one });
    }
    listed = now;
  }
  const places = standing.filter((row) => {
    const last = said.get(row.tempat);
    said.delete(row.tempat);
    const agrees =
      last?.line === lineOf(row) &&
      last?.since === row.rosterVersi &&
      placeOf(row) === row.tempat &&
      listed.has(row.tempat) === (row.removed === null);
    return !agrees;
  });
  // Pledges that follow each other mostly name one version.
  let last: { digest: Digest; lines: ReadonlyMap<string, RosterEntry> } | null = null;
  return {
    has: (digest) => texts.has(digest),
    line: (digest, place) => {
      if (last?.digest !== digest) last = { digest, lines: linesIn(texts.get(digest)) };
      return last.lines.get(place) ?? null;
    },
    versions: wrong,
    places: [
      ...places.map(({ id }) => id),
      // A number is nobody's business.
      ...[...said.values()].map(({ entry }) => `${entry.unsur} ${entry.wilayah}`),
    ],
  };
}

function read(isi: string): RosterVersion | null {
  try {
    return parseVersion(isi);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Null for what can't be in a list. */
function lineOf(row: Standing): string | null {
  try {
    return formatLine(row);
  } catch {
    return null;
  }
}

const linesIn = (isi = ''): ReadonlyMap<string, RosterEntry> =>
  new Map(read(isi)?.entries.map((entry) => [placeOf(entry), entry]));

/** The entry is printed again: the one field, and its time. */
function isEntryOf(entry: string | null, digest: Digest): boolean {
  try {
    const { waktu } = parseLeaf(entry ?? '');
    return formatLeaf({ jenis: 'daftar', fields: [['daftar', digest]], waktu }) === entry;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

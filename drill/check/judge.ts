/**
 * The promises, on what was found: a receipt is never taken back, nobody is there twice, the ledger only grows. Shown, with
 * each of them broken on purpose, by test/drill/checker.test.ts.
 */
import { type Head, readNote } from './note.ts';
import { type CheckedPledge, checkPledge } from './pledge.ts';
import { leafHash, rootsAt } from './tree.ts';
import type { World } from './world.ts';

export interface Verdict {
  receipts: number;
  /** Receipts whose pledge is not shown any more, or doesn't verify. */
  lost: number;
  /** Pledges that are there twice: of one person, or of one text. */
  doubled: number;
  /** Places in the tree that nobody has. */
  gaps: number;
  /** Checkpoints that the ledger of today doesn't continue. */
  forks: number;
  /** All of these in words, and whatever else is wrong. */
  problems: string[];
}

export function judge(world: World): Verdict {
  const problems: string[] = [];
  const counted = (found: string[]): number => {
    problems.push(...found);
    return found.length;
  };
  const pledges = new Map<string, CheckedPledge>();
  const lost = counted(lostReceipts(world, pledges));
  const doubled = counted(doubledPledges(world));
  const gaps = counted(gapsIn(world));
  const forks = counted(forksOf(world, pledges));
  problems.push(
    ...timesGoingBack(world),
    ...countsThatDiffer(world),
    ...copiesBehind(world, pledges),
    ...toldTooEarly(world, pledges),
  );
  return { receipts: world.receipts.length, lost, doubled, gaps, forks, problems };
}

/** `pledges`: takes those that verify. */
function lostReceipts(world: World, pledges: Map<string, CheckedPledge>): string[] {
  return world.receipts.flatMap(({ kode, pernyataan }) => {
    const lost = (why: string): string[] => [`receipt ${kode}: ${why}`];
    const page = world.pages.get(kode);
    if (page?.status !== 200 || page.bukti === null) return lost('its page is not there');
    try {
      const pledge = checkPledge(page.bukti, world);
      if (pledge.kode !== kode || pledge.pernyataan !== pernyataan)
        return lost('another pledge is in its place');
      if (world.entries[pledge.index]?.toString() !== pledge.entry)
        return lost('the ledger has another entry there');
      pledges.set(kode, pledge);
      return [];
    } catch (error) {
      return lost((error as Error).message);
    }
  });
}

function doubledPledges({ rows, entries }: World): string[] {
  const people = rows.signatures.filter(({ stands }) => stands).map(({ person }) => person);
  const texts = entries
    .map((entry) => /^jenis tanda-tangan\npernyataan (\S+)$/m.exec(entry.toString())?.[1])
    .filter((text) => text !== undefined);
  return [
    ...repeated(people).map((person) => `person ${person} has signed twice`),
    ...repeated(texts).map((text) => `statement ${text} has two entries`),
  ];
}

const repeated = (names: string[]): string[] => {
  const seen = new Set<string>();
  return names.filter((name) => seen.has(name) || !seen.add(name));
};

function gapsIn({ rows: { places } }: World): string[] {
  return places.flatMap((place, at) => {
    const expected = at === 0 ? 0 : places[at - 1]! + 1;
    return place === expected ? [] : [`place ${expected}: gap before ${place}`];
  });
}

/** Whatever was once said of the ledger must be its beginning: checkpoints, copies, and what signers were shown. */
function forksOf(world: World, pledges: Map<string, CheckedPledge>): string[] {
  const found: string[] = [];
  const said: (Head & { by: string })[] = [];
  const read = (note: string, by: string): void => {
    try {
      said.push({ ...readNote(note, world.key), by });
    } catch (error) {
      found.push(`${by}: ${(error as Error).message}`);
    }
  };
  read(world.checkpoint, 'the public checkpoint');
  world.saved.forEach((note, at) => {
    read(note, `saved checkpoint ${at}`);
  });
  world.copies.forEach((note, at) => {
    read(note, `copy outside ${at}`);
  });
  for (const { kode, shown } of pledges.values()) {
    said.push({ size: shown.size, root: Buffer.from(shown.root, 'base64'), by: `the statement of ${kode}` });
  }
  const roots = rootsAt(
    world.entries.map(leafHash),
    said.map(({ size }) => size),
  );
  for (const { size, root, by } of said) {
    const own = roots.get(size);
    // A copy is written before the database: it may be ahead of what was public when the entries were read.
    if (!own && by.startsWith('copy')) continue;
    if (!own) found.push(`${by}: ${size} entries, the ledger has ${world.entries.length}`);
    else if (!own.equals(root)) found.push(`${by}: another tree at ${size} entries`);
  }
  return found;
}

function timesGoingBack({ entries }: World): string[] {
  const times = entries.map((entry) => /\nwaktu (\S+)\n$/.exec(entry.toString())?.[1] ?? '');
  return times.flatMap((time, at) =>
    at > 0 && time < times[at - 1]! ? [`entry ${at}: time goes back from ${times[at - 1]} to ${time}`] : [],
  );
}

function countsThatDiffer({ rows, entries }: World): string[] {
  const placed = rows.signatures.filter(({ index }) => index !== null);
  const covered = placed.filter(({ index }) => index! < entries.length).length;
  const written = entries.filter((entry) => entry.toString().includes('\njenis tanda-tangan\n')).length;
  const different = (what: string, one: number, other: number): string[] =>
    one === other ? [] : [`counts differ: ${what}: ${one} and ${other}`];
  return [
    ...different('signatures below the checkpoint, entries of signatures', covered, written),
    ...different('signatures with a place, the public list', placed.length, rows.listed),
    ...different('signatures with a place, the sums', placed.length, rows.counted),
    ...different('size of the tree, places taken', rows.tree, rows.places.length),
  ];
}

function copiesBehind(world: World, pledges: Map<string, CheckedPledge>): string[] {
  if (pledges.size === 0) return [];
  const last = Math.max(...[...pledges.values()].map(({ index }) => index));
  const sizes = world.copies.flatMap((note) => {
    try {
      return [readNote(note, world.key).size];
    } catch {
      return [];
    }
  });
  // Each process writes its own; what one of them has is known outside.
  return Math.max(0, ...sizes) > last
    ? []
    : [`copy outside: ${Math.max(0, ...sizes)} entries, and a receipt was given for entry ${last}`];
}

/** In milliseconds: how much later than it was written somebody who looks ten times a second may see a copy. */
const SEEN_LATE = 1_000;

/** No receipt before the outside knows. */
function toldTooEarly({ receipts, known }: World, pledges: Map<string, CheckedPledge>): string[] {
  return receipts.flatMap(({ kode, at }) => {
    const pledge = pledges.get(kode);
    const since = pledge && known.find(({ size }) => size > pledge.index)?.at;
    if (since === undefined || since <= at + SEEN_LATE) return [];
    return [`receipt ${kode}: told ${since - at} ms before a copy outside knew`];
  });
}

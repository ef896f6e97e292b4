/**
 * Walks the whole ledger and says of each thing it claims whether it is so: what an auditor does, in that order. Pure:
 * it reads through a door, which may be an address or a database. Holds one bundle at a time, however long the ledger
 * is. Shown by test/ledger/audit.test.ts.
 */
import { type Bytes, equal, utf8Text } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { sha256 } from '../lib/sha256.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Leaf, parseLeaf } from './leaf.ts';
import { leafHash, nodeHash } from './merkle.ts';
import { checkNote, type NoteVerifier, parseNote } from './note.ts';
import { FULL, formatTilePath, parseBundle, parseTile, type Tile } from './tile.ts';

/** What is asked of a ledger. Each throws if it can't be told now; nothing that it gives is trusted. */
export interface Door {
  /** The current checkpoint, a signed note; null if there is none. */
  checkpoint(): Promise<string | null>;
  /** What stands at the tile's path; null if nothing does. */
  tile(tile: Tile): Promise<Bytes | null>;
  /** Some of the published checkpoints greater than `size`, the smallest first; none at the end. */
  published?(size: number): Promise<{ size: number; root: Bytes; note: string }[]>;
  /** Signatures kept whose entries are among the first `size`, and how many of those entries hold their digests. */
  signatures?(size: number): Promise<{ kept: number; matching: number }>;
  /** The same of withdrawals. */
  withdrawals?(size: number): Promise<{ kept: number; matching: number }>;
}

/** In the order of the report. */
export const AUDIT_STEPS = [
  'checkpoint',
  'entri',
  'waktu',
  'ubin',
  'akar',
  'terbitan',
  'simpanan',
  'jumlah',
] as const;
export type AuditStep = (typeof AUDIT_STEPS)[number];

export type AuditCode =
  | 'ok'
  /** Nothing was published; a note can't be read, is not signed by the key, or is of another ledger. */
  | 'checkpoint-none'
  | 'checkpoint-malformed'
  | 'checkpoint-unsigned'
  | 'checkpoint-foreign'
  /** A bundle or an entry is missing or can't be read. */
  | 'entry-missing'
  | 'entry-malformed'
  /** An entry is dated before the one before it, or later than now. */
  | 'time-back'
  | 'time-ahead'
  /** A tile is missing, or holds other hashes than the entries make. */
  | 'tile-missing'
  | 'tile-wrong'
  /** The entries make another root than was signed; the ledger is shorter than a checkpoint of before. */
  | 'root-wrong'
  | 'ledger-shorter'
  /** As many signatures as entries are not kept; or a signature's entry names other digests. */
  | 'count-wrong'
  | 'signature-changed'
  /** Not asked for, or not to be had through this door; or the walk ended before it. */
  | 'not-asked'
  | 'not-reached';

export interface AuditVerdict {
  step: AuditStep;
  outcome: 'benar' | 'salah' | 'tidak diperiksa';
  code: AuditCode;
  /** How many were checked, or what is wrong first. */
  detail: string;
}

export interface Audit {
  verifier: NoteVerifier;
  /** A checkpoint that was kept earlier. */
  kept?: string | undefined;
  /** By the auditor's clock. */
  now?: Date;
  progress?: (done: number, total: number) => void;
}

/** Milliseconds by which the auditor's clock may be behind the ledger's. */
const AHEAD = 5 * 60_000;

/** One verdict for each of `AUDIT_STEPS`. Throws only what the door throws. */
export async function audit(
  door: Door,
  { verifier, kept, now = new Date(), progress = () => {} }: Audit,
): Promise<AuditVerdict[]> {
  const verdicts = new Map<AuditStep, AuditVerdict>();
  const say = (step: AuditStep, outcome: AuditVerdict['outcome'], code: AuditCode, detail: string): void => {
    // The first thing that is wrong is the one that is told.
    if (!verdicts.has(step)) verdicts.set(step, { step, outcome, code, detail });
  };
  const wrong = (step: AuditStep, code: AuditCode, detail: string): void => say(step, 'salah', code, detail);
  const right = (step: AuditStep, detail: string): void => say(step, 'benar', 'ok', detail);
  const unasked = (step: AuditStep, code: AuditCode): void => say(step, 'tidak diperiksa', code, '');
  const report = (): AuditVerdict[] => {
    for (const step of AUDIT_STEPS) unasked(step, 'not-reached');
    return AUDIT_STEPS.map((step) => verdicts.get(step)!);
  };

  if (!door.published) unasked('terbitan', 'not-asked');
  if (!door.signatures) unasked('jumlah', 'not-asked');
  if (kept === undefined) unasked('simpanan', 'not-asked');

  // 1. What the ledger says of itself, signed.
  const note = await door.checkpoint();
  if (note === null) {
    unasked('checkpoint', 'checkpoint-none');
    return report();
  }
  const current = await readCheckpoint(note, verifier);
  if (current.refused) wrong('checkpoint', current.refused, note.slice(0, 200));
  if (!current.checkpoint) return report();
  const { size, root } = current.checkpoint;
  right('checkpoint', String(size));

  const before = kept === undefined ? null : await readCheckpoint(kept, verifier);
  if (before?.refused) wrong('simpanan', before.refused, kept!.slice(0, 200));
  else if (before && before.checkpoint.size > size) {
    wrong('simpanan', 'ledger-shorter', `${before.checkpoint.size} > ${size}`);
  }

  // 2. Every entry, and of every tile whether the entries make it.
  const tree = new Tree();
  const check = async (tile: Tile, hashes: Bytes[]): Promise<void> => {
    const path = formatTilePath(tile);
    const served = await door.tile(tile);
    if (served === null) return wrong('ubin', 'tile-missing', path);
    let given: Bytes[] = [];
    try {
      given = parseTile(served);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
    const first = hashes.findIndex((hash, at) => !given[at] || !equal(hash, given[at]));
    if (first >= 0 || given.length !== hashes.length) wrong('ubin', 'tile-wrong', `${path} [${first}]`);
  };
  const published = publishedBy(door);
  let next = (await published.next()).value;
  let publishedCount = 0;
  let signed = 0;
  let withdrawn = 0;
  /** The latest time so far, and whose it is. */
  let latest = { waktu: new Date(0), index: 0 };
  /** What was said of the ledger when it had as many entries as it has now in `tree`. */
  const compareWithBefore = async (): Promise<void> => {
    if (before?.checkpoint?.size === tree.size && !equal(await tree.root(), before.checkpoint.root)) {
      wrong('simpanan', 'root-wrong', String(tree.size));
    }
    for (; next && next.size <= tree.size; next = (await published.next()).value) {
      const told = await readCheckpoint(next.note, verifier);
      if (told.refused) wrong('terbitan', told.refused, String(next.size));
      const own = await tree.root();
      const same =
        told.checkpoint?.size === tree.size &&
        next.size === tree.size &&
        [told.checkpoint.root, next.root].every((hash) => equal(hash, own));
      if (!same) wrong('terbitan', 'root-wrong', String(next.size));
      publishedCount++;
    }
  };

  await compareWithBefore();
  for (let index = 0; tree.size < size; index++) {
    const width = Math.min(FULL, size - tree.size);
    const bundle = await readBundle(door, { level: 'entries', index, width });
    if (typeof bundle === 'string') {
      wrong('entri', bundle, `${tree.size}`);
      return report();
    }
    const hashes = await Promise.all(bundle.map(leafHash));
    for (const [at, entry] of bundle.entries()) {
      const leaf = readLeaf(entry);
      if (!leaf) wrong('entri', 'entry-malformed', String(tree.size));
      if (leaf && leaf.waktu < latest.waktu) {
        wrong('waktu', 'time-back', `${latest.index} ${tree.size}`);
      } else if (leaf) {
        latest = { waktu: leaf.waktu, index: tree.size };
        if (leaf.waktu.getTime() > now.getTime() + AHEAD) wrong('waktu', 'time-ahead', String(tree.size));
      }
      if (leaf?.jenis === 'tanda-tangan') signed++;
      if (leaf?.jenis === 'pencabutan') withdrawn++;
      await tree.add(hashes[at]!, check);
      await compareWithBefore();
    }
    progress(tree.size, size);
  }
  await tree.checkRest(check);
  right('entri', String(size));
  right('waktu', String(size));
  right('ubin', String(tree.tiles));

  // 3. All of them together are what was signed, now and before.
  if (equal(await tree.root(), root)) right('akar', String(size));
  else wrong('akar', 'root-wrong', String(size));
  right('terbitan', String(publishedCount));
  if (before?.checkpoint) right('simpanan', String(before.checkpoint.size));

  // 4. There is a signature, or a withdrawal, for each entry that says so, and no other.
  for (const [entries, rows] of [
    [signed, await door.signatures?.(size)],
    [withdrawn, await door.withdrawals?.(size)],
  ] as const) {
    if (!rows) continue;
    if (rows.kept !== entries) wrong('jumlah', 'count-wrong', `${entries} ≠ ${rows.kept}`);
    if (rows.matching !== rows.kept) wrong('jumlah', 'signature-changed', String(rows.kept - rows.matching));
  }
  if (door.signatures) right('jumlah', String(signed + withdrawn));
  return report();
}

type Read =
  | { checkpoint: Checkpoint; refused?: never }
  /** Wrong, but perhaps readable enough to go on. */
  | { checkpoint: Checkpoint | null; refused: AuditCode };

async function readCheckpoint(note: string, verifier: NoteVerifier): Promise<Read> {
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(parseNote(note).text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { checkpoint: null, refused: 'checkpoint-malformed' };
  }
  try {
    await checkNote(note, verifier);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { checkpoint, refused: 'checkpoint-unsigned' };
  }
  return checkpoint.origin === verifier.name ? { checkpoint } : { checkpoint, refused: 'checkpoint-foreign' };
}

async function readBundle(door: Door, tile: Tile): Promise<Bytes[] | 'entry-missing' | 'entry-malformed'> {
  const served = await door.tile(tile);
  if (served === null) return 'entry-missing';
  try {
    const entries = parseBundle(served);
    return entries.length === tile.width ? entries : 'entry-missing';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return 'entry-malformed';
  }
}

function readLeaf(entry: Bytes): Leaf | null {
  try {
    return parseLeaf(utf8Text(entry));
  } catch (error) {
    if (error instanceof Failure || error instanceof TypeError) return null;
    throw error;
  }
}

async function* publishedBy(
  door: Door,
): AsyncGenerator<{ size: number; root: Bytes; note: string }, undefined> {
  let size = -1;
  for (;;) {
    const some = (await door.published?.(size)) ?? [];
    yield* some;
    if (some.length === 0) return;
    size = some.at(-1)!.size;
  }
}

type CheckTile = (tile: Tile, hashes: Bytes[]) => Promise<void>;

/** Compact range: a tree that grows entry by entry and keeps only its right edge. */
class Tree {
  size = 0;
  /** Tiles checked so far. */
  tiles = 0;
  /** Complete subtrees from the left; each is smaller than the one before. */
  readonly #edge: { level: number; hash: Bytes }[] = [];
  /** For each level of tiles: hashes of the tile that is not full yet, and how many tiles came before it. */
  readonly #open: { hashes: Bytes[]; index: number }[] = [];

  async add(leaf: Bytes, check: CheckTile): Promise<void> {
    this.size++;
    let node = { level: 0, hash: leaf };
    await this.#keep(node, check);
    while (this.#edge.at(-1)?.level === node.level) {
      node = { level: node.level + 1, hash: await nodeHash(this.#edge.pop()!.hash, node.hash) };
      await this.#keep(node, check);
    }
    this.#edge.push(node);
  }

  async root(): Promise<Bytes> {
    const [last, ...rest] = this.#edge.map(({ hash }) => hash).reverse();
    if (!last) return sha256();
    let root = last;
    for (const left of rest) root = await nodeHash(left, root);
    return root;
  }

  /** The tiles that are not full. */
  async checkRest(check: CheckTile): Promise<void> {
    for (const [level, { hashes, index }] of this.#open.entries()) {
      if (hashes.length === 0) continue;
      await check({ level, index, width: hashes.length }, hashes);
      this.tiles++;
    }
  }

  async #keep({ level, hash }: { level: number; hash: Bytes }, check: CheckTile): Promise<void> {
    if (level % 8 !== 0) return;
    this.#open[level / 8] ??= { hashes: [], index: 0 };
    const open = this.#open[level / 8]!;
    open.hashes.push(hash);
    if (open.hashes.length < FULL) return;
    await check({ level: level / 8, index: open.index, width: FULL }, open.hashes);
    this.tiles++;
    open.hashes = [];
    open.index++;
  }
}

/**
 * A witness (https://c2sp.org/tlog-witness): remembers the last checkpoint of one ledger that it countersigned, and
 * countersigns none that doesn't continue it. Pure: who runs it keeps the state. Shown by test/ledger/witness.test.ts.
 *
 *     old 5
 *     1mf1TxDBMjxlzKxWnKZ80O4SRqc1qlSYHuPgt5SX73M=
 *     MdG1TxuDx4No3+ZaFjSw0lwH/KHmVMU+fH/2YcPltVI=
 *
 *     ikrar.example/catatan
 *     8
 *     aEfKoYHfZ5EJ9GDvWTHH21u3xwmrWk902CwT4qKo8J4=
 *
 *     — ikrar.example/catatan ugrwNNn4jXSEC…
 *
 * is what is sent to `<address>/add-checkpoint`: the size it last countersigned (0: none); the hashes of the proof that
 * the new tree continues that one (RFC 6962, section 2.1.2), in base64, a line each; an empty line; the checkpoint.
 *
 * Its state is that last checkpoint, as a note with the ledger's signature and its own: whoever has the file can show
 * it. Empty text: none yet.
 */
import { base64, fromBase64 } from '../lib/base64.ts';
import { type Bytes, equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { sha256 } from '../lib/sha256.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { Cosigner } from './cosignature.ts';
import { checkConsistency } from './merkle.ts';
import { checkNote, formatNote, type NoteVerifier, parseNote, parseSignature } from './note.ts';

/** `add-checkpoint-malformed`: not what `formatAddCheckpoint` prints. `witness-state`: not a state of this witness. */
export type WitnessCode = 'add-checkpoint-malformed' | 'witness-state';

export interface AddCheckpoint {
  /** Entries in the tree that the witness last countersigned. */
  older: number;
  /** 32 bytes each, at most 63. */
  hashes: Bytes[];
  /** A whole signed note. Not looked into here. */
  checkpoint: string;
}

const MOST_HASHES = 63;

/** Throws a `TypeError` if a part can't stand in a request. */
export function formatAddCheckpoint({ older, hashes, checkpoint }: AddCheckpoint): string {
  if (!Number.isSafeInteger(older) || older < 0) throw new TypeError('witness: not a size');
  if (hashes.length > MOST_HASHES || hashes.some(({ length }) => length !== 32)) {
    throw new TypeError('witness: not hashes');
  }
  if (!checkpoint.endsWith('\n')) throw new TypeError('witness: not a checkpoint');
  return `${[`old ${older}`, ...hashes.map(base64)].join('\n')}\n\n${checkpoint}`;
}

/** Reads what `formatAddCheckpoint` prints. Throws `add-checkpoint-malformed` on anything else. */
export function parseAddCheckpoint(text: string): AddCheckpoint {
  try {
    const split = text.indexOf('\n\n');
    const [older, ...hashes] = text.slice(0, split).split('\n');
    const request: AddCheckpoint = {
      older: Number(older!.slice('old '.length)),
      hashes: hashes.map(fromBase64),
      checkpoint: text.slice(split + 2),
    };
    if (split > 0 && formatAddCheckpoint(request) === text) return request;
  } catch (cause) {
    throw new Failure<WitnessCode>('add-checkpoint-malformed', undefined, { cause });
  }
  throw new Failure<WitnessCode>('add-checkpoint-malformed');
}

export interface Witness {
  /** The key of the one ledger it knows; its name is the ledger's origin. */
  ledger: NoteVerifier;
  cosigner: Cosigner;
}

/**
 * What to answer. With 200: the cosignature, and the state that must be kept before it is given out. With 409: the size
 * that `old` must name. `forked`: the ledger has signed another root for a size that we countersigned, or for no entries;
 * together with the state this note is the proof of it.
 */
export type WitnessAnswer =
  | { status: 200; line: string; state: string }
  | { status: 409; size: number }
  | { status: 422; forked?: string }
  | { status: 400 | 403 | 404 };

interface Seen {
  size: number;
  root: Bytes;
}

/** Reads a state. Throws `witness-state` if it is not of the witness's ledger. */
export async function readState(state: string, { ledger }: Witness): Promise<Seen> {
  if (state === '') return { size: 0, root: await sha256() };
  try {
    const { origin, size, root } = parseCheckpoint(await checkNote(state, ledger));
    if (origin === ledger.name) return { size, root };
  } catch (cause) {
    throw new Failure<WitnessCode>('witness-state', undefined, { cause });
  }
  throw new Failure<WitnessCode>('witness-state');
}

/**
 * Answers a request, in the order of the specification. Throws only what `readState` throws. Requests must be taken one
 * after the other: two at once, on one state, could take the witness back.
 */
export async function addCheckpoint(
  witness: Witness,
  state: string,
  body: string,
  at: Date,
): Promise<WitnessAnswer> {
  const seen = await readState(state, witness);
  const { ledger, cosigner } = witness;
  try {
    const { older, hashes, checkpoint } = parseAddCheckpoint(body);
    const { text, signatures } = parseNote(checkpoint);
    const { origin, size, root } = parseCheckpoint(text);
    if (origin !== ledger.name) return { status: 404 };
    if (!(await isSigned(checkpoint, ledger))) return { status: 403 };
    if (older > size) return { status: 400 };
    if (older !== seen.size) return { status: 409, size: seen.size };
    if (older === size) {
      // Of size 0 too: the empty tree has one root.
      if (!equal(root, seen.root)) return { status: 422, forked: checkpoint };
      if (hashes.length > 0) return { status: 422 };
    } else if (!(await checkConsistency(older, seen.root, size, root, hashes))) {
      return { status: 422 };
    }
    // The point of no return: who has this line may show it to anyone, for ever.
    const line = await cosigner.cosign(text, at);
    const theirs = signatures.filter(({ name, id }) => name === ledger.name && equal(id, ledger.id));
    return {
      status: 200,
      line,
      state: formatNote({ text, signatures: [...theirs, parseSignature(line)] }),
    };
  } catch (error) {
    if (error instanceof Failure) return { status: 400 };
    throw error;
  }
}

/** Other keys' signatures are ignored; one that claims to be the ledger's and isn't is as good as none. */
async function isSigned(checkpoint: string, ledger: NoteVerifier): Promise<boolean> {
  try {
    await checkNote(checkpoint, ledger);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

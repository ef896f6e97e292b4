/** Asks a witness to countersign a checkpoint (https://c2sp.org/tlog-witness). Shown by test/ledger/cosign.test.ts. */

import { type Bytes, utf8Text } from '../lib/bytes.ts';
import { readAnswer } from '../lib/read-answer.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { checkCosignatures } from './cosignature.ts';
import { formatNote, parseNote, parseSignature } from './note.ts';
import { formatAddCheckpoint } from './witness.ts';
import type { AskedWitness } from './witness-list.ts';

interface Question {
  /** A whole signed note. */
  checkpoint: string;
  /** Entries in the tree that we believe the witness last countersigned; 0 if we don't know. */
  older: number;
  /** That a tree of this size is the beginning of the checkpoint's. */
  prove(older: number): Promise<Bytes[]>;
}

/** Rollback: the witness has countersigned a greater tree than it was shown. What was published was taken back, or another process was faster. */
export class WitnessAhead extends Error {
  override readonly name = 'WitnessAhead';
  readonly size: number;

  constructor(size: number, shown: number) {
    super(`has countersigned ${size} entries, more than ${shown}`);
    this.size = size;
  }
}

/** Fork: what the witness was shown doesn't continue what it has countersigned, so somebody has shown it another tree. */
export class WitnessDiffers extends Error {
  override readonly name = 'WitnessDiffers';
  /** Entries in the tree that it remembers. */
  readonly size: number;

  constructor(size: number, shown: number) {
    super(`has countersigned another tree of ${size} entries than ${shown} go on from`);
    this.size = size;
  }
}

/** Longest answer in bytes: lines of a few keys, of which one with ML-DSA has 3.3 kB. */
const LONGEST = 64 * 1024;

/**
 * The witness's line for the checkpoint, verified. Throws what went wrong (`WitnessAhead`: it knows of a greater one;
 * `WitnessDiffers`: of another), at the latest after `ms`, whatever the other end does. If the witness remembers another size it is asked once more, from there.
 */
export async function askWitness(witness: AskedWitness, question: Question, ms: number): Promise<string> {
  const signal = AbortSignal.timeout(ms);
  const { text } = parseNote(question.checkpoint);
  const { size } = parseCheckpoint(text);
  const send = async (older: number): Promise<{ status: number; type: string | null; body: string }> => {
    const hashes = older === 0 || older === size ? [] : await question.prove(older);
    const response = await fetch(`${witness.address}/add-checkpoint`, {
      method: 'POST',
      body: formatAddCheckpoint({ older, hashes, checkpoint: question.checkpoint }),
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal,
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: utf8Text(await readAnswer(response, LONGEST, signal)),
    };
  };
  let older = question.older;
  let answer = await send(older);
  if (answer.status === 409) {
    const remembered = /^(0|[1-9][0-9]{0,15})\n$/.exec(answer.body);
    if (answer.type !== 'text/x.tlog.size' || !remembered) {
      throw new Error(`answered 409 to ${size} entries: ${JSON.stringify(answer.body.slice(0, 100))}`);
    }
    if (Number(remembered[1]) > size) throw new WitnessAhead(Number(remembered[1]), size);
    older = Number(remembered[1]);
    answer = await send(older);
  }
  // Our proof is right by our own tree, so it isn't the tree that the witness knows.
  if (answer.status === 422) throw new WitnessDiffers(older, size);
  if (answer.status !== 200) throw new Error(`answered ${answer.status} to ${size} entries`);
  for (const line of answer.body.split(/(?<=\n)/)) {
    const signature = parseSignature(line);
    // Other keys' lines are ignored; one that claims to be by this key and isn't is thrown out.
    if ((await checkCosignatures(formatNote({ text, signatures: [signature] }), witness.verifier)).length > 0)
      return line;
  }
  throw new Error(`answered ${size} entries without a line of its key`);
}

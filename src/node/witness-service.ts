/**
 * A witness of one ledger, kept in two files. Shown by test/node/witness.test.ts.
 *
 *     key     its private key (ledger/cosignature.ts), for its owner alone
 *     state   the last checkpoint that it countersigned (ledger/witness.ts); empty: none yet
 *
 * Both are made on the first run. A witness that has lost its state has lost its word: it could countersign a fork. It
 * doesn't start then; it needs a new key.
 */
import { existsSync } from 'node:fs';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { generateCosignerKey, parseCosignerKey } from '../ledger/cosignature.ts';
import { parseVerifier } from '../ledger/note.ts';
import { type Answer, add, readState, type Witness } from '../ledger/witness.ts';
import { printable } from '../lib/log.ts';
import { createFile, readFileIfAny, replaceFile } from './file.ts';
import { StartError } from './sentence.ts';

export interface WitnessFiles {
  key: string;
  state: string;
  /** Name of a key made now. */
  name: string;
  /** Verifier key of the ledger. */
  log: string;
}

export interface WitnessService {
  /** What a ledger and those who check must be told. */
  verifier: string;
  /** `POST /add-checkpoint`. */
  app: Hono;
}

/** A request is 63 hashes and a checkpoint, whose lines by keys that we don't know may be of 5 kB each (ML-DSA has 2.4 kB). */
const LONGEST = 256 * 1024;

/** One process for these files. Throws a `StartError`. */
export async function openWitness(files: WitnessFiles): Promise<WitnessService> {
  const witness = await openKey(files);
  let state = (await readFileIfAny(files.state))!;
  await readState(state, witness).catch((cause) => {
    throw new StartError(`Ingatan saksi ${files.state} rusak, atau bukan tentang catatan ini.`, { cause });
  });
  const answerTo = async (body: string): Promise<Answer> => {
    const answer = await add(witness, state, body, new Date());
    if (answer.status === 200) {
      // Kept before the line is given out, or a crash would let us countersign another tree.
      await replaceFile(files.state, answer.state, 0o600);
      state = answer.state;
    }
    return answer;
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (body: string): Promise<Answer> => {
    const turn = last.then(() => answerTo(body));
    last = turn.catch(() => {});
    return turn;
  };
  const app = new Hono().post('/add-checkpoint', bodyLimit({ maxSize: LONGEST }), async (c) => {
    const answer = await inTurn(await c.req.text());
    console.log(`${new Date().toISOString()} ${answer.status}`);
    if (answer.status === 200) return c.text(answer.line);
    if (answer.status === 422 && answer.forked !== undefined) {
      const both = [state, answer.forked].map((note) => note.split('\n').map(printable).join('\n'));
      console.error(`CATATAN BERCABANG. Simpan kedua ringkasan ini:\n\n${both.join('\n')}`);
    }
    if (answer.status !== 409) return c.body(null, answer.status);
    return c.body(`${answer.size}\n`, 409, { 'content-type': 'text/x.tlog.size' });
  });
  return { verifier: witness.cosigner.verifier, app };
}

async function openKey({ key, state, name, log }: WitnessFiles): Promise<Witness> {
  const ledger = await parseVerifier(log.trim()).catch((cause) => {
    throw new StartError('--log harus kunci catatan (nama+id+kunci), seperti di /catatan/kunci.', { cause });
  });
  if (!existsSync(key)) {
    // The state first: a key without one is a witness that has forgotten.
    if (!(await createFile(state, '', 0o600)) && (await readFileIfAny(state)) !== '') {
      throw new StartError(`Kunci saksi ${key} tidak ada, padahal ${state} ada. Kembalikan kunci itu.`);
    }
    const made = await generateCosignerKey(name).catch((cause) => {
      throw new StartError(`--name "${name}" tidak dapat menjadi nama kunci.`, { cause });
    });
    await createFile(key, made, 0o600);
  } else if (!existsSync(state)) {
    throw new StartError(
      `Ingatan saksi ${state} tidak ada. Kembalikan dari tempat lain, atau mulai dengan kunci baru.`,
    );
  }
  const cosigner = await parseCosignerKey((await readFileIfAny(key))!).catch((cause) => {
    throw new StartError(`Kunci saksi ${key} rusak. Kembalikan dari cadangan.`, { cause });
  });
  return { ledger, cosigner };
}

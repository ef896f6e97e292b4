/**
 * A witness of one ledger, kept in files. Shown by test/node/witness.test.ts.
 *
 *     <key>          its private key (ledger/cosignature.ts), for its owner alone
 *     <key>.ukuran   the greatest size that it has countersigned, LF; 0: none yet
 *     <key>.jalan    empty: locked while it runs (lock.ts), and a sign for ever that a version that writes sizes has run
 *     <state>        the last checkpoint that it countersigned (ledger/witness.ts); empty: none yet
 *
 * All are made on the first run, beside the files that the names lead to. A witness that has lost its state has lost its word: it could countersign a fork. It
 * doesn't start then, nor with a state that is emptied or older than the size beside its key; it needs a new key. Only
 * both put back together, as with an old picture of the whole disk, can't be told.
 */
import { existsSync } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import {
  type Cosigner,
  checkCosignatures,
  generateCosignerKey,
  parseCosignerKey,
  parseWitnessKey,
} from '../ledger/cosignature.ts';
import { parseNote, parseVerifier } from '../ledger/note.ts';
import {
  addCheckpoint,
  readState,
  type Witness,
  type WitnessAnswer,
  type WitnessCode,
} from '../ledger/witness.ts';
import { Failure } from '../lib/failure.ts';
import { printable } from '../lib/log.ts';
import { formatNumber } from '../lib/zone.ts';
import { createFile, readFileIfAny, replaceFile } from './file.ts';
import { type Lock, lock } from './lock.ts';
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

/** Throws a `StartError`. */
export async function openWitness(asked: WitnessFiles): Promise<WitnessService> {
  const ledger = await parseVerifier(asked.log.trim()).catch((cause) => {
    throw new StartError('--log harus kunci catatan (nama+id+kunci), seperti di /catatan/kunci.', { cause });
  });
  // One key has one lock and one size, by whatever names it is reached.
  const files = { ...asked, key: await realPath(asked.key), state: await realPath(asked.state) };
  const running = await lock(lockPath(files));
  if (!running) {
    throw new StartError(
      `Saksi dengan kunci ${files.key} sudah jalan. Dua sekaligus dapat menandatangani dua catatan yang berbeda.`,
    );
  }
  try {
    const witness = { ledger, cosigner: await openKey(files) };
    const kept = await openMemory(files, witness, running);
    return serveWitness(files, witness, kept, running);
  } catch (error) {
    // It wasn't there, and nothing was done: the next start is again the first.
    if (running.made && !existsSync(sizePath(files)) && (await running.stands())) await running.undo();
    throw error;
  }
}

function serveWitness(files: WitnessFiles, witness: Witness, kept: Kept, running: Lock): WitnessService {
  const mayGoOn = async (): Promise<boolean> => {
    if (!(await running.stands())) {
      console.error(
        `KUNCI JALAN SAKSI HILANG. ${lockPath(files)} dihapus, dipindah, atau diganti selagi saksi ini jalan. Mungkin saksi lain jalan dengan kunci yang sama.\n` +
          'Saksi ini tidak menandatangani apa pun lagi. Hentikan semua saksi dengan kunci ini, lalu mulai satu saja.',
      );
      return false;
    }
    return true;
  };
  const answerTo = async (body: string): Promise<WitnessAnswer | { status: 503 }> => {
    if (!(await mayGoOn())) return { status: 503 };
    if (!(await isAsKept(files, kept))) {
      console.error(
        `INGATAN SAKSI BERUBAH. ${files.state} atau ${sizePath(files)} ditulis program lain, diganti, atau hilang. Tidak ada yang ditandatangani.\n` +
          'Hentikan program itu dan kembalikan kedua berkas yang terbaru, lalu mulai lagi. Bila tidak pasti, mulai dengan kunci baru.',
      );
      return { status: 503 };
    }
    const answer = await addCheckpoint(witness, kept.state, body, new Date());
    // Kept before the line is given out, or a crash would let us countersign another tree.
    if (answer.status !== 200) return answer;
    await keep(files, kept, answer.state);
    // And not given out if another began meanwhile: it would sign from what stood there before.
    return (await mayGoOn()) ? answer : { status: 503 };
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (body: string): ReturnType<typeof answerTo> => {
    const turn = last.then(() => answerTo(body));
    last = turn.catch(() => {});
    return turn;
  };
  const app = new Hono().post('/add-checkpoint', bodyLimit({ maxSize: LONGEST }), async (c) => {
    const answer = await inTurn(await c.req.text());
    console.log(`${new Date().toISOString()} ${answer.status}`);
    if (answer.status === 200) return c.text(answer.line);
    if (answer.status === 422 && answer.forked !== undefined) {
      const both = [kept.state, answer.forked].map((note) => note.split('\n').map(printable).join('\n'));
      console.error(`CATATAN BERCABANG. Simpan kedua ringkasan ini:\n\n${both.join('\n')}`);
    }
    if (answer.status !== 409) return c.body(null, answer.status);
    return c.body(`${answer.size}\n`, 409, { 'content-type': 'text/x.tlog.size' });
  });
  return { verifier: witness.cosigner.verifier, app };
}

const sizePath = ({ key }: WitnessFiles): string => `${key}.ukuran`;
const lockPath = ({ key }: WitnessFiles): string => `${key}.jalan`;

/** Where a name leads to over symbolic links, also if there is no file yet. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const folder = await realpath(dirname(resolve(path)));
  const own = join(folder, basename(path));
  const found = await lstat(own).catch(() => null);
  return found ? realPath(resolve(folder, await readlink(own))) : own;
}

async function openKey(files: WitnessFiles): Promise<Cosigner> {
  const { key, state, name } = files;
  if (!existsSync(key)) {
    // The key last: one without these is a witness that has forgotten.
    for (const [path, none] of [
      [state, ''],
      [sizePath(files), formatSize(0)],
    ] as const) {
      if (!(await createFile(path, none, 0o600)) && (await readFileIfAny(path)) !== none) {
        throw new StartError(`Kunci saksi ${key} tidak ada, padahal ${path} ada. Kembalikan kunci itu.`);
      }
    }
    const made = await generateCosignerKey(name).catch((cause) => {
      throw new StartError(`--name "${name}" tidak dapat menjadi nama kunci.`, { cause });
    });
    await createFile(key, made, 0o600);
  }
  if ((await stat(key)).nlink > 1) {
    throw new StartError(
      `Kunci saksi ${key} punya nama lain (hard link). Saksi lain dapat jalan dengan nama itu.\n` +
        'Hapus nama yang lain; cadangan kunci harus berkas tersendiri.',
    );
  }
  return parseCosignerKey((await readFileIfAny(key))!).catch((cause) => {
    throw new StartError(`Kunci saksi ${key} rusak. Kembalikan dari cadangan.`, { cause });
  });
}

/** What the files say as far as this process knows. */
interface Kept {
  state: string;
  /** Text of `<key>.ukuran`. */
  size: string;
}

const formatSize = (size: number): string => `${size}\n`;

/** Null if it isn't what `formatSize` prints. */
function parseSize(text: string): number | null {
  const size = Number(text);
  return Number.isSafeInteger(size) && size >= 0 && formatSize(size) === text ? size : null;
}

/** What was kept; refuses what this key has outgrown. */
async function openMemory(files: WitnessFiles, witness: Witness, running: Lock): Promise<Kept> {
  const state = await readFileIfAny(files.state);
  if (state === null) {
    throw new StartError(
      `Ingatan saksi ${files.state} tidak ada. Kembalikan dari tempat lain, atau mulai dengan kunci baru.`,
    );
  }
  const { size } = await readOwn(state, witness).catch((cause) => {
    throw new StartError(`Ingatan saksi ${files.state} rusak, atau bukan tentang catatan ini.`, { cause });
  });
  const greatest = await readGreatest(files, { state, size }, witness, running);
  if (greatest !== null && size < greatest) {
    throw new StartError(
      `Ingatan saksi ${files.state} mundur: isinya ${formatNumber(size)} catatan, padahal kunci ini sudah menandatangani ${formatNumber(greatest)} (${sizePath(files)}).\n` +
        'Kembalikan ingatan yang terbaru, atau mulai dengan kunci baru.',
    );
  }
  const kept = { state, size: greatest === null ? '' : formatSize(greatest) };
  // A crash came between the two, or there was only one.
  await keepSize(files, kept, size);
  return kept;
}

/** A state bears our own signature too: another witness's, or one that a ledger made for us, is none of ours. */
async function readOwn(state: string, witness: Witness): ReturnType<typeof readState> {
  const seen = await readState(state, witness);
  const own = await parseWitnessKey(witness.cosigner.verifier);
  if (state !== '' && (await checkCosignatures(state, own)).length === 0) {
    throw new Failure<WitnessCode>('witness-state');
  }
  return seen;
}

/** The greatest size that the key has countersigned; null if nobody wrote it down. */
async function readGreatest(
  files: WitnessFiles,
  found: { state: string; size: number },
  { cosigner }: Witness,
  running: Lock,
): Promise<number | null> {
  const path = sizePath(files);
  const text = await readFileIfAny(path);
  if (text === null) {
    // Of an earlier version. A state that says something says how far; an empty one may have been emptied.
    if (found.state !== '' && running.made) return null;
    if (found.state !== '') {
      throw new StartError(
        [
          `${path} tidak ada, padahal saksi ini sudah pernah jalan (${lockPath(files)} ada). Mungkin ingatan yang lama dipulihkan.`,
          'Kembalikan ukuran dan ingatan yang terbaru.',
          `Bila pasti belum pernah menandatangani lebih dari ${formatNumber(found.size)} catatan: echo ${found.size} > ${path}`,
          'Bila tidak pasti, mulai dengan kunci baru: --key dan --state lain.',
        ].join('\n'),
      );
    }
    throw new StartError(
      [
        `Ingatan saksi ${files.state} kosong dan ${path} tidak ada, jadi tidak diketahui apakah kunci ini pernah menandatangani.`,
        `Bila saksi ini pasti belum pernah ditanya (${cosigner.name} tidak pernah ada di checkpoint catatan): echo 0 > ${path}`,
        'Bila tidak pasti, mulai dengan kunci baru: --key dan --state lain.',
      ].join('\n'),
    );
  }
  const size = parseSize(text);
  if (size === null) {
    throw new StartError(`${path} rusak. Kembalikan dari tempat lain, atau mulai dengan kunci baru.`);
  }
  return size;
}

/** Whether the files are as this process left them. */
async function isAsKept(files: WitnessFiles, { state, size }: Kept): Promise<boolean> {
  const read = (path: string): Promise<string | null> => readFileIfAny(path).catch(() => null);
  return (await read(files.state)) === state && (await read(sizePath(files))) === size;
}

/** The state first: after a crash between the two it is ahead of the size, and not behind it. */
async function keep(files: WitnessFiles, kept: Kept, state: string): Promise<void> {
  await replaceFile(files.state, state, 0o600);
  kept.state = state;
  await keepSize(files, kept, parseCheckpoint(parseNote(state).text).size);
}

async function keepSize(files: WitnessFiles, kept: Kept, size: number): Promise<void> {
  const text = formatSize(size);
  if (text === kept.size) return;
  await replaceFile(sizePath(files), text, 0o600);
  kept.size = text;
}

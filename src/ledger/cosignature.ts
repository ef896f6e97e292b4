/**
 * Cosignatures (https://c2sp.org/tlog-cosignature, Ed25519): by one a witness says that, at that time, this was the
 * greatest tree of the ledger it had seen, and that it continues every one it had seen before. Shown by
 * test/ledger/cosignature.test.ts.
 *
 *     — saksi.example/satu jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
 *
 * It is a signature line of the checkpoint's note (note.ts). Its bytes after the key's id: seconds since 1970, 8 bytes,
 * big-endian; an Ed25519 signature, 64 bytes, over
 *
 *     cosignature/v1
 *     time 1679315147
 *     ikrar.example/catatan
 *     1042
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * which is two ended lines and the text of the note. The witness's verifier key is that of a note with type 0x04.
 *
 * Its private key is kept as one line, as Go's golang.org/x/mod/sumdb/note prints private keys, with that type:
 *
 *     PRIVATE+KEY+saksi.example/satu+8d66cf3f+BAAB…
 *
 * the base64 being that of the type and the seed of RFC 8032.
 */
import { base64, fromBase64, fromBase64url } from '../lib/base64.ts';
import { type Bytes, concat, equal, fromHex, hex, randomBytes, utf8 } from '../lib/bytes.ts';
import { verifyEd25519 } from '../lib/ed25519.ts';
import { Failure } from '../lib/failure.ts';
import {
  formatSignature,
  formatVerifier,
  type NoteSignature,
  type NoteVerifier,
  parseNote,
  parseSignature,
  parseVerifier,
  verifierOf,
} from './note.ts';

/**
 * `cosignature-malformed`: a line that is no cosignature. `cosignature-wrong`: one that claims to be by the asked key,
 * and isn't. `cosigner-key`: not a private key of a witness.
 */
export type CosignatureCode = 'cosignature-malformed' | 'cosignature-wrong' | 'cosigner-key';

export interface Cosignature {
  /** Name and id (4 bytes) of the witness's key. */
  name: string;
  id: Bytes;
  /** Whole seconds since 1970; a safe integer. */
  time: number;
  /** 64 bytes. */
  signature: Bytes;
}

/** Who can make them. */
export interface Cosigner {
  name: string;
  /** The key that verifies: `name+id+key`. */
  verifier: string;
  /** The line for a checkpoint's note whose text this is. */
  cosign(text: string, at: Date): Promise<string>;
}

const TYPE = 0x04;

export const formatWitnessKey = (verifier: NoteVerifier): string => formatVerifier(verifier, TYPE);

/** Reads what `formatWitnessKey` prints; throws `note-verifier` on anything else, so also on the key of a ledger. */
export const parseWitnessKey = (text: string): Promise<NoteVerifier> => parseVerifier(text, TYPE);

/** Prints the line, ended. Throws a `TypeError` if a part can't stand in one. */
export function formatCosignature({ name, id, time, signature }: Cosignature): string {
  if (!Number.isSafeInteger(time) || time < 0) throw new TypeError('cosignature: not a time');
  if (signature.length !== 64) throw new TypeError('cosignature: not a signature');
  const seconds = new Uint8Array(8);
  new DataView(seconds.buffer).setBigUint64(0, BigInt(time));
  return formatSignature({ name, id, signature: concat(seconds, signature) });
}

/** Reads what `formatCosignature` prints. Throws `note-malformed` or `cosignature-malformed` on anything else. */
export const parseCosignature = (line: string): Cosignature => cosignatureOf(parseSignature(line));

function cosignatureOf({ name, id, signature }: NoteSignature): Cosignature {
  if (signature.length !== 72) throw new Failure<CosignatureCode>('cosignature-malformed', name);
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Failure<CosignatureCode>('cosignature-malformed', name);
  }
  return { name, id, time: Number(seconds), signature: signature.slice(8) };
}

const message = (time: number, text: string): Bytes => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * What this witness has said on a note: its cosignatures, in the order of the note; none if it said nothing. Throws
 * `cosignature-wrong` or `cosignature-malformed` if a line claims to be by it and isn't, and `note-malformed`.
 */
export async function checkCosignatures(note: string, witness: NoteVerifier): Promise<Cosignature[]> {
  const { text, signatures } = parseNote(note);
  const own = signatures.filter(({ name, id }) => name === witness.name && equal(id, witness.id));
  if (own.length === 0) return [];
  const said = own.map(cosignatureOf);
  for (const { time, signature } of said) {
    if (!(await verifyEd25519(witness.publicKey, signature, message(time, text)))) {
      throw new Failure<CosignatureCode>('cosignature-wrong', witness.name);
    }
  }
  return said;
}

/** PKCS #8 (RFC 8410) of an Ed25519 key, before its seed. */
const PKCS8 = fromHex('302e020100300506032b657004220420');

async function readSeed(name: string, seed: Bytes): Promise<{ key: CryptoKey; verifier: NoteVerifier }> {
  const pkcs8 = concat(PKCS8, seed);
  const readable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x } = (await crypto.subtle.exportKey('jwk', readable)) as JsonWebKey;
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return { key, verifier: await verifierOf(name, fromBase64url(x!), TYPE) };
}

/** Prints a private key, ended. Throws a `TypeError` if `name` can't be a key's, or the seed is not 32 bytes. */
export async function formatCosignerKey(name: string, seed: Bytes): Promise<string> {
  if (seed.length !== 32) throw new TypeError('cosignature: not a seed');
  const { verifier } = await readSeed(name, seed);
  return `PRIVATE+KEY+${name}+${hex(verifier.id)}+${base64(concat(Uint8Array.of(TYPE), seed))}\n`;
}

/** A new private key under `name`, to be kept. */
export const generateCosignerKey = (name: string): Promise<string> =>
  formatCosignerKey(name, randomBytes(32));

/** The cosigner of a kept key. Throws `cosigner-key` on what `formatCosignerKey` doesn't print; never shows it. */
export async function parseCosignerKey(text: string): Promise<Cosigner> {
  const match = /^PRIVATE\+KEY\+([^+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/=]+)\n$/.exec(text);
  try {
    const name = match![1]!;
    const seed = fromBase64(match![2]!).slice(1);
    if ((await formatCosignerKey(name, seed)) === text) return await cosignerOf(name, seed);
  } catch {
    // As below: what was wrong might tell of the key.
  }
  throw new Failure<CosignatureCode>('cosigner-key');
}

async function cosignerOf(name: string, seed: Bytes): Promise<Cosigner> {
  const { key, verifier } = await readSeed(name, seed);
  return {
    name,
    verifier: formatWitnessKey(verifier),
    cosign: async (text, at) => {
      const time = Math.floor(at.getTime() / 1000);
      const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key, message(time, text)));
      return formatCosignature({ name, id: verifier.id, time, signature });
    },
  };
}

/**
 * bukti.json: all that a stranger needs to check one pledge without us. Format `ikrar/bukti-berkas@v2`, shown by
 * test/proof/proof-file.test.ts; what is checked, and in what order, is in check-proof.ts.
 *
 *     {
 *       "format": "ikrar/bukti-berkas@v2",
 *       "pernyataan": "ikrar/pernyataan@v1\nkode 7K3F-9QXM-2DA7\nnomor 800/17/IKRAR/BKBP/XI/2026\n…",
 *       "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA",
 *       "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoi…",
 *       "signature": "MEUCIQDx…",
 *       "publicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…",
 *       "rpId": "ikrar.example",
 *       "origin": "https://ikrar.example",
 *       "catatan": "ikrar/catatan@v1\njenis tanda-tangan\npernyataan sha256:…\nbukti sha256:…\nwaktu 2026-11-23T02:10:21Z\n",
 *       "tlogProof": "c2sp.org/tlog-proof@v1\nindex 1043\n…",
 *       "konsistensi": "ikrar/konsistensi@v1\ndari 1042\nsampai 1061\n…"
 *     }
 *
 * Rules:
 * 1. JSON (RFC 8259) in UTF-8, at most 65,536 bytes: these keys, each once, in this order, every value a string. Two
 *    spaces of indentation, LF, one LF at the end; escaped as `JSON.stringify` does it.
 * 2. `pernyataan` is the statement (statement/statement.ts), `catatan` its entry in the ledger (ledger/leaf.ts),
 *    `tlogProof` the entry's proof with a checkpoint (ledger/tlog-proof.ts), `konsistensi` the proof that this checkpoint
 *    continues the tree in the statement's line `catatan` (ledger/consistency.ts): whole texts, byte for byte.
 * 3. `authenticatorData`, `clientDataJSON` and `signature` are the exact bytes of the passkey's answer, `publicKey` is
 *    its key as SPKI (DER): base64url without padding.
 * 4. Parsing accepts only what formatting prints again, byte for byte. It looks into none of the values: a file that is
 *    read is not yet a proof.
 * 5. `ikrar/bukti-berkas@v1` is the same without `konsistensi`. Such files are read for good; none is made any more.
 */
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, utf8, utf8Text } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type Json, parseJson } from '../lib/json.ts';

/**
 * `proof-size`: longer than any. `proof-encoding`: not UTF-8. `proof-json`: not JSON, or cut off. `proof-key-twice`.
 * `proof-format`: JSON, but not what `formatProofFile` prints.
 */
export type ProofFileCode =
  | 'proof-size'
  | 'proof-encoding'
  | 'proof-json'
  | 'proof-key-twice'
  | 'proof-format';

export interface ProofFile {
  /** The text that was signed. */
  statement: string;
  authenticatorData: Bytes;
  /** The exact bytes that were signed. */
  clientDataJson: Bytes;
  signature: Bytes;
  /** The signer's public key: SPKI, DER. */
  spki: Bytes;
  rpId: string;
  origin: string;
  /** The ledger's entry. */
  entry: string;
  /** Proof that the entry is in the ledger, with a checkpoint. */
  tlogProof: string;
  /** Proof that this checkpoint continues the tree that the statement names; null in a file of version 1. */
  consistency: string | null;
}

const FORMAT = 'ikrar/bukti-berkas@v2';
/** Without a consistency proof. */
const FORMAT_1 = 'ikrar/bukti-berkas@v1';
const GREATEST_BYTES = 65_536;

/** Prints a proof, in version 1 if it has no consistency proof. Throws `Failure<ProofFileCode>` if it would be too long to be read again. */
export function formatProofFile(proof: ProofFile): string {
  const fields = {
    format: proof.consistency === null ? FORMAT_1 : FORMAT,
    pernyataan: proof.statement,
    authenticatorData: base64url(proof.authenticatorData),
    clientDataJSON: base64url(proof.clientDataJson),
    signature: base64url(proof.signature),
    publicKey: base64url(proof.spki),
    rpId: proof.rpId,
    origin: proof.origin,
    catatan: proof.entry,
    tlogProof: proof.tlogProof,
    ...(proof.consistency !== null && { konsistensi: proof.consistency }),
  };
  const text = `${JSON.stringify(fields, null, 2)}\n`;
  checkSize(utf8(text).length);
  return text;
}

/** Reads what `formatProofFile` prints. Throws `Failure<ProofFileCode>` on anything else. */
export function parseProofFile(given: string | Uint8Array): ProofFile {
  checkSize(given.length);
  const text = typeof given === 'string' ? given : decode(given);
  const proof = proofOf(readJson(text));
  if (formatProofFile(proof) !== text) throw new Failure<ProofFileCode>('proof-format', 'another spelling');
  return proof;
}

function checkSize(length: number): void {
  if (length > GREATEST_BYTES) throw new Failure<ProofFileCode>('proof-size');
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8Text(bytes);
  } catch (cause) {
    throw new Failure<ProofFileCode>('proof-encoding', undefined, { cause });
  }
}

function readJson(text: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    const code = cause instanceof SyntaxError ? 'proof-json' : 'proof-key-twice';
    throw new Failure<ProofFileCode>(code, undefined, { cause });
  }
}

function proofOf(fields: Json): ProofFile {
  const refused = (detail: string, cause?: unknown) =>
    new Failure<ProofFileCode>('proof-format', detail, { cause });
  if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) throw refused('not an object');
  const text = (key: string): string => {
    const value = fields[key];
    if (typeof value !== 'string' || !value.isWellFormed()) throw refused(key);
    return value;
  };
  const bytes = (key: string): Bytes => {
    try {
      return fromBase64url(text(key));
    } catch (cause) {
      throw refused(key, cause);
    }
  };
  const format = text('format');
  if (format !== FORMAT && format !== FORMAT_1) throw refused('another format');
  return {
    statement: text('pernyataan'),
    authenticatorData: bytes('authenticatorData'),
    clientDataJson: bytes('clientDataJSON'),
    signature: bytes('signature'),
    spki: bytes('publicKey'),
    rpId: text('rpId'),
    origin: text('origin'),
    entry: text('catatan'),
    tlogProof: text('tlogProof'),
    consistency: format === FORMAT ? text('konsistensi') : null,
  };
}

/**
 * pencabutan.json: what a stranger needs to see that a pledge was withdrawn. Format `ikrar/pencabutan-berkas@v1`, shown by
 * test/proof/withdrawal-file.test.ts; what is checked is in check-withdrawal.ts.
 *
 *     {
 *       "format": "ikrar/pencabutan-berkas@v1",
 *       "pencabutan": "ikrar/pencabutan@v1\nkode 7K3F-9QXM-2DA7\npernyataan sha256:…\n…",
 *       "petugas": [
 *         {
 *           "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA",
 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoi…",
 *           "signature": "MEUCIQDx…",
 *           "publicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…"
 *         },
 *         {
 *           …
 *         }
 *       ],
 *       "rpId": "ikrar.example",
 *       "origin": "https://ikrar.example",
 *       "catatan": "ikrar/catatan@v1\njenis pencabutan\npernyataan sha256:…\npencabutan sha256:…\nbukti sha256:…\nbukti sha256:…\nwaktu …\n",
 *       "tlogProof": "c2sp.org/tlog-proof@v1\nindex 2044\n…"
 *     }
 *
 * Rules: those of bukti.json (proof-file.ts), with these keys. `petugas` are the two officers, who asked first, then who
 * confirmed; both signed `pencabutan` (withdrawal/withdrawal.ts). Parsing accepts only what formatting prints again, byte
 * for byte.
 */
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, utf8, utf8Text } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type Json, parseJson } from '../lib/json.ts';
import type { Approval } from '../office/approve.ts';

export type WithdrawalFileCode = 'withdrawal-file-malformed';

export interface WithdrawalFile {
  /** The text that both signed. */
  withdrawal: string;
  /** Who asked, and who confirmed. */
  officers: [Approval, Approval];
  rpId: string;
  origin: string;
  /** The ledger's entry. */
  entry: string;
  /** Proof that the entry is in the ledger, with a checkpoint. */
  tlogProof: string;
}

const FORMAT = 'ikrar/pencabutan-berkas@v1';
const GREATEST_BYTES = 65_536;

export function formatWithdrawalFile(file: WithdrawalFile): string {
  const fields = {
    format: FORMAT,
    pencabutan: file.withdrawal,
    petugas: file.officers.map((made) => ({
      authenticatorData: base64url(made.authenticatorData),
      clientDataJSON: base64url(made.clientDataJson),
      signature: base64url(made.signature),
      publicKey: base64url(made.spki),
    })),
    rpId: file.rpId,
    origin: file.origin,
    catatan: file.entry,
    tlogProof: file.tlogProof,
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/** Whether the bytes claim to be such a file, before anything of them is believed. */
export const claimsWithdrawal = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, 64)).startsWith(`{\n  "format": "${FORMAT}"`);

/** Reads what `formatWithdrawalFile` prints. Throws `Failure<'withdrawal-file-malformed'>` on anything else. */
export function parseWithdrawalFile(given: string | Uint8Array): WithdrawalFile {
  try {
    if (given.length > GREATEST_BYTES) throw new TypeError('too long');
    const text = typeof given === 'string' ? given : utf8Text(given);
    const fields = objectOf(parseJson(text));
    const officers = fields.petugas;
    if (!Array.isArray(officers) || officers.length !== 2) throw new TypeError('petugas');
    const file: WithdrawalFile = {
      withdrawal: textOf(fields, 'pencabutan'),
      officers: [approvalOf(officers[0]!), approvalOf(officers[1]!)],
      rpId: textOf(fields, 'rpId'),
      origin: textOf(fields, 'origin'),
      entry: textOf(fields, 'catatan'),
      tlogProof: textOf(fields, 'tlogProof'),
    };
    if (utf8(text).length <= GREATEST_BYTES && formatWithdrawalFile(file) === text) return file;
  } catch (cause) {
    throw new Failure<WithdrawalFileCode>('withdrawal-file-malformed', undefined, { cause });
  }
  throw new Failure<WithdrawalFileCode>('withdrawal-file-malformed', 'another spelling');
}

type Fields = { [key: string]: Json };

function objectOf(value: Json): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new TypeError('not an object');
  return value;
}

function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value !== 'string' || !value.isWellFormed()) throw new TypeError(key);
  return value;
}

function approvalOf(value: Json): Approval {
  const fields = objectOf(value);
  const bytes = (key: string): Bytes => fromBase64url(textOf(fields, key));
  return {
    authenticatorData: bytes('authenticatorData'),
    clientDataJson: bytes('clientDataJSON'),
    signature: bytes('signature'),
    spki: bytes('publicKey'),
  };
}

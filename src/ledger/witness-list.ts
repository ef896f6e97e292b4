/**
 * The witnesses that a ledger asks. Shown by test/ledger/witness-list.test.ts.
 *
 *     # Universitas
 *     saksi.example/satu+8d66cf3f+BAAB… https://saksi.example/satu
 *
 * A line each: its verifier key (cosignature.ts), a space, the address before `/add-checkpoint`. Empty lines and lines
 * that begin with # mean nothing.
 */
import { equal } from '../lib/bytes.ts';
import { parseWitnessKey } from './cosignature.ts';
import type { NoteVerifier } from './note.ts';

export interface AskedWitness {
  verifier: NoteVerifier;
  /** Without a slash at the end. */
  address: string;
}

export interface WitnessList {
  witnesses: AskedWitness[];
  /** What is wrong with each line that is none: for the one who wrote it. */
  problems: string[];
}

/** A witness's key of the other algorithm of C2SP: type 0x06. */
const ML_DSA = /^[^+]+\+[0-9a-f]{8}\+B[g-v]/;

/** A signed note holds 100 lines; a policy 32 witnesses. */
const MOST_WITNESSES = 32;

export async function parseWitnessList(text: string): Promise<WitnessList> {
  const witnesses: AskedWitness[] = [];
  const problems: string[] = [];
  for (const [at, whole] of text.split('\n').entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [key, typed, ...more] = line.split(/\s+/);
    const refused = (why: string) => problems.push(`baris ${at + 1} "${line.slice(0, 120)}" ${why}`);
    const verifier = await parseWitnessKey(key!).catch(() => null);
    const address = typed?.replace(/\/+$/, '');
    if (ML_DSA.test(key!))
      refused('memakai kunci ML-DSA-44, yang belum dikenal. Tulis kunci Ed25519 saksi itu.');
    else if (verifier === null) refused('tidak dimulai dengan kunci saksi (nama+id+kunci).');
    else if (address === undefined || more.length > 0 || !isAddress(address)) {
      refused('harus berisi kunci saksi, spasi, lalu alamat https:// atau http://.');
    } else if (witnesses.some((other) => equal(other.verifier.publicKey, verifier.publicKey))) {
      refused('mengulang saksi yang sudah disebut.');
    } else if (witnesses.length === MOST_WITNESSES) refused(`melebihi ${MOST_WITNESSES} saksi.`);
    else witnesses.push({ verifier, address });
  }
  return { witnesses, problems };
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && `${search}${hash}${username}${password}` === '';
}

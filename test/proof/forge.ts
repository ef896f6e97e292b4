/** A whole proof by somebody who has keys of their own: every step holds, but for what they can't have. */

import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency } from '../../src/ledger/consistency.ts';
import { formatLeaf } from '../../src/ledger/leaf.ts';
import { type HashReader, leafHash, nodeHash, proveBoth, rootOf } from '../../src/ledger/merkle.ts';
import { generateSigner, type NoteSigner, parseNote } from '../../src/ledger/note.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { base64, base64url } from '../../src/lib/base64.ts';
import { concat, utf8 } from '../../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import type { ProofFile } from '../../src/proof/proof-file.ts';
import { evidenceHash } from '../../src/signature/evidence.ts';
import {
  formatStatement,
  parseStatement,
  type Statement,
  statementHash,
} from '../../src/statement/statement.ts';

export interface Forged {
  proof: ProofFile;
  /** Of the ledger that the proof is in. */
  signer: NoteSigner;
  /** The hashes of its tree. */
  read: HashReader;
}

interface Options {
  change?: (statement: Statement) => Partial<Statement>;
  origin?: string;
  /** Name of the ledger; that of the origin unless told. */
  ledger?: string;
  /** Digest of the key that the statement names; the right one unless told. */
  named?: Uint8Array;
  /** How many entries stand before it in the ledger, and after it. */
  before?: number;
  after?: number;
  /** From issuing to its entry; 16 unless told. */
  seconds?: number;
  /** Of the authenticator; present and verified, and bound to its device, unless told. */
  flags?: number;
}

/** A pledge like the genuine one, signed with a new key (EdDSA) and entered in a new ledger. */
export async function forge(
  genuine: Pick<ProofFile, 'statement' | 'origin'>,
  options: Options,
): Promise<Forged> {
  const { origin = genuine.origin, change = () => ({}), after = 0, seconds = 16, flags = 5 } = options;
  const { host, hostname: rpId } = new URL(origin);
  const ledger = options.ledger ?? `${host}/catatan`;
  const { privateKey, publicKey } = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const spki = new Uint8Array((await crypto.subtle.exportKey('spki', publicKey)) as ArrayBuffer);
  const said = parseStatement(genuine.statement);
  const index = options.before ?? said.catatan.size;
  const others = (count: number) => Array.from({ length: count }, (_, at) => utf8(`${at}`));
  const older = await rootOf(index, readerOf(await Promise.all(others(index).map(leafHash))));
  const named = {
    ...said,
    kunci: formatDigest(options.named ?? (await sha256(spki))),
    catatan: { origin: ledger, size: index, root: base64(older) },
  };
  const statement = formatStatement({ ...named, ...change(named) });

  const challenge = base64url(await challengeOf(statement));
  const clientDataJson = utf8(
    JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
  );
  const authenticatorData = concat(await sha256(utf8(rpId)), Uint8Array.of(flags, 0, 0, 0, 0));
  const data = concat(authenticatorData, await sha256(clientDataJson));
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, data));
  const made = { authenticatorData, clientDataJson, signature, spki };

  const hash = await statementHash(statement);
  const entry = formatLeaf({
    jenis: 'tanda-tangan',
    fields: [
      ['pernyataan', formatDigest(hash)],
      ['bukti', formatDigest(await evidenceHash({ statementHash: hash, ...made }))],
    ],
    waktu: new Date(Date.parse(parseStatement(statement).terbit) + seconds * 1000),
  });
  const entries = [...others(index), utf8(entry), ...others(after)];
  const read = readerOf(await Promise.all(entries.map(leafHash)));
  const root = await rootOf(entries.length, read);
  const signer = await generateSigner(ledger);
  const checkpoint = await signer.sign(formatCheckpoint({ origin: ledger, size: entries.length, root }));
  const size = entries.length;
  const hashes = await proveBoth({ older: index, index }, size, read);
  const tlogProof = formatProof({ index, hashes: hashes.inclusion, checkpoint });
  const consistency = formatConsistency({ older: index, size, hashes: hashes.consistency });
  return { proof: { statement, ...made, rpId, origin, entry, tlogProof, consistency }, signer, read };
}

/** The text of the checkpoint in a proof. */
export const checkpointText = (proof: ProofFile): string =>
  parseNote(parseProof(proof.tlogProof).checkpoint).text;

const readerOf =
  (leaves: Uint8Array[]): HashReader =>
  (nodes) => {
    const hashOf = async (level: number, index: number): Promise<Uint8Array> =>
      level === 0
        ? leaves[index]!
        : nodeHash(await hashOf(level - 1, 2 * index), await hashOf(level - 1, 2 * index + 1));
    return Promise.all(nodes.map(({ level, index }) => hashOf(level, index)));
  };

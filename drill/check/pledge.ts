/**
 * One pledge, checked from its bukti.json as docs/format says a stranger does it: text, challenge, signature, entry, place in
 * the tree, checkpoint. By Node's crypto alone.
 */
import { createPublicKey, verify } from 'node:crypto';
import { readNote } from './note.ts';
import { leafHash, rootBy, sha256 } from './tree.ts';

export interface CheckedPledge {
  kode: string;
  /** `sha256:…` of the statement. */
  pernyataan: string;
  entry: string;
  index: number;
  /** The tree that the signer was shown. */
  shown: { size: number; root: string };
}

/** `key`: the ledger's. Throws a sentence if a step fails. */
export function checkPledge(bukti: string, { key, origin }: { key: string; origin: string }): CheckedPledge {
  const proof = JSON.parse(bukti) as Record<string, string>;
  const bytes = (name: string): Buffer => Buffer.from(proof[name]!, 'base64url');
  const statement = proof.pernyataan!;
  const header = (name: string): string =>
    new RegExp(`^${name} (.+)$`, 'm').exec(statement.split('\n\n')[0]!)?.[1] ??
    refuse(`the statement has no ${name}`);

  const client = JSON.parse(bytes('clientDataJSON').toString()) as Record<string, unknown>;
  must(
    client.challenge === sha256('ikrar/tantangan@v1\n', statement).toString('base64url'),
    'the challenge is of another text',
  );
  must(client.type === 'webauthn.get' && client.origin === origin, 'the passkey was asked elsewhere');
  const authenticator = bytes('authenticatorData');
  must(
    authenticator.subarray(0, 32).equals(sha256(new URL(origin).hostname)),
    'the passkey is of another site',
  );
  const spki = bytes('publicKey');
  must(header('kunci') === digest(spki), 'the key is not the one that the statement names');
  must(
    verify(
      'sha256',
      Buffer.concat([authenticator, sha256(bytes('clientDataJSON'))]),
      createPublicKey({ key: spki, format: 'der', type: 'spki' }),
      bytes('signature'),
    ),
    'the signature does not verify',
  );

  const pernyataan = digest(statement);
  const evidence = digest(
    `ikrar/bukti@v1\npernyataan ${pernyataan}\n${[
      'authenticatorData',
      'clientDataJSON',
      'signature',
      'publicKey',
    ]
      .map((name) => `${name} ${proof[name]}\n`)
      .join('')}`,
  );
  const entry = proof.catatan!;
  const waktu = /\nwaktu (\S+)\n$/.exec(entry)?.[1] ?? '';
  must(
    entry ===
      `ikrar/catatan@v1\njenis tanda-tangan\npernyataan ${pernyataan}\nbukti ${evidence}\nwaktu ${waktu}\n`,
    'the entry is of something else',
  );
  const late = Date.parse(waktu) - Date.parse(header('terbit'));
  must(late >= 0 && late <= 13 * 3_600_000, `the entry is of ${waktu}, the statement of ${header('terbit')}`);

  const { index, hashes, checkpoint } = readInclusion(proof.tlogProof!);
  const { size, root } = readNote(checkpoint, key);
  must(
    rootBy(leafHash(Buffer.from(entry)), index, size, hashes)?.equals(root),
    'the entry is not in the tree',
  );
  const [, shownSize, shownRoot] = header('catatan').split(' ');
  const shown = { size: Number(shownSize), root: shownRoot! };
  must(index >= shown.size, 'the entry is older than the statement');
  return { kode: header('kode'), pernyataan, entry, index, shown };
}

function readInclusion(text: string): { index: number; hashes: Buffer[]; checkpoint: string } {
  const split = text.indexOf('\n\n');
  const [first, index, ...hashes] = text.slice(0, split).split('\n');
  must(first === 'c2sp.org/tlog-proof@v1' && /^index \d+$/.test(index!), 'the proof is of another format');
  return {
    index: Number(index!.slice('index '.length)),
    hashes: hashes.map((line) => Buffer.from(line, 'base64')),
    checkpoint: text.slice(split + 2),
  };
}

const digest = (of: Uint8Array | string): string => `sha256:${sha256(of).toString('hex')}`;

function must(held: boolean | undefined, otherwise: string): void {
  if (!held) refuse(otherwise);
}

function refuse(why: string): never {
  throw new Error(why);
}

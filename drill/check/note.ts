/** Signed checkpoints (https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint), read by Node's own crypto. */
import { createPublicKey, verify } from 'node:crypto';

export interface Head {
  size: number;
  root: Buffer;
}

/** `key`: as at /catatan/kunci. Throws a sentence if the note isn't a checkpoint that this key has signed. */
export function readNote(note: string, key: string): Head {
  const [, name, id, encoded] =
    /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(key.trim()) ?? refuse('that is no verifier key');
  const end = note.indexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const publicKey = createPublicKey({
    key: Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(encoded!, 'base64').subarray(1),
    ]),
    format: 'der',
    type: 'spki',
  });
  const isSigned = note
    .slice(end + 1)
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([dash, by]) => dash === '—' && by === name)
    .map(([, , signature]) => Buffer.from(signature ?? '', 'base64'))
    .some(
      (signature) =>
        signature.subarray(0, 4).toString('hex') === id &&
        verify(null, Buffer.from(text), publicKey, signature.subarray(4)),
    );
  if (!isSigned) refuse('the checkpoint is not signed by the ledger’s key');
  const [origin, size, root] = text.split('\n');
  if (origin !== name) refuse(`the checkpoint is of ${origin}`);
  if (!/^(0|[1-9][0-9]{0,11})$/.test(size!)) refuse('the checkpoint has no size');
  return { size: Number(size), root: Buffer.from(root!, 'base64') };
}

function refuse(why: string): never {
  throw new Error(why);
}

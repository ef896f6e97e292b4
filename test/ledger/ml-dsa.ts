/** A line as a witness with an ML-DSA-44 key makes it (https://c2sp.org/tlog-cosignature, type 0x06), but for the signature. */
import { formatSignature } from '../../src/ledger/note.ts';
import { concat, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';

const TYPE = Uint8Array.of(0x06);

export async function mlDsaLine(name: string): Promise<string> {
  const id = (await sha256(utf8(`${name}\n`), TYPE, randomBytes(1312))).slice(0, 4);
  return formatSignature({ name, id, signature: concat(new Uint8Array(8), randomBytes(2420)) });
}

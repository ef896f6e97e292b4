/**
 * Seals a paper that was made with room for a seal: PAdES (ETSI EN 319 142-1, ISO 32000-1 12.8) over the whole file. The
 * room stands in the first and only version of the file, so whatever is appended later is a change. Shown by
 * test/document/seal.test.ts.
 *
 *     /ByteRange [0 41210 47354 1893   ]
 *     /Contents <3082…0000>
 *
 * The range names all bytes but the Contents with their brackets: from 0, 41210 bytes; from 47354, 1893 bytes.
 */
import { type Bytes, concat, hex, utf8 } from '../lib/bytes.ts';
import { ROOM_RANGE } from '../lib/paper/paper.ts';
import { type Sealer, stampSeal } from '../lib/sealer.ts';
import { sha256 } from '../lib/sha256.ts';
import type { TimeAuthority } from '../lib/time-authority.ts';

/**
 * `authority`: stamps the seal with the time. Throws if the file has not exactly one room for a seal, or the seal is larger.
 * Rejects as the sealer and the authority do.
 */
export async function seal(
  sealer: Sealer,
  paper: Bytes,
  authority: Pick<TimeAuthority, 'stamp'> | null = null,
): Promise<Bytes> {
  const text = new TextDecoder('latin1').decode(paper);
  const range = text.indexOf(ROOM_RANGE);
  if (range < 0 || text.includes(ROOM_RANGE, range + 1)) throw new Error('seal: not one room for a seal');
  const start = text.indexOf('<', range);
  const end = text.indexOf('>', start) + 1;
  const numbers = `[0 ${start} ${end} ${paper.length - end}`;
  const whole = concat(paper);
  whole.set(utf8(`${numbers.padEnd(ROOM_RANGE.length - 1)}]`), range);

  const plain = await sealer.seal(await sha256(whole.subarray(0, start), whole.subarray(end)));
  const cms = hex(authority ? await stampSeal(plain, authority.stamp) : plain);
  if (cms.length > end - start - 2) throw new Error('seal: larger than its room');
  whole.set(utf8(cms), start + 1);
  return whole;
}

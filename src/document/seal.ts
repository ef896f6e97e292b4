/**
 * Seals a paper: PAdES (ETSI EN 319 142-1, ISO 32000-1 12.8) over the whole file. The room stands in the first and only
 * version of the file, so whatever is appended later is a change. Shown by test/document/seal.test.ts.
 *
 *     /ByteRange [0 61210 67354 1893       ] /Contents <3082…0000>
 *
 * The range names all bytes but the Contents with their brackets: from 0, 61210 bytes; from 67354, 1893 bytes.
 */
import { fillSeal, type SealablePaper } from '../kertas/print.ts';
import { type Bytes, concat } from '../lib/bytes.ts';
import { printable } from '../lib/log.ts';
import { programOf } from '../lib/paper/font/program.ts';
import { wholeOf } from '../lib/paper/printed.ts';
import { checkSealCms, stampSeal } from '../lib/seal-cms.ts';
import type { Sealer } from '../lib/sealer.ts';
import { sha256 } from '../lib/sha256.ts';
import type { TimeAuthority } from '../lib/time-authority.ts';

/** The sealer's, and not of the one paper: it can't seal, or what it gave is no seal. Its cause says why. */
export class SealerError extends Error {
  override readonly name = 'SealerError';
}

/** Work that the sealer does. */
export const bySealer = <T>(sealer: string, work: Promise<T>): Promise<T> =>
  work.catch((cause) => {
    throw new SealerError(
      `${printable(sealer)} can't seal: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    );
  });

/**
 * Returns the file. `authority`: stamps the seal with the time. Rejects as the authority does, and with a `SealerError`
 * if the sealer does, or what came is no seal that whoever checks would accept.
 */
export async function seal(
  sealer: Sealer,
  paper: SealablePaper,
  authority: Pick<TimeAuthority, 'stamp'> | null = null,
): Promise<Bytes> {
  const { from, to } = paper.room.contents;
  const empty = wholeOf(paper.printed, programOf);
  const covered = concat(empty.subarray(0, from), empty.subarray(to));
  const plain = await bySealer(sealer.name, sealer.seal(await sha256(covered)));
  const cms = authority ? await stampSeal(plain, covered, authority.stamp) : plain;
  const filled = await bySealer(
    sealer.name,
    checkSealCms(cms, covered).then(() => fillSeal(paper, cms)),
  );
  return wholeOf(filled, programOf);
}

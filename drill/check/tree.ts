/** The tree of RFC 6962, section 2.1, worked out from entries alone. */
import { createHash } from 'node:crypto';

export const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafHash = (entry: Uint8Array): Buffer => sha256(Buffer.of(0), entry);

const above = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right);

/** The roots of the first so many leaves, for each size asked; a size greater than there are leaves has none. */
export function rootsAt(leaves: Iterable<Uint8Array>, sizes: Iterable<number>): Map<number, Buffer> {
  const wanted = new Set(sizes);
  const roots = new Map<number, Buffer>();
  // The full subtrees of what was read so far, the greatest first.
  const peaks: { size: number; hash: Buffer }[] = [];
  const keepRoot = (size: number): void => {
    if (!wanted.has(size)) return;
    const hashes = peaks.map(({ hash }) => hash);
    roots.set(size, hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => above(left, right)));
  };
  let read = 0;
  keepRoot(read);
  for (const leaf of leaves) {
    let peak = { size: 1, hash: Buffer.from(leaf) as Buffer };
    while (peaks.at(-1)?.size === peak.size) {
      const left = peaks.pop()!;
      peak = { size: 2 * peak.size, hash: above(left.hash, peak.hash) };
    }
    peaks.push(peak);
    keepRoot(++read);
  }
  return roots;
}

/** The root to which an inclusion proof leads (RFC 9162, section 2.1.3.2); null if it is none for this index and size. */
export function rootBy(leaf: Uint8Array, index: number, size: number, proof: Uint8Array[]): Buffer | null {
  if (index >= size) return null;
  let hash = Buffer.from(leaf) as Buffer;
  let [at, last] = [index, size - 1];
  for (const beside of proof) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      hash = above(beside, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      hash = above(hash, beside);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
}

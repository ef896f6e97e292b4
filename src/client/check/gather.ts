/** What was chosen, told by its bytes: files with a proof that can be checked, or pictures in which there may be a QR. */
import { type Digest, formatDigest, sha256 } from '../../lib/sha256.ts';
import type { CheckOutcome } from '../../pages/check/check-outcome.ts';
import { bring } from '../../proof/bring.ts';
import type { GivenFiles } from '../../proof/check-proof.ts';
import { able } from './able.ts';
import { isPicture, openPicture } from './picture.ts';
import { isPdf, openScan, scansOf } from './scan-pdf.ts';

/** Null: this browser can't open it. */
export type Picture = () => Promise<ImageBitmap | null>;

export type Gathered =
  | { kind: 'outcome'; outcome: CheckOutcome }
  /** `paper`: digest of the PDF among them. */
  | { kind: 'given'; given: GivenFiles; paper: Digest | null }
  | { kind: 'pictures'; pictures: Picture[] };

/** Nothing that we make is nearly as large; a scan is. */
const MOST_BYTES = 5 << 20;
const MOST_FILES = 3;

const outcome = (outcome: CheckOutcome): Gathered => ({ kind: 'outcome', outcome });

export async function gather(files: File[]): Promise<Gathered> {
  if (files.length > MOST_FILES) return outcome('terlalu-banyak');
  const parts: Gathered[] = [];
  for (const file of files) parts.push(await open(file));
  return parts.reduce(join);
}

async function open(file: File): Promise<Gathered> {
  const head = await read(file.slice(0, 1024));
  if (head === null) return outcome('tidak-terbaca');
  if (isPicture(head)) return { kind: 'pictures', pictures: [() => openPicture(file)] };
  if (!(await able())) return outcome('peramban-lama');
  const scan = isPdf(head);
  const bytes = scan || file.size <= MOST_BYTES ? await read(file) : null;
  if (bytes === null) return outcome('tidak-terbaca');
  const brought = bytes.length <= MOST_BYTES ? await bring(bytes) : null;
  const given = brought?.ok ? brought.given : null;
  // Apps that scan put words of their own behind the picture. What no proof comes with is only a picture of a paper.
  if (scan && !given?.proof && !given?.statement) {
    const pictures = scansOf(bytes).map((found) => () => openScan(found));
    if (pictures.length > 0) return { kind: 'pictures', pictures };
  }
  if (given === null) return outcome('tidak-terbaca');
  return { kind: 'given', given, paper: given.pdf === null ? null : formatDigest(await sha256(bytes)) };
}

/** Null: it can't be had, as when it was moved away meanwhile. */
async function read(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** A PDF and the bukti.json beside it are checked as one; several photos are looked at together. */
function join(one: Gathered, other: Gathered): Gathered {
  if (one.kind === 'outcome') return one;
  if (other.kind === 'outcome') return other;
  if (one.kind === 'pictures' && other.kind === 'pictures') {
    return { kind: 'pictures', pictures: [...one.pictures, ...other.pictures] };
  }
  if (one.kind !== 'given' || other.kind !== 'given') return outcome('terlalu-banyak');
  const brought = Object.entries(other.given).filter(([, part]) => part !== null && part !== undefined);
  if (brought.some(([key]) => one.given[key as keyof GivenFiles])) return outcome('terlalu-banyak');
  const given = { ...one.given, ...Object.fromEntries(brought) };
  return { kind: 'given', given, paper: one.paper ?? other.paper };
}

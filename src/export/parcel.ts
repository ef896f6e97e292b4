/**
 * All sealed papers of an event as ZIP files, in parts, each with the manifest of all of them. A part is made while it is sent, and follows
 * from the event and the ledger's size alone: fetched again it is the same bytes. Shown by test/export/parcel.test.ts.
 */
import { makeZip, predictLength } from 'client-zip';
import type { Db } from '../db.ts';
import { type Bytes, equal } from '../lib/bytes.ts';
import { streamPieces } from '../lib/pieces.ts';
import { formatDigest, sha256 } from '../lib/sha256.ts';
import { formatLocal, type Zona } from '../lib/zone.ts';
import { type Manifest, manifestFiles, type PaperNamed, paperNames } from './manifest.ts';
import * as parcels from './parcels.ts';
import type { StillMay } from './stream.ts';

/** A part has no more bytes. */
export const PART_BYTES = 500_000_000;
/** What a file takes at most in a ZIP beside its bytes: three headers and its name twice; and in both kinds of manifest, whose heads are less. */
const AROUND = 30 + 16 + 46 + 2 * 128;
const IN_MANIFEST = 1_000;
const HEADS = 10_000;
/** Read from the database at once. */
const READ_BYTES = 1_000_000;

type Held = parcels.PaperRow & { paper: NonNullable<parcels.PaperRow['paper']> };

interface File {
  nama: string;
  row: Held;
}

export interface ParcelPart {
  files: File[];
  /** Of its ZIP. */
  bytes: number;
}

export interface Parcel {
  manifest: Manifest;
  checkpoint: parcels.Papers['checkpoint'];
  zona: Zona;
  parts: ParcelPart[];
}

/** `event`: as the papers' statements name it. */
export function planParcel(
  { checkpoint, rows, erased }: parcels.Papers,
  event: { penyelenggara: string; judul: string; zona: Zona },
  most = PART_BYTES,
): Parcel {
  const nameOf = paperNames();
  const named = rows.map((row) => ({ row, nama: nameOf(row satisfies PaperNamed) }));
  const files = named.filter((one): one is File => one.row.paper !== null);
  const room = most - HEADS - IN_MANIFEST * rows.length;
  const parts: File[][] = [];
  let left = 0;
  for (const file of files) {
    const takes = file.row.paper.ukuran + AROUND;
    if (parts.length === 0 || takes > left) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)!.push(file);
    left -= takes;
  }
  const manifest: Manifest = {
    penyelenggara: event.penyelenggara,
    kegiatan: event.judul,
    checkpoint: checkpoint.note,
    bagian: parts.length,
    dihapus: erased,
    berkas: parts.flatMap((part, at) =>
      part.map(({ nama, row: { kode, ikrar, paper } }) => ({
        ...{ nama, bagian: at + 1, kode, ikrar },
        sha256: formatDigest(paper.sha256),
        ukuran: paper.ukuran,
        segel: paper.segel,
      })),
    ),
    belum: named
      .filter(({ row }) => row.paper === null)
      .map(({ nama, row: { kode, ikrar } }) => ({ nama, kode, ikrar })),
  };
  const head = manifestFiles(manifest).map(({ nama, bytes }) => ({ name: nama, size: bytes.length }));
  return {
    manifest,
    checkpoint,
    zona: event.zona,
    parts: parts.map((files) => {
      const sizes = files.map(({ nama, row }) => ({ name: nama, size: row.paper.ukuran }));
      return { files, bytes: Number(predictLength([...head, ...sizes])) };
    }),
  };
}

/**
 * The part's ZIP. Papers are read when those before have left. A paper that is gone, or isn't the one in the manifest, and a reader who may
 * no longer read, break it off: without its end no program opens it.
 */
export function streamPart(
  db: Db,
  { manifest, checkpoint, zona, parts }: Parcel,
  part: number,
  stillMay: StillMay,
): ReadableStream<Bytes> {
  // As the library reads a date: by the clock of this machine, which is to show that of the event.
  const clock = (at: Date): Date => new Date(formatLocal(at, zona));
  async function* files() {
    for (const { nama, bytes } of manifestFiles(manifest))
      yield { name: nama, input: bytes, lastModified: clock(checkpoint.at) };
    for (const some of batches(parts[part - 1]!.files)) {
      const papers = await parcels.bytesOf(
        db,
        some.map(({ row }) => row),
      );
      for (const [at, { nama, row }] of some.entries()) {
        const input = papers[at]!;
        if (!equal(await sha256(input), row.paper.sha256))
          throw new Error(`parcel: the paper of ${row.kode} is not the one that was sealed`);
        yield { name: nama, input, lastModified: clock(row.at) };
      }
    }
  }
  return streamPieces(zipped(files()), stillMay);
}

async function* zipped(files: AsyncGenerator<{ name: string; input: Bytes; lastModified: Date }>) {
  const reader = (makeZip(files) as ReadableStream<Bytes>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // The library ends its own part alone.
    await reader.cancel().catch(() => {});
    await files.return(undefined);
  }
}

function* batches(files: readonly File[]): Generator<File[]> {
  let some: File[] = [];
  let bytes = 0;
  for (const file of files) {
    some.push(file);
    bytes += file.row.paper.ukuran;
    if (bytes < READ_BYTES) continue;
    yield some;
    some = [];
    bytes = 0;
  }
  if (some.length > 0) yield some;
}

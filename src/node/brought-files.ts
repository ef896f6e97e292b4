/** What lies in a folder or in ZIP files, for the check of an event's papers: named and measured, and read one at a time. Shown by test/export/parcel-command.test.ts. */
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { BroughtFile, Fault } from '../export/check-parcel.ts';
import { PAPER_BYTES } from '../export/manifest.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type ReadPiece, readPacked, readZipDirectory, type ZipCode } from '../lib/zip-directory.ts';

export interface BroughtFiles {
  files: BroughtFile[];
  refused: Fault[];
}

/** A ZIP as it is; of a folder all that is in it, and what is in the ZIP files that lie in it. `close`: of those that were opened. */
export async function openBrought(path: string): Promise<BroughtFiles & { close(): Promise<void> }> {
  const opened: FileHandle[] = [];
  const found: BroughtFiles = { files: [], refused: [] };
  const folder = (await stat(path)).isDirectory();
  const paths = folder
    ? (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => !entry.isDirectory())
        .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1))
    : [[path, true] as const];
  for (const [at, isFile] of paths) {
    const nama = folder ? relative(path, at).split(sep).join('/').normalize('NFC') : basename(at);
    // A link, a pipe: nothing that anybody unpacks.
    if (!isFile) found.refused.push({ code: 'file-foreign', nama });
    else if (/\.zip$/i.test(nama)) {
      const file = await open(at);
      opened.push(file);
      const inside = await openZip(file, nama);
      found.files.push(...inside.files);
      found.refused.push(...inside.refused);
    } else {
      const { size } = await stat(at);
      found.files.push({ nama, ukuran: size, read: () => whole(at, size) });
    }
  }
  return { ...found, close: async () => void (await Promise.all(opened.map((file) => file.close()))) };
}

/** As long as it was measured: a file that grows meanwhile is another one. */
async function whole(path: string, size: number): Promise<Bytes> {
  const file = await open(path);
  try {
    return await pieceOf(file)(0, size + 1);
  } finally {
    await file.close();
  }
}

const pieceOf =
  (file: FileHandle): ReadPiece =>
  async (from, to) => {
    const bytes = new Uint8Array(to - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.slice(0, bytesRead);
  };

async function openZip(file: FileHandle, nama: string): Promise<BroughtFiles> {
  const read = pieceOf(file);
  try {
    const { entries, refused } = await readZipDirectory((await file.stat()).size, read, MOST_UNPACKED);
    return {
      files: entries.map((entry) => ({
        nama: entry.name,
        ukuran: entry.size,
        read: async () => {
          const packed = await readPacked(entry, read);
          return entry.deflated ? inflate(packed, entry.size) : packed;
        },
      })),
      refused: refused.map(({ name, code }) => ({ code, nama: name })),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { files: [], refused: [{ code: error.code as ZipCode, nama }] };
  }
}

/** Both kinds of manifest may be larger than a paper. */
const MOST_UNPACKED = Math.max(PAPER_BYTES, 32 << 20);

/** No more than it says it is. */
function inflate(packed: Bytes, size: number): Bytes {
  try {
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) }));
  } catch (cause) {
    throw new Failure<ZipCode>('zip-malformed', 'deflate', { cause });
  }
}

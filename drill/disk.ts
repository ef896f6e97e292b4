/** A small disk of its own, in memory, that can be filled. Only root can mount one. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Disk {
  readonly folder: string;
  /** To the last page. */
  fill(): Promise<void>;
  empty(): Promise<void>;
  unmount(): Promise<void>;
}

const mounted = new Set<string>();
process.on('exit', () => {
  for (const folder of mounted) execFileSync('umount', ['--lazy', folder]);
});

export async function mountDisk(folder: string, megabytes: number): Promise<Disk> {
  await mkdir(folder, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder]);
  mounted.add(folder);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: async () => {
      const file = await open(ballast, 'a');
      try {
        // A page at last: a file that others let go of is taken at once as well.
        for (const size of [1 << 20, 1 << 16, 1 << 12]) {
          try {
            for (;;) await file.write(new Uint8Array(size));
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          }
        }
      } finally {
        await file.close();
      }
    },
    empty: () => rm(ballast, { force: true }),
    unmount: async () => {
      mounted.delete(folder);
      await run('umount', ['--lazy', folder]);
    },
  };
}

/** Why there can be no such disk here; null if there can. */
export async function lackOfDisks(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-disk-'));
  try {
    const disk = await mountDisk(folder, 1);
    await disk.unmount();
    return null;
  } catch {
    return 'memasang disk kecil memerlukan root';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

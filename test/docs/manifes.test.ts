/** The commands for the papers of an event, run as they stand in docs/periksa-sendiri.md by bash and coreutils. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openParcelWorld } from '../export/parcel-world.ts';

const { files, manifest, stranger, verifier } = await openParcelWorld();
const page = await readFile('docs/periksa-sendiri.md', 'utf8');
const [, section = ''] = /^## Semua berkas satu kegiatan\n([\s\S]*?)^## /m.exec(page) ?? [];
const [papers, checkpoint] = [...section.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines!);
const steps = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines!);

async function follow(held: ReadonlyMap<string, Uint8Array>, lines: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'ikrar-manifes-'));
  try {
    for (const [nama, bytes] of held) {
      const path = join(root, 'berkas', nama);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    return await new Promise((done) =>
      execFile('bash', ['-c', lines], { cwd: join(root, 'berkas') }, (_, out, err) => done(out + err)),
    );
  } finally {
    await rm(root, { recursive: true });
  }
}

const WHOLE = 'cocok: setiap berkas ada, dan isinya seperti dalam manifes\n';
const NONE = 'cocok: tidak ada berkas lain\n';

test('each file is there and as it should be, and no other', async () => {
  expect(await follow(files, papers!)).toBe(WHOLE + NONE);
  const [siti, budi] = manifest.berkas.map(({ nama }) => nama) as [string, string];
  const changed = await follow(new Map([...files, [siti, stranger]]), papers!);
  expect(changed).toContain(`${siti}: FAILED`);
  expect(changed).not.toContain(WHOLE);
  const less = new Map(files);
  less.delete(budi);
  expect(await follow(less, papers!)).toContain(`${budi}: FAILED open or read`);
  const more = await follow(new Map([...files, ['lain.pdf', stranger]]), `${papers}\ncat ../asing.txt`);
  expect(more).toBe(`${WHOLE}lain.pdf\n`);
});

test('its checkpoint is signed by the ledger’s key', async () => {
  const held = new Map([...files, ['kunci-catatan', new TextEncoder().encode(`${verifier}\n`)]]);
  const lines = [steps[0], steps[1], checkpoint, steps.at(-1)].join('\n');
  const out = await follow(held, lines);
  expect(out).toContain('cocok: checkpoint ditandatangani dengan kunci catatan Anda\n');
  expect(out).toContain('cocok: itu catatan yang Anda maksud\n');
});

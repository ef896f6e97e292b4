/** The command with a manifest: papers in a folder or in ZIP files, checked by one file of Node's, without network and database. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyOptions } from '../../build.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { openParcelWorld } from './parcel-world.ts';

const { manifest, files, zips, stranger, verifier } = await openParcelWorld();
const [siti, budi, ratna] = manifest.berkas.map(({ nama }) => nama) as [string, string, string];
const key = ['--key', verifier];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ikrar-berkas-'));
  await build({ ...(await verifyOptions('')), outfile: join(root, 'periksa.mjs') });
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A folder with these files. */
async function folderOf(held: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(root, 'f-'));
  for (const [nama, bytes] of held) {
    await mkdir(dirname(join(folder, nama)), { recursive: true });
    await writeFile(join(folder, nama), bytes);
  }
  return folder;
}

/** May read what lies there, and nothing else. */
function run(folder: string, args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) =>
    execFile(
      process.execPath,
      ['--permission', `--allow-fs-read=${root}/*`, join(root, 'periksa.mjs'), ...args],
      { cwd: folder, env: {} },
      (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

const parts = new Map<string, Bytes>([
  ['bagian-1.zip', zips[0]],
  ['bagian-2.zip', zips[1]],
  ['manifes.json', files.get('manifes.json')!],
]);

describe('all is there', () => {
  test('unpacked in a folder', async () => {
    const { code, out, err } = await run(await folderOf(files), ['manifes.json', ...key]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Asli dan cocok: 3 dari 3 berkas');
    expect(out).toContain('Kunci catatan: baris perintah');
    expect(out).toMatch(/^COCOK\./m);
  });

  test('as ZIP files beside it, or named one by one; packed again by another program too', async () => {
    const folder = await folderOf(parts);
    expect((await run(folder, ['manifes.json', ...key])).code).toBe(0);
    const named = ['manifes.json', 'bagian-1.zip', 'bagian-2.zip', ...key];
    expect((await run(folder, named)).code).toBe(0);
    const again = new Uint8Array(
      zipSync(Object.fromEntries(files) as Zippable, { level: 6, mtime: new Date('2026-11-23') }),
    );
    await writeFile(join(folder, 'lagi.zip'), again);
    expect((await run(folder, ['manifes.json', 'lagi.zip', ...key])).code).toBe(0);
  });

  test('without a key it can’t be told', async () => {
    const { code, out } = await run(await folderOf(files), ['manifes.json']);
    expect([code, out]).toEqual([2, expect.stringContaining('TIDAK DAPAT DINILAI.')]);
  });

  test('one part alone isn’t all', async () => {
    const { code, out } = await run(await folderOf(parts), ['manifes.json', 'bagian-2.zip', ...key]);
    expect([code, out]).toEqual([2, expect.stringContaining('[TIDAK] Bagian 1 tidak dibawa.')]);
  });

  test('for programs', async () => {
    const folder = await folderOf(new Map([...files, ['lain.pdf', utf8('x')], ['kunci', utf8('x')]]));
    const { code, out } = await run(folder, ['manifes.json', ...key, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'tidak cocok',
      asli: 3,
      jumlah: { berkas: 3, belum: 0, dihapus: 0 },
      salah: [{ code: 'file-foreign', nama: 'lain.pdf' }],
    });
  });
});

describe('what doesn’t fit ends with 1 and its name', () => {
  test.each<[string, Record<string, Uint8Array | null>, string]>([
    ['missing', { [siti]: null }, `${siti}: Berkas ini tidak ada.`],
    ['another paper', { [siti]: stranger }, `${siti}: Isinya bukan yang disebut manifes.`],
    ['swapped', { [siti]: files.get(budi)! }, `${siti}: Berkas ini tertukar. Isinya adalah ${budi}.`],
    ['twice', { 'Salinan.pdf': files.get(siti)! }, `Salinan.pdf: Berkas ini salinan dari ${siti}.`],
    ['foreign', { 'Lain.pdf': stranger }, 'Lain.pdf: Berkas ini tidak ada dalam manifes.'],
    ['no ZIP', { 'rusak.zip': utf8('PK') }, 'rusak.zip: ZIP ini rusak atau terpotong.'],
  ])('%s', async (_what, changes, said) => {
    const held = new Map<string, Uint8Array>(files);
    for (const [nama, bytes] of Object.entries(changes)) {
      if (bytes) held.set(nama, bytes);
      else held.delete(nama);
    }
    const { code, out } = await run(await folderOf(held), ['manifes.json', ...key]);
    expect([code, out]).toEqual([1, expect.stringContaining(`[TIDAK] ${said}`)]);
    expect(out).toMatch(/^TIDAK COCOK\./m);
  });

  test('a link in the folder is never followed', async () => {
    const folder = await folderOf(files);
    await symlink('/etc/hostname', join(folder, 'tautan.pdf'));
    const { code, out } = await run(folder, ['manifes.json', ...key]);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('tautan.pdf: Berkas ini tidak ada dalam manifes.'),
    ]);
  });

  test('a ZIP with a way out of its folder, and with a bomb', async () => {
    const inside = unzipSync(zips[0]);
    const hostile = new Uint8Array(
      zipSync({ ...inside, '../../keluar.pdf': utf8('x'), [ratna]: new Uint8Array(40 << 20) }),
    );
    expect(hostile.length).toBeLessThan(1 << 20);
    const folder = await folderOf(new Map([...parts, ['bagian-1.zip', hostile], ['bagian-2.zip', zips[1]]]));
    const { code, out } = await run(folder, ['manifes.json', ...key]);
    expect(code).toBe(1);
    expect(out).toContain('../../keluar.pdf: Nama dalam ZIP ini menunjuk ke luar foldernya.');
    expect(out).toContain(`${ratna}: Bila dibuka, berkas ini lebih besar daripada ikrar mana pun.`);
  });

  test('a bomb that says it is small unpacks to no more than it says', async () => {
    const large = new Uint8Array(zipSync({ [ratna]: [new Uint8Array(30 << 20), { level: 9 }] }));
    const { ukuran } = manifest.berkas.find(({ nama }) => nama === ratna)!;
    const view = new DataView(large.buffer);
    const central = large.length - 22 - 46 - utf8(ratna).length;
    view.setUint32(central + 24, ukuran, true);
    const folder = await folderOf(new Map([...parts, ['bagian-2.zip', large]]));
    const { code, out } = await run(folder, ['manifes.json', ...key]);
    expect([code, out]).toEqual([1, expect.stringContaining(`${ratna}: Berkas ini tidak dapat dibaca.`)]);
  });

  test('a ZIP that was cut off', async () => {
    const folder = await folderOf(new Map([...parts, ['bagian-2.zip', zips[1].slice(0, -1)]]));
    const { code, out } = await run(folder, ['manifes.json', ...key]);
    expect([code, out]).toEqual([1, expect.stringContaining('bagian-2.zip: ZIP ini rusak atau terpotong.')]);
    expect(out).toContain('Bagian 2 tidak dibawa.');
  });

  test('an edited manifest', async () => {
    const text = new TextDecoder().decode(files.get('manifes.json')).replace('"dihapus":0', '"dihapus":7');
    const less = text.replace('"jumlah": {"berkas":3', '"jumlah": {"berkas":4');
    const folder = await folderOf(new Map([...files, ['manifes.json', utf8(less)]]));
    const { code, out } = await run(folder, ['manifes.json', ...key]);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('Manifes ini bukan seperti yang ditulis layanan.'),
    ]);
  });
});

test('what the command doesn’t understand, it says', async () => {
  const folder = await folderOf(files);
  const gone = await run(folder, ['manifes.json', 'tidak-ada', ...key]);
  expect([gone.code, gone.err]).toEqual([2, 'Berkas tidak-ada tidak ada. Periksa nama dan tempatnya.\n']);
  const status = await run(folder, ['manifes.json', '--status', 'status.json', ...key]);
  expect([status.code, status.err]).toEqual([2, expect.stringContaining('Cara pakai:')]);
  expect((await run(folder, [siti, budi, ...key])).err).toContain('Cara pakai:');
});

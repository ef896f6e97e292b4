/** What a forger does with an event's papers and their manifest, each refused by its name. */
import { describe, expect, test } from 'vitest';
import { type BroughtFile, checkParcel, type Fault } from '../../src/export/check-parcel.ts';
import { type Manifest, manifestCsv } from '../../src/export/manifest.ts';
import { faultSentence, parcelLines } from '../../src/export/parcel-verdicts.ts';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { generateSigner, parseNote } from '../../src/ledger/note.ts';
import { type Bytes, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import type { Trust } from '../../src/proof/check-proof.ts';
import { openParcelWorld, printed } from './parcel-world.ts';

const { house, manifest, files, stranger, verifier } = await openParcelWorld();
const [siti, budi, ratna] = manifest.berkas.map(({ nama }) => nama) as [string, string, string];
const key: Trust = { verifier, source: 'perintah' };

const brought = (held: ReadonlyMap<string, Bytes>): BroughtFile[] =>
  [...held].map(([nama, bytes]) => ({ nama, ukuran: bytes.length, read: async () => bytes }));

/** With these in place of what stands under the names; null: not there. */
const altered = (changes: Record<string, Bytes | null>): Map<string, Bytes> => {
  const held = new Map(files);
  for (const [nama, bytes] of Object.entries(changes)) {
    if (bytes) held.set(nama, bytes);
    else held.delete(nama);
  }
  return held;
};

const check = (
  held: ReadonlyMap<string, Bytes> = files,
  { given = files.get('manifes.json')!, trust = key }: { given?: Bytes; trust?: Trust } = {},
) => checkParcel(given, { files: brought(held) }, trust);

/** The same with a manifest that was written anew, its table beside it. */
const checkAs = (changed: Manifest, changes: Record<string, Bytes | null> = {}, trust = key) => {
  const given = printed(changed);
  return check(altered({ 'manifes.json': given, 'manifes.csv': utf8(manifestCsv(changed)), ...changes }), {
    given,
    trust,
  });
};

const named = ({ code, nama, detail }: Fault): string => [code, nama, detail].filter(Boolean).join(' | ');

test('what an office has taken home holds', async () => {
  const report = await check();
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ verdict: 'cocok', genuine: 3 });
  const lines = parcelLines(report);
  expect(lines[0]).toBe(
    'Manifes: Deklarasi Netralitas Kepala Desa dan Lurah, 62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  );
  expect(lines.at(-1)).toMatch(/^COCOK\./);
});

test('without a key nothing is said to be genuine', async () => {
  const report = await check(files, { trust: { verifier: null, source: 'tidak ada' } });
  expect(report).toMatchObject({ verdict: 'tidak dapat dinilai', genuine: 0 });
});

test('a part that isn’t here is told, and so is each file that is missing of one that is', async () => {
  const [first, second] = [1, 2].map((part) =>
    Object.fromEntries(
      manifest.berkas.filter(({ bagian }) => bagian === part).map(({ nama }) => [nama, null]),
    ),
  );
  const half = await check(altered(second!));
  expect([half.verdict, half.faults.map(named)]).toEqual(['tidak dapat dinilai', ['part-missing | 2']]);
  const other = await check(altered(first!));
  expect(other.faults.map(named)).toEqual(['part-missing | 1']);
  const less = await check(altered({ [siti]: null }));
  expect([less.verdict, less.faults.map(named)]).toEqual(['tidak cocok', [`file-missing | ${siti}`]]);
});

test('what lies beside the papers is told, and takes nothing from them', async () => {
  const report = await check(altered({ checkpoint: utf8('x'), 'rekap.xlsx': utf8('x') }));
  expect(report).toMatchObject({ verdict: 'cocok', faults: [], beside: ['checkpoint', 'rekap.xlsx'] });
});

test.each([3_000_000, Number.MAX_SAFE_INTEGER])('no more parts than files: %i', async (bagian) => {
  const text = new TextDecoder()
    .decode(printed(manifest))
    .replace(`"bagian": ${manifest.bagian}`, `"bagian": ${bagian}`);
  expect((await check(altered({}), { given: utf8(text) })).faults.map(({ code }) => code)).toEqual([
    'manifest-edited',
  ]);
});

describe('files', () => {
  const at = (nama: string): Bytes => files.get(nama)!;
  const flipped = (bytes: Bytes): Bytes => {
    const other = bytes.slice();
    other[900]! ^= 1;
    return other;
  };
  test.each<[string, Record<string, Bytes | null>, string[]]>([
    ['a byte changed', { [siti]: flipped(at(siti)) }, [`file-changed | ${siti}`]],
    ['another valid paper in its place', { [siti]: stranger }, [`file-changed | ${siti}`]],
    [
      'two swapped',
      { [siti]: at(budi), [budi]: at(siti) },
      [`file-swapped | ${siti} | ${budi}`, `file-swapped | ${budi} | ${siti}`],
    ],
    [
      'renamed',
      { [siti]: null, 'Siti.pdf': at(siti) },
      [`file-missing | ${siti}`, `file-renamed | Siti.pdf | ${siti}`],
    ],
    ['twice under two names', { 'Salinan.pdf': at(siti) }, [`file-copied | Salinan.pdf | ${siti}`]],
    ['in another folder', { [`lain/${siti}`]: at(siti) }, [`file-copied | lain/${siti} | ${siti}`]],
    ['a genuine paper of another event', { 'Lain.pdf': stranger }, ['file-foreign | Lain.pdf']],
    ['something else by that name', { 'catatan.PDF': utf8('x') }, ['file-foreign | catatan.PDF']],
    ['another table', { 'manifes.csv': utf8('x') }, ['table-other | manifes.csv']],
    [
      'another manifest beside it',
      { 'manifes.json': printed({ ...manifest, dihapus: 1 }) },
      ['manifest-second | manifes.json'],
    ],
  ])('%s', async (_what, changes, faults) => {
    const report = await check(altered(changes));
    expect(report.faults.map(named).sort()).toEqual(faults.sort());
    expect(report.verdict).toBe('tidak cocok');
  });

  test('what is larger than any paper is never read', async () => {
    const read = () => Promise.reject(new Error('read'));
    const large = { nama: 'besar.pdf', ukuran: 2 ** 40, read };
    const report = await checkParcel(
      files.get('manifes.json')!,
      { files: [...brought(files), large, { ...large, nama: siti }] },
      key,
    );
    expect(report.faults.map(named)).toEqual([`file-changed | ${siti}`, 'file-foreign | besar.pdf']);
  });
});

describe('a manifest that was written anew, so that it fits', () => {
  const rows = (change: (row: Manifest['berkas'][number]) => Partial<Manifest['berkas'][number]>) => ({
    ...manifest,
    berkas: manifest.berkas.map((row) => ({ ...row, ...change(row) })),
  });
  const only = (nama: string, changes: Partial<Manifest['berkas'][number]>) =>
    rows((row) => (row.nama === nama ? changes : {}));

  test('another event’s paper under a name of this one', async () => {
    const changed = only(siti, {
      sha256: formatDigest(await sha256(stranger)),
      ukuran: stranger.length,
    });
    const report = await checkAs(changed, { [siti]: stranger });
    expect(report.faults.map(({ code }) => code)).toEqual(['paper-code', 'paper-index', 'paper-event']);
  });

  test('names, codes and indices of one given to another', async () => {
    const [one, two] = manifest.berkas;
    const wrong = async (part: 'kode' | 'ikrar' | 'segel') => {
      const changed = rows((row) =>
        row === one ? { [part]: two![part] } : row === two ? { [part]: one![part] } : {},
      );
      return (await checkAs(changed)).faults.map(named);
    };
    expect(await wrong('kode')).toEqual([`paper-code | ${siti}`, `paper-code | ${budi}`]);
    expect(await wrong('ikrar')).toEqual([`paper-index | ${siti}`, `paper-index | ${budi}`]);
    const nama = ratna.replace('Ratna', 'Rita');
    const report = await checkAs(only(ratna, { nama }), { [ratna]: null, [nama]: files.get(ratna)! });
    expect(report.faults.map(named)).toEqual([`paper-name | ${nama}`]);
  });

  test('another event, another organiser', async () => {
    for (const changes of [{ kegiatan: 'Apel Netralitas' }, { penyelenggara: '62.02 Kesbangpol Lain' }]) {
      const report = await checkAs({ ...manifest, ...changes });
      expect(report.faults.map(({ code }) => code)).toEqual(['paper-event', 'paper-event', 'paper-event']);
    }
  });

  test('a paper that is no paper', async () => {
    const proof = utf8('{\n  "format": "ikrar/bukti-berkas@v2"');
    const changed = only(siti, { sha256: formatDigest(await sha256(proof)), ukuran: proof.length });
    const report = await checkAs(changed, { [siti]: proof });
    expect(report.verdict).not.toBe('cocok');
    expect(report.faults.map(({ code }) => code)).toEqual(['paper-untold']);
    const pdf = files.get(siti)!.slice();
    pdf.set(utf8('X'), pdf.length - 8);
    const resaved = only(siti, { sha256: formatDigest(await sha256(pdf)) });
    const told = await checkAs(resaved, { [siti]: pdf });
    expect(told.faults.map(({ code }) => code)).toEqual(['paper-wrong']);
  });

  test('a row less, with counts to fit, no file can show: the manifest says so, and the limit is told', async () => {
    const [, ...berkas] = manifest.berkas;
    const report = await checkAs({ ...manifest, berkas }, { [siti]: null });
    expect(report.verdict).toBe('cocok');
    expect(parcelLines(report).join('\n')).toContain('manifes tidak membuktikannya');
  });

  test('edited by hand', async () => {
    const text = new TextDecoder().decode(files.get('manifes.json'));
    const given = utf8(text.replace('"dihapus":0', '"dihapus":2').replace('"berkas":3', '"berkas":4'));
    const report = await check(files, { given });
    expect(report).toMatchObject({ verdict: 'tidak cocok', manifest: null });
    expect(report.faults.map(named)).toEqual(['manifest-edited | manifes.json']);
  });
});

describe('a checkpoint', () => {
  const own = parseCheckpoint(parseNote(manifest.checkpoint).text);

  test('of another ledger', async () => {
    const other = await generateSigner('lain.example/catatan');
    const checkpoint = await other.sign(formatCheckpoint({ ...own, origin: 'lain.example/catatan' }));
    const report = await checkAs({ ...manifest, checkpoint });
    expect(report.faults.map(({ code }) => code)).toEqual(['manifest-ledger']);
    expect(report.verdict).toBe('tidak cocok');
  });

  test('by another key of the ledger’s name', async () => {
    const other = await generateSigner('ikrar.example/catatan');
    const report = await checkAs({ ...manifest, checkpoint: await other.sign(formatCheckpoint(own)) });
    expect(report.faults.map(named)).toEqual(['manifest-checkpoint | manifes.json | note-unsigned']);
  });

  test('all of another service is told as that, and not as false', async () => {
    const other = await generateSigner('lain.example/catatan');
    const report = await check(files, { trust: { verifier: other.verifier, source: 'perintah' } });
    expect(report.verdict).toBe('tidak dapat dinilai');
    expect(new Set(report.faults.map(({ code }) => code))).toEqual(
      new Set(['manifest-ledger', 'paper-untold']),
    );
  });

  test('of a fork, which the ledger’s own key has signed', async () => {
    const kept = await house.services.signer.sign(formatCheckpoint({ ...own, root: randomBytes(32) }));
    const report = await check(files, { trust: { ...key, checkpoint: kept } });
    expect(report.faults.map(named)).toEqual(['ledger-forked | manifes.json']);
    expect(report.verdict).toBe('tidak cocok');
  });

  test('that somebody has kept, agrees; of another size it has to be shown', async () => {
    const same = await check(files, { trust: { ...key, checkpoint: manifest.checkpoint } });
    expect(same.verdict).toBe('cocok');
    const [older] = await checkpoints.after(house.db, 0, 1);
    const untold = await check(files, { trust: { ...key, checkpoint: older!.note } });
    expect([untold.verdict, untold.faults.map(({ code }) => code)]).toEqual([
      'tidak dapat dinilai',
      ['manifest-kept'],
    ]);
  });
});

test('every fault has a sentence of at most fifteen words, and nothing a terminal would obey', async () => {
  const hostile = await check(altered({ '\u001b[2Jx\u202e.pdf': utf8('x') }));
  const [line] = hostile.faults.map(faultSentence);
  expect(line).toBe('<1b>[2Jx<202e>.pdf: Berkas ini tidak ada dalam manifes.');
});

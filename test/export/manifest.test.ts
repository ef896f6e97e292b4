/** The manifest of an event's papers: printed, and read by printing it back; names that every system takes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatManifest,
  isWithdrawn,
  type Manifest,
  manifestCsv,
  type PaperNamed,
  paperName,
  paperNames,
  parseManifest,
} from '../../src/export/manifest.ts';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { generateSigner } from '../../src/ledger/note.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { parseCsv } from '../../src/lib/csv.ts';
import { Failure } from '../../src/lib/failure.ts';
import { newCode } from '../../src/statement/code.ts';

const signer = await generateSigner('ikrar.example/catatan');
const checkpoint = await signer.sign(
  formatCheckpoint({ origin: 'ikrar.example/catatan', size: 1061, root: new Uint8Array(32) }),
);

const manifest: Manifest = {
  penyelenggara: '62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  kegiatan: 'Deklarasi "Netralitas" \\ Kepala Desa',
  checkpoint,
  bagian: 2,
  dihapus: 1,
  berkas: [
    {
      nama: '62.01.01.2008 Sungai Kapitan - H. Contoh Nama.pdf',
      bagian: 1,
      kode: newCode(),
      sha256: `sha256:${'4e'.repeat(32)}`,
      ukuran: 61_234,
      ikrar: 1042,
      segel: 1043,
    },
    {
      nama: "dicabut/62.01.01.2004 Keraya - Ma'ruf.pdf",
      bagian: 2,
      kode: newCode(),
      sha256: `sha256:${'5e'.repeat(32)}`,
      ukuran: 61_180,
      ikrar: 1044,
      segel: 1045,
    },
  ],
  belum: [{ nama: '62.01.01.1013 Kumai Hilir - Ratna Contoh.pdf', kode: newCode(), ikrar: 1046 }],
};
const text = formatManifest(manifest);

test('it is read as it was printed', () => {
  expect(parseManifest(utf8(text))).toEqual(manifest);
  expect(text).toContain('\n  "jumlah": {"berkas":2,"dicabut":1,"belum":1,"dihapus":1},\n');
  expect(manifest.berkas.map(isWithdrawn)).toEqual([false, true]);
  const empty = { ...manifest, bagian: 0, berkas: [], belum: [] };
  expect(parseManifest(utf8(formatManifest(empty)))).toEqual(empty);
});

test('its rows are a table too', () => {
  const csv = parseCsv(utf8(manifestCsv(manifest)), { bytes: 1e6, rows: 10, cells: 10 });
  if (!csv.ok) throw new Error(csv.code);
  expect(csv.rows.map(({ cells }) => [cells[0], cells[1], cells[3], cells.at(-1)])).toEqual([
    ['Nama berkas', 'Bagian', 'SHA-256', 'Keterangan'],
    [manifest.berkas[0]!.nama, '1', '4e'.repeat(32), ''],
    [manifest.berkas[1]!.nama, '2', '5e'.repeat(32), 'Dicabut'],
    [manifest.belum[0]!.nama, '', '', 'Belum jadi'],
  ]);
});

const codeOf = (bytes: Uint8Array): string => {
  try {
    parseManifest(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

describe('what is not a manifest of ours', () => {
  const swapped = (from: string | RegExp, to: string): string => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
  };
  const [first, second] = manifest.berkas;
  test.each<[string, () => string]>([
    ['a count', () => swapped('"berkas":2,', '"berkas":3,')],
    ['a row less', () => swapped(/ {4}\{"nama":"62\.01\.01\.2008.*\n/, '')],
    ['a name twice', () => swapped(second!.nama, first!.nama)],
    ['a name twice but for its letters', () => swapped(second!.nama, first!.nama.toUpperCase())],
    ['a digest twice', () => swapped('5e'.repeat(32), '4e'.repeat(32))],
    ['an index twice', () => swapped('"ikrar":1044', '"ikrar":1042')],
    ['an index beyond the checkpoint', () => swapped('"segel":1045', '"segel":1061')],
    ['a part that is none', () => swapped('"bagian":2,"kode"', '"bagian":3,"kode"')],
    ['a way out of the folder', () => swapped('dicabut/', '../')],
    ['another folder', () => swapped('dicabut/', 'lain/')],
    ['an absolute name', () => swapped('"62.01.01.2008', '"/62.01.01.2008')],
    ['a drive', () => swapped('"62.01.01.2008', '"C:62.01.01.2008')],
    ['another kind of file', () => swapped('H. Contoh Nama.pdf', 'H. Contoh Nama.exe')],
    ['a hidden letter', () => swapped('H. Contoh', 'H.\u202e Contoh')],
    ['a code with a wrong check symbol', () => swapped(/"kode":"(....)-/, '"kode":"0000-')],
    ['a size beyond any', () => swapped('61234', '99999999')],
    ['another spelling', () => swapped('61234', '6.1234e4')],
    ['a key twice', () => swapped('  "bagian": 2', '  "bagian": 1,\n  "bagian": 2')],
    ['a key more', () => swapped('  "bagian": 2', '  "catatan": "",\n  "bagian": 2')],
    ['CR LF', () => text.replaceAll('\n', '\r\n')],
    ['a checkpoint that is none', () => swapped('\\n1061\\n', '\\n01061\\n')],
    ['another version', () => swapped('manifes@v1', 'manifes@v2')],
  ])('%s', (_what, altered) => {
    expect(codeOf(utf8(altered()))).toBe('manifest-edited');
  });

  test('no JSON, no UTF-8, too long', () => {
    expect(codeOf(utf8(text.slice(0, -10)))).toBe('manifest-json');
    expect(codeOf(new Uint8Array([0xff]))).toBe('manifest-json');
    expect(codeOf(new Uint8Array((32 << 20) + 1))).toBe('manifest-size');
    for (const json of ['null', '[]', '{}', '"x"']) expect(codeOf(utf8(json))).toBe('manifest-edited');
  });
});

describe('names', () => {
  const siti: PaperNamed = {
    wilayah: '62.01.01.2008',
    wilayahNama: 'Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah',
    nama: 'Hj. Siti Contoh, S.Sos., M.AP.',
    kode: '7K3F9QXM2DA7',
    dicabut: false,
  };

  test('area and name, without what stands around them', () => {
    expect(paperName(siti)).toBe('62.01.01.2008 Sungai Kapitan - Hj. Siti Contoh.pdf');
    expect(paperName({ ...siti, dicabut: true })).toBe(
      'dicabut/62.01.01.2008 Sungai Kapitan - Hj. Siti Contoh.pdf',
    );
  });

  test('who comes later under a name has the code in it; also where letters are alike for a system', () => {
    const nameOf = paperNames();
    const name = '62.01.01.2008 Sungai Kapitan - Hj. Siti Contoh';
    expect(nameOf(siti)).toBe(`${name}.pdf`);
    expect(nameOf({ ...siti, nama: 'HJ. SITI CONTOH', kode: '8K3F9QXM2DA7' })).toBe(
      '62.01.01.2008 Sungai Kapitan - HJ. SITI CONTOH (8K3F-9QXM-2DA7).pdf',
    );
    expect(nameOf({ ...siti, dicabut: true })).toBe(`dicabut/${name} (7K3F-9QXM-2DA7).pdf`);
  });

  test('whatever somebody is called, a manifest can hold it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.boolean(), (typed, coded) => {
        const nama = paperName({ ...siti, nama: typed }, coded);
        expect(new TextEncoder().encode(nama).length).toBeLessThanOrEqual(120);
        const [file] = manifest.berkas;
        const held = { ...manifest, bagian: 1, berkas: [{ ...file!, nama }], belum: [] };
        expect(parseManifest(utf8(formatManifest(held)))).toEqual(held);
      }),
    );
  });
});

/**
 * Manifes: which papers an event has, and under which checkpoint all of them are. It goes with the papers as manifes.json, and its rows as
 * manifes.csv. Format `ikrar/manifes@v1`, docs/format/manifes.md, shown by test/export/manifest.test.ts; how papers are checked against
 * it is in check-parcel.ts.
 *
 *     {
 *       "format": "ikrar/manifes@v1",
 *       "penyelenggara": "62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat",
 *       "kegiatan": "Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat",
 *       "checkpoint": "ikrar.example/catatan\n1061\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— ikrar.example/catatan AhIaXR…\n",
 *       "bagian": 1,
 *       "jumlah": {"berkas":2,"dicabut":1,"belum":1,"dihapus":0},
 *       "berkas": [
 *         {"nama":"62.01.01.2008 Sungai Kapitan - H. Contoh Nama.pdf","bagian":1,"kode":"7K3F-9QXM-2DA7","sha256":"sha256:4e11…5d11","ukuran":61234,"ikrar":1042,"segel":1043},
 *         {"nama":"dicabut/62.01.01.2004 Keraya - Budi.pdf","bagian":1,"kode":"…","sha256":"sha256:…","ukuran":61180,"ikrar":1044,"segel":1045}
 *       ],
 *       "belum": [
 *         {"nama":"62.01.01.1013 Kumai Hilir - Ratna Contoh.pdf","kode":"…","ikrar":1046}
 *       ]
 *     }
 *
 * Rules:
 * 1. JSON (RFC 8259) in UTF-8, at most 33,554,432 bytes: these keys, each once, in this order, two spaces of indentation, LF; each file on
 *    one line, without spaces between its parts. An empty list is `[]`.
 * 2. `penyelenggara` and `kegiatan` are those of each paper's statement. `checkpoint` is the ledger's signed note (ledger/checkpoint.ts),
 *    with no line of a witness. `bagian`: in how many files the papers are given out.
 * 3. `nama` is a file's name as it stands in its part: with `dicabut/` before it if the pledge was withdrawn. Nothing that a system doesn't
 *    take in a name, at most 120 letters without that; no two are alike, also where a system makes no difference between small and great.
 * 4. `sha256` and `ukuran` (in bytes) are of the file. `ikrar` is the index of the pledge's entry in the ledger, `segel` that of the
 *    entry that has the file's digest: all below the checkpoint's size, none twice. They go by `segel`'s first, so that what comes later comes after.
 * 5. `belum`: pledges in the ledger whose paper is not. `dihapus`: pledges without data, which have none. `jumlah` counts what is here.
 * 6. Parsing accepts only what formatting prints again, byte for byte. Nobody signs a manifest: it is a list of what is to be checked.
 */
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { parseNote } from '../ledger/note.ts';
import { utf8, utf8Text } from '../lib/bytes.ts';
import { formatCsv } from '../lib/csv.ts';
import { Failure } from '../lib/failure.ts';
import { fileName } from '../lib/file-name.ts';
import { type Json, parseJson } from '../lib/json.ts';
import { type Digest, parseDigest } from '../lib/sha256.ts';
import { isLine } from '../lib/text.ts';
import { formatCode, isCode, parseCode } from '../statement/code.ts';

/** `manifest-size`: longer than any. `manifest-json`: no JSON in UTF-8, or cut off. `manifest-edited`: not what `formatManifest` prints. */
export type ManifestCode = 'manifest-size' | 'manifest-json' | 'manifest-edited';

export interface ManifestFile {
  /** `62.01.01.2008 Sungai Kapitan - H. Contoh Nama.pdf`, perhaps with `dicabut/` before it. */
  nama: string;
  /** The part it is in, from 1. */
  bagian: number;
  /** Twelve symbols, without hyphens. */
  kode: string;
  sha256: Digest;
  /** In bytes. */
  ukuran: number;
  /** Index of the pledge's entry, and of the one with the digest of the file. */
  ikrar: number;
  segel: number;
}

export type MissingPaper = Pick<ManifestFile, 'nama' | 'kode' | 'ikrar'>;

export interface Manifest {
  penyelenggara: string;
  kegiatan: string;
  /** A signed note. */
  checkpoint: string;
  /** How many. */
  bagian: number;
  /** How many pledges were erased. */
  dihapus: number;
  berkas: ManifestFile[];
  belum: MissingPaper[];
}

const FORMAT = 'ikrar/manifes@v1';
export const MANIFEST_BYTES = 32 << 20;
/** No paper is nearly as large. */
export const PAPER_BYTES = 5 << 20;
const WITHDRAWN = 'dicabut/';
/** In bytes of UTF-8, and so in letters. */
const LONGEST_NAME = 120;

export const isWithdrawn = ({ nama }: Pick<ManifestFile, 'nama'>): boolean => nama.startsWith(WITHDRAWN);

/** What a paper's name is made of: the area's code and its name with those around it, the signer's name with titles. */
export interface PaperNamed {
  wilayah: string;
  wilayahNama: string;
  nama: string;
  kode: string;
  dicabut: boolean;
}

/** Without the areas around and without degrees, which stand behind a comma. `coded`: another one is called so too. */
export function paperName({ wilayah, wilayahNama, nama, kode, dicabut }: PaperNamed, coded = false): string {
  const [area] = wilayahNama.split(',');
  const [name] = nama.split(',');
  const end = coded ? ` (${formatCode(kode)}).pdf` : '.pdf';
  return (dicabut ? WITHDRAWN : '') + fileName(`${wilayah} ${area} - ${name}`, end, LONGEST_NAME);
}

/** As systems that make no difference between small and great letters keep it. */
const folded = (nama: string): string => nama.normalize('NFKC').toLowerCase();

/** A name for each, no two alike: who comes later has the code in it, so that nobody's name changes when more come. */
export function paperNames(): (named: PaperNamed) => string {
  const taken = new Set<string>();
  return (named) => {
    const plain = paperName(named);
    // Also where one of them lies apart, and may do so later.
    const apart = folded(paperName({ ...named, dicabut: false }));
    const nama = taken.has(apart) ? paperName(named, true) : plain;
    taken.add(apart);
    return nama;
  };
}

const list = (rows: readonly object[]): string =>
  rows.length === 0 ? '[]' : `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`;

/** Throws a `TypeError` if a part can't stand in one. */
export function formatManifest(manifest: Manifest): string {
  const wrong = faultOf(manifest);
  if (wrong !== null) throw new TypeError(`manifest: ${wrong}`);
  const { penyelenggara, kegiatan, checkpoint, bagian, dihapus, berkas, belum } = manifest;
  const jumlah = {
    berkas: berkas.length,
    dicabut: berkas.filter(isWithdrawn).length,
    belum: belum.length,
    dihapus,
  };
  const files = berkas.map(({ nama, bagian, kode, sha256, ukuran, ikrar, segel }) => ({
    ...{ nama, bagian, kode: formatCode(kode), sha256, ukuran, ikrar, segel },
  }));
  const missing = belum.map(({ nama, kode, ikrar }) => ({ nama, kode: formatCode(kode), ikrar }));
  return `{
  "format": "${FORMAT}",
  "penyelenggara": ${JSON.stringify(penyelenggara)},
  "kegiatan": ${JSON.stringify(kegiatan)},
  "checkpoint": ${JSON.stringify(checkpoint)},
  "bagian": ${bagian},
  "jumlah": ${JSON.stringify(jumlah)},
  "berkas": ${list(files)},
  "belum": ${list(missing)}
}
`;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isName = (nama: string): boolean => {
  const name = nama.startsWith(WITHDRAWN) ? nama.slice(WITHDRAWN.length) : nama;
  // What `fileName` makes of it is what it is already.
  return isLine(name) && name.endsWith('.pdf') && fileName(name.slice(0, -4), '.pdf', LONGEST_NAME) === name;
};

/** What can't stand in a manifest; null if all can. */
function faultOf({
  penyelenggara,
  kegiatan,
  checkpoint,
  bagian,
  dihapus,
  berkas,
  belum,
}: Manifest): string | null {
  if (!isLine(penyelenggara) || !isLine(kegiatan)) return 'event';
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  if (!isCount(bagian) || bagian > Math.max(1, berkas.length) || !isCount(dihapus)) return 'counts';
  const all = [...berkas, ...belum];
  const isOnce = (values: (string | number)[]): boolean => new Set(values).size === values.length;
  for (const { nama, kode } of all) if (!isName(nama) || !isCode(kode)) return nama;
  for (const { nama, bagian: part, sha256, ukuran } of berkas) {
    if (!isCount(part) || part < 1 || part > bagian) return nama;
    if (parseDigest(sha256) === null || !isCount(ukuran) || ukuran > PAPER_BYTES) return nama;
  }
  const indices = [...all.map(({ ikrar }) => ikrar), ...berkas.map(({ segel }) => segel)];
  if (!indices.every((index) => isCount(index) && index < size) || !isOnce(indices)) return 'index';
  if (!isOnce(all.map(({ nama }) => folded(nama)))) return 'a name twice';
  if (!isOnce(all.map(({ kode }) => kode))) return 'a code twice';
  return isOnce(berkas.map(({ sha256 }) => sha256)) ? null : 'a digest twice';
}

/** Whether bytes begin as a manifest does: what somebody brings is told by that. */
export const claimsManifest = (head: Uint8Array): boolean =>
  /^\s*\{\s*"format":\s*"ikrar\/manifes@/.test(
    new TextDecoder('latin1').decode(head.subarray(0, 100)).replace(/^\xef\xbb\xbf/, ''),
  );

/** Reads what `formatManifest` prints. Throws `Failure<ManifestCode>` on anything else. */
export function parseManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > MANIFEST_BYTES) throw new Failure<ManifestCode>('manifest-size');
  const [text, json] = read(bytes);
  let manifest: Manifest;
  let printed: string;
  try {
    manifest = manifestOf(json);
    printed = formatManifest(manifest);
  } catch (cause) {
    throw new Failure<ManifestCode>('manifest-edited', (cause as Error).message, { cause });
  }
  if (printed !== text) throw new Failure<ManifestCode>('manifest-edited', 'another spelling');
  return manifest;
}

function read(bytes: Uint8Array): [string, Json] {
  try {
    const text = utf8Text(bytes);
    return [text, parseJson(text)];
  } catch (cause) {
    throw new Failure<ManifestCode>(
      cause instanceof RangeError ? 'manifest-edited' : 'manifest-json',
      undefined,
      { cause },
    );
  }
}

/** Of the right types; what it says is for `faultOf`. */
function manifestOf(json: Json): Manifest {
  const object = (value: Json | undefined) => {
    if (!value || typeof value !== 'object' || Array.isArray(value)) throw new TypeError('not an object');
    return value;
  };
  const fields = object(json);
  const text = (value: Json | undefined): string => {
    if (typeof value !== 'string' || !value.isWellFormed()) throw new TypeError('not a text');
    return value;
  };
  const number = (value: Json | undefined): number => {
    if (typeof value !== 'number') throw new TypeError('not a number');
    return value;
  };
  const rows = <Row>(value: Json | undefined, row: (fields: { [key: string]: Json }) => Row): Row[] => {
    if (!Array.isArray(value)) throw new TypeError('not a list');
    return value.map((one) => row(object(one)));
  };
  const code = (value: Json | undefined): string => {
    const parsed = parseCode(text(value));
    if (!parsed.ok) throw new TypeError(parsed.code);
    return parsed.code;
  };
  if (fields.format !== FORMAT) throw new TypeError('another format');
  return {
    penyelenggara: text(fields.penyelenggara),
    kegiatan: text(fields.kegiatan),
    checkpoint: text(fields.checkpoint),
    bagian: number(fields.bagian),
    dihapus: number(object(fields.jumlah).dihapus),
    berkas: rows(fields.berkas, (row) => ({
      nama: text(row.nama),
      bagian: number(row.bagian),
      kode: code(row.kode),
      sha256: text(row.sha256) as Digest,
      ukuran: number(row.ukuran),
      ikrar: number(row.ikrar),
      segel: number(row.segel),
    })),
    belum: rows(fields.belum, (row) => ({
      nama: text(row.nama),
      kode: code(row.kode),
      ikrar: number(row.ikrar),
    })),
  };
}

const COLUMNS = [
  'Nama berkas',
  'Bagian',
  'Kode verifikasi',
  'SHA-256',
  'Ukuran (bita)',
  'Entri ikrar',
  'Entri segel',
  'Keterangan',
];

/** manifes.csv: the same rows, for a spreadsheet. */
export const manifestCsv = ({ berkas, belum }: Manifest): string =>
  formatCsv([
    COLUMNS,
    ...berkas.map((file) => [
      file.nama,
      String(file.bagian),
      formatCode(file.kode),
      file.sha256.slice('sha256:'.length),
      String(file.ukuran),
      String(file.ikrar),
      String(file.segel),
      isWithdrawn(file) ? 'Dicabut' : '',
    ]),
    ...belum.map(({ nama, kode, ikrar }) => [
      ...[nama, '', formatCode(kode), '', '', String(ikrar), '', 'Belum jadi'],
    ]),
  ]);

/** The bytes of both, under the names that they have beside the papers. */
export const manifestFiles = (manifest: Manifest): { nama: string; bytes: Uint8Array<ArrayBuffer> }[] => [
  { nama: 'manifes.json', bytes: utf8(formatManifest(manifest)) },
  { nama: 'manifes.csv', bytes: utf8(manifestCsv(manifest)) },
];

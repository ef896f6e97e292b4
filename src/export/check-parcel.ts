/**
 * Checks the papers of an event against their manifest, without a network and without us: in this order, with a named fault for whatever
 * doesn't fit. It believes neither: a manifest is a list that nobody signs, so each paper is checked by itself too. Shown by
 * test/export/check-parcel.test.ts.
 *
 * 1. The manifest parses (manifest.ts).
 * 2. Its checkpoint is signed by the ledger's key, which the one who checks has from elsewhere; and is of one tree with what they have kept.
 * 3. Each PDF is one that the manifest names, by that name, once, and has its digest; what else lies there is told.
 * 4. Each paper is genuine (proof/check-proof.ts): what was printed, signed and entered, under that key.
 * 5. Each paper says of itself what its row says: code, index in the ledger, event, organiser, whose it is.
 * 6. No file is missing of the parts that are here.
 *
 * What it can't show: that the event had no more pledges than the manifest tells. Whoever writes a manifest with a row less, and with counts to fit,
 * shows a smaller whole; the ledger and the public list tell. Nor that the trees in the papers are beginnings of the manifest's: they are
 * signed by the same key, and a consistency proof of each would be as long as the papers' own.
 */
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { parseNote } from '../ledger/note.ts';
import { parseProof } from '../ledger/tlog-proof.ts';
import { type Bytes, equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { formatDigest, sha256 } from '../lib/sha256.ts';
import type { ZipCode, ZipEntryCode } from '../lib/zip-directory.ts';
import { bring } from '../proof/bring.ts';
import {
  type CheckVerdict,
  checkCheckpoint,
  checkProof,
  type Report,
  type Trust,
} from '../proof/check-proof.ts';
import { parseProofFile } from '../proof/proof-file.ts';
import { parseStatement } from '../statement/statement.ts';
import {
  isWithdrawn,
  type Manifest,
  type ManifestCode,
  type ManifestFile,
  manifestFiles,
  PAPER_BYTES,
  paperName,
  parseManifest,
} from './manifest.ts';

/** A file that somebody has beside the manifest. */
export interface BroughtFile {
  /** As in the folder or the ZIP, with `/` between folders. */
  nama: string;
  /** In bytes. What is larger than any of ours is never read. */
  ukuran: number;
  /** Throws a `Failure` if it can't be unpacked. */
  read(): Promise<Bytes>;
}

export type ParcelCode =
  | ManifestCode
  /** Of a ZIP, and of an entry in one. */
  | ZipCode
  | ZipEntryCode
  /** The manifest's checkpoint isn't signed as it says; is of another ledger; isn't shown to be of one tree with what was kept. */
  | 'manifest-checkpoint'
  | 'manifest-ledger'
  | 'manifest-kept'
  /** In the folder or ZIP lies another manifest than the one that is checked; the table isn't that of the manifest. */
  | 'manifest-second'
  | 'table-other'
  /** No file of the manifest; one of it, under another name; one of it that is here under its name too. */
  | 'file-foreign'
  | 'file-renamed'
  | 'file-copied'
  /** Under this name the manifest has other bytes; and these are those of another name. */
  | 'file-changed'
  | 'file-swapped'
  | 'file-unread'
  | 'file-missing'
  /** A whole part isn't here. */
  | 'part-missing'
  /** The paper isn't genuine; that can't be told; it is another one than its row says. */
  | 'paper-wrong'
  | 'paper-untold'
  | 'paper-code'
  | 'paper-index'
  | 'paper-event'
  | 'paper-name'
  /** The manifest's tree and the one that was kept are of one size, and differ. */
  | 'ledger-forked';

/** These show nothing false: something is not here, or not known to who checks. */
const UNTOLD: readonly ParcelCode[] = ['part-missing', 'paper-untold', 'manifest-kept'];

export interface Fault {
  code: ParcelCode;
  /** Of the file; the part's number; empty: of the whole. */
  nama: string;
  /** Another file's name, or why by the code of a check. */
  detail?: string;
}

export interface ParcelReport {
  verdict: 'cocok' | 'tidak cocok' | 'tidak dapat dinilai';
  faults: Fault[];
  /** Null if it can't be read. */
  manifest: Manifest | null;
  /** Papers that hold. */
  genuine: number;
  /** What lies beside them and is no PDF by its name: a key, a recap. It isn't looked at. */
  beside: string[];
  checkpoint: CheckVerdict[];
}

/** `refused`: what whoever opened folders and ZIPs could not give. `progress`: called after each file. */
export async function checkParcel(
  given: Uint8Array,
  { files, refused = [] }: { files: Iterable<BroughtFile>; refused?: readonly Fault[] },
  trust: Trust,
  progress: (checked: number) => void = () => {},
): Promise<ParcelReport> {
  const faults: Fault[] = [...refused];
  let manifest: Manifest;
  try {
    manifest = parseManifest(given);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const fault = { code: error.code as ManifestCode, nama: 'manifes.json' };
    return {
      verdict: 'tidak cocok',
      faults: [fault],
      manifest: null,
      genuine: 0,
      beside: [],
      checkpoint: [],
    };
  }
  const checkpoint = await checkCheckpoint(manifest.checkpoint, trust);
  faults.push(...faultsOfCheckpoint(checkpoint, trust));

  const held = await compare(manifest, files, { given, trust: ofPapers(trust), faults, progress });
  for (const fault of missing(manifest, held.here)) faults.push(fault);
  // Of another service altogether, or put before papers of this one.
  const untoldHere = held.genuine > 0 ? UNTOLD : [...UNTOLD, 'manifest-ledger'];
  const wrong = faults.some(({ code }) => !untoldHere.includes(code));
  // Of no paper nothing is shown.
  const none = manifest.berkas.length === 0;
  const untold = none || faults.length > 0 || checkpoint[0]!.outcome !== 'terbukti';
  return {
    verdict: wrong ? 'tidak cocok' : untold ? 'tidak dapat dinilai' : 'cocok',
    faults,
    manifest,
    genuine: held.genuine,
    beside: held.beside,
    checkpoint,
  };
}

/** What was kept is compared with the manifest's checkpoint alone: the papers' are older ones. */
const ofPapers = ({ checkpoint: _, consistency: __, ...trust }: Trust): Trust => trust;

/** Without a key nothing is told; a kept checkpoint that isn't shown to agree is told as that. */
function faultsOfCheckpoint([signed, kept]: CheckVerdict[], trust: Trust): Fault[] {
  const faults: Fault[] = [];
  const nama = 'manifes.json';
  if (signed!.outcome === 'gagal') {
    const code = signed!.code === 'ledger-key-other' ? 'manifest-ledger' : 'manifest-checkpoint';
    faults.push({ code, nama, detail: signed!.code });
  }
  const asked = trust.checkpoint !== undefined || trust.consistency !== undefined;
  if (kept!.outcome === 'gagal') faults.push({ code: 'ledger-forked', nama });
  else if (asked && kept!.outcome !== 'terbukti')
    faults.push({ code: 'manifest-kept', nama, detail: kept!.code });
  return faults;
}

interface Held {
  /** Names of rows whose file is here, whatever it holds. */
  here: Set<string>;
  genuine: number;
  beside: string[];
}

interface Comparing {
  given: Uint8Array;
  trust: Trust;
  faults: Fault[];
  progress: (checked: number) => void;
}

async function compare(
  manifest: Manifest,
  files: Iterable<BroughtFile>,
  { given, trust, faults, progress }: Comparing,
): Promise<Held> {
  const byName = new Map(manifest.berkas.map((row) => [row.nama, row]));
  const byDigest = new Map(manifest.berkas.map((row) => [row.sha256, row]));
  const sizes = new Set(manifest.berkas.map(({ ukuran }) => ukuran));
  const [, table] = manifestFiles(manifest);
  const beside = new Map<string, [Uint8Array, ParcelCode]>([
    ['manifes.json', [given, 'manifest-second']],
    ['manifes.csv', [table!.bytes, 'table-other']],
  ]);
  const held: Held = { here: new Set(), genuine: 0, beside: [] };
  const strays: { nama: string; row: ManifestFile | undefined }[] = [];
  let checked = 0;
  for (const file of files) {
    const { nama } = file;
    const own = beside.get(nama);
    const row = byName.get(nama);
    try {
      if (own) {
        const same = file.ukuran === own[0].length && equal(await file.read(), own[0]);
        if (!same) faults.push({ code: own[1], nama });
        continue;
      }
      // By its size alone it can be none of ours.
      const bytes = sizes.has(file.ukuran) && file.ukuran <= PAPER_BYTES ? await file.read() : null;
      const other = bytes && byDigest.get(formatDigest(await sha256(bytes)));
      if (!row) strays.push({ nama, row: other ?? undefined });
      else if (bytes === null || other !== row) {
        held.here.add(nama);
        faults.push(
          other ? { code: 'file-swapped', nama, detail: other.nama } : { code: 'file-changed', nama },
        );
      } else if (!held.here.has(nama)) {
        held.here.add(nama);
        const found = await checkPaper(bytes, row, manifest, trust);
        faults.push(...found);
        if (found.length === 0) held.genuine++;
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (row) held.here.add(nama);
      faults.push({ code: 'file-unread', nama, detail: error.code });
    }
    progress(++checked);
  }
  // Once it is known which names are here.
  for (const { nama, row } of strays) {
    if (!row && !/\.pdf$/i.test(nama)) held.beside.push(nama);
    else if (!row) faults.push({ code: 'file-foreign', nama });
    else
      faults.push({
        code: held.here.has(row.nama) ? 'file-copied' : 'file-renamed',
        nama,
        detail: row.nama,
      });
  }
  return held;
}

/** Steps 4 and 5. */
async function checkPaper(
  bytes: Bytes,
  row: ManifestFile,
  manifest: Manifest,
  trust: Trust,
): Promise<Fault[]> {
  const { nama } = row;
  const brought = await bring(bytes);
  if (!brought.ok) return [{ code: 'paper-wrong', nama, detail: brought.code }];
  const report = await checkProof(brought.given, trust);
  const fault = faultOfPaper(report, nama);
  if (fault) return [fault];
  // It has been read by the check.
  const { statement, tlogProof } = parseProofFile(brought.given.proof as Uint8Array);
  const said = parseStatement(statement);
  const { index, checkpoint } = parseProof(tlogProof);
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const faults: Fault[] = [];
  if (said.kode !== row.kode) faults.push({ code: 'paper-code', nama });
  // It was sealed after the tree that is in it.
  if (index !== row.ikrar || size > row.segel) faults.push({ code: 'paper-index', nama });
  const { wilayah, nama: office } = said.penyelenggara;
  if (said.kegiatan !== manifest.kegiatan || `${wilayah} ${office}` !== manifest.penyelenggara)
    faults.push({ code: 'paper-event', nama });
  const named = {
    wilayah: said.wilayah.kode,
    wilayahNama: said.wilayah.nama,
    nama: said.nama,
    kode: said.kode,
    dicabut: isWithdrawn(row),
  };
  if (![paperName(named), paperName(named, true)].includes(nama)) faults.push({ code: 'paper-name', nama });
  return faults;
}

function faultOfPaper({ verdict, steps }: Report, nama: string): Fault | null {
  if (verdict === 'asli') return null;
  const wrong = verdict === 'tidak cocok' || verdict === 'bukan berkas terdaftar';
  const step = steps.find(({ outcome }) => outcome === 'gagal');
  return {
    code: wrong ? 'paper-wrong' : 'paper-untold',
    nama,
    detail: step ? step.code : verdict,
  };
}

/** A part of which nothing is here was not brought; of the others each file is named. */
function missing({ berkas, bagian }: Manifest, here: ReadonlySet<string>): Fault[] {
  const parts = Array.from({ length: bagian }, (): { rows: number; absent: Fault[] } => ({
    rows: 0,
    absent: [],
  }));
  for (const { nama, bagian: part } of berkas) {
    const of = parts[part - 1]!;
    of.rows++;
    if (!here.has(nama)) of.absent.push({ code: 'file-missing', nama });
  }
  return parts.flatMap(({ rows, absent }, at): Fault[] =>
    absent.length === rows ? [{ code: 'part-missing', nama: String(at + 1) }] : absent,
  );
}

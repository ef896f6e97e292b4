/**
 * Checks files on /periksa, on this device alone; and in the copy of that page which is kept for use without a network.
 * Shown by test/browser/check.test.ts.
 */
import { utf8 } from '../lib/bytes.ts';
import { type Digest, formatDigest, sha256 } from '../lib/sha256.ts';
import type { Outcome } from '../pages/check/outcome.ts';
import { bring } from '../proof/bring.ts';
import { check, type Given, type Report, type Trust } from '../proof/check.ts';
import { parseProofFile } from '../proof/proof.ts';
import { able } from './check/able.ts';
import { offerCamera } from './check/camera.ts';
import { keepPage } from './check/keep.ts';
import { chosenPolicy, offerPolicy } from './check/policy.ts';
import { compareRegistered, fetchProof, fetchWithdrawal } from './check/registered.ts';
import { show, showReport } from './check/report.ts';
import { say } from './check/words.ts';

const part = document.getElementById('berkas')!;
const input = document.getElementById('pilih') as HTMLInputElement;
const work = document.getElementById('kerja')!;
const ledger: Trust = { verifier: part.dataset.kunci!, source: 'bawaan' };

/** Nothing that we make is nearly as large. */
const MOST_BYTES = 5 << 20;

let latest = 0;
/** Looked at again when the reader has chosen another policy. */
let last: File[] = [];

async function examine(files: File[]): Promise<void> {
  if (files.length === 0) return;
  last = files;
  const turn = ++latest;
  show(null);
  say('memeriksa');
  work.hidden = false;
  const found = await judge(files);
  if (turn !== latest) return;
  work.hidden = true;
  say(null);
  const names = files.map(({ name }) => name).join(', ');
  if (typeof found === 'string') return show(found, names);
  const { given, outcome, report, fetched, paper } = found;
  const statement = textOf(given);
  const place = showReport(outcome, names, report, { statement, fetched });
  if (statement === null) return;
  const answer = await compareRegistered(statement, { verdict: report.verdict, paper }, place);
  if (answer !== 'dicabut' || report.verdict !== 'asli') return;
  // The site says so; its file shows it, without believing the site.
  const withdrawal = await fetchWithdrawal(statement);
  if (withdrawal === null || turn !== latest) return;
  const proven = await check({ ...given, withdrawal }, found.trust);
  if (proven.verdict === 'dicabut' && turn === latest) {
    showReport('dicabut', names, proven, { statement, fetched });
  }
}

interface Judged {
  given: Given;
  outcome: Outcome;
  report: Report;
  /** The file came without its proof, and the site had it. */
  fetched: boolean;
  /** Digest of the PDF among the files. */
  paper: Digest | null;
  trust: Trust;
}

async function judge(files: File[]): Promise<Outcome | Judged> {
  if (!(await able())) return 'peramban-lama';
  const policy = await chosenPolicy();
  if (policy === 'unread') return 'bukan-kebijakan';
  const trust: Trust = { ...ledger, ...(policy && { witnesses: policy }) };
  if (files.length > 3) return 'terlalu-banyak';
  let all: Given = { proof: null, statement: null, pdf: null, withdrawal: null };
  let paper: Digest | null = null;
  for (const file of files) {
    const bytes = await read(file);
    const brought = bytes && (await bring(bytes));
    if (!brought?.ok) return 'tidak-terbaca';
    const joined = join(all, brought.given);
    if (joined === null) return 'terlalu-banyak';
    all = joined;
    if (brought.given.pdf !== null) paper = formatDigest(await sha256(bytes!));
  }
  const wanting = all.proof === null && all.statement !== null;
  const proof = wanting ? await fetchProof(all.statement!) : all.proof;
  const given = { ...all, proof };
  const report = await check(given, trust);
  const outcome = await outcomeOf(given, report, trust);
  return { given, outcome, report, fetched: wanting && proof !== null, paper, trust };
}

/** Null: it can't be had, as when it was moved away meanwhile. */
async function read(file: File): Promise<Uint8Array | null> {
  if (file.size > MOST_BYTES) return null;
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** A PDF and the bukti.json beside it are checked as one; null if both bring the same part. */
function join(one: Given, other: Given): Given | null {
  const twice = (Object.keys(one) as (keyof Given)[]).some((key) => one[key] && other[key]);
  if (twice) return null;
  return {
    proof: one.proof ?? other.proof,
    statement: one.statement ?? other.statement,
    pdf: one.pdf ?? other.pdf,
    withdrawal: one.withdrawal ?? other.withdrawal ?? null,
  };
}

async function outcomeOf(given: Given, { verdict, steps }: Report, trust: Trust): Promise<Outcome> {
  if (verdict === 'tidak cocok') return 'tidak-cocok';
  if (verdict === 'dicabut') return 'dicabut';
  if (verdict === 'bukan berkas terdaftar' || verdict === 'layanan lain') return 'kurang-bukti';
  if (verdict === 'asli') {
    const compared = steps.some(({ step, outcome }) => step === 'teks' && outcome === 'terbukti');
    return compared ? 'dokumen-asli' : 'bukti-asli';
  }
  if (steps[0]?.outcome === 'gagal') return 'tidak-terbaca';
  // With no policy it would be genuine: then it is for its witnesses alone that it is not.
  if (trust.witnesses && (await check(given, ledger)).verdict === 'asli') return 'kurang-saksi';
  return given.proof === null ? 'tanpa-bukti' : 'kurang-bukti';
}

/** The statement that it is about; null if there is none that can be read. */
function textOf({ proof, statement }: Given): Uint8Array | null {
  try {
    const file = typeof proof === 'string' || proof instanceof Uint8Array ? parseProofFile(proof) : proof;
    return file ? utf8(file.statement) : statement;
  } catch {
    return statement;
  }
}

input.addEventListener('change', () => {
  const files = [...(input.files ?? [])];
  void examine(files).finally(() => {
    // So that the same file, once changed, can be picked again.
    input.value = '';
  });
});

// Wherever it is dropped on the page: a browser would otherwise leave the page and open it.
addEventListener('dragover', (event) => {
  event.preventDefault();
  part.classList.add('over');
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) part.classList.remove('over');
});
addEventListener('drop', (event) => {
  event.preventDefault();
  part.classList.remove('over');
  void examine([...(event.dataTransfer?.files ?? [])]);
});

keepPage();
offerCamera();
offerPolicy(() => void examine(last));
// Now, so that what an old browser needs is there when the network is not.
void able();

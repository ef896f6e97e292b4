/**
 * Checks files on /periksa, on this device alone; and in the copy of that page which is kept for use without a network.
 * Shown by test/browser/check.test.ts.
 */
import { fromHex, utf8 } from '../lib/bytes.ts';
import type { Outcome } from '../pages/check/outcome.ts';
import { type Brought, bring } from '../proof/bring.ts';
import { check, type Given, type Report, type Trust } from '../proof/check.ts';
import { parseProofFile } from '../proof/proof.ts';
import { offerCamera } from './check/camera.ts';
import { keepPage } from './check/keep.ts';
import { compareRegistered, fetchProof } from './check/registered.ts';
import { show, showReport } from './check/report.ts';
import { say } from './check/words.ts';

const part = document.getElementById('berkas')!;
const input = document.getElementById('pilih') as HTMLInputElement;
const work = document.getElementById('kerja')!;
const trust: Trust = { verifier: part.dataset.kunci!, source: 'bawaan' };

/** Nothing that we make is nearly as large. */
const MOST_BYTES = 5 << 20;

let latest = 0;

async function examine(files: File[]): Promise<void> {
  if (files.length === 0) return;
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
  const { given, report, fetched } = found;
  const statement = textOf(given);
  const place = showReport(outcomeOf(given, report), names, report, { statement, fetched });
  if (statement !== null) await compareRegistered(statement, report.verdict === 'asli', place);
}

/** `fetched`: the file came without its proof, and the site had it. */
async function judge(files: File[]): Promise<Outcome | { given: Given; report: Report; fetched: boolean }> {
  if (!(await capable())) return 'peramban-lama';
  if (files.length > 3) return 'terlalu-banyak';
  let all: Given = { proof: null, statement: null, page: null, pdf: null };
  for (const file of files) {
    const brought = await read(file);
    if (!brought?.ok) return 'tidak-terbaca';
    const joined = join(all, brought.given);
    if (joined === null) return 'terlalu-banyak';
    all = joined;
  }
  const wanting = all.proof === null && all.statement !== null;
  const proof = wanting ? await fetchProof(all.statement!) : all.proof;
  const given = { ...all, proof };
  return { given, report: await check(given, trust), fetched: wanting && proof !== null };
}

/** Null: it can't be had, as when it was moved away meanwhile. */
async function read(file: File): Promise<Brought | null> {
  if (file.size > MOST_BYTES) return null;
  try {
    return await bring(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return null;
  }
}

/** A PDF and the bukti.json beside it are checked as one; null if both bring the same part. */
function join(one: Given, other: Given): Given | null {
  const twice = (Object.keys(one) as (keyof Given)[]).some((key) => one[key] !== null && other[key] !== null);
  if (twice) return null;
  return {
    proof: one.proof ?? other.proof,
    statement: one.statement ?? other.statement,
    page: one.page ?? other.page,
    pdf: one.pdf ?? other.pdf,
  };
}

/** The ledger signs with Ed25519, which browsers have since 2023 to 2025; a page opened without TLS has no cryptography. */
async function capable(): Promise<boolean> {
  try {
    new DecompressionStream('deflate');
    // RFC 8032, 7.1: a key that exists.
    const key = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}

function outcomeOf(given: Given, { verdict, steps }: Report): Outcome {
  if (verdict === 'tidak cocok') return 'tidak-cocok';
  if (verdict === 'asli') {
    const compared = steps.some(({ step, outcome }) => step === 'teks' && outcome === 'terbukti');
    return compared ? 'dokumen-asli' : 'bukti-asli';
  }
  if (steps[0]?.outcome === 'gagal') return 'tidak-terbaca';
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

/** Checks what was brought, and asks the site what it has under that code; then there is one answer to show. */
import { utf8 } from '../../lib/bytes.ts';
import type { Digest } from '../../lib/sha256.ts';
import type { CheckOutcome } from '../../pages/check/check-outcome.ts';
import {
  type CheckCode,
  checkProof,
  type GivenFiles,
  type Report,
  type Trust,
} from '../../proof/check-proof.ts';
import { parseProofFile } from '../../proof/proof-file.ts';
import { askRegistered, fetchProof, fetchWithdrawal, type SiteAnswer } from './registered.ts';

export interface Judged {
  outcome: CheckOutcome;
  report: Report;
  statement: Uint8Array | null;
  /** Address of the site that the proof names. */
  site: string | null;
  /** The file came without its proof, and the site had it. */
  fetched: boolean;
  registered: SiteAnswer | null;
}

/** `ledger`: what is trusted without what the reader has chosen; `asking`: told before the site is asked. */
export async function judge(
  brought: { given: GivenFiles; paper: Digest | null },
  trust: Trust,
  { ledger, asking }: { ledger: Trust; asking(): void },
): Promise<Judged> {
  const wanting = brought.given.proof === null && brought.given.statement !== null;
  if (wanting) asking();
  const proof = wanting ? await fetchProof(brought.given.statement!) : brought.given.proof;
  const given = { ...brought.given, proof };
  const report = await checkProof(given, trust);
  const outcome = await outcomeOf(given, report, trust, ledger);
  const { statement, site } = readProof(given);
  const judged = { outcome, report, statement, site, fetched: wanting && proof !== null, registered: null };
  // Of a pledge of another service this site knows nothing.
  if (statement === null || outcome === 'layanan-lain') return judged;
  asking();
  const registered = await askRegistered(statement, brought.paper);
  if (outcome === 'dokumen-asli' && registered?.paper === 'beda') {
    return { ...judged, outcome: 'kertas-lain', registered };
  }
  if (registered?.answer === 'dicabut' && report.verdict === 'asli') {
    // The site says so; its file shows it, without believing the site.
    const withdrawal = await fetchWithdrawal(statement);
    const proven = withdrawal && (await checkProof({ ...given, withdrawal }, trust));
    if (proven?.verdict === 'dicabut') return { ...judged, outcome: 'dicabut', report: proven, registered };
  }
  return { ...judged, registered };
}

const BY_VERDICT: Partial<Record<Report['verdict'], CheckOutcome>> = {
  dicabut: 'dicabut',
  'tidak cocok': 'tidak-cocok',
  'bukan berkas terdaftar': 'kertas-lain',
  'layanan lain': 'layanan-lain',
};

/** Why it can't be told: what a step says of what the reader has brought, or of this device. */
const BY_CODE: Partial<Record<CheckCode, CheckOutcome>> = {
  'clock-wrong': 'jam-salah',
  'time-ahead': 'jam-salah',
  'own-unread': 'ringkasan-lain',
  'own-consistency-none': 'ukuran-lain',
  'own-consistency-unread': 'konsistensi-lain',
  'own-consistency-other': 'konsistensi-lain',
  'own-consistency-wrong': 'konsistensi-lain',
  'withdrawal-other': 'pencabutan-lain',
  'withdrawal-unproven': 'pencabutan-lain',
};

async function outcomeOf(
  given: GivenFiles,
  report: Report,
  trust: Trust,
  ledger: Trust,
): Promise<CheckOutcome> {
  const { verdict, steps } = report;
  const told = BY_VERDICT[verdict];
  if (told) return told;
  if (verdict === 'asli') {
    const compared = steps.some(({ step, outcome }) => step === 'teks' && outcome === 'terbukti');
    return compared ? 'dokumen-asli' : 'bukti-asli';
  }
  if (steps[0]?.outcome === 'gagal') return 'tidak-terbaca';
  if (given.proof === null) return given.withdrawal ? 'pencabutan-saja' : 'tanpa-bukti';
  const reason = steps.map(({ code }) => BY_CODE[code]).find(Boolean);
  if (reason) return reason;
  // With no policy it would be genuine: then it is for its witnesses alone that it is not.
  if (trust.witnesses && (await checkProof(given, ledger)).verdict === 'asli') return 'kurang-saksi';
  return 'kurang-bukti';
}

/** The statement that it is about, and whose it is; null if there is none that can be read. */
function readProof({ proof, statement }: GivenFiles): Pick<Judged, 'statement' | 'site'> {
  try {
    const file = typeof proof === 'string' || proof instanceof Uint8Array ? parseProofFile(proof) : proof;
    return file ? { statement: utf8(file.statement), site: file.origin } : { statement, site: null };
  } catch {
    return { statement, site: null };
  }
}

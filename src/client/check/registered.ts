/** What the site has under the code of a statement. Nothing but the code goes there. */
import { equal } from '../../lib/bytes.ts';
import type { Digest } from '../../lib/sha256.ts';
import type { CheckOutcome } from '../../pages/check/check-outcome.ts';
import { parseStatus } from '../../proof/status.ts';
import { pledgeAddress } from '../../statement/address.ts';
import { parseStatement } from '../../statement/statement.ts';
import { kept, origin } from './site.ts';
import { words } from './words.ts';

export interface SiteAnswer {
  answer: 'sama' | 'menunggu' | 'dicabut' | 'dihapus' | 'lain' | 'beda' | 'tiada' | 'putus' | 'luring';
  /** Of the PDF, if there is one and the pledge stands: whether it is one of those that the site keeps. */
  paper: 'sama' | 'beda' | 'belum' | null;
}

/** How long the sentence that counts may wait for it. */
const PATIENCE = 8000;

/** Of the pledge's page; null if no code can be read. */
export function pageOf(statement: Uint8Array | null): string | null {
  try {
    return statement && origin + pledgeAddress({ kind: 'code', code: parseStatement(statement).kode });
  } catch {
    return null;
  }
}

const get = (address: string): Promise<Response> =>
  fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });

/** The bukti.json that a paper or a statement came without. It is checked as one from a file is, so the site isn't trusted for it. */
export const fetchProof = (statement: Uint8Array): Promise<Uint8Array | null> =>
  fetchFile(statement, 'bukti.json');

/** The pencabutan.json of a withdrawn pledge. It is checked as one from a file is. */
export const fetchWithdrawal = (statement: Uint8Array): Promise<Uint8Array | null> =>
  fetchFile(statement, 'pencabutan.json');

async function fetchFile(statement: Uint8Array, file: string): Promise<Uint8Array | null> {
  const page = pageOf(statement);
  if (kept || page === null) return null;
  try {
    const answer = await get(`${page}/${file}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** `paper`: digest of the PDF, if it is one. Null: there is no code to ask about. */
export async function askRegistered(statement: Uint8Array, paper: Digest | null): Promise<SiteAnswer | null> {
  const page = pageOf(statement);
  if (page === null) return null;
  if (kept) return { answer: 'luring', paper: null };
  const only = (answer: SiteAnswer['answer']): SiteAnswer => ({ answer, paper: null });
  try {
    const [said, text] = await Promise.all([get(`${page}/status.json`), get(`${page}/pernyataan.txt`)]);
    if (said.status === 404) return only('tiada');
    if (!said.ok) return only('putus');
    const { status, pdf } = parseStatus(await said.text());
    if (status === 'menunggu' || status === 'dicabut' || status === 'dihapus') return only(status);
    if (status !== 'sah') return only('lain');
    if (!text.ok) return only('putus');
    if (!equal(new Uint8Array(await text.arrayBuffer()), statement)) return only('beda');
    return { answer: 'sama', paper: paper && comparePaper(paper, pdf) };
  } catch {
    return only('putus');
  }
}

const comparePaper = (paper: Digest, papers: Digest[]): 'sama' | 'beda' | 'belum' =>
  papers.includes(paper) ? 'sama' : papers.length > 0 ? 'beda' : 'belum';

/** Beside a file that did not pass nothing may look like praise, and beside one that failed nothing like an excuse. */
export function registeredWords({ answer, paper }: SiteAnswer, outcome: CheckOutcome): DocumentFragment {
  const genuine = outcome === 'dokumen-asli' || outcome === 'bukti-asli';
  const told = words('daring');
  const place = told.querySelector('div')!;
  place.append(words(`daring-${answer === 'sama' && !genuine ? 'ada' : answer}`));
  const undecided = outcome.startsWith('kurang') || outcome.startsWith('tanpa');
  if (paper && (genuine || (undecided && paper === 'beda'))) place.append(words(`pdf-${paper}`));
  return told;
}

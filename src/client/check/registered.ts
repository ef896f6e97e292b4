/** What the site has under the code of a statement. Nothing but the code goes there. */
import { equal } from '../../lib/bytes.ts';
import type { Digest } from '../../lib/sha256.ts';
import type { Report } from '../../proof/check.ts';
import { parseStatus } from '../../proof/status.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement } from '../../statement/statement.ts';
import { words } from './words.ts';

type Answer = 'sama' | 'menunggu' | 'dicabut' | 'dihapus' | 'lain' | 'beda' | 'tiada' | 'putus' | 'luring';

const PATIENCE = 15_000;

/** Copies of this page that were kept don't ask: browsers let no file ask a site. */
const origin = document.body.dataset.asal ?? location.origin;
const kept = document.body.dataset.asal !== undefined;

function codeOf(statement: Uint8Array): string | null {
  try {
    return formatCode(parseStatement(statement).kode);
  } catch {
    return null;
  }
}

const get = (kode: string, file: string): Promise<Response> =>
  fetch(`/p/${kode}/${file}`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });

/** The bukti.json that a paper or a statement came without. It is checked as one from a file is, so the site isn't trusted for it. */
export const fetchProof = (statement: Uint8Array): Promise<Uint8Array | null> =>
  fetchFile(statement, 'bukti.json');

async function fetchFile(statement: Uint8Array, file: string): Promise<Uint8Array | null> {
  const kode = codeOf(statement);
  if (kept || kode === null) return null;
  try {
    const answer = await get(kode, file);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** The pencabutan.json of a withdrawn pledge. It is checked as one from a file is. */
export const fetchWithdrawal = (statement: Uint8Array): Promise<Uint8Array | null> =>
  fetchFile(statement, 'pencabutan.json');

/**
 * `verdict`: of the file by itself. `paper`: digest of the PDF, if it is one. Returns what the site said; null if it
 * was not asked.
 */
export async function compareRegistered(
  statement: Uint8Array,
  { verdict, paper }: { verdict: Report['verdict']; paper: Digest | null },
  place: HTMLElement,
): Promise<Answer | null> {
  const kode = codeOf(statement);
  if (kode === null) return null;
  place.append(words('daring'));
  const status = place.querySelector('[role="status"]')!;
  status.append(words('daring-tanya'));
  const { answer, papers } = await ask(kode, statement);
  const told = words(`daring-${answer === 'sama' && verdict !== 'asli' ? 'ada' : answer}`);
  const compared = paper && papers && comparePaper(paper, papers);
  // Beside a file that did not pass nothing may look like praise, and beside one that failed nothing like an excuse.
  if (compared && (verdict === 'asli' || (verdict === 'tidak terbaca' && compared === 'beda')))
    told.append(words(`pdf-${compared}`));
  const address = new URL(`/p/${kode}`, origin).href;
  for (const link of told.querySelectorAll<HTMLAnchorElement>('a[data-alamat]')) link.href = address;
  for (const link of told.querySelectorAll<HTMLAnchorElement>('a[data-unduh]')) link.href = `${address}.pdf`;
  status.replaceChildren(told);
  return answer;
}

const comparePaper = (paper: Digest, papers: Digest[]): 'sama' | 'beda' | 'belum' =>
  papers.includes(paper) ? 'sama' : papers.length > 0 ? 'beda' : 'belum';

/** `papers`: digests of those that the site keeps, if the pledge stands. */
async function ask(kode: string, statement: Uint8Array): Promise<{ answer: Answer; papers?: Digest[] }> {
  if (kept) return { answer: 'luring' };
  try {
    const [said, text] = await Promise.all([get(kode, 'status.json'), get(kode, 'pernyataan.txt')]);
    if (said.status === 404) return { answer: 'tiada' };
    if (!said.ok) return { answer: 'putus' };
    const { status, pdf } = parseStatus(await said.text());
    if (status === 'menunggu' || status === 'dicabut' || status === 'dihapus') return { answer: status };
    if (status !== 'sah') return { answer: 'lain' };
    if (!text.ok) return { answer: 'putus' };
    const same = equal(new Uint8Array(await text.arrayBuffer()), statement);
    return same ? { answer: 'sama', papers: pdf } : { answer: 'beda' };
  } catch {
    return { answer: 'putus' };
  }
}

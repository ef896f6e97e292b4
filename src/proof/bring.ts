/**
 * Content sniffing: what somebody brings (a PDF, a bukti.json, a pernyataan.txt or a pencabutan.json) is told by how it begins.
 * Shown by test/proof/bring.test.ts.
 */
import type { PdfCode } from '../lib/pdf.ts';
import type { GivenFiles } from './check-proof.ts';
import { readAttachments } from './pdf-file.ts';
import { claimsWithdrawal } from './withdrawal-file.ts';

export type Brought = { ok: true; given: GivenFiles } | { ok: false; code: PdfCode };

const NOTHING: GivenFiles = { proof: null, statement: null, pdf: null };

/** Never throws. What is no PDF and no statement is taken for a bukti.json: the check says what is wrong with it. */
export async function bring(bytes: Uint8Array): Promise<Brought> {
  const given = new Uint8Array(bytes);
  const head = new TextDecoder('latin1').decode(given.subarray(0, 1024));
  // Whatever an event is called stands further on in a text. Before a PDF some apps put bytes of their own.
  if (head.startsWith('ikrar/')) return { ok: true, given: { ...NOTHING, statement: given } };
  if (head.startsWith('{') || !head.includes('%PDF-')) {
    const withdrawal = claimsWithdrawal(given);
    return { ok: true, given: { ...NOTHING, ...(withdrawal ? { withdrawal: given } : { proof: given }) } };
  }
  const attached = await readAttachments(given);
  if (!attached.ok) return attached;
  const { proof, statement } = attached;
  return { ok: true, given: { proof, statement, pdf: given } };
}

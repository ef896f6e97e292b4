/** What somebody brings, by its first bytes: a PDF, a bukti.json, a pernyataan.txt or a pencabutan.json. Shown by test/proof/command.test.ts. */
import { parseTimestampUpdate } from '../lib/paper/timestamp-update.ts';
import type { PdfCode } from '../lib/pdf.ts';
import type { Given } from './check.ts';
import { readPdfFile } from './pdf-file.ts';
import { claimsWithdrawal } from './withdrawal-file.ts';

export type Brought = { ok: true; given: Given } | { ok: false; code: PdfCode };

/** Never throws. What is no PDF and no statement is taken for a bukti.json: the check says what is wrong with it. */
export async function bring(bytes: Uint8Array): Promise<Brought> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (!head.includes('%PDF-')) {
    if (claimsWithdrawal(bytes)) {
      return { ok: true, given: { proof: null, statement: null, page: null, pdf: null, withdrawal: bytes } };
    }
    const statement = head.startsWith('ikrar/pernyataan@');
    return {
      ok: true,
      given: { proof: statement ? null : bytes, statement: statement ? bytes : null, page: null, pdf: null },
    };
  }
  // A timestamp that came later adds nothing that can be seen: what is read is the paper below it.
  const stamped = await parseTimestampUpdate(bytes);
  const read = await readPdfFile(stamped?.paper ?? bytes);
  if (!read.ok) return read;
  const { proof, statement, page, ...pdf } = read.file;
  return { ok: true, given: { proof, statement, page, pdf: { ...pdf, stamped } } };
}

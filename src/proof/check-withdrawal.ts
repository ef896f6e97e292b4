/**
 * Checks a withdrawal without a network and without us, for a pledge whose statement is known: the procedure of check.ts
 * for the file of withdrawal-file.ts. It never throws. Shown by test/proof/check-withdrawal.test.ts.
 */
import { refuseOrigin } from '../config.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { parseLeaf } from '../ledger/leaf.ts';
import { checkInclusion, leafHash } from '../ledger/merkle.ts';
import { checkNote, type NoteVerifier, parseNote } from '../ledger/note.ts';
import { parseProof } from '../ledger/proof.ts';
import { equal, utf8 } from '../lib/bytes.ts';
import { formatDigest } from '../lib/sha256.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { parseAssertionData, parseClientData } from '../passkey/strict.ts';
import { verifySignature } from '../passkey/verify.ts';
import { evidenceHash } from '../signature/evidence.ts';
import { parseStatement, statementHash } from '../statement/statement.ts';
import { parseWithdrawal } from '../withdrawal/withdrawal.ts';
import type { Approval } from '../withdrawal/withdrawals.ts';
import { parseWithdrawalFile, type WithdrawalFile } from './withdrawal-file.ts';

/**
 * `withdrawal-other`: of another pledge. `withdrawal-unproven`: the file can't be read, or a step of it failed; then
 * nothing is shown for or against the pledge.
 */
export type CheckedWithdrawal =
  | { ok: true; at: Date; alasan: string }
  | { ok: false; code: 'withdrawal-other' | 'withdrawal-unproven'; detail: string };

/** `statement`: the pledge's. `verifier`: the ledger's key, from elsewhere than the file. */
export async function checkWithdrawal(
  given: string | Uint8Array | WithdrawalFile,
  statement: string,
  verifier: NoteVerifier,
): Promise<CheckedWithdrawal> {
  try {
    const file =
      typeof given === 'string' || given instanceof Uint8Array ? parseWithdrawalFile(given) : given;
    const said = parseWithdrawal(file.withdrawal);
    const pledge = parseStatement(statement);
    const hash = formatDigest(await statementHash(statement));
    if (said.pernyataan !== hash || said.kode !== pledge.kode) {
      return { ok: false, code: 'withdrawal-other', detail: said.pernyataan };
    }
    same('organiser', Object.values(said.penyelenggara), Object.values(pledge.penyelenggara));
    await officersSigned(file);
    const at = await entryNamesIt(file, hash);
    await ledgerHoldsIt(file, verifier);
    return { ok: true, at, alasan: said.alasan };
  } catch (error) {
    return { ok: false, code: 'withdrawal-unproven', detail: error instanceof Error ? error.message : '' };
  }
}

/** Two passkeys, of two officers, signed this text at this site. */
async function officersSigned({ withdrawal, officers, origin, rpId }: WithdrawalFile): Promise<void> {
  const challenge = await challengeOf(withdrawal);
  const { hostname } = new URL(origin);
  if (refuseOrigin(origin) !== null || (hostname !== rpId && !hostname.endsWith(`.${rpId}`))) {
    throw new Error('origin');
  }
  for (const made of officers) {
    parseClientData(made.clientDataJson, { type: 'webauthn.get', challenge, origins: [origin] });
    await parseAssertionData(made.authenticatorData, { rpId });
    if (!(await verifySignature(await parseSpki(made.spki), made.signature, made)))
      throw new Error('signature');
  }
  if (equal(officers[0].spki, officers[1].spki)) throw new Error('one officer');
}

/** Returns the time of the entry. */
async function entryNamesIt({ withdrawal, officers, entry }: WithdrawalFile, pledge: string): Promise<Date> {
  const textHash = await statementHash(withdrawal);
  const digestOf = async (made: Approval) =>
    formatDigest(await evidenceHash({ statementHash: textHash, ...made }));
  const { jenis, fields, waktu } = parseLeaf(entry);
  same(
    'entry',
    [jenis, ...fields.map((field) => field.join(' '))],
    [
      'pencabutan',
      `pernyataan ${pledge}`,
      `pencabutan ${formatDigest(textHash)}`,
      `bukti ${await digestOf(officers[0])}`,
      `bukti ${await digestOf(officers[1])}`,
    ],
  );
  return waktu;
}

/** The entry is in the ledger of the site, under a checkpoint that the trusted key signed. */
async function ledgerHoldsIt(file: WithdrawalFile, verifier: NoteVerifier): Promise<void> {
  const { index, hashes, checkpoint } = parseProof(file.tlogProof);
  await checkNote(checkpoint, verifier);
  const { origin, size, root } = parseCheckpoint(parseNote(checkpoint).text);
  if (origin !== verifier.name || origin !== `${new URL(file.origin).host}/catatan`)
    throw new Error('ledger');
  if (!(await checkInclusion(size, index, root, await leafHash(utf8(file.entry)), hashes))) {
    throw new Error('inclusion');
  }
}

function same(what: string, a: readonly string[], b: readonly string[]): void {
  if (a.join('\n') !== b.join('\n')) throw new Error(what);
}

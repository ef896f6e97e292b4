/**
 * Checks a withdrawal without a network and without us, for a pledge whose statement is known: the procedure of check-proof.ts
 * for the file of withdrawal-file.ts. It never throws. Shown by test/proof/check-withdrawal.test.ts.
 */
import { refuseOrigin } from '../config.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { parseLeaf } from '../ledger/leaf.ts';
import { checkInclusion, leafHash } from '../ledger/merkle.ts';
import { checkNote, type NoteVerifier, parseNote } from '../ledger/note.ts';
import { parseProof } from '../ledger/tlog-proof.ts';
import { equal, utf8 } from '../lib/bytes.ts';
import { formatDigest } from '../lib/sha256.ts';
import type { Approval } from '../office/approve.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { checkClientDataBytes, parseAssertionData } from '../passkey/strict.ts';
import { verifySignature } from '../passkey/verify.ts';
import { evidenceHash } from '../signature/evidence.ts';
import { parseStatement, statementHash } from '../statement/statement.ts';
import { parseWithdrawal } from '../withdrawal/withdrawal.ts';
import { AHEAD, BEHIND } from './clocks.ts';
import type { ProofFile } from './proof-file.ts';
import { parseWithdrawalFile, type WithdrawalFile } from './withdrawal-file.ts';

/**
 * `withdrawal-other`: of another pledge. `withdrawal-unproven`: the file can't be read, or a step of it failed; then
 * nothing is shown for or against the pledge.
 */
export type CheckedWithdrawal =
  | { ok: true; at: Date; alasan: string }
  | { ok: false; code: 'withdrawal-other' | 'withdrawal-unproven'; detail: string };

/** `proof`: the pledge's. `verifier`: the ledger's key, from elsewhere than the files. `now`: by the clock of who checks. */
export async function checkWithdrawal(
  given: string | Uint8Array | WithdrawalFile,
  proof: Pick<ProofFile, 'statement' | 'entry' | 'tlogProof'>,
  verifier: NoteVerifier,
  now: Date,
): Promise<CheckedWithdrawal> {
  try {
    const file =
      typeof given === 'string' || given instanceof Uint8Array ? parseWithdrawalFile(given) : given;
    const said = parseWithdrawal(file.withdrawal);
    const pledge = parseStatement(proof.statement);
    const hash = formatDigest(await statementHash(proof.statement));
    if (said.pernyataan !== hash || said.kode !== pledge.kode) {
      return { ok: false, code: 'withdrawal-other', detail: said.pernyataan };
    }
    same('organiser', Object.values(said.penyelenggara), Object.values(pledge.penyelenggara));
    await officersSigned(file);
    const at = await entryNamesIt(file, hash);
    await ledgerHoldsIt(file, verifier);
    cameAfter(file, at, Date.parse(said.terbit), proof, now);
    return { ok: true, at, alasan: said.alasan };
  } catch (error) {
    return { ok: false, code: 'withdrawal-unproven', detail: error instanceof Error ? error.message : '' };
  }
}

/** A withdrawal and its entry, as they are kept. */
export type KeptWithdrawal = Omit<WithdrawalFile, 'tlogProof'>;

/** Of the same procedure what needs no ledger. `pledge`: digest of its statement. Null, or what is wrong. */
export async function checkKeptWithdrawal(kept: KeptWithdrawal, pledge: string): Promise<string | null> {
  try {
    if (parseWithdrawal(kept.withdrawal).pernyataan !== pledge) return 'withdrawal-other';
    await officersSigned(kept);
    await entryNamesIt(kept, pledge);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'withdrawal-unproven';
  }
}

/** That an officer's passkey signed a text at a site. Throws what is wrong. */
export async function checkApproval(
  text: string,
  made: Approval,
  { origin, rpId }: Pick<WithdrawalFile, 'origin' | 'rpId'>,
): Promise<void> {
  const { hostname } = new URL(origin);
  if (refuseOrigin(origin) !== null || (hostname !== rpId && !hostname.endsWith(`.${rpId}`))) {
    throw new Error('origin');
  }
  const challenge = await challengeOf(text);
  checkClientDataBytes(made.clientDataJson, { type: 'webauthn.get', challenge, origins: [origin] });
  await parseAssertionData(made.authenticatorData, { rpId });
  if (!(await verifySignature(await parseSpki(made.spki), made.signature, made)))
    throw new Error('signature');
}

/** Two passkeys, of two officers, signed this text at this site. */
async function officersSigned({ withdrawal, officers, origin, rpId }: KeptWithdrawal): Promise<void> {
  for (const made of officers) await checkApproval(withdrawal, made, { origin, rpId });
  if (equal(officers[0].spki, officers[1].spki)) throw new Error('one officer');
}

/** Returns the time of the entry. */
async function entryNamesIt({ withdrawal, officers, entry }: KeptWithdrawal, pledge: string): Promise<Date> {
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

/** The pledge was recorded, then the text was written, then it was recorded; in one ledger, and not in the future. */
function cameAfter(
  { tlogProof }: WithdrawalFile,
  at: Date,
  terbit: number,
  proof: Pick<ProofFile, 'entry' | 'tlogProof'>,
  now: Date,
): void {
  const pledged = parseLeaf(proof.entry).waktu.getTime();
  if (terbit < pledged - BEHIND || at.getTime() < terbit - BEHIND || at.getTime() > now.getTime() + AHEAD) {
    throw new Error('time');
  }
  const [own, ours] = [parseProof(tlogProof), parseProof(proof.tlogProof)];
  if (own.index <= ours.index) throw new Error('order');
  const [then, before] = [own, ours].map(({ checkpoint }) => parseCheckpoint(parseNote(checkpoint).text));
  if (then!.size === before!.size && !equal(then!.root, before!.root)) throw new Error('fork');
}

function same(what: string, a: readonly string[], b: readonly string[]): void {
  if (a.join('\n') !== b.join('\n')) throw new Error(what);
}

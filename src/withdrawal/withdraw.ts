/**
 * One officer asks that a pledge be withdrawn and says why, another one confirms; each with a passkey over the same text. Shown by
 * test/withdrawal/withdraw.test.ts.
 */
import { base64url } from '../lib/base64.ts';
import { randomBytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { formatDigest } from '../lib/sha256.ts';
import { type ApproveCode, approve } from '../office/approve.ts';
import type { Actor } from '../office/officer.ts';
import * as records from '../office/records.ts';
import type { Services } from '../services.ts';
import type { Pledge } from '../signature/pledges.ts';
import { parseStatement } from '../statement/statement.ts';
import { parseReason, type ReasonCode } from './reason.ts';
import { formatWithdrawal, parseWithdrawal, type Withdrawal } from './withdrawal.ts';
import * as withdrawals from './withdrawals.ts';

type Needs = Pick<Services, 'db' | 'config'>;

export type WithdrawingCode = withdrawals.WithdrawCode | ApproveCode | ReasonCode | 'text-foreign';
type Refused<Code extends WithdrawingCode> = { ok: false; code: Code };

/** The text that the first officer will sign. Nothing is kept of it here. */
export async function beginWithdrawal(
  { db }: Pick<Needs, 'db'>,
  pledge: Pledge,
  typed: string,
): Promise<{ ok: true; text: string } | Refused<ReasonCode>> {
  const reason = parseReason(typed);
  if (!reason.ok) return reason;
  const text = formatWithdrawal({
    ...namesOf(pledge),
    alasan: reason.alasan,
    terbit: await withdrawals.now(db),
    acak: base64url(randomBytes(32)),
  });
  return { ok: true, text };
}

/** `response`: what the first officer's passkey made over the text. */
export async function askWithdrawal(
  { db, config }: Needs,
  by: Actor,
  pledge: Pledge,
  { statement, response }: { statement: string; response: unknown },
): Promise<{ ok: true } | Refused<WithdrawingCode>> {
  const said = ours(statement, pledge);
  if (!said) return { ok: false, code: 'text-foreign' };
  const tried = triedAt(pledge, 'pencabutan-ajukan');
  const approved = await approve(db, config, { by, tried, text: statement, response });
  if (!approved.ok) return approved;
  const { kode, terbit } = said;
  return withdrawals.ask(db, by, { kode, statement, terbit, approval: approved.approval });
}

/** `id`: of the request that the second officer has read; `response`: what their passkey made over its text. */
export async function confirmWithdrawal(
  { db, config, publish }: Needs & Pick<Services, 'publish'>,
  by: Actor,
  pledge: Pledge,
  { id, response }: { id: string; response: unknown },
): Promise<{ ok: true } | Refused<WithdrawingCode>> {
  const request = await withdrawals.requestFor(db, pledge.kode);
  if (!request || request.id !== id) return { ok: false, code: 'request-unknown' };
  const tried = triedAt(pledge, 'pencabutan-setujui');
  const approved = await approve(db, config, { by, tried, text: request.statement, response });
  if (!approved.ok) return approved;
  const done = await withdrawals.confirm(db, by, request, approved.approval);
  if (done.ok) await publish();
  // Where the request ends with it, that is on record.
  else if (withdrawals.isUncounted(done.code) && (await withdrawals.requestFor(db, pledge.kode))?.id === id)
    await records.refusedAct(db, by, tried, done.code);
  return done;
}

/** For the audit trail, where it is refused. */
const triedAt = ({ kode, kegiatanId }: Pledge, tindakan: records.Tried['tindakan']): records.Tried => ({
  tindakan,
  kegiatanId,
  perihal: kode,
});

/** Which pledge, as the withdrawal's text names it. */
const namesOf = ({ kode, hash, statement }: Pledge) => ({
  kode,
  pernyataan: formatDigest(hash),
  penyelenggara: parseStatement(statement).penyelenggara,
});

/** The text, if it is one that we would make for this pledge. */
function ours(text: string, pledge: Pledge): Withdrawal | null {
  try {
    const said = parseWithdrawal(text);
    const reason = parseReason(said.alasan);
    if (!reason.ok || reason.alasan !== said.alasan) return null;
    return formatWithdrawal({ ...said, ...namesOf(pledge) }) === text ? said : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

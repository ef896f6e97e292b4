/**
 * The check in the officer's browser, before it shows and signs that a pledge is withdrawn: this pledge, this reason, now.
 * No DOM: shown by test/client/compare.test.ts.
 */
import { formatDigest } from '../../lib/sha256.ts';
import { oneLine } from '../../lib/text.ts';
import { parseStatement, type Statement, statementHash } from '../../statement/statement.ts';
import { parseReason } from '../../withdrawal/reason.ts';
import { parseWithdrawal, type Withdrawal } from '../../withdrawal/withdrawal.ts';
import { isLegible } from '../passkey/legible.ts';
import { agreed, type Compared, type Device, differs, hasBeen, isWithinDay } from '../passkey/signable.ts';

interface Withdrawing {
  withdrawal: Withdrawal;
  /** The pledge that is withdrawn, as it was signed. */
  pledge: Statement;
}

/**
 * `alasan`: as typed by the one who asks; null for the one who confirms, to whom it will be shown as the text has it. That
 * text is as old as the request.
 */
export async function compareWithdrawal(
  text: string,
  statement: string,
  alasan: string | null,
  device: Device,
): Promise<Compared<'ikrar/pencabutan@v1', Withdrawing>> {
  let withdrawal: Withdrawal;
  let pledge: Statement;
  try {
    withdrawal = parseWithdrawal(text);
    pledge = parseStatement(statement);
  } catch {
    return differs('text');
  }
  const organizer = ({ penyelenggara }: Statement | Withdrawal): string =>
    `${penyelenggara.wilayah} ${penyelenggara.nama}`;
  const reason = parseReason(withdrawal.alasan);
  const { nama, jabatan, wilayah, kegiatan } = pledge;
  const claims = {
    kode: withdrawal.kode === pledge.kode,
    pernyataan: withdrawal.pernyataan === formatDigest(await statementHash(statement)),
    penyelenggara: organizer(withdrawal) === organizer(pledge),
    alasan: alasan === null || withdrawal.alasan === oneLine(alasan),
    reason: reason.ok && reason.alasan === withdrawal.alasan,
    letters: [nama, jabatan, wilayah.nama, kegiatan, organizer(pledge)].every(isLegible),
    order: Date.parse(withdrawal.terbit) >= Date.parse(pledge.terbit),
  };
  const inTime =
    alasan === null ? hasBeen(withdrawal.terbit, device) : isWithinDay(withdrawal.terbit, device);
  return agreed('ikrar/pencabutan@v1', text, { withdrawal, pledge }, claims, inTime);
}

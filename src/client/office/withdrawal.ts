/**
 * The check in the officer's browser, before it signs that a pledge is withdrawn: this pledge, this person, this reason.
 * No DOM: shown by test/client/compare.test.ts.
 */
import { formatDigest } from '../../lib/sha256.ts';
import { oneLine } from '../../lib/text.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement, type Statement, statementHash } from '../../statement/statement.ts';
import { parseWithdrawal, type Withdrawal } from '../../withdrawal/withdrawal.ts';
import { agreed, type Compared, type Device, differs, hasBeen, isNear } from '../passkey/signable.ts';

/** What the page says. */
export interface PledgeShown {
  /** The statement, as it was signed. */
  statement: string;
  nama: string | null;
  kode: string | null;
  penyelenggara: string | null;
}

/**
 * `alasan`: as typed by the one who asks, or as the page shows it to the one who confirms. `asked`: before now, by another;
 * the text then is as old as the request.
 */
export async function compareWithdrawal(
  text: string,
  pledge: PledgeShown,
  { alasan, asked }: { alasan: string; asked: boolean },
  device: Device,
): Promise<Compared<'ikrar/pencabutan@v1', Withdrawal>> {
  let said: Withdrawal;
  let signed: Statement;
  try {
    said = parseWithdrawal(text);
    signed = parseStatement(pledge.statement);
  } catch {
    return differs('text');
  }
  const organizer = ({ penyelenggara }: Statement | Withdrawal): string =>
    `${penyelenggara.wilayah} ${penyelenggara.nama}`;
  const claims = {
    nama: signed.nama === pledge.nama,
    kode: said.kode === signed.kode && formatCode(said.kode) === pledge.kode,
    pernyataan: said.pernyataan === formatDigest(await statementHash(pledge.statement)),
    penyelenggara: organizer(said) === organizer(signed) && organizer(said) === pledge.penyelenggara,
    alasan: said.alasan === oneLine(alasan),
    order: Date.parse(said.terbit) >= Date.parse(signed.terbit),
  };
  const inTime = asked ? hasBeen(said.terbit, device) : isNear(said.terbit, device);
  return agreed('ikrar/pencabutan@v1', text, said, claims, inTime);
}

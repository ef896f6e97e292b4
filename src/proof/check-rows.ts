/**
 * Integrity check of what stands in the database beside the ledger: whether each pledge's and each withdrawal's evidence verifies, and
 * whether the list, the counts, the versions of lists and the wordings follow from the entries. The ledger itself is ledger/audit.ts.
 * What it reads may be anything: it names what is wrong, and goes on. Reads alone. Shown by test/proof/check-rows.test.ts.
 */
import type { Db } from '../db.ts';
import { equal, utf8 } from '../lib/bytes.ts';
import { formatDigest, sha256 } from '../lib/sha256.ts';
import * as wordings from '../naskah/wordings.ts';
import { readClientData } from '../passkey/strict.ts';
import * as people from '../roster/people.ts';
import * as signatures from '../signature/signatures.ts';
import { parseStatement } from '../statement/statement.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { checkKept } from './check-proof.ts';
import { checkKeptWithdrawal } from './check-withdrawal.ts';

export type RowCode =
  /** A pledge's, or a withdrawal's, text, passkey data or signature doesn't verify, or isn't of its entry. */
  | 'pledge-unproven'
  | 'withdrawal-unproven'
  /** What stands beside a pledge's text is something else. */
  | 'pledge-beside'
  /** The public list, or a count, isn't that of the pledges in the ledger. */
  | 'list-other'
  | 'count-other'
  /** A version of a list, or a wording, isn't the one of its entry. */
  | 'roster-other'
  | 'wording-other'
  /** Two rows claim one entry. */
  | 'entry-shared';

export interface RowDifference {
  code: RowCode;
  /** Code of a pledge, area, name of a version or a wording, place in the ledger. */
  what: string;
}

export interface Rows {
  pledges: number;
  withdrawals: number;
  differences: RowDifference[];
  /** Entries that no row is of: they tell of nothing that is here. */
  rowless: { jenis: string; count: number; first: number }[];
}

/** Of one kind so many are named. */
const NAMED = 10;

/** `ledger`: name of the ledger's key, `ikrar.example/catatan`. */
export async function checkRows(
  db: Db,
  ledger: string,
  {
    now = new Date(),
    progress = (_done: number) => {},
  }: { now?: Date; progress?: (done: number) => void } = {},
): Promise<Rows> {
  const found: Rows = { pledges: 0, withdrawals: 0, differences: [], rowless: [] };
  const differs = (code: RowCode, what: string): void => {
    if (found.differences.filter((one) => one.code === code).length < NAMED)
      found.differences.push({ code, what });
  };
  const host = ledger.replace(/\/catatan$/, '');

  for await (const batch of signatures.kept(db)) {
    for (const row of batch) {
      found.pledges++;
      const site = await siteOf(row, host);
      if (await checkKept({ ...row, ...site }, now)) differs('pledge-unproven', row.kode);
      else if (!(await saysTheSame(row))) differs('pledge-beside', row.kode);
    }
    progress(found.pledges);
  }
  for await (const { hash, kode, kept } of withdrawals.all(db)) {
    found.withdrawals++;
    const { statement, asked, confirmed, entry } = kept;
    const file = {
      withdrawal: statement,
      officers: [asked, confirmed] as [typeof asked, typeof confirmed],
      entry,
    };
    const wrong = await checkKeptWithdrawal({ ...file, ...(await siteOf(asked, host)) }, formatDigest(hash));
    if (wrong !== null) differs('withdrawal-unproven', kode);
  }
  for (const kode of await signatures.unlisted(db)) differs('list-other', kode);
  for (const area of await signatures.miscounted(db)) differs('count-other', area);
  for (const name of await people.unentered(db)) differs('roster-other', name);
  for (const name of await wordings.unentered(db)) differs('wording-other', name);
  const { shared, rowless } = await signatures.claimed(db);
  for (const at of shared) differs('entry-shared', at === null ? '-' : String(at));
  found.rowless = rowless;
  return found;
}

/** Where it was signed: of the origins and names that a passkey may have been asked by at this host, the one that the data name. */
async function siteOf(
  { authenticatorData, clientDataJson }: { authenticatorData: Uint8Array; clientDataJson: Uint8Array },
  host: string,
): Promise<{ origin: string; rpId: string }> {
  let origin = `https://${host}`;
  try {
    const said = String(readClientData(clientDataJson).origin);
    if (URL.canParse(said) && new URL(said).host === host) origin = said;
  } catch {
    // The check says what is wrong.
  }
  const hostname = host.replace(/:\d+$/, '');
  const labels = hostname.split('.');
  for (const [at] of labels.entries()) {
    const rpId = labels.slice(at).join('.');
    if (equal(await sha256(utf8(rpId)), authenticatorData.slice(0, 32))) return { origin, rpId };
  }
  return { origin, rpId: hostname };
}

/** Whether the columns that lists and pages are made of are those of the text that was signed. */
async function saysTheSame(row: signatures.KeptSignature): Promise<boolean> {
  const said = parseStatement(row.statement);
  return (
    equal(await sha256(utf8(row.statement)), row.hash) &&
    said.kode === row.kode &&
    said.nama === row.namaLengkap &&
    said.jabatan === row.jabatan &&
    said.unsur === row.unsur &&
    said.nomor === row.nomor &&
    said.wilayah.kode === row.wilayah &&
    said.wilayah.nama === row.wilayahNama &&
    said.nama.includes(row.nama)
  );
}

/**
 * Integrity check of what stands in the database beside the ledger: whether each pledge's, withdrawal's and officer's evidence verifies,
 * and whether each column that follows from what was signed or entered is just that. What a row says is printed again from it, and
 * compared whole; which columns that is, and which are not checked and why: docs/check-rows.md. The ledger itself is
 * ledger/audit.ts. What it reads may be anything: it names what is wrong, and goes on. Reads alone. Shown by
 * test/proof/check-rows.test.ts and, column by column, test/proof/check-columns.test.ts.
 */
import type { Db } from '../db.ts';
import { formatLeaf, type Leaf, parseLeaf } from '../ledger/leaf.ts';
import { fromBase64 } from '../lib/base64.ts';
import { equal, utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type Digest, formatDigest, parseDigest, sha256, sha256Text } from '../lib/sha256.ts';
import { wordingId } from '../naskah/wording.ts';
import * as wordings from '../naskah/wordings.ts';
import type { Approval } from '../office/approve.ts';
import * as officerChanges from '../office/officer-changes.ts';
import { readClientData } from '../passkey/strict.ts';
import * as people from '../roster/people.ts';
import type { RosterEntry } from '../roster/person.ts';
import { recordingOf } from '../signature/sign-statement.ts';
import * as signatures from '../signature/signatures.ts';
import { compose } from '../statement/compose.ts';
import { hashSymbols, parseStatement, printStatement } from '../statement/statement.ts';
import { parseWithdrawal } from '../withdrawal/withdrawal.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { changeHolds } from './check-change.ts';
import { type CheckedList, checkList } from './check-list.ts';
import { checkKept } from './check-proof.ts';
import { checkApproval, checkKeptWithdrawal } from './check-withdrawal.ts';
import { isTimely } from './clocks.ts';

export type RowCode =
  /** A pledge's, or a withdrawal's, text, passkey data or signature doesn't verify, or isn't of its entry. */
  | 'pledge-unproven'
  | 'withdrawal-unproven'
  /** What stands beside a pledge's, or a withdrawal's, text is something else. */
  | 'pledge-beside'
  | 'withdrawal-beside'
  /** Who asked for a withdrawal, or confirmed it, might not. */
  | 'withdrawal-officers'
  /** The public list, its index, or a count, isn't that of the pledges in the ledger. */
  | 'list-other'
  | 'index-other'
  | 'count-other'
  /** A version of a list, a wording, or a paper, isn't the one of its entry. */
  | 'roster-other'
  | 'wording-other'
  | 'document-other'
  /** A place isn't what the newest version of its list says; an event's words are another's. */
  | 'place-other'
  | 'event-wording'
  /** A change of officers isn't what a passkey signed. */
  | 'change-unproven'
  /** Two rows claim one entry; of entries that no row is of nothing here says what they are. */
  | 'entry-shared'
  | 'entry-rowless';

export interface RowDifference {
  code: RowCode;
  /** Code of a pledge, area, name of a version or a wording, id of a place or a change, place in the ledger, or how many of which kind from where. */
  what: string;
}

export interface Rows {
  pledges: number;
  withdrawals: number;
  differences: RowDifference[];
}

/** Of one kind so many are named. */
const NAMED = 10;

/** So many lists are held at once: events sign side by side. */
const LISTS = 100;

/** `ledger`: name of the ledger's key, `ikrar.example/catatan`. */
export async function checkRows(
  db: Db,
  ledger: string,
  {
    now = new Date(),
    progress = (_done: number) => {},
  }: { now?: Date; progress?: (done: number) => void } = {},
): Promise<Rows> {
  const found: Rows = { pledges: 0, withdrawals: 0, differences: [] };
  const differs = (code: RowCode, what: string): void => {
    const alike = found.differences.filter((one) => one.code === code);
    if (alike.length < NAMED && !alike.some((one) => one.what === what))
      found.differences.push({ code, what });
  };
  const host = ledger.replace(/\/catatan$/, '');
  const site = (made: Approval) => siteOf(made, host);
  // One that was added meanwhile is looked up.
  const words = new Map<string, wordings.KeptWording | null>();
  const wordingOf: WordingOf = async ({ id, versi }) => {
    const name = `${id}/${versi}`;
    if (!words.has(name)) words.set(name, await wordings.byId(db, id, versi));
    return words.get(name)!;
  };

  const seen = new Set<string>();
  const lists = new Map<string, CheckedList>();
  const seeList = async (kegiatanId: string): Promise<CheckedList> => {
    const list = await checkList(db, kegiatanId);
    if (!seen.has(kegiatanId)) {
      for (const name of list.versions) differs('roster-other', name);
      for (const id of list.places) differs('place-other', `${kegiatanId} ${id}`);
    }
    seen.add(kegiatanId);
    if (lists.size === LISTS) lists.delete(lists.keys().next().value!);
    lists.set(kegiatanId, list);
    return list;
  };
  const lineOf: LineOf = async (kegiatanId, digest, tempat) => {
    const known = lists.get(kegiatanId);
    // A version that came meanwhile is read, too.
    const list = known?.has(digest) ? known : await seeList(kegiatanId);
    return list.line(digest, tempat);
  };

  for await (const batch of signatures.kept(db)) {
    for (const row of batch) {
      found.pledges++;
      if (await checkKept({ ...row, entry: row.entry ?? '', ...(await site(row)) }, now))
        differs('pledge-unproven', row.kode);
      else if (!(await isPrintedAgain(row, lineOf, wordingOf))) differs('pledge-beside', row.kode);
    }
    progress(found.pledges);
  }
  for (const row of await signatures.erased(db)) {
    if (!(await isErased(row))) differs('pledge-beside', row.kode);
  }
  for (const kode of await signatures.misplaced(db)) differs('pledge-beside', kode);

  for (const row of await withdrawals.asked(db)) {
    if (row.withdrawal) found.withdrawals++;
    if (!(await isSigned(row, site))) differs('withdrawal-unproven', row.kode);
    else if (!isAsSigned(row)) differs('withdrawal-beside', row.kode);
  }
  for (const kode of await withdrawals.unauthorized(db)) differs('withdrawal-officers', kode);
  for (const row of await officerChanges.kept(db)) {
    if (!(await changeHolds(row, site))) differs('change-unproven', String(row.change.id));
  }

  for (const kode of await signatures.unlisted(db)) differs('list-other', kode);
  for (const what of await signatures.misindexed(db)) differs('index-other', what);
  for (const area of await signatures.miscounted(db)) differs('count-other', area);
  for (const kegiatanId of await people.lists(db)) {
    if (!seen.has(kegiatanId)) await seeList(kegiatanId);
  }
  for (const one of await wordings.entered(db)) {
    if (!(await isWordingOfEntry(one))) differs('wording-other', `${one.id}/${one.versi}`);
  }
  for (const what of await wordings.misassigned(db)) differs('event-wording', what);
  for (const kode of await signatures.repapered(db)) differs('document-other', kode);
  const { shared, rowless } = await signatures.claimed(db);
  for (const at of shared) differs('entry-shared', at === null ? '-' : String(at));
  for (const { jenis, count, first } of rowless) differs('entry-rowless', `${count} ${jenis} ${first}`);
  return found;
}

/** Where it was signed: of the origins and names that a passkey may have been asked by at this host, the one that the data name. */
export async function siteOf(
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

/** Whether an entry is one of that kind, of these fields alone; then its time. */
function timeOf(entry: string | null, jenis: Leaf['jenis'], fields: Leaf['fields']): Date | null {
  try {
    const { waktu } = parseLeaf(entry ?? '');
    return formatLeaf({ jenis, fields, waktu }) === entry ? waktu : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** What a version of an event's list, by its digest, says of a place. */
type LineOf = (kegiatanId: string, digest: Digest, tempat: string) => Promise<RosterEntry | null>;
type WordingOf = (name: { id: string; versi: number }) => Promise<wordings.KeptWording | null>;

/** Entries tell whole seconds. */
const isSecondOf = (at: Date, waktu: Date | null): boolean =>
  waktu !== null && Math.floor(at.getTime() / 1000) * 1000 === waktu.getTime();

/** Whether a column holds what it should. */
const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof Uint8Array && other instanceof Uint8Array ? equal(one, other) : one === other;

/**
 * Whether a pledge, printed again, is the one that is kept: its statement, from the event, the list's version that it names, the place
 * on that, the wording and the passkey; and its row, as the act writes it, from the statement.
 */
async function isPrintedAgain(
  row: signatures.KeptSignature,
  lineOf: LineOf,
  wordingOf: WordingOf,
): Promise<boolean> {
  const { place, event, organizer, wording, key, entry } = row;
  const said = parseStatement(row.statement);
  const line = place && (await lineOf(row.kegiatanId, said.daftar, place.tempat));
  const naskah = wording && (await wordingOf(wording));
  if (!place || !event || !organizer || !naskah || !key || !line || place.nomor === null) return false;
  const again = compose({
    fresh: said,
    person: { ...line, nomor: place.nomor },
    wilayah: { kode: line.wilayah, nama: said.wilayah.nama },
    kegiatan: event,
    organizer,
    naskah,
    daftar: parseDigest(said.daftar)!,
    kunci: await sha256(key.spki),
    catatan: { ...said.catatan, root: fromBase64(said.catatan.root) },
  });
  const { made } = await recordingOf({
    personId: row.personId,
    statement: printStatement({ ...again, identitas: said.identitas }),
    said,
    verified: { ...row, counter: 0 },
    passkey: { id: row.credentialId, spki: key.spki, userHandle: new Uint8Array() },
  });
  const expected = { ...made, nama: line.nama, kegiatanId: place.kegiatanId };
  return (
    Object.entries(expected).every(([column, value]) =>
      isSame(row[column as keyof typeof expected], value),
    ) && isSecondOf(row.at, parseLeaf(entry!).waktu)
  );
}

/** Of a pledge whose data were erased nothing stands but its digests, code and places; and those are its entry's. */
async function isErased(row: Awaited<ReturnType<typeof signatures.erased>>[number]): Promise<boolean> {
  const { statement, nama, namaLengkap, jabatan, nomor, authenticatorData, clientDataJson, signature, spki } =
    row;
  const waktu = timeOf(row.entry, 'tanda-tangan', [
    ['pernyataan', formatDigest(row.hash)],
    ['bukti', formatDigest(row.evidenceHash)],
  ]);
  return (
    [statement, nama, namaLengkap, jabatan, nomor, authenticatorData, clientDataJson, signature, spki].every(
      (gone) => gone.length === 0,
    ) &&
    row.counterNote === null &&
    row.hashSymbols === hashSymbols(row.hash) &&
    isSecondOf(row.at, waktu)
  );
}

/** Whether an officer's passkey signed what was asked for, and another one what took effect, which is the entry's. */
async function isSigned(
  { hash, request, withdrawal, entry }: withdrawals.AskedFor,
  site: (made: Approval) => Promise<{ origin: string; rpId: string }>,
): Promise<boolean> {
  if (!request) return false;
  const at = await site(request);
  if (withdrawal) {
    const officers: [Approval, Approval] = [request, withdrawal];
    const file = { withdrawal: request.statement, officers, entry: entry ?? '', ...at };
    return (await checkKeptWithdrawal(file, formatDigest(hash))) === null;
  }
  return checkApproval(request.statement, request, at).then(
    () => true,
    () => false,
  );
}

/** Whether what stands beside the text is what it says, and when. */
function isAsSigned({ kode, hash, pledge, request, withdrawal, entry }: withdrawals.AskedFor): boolean {
  try {
    const said = parseWithdrawal(request!.statement);
    const { penyelenggara } = parseStatement(pledge);
    return (
      said.kode === kode &&
      said.pernyataan === formatDigest(hash) &&
      said.penyelenggara.wilayah === penyelenggara.wilayah &&
      said.penyelenggara.nama === penyelenggara.nama &&
      equal(request!.hash, hash) &&
      isTimely(said.terbit, request!.at) &&
      (withdrawal === null ||
        (request!.endedAt === null && isSecondOf(withdrawal.at, parseLeaf(entry!).waktu)))
    );
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The words of its digest and of its entry, of the unsur and the regime of its name, and an example if it is ours. */
async function isWordingOfEntry(one: wordings.KeptWording & { entry: string | null }): Promise<boolean> {
  const digest = formatDigest(await sha256Text(one.isi));
  const name = `${one.id}/${one.versi}`;
  return (
    formatDigest(one.sha256) === digest &&
    timeOf(one.entry, 'naskah', [['naskah', `${name} ${digest}`]]) !== null &&
    wordingId(one.unsur, one.rezim) === one.id &&
    one.contoh === (one.organizerId === null)
  );
}

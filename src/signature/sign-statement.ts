/**
 * Signing. A phone brings the statement it showed, the ticket it came with, and the passkey's answer. Idempotent: the same
 * brought again, however often, gives the same receipt. Shown by test/signature/sign-statement.test.ts.
 */
import { base64url, fromBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { codeOf, retry } from '../lib/retry.ts';
import { formatDigest, sha256 } from '../lib/sha256.ts';
import { type Assertion, credentialIdOf, finishAssertion } from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { fullName } from '../roster/person.ts';
import type { Services } from '../services.ts';
import { compose } from '../statement/compose.ts';
import {
  HOURS_TO_ARRIVE,
  hashSymbols,
  ISSUED_AS,
  LONGEST,
  parseStatement,
  printStatement,
  type Statement,
  statementHash,
  wordingMatches,
} from '../statement/statement.ts';
import { openTicket, type Ticket, type Ticketed } from '../statement/ticket.ts';
import { evidenceHash } from './evidence.ts';
import { datedTooLate, type Hindrance, partsOf } from './issue-statement.ts';
import * as particulars from './particulars.ts';
import { recordTogether } from './record-together.ts';
import * as signatures from './signatures.ts';

export type SignCode =
  | Hindrance
  | 'person-unknown'
  | 'credential-unknown'
  | 'ticket-forged'
  | 'pledge-lapsed'
  /** Nothing was recorded; the same submission is recorded once the ledger goes on. */
  | 'ledger-halted'
  | 'roster-changed';

export interface Submission {
  /** Who the caller let in, by invitation. */
  personId: string;
  statement: string;
  ticket: string;
  /** AuthenticationResponseJSON. */
  assertion: unknown;
  /** Whether the caller has seen that a pledge of theirs stands. */
  signed?: boolean;
}

export type Signing =
  | { ok: true; outcome: 'recorded' | 'already'; signature: signatures.SignatureRow }
  | { ok: false; code: SignCode };

type Needs = Pick<Services, 'config' | 'db' | 'halted' | 'secret'>;

/**
 * Throws `Failure<PasskeyCode>` on an answer that no honest passkey gives. Inclusion in the ledger is for the caller to await.
 *
 * As a rule all is in order: then nothing is read. It is verified with what the ticket says of the passkey, and the statement that
 * records compares that and all that was signed with the rows. Only if something isn't, all is read, so that of several faults the
 * same is told first as ever.
 */
export async function signStatement(services: Needs, submission: Submission): Promise<Signing> {
  const { personId, statement, ticket, assertion } = submission;
  const id = credentialIdOf(assertion);
  const receipt = submission.signed ? await standing(services, personId) : null;
  if (receipt) return receipt;
  const issued = { personId, credentialId: base64url(id), statement };
  const opened = await openTicket(services.secret, ticket, issued);
  const signed = opened?.passkey
    ? await signAsTicketed(services, submission, { id, ...opened.passkey })
    : null;
  return signed ?? judgeAndSign(services, submission, opened);
}

/** Null if anything is not in order: what, is for `judgeAndSign` to say, when it is its turn. */
async function signAsTicketed(
  services: Needs,
  submission: Submission,
  passkey: Passkey,
): Promise<Signing | null> {
  // What is recorded may go with a database that is old.
  if (await services.halted()) return null;
  const verified = await verifyAsTicketed(services, submission, passkey).catch(() => null);
  const done = verified && (await record(services, verified, submission).catch(unlessUnreadable));
  return done?.ok ? done : null;
}

/** A value that the database can't read (SQLSTATE class 22) is none that it has: that is judged, too, when it is its turn. */
function unlessUnreadable(error: unknown): null {
  if (codeOf(error, (code) => /^22...$/.test(code)) === null) throw error;
  return null;
}

async function verifyAsTicketed(
  services: Needs,
  submission: Submission,
  passkey: Passkey,
): Promise<Recordable | null> {
  const said = parseStatement(submission.statement);
  if (!isAsIssued(said) || !(await wordingMatches(said)) || !(await isOfHere(services, said, passkey)))
    return null;
  return { said, verified: await verify(services, submission, passkey), passkey };
}

/** Why it can't be recorded, said in its order; or it is recorded after all: with an older ticket, or of rows that a statement cleans. */
async function judgeAndSign(
  services: Needs,
  submission: Submission,
  opened: Ticket | null,
): Promise<Signing> {
  const { db } = services;
  const { personId, statement, assertion } = submission;
  const found = await retry(() => particulars.read(db, personId, credentialIdOf(assertion)));
  // Before anything is judged: who has signed gets the receipt, whatever came of the first answer.
  if (found?.signed) return already(services, personId);
  if (await services.halted()) return { ok: false, code: 'ledger-halted' };
  if (!found) return { ok: false, code: 'person-unknown' };
  if (!opened) return { ok: false, code: 'ticket-forged' };
  const { credential: passkey } = found;
  if (!passkey) return { ok: false, code: 'credential-unknown' };
  const parts = partsOf(found);
  if ('code' in parts) return { ok: false, code: parts.code };
  const said = parseStatement(statement);
  const late = lateness(found, said);
  if (late === 'pledge-lapsed') return { ok: false, code: late };
  // The phone keeps it until the clock has caught up.
  if (late === 'no-check') throw datedTooLate(found);
  const catatan = { ...said.catatan, root: fromBase64(said.catatan.root) };
  const today = compose({ ...parts, fresh: said, kunci: passkey.kunci, catatan });
  if (printStatement(today) !== statement || !(await isOfHere(services, said, passkey))) {
    return { ok: false, code: 'roster-changed' };
  }
  const verified = await verify(services, submission, passkey);
  const { person, kegiatan, organizer, wilayah } = parts;
  const seen = {
    ...signatures.rowsIn(said),
    nomor: person.nomor,
    nama: fullName(person),
    jabatan: person.jabatan || person.unsur,
    wilayah_nama: wilayah.nama,
    ...kegiatan,
    penyelenggara: organizer.nama,
  };
  const done = await record(services, { said, verified, passkey, seen }, submission);
  if (!done.ok && done.code === 'no-check') throw datedTooLate(found);
  return done;
}

/**
 * `pledge-lapsed`: issued too long ago; or after the last entry that there is, which would belie it, since the database's clock has
 * gone back. `no-check`: arrived in time, and no check would pass it, since the last entry is of a clock that was ahead.
 */
function lateness(
  { now, dated }: Pick<particulars.Particulars, 'now' | 'dated'>,
  { terbit }: Statement,
): 'pledge-lapsed' | 'no-check' | null {
  const age = Date.parse(dated) - Date.parse(terbit);
  if (age < 0 || Date.parse(now) - Date.parse(terbit) > HOURS_TO_ARRIVE * 3_600_000) return 'pledge-lapsed';
  return age > LONGEST || Date.parse(dated) - Date.parse(now) > LONGEST ? 'no-check' : null;
}

/** Of what no row says: as `compose` writes it. */
const isAsIssued = ({ identitas }: Statement): boolean => identitas === ISSUED_AS;

/** Whether it names this ledger and this passkey. */
const isOfHere = async ({ config }: Needs, { catatan, kunci }: Statement, { spki }: Passkey) =>
  catatan.origin === config.ledgerOrigin && kunci === formatDigest(await sha256(spki));

/** A ticket doesn't say `backupEligible`, which may turn true: whoever records compares it. */
type Passkey = Ticketed & { id: Bytes; backupEligible?: boolean };

/** Throws `Failure<PasskeyCode>`. */
const verify = async (
  { config }: Needs,
  { statement, assertion }: Submission,
  credential: Passkey,
): Promise<Assertion> =>
  finishAssertion({ config, challenge: await challengeOf(statement), credential, response: assertion });

interface Recordable {
  said: Statement;
  verified: Pick<Assertion, 'counter' | 'authenticatorData' | 'clientDataJson' | 'signature'>;
  passkey: Passkey;
  /** As the statement says it unless told. */
  seen?: signatures.StatementRows;
}

async function record(
  services: Needs,
  { said, verified, passkey, seen = signatures.rowsIn(said) }: Recordable,
  { personId, statement }: Submission,
): Promise<Signing | { ok: false; code: 'no-check' }> {
  const recording = { ...(await recordingOf({ personId, statement, said, verified, passkey })), seen };
  const recorded = await retry(() => recordTogether(services.db, recording)).catch(async (error: unknown) => {
    // Somebody holds its rows. Whoever is recorded already needs none of them.
    const receipt =
      codeOf(error, (code) => code === '55P03') === null ? null : await standing(services, personId);
    if (!receipt) throw error;
    return { outcome: 'already' } as const;
  });
  switch (recorded.outcome) {
    case 'recorded':
      return { ok: true, outcome: 'recorded', signature: recorded.row };
    case 'already':
      // Another of the same came first, or ours did and its answer was lost.
      return already(services, personId);
    case 'code-taken':
      return { ok: false, code: 'pledge-lapsed' };
    case 'no-check':
      return { ok: false, code: 'no-check' };
    default:
      return { ok: false, code: recorded.outcome };
  }
}

/** What is recorded of a statement, its passkey's answer verified. */
export async function recordingOf({
  personId,
  statement,
  said,
  verified,
  passkey,
}: Recordable & Pick<Submission, 'personId' | 'statement'>): Promise<signatures.Recording> {
  const { counter, authenticatorData, clientDataJson, signature } = verified;
  const hash = await statementHash(statement);
  const made = { authenticatorData, clientDataJson, signature, spki: passkey.spki };
  return {
    made: {
      ...made,
      hash,
      hashSymbols: hashSymbols(hash),
      kode: said.kode,
      personId,
      statement,
      namaLengkap: said.nama,
      jabatan: said.jabatan,
      unsur: said.unsur,
      nomor: said.nomor,
      wilayah: said.wilayah.kode,
      wilayahNama: said.wilayah.nama,
      credentialId: passkey.id,
      evidenceHash: await evidenceHash({ statementHash: hash, ...made }),
    },
    seen: signatures.rowsIn(said),
    use: { counter, userHandle: passkey.userHandle },
  };
}

async function already(services: Needs, personId: string): Promise<Signing> {
  const receipt = await standing(services, personId);
  if (!receipt) throw new Error('sign: a signature that is there was not found');
  return receipt;
}

/** Null if none stands. */
async function standing({ db }: Needs, personId: string): Promise<Signing | null> {
  const signature = await retry(() => signatures.byPerson(db, personId));
  return signature && { ok: true, outcome: 'already', signature };
}

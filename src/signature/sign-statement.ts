/**
 * The act. A phone brings the statement it showed, the ticket it came with, and the passkey's answer; the same brought
 * again, however often, gives the same receipt. Shown by test/signature/sign-statement.test.ts.
 */
import { base64url, fromBase64 } from '../lib/base64.ts';
import { retry } from '../lib/retry.ts';
import { credentialIdOf, finishAssertion } from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import type { Services } from '../services.ts';
import { compose } from '../statement/compose.ts';
import {
  HOURS_TO_ARRIVE,
  hashSymbols,
  parseStatement,
  printStatement,
  statementHash,
} from '../statement/statement.ts';
import { checkTicket } from '../statement/ticket.ts';
import { evidenceHash } from './evidence.ts';
import { datedTooLate, type Hindrance, LONGEST, partsOf } from './issue-statement.ts';
import * as particulars from './particulars.ts';
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
}

export type Signing =
  | { ok: true; outcome: 'recorded' | 'already'; signature: signatures.SignatureRow }
  | { ok: false; code: SignCode };

type Needs = Pick<Services, 'config' | 'db' | 'halted' | 'secret'>;

/** Throws `Failure<PasskeyCode>` on an answer that no honest passkey gives. Inclusion in the ledger is for the caller to await. */
export async function signStatement(services: Needs, submission: Submission): Promise<Signing> {
  const { config, db, secret } = services;
  const { personId, statement, ticket, assertion } = submission;
  const id = credentialIdOf(assertion);
  const found = await retry(() => particulars.read(db, personId, id));
  // Before anything is judged: who has signed gets the receipt, whatever came of the first answer.
  if (found?.signed) return already(services, personId);
  // What is recorded may go with a database that is old.
  if (await services.halted()) return { ok: false, code: 'ledger-halted' };
  if (!found) return { ok: false, code: 'person-unknown' };

  const credentialId = base64url(id);
  if (!(await checkTicket(secret, ticket, { personId, credentialId, statement }))) {
    return { ok: false, code: 'ticket-forged' };
  }
  const { credential } = found;
  if (!credential) return { ok: false, code: 'credential-unknown' };
  const parts = partsOf(found);
  if ('code' in parts) return { ok: false, code: parts.code };
  const said = parseStatement(statement);
  // Never before it was issued: the database's clock has gone back, and the entry would belie the statement.
  const age = Date.parse(found.dated) - Date.parse(said.terbit);
  if (age < 0 || Date.parse(found.now) - Date.parse(said.terbit) > HOURS_TO_ARRIVE * 3_600_000) {
    return { ok: false, code: 'pledge-lapsed' };
  }
  // Nor so late that no check would pass it: the phone keeps it until the clock has caught up.
  if (age > LONGEST) throw datedTooLate(found);
  const today = compose({
    ...parts,
    fresh: said,
    kunci: credential.kunci,
    catatan: { ...said.catatan, root: fromBase64(said.catatan.root) },
  });
  if (printStatement(today) !== statement) return { ok: false, code: 'roster-changed' };

  const challenge = await challengeOf(statement);
  const { counter, authenticatorData, clientDataJson, signature } = await finishAssertion({
    config,
    challenge,
    credential,
    response: assertion,
  });
  const hash = await statementHash(statement);
  const made = { authenticatorData, clientDataJson, signature, spki: credential.spki };
  const recorded = await retry(async () =>
    signatures.record(
      db,
      {
        ...made,
        hash,
        hashSymbols: hashSymbols(hash),
        kode: said.kode,
        personId,
        kegiatanId: found.kegiatanId,
        statement,
        namaLengkap: said.nama,
        jabatan: said.jabatan,
        unsur: said.unsur,
        nomor: said.nomor,
        wilayah: said.wilayah.kode,
        wilayahNama: said.wilayah.nama,
        credentialId: credential.id,
        evidenceHash: await evidenceHash({ statementHash: hash, ...made }),
      },
      {
        roster_versi: found.rosterVersi,
        ...parts.kegiatan,
        naskah: parts.naskah.id,
        versi: parts.naskah.versi,
      },
      counter,
    ),
  );
  switch (recorded.outcome) {
    case 'recorded':
      return { ok: true, outcome: 'recorded', signature: recorded.row };
    case 'already':
      // Another of the same came first, or ours did and its answer was lost.
      return already(services, personId);
    case 'code-taken':
      return { ok: false, code: 'pledge-lapsed' };
    default:
      return { ok: false, code: recorded.outcome };
  }
}

async function already({ db }: Pick<Services, 'db'>, personId: string): Promise<Signing> {
  const standing = await retry(() => signatures.byPerson(db, personId));
  if (!standing) throw new Error('sign: a signature that is there was not found');
  return { ok: true, outcome: 'already', signature: standing };
}

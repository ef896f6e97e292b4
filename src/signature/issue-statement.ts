/**
 * Issues the statement that a person is asked to sign. Nothing is stored: the ticket, brought back with the signature,
 * shows that the statement is ours. Shown by test/signature/sign-statement.test.ts.
 */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { base64url, fromBase64url } from '../lib/base64.ts';
import { randomBytes } from '../lib/bytes.ts';
import { beginAssertion } from '../passkey/ceremony.ts';
import { challengeOf } from '../passkey/challenge.ts';
import type { Services } from '../services.ts';
import { newCode } from '../statement/code.ts';
import { compose, type Known } from '../statement/compose.ts';
import { formatStatement, LONGEST } from '../statement/statement.ts';
import { issueTicket } from '../statement/ticket.ts';
import * as particulars from './particulars.ts';

/** Why a person can't sign now, or not with this passkey. */
export type Hindrance =
  | 'event-early'
  | 'event-closed'
  | 'deadline-passed'
  | 'place-removed'
  | 'name-missing'
  | 'wording-missing'
  | 'credential-of-another'
  /** The card that it was made with was replaced, or the pledge of that card withdrawn. */
  | 'credential-fallen';

export type IssueCode =
  | Hindrance
  | 'person-unknown'
  | 'already-signed'
  | 'credential-unknown'
  | 'ledger-halted';

export type Issuance =
  | {
      ok: true;
      statement: string;
      ticket: string;
      credentialId: string;
      /** SPKI of the passkey, base64url. */
      publicKey: string;
      /** For `navigator.credentials.get()`. */
      options: PublicKeyCredentialRequestOptionsJSON;
    }
  | { ok: false; code: IssueCode };

/** `credentialId`: base64url. */
export async function issueStatement(
  services: Pick<Services, 'config' | 'db' | 'halted' | 'publish' | 'secret'>,
  personId: string,
  credentialId: string,
): Promise<Issuance> {
  const { config, db, secret } = services;
  const id = credentialBytes(credentialId);
  if (!id) return { ok: false, code: 'credential-unknown' };
  let found = await particulars.read(db, personId, id);
  if (found?.signed) return { ok: false, code: 'already-signed' };
  // What this database says of a person may be old.
  if (await services.halted()) return { ok: false, code: 'ledger-halted' };
  if (found && found.tree === null) {
    await services.publish();
    found = await particulars.read(db, personId, id);
  }
  if (!found) return { ok: false, code: 'person-unknown' };
  const { credential, tree } = found;
  if (!credential) return { ok: false, code: 'credential-unknown' };
  const parts = partsOf(found);
  if ('code' in parts) return { ok: false, code: parts.code };
  if (tree === null) throw new Error('issue: no checkpoint after publishing');

  const statement = formatStatement(
    compose({
      ...parts,
      fresh: { kode: newCode(), terbit: found.now, acak: base64url(randomBytes(32)) },
      kunci: credential.kunci,
      catatan: { origin: config.ledgerOrigin, size: tree.size, root: tree.root },
    }),
  );
  const challenge = await challengeOf(statement);
  return {
    ok: true,
    statement,
    ticket: await issueTicket(secret, { personId, credentialId, statement }, credential),
    credentialId,
    publicKey: base64url(credential.spki),
    options: beginAssertion({ rpId: config.rpId, challenge, allow: [credential] }),
  };
}

export const datedTooLate = ({ dated, now }: Pick<particulars.Particulars, 'dated' | 'now'>): Error =>
  new Error(`issue: the last entry is of ${dated}, and the database's clock says ${now}`);

/**
 * What of a statement comes from the rows, or why there can be none now. Throws where the database's clock was set back so far that
 * no check would pass what is made before it has caught up.
 */
export function partsOf(found: particulars.Particulars): Known | { code: Hindrance } {
  const { nomor, naskah } = found;
  if (Date.parse(found.dated) - Date.parse(found.now) > LONGEST) throw datedTooLate(found);
  if (found.tahap === 'disiapkan') return { code: 'event-early' };
  if (found.tahap === 'ditutup') return { code: 'event-closed' };
  if (found.late) return { code: 'deadline-passed' };
  if (found.removed) return { code: 'place-removed' };
  if (found.person.nama === '') return { code: 'name-missing' };
  if (nomor === null) return { code: 'event-early' };
  if (naskah === null) return { code: 'wording-missing' };
  if (found.credential?.own === false) return { code: 'credential-of-another' };
  if (found.credential?.stands === false) return { code: 'credential-fallen' };
  return {
    person: { ...found.person, nomor },
    wilayah: found.wilayah,
    kegiatan: found.kegiatan,
    organizer: found.organizer,
    naskah,
    daftar: found.daftar,
  };
}

/** Null if it can't be the id of a passkey. */
function credentialBytes(credentialId: string): Uint8Array | null {
  try {
    return credentialId.length > 1364 ? null : fromBase64url(credentialId);
  } catch {
    return null;
  }
}

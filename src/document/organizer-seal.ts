/**
 * The seal of an organiser who has none of its own: the installation's key, under a certificate with the organiser's name,
 * which the key issues itself. Made when first needed, and kept. Shown by test/document/organizer-seal.test.ts.
 */
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { readCertificate } from '../lib/certificate.ts';
import { parseDer } from '../lib/der.ts';
import { issueCertificate, openSealer, openSealKey, type Sealer, type Subject } from '../lib/sealer.ts';
import { sha256 } from '../lib/sha256.ts';
import * as certificates from './certificates.ts';

export type OrganizerSeals = (db: Db, organizer: { id: string; nama: string }) => Promise<Sealer>;

/** `key`: as `createSealKey` made it. Throws a `SealKeyError`. */
export async function openOrganizerSeals(key: Bytes): Promise<OrganizerSeals> {
  const keys = await openSealKey(key);
  const kunci = await sha256(new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)));
  // What is opened, never a promise of it: in workerd no request may wait for the work of another.
  const opened = new Map<string, Sealer>();
  return async (db, { id, nama }) => {
    const of = `${id} ${nama}`;
    const known = opened.get(of);
    if (known) return known;
    const holder = { kunci, organizerId: id, nama };
    const kept = await certificates.find(db, holder);
    const certificate =
      kept && isOf(kept, nama)
        ? kept
        : await certificates.keep(db, holder, await issueCertificate(keys, subjectOf(nama)), kept);
    const sealer = { ...(await openSealer(key, [certificate])), name: nama };
    opened.set(of, sealer);
    return sealer;
  };
}

/** RFC 5280, A.1 (ub-common-name, ub-organization-name): longer ones are refused by some readers. */
const LONGEST_NAME = 64;
/** RFC 4519, 2.5: it may be long. */
const DESCRIPTION = '2.5.4.13';

/** `O` is the organiser. A name that is too long for it is cut between two words, and stands whole in `description`. */
export function subjectOf(nama: string): Subject {
  const organisation = shortened(nama);
  return [
    ['CN', shortened(`Segel ${nama}`)],
    ['O', organisation],
    ...(organisation === nama ? [] : ([[DESCRIPTION, nama.slice(0, 1024)]] satisfies Subject)),
  ];
}

/** Until November 2026 a name with `#`, `"` or a backslash was given to the library as notation: such a one is made anew. */
function isOf(certificate: Bytes, nama: string): boolean {
  const { names } = readCertificate(parseDer(certificate));
  return subjectOf(nama).every(([, value]) => names.includes(value));
}

function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= LONGEST_NAME) return text;
  const cut = letters.slice(0, LONGEST_NAME - 1).join('');
  return `${cut.replace(/(?<=.{32})\s+\S*$/u, '')}…`;
}

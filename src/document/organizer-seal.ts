/**
 * The seal of an organiser who has none of its own: the installation's key, under a certificate with the organiser's name,
 * which the key issues itself. Made when first needed, and kept. Shown by test/document/organizer-seal.test.ts.
 */
import type { JsonName } from '@peculiar/x509';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { issueCertificate, openSealer, openSealKey, type Sealer } from '../lib/sealer.ts';
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
    const certificate =
      (await certificates.find(db, holder)) ??
      (await certificates.keep(db, holder, await issueCertificate(keys, subjectOf(nama))));
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
export function subjectOf(nama: string): JsonName {
  const organisation = shortened(nama);
  return [
    { CN: [shortened(`Segel ${nama}`)] },
    { O: [organisation] },
    ...(organisation === nama ? [] : [{ [DESCRIPTION]: [nama.slice(0, 1024)] }]),
  ];
}

function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= LONGEST_NAME) return text;
  const cut = letters.slice(0, LONGEST_NAME - 1).join('');
  return `${cut.replace(/(?<=.{32})\s+\S*$/u, '')}…`;
}

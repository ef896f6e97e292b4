/**
 * The seal of a paper that was read (read-paper.ts), verified: PAdES (ETSI EN 319 142-1, ISO 32000-1 12.8) as our papers bear it, and
 * no other way. Shown by test/proof/tamper.test.ts.
 */
import type { Stamp } from '../kertas/pledge-content.ts';
import type { Certificate } from '../lib/certificate.ts';
import type { CmsCode } from '../lib/cms.ts';
import { Failure } from '../lib/failure.ts';
import { checkSealCms } from '../lib/seal-cms.ts';
import { sha256 } from '../lib/sha256.ts';
import { checkKeptTimestamp, type Timestamp } from '../lib/timestamp.ts';
import type { ReadPaper } from './read-paper.ts';

/**
 * `seal-none`: none. `seal-malformed`: not as our papers are sealed. `seal-digest`: what was sealed was another file.
 * `seal-certificate`: none that it names, or not one to seal with. `seal-signature`: not made with the key of its certificate.
 * `seal-name`: the file says it is sealed by another than its certificate names. `seal-stamp`: the sheet tells of a timestamp that is not there, or hides one that is.
 */
export type SealCode =
  | 'seal-none'
  | 'seal-malformed'
  | 'seal-digest'
  | 'seal-certificate'
  | 'seal-signature'
  | 'seal-name'
  | 'seal-stamp';

/** A seal that holds, with its timestamps: `within` it, and put on the whole file `later`. */
export interface SealHeld {
  certificate: Certificate;
  /** Who sealed, as the file says and the certificate too. */
  name: string;
  /** When, as the file says. */
  at: Date;
  within: Timestamp | null;
  later: Timestamp | null;
}

/** Throws `Failure<SealCode | TimestampCode>`, and a `DOMException` where WebCrypto lacks what it takes. */
export async function checkSeal({ seal, choices, stamped }: ReadPaper): Promise<SealHeld> {
  const signed = await checkSealCms(seal.cms, seal.covered).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure<SealCode>(CODES[error.code as CmsCode], error.detail, { cause: error });
  });
  const { certificate, token, signature } = signed;
  if (!certificate.names.includes(seal.name)) throw new Failure<SealCode>('seal-name', seal.name);
  if (!isAsSaid(choices.stamp, token !== null, stamped !== null)) throw new Failure<SealCode>('seal-stamp');
  return {
    certificate,
    name: seal.name,
    at: seal.at,
    within: token && (await checkKeptTimestamp(token, await sha256(signature))),
    later: stamped && (await checkKeptTimestamp(stamped.token, stamped.digest)),
  };
}

function isAsSaid(stamp: Stamp, within: boolean, later: boolean): boolean {
  switch (stamp) {
    case 'tanpa-stempel':
      return !within && !later;
    case 'stempel-dalam-segel':
      return within && !later;
    case 'stempel-menyusul':
      return !within;
  }
}

const CODES: Record<CmsCode, SealCode> = {
  'cms-malformed': 'seal-malformed',
  'cms-digest': 'seal-digest',
  'cms-certificate': 'seal-certificate',
  'cms-signature': 'seal-signature',
};

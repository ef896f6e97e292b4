/**
 * The seal of a paper as a format: CMS without content, in the one spelling of cms-format.ts. It names each certificate that is
 * within, and has no attributes but those below. Shown by test/lib/seal-cms.test.ts.
 *
 *     signedAttrs     content-type, message-digest, signing-certificate-v2 (RFC 5035)
 *     signature       ECDSA on P-256 with SHA-256; or RSA with SHA-256
 *     unsignedAttrs   none; or id-aa-timeStampToken (RFC 3161) alone, with one token
 */
import { type Bytes, equal } from './bytes.ts';
import {
  type CmsCode,
  CONTENT_TYPE,
  checkCms,
  DATA,
  MESSAGE_DIGEST,
  type Scheme,
  SIGNING_CERTIFICATE_V2,
  type SignedData,
} from './cms.ts';
import { attribute, formatSignedData, octets, sequence } from './cms-format.ts';
import { type Der, expectTag, oidOf, parseDer, printOid, printSet } from './der.ts';
import { Failure } from './failure.ts';
import { sha256 } from './sha256.ts';
import { TIMESTAMP_TOKEN } from './timestamp.ts';

export interface SealParts {
  /** DER; the signer's first. */
  certificates: Bytes[];
  /** SHA-256 of what is sealed. */
  digest: Bytes;
  algorithm: SealAlgorithm;
  /** As CMS holds it (RFC 5754, 3). */
  signature: Bytes;
  /** A TimeStampToken of the signature; null: none. */
  token: Bytes | null;
}
export type SealAlgorithm = 'ES256' | 'RS256';

const SCHEMES: Record<SealAlgorithm, Scheme> = {
  ES256: { kind: 'EC', curve: 'P-256', hash: 'SHA-256' },
  RS256: { kind: 'RSA', curve: null, hash: 'SHA-256' },
};

/** What the key signs (RFC 5652, 5.4): the attributes as a SET. */
export async function signedAttributes({
  certificates,
  digest,
}: Pick<SealParts, 'certificates' | 'digest'>): Promise<Bytes> {
  // RFC 5035, 3 and 4: the hash is SHA-256 where none is named; the first certificate is the signer's.
  const named = await Promise.all(certificates.map(async (one) => sequence(octets(await sha256(one)))));
  return printSet([
    attribute(CONTENT_TYPE, printOid(DATA)),
    attribute(MESSAGE_DIGEST, octets(digest)),
    attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(...named))),
  ]);
}

/** Prints a seal. Throws a `TypeError` if a certificate can't be read. */
export async function formatSeal(parts: SealParts): Promise<Bytes> {
  const { certificates, algorithm, signature, token } = parts;
  return formatSignedData({
    type: DATA,
    within: null,
    certificates,
    attributes: await signedAttributes(parts),
    scheme: SCHEMES[algorithm],
    signature,
    unsigned: token ? [attribute(TIMESTAMP_TOKEN, token)] : [],
  });
}

/** A seal that holds. */
export type SealData = SignedData & { token: Bytes | null };

/**
 * Verifies a seal over `covered`, and that it is what `formatSeal` prints. Throws `Failure<CmsCode>`, and a `DOMException` where
 * WebCrypto lacks what it takes.
 */
export async function checkSealCms(cms: Bytes, covered: Bytes): Promise<SealData> {
  const signed = await checkCms(cms, DATA, covered);
  const parts = await partsOf(cms, signed, covered).catch((cause) => {
    throw new Failure<CmsCode>('cms-malformed', undefined, { cause });
  });
  if (!equal(await formatSeal(parts), cms)) throw new Failure<CmsCode>('cms-malformed');
  return { ...signed, token: parts.token };
}

/** What of a seal may differ from another; the rest is printed. Throws a `TypeError`. */
async function partsOf(cms: Bytes, signed: SignedData, covered: Bytes): Promise<SealParts> {
  const { scheme, signature, unsigned } = signed;
  const content = parseDer(cms).parts[1]!.parts[0]!;
  const given = expectTag(content.parts[3], 0xa0).parts.map(({ whole }) => whole);
  const tokens = unsigned.get(TIMESTAMP_TOKEN) ?? [];
  if (tokens.length > 1 || unsigned.size !== tokens.length) throw new TypeError('parts');
  return {
    certificates: await asNamed(given, expectTag(parseDer(signed.attributes), 0x31).parts),
    digest: await sha256(covered),
    algorithm: scheme.kind === 'EC' ? 'ES256' : 'RS256',
    signature,
    token: tokens[0] ?? null,
  };
}

/** The certificates in the order in which the attributes name them. Throws a `TypeError` if they name others. */
async function asNamed(given: Bytes[], attributes: Der[]): Promise<Bytes[]> {
  const naming = attributes.find(({ parts }) => oidOf(parts[0]) === SIGNING_CERTIFICATE_V2);
  const ids = naming?.parts[1]?.parts[0]?.parts[0]?.parts ?? [];
  const digests = await Promise.all(given.map((one) => sha256(one)));
  return ids.map((id) => {
    const { body } = expectTag(id.parts[0], 0x04);
    const at = digests.findIndex((digest) => equal(digest, body));
    if (at < 0) throw new TypeError('a certificate that is not there');
    return given[at]!;
  });
}

/**
 * Puts a timestamp of a seal's signature into it (RFC 3161, appendix A): an unsigned attribute, so the seal holds as it did.
 * `covered`: what it seals. `stamp` is given the SHA-256 of the signature and returns the token.
 */
export async function stampSeal(
  cms: Bytes,
  covered: Bytes,
  stamp: (digest: Bytes) => Promise<Bytes>,
): Promise<Bytes> {
  const signed = await checkSealCms(cms, covered);
  const parts = await partsOf(cms, signed, covered);
  return formatSeal({ ...parts, token: await stamp(await sha256(signed.signature)) });
}

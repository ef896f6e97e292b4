/**
 * The seal of a paper as a format: CMS SignedData (RFC 5652) without content, in DER, in one spelling. From its certificates,
 * its signed attributes, its signature and its timestamp there is one such string of bytes, so that nothing stands in a seal
 * that nobody signed. Shown by test/lib/seal-cms.test.ts.
 *
 *     SignedData          version 1; SHA-256; id-data
 *       certificates      each of which the attribute signing-certificate-v2 (RFC 5035) names; in the order of DER
 *       SignerInfo        version 1; issuer and serial number of the first one named; SHA-256
 *         signedAttrs     content-type, message-digest, signing-certificate-v2; in the order of DER
 *         signature       ECDSA on P-256 with SHA-256, with the smaller of the two s that verify; or RSA (PKCS #1 v1.5)
 *         unsignedAttrs   none; or id-aa-timeStampToken (RFC 3161) alone, with one token
 */
import { type Bytes, concat, equal, fromHex, hex } from './bytes.ts';
import { readCertificate } from './certificate.ts';
import { type CmsCode, checkCms, DATA, type SignedData } from './cms.ts';
import { type Der, expectTag, oidOf, parseDer, printDer, printOid, printSet } from './der.ts';
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

const ALGORITHMS: Record<SealAlgorithm, { id: string; parameters: Bytes[] }> = {
  ES256: { id: '1.2.840.10045.4.3.2', parameters: [] },
  RS256: { id: '1.2.840.113549.1.1.11', parameters: [printDer(0x05)] },
};
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

const sequence = (...parts: Bytes[]): Bytes => printDer(0x30, ...parts);
const integer = (value: number): Bytes => printDer(0x02, Uint8Array.of(value));
const octets = (bytes: Bytes): Bytes => printDer(0x04, bytes);
const attribute = (type: string, value: Bytes): Bytes => sequence(printOid(type), printSet([value]));

/** What the key signs (RFC 5652, 5.4): the attributes as a SET. */
export const signedAttributes = async (
  { certificates, digest }: Pick<SealParts, 'certificates' | 'digest'>,
  tag = 0x31,
): Promise<Bytes> => {
  // RFC 5035, 3 and 4: the hash is SHA-256 where none is named; the first certificate is the signer's.
  const named = await Promise.all(certificates.map(async (one) => sequence(octets(await sha256(one)))));
  return printSet(
    [
      attribute(CONTENT_TYPE, printOid(DATA)),
      attribute(MESSAGE_DIGEST, octets(digest)),
      attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(...named))),
    ],
    tag,
  );
};

/** Prints a seal. Throws a `TypeError` if a certificate can't be read. */
export async function formatSeal(parts: SealParts): Promise<Bytes> {
  const { certificates, algorithm, signature, token } = parts;
  const { issuer, serial } = readCertificate(parseDer(certificates[0]!));
  const { id, parameters } = ALGORITHMS[algorithm];
  const hash = sequence(printOid(SHA256));
  const signer = sequence(
    integer(1),
    sequence(issuer, serial),
    hash,
    await signedAttributes(parts, 0xa0),
    sequence(printOid(id), ...parameters),
    octets(algorithm === 'ES256' ? withSmallerS(signature) : signature),
    ...(token ? [printSet([attribute(TIMESTAMP_TOKEN, token)], 0xa1)] : []),
  );
  const content = sequence(
    integer(1),
    printSet([hash]),
    sequence(printOid(DATA)),
    printSet(certificates, 0xa0),
    printSet([signer]),
  );
  return sequence(printOid(SIGNED_DATA), printDer(0xa0, content));
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
  const content = parseDer(cms).parts[1]!.parts[0]!;
  const given = expectTag(content.parts[3], 0xa0).parts.map(({ whole }) => whole);
  const signer = expectTag(content.parts[4], 0x31).parts[0]!;
  const id = oidOf(expectTag(signer.parts[4], 0x30).parts[0]);
  const algorithm = (['ES256', 'RS256'] as const).find((one) => ALGORITHMS[one].id === id);
  const tokens = signed.unsigned.get(TIMESTAMP_TOKEN) ?? [];
  if (!algorithm || tokens.length > 1 || signed.unsigned.size !== tokens.length) throw new TypeError('parts');
  return {
    certificates: await asNamed(given, expectTag(signer.parts[3], 0xa0).parts),
    digest: await sha256(covered),
    algorithm,
    signature: signed.signature,
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

/** The order of the group of P-256 (SEC 2, 2.4.2). */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** Of the two signatures (r, s) and (r, n−s), which verify alike and of which anyone can make the other: that with the smaller s. */
export function withSmallerS(signature: Bytes): Bytes {
  const [r, s] = expectTag(parseDer(signature), 0x30).parts;
  const value = BigInt(`0x${hex(expectTag(s, 0x02).body)}`);
  return value > ORDER / 2n ? sequence(expectTag(r, 0x02).whole, positive(ORDER - value)) : signature;
}

function positive(value: bigint): Bytes {
  const digits = value.toString(16);
  const bytes = fromHex(digits.padStart(digits.length + (digits.length % 2), '0'));
  return printDer(0x02, bytes[0]! < 0x80 ? bytes : concat(Uint8Array.of(0), bytes));
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

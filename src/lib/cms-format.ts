/**
 * SignedData (RFC 5652) in DER in one spelling: from what is signed, the certificates and the signature there is one such
 * string of bytes, so that nothing stands in it that nobody signed. Shown by test/lib/seal-cms.test.ts and
 * test/lib/timestamp.test.ts.
 *
 *     SignedData          version 1, or 3 where the content is no plain data (5.1); the digest algorithm; the content
 *       certificates      in the order of DER
 *       SignerInfo        version 1; issuer and serial number of the signer's certificate; the digest algorithm
 *         signedAttrs     in the order of DER
 *         signature       ECDSA with the smaller of the two s that verify; or RSA (PKCS #1 v1.5)
 *         unsignedAttrs   none, or those given
 *
 * Digest algorithms have no parameters (RFC 5754, 2), RSA has NULL, ECDSA none (3); unless the signed attribute
 * CMSAlgorithmProtection (RFC 6211) says how they are written.
 */
import { type Bytes, concat, fromHex, hex } from './bytes.ts';
import { readCertificate } from './certificate.ts';
import { DATA, type Scheme, SIGNED_DATA } from './cms.ts';
import { type Der, expectTag, oidOf, parseDer, printDer, printOid, printSet } from './der.ts';

export interface SignedParts {
  /** Of the content, which lies within, or is null: then it lies beside. */
  type: string;
  within: Bytes | null;
  /** DER; the signer's first. */
  certificates: Bytes[];
  /** What was signed: a SET of attributes. */
  attributes: Bytes;
  scheme: Scheme;
  /** As CMS holds it (RFC 5754, 3). */
  signature: Bytes;
  /** Unsigned attributes, DER. */
  unsigned: Bytes[];
}

const HASH_IDS: Record<Scheme['hash'], string> = {
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};
const SIGNATURE_IDS: Record<`${Scheme['kind']} ${Scheme['hash']}`, string> = {
  'RSA SHA-256': '1.2.840.113549.1.1.11',
  'RSA SHA-384': '1.2.840.113549.1.1.12',
  'RSA SHA-512': '1.2.840.113549.1.1.13',
  'EC SHA-256': '1.2.840.10045.4.3.2',
  'EC SHA-384': '1.2.840.10045.4.3.3',
  'EC SHA-512': '1.2.840.10045.4.3.4',
};
const ALGORITHM_PROTECTION = '1.2.840.113549.1.9.52';

export const sequence = (...parts: Bytes[]): Bytes => printDer(0x30, ...parts);
export const integer = (value: number): Bytes => printDer(0x02, Uint8Array.of(value));
export const octets = (bytes: Bytes): Bytes => printDer(0x04, bytes);
export const attribute = (type: string, value: Bytes): Bytes => sequence(printOid(type), printSet([value]));

/** Throws a `TypeError` if a part can't be read. */
export function formatSignedData(parts: SignedParts): Bytes {
  const { type, within, certificates, attributes, scheme, signature, unsigned } = parts;
  const { issuer, serial } = readCertificate(parseDer(certificates[0]!));
  const signed = expectTag(parseDer(attributes), 0x31).parts;
  const { hash, algorithm } = protectedBy(signed) ?? {
    hash: sequence(printOid(HASH_IDS[scheme.hash])),
    algorithm: sequence(
      printOid(SIGNATURE_IDS[`${scheme.kind} ${scheme.hash}`]),
      ...(scheme.kind === 'RSA' ? [printDer(0x05)] : []),
    ),
  };
  const signer = sequence(
    integer(1),
    sequence(issuer, serial),
    hash,
    printSet(
      signed.map(({ whole }) => whole),
      0xa0,
    ),
    algorithm,
    octets(scheme.curve === null ? signature : withSmallerS(signature, scheme.curve)),
    ...(unsigned.length > 0 ? [printSet(unsigned, 0xa1)] : []),
  );
  const content = sequence(
    integer(type === DATA ? 1 : 3),
    printSet([hash]),
    sequence(printOid(type), ...(within ? [printDer(0xa0, octets(within))] : [])),
    printSet(certificates, 0xa0),
    printSet([signer]),
  );
  return sequence(printOid(SIGNED_DATA), printDer(0xa0, content));
}

/** RFC 6211, 2: the algorithms as the signer wrote them; null if he says nothing. */
function protectedBy(attributes: Der[]): { hash: Bytes; algorithm: Bytes } | null {
  const found = attributes.find(({ parts }) => oidOf(parts[0]) === ALGORITHM_PROTECTION);
  if (!found) return null;
  const [hash, algorithm] = expectTag(expectTag(found.parts[1], 0x31).parts[0], 0x30).parts;
  return {
    hash: expectTag(hash, 0x30).whole,
    algorithm: sequence(...expectTag(algorithm, 0xa1).parts.map(({ whole }) => whole)),
  };
}

/** The orders of the groups (SEC 2, 2.4.2 and 2.5.1). */
const ORDERS: Record<NonNullable<Scheme['curve']>, bigint> = {
  'P-256': BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  'P-384': BigInt(
    '0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  ),
};

/** Of the two signatures (r, s) and (r, n−s), which verify alike and of which anyone can make the other: that with the smaller s. */
export function withSmallerS(signature: Bytes, curve: NonNullable<Scheme['curve']>): Bytes {
  const [r, s, ...more] = expectTag(parseDer(signature), 0x30).parts;
  if (more.length > 0) throw new TypeError('cms-format: not two integers');
  const order = ORDERS[curve];
  const value = BigInt(`0x${hex(expectTag(s, 0x02).body)}`);
  return value > order / 2n ? sequence(expectTag(r, 0x02).whole, positive(order - value)) : signature;
}

function positive(value: bigint): Bytes {
  const digits = value.toString(16);
  const bytes = fromHex(digits.padStart(digits.length + (digits.length % 2), '0'));
  return printDer(0x02, bytes[0]! < 0x80 ? bytes : concat(Uint8Array.of(0), bytes));
}

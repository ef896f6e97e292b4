/**
 * Verifies a signature in CMS (RFC 5652, SignedData): of bytes that lie beside it, as a seal in a PDF, or of those within,
 * as the token of a time-stamping authority (RFC 3161). Strict where readers differ: one signer, DER, each attribute once,
 * and the certificate that the signed attributes name (ESS signing-certificate-v2, RFC 5035). Whose certificate that is, and
 * who issued it, is not asked here. Shown by test/lib/cms.test.ts.
 *
 *     const { certificate } = await checkCms(seal, DATA, document);
 *     const { content, certificate } = await checkCms(token, TST_INFO, null);
 */
import { type Bytes, equal } from './bytes.ts';
import { type Certificate, maySign, readCertificate } from './certificate.ts';
import { type Der, expectTag, oidOf, parseDer } from './der.ts';
import { Failure } from './failure.ts';

/**
 * `cms-malformed`: not of the one shape that we read. `cms-digest`: what was signed was something else. `cms-certificate`:
 * none within that the signer names, or not for signing, or of a kind of key that we don't verify. `cms-signature`: not
 * made with the key of the certificate.
 */
export type CmsCode = 'cms-malformed' | 'cms-digest' | 'cms-certificate' | 'cms-signature';

export interface SignedData {
  /** What is signed. */
  content: Bytes;
  /** The signer's; it signed, and more is not known of it. */
  certificate: Certificate;
  /** The bytes of the signature: what a time-stamp in an unsigned attribute is of. */
  signature: Bytes;
  /** What is signed in truth: the attributes, as a SET (5.4). */
  attributes: Bytes;
  scheme: Scheme;
  /** What anyone may have added: by its type, the values in DER. */
  unsigned: Map<string, Bytes[]>;
}

/** By which kind of key, on which curve, over which digest. */
export interface Scheme {
  kind: 'RSA' | 'EC';
  curve: 'P-256' | 'P-384' | null;
  hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
}

/** Types of content: bytes of any kind; TSTInfo of RFC 3161. */
export const DATA = '1.2.840.113549.1.7.1';
export const TST_INFO = '1.2.840.113549.1.9.16.1.4';

export const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const CONTENT_TYPE = '1.2.840.113549.1.9.3';
export const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
export const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

const MOST_BYTES = 1 << 16;

/** RFC 5754, 2. */
const HASHES: Record<string, Scheme['hash']> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

/** RFC 5754, 3. Where no hash is told, it is that of the digest. */
const SIGNATURES: Record<string, { kind: 'RSA' | 'EC'; hash: string | null }> = {
  '1.2.840.113549.1.1.1': { kind: 'RSA', hash: null },
  '1.2.840.113549.1.1.11': { kind: 'RSA', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { kind: 'RSA', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { kind: 'RSA', hash: 'SHA-512' },
  '1.2.840.10045.4.3.2': { kind: 'EC', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { kind: 'EC', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { kind: 'EC', hash: 'SHA-512' },
};

const RSA_KEY = '1.2.840.113549.1.1.1';
const EC_KEY = '1.2.840.10045.2.1';
const CURVES: Record<string, { name: 'P-256' | 'P-384'; length: number }> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', length: 32 },
  '1.3.132.0.34': { name: 'P-384', length: 48 },
};

/**
 * `cms`: a ContentInfo in DER. `type`: what it must be of. `beside`: what is signed, or null if that lies within. Throws
 * `Failure<CmsCode>`, and a `DOMException` where WebCrypto lacks what it takes.
 */
export async function checkCms(cms: Bytes, type: string, beside: Bytes | null): Promise<SignedData> {
  const read = shaped(() => readSignedData(cms));
  if (read.type !== type || (read.within === null) === (beside === null))
    throw refused('malformed', read.type);
  const content = beside ?? read.within!;
  if (!equal(await digest(read.hash, content), read.messageDigest)) throw refused('digest');
  const certificate = await certificateOf(read);
  if (!shaped(() => maySign(certificate))) throw refused('certificate', 'key usage');
  if (!(await signatureVerifies(read, certificate))) throw refused('signature');
  const { signature, attributes, unsigned } = read;
  const curve = shaped(() => kindOf(certificate.spki)).curve?.name ?? null;
  const scheme = { kind: read.scheme.kind, curve, hash: read.hash };
  return { content, certificate, signature, attributes, scheme, unsigned };
}

const refused = (
  what: 'malformed' | 'digest' | 'certificate' | 'signature',
  detail?: string,
  cause?: unknown,
) => new Failure<CmsCode>(`cms-${what}`, detail, { cause });

function shaped<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof Failure ? cause : refused('malformed', String(cause), cause);
  }
}

const digest = async (hash: string, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest(hash, bytes));

interface Read {
  type: string;
  within: Bytes | null;
  certificates: Der[];
  /** DER of the issuer's name and of the serial number. */
  signer: { issuer: Bytes; serial: Bytes };
  hash: Scheme['hash'];
  messageDigest: Bytes;
  /** What is signed in truth: the attributes, as a SET (5.4). */
  attributes: Bytes;
  /** The hash that the signed attributes give for the certificate, and by which algorithm. */
  named: { hash: string; value: Bytes };
  scheme: { kind: 'RSA' | 'EC'; hash: string };
  signature: Bytes;
  unsigned: Map<string, Bytes[]>;
}

/** 5.1 to 5.3; whatever isn't there in this order is refused. */
function readSignedData(cms: Bytes): Read {
  if (cms.length > MOST_BYTES) throw new TypeError('too large');
  const [wrapped, explicit, ...besides] = expectTag(parseDer(cms), 0x30).parts;
  if (oidOf(wrapped) !== SIGNED_DATA || besides.length > 0) throw new TypeError('not SignedData');
  const fields = [...only(explicit, 0xa0, 0x30).parts];
  expectTag(fields.shift(), 0x02);
  expectTag(fields.shift(), 0x31);
  const [type, ...inner] = expectTag(fields.shift(), 0x30).parts;
  if (inner.length > 1) throw new TypeError('content twice');
  const certificates = expectTag(fields.shift(), 0xa0).parts;
  if (fields[0]?.tag === 0xa1) fields.shift();
  const info = [...only(fields.shift(), 0x31, 0x30).parts];
  if (fields.length > 0) throw new TypeError('more than SignedData');

  expectTag(info.shift(), 0x02);
  const [issuer, serial] = expectTag(info.shift(), 0x30).parts;
  const hash = HASHES[oidOf(info.shift()?.parts[0])];
  const signed = expectTag(info.shift(), 0xa0);
  const scheme = SIGNATURES[oidOf(info.shift()?.parts[0])];
  const signature = expectTag(info.shift(), 0x04).body;
  const unsigned = info[0]?.tag === 0xa1 ? readAttributes(info.shift()!) : new Map<string, Der[]>();
  if (info.length > 0) throw new TypeError('more than SignerInfo');
  if (!hash || !scheme || (scheme.hash !== null && scheme.hash !== hash)) throw new TypeError('algorithm');

  const attributes = readAttributes(signed);
  const one = (id: string): Der => {
    const values = attributes.get(id) ?? [];
    if (values.length !== 1) throw new TypeError(`not one ${id}`);
    return values[0]!;
  };
  if (oidOf(one(CONTENT_TYPE)) !== oidOf(type)) throw new TypeError('another type of content');
  return {
    type: oidOf(type),
    within: inner[0] ? only(inner[0], 0xa0, 0x04).body : null,
    certificates,
    signer: { issuer: expectTag(issuer, 0x30).whole, serial: expectTag(serial, 0x02).whole },
    hash,
    messageDigest: expectTag(one(MESSAGE_DIGEST), 0x04).body,
    attributes: signed.whole.with(0, 0x31),
    named:
      attributes.has(SIGNING_CERTIFICATE_V2) || oidOf(type) !== TST_INFO
        ? namedBy(one(SIGNING_CERTIFICATE_V2))
        : // Authorities older than RFC 5816 still name theirs so. For this SHA-1 holds: the certificate is known before.
          { hash: 'SHA-1', value: expectTag(firstId(one(SIGNING_CERTIFICATE)).parts[0], 0x04).body },
    scheme: { kind: scheme.kind, hash },
    signature,
    unsigned: new Map([...unsigned].map(([id, values]) => [id, values.map(({ whole }) => whole)])),
  };
}

/** The one part of `value`. */
function only(value: Der | undefined, tag: number, inner: number): Der {
  const { parts } = expectTag(value, tag);
  if (parts.length !== 1) throw new TypeError('not one');
  return expectTag(parts[0], inner);
}

/** 5.3: no type twice. */
function readAttributes({ parts }: Der): Map<string, Der[]> {
  const found = new Map<string, Der[]>();
  for (const attribute of parts) {
    const [type, values, ...more] = expectTag(attribute, 0x30).parts;
    if (found.has(oidOf(type)) || more.length > 0) throw new TypeError('attribute');
    found.set(oidOf(type), expectTag(values, 0x31).parts);
  }
  return found;
}

/** RFC 5035, 3: the first is the signer's. */
const firstId = (attribute: Der): Der => expectTag(expectTag(attribute.parts[0], 0x30).parts[0], 0x30);

/** RFC 5035, 4: SHA-256 where none is named. */
function namedBy(attribute: Der): Read['named'] {
  const [first, second] = firstId(attribute).parts;
  if (first?.tag !== 0x30) return { hash: 'SHA-256', value: expectTag(first, 0x04).body };
  const hash = HASHES[oidOf(first.parts[0])];
  if (!hash) throw new TypeError('algorithm');
  return { hash, value: expectTag(second, 0x04).body };
}

/** The one that the signed attributes name, and that readers find which don't look there. */
async function certificateOf({ certificates, named, signer }: Read): Promise<Certificate> {
  for (const one of certificates.slice(0, 10)) {
    if (one.tag !== 0x30 || !equal(await digest(named.hash, one.whole), named.value)) continue;
    const certificate = shaped(() => readCertificate(one));
    if (!equal(certificate.issuer, signer.issuer) || !equal(certificate.serial, signer.serial)) break;
    return certificate;
  }
  throw refused('certificate');
}

async function signatureVerifies(read: Read, { spki }: Certificate): Promise<boolean> {
  const { kind, hash } = read.scheme;
  const { type, curve } = shaped(() => kindOf(spki));
  if (kind === 'RSA' && type === RSA_KEY) {
    const key = await importKey(spki, { name: 'RSASSA-PKCS1-v1_5', hash });
    const { modulusLength, publicExponent } = key.algorithm as KeyAlgorithm & {
      modulusLength: number;
      publicExponent: Uint8Array;
    };
    // With the exponent 1 anyone signs; a huge one takes its time.
    const exponent = publicExponent.reduce((sum, byte) => sum * 256 + byte, 0);
    if (modulusLength < 2048 || modulusLength > 8192 || exponent < 3 || exponent >= 2 ** 33) {
      throw refused('certificate', 'key');
    }
    return crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, read.signature, read.attributes);
  }
  if (kind !== 'EC' || type !== EC_KEY || !curve) throw refused('certificate', 'key');
  const key = await importKey(spki, { name: 'ECDSA', namedCurve: curve.name });
  const signature = shaped(() => fixedLength(read.signature, curve.length));
  return crypto.subtle.verify({ name: 'ECDSA', hash }, key, signature, read.attributes);
}

/** RFC 5280, 4.1.2.7: which algorithm, and on which curve. */
function kindOf(spki: Bytes): { type: string; curve: (typeof CURVES)[string] | undefined } {
  const [id, parameter] = expectTag(parseDer(spki).parts[0], 0x30).parts;
  return { type: oidOf(id), curve: parameter?.tag === 0x06 ? CURVES[oidOf(parameter)] : undefined };
}

const importKey = (spki: Bytes, algorithm: RsaHashedImportParams | EcKeyImportParams): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']).catch((cause) => {
    if (cause instanceof DOMException && cause.name === 'NotSupportedError') throw cause;
    throw refused('certificate', 'key', cause);
  });

/** Two integers (RFC 5753, 7.2) as WebCrypto takes them: r and s, each as long as the curve's order. */
function fixedLength(signature: Bytes, length: number): Bytes {
  const { parts } = expectTag(parseDer(signature), 0x30);
  if (parts.length !== 2) throw new TypeError('not two integers');
  const out = new Uint8Array(2 * length);
  for (const [at, part] of parts.entries()) {
    const { body } = expectTag(part, 0x02);
    const digits = body[0] === 0 ? body.subarray(1) : body;
    if (body.length === 0 || body[0]! >= 0x80 || digits.length > length) throw new TypeError('integer');
    out.set(digits, (at + 1) * length - digits.length);
  }
  return out;
}

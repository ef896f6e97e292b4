/**
 * A seal over a digest: CMS as seal-cms.ts prints it, with the attributes that CAdES and PAdES ask for (ETSI EN 319 122-1,
 * EN 319 142-1). No signing-time, which PAdES forbids: the sealed document says it. Shown by test/lib/sealer.test.ts.
 *
 *     const { key, certificate } = await createSealKey('Ikrar ikrar.example');
 *     const sealer = await openSealer(key, [certificate]);
 *     const cms = await sealer.seal(await sha256(document));
 */
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type Bytes, hex, randomBytes } from './bytes.ts';
import { readCertificate } from './certificate.ts';
import { parseDer, printDer } from './der.ts';
import { formatSeal, type SealAlgorithm, signedAttributes } from './seal-cms.ts';

/** A door: behind it stands a key of this installation, or a certified service far away. */
export interface Sealer {
  /** Who seals, as the certificate names it. */
  name: string;
  /** No seal is longer: bytes. */
  room: number;
  /** `digest`: SHA-256 of what is sealed. Returns a CMS ContentInfo in DER. Rejects if it can't seal now. */
  seal(digest: Bytes): Promise<Bytes>;
}

/** PKCS #8 and X.509, both in DER. */
export interface SealKey {
  key: Bytes;
  certificate: Bytes;
}

/**
 * `seal-certificate`: none, or not one. `seal-kind`: not a key of a kind that we seal with, or not of the kind that the
 * certificate names. `seal-other`: the certificate of another key.
 */
export class SealKeyError extends Error {
  override readonly name = 'SealKeyError';
  readonly code: 'seal-certificate' | 'seal-kind' | 'seal-other';

  constructor(code: SealKeyError['code'], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** Makes a key (ECDSA on P-256) and a certificate that it issues itself, for 25 years. */
export async function createSealKey(name: string, now = new Date()): Promise<SealKey> {
  const keys = await crypto.subtle.generateKey(OWN_KEY, true, ['sign', 'verify']);
  return {
    key: new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    certificate: await issueCertificate(keys, [['CN', name]], now),
  };
}

/** Both halves of a key that `createSealKey` made. Throws a `SealKeyError`. */
export async function openSealKey(key: Bytes): Promise<CryptoKeyPair> {
  try {
    const privateKey = await crypto.subtle.importKey('pkcs8', key, OWN_KEY, true, ['sign']);
    const { d: _, key_ops: __, ...half } = await crypto.subtle.exportKey('jwk', privateKey);
    return { privateKey, publicKey: await crypto.subtle.importKey('jwk', half, OWN_KEY, true, ['verify']) };
  } catch (cause) {
    throw new SealKeyError('seal-kind', { cause });
  }
}

const OWN_KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Attributes of a name in their order: a type, by its short name or its OID, and its value, taken as it stands. */
export type Subject = [type: string, value: string][];

/**
 * To the library a bare string is notation (RFC 4514): `#0c…` would be read as DER, a backslash or a quotation mark as an
 * escape, and another's name would stand in the certificate.
 */
const nameOf = (subject: Subject): Name =>
  new Name(
    subject.map(([type, value]) => ({
      [type]: [PRINTABLE.test(value) ? { printableString: value } : { utf8String: value }],
    })),
  );

/** X.680, 41.4. */
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]+$/;

/** A certificate that a key issues itself, for 25 years. Returns DER. */
export async function issueCertificate(
  keys: CryptoKeyPair,
  subject: Subject,
  now = new Date(),
): Promise<Bytes> {
  const serial = randomBytes(16);
  // Positive, and of the same length always.
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + 25);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: hex(serial),
      name: nameOf(subject),
      // A clock that is late elsewhere still finds it valid.
      notBefore: new Date(now.getTime() - 86_400_000),
      notAfter: until,
      signingAlgorithm: OWN_KEY,
      keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    crypto,
  );
  return new Uint8Array(certificate.rawData);
}

/**
 * `key`: PKCS #8, ECDSA on P-256 or RSA of 2048 bits or more. `certificates`: that of the key, then those above it.
 * Throws a `SealKeyError`.
 */
export async function openSealer(key: Bytes, certificates: Bytes[]): Promise<Sealer> {
  const [own] = certificates;
  if (!own) throw new SealKeyError('seal-certificate');
  const { name, scheme } = await readCertificates(own, certificates);
  const privateKey = await openKey(key, own, scheme);

  return {
    name,
    // Of a certificate: itself, and the digest by which it is named.
    room: 768 + scheme.longest + certificates.reduce((sum, one) => sum + one.length + 64, 0),
    async seal(digest) {
      const signed = await signedAttributes({ certificates, digest });
      const raw = new Uint8Array(await crypto.subtle.sign(scheme.signing, privateKey, signed));
      const signature = scheme.encode(raw);
      return formatSeal({ certificates, digest, algorithm: scheme.algorithm, signature, token: null });
    },
  };
}

interface Scheme {
  algorithm: SealAlgorithm;
  /** Bytes of a signature, as CMS holds it. */
  longest: number;
  key: EcKeyImportParams | RsaHashedImportParams;
  signing: EcdsaParams | { name: string };
  /** What WebCrypto signs with it, as CMS holds it. */
  encode(signature: Bytes): Bytes;
}

/** RFC 5754, 3.3: two integers instead of 64 bytes. */
const ES256: Scheme = {
  algorithm: 'ES256',
  longest: 72,
  key: { name: 'ECDSA', namedCurve: 'P-256' },
  signing: { name: 'ECDSA', hash: 'SHA-256' },
  encode: (signature) => printDer(0x30, positive(signature.slice(0, 32)), positive(signature.slice(32))),
};

const RS256: Scheme = {
  algorithm: 'RS256',
  // Of a key of 8192 bits.
  longest: 1024,
  key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  signing: { name: 'RSASSA-PKCS1-v1_5' },
  encode: (signature) => signature,
};

function schemeOf({ name, namedCurve, modulusLength }: Partial<EcKeyGenParams & RsaKeyGenParams>): Scheme {
  if (name === 'ECDSA' && namedCurve === 'P-256') return ES256;
  if (name?.startsWith('RSA') && modulusLength! >= 2048) return RS256;
  throw new SealKeyError('seal-kind');
}

async function readCertificates(own: Bytes, certificates: Bytes[]) {
  try {
    const about = new X509Certificate(own);
    for (const one of certificates) readCertificate(parseDer(one));
    return {
      name: about.subjectName.getField('CN')[0] ?? about.subject,
      scheme: schemeOf(about.publicKey.algorithm as Partial<EcKeyGenParams & RsaKeyGenParams>),
    };
  } catch (cause) {
    throw cause instanceof SealKeyError ? cause : new SealKeyError('seal-certificate', { cause });
  }
}

async function openKey(pkcs8: Bytes, certificate: Bytes, scheme: Scheme): Promise<CryptoKey> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('pkcs8', pkcs8, scheme.key, false, ['sign']);
  } catch (cause) {
    throw new SealKeyError('seal-kind', { cause });
  }
  const probe = randomBytes(32);
  const spki = new X509Certificate(certificate).publicKey.rawData;
  const known = await crypto.subtle.importKey('spki', spki, scheme.key, false, ['verify']);
  const signature = await crypto.subtle.sign(scheme.signing, key, probe);
  if (!(await crypto.subtle.verify(scheme.signing, known, signature, probe))) {
    throw new SealKeyError('seal-other');
  }
  return key;
}

/** DER has no zeros in front, but one where the first bit would make it negative. */
function positive(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first < 0 ? bytes.length - 1 : first);
  return printDer(0x02, digits[0]! < 0x80 ? digits : Uint8Array.of(0, ...digits));
}

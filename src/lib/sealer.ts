/**
 * A seal over a digest: CMS SignedData (RFC 5652) without the content, with the attributes that CAdES and PAdES ask for
 * (ETSI EN 319 122-1, EN 319 142-1): content-type, message-digest, signing-certificate-v2 (RFC 5035). No signing-time,
 * which PAdES forbids: the sealed document says it. Shown by test/lib/sealer.test.ts.
 *
 *     const { key, certificate } = await createSealKey('Ikrar ikrar.example');
 *     const sealer = await openSealer(key, [certificate]);
 *     const cms = await sealer.seal(await sha256(document));
 */
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import {
  type AsnType,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as SetOf,
} from 'asn1js';
import { type Bytes, equal, hex, randomBytes } from './bytes.ts';
import { sha256 } from './sha256.ts';
import { TIMESTAMP_TOKEN } from './timestamp.ts';

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
    certificate: await issueCertificate(keys, [{ CN: [name] }], now),
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

/** A certificate that a key issues itself, for 25 years. Returns DER. */
export async function issueCertificate(
  keys: CryptoKeyPair,
  subject: JsonName,
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
      name: subject,
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
  const { name, scheme, issuer, serial, chain } = await readCertificates(own, certificates);
  const privateKey = await openKey(key, own, scheme);

  const signatureAlgorithm = sequence(oid(scheme.id), ...scheme.parameters);
  const steady = [
    attribute(CONTENT_TYPE, oid(DATA)),
    // RFC 5035, 3: the hash is SHA-256 where none is named.
    attribute(
      SIGNING_CERTIFICATE_V2,
      sequence(sequence(sequence(new OctetString({ valueHex: await sha256(own) })))),
    ),
  ];
  return {
    name,
    room: 1024 + LONGEST_SIGNATURE + certificates.reduce((sum, one) => sum + one.length, 0),
    async seal(digest) {
      const attributes = inOrder([
        ...steady,
        attribute(MESSAGE_DIGEST, new OctetString({ valueHex: digest })),
      ]);
      // RFC 5652, 5.4: signed as a SET, kept under the tag [0].
      const signed = der(new SetOf({ value: attributes }));
      const signature = new Uint8Array(await crypto.subtle.sign(scheme.signing, privateKey, signed));
      const signer = sequence(
        new Integer({ value: 1 }),
        sequence(issuer, serial),
        sequence(oid(SHA256)),
        tagged(0, attributes),
        signatureAlgorithm,
        new OctetString({ valueHex: scheme.encode(signature) }),
      );
      const content = sequence(
        new Integer({ value: 1 }),
        new SetOf({ value: [sequence(oid(SHA256))] }),
        sequence(oid(DATA)),
        tagged(0, chain),
        new SetOf({ value: [signer] }),
      );
      return der(sequence(oid(SIGNED_DATA), tagged(0, [content])));
    },
  };
}

/**
 * Puts a timestamp of a seal's signature into it (RFC 3161, appendix A): an unsigned attribute, so the seal holds as it did.
 * `stamp` is given the SHA-256 and returns the token. Throws if the seal has unsigned attributes.
 */
export async function stampSeal(cms: Bytes, stamp: (digest: Bytes) => Promise<Bytes>): Promise<Bytes> {
  const inner = (value: AsnType | undefined): AsnType[] => (value as Sequence).valueBlock.value;
  const info = fromBER(cms).result;
  const [content] = inner(inner(info)[1]);
  const [signer] = inner(inner(content).at(-1));
  const fields = inner(signer);
  const signature = fields.at(-1);
  if (!(signature instanceof OctetString)) throw new Error('sealer: a seal with more than a signature');
  const token = await stamp(await sha256(new Uint8Array(signature.valueBlock.valueHexView)));
  fields.push(tagged(1, [attribute(TIMESTAMP_TOKEN, fromBER(token).result)]));
  return der(info);
}

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/** Of an RSA key of 8192 bits. */
const LONGEST_SIGNATURE = 1024;

interface Scheme {
  id: string;
  parameters: AsnType[];
  key: EcKeyImportParams | RsaHashedImportParams;
  signing: EcdsaParams | { name: string };
  /** What WebCrypto signs with it, as CMS holds it. */
  encode(signature: Bytes): Bytes;
}

/** RFC 5754, 3.3: two integers instead of 64 bytes. */
const ES256: Scheme = {
  id: '1.2.840.10045.4.3.2',
  parameters: [],
  key: { name: 'ECDSA', namedCurve: 'P-256' },
  signing: { name: 'ECDSA', hash: 'SHA-256' },
  encode: (signature) => der(sequence(positive(signature.slice(0, 32)), positive(signature.slice(32)))),
};

const RS256: Scheme = {
  id: '1.2.840.113549.1.1.11',
  parameters: [new Null()],
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
    const chain = certificates.map((one) => {
      const read = fromBER(one).result;
      if (!equal(der(read), one)) throw new TypeError('not DER');
      return read;
    });
    // RFC 5280, 4.1: [0] version, serialNumber, signature, issuer …
    const [fields] = (chain[0] as Sequence).valueBlock.value as [Sequence];
    const [, serial, , issuer] = fields.valueBlock.value;
    return {
      name: about.subjectName.getField('CN')[0] ?? about.subject,
      scheme: schemeOf(about.publicKey.algorithm as Partial<EcKeyGenParams & RsaKeyGenParams>),
      serial: serial!,
      issuer: issuer!,
      chain,
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

const der = (value: AsnType): Bytes => new Uint8Array(value.toBER());
const oid = (value: string): ObjectIdentifier => new ObjectIdentifier({ value });
const sequence = (...value: AsnType[]): Sequence => new Sequence({ value });
const tagged = (tagNumber: number, value: AsnType[]): Constructed =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
const attribute = (type: string, value: AsnType): Sequence =>
  sequence(oid(type), new SetOf({ value: [value] }));

/** DER has no zeros in front, but one where the first bit would make it negative. */
function positive(bytes: Bytes): Integer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first < 0 ? bytes.length - 1 : first);
  return new Integer({ valueHex: digits[0]! < 0x80 ? digits : new Uint8Array([0, ...digits]) });
}

/** X.690, 11.6: a set in DER goes by its bytes. */
const inOrder = (values: AsnType[]): AsnType[] =>
  values
    .map((value) => ({ value, text: hex(der(value)) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ value }) => value);

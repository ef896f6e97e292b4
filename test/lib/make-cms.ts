/**
 * Seals and certificates by anyone's hand, right or wrong in one place: what src/lib/sealer.ts would never make. Web standards
 * only: the same runs in every runtime.
 */
import 'reflect-metadata';
import {
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import {
  type AsnType,
  BitString,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as SetOf,
} from 'asn1js';
import { type Bytes, concat, hex } from '../../src/lib/bytes.ts';
import { DATA } from '../../src/lib/cms.ts';
import { withSmallerS } from '../../src/lib/cms-format.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { twin } from '../authenticator.ts';

export interface Owner {
  key: CryptoKey;
  certificate: Bytes;
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A key on P-256 and a certificate that it issues itself. */
export async function owner(
  name: string,
  {
    usage = KeyUsageFlags.digitalSignature,
    purposes = [],
    from = '2026-01-01',
    until = '2040-01-01',
    organization,
    description,
  }: {
    usage?: KeyUsageFlags;
    purposes?: string[];
    from?: string;
    until?: string;
    organization?: string;
    description?: string;
  } = {},
): Promise<Owner> {
  const keys = (await crypto.subtle.generateKey(ES256, true, ['sign', 'verify'])) as CryptoKeyPair;
  const extensions: Extension[] = [new KeyUsagesExtension(usage, true)];
  if (purposes.length > 0) extensions.push(new ExtendedKeyUsageExtension(purposes, true));
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: [
        { CN: [name] },
        ...(organization ? [{ O: [organization] }] : []),
        ...(description ? [{ '2.5.4.13': [description] }] : []),
      ],
      notBefore: new Date(from),
      notAfter: new Date(until),
      signingAlgorithm: ES256,
      keys,
      extensions,
    },
    crypto,
  );
  return { key: keys.privateKey, certificate: new Uint8Array(certificate.rawData) };
}

export const der = (value: AsnType): Bytes => new Uint8Array(value.toBER());
export const oid = (value: string): ObjectIdentifier => new ObjectIdentifier({ value });
export const sequence = (...value: AsnType[]): Sequence => new Sequence({ value });
export const octets = (bytes: Bytes): OctetString => new OctetString({ valueHex: bytes });
export const tagged = (tagNumber: number, value: AsnType[]): Constructed =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
export const attribute = (type: string, ...value: AsnType[]): Sequence =>
  sequence(oid(type), new SetOf({ value }));

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const SHA256 = '2.16.840.1.101.3.4.2.1';

export interface Making {
  by: Owner;
  /** SHA-256 of what is signed. */
  digest: Bytes;
  type?: string;
  /** What is signed lies within. */
  within?: Bytes;
  /** Whose certificates lie within; that of the signer unless told. */
  certificates?: Bytes[];
  /** The certificate that the attributes name; the signer's unless told. */
  named?: Bytes;
  /** The certificate that the signer is named by; the signer's unless told. */
  identified?: Bytes;
  /** More signed attributes, or unsigned ones. */
  more?: AsnType[];
  unsigned?: AsnType[];
  /** How often the one signer stands there. */
  signers?: number;
  /** Another algorithm than ECDSA with SHA-256, and what it makes of the signed attributes. */
  scheme?: { algorithm: string; sign(attributes: Bytes): Promise<Bytes> };
}

export async function makeCms(making: Making): Promise<Bytes> {
  const { by, digest, type = DATA, within, more = [], unsigned = [], signers = 1 } = making;
  const { certificates = [by.certificate], named = by.certificate, identified = by.certificate } = making;
  const attributes = [
    attribute(CONTENT_TYPE, oid(type)),
    attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octets(await sha256(named)))))),
    attribute(MESSAGE_DIGEST, octets(digest)),
    ...more,
  ].sort((a, b) => (hex(der(a)) < hex(der(b)) ? -1 : 1));
  const signed = der(new SetOf({ value: attributes }));
  const { algorithm, sign } = making.scheme ?? ecdsa(by.key);
  const [fields] = (fromBER(identified).result as Sequence).valueBlock.value as [Sequence];
  const [, serial, , issuer] = fields.valueBlock.value;
  const signer = sequence(
    new Integer({ value: 1 }),
    sequence(issuer!, serial!),
    sequence(oid(SHA256)),
    tagged(0, attributes),
    sequence(oid(algorithm)),
    octets(await sign(signed)),
    ...(unsigned.length > 0 ? [tagged(1, unsigned)] : []),
  );
  const content = sequence(
    new Integer({ value: type === DATA ? 1 : 3 }),
    new SetOf({ value: [sequence(oid(SHA256))] }),
    sequence(oid(type), ...(within ? [tagged(0, [octets(within)])] : [])),
    tagged(
      0,
      certificates.map((one) => fromBER(one).result),
    ),
    new SetOf({ value: Array<AsnType>(signers).fill(signer) }),
  );
  return der(sequence(oid('1.2.840.113549.1.7.2'), tagged(0, [content])));
}

const ecdsa = (key: CryptoKey): Required<Making>['scheme'] => ({
  algorithm: '1.2.840.10045.4.3.2',
  sign: async (attributes) => {
    const raw = new Uint8Array(await crypto.subtle.sign(ES256, key, attributes));
    return withSmallerS(der(sequence(positive(raw.slice(0, 32)), positive(raw.slice(32)))), 'P-256');
  },
});

/** The other one of the two signatures that verify alike: with the greater s. */
export const greater = (key: CryptoKey): Required<Making>['scheme'] => ({
  ...ecdsa(key),
  sign: async (attributes) => twin(await ecdsa(key).sign(attributes)),
});

/**
 * What needs no secret: a certificate over the RSA exponent 1, under which each signature is its own padding
 * (RFC 8017, 9.2).
 */
export function unguarded({ key, certificate }: Owner): Pick<Making, 'by' | 'scheme'> {
  const whole = fromBER(certificate).result as Sequence;
  const [fields] = whole.valueBlock.value as [Sequence];
  const modulus = new Uint8Array(256).fill(0xff);
  const rsa = sequence(positive(modulus), new Integer({ value: 1 }));
  fields.valueBlock.value[6] = sequence(
    sequence(oid('1.2.840.113549.1.1.1'), new Null()),
    new BitString({ valueHex: der(rsa) }),
  );
  return {
    by: { key, certificate: der(whole) },
    scheme: {
      algorithm: '1.2.840.113549.1.1.11',
      sign: async (attributes) => {
        const info = der(sequence(sequence(oid(SHA256), new Null()), octets(await sha256(attributes))));
        const padding = new Uint8Array(modulus.length - info.length - 3).fill(0xff);
        return concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info);
      },
    },
  };
}

export function positive(bytes: Bytes): Integer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.slice(first < 0 ? bytes.length - 1 : first);
  return new Integer({ valueHex: digits[0]! < 0x80 ? digits : Uint8Array.of(0, ...digits) });
}

/**
 * A certificate (RFC 5280), as far as who verifies a signature needs it. Nothing in it is believed: whether its issuer is
 * anybody's friend is for others to say. Shown by test/lib/cms.test.ts.
 */
import type { GeneralizedTime } from 'asn1js';
import type { Bytes } from './bytes.ts';
import { type Der, expectTag, oidOf, parseDer } from './der.ts';

export interface Certificate {
  /** DER. */
  whole: Bytes;
  /** CN of the subject; the empty text if it has none. */
  name: string;
  /** What the subject is called by: its CN, O and description (RFC 4519, 2.5), whichever it has. */
  names: string[];
  /** DER of the issuer's name and of the serial number: how signatures refer to a certificate. */
  issuer: Bytes;
  serial: Bytes;
  notBefore: Date;
  notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  spki: Bytes;
  /** By identifier. */
  extensions: Map<string, { critical: boolean; value: Bytes }>;
}

const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const DESCRIPTION = '2.5.4.13';
const KEY_USAGE = '2.5.29.15';

/** Throws a `TypeError`. */
export function readCertificate(der: Der): Certificate {
  const [fields, ...signature] = expectTag(der, 0x30).parts;
  if (signature.length !== 2) throw new TypeError('certificate: not signed');
  const all = expectTag(fields, 0x30).parts;
  // Version 1 is not named (4.1.2.1).
  const [serial, , issuer, validity, subject, spki, ...more] = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  const [notBefore, notAfter] = expectTag(validity, 0x30).parts;
  const extensions: Certificate['extensions'] = new Map();
  for (const extension of more.find(({ tag }) => tag === 0xa3)?.parts[0]?.parts ?? []) {
    const [id, ...rest] = extension.parts;
    const value = expectTag(rest.at(-1), 0x04).body;
    if (extensions.has(oidOf(id))) throw new TypeError('certificate: an extension twice');
    extensions.set(oidOf(id), { critical: rest.length === 2 && rest[0]!.body[0] === 0xff, value });
  }
  return {
    whole: der.whole,
    name: namesOf(subject, [COMMON_NAME]).at(-1) ?? '',
    names: namesOf(subject, [COMMON_NAME, ORGANIZATION, DESCRIPTION]),
    issuer: expectTag(issuer, 0x30).whole,
    serial: expectTag(serial, 0x02).whole,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    spki: expectTag(spki, 0x30).whole,
    extensions,
  };
}

/** The values of the attributes of these types, in the order of the name: the most particular last. */
function namesOf(subject: Der | undefined, types: string[]): string[] {
  const attributes = expectTag(subject, 0x30).parts.flatMap((set) => expectTag(set, 0x31).parts);
  return attributes
    .filter(({ parts: [type] }) => types.includes(oidOf(type)))
    .map(({ parts }) => String((parts[1]?.node.valueBlock as { value?: unknown })?.value ?? ''));
}

/** UTCTime until 2049, then GeneralizedTime (4.1.2.5). */
function timeOf(value: Der | undefined): Date {
  if (value?.tag !== 0x17 && value?.tag !== 0x18) throw new TypeError('certificate: no time');
  return (value.node as GeneralizedTime).toDate();
}

/** 4.2.1.3: digitalSignature or contentCommitment, or nothing said about it. Throws a `TypeError`. */
export function maySign({ extensions }: Certificate): boolean {
  const usage = extensions.get(KEY_USAGE);
  return usage === undefined || (expectTag(parseDer(usage.value), 0x03).body[1]! & 0xc0) !== 0;
}

/**
 * A timestamp: the token of an authority which says that a digest was there at a time (RFC 3161, RFC 5816; profile ETSI EN
 * 319 422). Strict, and without a network. That the authority is who its certificate says, nobody here vouches for. Shown by
 * test/lib/timestamp.test.ts.
 *
 *     const { at, name } = await checkTimestamp(token, await sha256(signature));
 */
import { type Bytes, equal } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { type CmsCode, checkCms, type SignedData, TST_INFO } from './cms.ts';
import { formatSignedData } from './cms-format.ts';
import { type Der, expectTag, oidOf, parseDer } from './der.ts';
import { Failure } from './failure.ts';

/**
 * `timestamp-malformed`: not a token, or not of the shape that all read alike. `timestamp-signature`: the signature in it
 * does not hold. `timestamp-authority`: signed with a certificate that is not for timestamps, or was not valid then.
 * `timestamp-other`: of another digest. `timestamp-nonce`: the answer to another question.
 */
export type TimestampCode =
  | 'timestamp-malformed'
  | 'timestamp-signature'
  | 'timestamp-authority'
  | 'timestamp-other'
  | 'timestamp-nonce';

export interface Timestamp {
  at: Date;
  /** Who says so, as its certificate names it: up to 100 letters that our papers can draw. */
  name: string;
  certificate: Certificate;
}

/** id-aa-timeStampToken: under it a seal holds the timestamp of its signature. */
export const TIMESTAMP_TOKEN = '1.2.840.113549.1.9.16.2.14';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

const refused = (code: TimestampCode, detail?: string, cause?: unknown) =>
  new Failure<TimestampCode>(code, detail, { cause });

/**
 * `token`: a ContentInfo in DER. `digest`: the SHA-256 that it must be of. `nonce`: the body of the integer that was asked
 * with, if the answer is fresh. Throws a `Failure<TimestampCode>`.
 */
export async function checkTimestamp(
  token: Bytes,
  digest: Bytes,
  nonce: Bytes | null = null,
): Promise<Timestamp> {
  const { content, certificate } = await signedIn(token);
  const info = shaped(() => readInfo(content));
  if (!shaped(() => isForTimestamps(certificate))) throw refused('timestamp-authority', 'key usage');
  if (info.at < certificate.notBefore || info.at > certificate.notAfter) {
    throw refused('timestamp-authority', info.at.toISOString());
  }
  if (!equal(info.digest, digest)) throw refused('timestamp-other');
  if (nonce !== null && (info.nonce === null || !equal(info.nonce, nonce))) throw refused('timestamp-nonce');
  return { at: info.at, name: nameOf(certificate), certificate };
}

/**
 * A token as we keep it: what is signed, and the certificate that signed it, in the one spelling of cms-format.ts. Other
 * certificates and whatever else nobody signed are left out. Throws as `checkTimestamp` does.
 */
export async function keptTimestamp(token: Bytes): Promise<Bytes> {
  const { content, certificate, attributes, scheme, signature } = await signedIn(token);
  return shaped(() =>
    formatSignedData({
      type: TST_INFO,
      within: content,
      certificates: [certificate.whole],
      attributes,
      scheme,
      signature,
      unsigned: [],
    }),
  );
}

const signedIn = (token: Bytes): Promise<SignedData> =>
  checkCms(token, TST_INFO, null).catch((cause) => {
    if (!(cause instanceof Failure)) throw cause;
    const code = cause.code as CmsCode;
    throw refused(code === 'cms-malformed' ? 'timestamp-malformed' : 'timestamp-signature', code, cause);
  });

/** The same of one that is kept: what stands in it is what `keptTimestamp` keeps. */
export async function checkKeptTimestamp(token: Bytes, digest: Bytes): Promise<Timestamp> {
  const read = await checkTimestamp(token, digest);
  if (!equal(await keptTimestamp(token), token)) throw refused('timestamp-malformed', 'another spelling');
  return read;
}

function shaped<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw refused('timestamp-malformed', String(cause), cause);
  }
}

/** TSTInfo (RFC 3161, 2.4.2). Extensions are not known to us; one that must be understood is refused. */
function readInfo(content: Bytes): { at: Date; digest: Bytes; nonce: Bytes | null } {
  const [version, policy, imprint, serial, time, ...more] = expectTag(parseDer(content), 0x30).parts;
  if (expectTag(version, 0x02).body.join() !== '1') throw new TypeError('version');
  oidOf(policy);
  expectTag(serial, 0x02);
  const [algorithm, hashed, ...rest] = expectTag(imprint, 0x30).parts;
  const [id, parameters] = expectTag(algorithm, 0x30).parts;
  if (oidOf(id) !== SHA256 || rest.length > 0) throw new TypeError('algorithm');
  if (parameters !== undefined) expectTag(parameters, 0x05);

  // accuracy, ordering, nonce, tsa, extensions: each at most once, in this order.
  const rank = more.map(({ tag }) => [0x30, 0x01, 0x02, 0xa0, 0xa1].indexOf(tag));
  if (rank.some((one, at) => one < 0 || (at > 0 && one <= rank[at - 1]!))) throw new TypeError('fields');
  const extensions = more.find(({ tag }) => tag === 0xa1)?.parts ?? [];
  if (extensions.some(({ parts }) => parts[1]?.tag === 0x01 && parts[1].body[0] !== 0)) {
    throw new TypeError('extension');
  }
  return {
    at: timeOf(time),
    digest: expectTag(hashed, 0x04).body,
    nonce: more.find(({ tag }) => tag === 0x02)?.body ?? null,
  };
}

/** `20261123021021Z` or `20261123021021.5Z`, in UTC. */
function timeOf(value: Der | undefined): Date {
  const text = String.fromCharCode(...expectTag(value, 0x18).body);
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  if (!match) throw new TypeError('time');
  const [year, month, day, hour, minute, second, fraction = ''] = match.slice(1);
  const at = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
  );
  if (Number.isNaN(at.getTime())) throw new TypeError('time');
  return at;
}

/** RFC 3161, 2.3: for this alone, and said so that none can overlook it. */
function isForTimestamps({ extensions }: Certificate): boolean {
  const usage = extensions.get(EXTENDED_KEY_USAGE);
  if (!usage?.critical) return false;
  const [purpose, ...more] = expectTag(parseDer(usage.value), 0x30).parts;
  return more.length === 0 && oidOf(purpose) === TIME_STAMPING;
}

/** Letters beyond Latin have no place in our typeface. */
function nameOf({ name }: Certificate): string {
  const letters = name
    .normalize('NFC')
    .replace(/[^ -~À-ÖØ-öø-ſ]/gu, '?')
    .replace(/\s+/g, ' ')
    .trim();
  return letters.slice(0, 100).trim() || 'tanpa nama';
}

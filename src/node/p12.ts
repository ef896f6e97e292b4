/**
 * Reads a P12 (PKCS #12, RFC 7292), as a certification authority hands out a key with its certificates: encrypted by AES
 * as today, or by RC2 and Triple-DES as long ago. Only the command that imports a seal reads one. Shown by
 * test/node/import-seal.test.ts.
 */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { type Bytes, equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';

/**
 * `p12-malformed`: not a P12, or of a kind that we don't read. `p12-password`: not the one it is locked with.
 * `p12-key-none`, `p12-key-several`: not one key. `p12-certificate-none`: none of the key.
 */
export type P12Code =
  | 'p12-malformed'
  | 'p12-password'
  | 'p12-key-none'
  | 'p12-key-several'
  | 'p12-certificate-none';

export interface P12 {
  /** PKCS #8. */
  key: Bytes;
  /** That of the key, then those above it. */
  certificates: Bytes[];
}

const { oids } = forge.pki;
const refused = (code: P12Code, cause?: unknown): Failure<P12Code> =>
  new Failure<P12Code>(code, undefined, { cause });

/** Throws a `Failure<P12Code>`. */
export function readP12(file: Bytes, password: string): P12 {
  const bags = open(file, password);
  const keys = bags.filter(({ type }) => type === oids.keyBag || type === oids.pkcs8ShroudedKeyBag);
  const [key] = keys;
  if (!key) throw refused('p12-key-none');
  if (keys.length > 1) throw refused('p12-key-several');
  const pkcs8 = bytesOf(
    key.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key.key)) : key.asn1,
  );
  const certificates = bags
    .filter(({ type }) => type === oids.certBag)
    .map(({ cert, asn1 }) => bytesOf(cert ? forge.pki.certificateToAsn1(cert) : asn1));
  return { key: pkcs8, certificates: chainOf(pkcs8, certificates) };
}

function open(file: Bytes, password: string): forge.pkcs12.Bag[] {
  try {
    const asn1 = forge.asn1.fromDer(forge.util.createBuffer(file));
    return forge.pkcs12.pkcs12FromAsn1(asn1, password).safeContents.flatMap(({ safeBags }) => safeBags);
  } catch (cause) {
    // Only by its words is a wrong password told apart.
    throw refused(/password|decrypt/i.test(String(cause)) ? 'p12-password' : 'p12-malformed', cause);
  }
}

const bytesOf = (asn1: forge.asn1.Asn1): Bytes =>
  Uint8Array.from(forge.asn1.toDer(asn1).getBytes(), (sign) => sign.charCodeAt(0));

/** In a P12 they stand in any order, and others may lie among them. */
function chainOf(pkcs8: Bytes, certificates: Bytes[]): Bytes[] {
  const left = certificates.map((der) => ({ der, read: read(() => new X509Certificate(der)) }));
  const spki = read(() => spkiOf(createPublicKey(keyObject(pkcs8))));
  const chain: Bytes[] = [];
  const take = (fits: (one: X509Certificate) => boolean): X509Certificate | null => {
    const [found] = left.splice(left.findIndex((one) => fits(one.read)) >>> 0, 1);
    if (found) chain.push(found.der);
    return found?.read ?? null;
  };
  let own = take((one) => equal(spkiOf(one.publicKey), spki));
  if (!own) throw refused('p12-certificate-none');
  for (let below = own; own && !below.checkIssued(below); below = own ?? below) {
    own = take((one) => below.checkIssued(one));
  }
  return chain;
}

const keyObject = (pkcs8: Bytes) =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
const spkiOf = (key: ReturnType<typeof createPublicKey>): Bytes =>
  new Uint8Array(key.export({ format: 'der', type: 'spki' }));

function read<T>(how: () => T): T {
  try {
    return how();
  } catch (cause) {
    throw refused('p12-malformed', cause);
  }
}

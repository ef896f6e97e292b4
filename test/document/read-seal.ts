/** Checks the seal of a paper as a stranger would: by Node's own crypto, and nothing of ours. Throws what is wrong. */
import { createHash, verify, X509Certificate } from 'node:crypto';

export interface ReadSeal {
  signer: string;
  certificate: X509Certificate;
  /** Bytes of the CMS without the zeros behind it. */
  length: number;
  /** Object identifiers of the signed attributes, as hexadecimal digits. */
  attributes: string[];
}

interface Element {
  tag: number;
  /** With tag and length. */
  whole: Buffer;
  body: Buffer;
}

function element(bytes: Buffer): Element {
  const long = bytes[1]! & 0x80 ? bytes[1]! & 0x7f : 0;
  const length = long ? bytes.readUIntBE(2, long) : bytes[1]!;
  const start = 2 + long;
  if (start + length > bytes.length) throw new Error('DER is cut off');
  return {
    tag: bytes[0]!,
    whole: bytes.subarray(0, start + length),
    body: bytes.subarray(start, start + length),
  };
}

function parts({ body }: Element): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < body.length; at += found.at(-1)!.whole.length) found.push(element(body.subarray(at)));
  return found;
}

const CONTENT_TYPE = '2a864886f70d010903';
const MESSAGE_DIGEST = '2a864886f70d010904';
const SIGNING_CERTIFICATE_V2 = '2a864886f70d010910022f';
const sha256 = (...bytes: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const one of bytes) hash.update(one);
  return hash.digest();
};

export function readSeal(pdf: Uint8Array): ReadSeal {
  const file = Buffer.from(pdf);
  const text = file.toString('latin1');
  const ranges = [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]/g)];
  if (ranges.length !== 1) throw new Error(`${ranges.length} seals`);
  const [zero, start, end, rest] = ranges[0]!.slice(1).map(Number) as [number, number, number, number];
  if (zero !== 0 || end + rest !== file.length) throw new Error('the file is not covered whole');
  const contents = /^<([0-9a-f]+)>$/.exec(text.slice(start, end));
  if (!contents || !text.slice(0, start).endsWith('/Contents '))
    throw new Error('more than the seal is left out');
  if (!text.includes('/SubFilter /ETSI.CAdES.detached')) throw new Error('not PAdES');

  const padded = Buffer.from(contents[1]!, 'hex');
  const info = element(padded);
  if (padded.subarray(info.whole.length).some((byte) => byte !== 0)) throw new Error('bytes after the seal');
  const [, content] = parts(info);
  const [, , , certificates, signers] = parts(parts(content!)[0]!);
  if (parts(signers!).length !== 1) throw new Error('not one signer');
  const [, , , signed, , signature] = parts(parts(signers!)[0]!);
  const attributes = new Map(
    parts(signed!).map((one) => {
      const [type, values] = parts(one);
      return [type!.body.toString('hex'), parts(values!)[0]!];
    }),
  );
  const digest = sha256(file.subarray(0, start), file.subarray(end));
  if (!attributes.get(MESSAGE_DIGEST)?.body.equals(digest)) throw new Error('the file was changed');
  if (attributes.get(CONTENT_TYPE)?.body.toString('hex') !== '2a864886f70d010701')
    throw new Error('not of data');
  const [ids] = parts(attributes.get(SIGNING_CERTIFICATE_V2)!);
  const [hash] = parts(parts(ids!)[0]!);
  const named = parts(certificates!).find(({ whole }) => hash!.body.equals(sha256(whole)));
  if (!named) throw new Error('another certificate');
  const certificate = new X509Certificate(named.whole);
  const set = Buffer.from(signed!.whole);
  set[0] = 0x31;
  if (!verify('sha256', set, certificate.publicKey, signature!.body))
    throw new Error('the signature is wrong');
  return {
    signer: certificate.subject,
    certificate,
    length: info.whole.length,
    attributes: [...attributes.keys()],
  };
}

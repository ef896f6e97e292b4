/** Makes a P12 (RFC 7292) as a certification authority would: keys and certificates in two safes, locked with a password. */
import forge from 'node-forge';

const { asn1, pki } = forge;
const { Type: T } = asn1;
const UNIVERSAL = asn1.Class.UNIVERSAL;
const CONTEXT = asn1.Class.CONTEXT_SPECIFIC;

export interface P12Contents {
  /** PKCS #8. */
  keys: Uint8Array[];
  certificates: Uint8Array[];
}

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('binary');
const parsed = (der: Uint8Array): forge.asn1.Asn1 => asn1.fromDer(forge.util.createBuffer(binary(der)));
const seq = (...parts: forge.asn1.Asn1[]) => asn1.create(UNIVERSAL, T.SEQUENCE, true, parts);
const tagged = (part: forge.asn1.Asn1) => asn1.create(CONTEXT, 0, true, [part]);
const oid = (id: string) => asn1.create(UNIVERSAL, T.OID, false, asn1.oidToDer(id).getBytes());
const octets = (value: string) => asn1.create(UNIVERSAL, T.OCTETSTRING, false, value);
const integer = (value: number) =>
  asn1.create(UNIVERSAL, T.INTEGER, false, asn1.integerToDer(value).getBytes());
const data = (value: forge.asn1.Asn1) =>
  seq(oid(pki.oids.data!), tagged(octets(asn1.toDer(value).getBytes())));

export function makeP12(
  { keys, certificates }: P12Contents,
  password: string,
  algorithm: 'aes256' | '3des' = 'aes256',
): Uint8Array<ArrayBuffer> {
  const keyBags = keys.map((key) =>
    seq(
      oid(pki.oids.pkcs8ShroudedKeyBag!),
      tagged(pki.encryptPrivateKeyInfo(parsed(key), password, { algorithm, count: 2048 })),
    ),
  );
  const certificateBags = certificates.map((one) =>
    seq(oid(pki.oids.certBag!), tagged(seq(oid(pki.oids.x509Certificate!), tagged(octets(binary(one)))))),
  );
  const safe = asn1.toDer(seq(data(seq(...certificateBags)), data(seq(...keyBags)))).getBytes();

  const salt = forge.random.getBytesSync(8);
  const mac = forge.hmac.create();
  const sha1 = forge.md.sha1.create();
  mac.start(
    sha1,
    forge.pkcs12.generateKey(password, forge.util.createBuffer(salt), 3, 2048, 20, sha1 as never) as never,
  );
  mac.update(safe);
  const file = seq(
    integer(3),
    seq(oid(pki.oids.data!), tagged(octets(safe))),
    seq(
      seq(
        seq(oid(pki.oids.sha1!), asn1.create(UNIVERSAL, T.NULL, false, '')),
        octets(mac.digest().getBytes()),
      ),
      octets(salt),
      integer(2048),
    ),
  );
  return Uint8Array.from(Buffer.from(asn1.toDer(file).getBytes(), 'binary'));
}

/** The CMS that a sealer makes, and the keys it refuses. The CMS is verified in test/document/read-seal.ts. */
import 'reflect-metadata';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { expect, test } from 'vitest';
import { seal } from '../../src/document/seal.ts';
import { printPaper } from '../../src/kertas/print.ts';
import { type Bytes, randomBytes } from '../../src/lib/bytes.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { readSeal } from '../document/read-seal.ts';
import { CHOICES, samplePledge } from '../kertas/sample.ts';

const NOW = new Date('2026-11-23T02:10:21Z');

async function made(algorithm: EcKeyGenParams | RsaHashedKeyGenParams): Promise<[Bytes, Bytes]> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Badan Kesatuan Bangsa dan Politik, O=Pemerintah Kabupaten Contoh, C=ID',
      keys: keys as CryptoKeyPair,
      signingAlgorithm: { ...algorithm, hash: 'SHA-256' } as EcdsaParams,
    },
    crypto,
  );
  const key = await crypto.subtle.exportKey('pkcs8', (keys as CryptoKeyPair).privateKey);
  return [new Uint8Array(key), new Uint8Array(certificate.rawData)];
}
const rsa = (modulusLength: number): RsaHashedKeyGenParams => ({
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
});

test('the certificate names its owner, signs itself, and is for seals alone', async () => {
  const { certificate } = await createSealKey('Ikrar ikrar.example', NOW);
  const read = new NodeCertificate(certificate);
  expect(read.subject).toBe('CN=Ikrar ikrar.example');
  expect(read.issuer).toBe(read.subject);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.ca).toBe(false);
  expect(new Date(read.validFrom) <= NOW).toBe(true);
  expect(new Date(read.validTo).getUTCFullYear()).toBe(2051);
});

test.each([
  ['ECDSA P-256', { name: 'ECDSA', namedCurve: 'P-256' }],
  ['RSA 3072', rsa(3072)],
])('a key of the organiser seals: %s', async (_, algorithm) => {
  const [key, certificate] = await made(algorithm);
  const above = (await createSealKey('Di atasnya')).certificate;
  const sealer = await openSealer(key, [certificate, above]);
  expect(sealer.name).toBe('Badan Kesatuan Bangsa dan Politik');
  const pledge = await samplePledge();
  for (let i = 0; i < 20; i++) {
    const room = { name: sealer.name, at: NOW, length: sealer.room };
    const read = readSeal(await seal(sealer, printPaper(pledge, CHOICES, room)));
    expect(read.length).toBeLessThan(sealer.room);
    // content-type, message-digest, signing-certificate-v2, in the order of DER; no signing-time.
    expect(read.attributes).toEqual(['2a864886f70d010903', '2a864886f70d010904', '2a864886f70d010910022f']);
  }
});

test('what can not seal is refused before it is asked', async () => {
  const one = await createSealKey('Satu');
  const other = await createSealKey('Dua');
  const refused = (key: Bytes, certificates: Bytes[]) =>
    openSealer(key, certificates).then(
      () => 'opened',
      (error) => error.code,
    );
  expect(await refused(one.key, [])).toBe('seal-certificate');
  expect(await refused(one.key, [randomBytes(300)])).toBe('seal-certificate');
  expect(await refused(one.key, [one.certificate.subarray(0, 200)])).toBe('seal-certificate');
  expect(await refused(one.key, [one.certificate, randomBytes(9)])).toBe('seal-certificate');
  expect(await refused(one.key, [other.certificate])).toBe('seal-other');
  expect(await refused(randomBytes(138), [one.certificate])).toBe('seal-kind');
  const [small, itsCertificate] = await made(rsa(1024));
  expect(await refused(small, [itsCertificate])).toBe('seal-kind');
  const [curve, curveCertificate] = await made({ name: 'ECDSA', namedCurve: 'P-384' });
  expect(await refused(curve, [curveCertificate])).toBe('seal-kind');
  expect(await refused(one.key, [(await made(rsa(2048)))[1]])).toBe('seal-kind');
});

/** The P12 of a certification authority becomes the two files that the service seals with, or one sentence. */
import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromBase64 } from '../../src/lib/base64.ts';
import { formatPem, parsePem } from '../../src/lib/pem.ts';
import { importSeal } from '../../src/node/import-seal.ts';
import { openOwnSeal } from '../../src/node/keys.ts';
import { makeP12, type P12Contents } from './make-p12.ts';

type Algorithm = EcKeyGenParams | RsaHashedKeyGenParams;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A certificate by an authority, which is in the chain too. */
async function made(algorithm: Algorithm, notAfter = new Date(Date.now() + 1e10)) {
  const generate = (how: Algorithm) =>
    crypto.subtle.generateKey(how, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const [above, own] = [await generate(P256), await generate(algorithm)];
  const signingAlgorithm = { ...P256, hash: 'SHA-256' };
  const authority = await X509CertificateGenerator.createSelfSigned(
    { name: 'CN=PSrE Contoh, C=ID', keys: above, signingAlgorithm },
    crypto,
  );
  const certificate = await X509CertificateGenerator.create(
    {
      subject: 'CN=Bakesbangpol Kabupaten Contoh, C=ID',
      issuer: authority.subject,
      publicKey: own.publicKey,
      signingKey: above.privateKey,
      signingAlgorithm,
      notBefore: new Date(0),
      notAfter,
    },
    crypto,
  );
  return {
    key: new Uint8Array(await crypto.subtle.exportKey('pkcs8', own.privateKey)),
    chain: [new Uint8Array(certificate.rawData), new Uint8Array(authority.rawData)],
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-p12-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, 'segel.p12');
  await writeFile(path, bytes);
  return path;
};
const out = () => join(folder, 'keys');

test.each([
  ['ECDSA P-256, AES', P256, 'aes256'],
  ['ECDSA P-256, Triple-DES', P256, '3des'],
  ['RSA, AES', RSA, 'aes256'],
  ['RSA, Triple-DES', RSA, '3des'],
] as const)('%s: two files, as the service opens them', async (_, algorithm, lock) => {
  const { key, chain } = await made(algorithm);
  const stranger = (await made(P256)).chain[0]!;
  const file = makeP12({ keys: [key], certificates: [stranger, ...chain.toReversed()] }, 'rahasia', lock);
  const imported = await importSeal(await put(file), 'rahasia', out());
  expect(imported.name).toBe('Bakesbangpol Kabupaten Contoh');
  expect((await stat(imported.key)).mode & 0o777).toBe(0o600);
  expect(await readFile(imported.certificate, 'utf8')).toBe(
    chain.map((one) => formatPem('CERTIFICATE', one)).join(''),
  );
  expect((await openOwnSeal(imported)).key).toEqual(
    parsePem('PRIVATE KEY', await readFile(imported.key, 'utf8'))[0],
  );
});

/** By `openssl pkcs12 -export -legacy`: certificates under RC2, which no library writes any more. Its key is for this test. */
const LEGACY =
  'MIIFWgIBAzCCBSAGCSqGSIb3DQEHAaCCBREEggUNMIIFCTCCA/8GCSqGSIb3DQEHBqCCA/AwggPsAgEAMIID5QYJKoZIhvcNAQcBMBwGCiqGSIb3DQEMAQYwDgQIZ2bGKxswQHYCAggAgIIDuNvOdohJPEP/hEUZeW0A+A0uPRGSxyejCe+790qjgc1HK7p6uhvdsapR9368Ud8dWjgxyw8G+RZ2+XRA6C1RrSPB3SBDSxjVgjjjdXjJ0ovGMNmh6ayskWtpM+M8t5Ghc6YRg4X+LqikkjdmkllR9SnonMY3YdCCfDxLnVJI0nGXD8p4/awAi2zOAo83wjh02ttDOq5P90LMukV5nH0sVuIvkS3nL4KZygIHgJcstBP/xj+tvRnqOaaLB9TwxdAJagxgDMyY8ZNYss8R3N0AOLk1Fr+uZBvHuX74AxSpPtsCI0k7MBecEQUKKQp1YN2pfXLnODv+sHIwt5E8yF0WM929raK0b/G6GvbgFn9TSioCgTLNRuXZPJHX6Ji8UlWLx2kfOW5pJqgT2Wtz1HNbl/JaUqKu9X8lDSGIt8bsxc/ICfxvYnPXaklcycSCnR72VKJhNhkRfDyO0TxO53f3MeF/mjfywiKYfQ17aLG+rIDnEPiMnNQJSZBZ7RLhnzXrRAZ9uhtvriz7l4whqjk9H2osxcmueRPOMBqd+9Pd/gnqDvQZxIzCuIM/pAcAkPZ08kPivmw7Isth9yky0GM6beVc0uNB3G1sRK305ZCXab1J9PSqMuQP8a3fAjyKzbQeadm3bROcth9YpV2jnolOqEVIZ6YV66C4laygrJ3HcPJi+R6y4ZVsjpRqWsHS4ne99cwr2eh6BTuxqhaVHLSty/vFPwlgueWWj9yIL7ZrozTrPWlxiTjTd+3bajkwyh3ZNvzQCWmpzkVuGc2KHQKmvxKlU1rxVcopOmeQpbgHX1QM0lL70iNu8lUCOPWFr8DEbhu5Cnn7XkqVecuS1iYn+tZe8PnFLlAOdC9weL1BmqniqrC7zHIUPB8S2jw4Bf7LnhlR/3oWiiQB3DlOKJDOU8nNanbYkLAr+68Q6nILpA6QYG/m7eEVXKQifhvG5wJ0D+H+hFxbwFx2CLDHkVE7qhdt8NhAkdfMx+5nElPKEvYUhUgsTgNWQ1q1IdfV7qJ7WctSyN5OZlKvNO/ZLL2WtOGn2+PQ4PDxSi+pCQ4+xgxlTMaXghBc6CKLMDtZwPBHRZ2TVQhVcJL3vpnp8qbCn3iTxwGYcaZ4IFQiMn6JGQ4RVHwUeOcJKqBD3jaMdVNrriMfr3FVqxZ3x3ZUFz2zl2VSoRVbUaX/0HJSt7+HQ+YiEPwY6xBd9Lv5SoICNhlEwMz6njDcDOWCq8lc0cXEd51tb4UUF6s7yfyPAnaPRMkih1gFrRmCuuAwggECBgkqhkiG9w0BBwGggfQEgfEwge4wgesGCyqGSIb3DQEMCgECoIG0MIGxMBwGCiqGSIb3DQEMAQMwDgQI+vZ0+22oipACAggABIGQ1wRCZDYoT7D2RrFzcqhtHqwVh6oD+D1RafTNcSN/Q/8zFLyUJpQiAAYuHOz6bvcfHQilO7ZgBPZqO45Nu2w48DCFn4cmfA0CwUifVZeYyRzqUwySPT+0CfC78n9puX7sy7iQ5VTGCfcwX0TdF81qZOrtmml52zZGrWezBAu5Vvx0pZIJMdnNLXBvMxV+TEq+MSUwIwYJKoZIhvcNAQkVMRYEFB7s79rSwOhv6s9eguDDM9lREvpEMDEwITAJBgUrDgMCGgUABBSNJ3Nbde4PYe34ipeLGs/eHRGhagQIVeAsO7tsjMUCAggA';

test('RC2 of long ago', async () => {
  const imported = await importSeal(await put(fromBase64(LEGACY)), 'rahasia', out());
  expect(imported.name).toBe('Bakesbangpol Kabupaten Contoh');
  expect(parsePem('CERTIFICATE', await readFile(imported.certificate, 'utf8'))).toHaveLength(2);
});

test('each mistake has its sentence, and leaves nothing behind', async () => {
  const { key, chain } = await made(P256);
  const other = await made(P256);
  const good = { keys: [key], certificates: chain };
  const refused = async (contents: P12Contents, password = 'rahasia') =>
    importSeal(await put(makeP12(contents, 'rahasia')), password, out()).then(
      () => 'imported',
      (error: Error) => error.message,
    );
  expect(await refused(good, 'salah')).toContain('sandinya salah');
  expect(await refused(good, '')).toContain('sandinya salah');
  expect(await refused({ ...good, keys: [] })).toContain('tidak memuat kunci');
  expect(await refused({ ...good, keys: [key, other.key] })).toContain('beberapa kunci');
  expect(await refused({ ...good, certificates: [] })).toContain('tidak memuat sertifikat untuk kuncinya');
  expect(await refused({ ...good, certificates: other.chain })).toContain('tidak memuat sertifikat');
  const curve = await made({ name: 'ECDSA', namedCurve: 'P-384' });
  expect(await refused({ keys: [curve.key], certificates: curve.chain })).toContain('harus ECDSA P-256');
  const old = await made(P256, new Date('2020-01-01T00:00:00Z'));
  expect(await refused({ keys: [old.key], certificates: old.chain })).toContain('habis masa berlakunya');
  const whole = makeP12(good, 'rahasia');
  for (const part of [whole.subarray(0, 300), new Uint8Array(0), chain[0]!]) {
    await expect(importSeal(await put(part), 'rahasia', out())).rejects.toThrow('bukan file .p12');
  }
  await expect(importSeal(join(folder, 'lain.p12'), '', out())).rejects.toThrow(
    'tidak dapat dibaca (ENOENT)',
  );
  expect(await readdir(folder)).toEqual(['segel.p12']);

  expect(await refused(good)).toBe('imported');
  expect(await refused(good)).toContain('sudah ada');
});

test('the command takes the password from a file or from its input, and says what to set', async () => {
  const { key, chain } = await made(P256);
  const path = await put(makeP12({ keys: [key], certificates: chain }, 'rahasia'));
  const password = join(folder, 'sandi');
  await writeFile(password, 'rahasia\n');
  const run = promisify(execFile);
  const args = ['dist/seal.js', 'import', path, '--to', out()];
  const { stdout } = await run(process.execPath, [...args, '--password-file', password]);
  expect(stdout).toContain(`IKRAR_SEAL_KEY=${join(out(), 'segel-kunci.pem')}\n`);
  expect(stdout).toContain(`IKRAR_SEAL_CERT=${join(out(), 'segel-sertifikat.pem')}\n`);
  const asked = run(process.execPath, [...args.slice(0, 3), '--to', join(folder, 'lain')]);
  asked.child.stdin!.end('rahasia\n');
  expect((await asked).stdout).toContain('Segel "Bakesbangpol Kabupaten Contoh" siap');
  await expect(run(process.execPath, ['dist/seal.js', 'import'])).rejects.toThrow('npm run seal -- import');
});

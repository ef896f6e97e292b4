/**
 * Turns the P12 of an organiser into the two files that the service seals with: key, and certificates. They are written only
 * if the service would open them. Shown by test/node/import-seal.test.ts.
 */
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sealSentence } from '../keys/seal-sentence.ts';
import type { Bytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { formatPem } from '../lib/pem.ts';
import { openSealer, SealKeyError } from '../lib/sealer.ts';
import { createFile } from './file.ts';
import { openOwnSeal } from './keys.ts';
import { type P12Code, readP12 } from './p12.ts';
import { StartError } from './sentence.ts';

const SENTENCES: Record<P12Code, string> = {
  'p12-malformed': 'bukan file .p12 atau .pfx yang utuh, atau jenisnya tidak dikenal.',
  'p12-password': 'sandinya salah, atau memuat huruf beraksen yang belum didukung.',
  'p12-key-none': 'tidak memuat kunci.',
  'p12-key-several': 'memuat beberapa kunci. Minta file dengan satu kunci.',
  'p12-certificate-none': 'tidak memuat sertifikat untuk kuncinya.',
};

interface Imported {
  /** Who seals, as the certificate names it. */
  name: string;
  /** Until when the certificate is valid. */
  until: Date;
  key: string;
  certificate: string;
}

/** `folder`: for the two files; neither may be there. Throws a `StartError`. */
export async function importSeal(path: string, password: string, folder: string): Promise<Imported> {
  const file = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new StartError(`File ${path} tidak dapat dibaca (${cause.code}).`, { cause });
  });
  const { key, certificates } = await readOrExplain(path, new Uint8Array(file), password);
  const own = new X509Certificate(certificates[0]!);
  const until = new Date(own.validTo);
  if (until < new Date()) {
    throw new StartError(`Sertifikat dalam ${path} sudah habis masa berlakunya (${own.validTo}).`);
  }

  const paths = {
    key: resolve(join(folder, 'segel-kunci.pem')),
    certificate: resolve(join(folder, 'segel-sertifikat.pem')),
  };
  for (const there of Object.values(paths)) {
    if (existsSync(there)) throw new StartError(`File ${there} sudah ada. Pindahkan dulu, lalu ulangi.`);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await createFile(paths.key, formatPem('PRIVATE KEY', key), 0o600);
  const chain = certificates.map((one) => formatPem('CERTIFICATE', one)).join('');
  await createFile(paths.certificate, chain, 0o644);
  const { sealer } = await openOwnSeal(paths);
  return { name: sealer.name, until, ...paths };
}

async function readOrExplain(path: string, file: Bytes, password: string) {
  try {
    const p12 = readP12(file, password);
    await openSealer(p12.key, p12.certificates);
    return p12;
  } catch (cause) {
    if (cause instanceof Failure)
      throw new StartError(`${path} ${SENTENCES[cause.code as P12Code]}`, { cause });
    if (cause instanceof SealKeyError) {
      throw new StartError(sealSentence(`Kunci dalam ${path}`, cause), {
        cause,
      });
    }
    throw cause;
  }
}

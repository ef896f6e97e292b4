/**
 * The keys of an installation, each a file that its owner alone may read. They are made on the first run and never
 * again: another ledger key would be another ledger, another secret could print no card a second time. Which of them belong
 * to a database it knows itself (keys/recognize.ts).
 * Shown by test/node/keys.test.ts.
 *
 *     keys/ledger.pem   Ed25519, PKCS #8 (RFC 8410) in PEM
 *     keys/secret       32 random bytes in base64, one line
 *     keys/seal.pem     key of the seal (PKCS #8) and its certificate, both in PEM
 *     keys/postgres     password of the embedded PostgreSQL, one line: its owner's
 *     keys/postgres-layanan  the same of the service's own role; made anew if it is gone
 */
import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Db } from '../db.ts';
import type { KeyName } from '../keys/key-digests.ts';
import { type HeldKeys, recognize } from '../keys/recognize.ts';
import { sealSentence } from '../keys/seal-sentence.ts';
import { strangeKeySentence } from '../keys/strange-key.ts';
import { exportSigner, generateSigner, importSigner, type NoteSigner } from '../ledger/note.ts';
import { base64, base64url, fromBase64 } from '../lib/base64.ts';
import { type Bytes, randomBytes } from '../lib/bytes.ts';
import { formatPem, parsePem } from '../lib/pem.ts';
import { createSealKey, openSealer, type Sealer, SealKeyError } from '../lib/sealer.ts';
import { openSecret, type Secret } from '../lib/secret.ts';
import { createFile, readFileIfAny } from './file.ts';
import { StartError } from './sentence.ts';

export class KeyError extends StartError {
  override readonly name = 'KeyError';
}

export interface Keys {
  signer: NoteSigner;
  secret: Secret;
  /** As files hold them, for Workers. */
  ledgerKey: Bytes;
  secretBytes: Bytes;
  /** The ledger's key was made now: this is the first start, or it looks like it. */
  isNew: boolean;
}

/** `mayCreate`: false once the database has a ledger, which belongs to keys that must be somewhere. */
export async function openKeys(
  data: string,
  ledgerOrigin: string,
  { mayCreate }: { mayCreate: boolean },
): Promise<Keys> {
  const folder = await keyFolder(data);
  const pem = await openKey(join(folder, 'ledger.pem'), mayCreate, async () =>
    formatPem('PRIVATE KEY', await exportSigner(await generateSigner(ledgerOrigin))),
  );
  const ledgerKey = await understand(pem, parseOurKey);
  const signer = await understand(pem, () => importSigner(ledgerOrigin, ledgerKey));
  const secretBytes = await openSecretBytes(data, { mayCreate });
  return { signer, secret: await openSecret(secretBytes), ledgerKey, secretBytes, isNew: pem.made };
}

/** The secret alone, as `openSecret` takes it. */
export async function openSecretBytes(data: string, { mayCreate }: { mayCreate: boolean }): Promise<Bytes> {
  const path = join(await keyFolder(data), 'secret');
  const line = await openKey(path, mayCreate, async () => `${base64(randomBytes(32))}\n`);
  return understand(line, (text) => {
    const bytes = fromBase64(text.replace(/\n$/, ''));
    if (bytes.length !== 32) throw new TypeError('keys: not 32 bytes');
    return bytes;
  });
}

/** Of what keys/recognize.ts looks at, the file. */
export const keyPath = (data: string, nama: KeyName): string =>
  join(data, 'keys', { secret: 'secret', seal: 'seal.pem' }[nama]);

/** Throws a `KeyError` that names each file whose key is whole and belongs to another database. */
export async function mustBelong(db: Db, data: string, held: HeldKeys): Promise<void> {
  const strange = await recognize(db, held);
  if (strange.length > 0)
    throw new KeyError(strange.map((nama) => strangeKeySentence(nama, keyPath(data, nama))).join('\n\n'));
}

export interface Seal {
  sealer: Sealer;
  /** PKCS #8, and the certificates from its own upwards. */
  key: Bytes;
  certificates: Bytes[];
}

/** The seal of this installation. `name`: of who seals. `mayCreate`: false once papers bear it. */
export async function openSeal(
  data: string,
  name: string,
  { mayCreate }: { mayCreate: boolean },
): Promise<Seal> {
  const file = await openKey(join(await keyFolder(data), 'seal.pem'), mayCreate, async () => {
    const { key, certificate } = await createSealKey(name);
    return formatPem('PRIVATE KEY', key) + formatPem('CERTIFICATE', certificate);
  });
  return understand(file, async (text) => {
    const [key] = parsePem('PRIVATE KEY', text);
    const [certificate] = parsePem('CERTIFICATE', text);
    if (
      !key ||
      !certificate ||
      formatPem('PRIVATE KEY', key) + formatPem('CERTIFICATE', certificate) !== text
    )
      throw new TypeError('keys: not a seal');
    return { sealer: await openSealer(key, [certificate]), key, certificates: [certificate] };
  });
}

/** The organiser's own seal, from two PEM files: the key, and its certificate followed by those above it. */
export async function openOwnSeal(paths: { key: string; certificate: string }): Promise<Seal> {
  const keys = parsePem('PRIVATE KEY', await readOwn(paths.key, read));
  const certificates = parsePem('CERTIFICATE', await readOwn(paths.certificate, readFileIfAny));
  const [key] = keys;
  if (!key || keys.length > 1) {
    throw new KeyError(
      `File kunci segel ${paths.key} bukan satu kunci PKCS #8 dalam PEM. Ubah dengan: openssl pkcs8 -topk8 -nocrypt`,
    );
  }
  try {
    return { sealer: await openSealer(key, certificates), key, certificates };
  } catch (cause) {
    if (!(cause instanceof SealKeyError)) throw cause;
    throw new KeyError(sealSentence(`Segel dari ${paths.key} dan ${paths.certificate}`, cause), { cause });
  }
}

async function readOwn(path: string, how: (path: string) => Promise<string | null>): Promise<string> {
  let text: string | null;
  try {
    text = await how(path);
  } catch (cause) {
    if (cause instanceof KeyError) throw cause;
    throw new KeyError(`File ${path} tidak dapat dibaca (${(cause as NodeJS.ErrnoException).code}).`, {
      cause,
    });
  }
  if (text === null) throw new KeyError(`File ${path} tidak ada.`);
  return text;
}

/** `mayCreate`: false once there is a cluster that knows its password. */
export const openPostgresPassword = (data: string, { mayCreate }: { mayCreate: boolean }): Promise<string> =>
  openPassword(data, 'postgres', mayCreate);

/** Of the service's own role. The owner sets it at each start, so that a new one will do. */
export const openServicePassword = (data: string): Promise<string> =>
  openPassword(data, 'postgres-layanan', true);

async function openPassword(data: string, name: string, mayCreate: boolean): Promise<string> {
  const folder = await keyFolder(data);
  const file = await openKey(join(folder, name), mayCreate, async () => `${base64url(randomBytes(24))}\n`);
  return understand(file, (text) => {
    const match = /^([\w-]{32})\n$/.exec(text);
    if (!match) throw new TypeError('keys: not a password');
    return match[1]!;
  });
}

/** Of a ledger that must have been somewhere, beside an empty database and no copy. */
export const strayKeyError = (data: string): KeyError =>
  new KeyError(
    [
      `Kunci catatan sudah ada di ${join(data, 'keys')}, tetapi basis data dan salinan luar kosong.`,
      'Pulihkan basis data dan salinan luar; langkahnya ada di docs/operasi.md, bagian Memulihkan.',
      'Bila ini pemasangan baru, pindahkan ledger.pem, secret dan seal.pem: catatan baru harus berkunci baru.',
    ].join('\n'),
  );

interface KeyFile {
  path: string;
  text: string;
  made: boolean;
}

/** Where docs/operasi.md says what to do without it. */
export const KEY_SECTIONS: Record<string, string> = {
  'ledger.pem': 'ledger-key-changed',
  secret: 'key-of-another',
  'seal.pem': 'Kunci segel hilang',
  postgres: 'Sandi basis data tertanam hilang',
  'postgres-layanan': 'Sandi basis data tertanam hilang',
};

const stepsFor = (path: string): string =>
  `Langkahnya ada di docs/operasi.md, bagian ${KEY_SECTIONS[basename(path)]}.`;

async function keyFolder(data: string): Promise<string> {
  const folder = join(data, 'keys');
  // Passable, since PostgreSQL may run as another user inside; the keys' own folder is not.
  await mkdir(data, { recursive: true, mode: 0o711 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function openKey(path: string, mayCreate: boolean, make: () => Promise<string>): Promise<KeyFile> {
  const before = await read(path);
  if (before !== null) return { path, text: before, made: false };
  if (!mayCreate) {
    throw new KeyError(
      `File kunci ${path} tidak ada, padahal basis data sudah memakainya. Kembalikan file itu dari cadangan.\n${stepsFor(path)}`,
    );
  }
  const made = await createFile(path, await make(), 0o600);
  return { path, text: (await read(path))!, made };
}

async function read(path: string): Promise<string | null> {
  let text: string | null;
  try {
    text = await readFileIfAny(path);
  } catch (cause) {
    throw new KeyError(`File kunci ${path} tidak dapat dibaca (${(cause as NodeJS.ErrnoException).code}).`, {
      cause,
    });
  }
  if (text !== null && process.platform !== 'win32') {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw new KeyError(
        `File kunci ${path} terbuka bagi pengguna lain (mode ${(mode & 0o777).toString(8)}). Jalankan: chmod 600 ${path}`,
      );
    }
  }
  return text;
}

async function understand<T>({ path, text }: KeyFile, parse: (text: string) => T | Promise<T>): Promise<T> {
  try {
    return await parse(text);
  } catch (cause) {
    throw new KeyError(
      `File kunci ${path} rusak atau hanya tertulis sebagian. Kembalikan file itu dari cadangan.\n${stepsFor(path)}`,
      { cause },
    );
  }
}

function parseOurKey(text: string): Bytes {
  const [key] = parsePem('PRIVATE KEY', text);
  if (!key || formatPem('PRIVATE KEY', key) !== text) throw new TypeError('keys: not as we write it');
  return key;
}

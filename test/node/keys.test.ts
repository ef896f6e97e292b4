import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { formatPem } from '../../src/lib/pem.ts';
import { createSealKey } from '../../src/lib/sealer.ts';
import { openKeys, openOwnSeal, openPostgresPassword, openSeal } from '../../src/node/keys.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'ikrar-keys-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const NAME = 'ikrar.example/catatan';
const open = (mayCreate = true) => openKeys(data, NAME, { mayCreate });

test('made once, for the owner alone, and found again', async () => {
  const first = await open();
  for (const name of ['ledger.pem', 'secret']) {
    expect((await stat(join(data, 'keys', name))).mode & 0o777).toBe(0o600);
  }
  expect((await stat(join(data, 'keys'))).mode & 0o777).toBe(0o700);
  const again = await open(false);
  expect([first.isNew, again.isNew]).toEqual([true, false]);
  expect(again.signer.verifier).toBe(first.signer.verifier);
  expect(await again.secret.mac('undangan', utf8('x'))).toEqual(
    await first.secret.mac('undangan', utf8('x')),
  );
});

test('the ledger key is plain PEM', async () => {
  await open();
  const pem = await readFile(join(data, 'keys/ledger.pem'), 'utf8');
  const { createPrivateKey } = await import('node:crypto');
  expect(createPrivateKey(pem).asymmetricKeyType).toBe('ed25519');
});

test('twenty starts at once agree on one key, and leave nothing beside it', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => open()));
  expect(new Set(all.map((keys) => keys.signer.verifier)).size).toBe(1);
  expect((await readdir(join(data, 'keys'))).sort()).toEqual(['ledger.pem', 'secret']);
});

test.each(['ledger.pem', 'secret'])('half-written at any length: %s is named', async (name) => {
  await open();
  const path = join(data, 'keys', name);
  const whole = await readFile(path);
  for (let length = 0; length < whole.length - 1; length += 7) {
    await writeFile(path, whole);
    await truncate(path, length);
    await expect(open()).rejects.toThrow(`File kunci ${path} rusak atau hanya tertulis sebagian`);
  }
});

test.each(['ledger.pem', 'secret'])('open to others: %s is named with its mode', async (name) => {
  await open();
  const path = join(data, 'keys', name);
  await chmod(path, 0o644);
  await expect(open()).rejects.toThrow(`File kunci ${path} terbuka bagi pengguna lain (mode 644)`);
});

test.each(['ledger.pem', 'secret'])('never made again for a ledger that stands: %s', async (name) => {
  await open();
  const path = join(data, 'keys', name);
  await unlink(path);
  await expect(open(false)).rejects.toThrow(`File kunci ${path} tidak ada`);
  await expect(open(false)).rejects.toThrow(
    `docs/operasi.md, bagian ${{ secret: 'key-of-another', 'ledger.pem': 'ledger-key-changed' }[name]}.`,
  );
  await expect(stat(path)).rejects.toThrow('ENOENT');
});

test('something else in its place can not be read', async () => {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(join(data, 'keys/secret'), { recursive: true });
  await expect(open()).rejects.toThrow(`File kunci ${join(data, 'keys/secret')} tidak dapat dibaca (EISDIR)`);
});

test('the password of the database is kept the same way', async () => {
  const password = await openPostgresPassword(data, { mayCreate: true });
  expect(password).toMatch(/^[\w-]{32}$/);
  expect(await openPostgresPassword(data, { mayCreate: false })).toBe(password);
  await unlink(join(data, 'keys/postgres'));
  await expect(openPostgresPassword(data, { mayCreate: false })).rejects.toThrow(
    'docs/operasi.md, bagian Sandi basis data tertanam hilang.',
  );
});

const sealOf = (mayCreate = true) => openSeal(data, 'Ikrar ikrar.example', { mayCreate });

test('the seal is made once, for the owner alone, and found again', async () => {
  const first = await sealOf();
  expect(first.sealer.name).toBe('Ikrar ikrar.example');
  const path = join(data, 'keys/seal.pem');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await sealOf(false)).certificates).toEqual(first.certificates);

  const whole = await readFile(path);
  for (let length = 0; length < whole.length - 1; length += 13) {
    await writeFile(path, whole);
    await truncate(path, length);
    await expect(sealOf()).rejects.toThrow(`File kunci ${path} rusak atau hanya tertulis sebagian`);
  }
  const other = await createSealKey('Lain');
  await writeFile(
    path,
    formatPem('PRIVATE KEY', other.key) + formatPem('CERTIFICATE', first.certificates[0]!),
  );
  await expect(sealOf()).rejects.toThrow(`File kunci ${path} rusak`);
  await unlink(path);
  await expect(sealOf(false)).rejects.toThrow(`File kunci ${path} tidak ada`);
  await expect(sealOf(false)).rejects.toThrow('docs/operasi.md, bagian Kunci segel hilang.');
});

test('the own seal of an organiser comes from two files, and each mistake has its sentence', async () => {
  const { key, certificate } = await createSealKey('Bakesbangpol');
  const paths = { key: join(data, 'segel.key'), certificate: join(data, 'segel.crt') };
  const put = async (keyText: string, certificateText: string) => {
    await writeFile(paths.key, keyText, { mode: 0o600 });
    await writeFile(paths.certificate, certificateText);
  };
  await expect(openOwnSeal(paths)).rejects.toThrow(`File ${paths.key} tidak ada`);
  const pem = formatPem('PRIVATE KEY', key);
  const bag = `Bag Attributes\r\n${formatPem('CERTIFICATE', certificate).replaceAll('\n', '\r\n')}`;
  await put(pem, bag);
  expect((await openOwnSeal(paths)).sealer.name).toBe('Bakesbangpol');
  await put(pem, '');
  await expect(openOwnSeal(paths)).rejects.toThrow('sertifikatnya tidak ada atau rusak');
  await put(pem, formatPem('CERTIFICATE', (await createSealKey('Lain')).certificate));
  await expect(openOwnSeal(paths)).rejects.toThrow('sertifikat itu milik kunci lain');
  await put(pem.replaceAll('PRIVATE KEY', 'EC PRIVATE KEY'), bag);
  await expect(openOwnSeal(paths)).rejects.toThrow('openssl pkcs8 -topk8 -nocrypt');
  await put(pem, bag);
  await chmod(paths.key, 0o644);
  await expect(openOwnSeal(paths)).rejects.toThrow('terbuka bagi pengguna lain');
});

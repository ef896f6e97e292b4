/** One key for the installation, and for each organiser a certificate over it with the organiser's name, made once. */
import { X509Certificate } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openOrganizerSeals, subjectOf } from '../../src/document/organizer-seal.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { readCertificate } from '../../src/lib/certificate.ts';
import { checkCms, DATA } from '../../src/lib/cms.ts';
import { parseDer } from '../../src/lib/der.ts';
import { createSealKey, issueCertificate, openSealKey, type Sealer } from '../../src/lib/sealer.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { organizer, sealCertificate } from '../../src/schema.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();
const { organizerId } = await makeEvent(db);
const { organizerId: otherId } = await makeEvent(db, { organiser: 'Bawaslu Contoh' });
const { key } = await createSealKey('Ikrar localhost');
const content = utf8('dokumen');

async function certificateOf(sealer: Sealer): Promise<X509Certificate> {
  const { certificate } = await checkCms(await sealer.seal(await sha256(content)), DATA, content);
  return new X509Certificate(certificate.whole);
}

test('an organiser seals under its own name, with the key of the installation', async () => {
  const seals = await openOrganizerSeals(key);
  const sealer = await seals(db, { id: organizerId, nama: 'Kesbangpol Contoh' });
  expect(sealer.name).toBe('Kesbangpol Contoh');
  const certificate = await certificateOf(sealer);
  expect(certificate.subject).toBe('CN=Segel Kesbangpol Contoh\nO=Kesbangpol Contoh');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const other = await certificateOf(await seals(db, { id: otherId, nama: 'Bawaslu Contoh' }));
  expect(other.subject).toContain('O=Bawaslu Contoh');
  expect(other.publicKey.equals(certificate.publicKey)).toBe(true);
  const kept = await db.select().from(sealCertificate).where(eq(sealCertificate.organizerId, organizerId));
  expect(kept.map((row) => Buffer.from(row.certificate))).toEqual([certificate.raw]);
});

test('of many processes at once, all seal under the same certificate', async () => {
  await db.insert(organizer).values({ id: 'BARU', nama: 'Baru', wilayah: '62.01' });
  const all = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const seals = await openOrganizerSeals(key);
      return certificateOf(await seals(db, { id: 'BARU', nama: 'Baru' }));
    }),
  );
  expect(new Set(all.map((one) => one.fingerprint256)).size).toBe(1);
});

test('another name, and another key, has another certificate', async () => {
  const seals = await openOrganizerSeals(key);
  const before = await certificateOf(await seals(db, { id: organizerId, nama: 'Kesbangpol Contoh' }));
  const renamed = await certificateOf(await seals(db, { id: organizerId, nama: 'Bakesbangpol Contoh' }));
  expect(renamed.subject).toContain('O=Bakesbangpol Contoh');
  expect(renamed.publicKey.equals(before.publicKey)).toBe(true);
  const moved = await openOrganizerSeals((await createSealKey('Ikrar localhost')).key);
  const anew = await certificateOf(await moved(db, { id: organizerId, nama: 'Kesbangpol Contoh' }));
  expect(anew.publicKey.equals(before.publicKey)).toBe(false);
});

test('a key that we would not have made is refused', async () => {
  await expect(openOrganizerSeals(utf8('bukan kunci'))).rejects.toMatchObject({ code: 'seal-kind' });
});

test.each([
  ['Kesbangpol Contoh', 'Kesbangpol Contoh'],
  ['n'.repeat(64), 'n'.repeat(64)],
  ['n'.repeat(65), `${'n'.repeat(63)}…`],
  [
    'Badan Kesatuan Bangsa dan Politik Kabupaten Penukal Abab Lematang Ilir',
    'Badan Kesatuan Bangsa dan Politik Kabupaten Penukal Abab…',
  ],
])('%s is %s in a certificate, and whole beside it', async (nama, short) => {
  const { subject } = new X509Certificate(await issueCertificate(await openSealKey(key), subjectOf(nama)));
  const parts = new Map(subject.split('\n').map((line) => line.split('=') as [string, string]));
  expect(parts.get('O')).toBe(short);
  expect([...parts.get('CN')!].length).toBeLessThanOrEqual(64);
  expect(parts.get('description')).toBe(short === nama ? undefined : nama);
});

/** Names that a notation would understand otherwise, beside any text at all. */
const odd = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        '#',
        '0c0a',
        '426177',
        ' ',
        ',',
        '=',
        '+',
        '"',
        '\\',
        '<',
        '>',
        ';',
        'CN=',
        '\\0a',
        'Kantor',
        '🗳️',
        'é',
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }),
);

test('whatever an organiser calls itself, that and nothing else stands in its certificate', async () => {
  const keys = await openSealKey(key);
  await fc.assert(
    fc.asyncProperty(odd, async (nama) => {
      const subject = subjectOf(nama);
      const values = subject.map(([, value]) => value);
      expect(values.at(-1)).toBe(nama);
      const { names } = readCertificate(parseDer(await issueCertificate(keys, subject)));
      expect(names).toEqual(values);
      const own = await createSealKey(nama);
      expect(readCertificate(parseDer(own.certificate)).names).toEqual([nama]);
    }),
    {
      numRuns: 150,
      examples: [['#'], ['#JagaNetral 62.01'], ['#0c0a42617761736c75205249'], ['Kantor "A" Timur'], ['\\']],
    },
  );
});

test('a certificate from when a name was read as notation is made anew, once', async () => {
  const nama = '#0c0a42617761736c75205249';
  await db.insert(organizer).values({ id: 'PAGAR', nama, wilayah: '62.01' });
  const seals = await openOrganizerSeals(key);
  await certificateOf(await seals(db, { id: 'PAGAR', nama }));
  const wrong = await issueCertificate(await openSealKey(key), subjectOf('Bawaslu RI'));
  const row = eq(sealCertificate.organizerId, 'PAGAR');
  await db.update(sealCertificate).set({ certificate: wrong }).where(row);

  const anew = async () => certificateOf(await (await openOrganizerSeals(key))(db, { id: 'PAGAR', nama }));
  const both = await Promise.all([anew(), anew()]);
  expect(new Set([...both, await anew()].map(({ fingerprint256 }) => fingerprint256)).size).toBe(1);
  const { names } = readCertificate(parseDer(both[0]!.raw));
  expect(names).toEqual([`Segel ${nama}`, nama]);
});

/** A record of the audit trail, and a day of it: printed and read as a pair, and by the database with the same bytes. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import {
  type ActRecord,
  DASAR,
  formatRecord,
  formatRecordDay,
  parseRecord,
  parseRecordDay,
  RECORDED_ACTS,
} from '../../src/office/record.ts';
import { PERAN } from '../../src/office/role.ts';
import { maskNip } from '../../src/roster/person.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();

/** Also what can't stand in a line; no NUL and no half of a pair, which no text of the database has. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('\n', '\t', '\u00a0', '\u2028', '-', '—', 'Ā', '\u202e', ' ', '  ', 'sebelum x', '\r'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join('').replaceAll('\u0000', ''));
const values = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), words, { maxKeys: 5 });
const record = fc.record({
  waktu: fc
    .date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => `${date.toISOString().slice(0, 19)}Z`),
  penyelenggara: fc.option(fc.stringMatching(/^[0-9a-z]{1,12}$/)),
  petugas: fc.option(fc.record({ id: fc.uuid(), nama: words.map((name) => `A${name}`) })),
  peran: fc.option(fc.constantFrom(...PERAN)),
  tindakan: fc.constantFrom(...RECORDED_ACTS),
  kegiatan: fc.option(fc.stringMatching(/^[0-9a-z]{1,12}$/)),
  perihal: fc.option(words),
  dasar: fc.constantFrom(...DASAR),
  sebelum: values,
  sesudah: values,
  acak: fc.stringMatching(/^[0-9a-f]{64}$/),
});

test('the database prints what we print, whatever it says', async () => {
  await fc.assert(
    fc.asyncProperty(record, async (r) => {
      const { petugas, ...rest } = r;
      const asked = JSON.stringify({ ...rest, petugas: petugas?.id ?? null, nama: petugas?.nama ?? null });
      const [row] = await db.execute<{ text: string }>(sql`select format_record(${asked}::jsonb) as text`);
      expect(row!.text).toBe(formatRecord(r));
    }),
    { numRuns: 200 },
  );
});

test('what is printed is read back, and nothing else is', () => {
  fc.assert(
    fc.property(record, (r) => {
      const text = formatRecord(r);
      expect(formatRecord(parseRecord(text))).toBe(text);
    }),
  );
  fc.assert(
    fc.property(record, fc.nat(), fc.constantFrom('', ' ', '\n', 'x'), (r, at, put) => {
      const text = formatRecord(r);
      const place = at % text.length;
      const changed = text.slice(0, place) + put + text.slice(place + 1);
      try {
        expect(formatRecord(parseRecord(changed))).toBe(changed);
      } catch (error) {
        expect(error).toMatchObject({ code: 'record-malformed' });
      }
    }),
  );
});

const RIGHT: ActRecord = {
  waktu: '2026-11-26T02:10:21Z',
  penyelenggara: '7h2kq0v9xa',
  petugas: { id: '3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11', nama: 'Rina Contoh' },
  peran: 'penyelenggara',
  tindakan: 'kegiatan-ubah',
  kegiatan: '5m8r2t0wzc',
  perihal: null,
  dasar: 'sesi',
  sebelum: { tempat: 'Aula', batas: '2026-11-27T09:00:00Z' },
  sesudah: { batas: '2026-11-28T09:00:00Z', tempat: '' },
  acak: '5b'.repeat(32),
};

test('what changed stands by name, and nothing has no line', () => {
  expect(formatRecord(RIGHT)).toContain(
    'dasar sesi\nsebelum batas 2026-11-27T09:00:00Z\nsebelum tempat Aula\nsesudah batas 2026-11-28T09:00:00Z\nacak 5b',
  );
});

test.each<[string, Partial<ActRecord>]>([
  ['no instant', { waktu: '2026-11-31T02:10:21Z' }],
  ['an organiser of two words', { penyelenggara: 'a b' }],
  ['an officer without a number', { petugas: { id: 'Rina', nama: 'Rina' } }],
  ['one without a name', { petugas: { id: RIGHT.petugas!.id, nama: ' ' } }],
  ['a role that nobody has', { peran: 'raja' as never }],
  ['an act of two words', { tindakan: 'kegiatan hapus' }],
  ['another ground', { dasar: 'firasat' as never }],
  ['a value with a strange name', { sesudah: { 'Nama Baru': 'x' } }],
  ['little that is random', { acak: '5b' }],
])('%s is no record', (_, part) => {
  expect(() => formatRecord({ ...RIGHT, ...part })).toThrow(TypeError);
  expect(() => formatRecord(RIGHT)).not.toThrow();
});

test('a day: printed, read back, and nothing else', async () => {
  const digests = [formatDigest(await sha256Text('a')), formatDigest(await sha256Text('b'))];
  const text = formatRecordDay({ hari: '2026-11-26', digests });
  expect(text).toBe(`ikrar/riwayat-hari@v1\nhari 2026-11-26\nbaris 2\n${digests.join('\n')}\n`);
  expect(parseRecordDay(text)).toEqual({ hari: '2026-11-26', digests });
  for (const wrong of [
    text.replace('baris 2', 'baris 3'),
    text.replace('11-26', '11-31'),
    text.slice(0, -1),
    `${text}\n`,
    text.replace('sha256:', 'SHA256:'),
  ])
    expect(() => parseRecordDay(wrong)).toThrow(expect.objectContaining({ code: 'record-malformed' }));
});

test('of a number the last four digits, as in the exports', async () => {
  for (const nip of ['', '1001', '198609262015052001', '85010101']) {
    const [row] = await db.execute<{ masked: string }>(sql`select mask_nip(${nip}) as masked`);
    expect(row!.masked).toBe(maskNip(nip));
  }
});

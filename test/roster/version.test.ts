import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { UNSUR } from '../../src/naskah/wording.ts';
import type { RosterEntry } from '../../src/roster/person.ts';
import { formatVersion, parseVersion } from '../../src/roster/version.ts';

const contoh: RosterEntry = {
  unsur: 'kepala desa',
  wilayah: '62.01.01.2008',
  nip: '',
  gelarDepan: 'H.',
  nama: 'Contoh Nama',
  gelarBelakang: 'S.Sos., M.AP.',
  jabatan: 'Kepala Desa',
  pangkat: '',
  unitKerja: '',
};
const asn: RosterEntry = {
  ...contoh,
  unsur: 'ASN',
  wilayah: '62.01',
  nip: '198609262015051001',
  jabatan: 'Analis',
};
const given = { kegiatanId: '7h2kq0v9xa', versi: 3, acak: utf8('x'.repeat(32)), entries: [contoh, asn] };

test('a literal example', () => {
  expect(formatVersion(given)).toBe(
    `ikrar/daftar@v1
kegiatan 7h2kq0v9xa
versi 3
acak eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg

ASN\t62.01\t198609262015051001\tH.\tContoh Nama\tS.Sos., M.AP.\tAnalis\t\t
kepala desa\t62.01.01.2008\t\tH.\tContoh Nama\tS.Sos., M.AP.\tKepala Desa\t\t
`,
  );
});

const field = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\t\n]/g, ''));
const entry = fc.record<RosterEntry>({
  unsur: fc.constantFrom(...UNSUR),
  wilayah: fc.constantFrom('62.01.01.2008', '62.01', '62.01.02.1001'),
  nip: fc.stringMatching(/^\d{18}$/),
  gelarDepan: field,
  nama: field,
  gelarBelakang: field,
  jabatan: field,
  pangkat: field,
  unitKerja: field,
});

test('what is printed parses to what prints it, whatever the order of the rows', () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: (e) => `${e.unsur}${e.wilayah}${e.nip}` }), (entries) => {
      const unique = [
        ...new Map(
          entries.map((e) => [`${e.unsur} ${/^[kl]/.test(e.unsur) ? e.wilayah : e.nip}`, e]),
        ).values(),
      ];
      const text = formatVersion({ ...given, entries: unique });
      expect(formatVersion(parseVersion(text))).toBe(text);
      expect(formatVersion({ ...given, entries: unique.toReversed() })).toBe(text);
    }),
  );
});

const text = formatVersion(given);
test.each([
  ['another version', text.replace('@v1', '@v2')],
  ['CRLF', text.replaceAll('\n', '\r\n')],
  ['rows in another order', text.replace(/(ASN.*\n)(kepala.*\n)/, '$2$1')],
  ['no line feed at the end', text.slice(0, -1)],
  ['a line feed more', `${text}\n`],
  ['a field too many', text.replace('\n\nASN', '\n\nASN\t')],
  ['versi with a zero before', text.replace('versi 3', 'versi 03')],
  ['acak of another length', text.replace('eHh4', '')],
  ['acak with stray bits', text.replace('eHg\n', 'eHh\n')],
  ['an unknown unsur', text.replace('ASN\t', 'PNS\t')],
])('%s is refused', (_, wrong) => {
  expect(() => parseVersion(wrong)).toThrow(/roster-version/);
});

test('a field that holds a TAB is never printed', () => {
  expect(() => formatVersion({ ...given, entries: [{ ...contoh, nama: 'a\tb' }] })).toThrow(/TAB/);
});

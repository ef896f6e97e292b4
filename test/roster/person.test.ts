import { expect, test } from 'vitest';
import { checkNip, fullName, maskNip, placeOf, tidyBackTitles } from '../../src/roster/person.ts';

test.each([
  ['H.', 'Contoh Nama', 'S.Sos., M.AP.', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['', 'Suharto', '', 'Suharto'],
  ['Dr. Hj.', 'Siti', '', 'Dr. Hj. Siti'],
  ['', "Nur'aini", 'S.STP', "Nur'aini, S.STP"],
  ['H.', '', 'S.Sos.', ''],
])('%j %j %j is printed %j', (gelarDepan, nama, gelarBelakang, printed) => {
  expect(fullName({ gelarDepan, nama, gelarBelakang })).toBe(printed);
});

test.each([
  ['S.Sos.,M.AP.', 'S.Sos., M.AP.'],
  [', S. Sos. , M. AP.', 'S.Sos., M.AP.'],
  ['S.STP', 'S.STP'],
  ['', ''],
])('back titles %j become %j', (typed, tidied) => {
  expect(tidyBackTitles(typed)).toBe(tidied);
  expect(tidyBackTitles(tidied)).toBe(tidied);
});

test('a place is the office, or the number where many share one', () => {
  expect(placeOf({ unsur: 'kepala desa', wilayah: '62.01.01.2008', nip: '' })).toBe(
    'kepala desa 62.01.01.2008',
  );
  expect(placeOf({ unsur: 'lurah/camat', wilayah: '62.01.02', nip: '198609262015051001' })).toBe(
    'lurah/camat 62.01.02',
  );
  expect(placeOf({ unsur: 'ASN', wilayah: '62.01', nip: '198609262015051001' })).toBe(
    'ASN 198609262015051001',
  );
});

test.each([
  ['ASN', '198609262015051001', true],
  ['ASN', '19860926 201505 1 001', true],
  ['ASN', "'198609262015051001", true],
  ['ASN', '="198609262015051001"', true],
  ['ASN', '198609262021212003', true],
  ['ASN', '1,98609E+17', 'nip-scientific'],
  ['ASN', '1.98609E+17', 'nip-scientific'],
  ['ASN', '2E+17', 'nip-scientific'],
  ['TNI', '1,1E+13', 'nip-scientific'],
  ['ASN', '198609262015051000', 'nip-rounded'],
  ['ASN', '19860926201505100', 'nip-length'],
  ['ASN', '130123456', 'nip-length'],
  ['ASN', '１９８６０９２６２０１５０５１００１', 'nip-length'],
  ['ASN', '198613262015051001', 'nip-birth'],
  ['ASN', '198602302015051001', 'nip-birth'],
  ['ASN', '000009262015051001', 'nip-birth'],
  ['ASN', '198609262015131001', 'nip-shape'],
  ['ASN', '198609262015001001', 'nip-shape'],
  ['ASN', '198609262015053001', 'nip-shape'],
  ['kepala desa', '198609262015051001', true],
  ['lurah/camat', '123', 'nip-length'],
  ['Polri', '86091234', true],
  ['Polri', '8609123', 'nrp-polri'],
  ['TNI', '12345', true],
  ['TNI', '11030012345678', true],
  ['TNI', '12345/P', true],
  ['TNI', '1234', 'nrp-tni'],
  ['TNI', '12345/Q', 'nrp-tni'],
] as const)('%s %s: %s', (unsur, cell, expected) => {
  const checked = checkNip(unsur, cell);
  expect(checked.ok ? true : checked.code).toBe(expected);
  if (checked.ok) expect(checked.nip).toMatch(/^\d+(\/P)?$/);
});

test('only the last four digits are shown', () => {
  expect(maskNip('198609262015051001')).toBe(`${'•'.repeat(14)}1001`);
  expect(maskNip('12345')).toBe('•2345');
  expect(maskNip('')).toBe('');
});

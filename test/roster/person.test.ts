import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complaintMessage } from '../../src/pages/office/roster-messages.ts';
import { checkNip, fullName, maskNip, placeOf, saysNoNip } from '../../src/roster/person.ts';

test.each([
  ['H.', 'Contoh Nama', 'S.Sos., M.AP.', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['', 'Suharto', '', 'Suharto'],
  ['Dr. Hj.', 'Siti', '', 'Dr. Hj. Siti'],
  ['', "Nur'aini", 'S.STP', "Nur'aini, S.STP"],
  ['H.', '', 'S.Sos.', ''],
])('%j %j %j is printed %j', (gelarDepan, nama, gelarBelakang, printed) => {
  expect(fullName({ gelarDepan, nama, gelarBelakang })).toBe(printed);
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
  ['ASN', '１９８６０９２６２０１５０５１００１', true],
  ['ASN', '198613262015051001', 'nip-birth'],
  ['ASN', '198602302015051001', 'nip-birth'],
  ['ASN', '000009262015051001', 'nip-birth'],
  ['ASN', '198609262015131001', 'nip-shape'],
  ['ASN', '198609262015001001', 'nip-shape'],
  ['ASN', '198609262015053001', 'nip-shape'],
  ['kepala desa', '198609262015051001', true],
  ['lurah/camat', '123', 'nip-length'],
  ['ASN', '198609262015051001 (baru)', 'nip-letters'],
  ['Polri', '198609262015051001', 'nip-not-nrp'],
  ['Polri', 'NIP. 19860926 201505 1 001', 'nip-not-nrp'],
  ['TNI', '198609262015051001', 'nip-not-nrp'],
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

test('whoever has the other kind of number is told where to go', () => {
  expect(complaintMessage({ code: 'nip-not-nrp', detail: '' })).toEqual({
    title: 'Ini NIP, bukan NRP',
    next: 'PNS di Polri atau TNI: isi unsur ASN. Anggota: isi NRP-nya.',
  });
  expect(complaintMessage({ code: 'nip-letters', detail: '' })).toEqual({
    title: 'Ada huruf atau tanda di dalam NIP',
    next: 'Tulis 18 angkanya saja.',
  });
});

test('only the last four digits are shown', () => {
  expect(maskNip('198609262015051001')).toBe(`${'•'.repeat(14)}1001`);
  expect(maskNip('12345')).toBe('•2345');
  expect(maskNip('')).toBe('');
});

test.each([
  ...[
    "'19860926 201505 1 001",
    '`198609262015051001`',
    'NIP. 19860926 201505 1 001',
    '19860926.201505.1.001',
  ],
  ...[
    '19860926\u00a0201505\u20021\u2009001\u00a0',
    '198609262015051001,',
    'NIP : 198609262015051001',
    '="198609262015051001"',
  ],
  ...[
    '1986\u200b0926201505\ufeff1001',
    '19860926-201505-1-001',
    'NIP/19860926 201505 1 001',
    '(198609262015051001)',
    '19860926/201505/1/001',
    '198609262015051001*',
    '[NIP] 198609262015051001',
    '１９８６０９２６２０１５０５１００１',
  ],
])('%j is eighteen digits', (typed) => {
  expect(checkNip('ASN', typed)).toEqual({ ok: true, nip: '198609262015051001' });
});

test.each(['NRP. 86091234', 'NRP 8609 1234', "'86091234"])('%j is an NRP of Polri', (typed) => {
  expect(checkNip('Polri', typed)).toEqual({ ok: true, nip: '86091234' });
});

test('a number in any dress is the number', () => {
  const digit = fc.constantFrom(...'0123456789');
  const between = fc.constantFrom('', ' ', '.', ',', '-', '\u00a0', '\u200b', "'", '\u2002');
  fc.assert(
    fc.property(
      fc.constantFrom('', 'NIP', 'NIP. ', 'nip:', "'", '`'),
      fc.array(fc.tuple(between, digit), { minLength: 8, maxLength: 8 }),
      fc.constantFrom('', ' ', ',', '.', '`'),
      (before, parts, after) => {
        const typed = before + parts.map(([gap, one], at) => (at === 0 ? one : gap + one)).join('') + after;
        expect(checkNip('Polri', typed)).toEqual({ ok: true, nip: parts.map(([, one]) => one).join('') });
      },
    ),
  );
});

test.each([
  ['1,98609E+17', 'nip-scientific'],
  ["'1.98609262015051E+17", 'nip-scientific'],
  ['198609262015051000', 'nip-rounded'],
  ['198.609.262.015.051.000', 'nip-rounded'],
  ['6201012609860001', 'nip-length'],
  ['198613262015051001', 'nip-birth'],
  ['198609262015133001', 'nip-shape'],
])('%j is refused: %s', (typed, code) => {
  expect(checkNip('ASN', typed)).toEqual({ ok: false, code });
});

test.each([
  'NON PNS',
  'non-asn',
  'Bukan PNS',
  'NIAP. 141.06.2001',
  'NIPD 123',
  'NRPD 12',
  'tidak ada',
  'N/A',
  'Nihil',
  'NRP.',
  'NIP :',
])('%j says that there is no NIP', (typed) => {
  expect(saysNoNip(typed)).toBe(true);
});

test.each(['NIP. 19860926', '19860926', 'NRP 12345', '123'])('%j doesn’t', (typed) => {
  expect(saysNoNip(typed)).toBe(false);
});

test.each([
  ['ASN', '203009262055051001', 'nip-age'],
  ['ASN', '201609262026051001', 'nip-age'],
  ['ASN', '198609261985051001', 'nip-age'],
  ['ASN', '198609262000051001', 'nip-age'],
  ['ASN', '198609262030051001', 'nip-age'],
  ['TNI', '08123456789', 'nrp-phone'],
  ['TNI', '628123456789', 'nrp-phone'],
] as const)('%s %s is no number of anybody who works today: %s', (unsur, nip, code) => {
  expect(checkNip(unsur, nip, new Date('2026-11-26T00:00:00Z'))).toEqual({ ok: false, code });
});

test('the youngest and the newest are somebody’s', () => {
  for (const nip of ['200609262026051001', '198609262001051001', '198609262027051001']) {
    expect(checkNip('ASN', nip, new Date('2026-11-26T00:00:00Z'))).toEqual({ ok: true, nip });
  }
});

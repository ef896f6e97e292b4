import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTelephone, parseTelephone, telephoneLinks } from '../../src/lib/telephone.ts';

test.each([
  ['081234567890', '+6281234567890'],
  ['0812-3456-7890', '+6281234567890'],
  ['0812 3456 7890', '+6281234567890'],
  ['6281234567890', '+6281234567890'],
  ['+62 812-3456-7890', '+6281234567890'],
  ['+62 (0)812 3456 7890', '+6281234567890'],
  ['(0532) 21234', '+6253221234'],
  ['021-5551234', '+62215551234'],
])('%s', (typed, kept) => {
  expect(parseTelephone(typed)).toBe(kept);
});

test.each([
  '',
  '812345678',
  '0812345',
  '08123456789012345',
  '+1 212 555 1234',
  '0812-3456-78O0',
  '00628123456789',
  '0012345678',
  '110',
  'Rina 081234567890',
])('%j is none', (typed) => {
  expect(parseTelephone(typed)).toBeNull();
});

test('is shown as it is dialled, and can be called; WhatsApp has mobile numbers alone', () => {
  expect(formatTelephone('+6281234567890')).toBe('0812-3456-7890');
  expect(formatTelephone('+6253221234')).toBe('0532-21234');
  expect(formatTelephone('+62215551234')).toBe('021-5551234');
  expect(telephoneLinks('+6281234567890')).toEqual({
    call: 'tel:+6281234567890',
    chat: 'https://wa.me/6281234567890',
  });
  expect(telephoneLinks('+6253221234')).toEqual({ call: 'tel:+6253221234', chat: null });
  // A company's line, though it begins as mobile numbers do.
  for (const typed of ['0800-1-500-123', '0804 1 500 123', '0807 1 500 123', '0809 1 500 123'])
    expect(telephoneLinks(parseTelephone(typed)!).chat).toBeNull();
  expect(formatTelephone('+628001500123')).toBe('0800-1500123');
});

test('any number that is kept is read again, from how it is kept and from how it is shown', () => {
  const digits = fc.stringMatching(/^0[2-9][0-9]{6,12}$/);
  fc.assert(
    fc.property(digits, (typed) => {
      const kept = parseTelephone(typed);
      fc.pre(kept !== null);
      expect(parseTelephone(kept)).toBe(kept);
      expect(parseTelephone(formatTelephone(kept))).toBe(kept);
    }),
  );
});

/** The text of a withdrawal: one spelling alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import { newCode } from '../../src/statement/code.ts';
import { formatWithdrawal, parseWithdrawal, type Withdrawal } from '../../src/withdrawal/withdrawal.ts';

const EXAMPLE = `ikrar/pencabutan@v1
kode 7K3F-9QXM-2DA7
pernyataan sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
penyelenggara 62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat
alasan Undangan dibuka di HP orang lain.
terbit 2026-11-24T01:30:00Z
acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
`;

const word = fc.stringMatching(/^[A-Za-z.,'’éñ]{1,12}$/).map((text) => text.normalize('NFC'));
const words = (most: number) =>
  fc.array(word, { minLength: 1, maxLength: most }).map((some) => some.join(' '));
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const withdrawals: fc.Arbitrary<Withdrawal> = fc.record({
  kode: fc.constant(null).map(() => newCode()),
  pernyataan: bytes32.map((bytes) => formatDigest(bytes)),
  penyelenggara: fc.record({
    wilayah: fc.constantFrom('62', '62.01', '62.01.01', '62.01.01.2001'),
    nama: words(8),
  }),
  alasan: words(15),
  terbit: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((at) => `${at.toISOString().slice(0, 19)}Z`),
  acak: bytes32.map((bytes) => base64url(new Uint8Array(bytes))),
});

test('the example reads as it is written', () => {
  const read = parseWithdrawal(EXAMPLE);
  expect(read).toMatchObject({ kode: '7K3F9QXM2DA7', alasan: 'Undangan dibuka di HP orang lain.' });
  expect(formatWithdrawal(read)).toBe(EXAMPLE);
});

test('what is printed is read again', () => {
  fc.assert(
    fc.property(withdrawals, (withdrawal) => {
      expect(parseWithdrawal(formatWithdrawal(withdrawal))).toEqual(withdrawal);
    }),
  );
});

describe('refused', () => {
  const broken: [name: string, text: string][] = [
    ['another format', EXAMPLE.replace('@v1', '@v2')],
    ['no last line feed', EXAMPLE.slice(0, -1)],
    ['more after the end', `${EXAMPLE}\n`],
    ['a key twice', EXAMPLE.replace('terbit', 'alasan x\nterbit')],
    ['another order', EXAMPLE.replace(/(alasan .*\n)(terbit .*\n)/, '$2$1')],
    ['a code without hyphens', EXAMPLE.replace('7K3F-9QXM-2DA7', '7K3F9QXM2DA7')],
    ['a code that does not check out', EXAMPLE.replace('2DA7', '2DAB')],
    ['a short digest', EXAMPLE.replace('944c\n', '944\n')],
    ['no reason', EXAMPLE.replace('alasan Undangan dibuka di HP orang lain.', 'alasan ')],
    ['two spaces', EXAMPLE.replace('dibuka di', 'dibuka  di')],
    ['a hidden letter', EXAMPLE.replace('dibuka', 'di\u200bbuka')],
    ['letters that are not composed', EXAMPLE.replace('dibuka', 'dibuka\u0301')],
    ['a reason without end', EXAMPLE.replace('dibuka', 'dibuka '.repeat(60).trim())],
    ['a day that is none', EXAMPLE.replace('2026-11-24', '2026-11-31')],
    ['a nonce of 31 bytes', EXAMPLE.replace('BkaGxwdHh8', 'BkaGxwdHg')],
    ['CRLF', EXAMPLE.replaceAll('\n', '\r\n')],
  ];
  test.each(broken)('%s', (_, text) => {
    expect(() => parseWithdrawal(text)).toThrow('withdrawal-malformed');
  });
});

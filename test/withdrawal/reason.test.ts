/** A reason is public: a sentence, without numbers that name a person. */
import { expect, test } from 'vitest';
import { parseReason } from '../../src/withdrawal/reason.ts';

test.each([
  ['Undangan dibuka di HP orang lain.', 'Undangan dibuka di HP orang lain.'],
  ['  Baris\n keliru,   24-11-2026 pukul 09.30 ', 'Baris keliru, 24-11-2026 pukul 09.30'],
  ['SK 141/2026 belum berlaku', 'SK 141/2026 belum berlaku'],
])('%j', (typed, alasan) => {
  expect(parseReason(typed)).toEqual({ ok: true, alasan });
});

test.each([
  ['', 'reason-none'],
  [' \u200b ', 'reason-none'],
  ['...', 'reason-none'],
  ['x'.repeat(201), 'reason-long'],
  ['NIP 198609262015051001', 'reason-number'],
  ['NIP 19860926 201505 1 001', 'reason-number'],
  ['HP 0812-3456-7890', 'reason-number'],
  ['NRP 86091234', 'reason-number'],
])('%j is refused', (typed, code) => {
  expect(parseReason(typed)).toEqual({ ok: false, code });
});

/** Instants as they are signed: one spelling, of instants that the calendar has. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatUtc, isDay, isInstant } from '../../src/lib/instant.ts';

test('what is printed is an instant', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('0000-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59Z'),
        noInvalidDate: true,
      }),
      (at) => {
        at.setUTCMilliseconds(0);
        expect(isInstant(formatUtc(at))).toBe(true);
        expect(new Date(formatUtc(at))).toEqual(at);
      },
    ),
  );
  expect(() => formatUtc(new Date('2026-11-23T02:10:05.001Z'))).toThrow('instant: not whole seconds');
  expect(() => formatUtc(new Date('+012026-11-23T02:10:05Z'))).toThrow('instant: not whole seconds');
});

test.each([
  '',
  '2026-11-23',
  '2026-11-23T02:10:05',
  '2026-11-23T02:10:05.000Z',
  '2026-11-23T02:10:05+00:00',
  '2026-11-23 02:10:05Z',
  '2026-11-23t02:10:05z',
  '2026-11-31T02:10:05Z',
  '2026-02-29T02:10:05Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T23:59:60Z',
  ' 2026-11-23T02:10:05Z',
  '-000001-01-01T00:00:00Z',
])('no instant: %j', (text) => {
  expect(isInstant(text)).toBe(false);
});

test('a day', () => {
  for (const day of ['2026-11-23', '2024-02-29', '0001-01-01']) expect(isDay(day)).toBe(true);
  for (const day of ['2026-11-31', '2026-2-3', '23-11-2026', '2026-11-23T', '2026-13-01', ''])
    expect(isDay(day)).toBe(false);
});

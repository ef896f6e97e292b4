/** Times as they are read out, always with their zone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayOf,
  formatClock,
  formatDay,
  formatInstant,
  formatLocal,
  formatNumber,
  formatPercent,
  parseLocal,
  partOf,
  ZONES,
} from '../../src/lib/zone.ts';

const at = new Date('2026-11-23T02:30:00Z');

test.each([
  ['WIB', 'Senin, 23 November 2026 pukul 09.30 WIB', '09.30 WIB'],
  ['WITA', 'Senin, 23 November 2026 pukul 10.30 WITA', '10.30 WITA'],
  ['WIT', 'Senin, 23 November 2026 pukul 11.30 WIT', '11.30 WIT'],
] as const)('an instant in %s', (zona, whole, clock) => {
  expect(formatInstant(at, zona)).toBe(whole);
  expect(formatClock(at, zona)).toBe(clock);
});

test('midnight is 00, and the day is that of the place', () => {
  const midnight = new Date('2026-11-22T17:00:00Z');
  expect(formatClock(midnight, 'WIB')).toBe('00.00 WIB');
  expect(dayOf(midnight, 'WIB')).toBe('2026-11-23');
  expect(dayOf(new Date('2026-11-22T16:59:59Z'), 'WIB')).toBe('2026-11-22');
});

test('days, numbers and parts', () => {
  expect(formatDay('2026-11-03')).toBe('3 November 2026');
  expect(formatNumber(83_762)).toBe('83.762');
  expect(formatPercent(87, 94)).toBe('92,6%');
  expect(formatPercent(1, 3)).toBe('33,3%');
  expect(formatPercent(2, 3)).toBe('66,7%');
  expect(formatPercent(1, 10_000)).toBe('0,1%');
  expect(formatPercent(0, 94)).toBe('0%');
  expect(formatPercent(94, 94)).toBe('100%');
  expect(formatPercent(9999, 10_000)).toBe('99,9%');
  expect(formatPercent(0, 0)).toBe('0%');
  expect([partOf(1, 3), partOf(1, 10_000), partOf(9999, 10_000), partOf(94, 94), partOf(0, 0)]).toEqual([
    0.333, 0.001, 0.999, 1, 0,
  ]);
});

test('a form’s time is read in its zone, and printed again', () => {
  expect(parseLocal('2026-11-23T09:30', 'WIB')).toEqual(new Date('2026-11-23T02:30:00Z'));
  expect(parseLocal('2026-11-23T09:30', 'WIT')).toEqual(new Date('2026-11-23T00:30:00Z'));
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }),
      fc.constantFrom(...ZONES),
      (at, zona) => {
        const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
        expect(parseLocal(formatLocal(minute, zona), zona)).toEqual(minute);
      },
    ),
  );
});

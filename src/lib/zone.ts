/**
 * Time and numbers as they are read in Indonesia. The zone is always printed. Not by Intl, whose words come with the runtime:
 * what a paper says must be the same everywhere and for ever (kertas/print.ts). Shown by test/lib/zone.test.ts.
 */

import { isDay } from './instant.ts';

export type Zona = 'WIB' | 'WITA' | 'WIT';

/** East of UTC, in hours; no summer time. */
const HOURS: Readonly<Record<Zona, number>> = { WIB: 7, WITA: 8, WIT: 9 };

export const ZONES = Object.keys(HOURS) as Zona[];

export const isZona = (text: string): text is Zona => Object.hasOwn(HOURS, text);

const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/** The same reading of the clock, as if it were UTC. */
const there = (at: Date, zona: Zona): Date => new Date(at.getTime() + HOURS[zona] * 3_600_000);

const dayInWords = (at: Date): string =>
  `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;

/** `Senin, 23 November 2026 pukul 09.30 WIB` */
export function formatInstant(at: Date, zona: Zona): string {
  const local = there(at, zona);
  return `${DAYS[local.getUTCDay()]}, ${dayInWords(local)} pukul ${formatClock(at, zona)}`;
}

/** `09.30 WIB` */
export const formatClock = (at: Date, zona: Zona): string =>
  `${there(at, zona).toISOString().slice(11, 16).replace(':', '.')} ${zona}`;

/** A calendar day, without an hour and so without a zone. `2026-11-23` -> `23 November 2026` */
export const formatDay = (day: string): string => dayInWords(new Date(`${day}T00:00:00Z`));

/** The calendar day of an instant at a place: `2026-11-23`. */
export const dayOf = (at: Date, zona: Zona): string => there(at, zona).toISOString().slice(0, 10);

/** The moment a form means by `2026-11-23T09:30` (datetime-local) in a zone, or null. */
export function parseLocal(text: string, zona: Zona): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(text);
  if (!match || !isDay(match[1]!) || Number(match[2]) > 23 || Number(match[3]) > 59) return null;
  return new Date(Date.parse(`${text}:00Z`) - HOURS[zona] * 3_600_000);
}

/** The pair of `parseLocal`. */
export const formatLocal = (at: Date, zona: Zona): string =>
  new Date(at.getTime() + HOURS[zona] * 3_600_000).toISOString().slice(0, 16);

/** `2026-11-23 09.30 WIB`: sorts by itself, and no spreadsheet takes it for a number. */
export const formatSortable = (at: Date, zona: Zona): string =>
  `${formatLocal(at, zona).replace('T', ' ').replace(':', '.')} ${zona}`;

/** `83.762`: a whole number. */
export const formatNumber = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, '.');

/**
 * A part of a whole, from 0 to 1 in thousandths, rounded as people round; but 1 is for all of them only, and 0 for none only. 0 of
 * nothing.
 */
export function partOf(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  return part >= whole ? 1 : Math.min(999, Math.max(1, Math.round((part / whole) * 1000))) / 1000;
}

/** `87,3%`: with one decimal at most, and rounded as `partOf` does. */
export const formatPercent = (part: number, whole: number): string =>
  `${String(Math.round(partOf(part, whole) * 1000) / 10).replace('.', ',')}%`;

/** Time and numbers as they are read in Indonesia, by Intl. The zone is always printed. */

export type Zona = 'WIB' | 'WITA' | 'WIT';

/** Zona: the three official times, and the place in the time zone database that keeps each. */
export const ZONES: Readonly<Record<Zona, string>> = {
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura',
};

export const isZona = (text: string): text is Zona => Object.hasOwn(ZONES, text);

const formats = new Map<string, Intl.DateTimeFormat>();

function format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat('id-ID', options);
    formats.set(key, found);
  }
  return found;
}

/** `Senin, 23 November 2026 pukul 09.30 WIB` */
export const formatInstant = (at: Date, zona: Zona): string =>
  `${format(`day ${zona}`, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: ZONES[zona],
  }).format(at)} pukul ${formatClock(at, zona)}`;

/** `09.30 WIB` */
export function formatClock(at: Date, zona: Zona): string {
  const parts = format(`clock ${zona}`, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONES[zona],
  }).formatToParts(at);
  const part = (type: string): string => parts.find((p) => p.type === type)!.value;
  return `${part('hour')}.${part('minute')} ${zona}`;
}

/** A calendar day, without an hour and so without a zone. `2026-11-23` -> `23 November 2026` */
export const formatDay = (day: string): string =>
  format('date', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** The calendar day of an instant at a place: `2026-11-23`. */
export function dayOf(at: Date, zona: Zona): string {
  const parts = format(`iso ${zona}`, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: ZONES[zona],
  }).formatToParts(at);
  const part = (type: string): string => parts.find((p) => p.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** East of UTC, in hours; no summer time. */
const HOURS: Record<Zona, number> = { WIB: 7, WITA: 8, WIT: 9 };

/** Whether `2026-11-23` is a day of the calendar, of a year that the database knows too. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return (
    /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
  );
}

/** The moment a form means by `2026-11-23T09:30` (datetime-local) in a zone, or null. */
export function parseLocal(text: string, zona: Zona): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(text);
  if (!match || !isDay(match[1]!) || Number(match[2]) > 23 || Number(match[3]) > 59) return null;
  return new Date(Date.parse(`${text}:00Z`) - HOURS[zona] * 3_600_000);
}

/** The pair of `parseLocal`. */
export const formatLocal = (at: Date, zona: Zona): string =>
  new Date(at.getTime() + HOURS[zona] * 3_600_000).toISOString().slice(0, 16);

const numbers = new Intl.NumberFormat('id-ID');

/** `83.762` */
export const formatNumber = (value: number): string => numbers.format(value);

/**
 * `87,3%`: a part of a whole, with one decimal at most, rounded down, so that `100%` is printed for all of them only.
 * `0%` of nothing.
 */
export function formatPercent(part: number, whole: number): string {
  const tenths = whole === 0 ? 0 : Math.floor((part / whole) * 1000);
  return `${(tenths / 10).toLocaleString('id-ID', { maximumFractionDigits: 1 })}%`;
}

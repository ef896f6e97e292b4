/** Peran: as what an officer acts, from when and until when. */
import { dayOf, parseLocal, type Zona } from '../lib/zone.ts';

/**
 * `penyelenggara` holds the declaration: all of it. `petugas` works at its desk: cards and names of the events that they have.
 * `pengawas` reads all of the organiser and changes nothing (Bawaslu). `saksi` countersigns what they are invited to.
 * `piket` is on duty for reports.
 */
export const PERAN = ['penyelenggara', 'petugas', 'pengawas', 'saksi', 'piket'] as const;
export type Peran = (typeof PERAN)[number];

/** A role that is in force. */
export interface Role {
  peran: Peran;
  /** Id of the one event it is for; null: for all of the organiser. */
  kegiatanId: string | null;
  /** For which institution, and as what there; empty: the organiser's own. */
  lembaga: string;
  jabatan: string;
  /** When it ends by itself; null: it doesn't. */
  sampai: Date | null;
}

/** Of what a role may be: one event that is named, all of the organiser, or either. */
export const SCOPE: Record<Peran, 'event' | 'organizer' | 'either'> = {
  penyelenggara: 'organizer',
  petugas: 'event',
  pengawas: 'either',
  saksi: 'either',
  piket: 'organizer',
};

/** Within how many years a role begins and ends. */
export const YEARS = 10;

/** The last day on which one may begin or end, as it is written: `2036-11-27`. */
export function lastDay(now: Date, zona: Zona): string {
  const last = new Date(now);
  last.setUTCFullYear(now.getUTCFullYear() + YEARS);
  return dayOf(last, zona);
}

/** The first second of a day (`2026-12-01`) at a place, in UTC; null for what is no day. */
export const startOfDay = (day: string, zona: Zona): string | null => secondOf(day, '00:00', 0, zona);

/** The last second of a day (`2026-12-31`) at a place, in UTC; null for what is no day. */
export const endOfDay = (day: string, zona: Zona): string | null => secondOf(day, '23:59', 59, zona);

function secondOf(day: string, minute: string, second: number, zona: Zona): string | null {
  // The year 0 is none in the database.
  if (day.startsWith('0000')) return null;
  const at = parseLocal(`${day}T${minute}`, zona);
  return at && new Date(at.getTime() + second * 1000).toISOString().replace('.000Z', 'Z');
}

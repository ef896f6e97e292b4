/** Authorization: who may do what. Shown by test/office/may.test.ts. */
import type { Actor, Officer } from './officer.ts';
import { PERAN, type Peran } from './role.ts';

/** What an officer may be let do, and which roles let them. */
export const ROLES_FOR = {
  /** The front page, with what waits for them. */
  'kantor-lihat': PERAN,
  'kegiatan-lihat': ['penyelenggara', 'petugas', 'pengawas'],
  'kegiatan-buat': ['penyelenggara'],
  'kegiatan-ubah': ['penyelenggara'],
  'daftar-lihat': ['penyelenggara', 'petugas', 'pengawas'],
  'daftar-ubah': ['penyelenggara'],
  'kartu-lihat': ['penyelenggara', 'petugas'],
  'kartu-buat': ['penyelenggara', 'petugas'],
  'rekap-unduh': ['penyelenggara', 'pengawas'],
  'naskah-lihat': ['penyelenggara', 'pengawas'],
  'naskah-tambah': ['penyelenggara'],
  'pencabutan-lihat': ['penyelenggara', 'pengawas'],
  'pencabutan-ubah': ['penyelenggara'],
  'petugas-lihat': ['penyelenggara', 'pengawas'],
  'petugas-ubah': ['penyelenggara'],
  /** Passkeys of one's own, and what has become of them. */
  'kunci-sendiri': PERAN,
  'riwayat-lihat': ['penyelenggara', 'pengawas'],
} as const satisfies Record<string, readonly Peran[]>;
export type Act = keyof typeof ROLES_FOR;

/** What is the officer's own, and no event's: any role lets them, whatever it is for. */
const OWN: readonly Act[] = ['kantor-lihat', 'kunci-sendiri'];

/** In which of their roles an officer may do it: for all of the organiser, or with this event. Null: they may not. */
export function may(officer: Officer, act: Act, event?: { id: string }): Actor | null {
  const held = officer.roles.filter(
    ({ kegiatanId }) => kegiatanId === null || kegiatanId === event?.id || OWN.includes(act),
  );
  const peran = ROLES_FOR[act].find((one) => held.some((role) => role.peran === one));
  return peran ? { id: officer.id, organizerId: officer.organizerId, peran } : null;
}

/** Whether they have a role with this event at all, whatever it lets them. */
export const isConcerned = (officer: Officer, event: { id: string }): boolean =>
  officer.roles.some(({ kegiatanId }) => kegiatanId === null || kegiatanId === event.id);

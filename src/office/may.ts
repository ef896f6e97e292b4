/** Who may do what. Shown by test/office/may.test.ts. */
import type { Actor, Officer } from './officer.ts';
import type { Peran } from './role.ts';

/** What an officer may be let do, and which roles let them. */
export const ROLES_FOR = {
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
  'kunci-sendiri': ['penyelenggara', 'petugas', 'pengawas', 'saksi', 'piket'],
  'riwayat-lihat': ['penyelenggara', 'pengawas'],
} as const satisfies Record<string, readonly Peran[]>;
export type Act = keyof typeof ROLES_FOR;

/** In which of their roles an officer may do it: for all of the organiser, or with this event. Null: they may not. */
export function may(officer: Officer, act: Act, event?: { id: string }): Actor | null {
  const held = officer.roles.filter(({ kegiatanId }) => kegiatanId === null || kegiatanId === event?.id);
  const peran = ROLES_FOR[act].find((one) => held.some((role) => role.peran === one));
  return peran ? { id: officer.id, organizerId: officer.organizerId, peran } : null;
}

/** Peran: as what an officer acts, and until when. */
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

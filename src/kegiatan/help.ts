/** Whom a signer asks, and about what: said wherever they can't go on by themselves. */
import { formatDay } from '../lib/zone.ts';
import type { Kegiatan } from './event.ts';

export interface Help {
  penyelenggara: string;
  kegiatan: string;
  /** `23 November 2026` */
  tanggal: string;
  /** Empty: nobody is named. */
  kontakNama: string;
  /** E.164. Empty: there is none. */
  kontakNomor: string;
}

export const helpOf = (
  penyelenggara: string,
  {
    judul,
    tanggal,
    kontakNama,
    kontakNomor,
  }: Pick<Kegiatan, 'judul' | 'tanggal' | 'kontakNama' | 'kontakNomor'>,
): Help => ({ penyelenggara, kegiatan: judul, tanggal: formatDay(tanggal), kontakNama, kontakNomor });

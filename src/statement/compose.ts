/** Puts a statement together from what the rows say. The same rows, code, time and nonce give the same text. */
import { base64 } from '../lib/base64.ts';
import { formatDigest } from '../lib/sha256.ts';
import { oneLine } from '../lib/text.ts';
import { fullName, type Titled } from '../roster/person.ts';
import { ISSUED_AS, type Statement } from './statement.ts';

export interface Parts {
  /** Drawn for this statement. */
  fresh: { kode: string; terbit: string; acak: string };
  person: Titled & { nomor: string; unsur: string; jabatan: string };
  /** The area of the place, with the areas around it in words. */
  wilayah: { kode: string; nama: string };
  kegiatan: { judul: string; tempat: string; tanggal: string };
  organizer: { wilayah: string; nama: string };
  naskah: { id: string; versi: number; sha256: Uint8Array; isi: string };
  /** SHA-256 of the version of the list. */
  daftar: Uint8Array;
  /** SHA-256 of the signer's public key (SPKI). */
  kunci: Uint8Array;
  catatan: { origin: string; size: number; root: Uint8Array };
}

/** What is known, and shown, before there is a passkey and a statement for it. */
export type Known = Omit<Parts, 'fresh' | 'kunci' | 'catatan'>;
export type Outline = Omit<Statement, 'kode' | 'kunci' | 'catatan' | 'terbit' | 'acak'>;

export const compose = ({ fresh, kunci, catatan, ...known }: Parts): Statement => ({
  ...outline(known),
  kode: fresh.kode,
  kunci: formatDigest(kunci),
  catatan: { origin: catatan.origin, size: catatan.size, root: base64(catatan.root) },
  terbit: fresh.terbit,
  acak: fresh.acak,
});

export const outline = (parts: Known): Outline => ({
  nomor: oneLine(parts.person.nomor),
  penyelenggara: { wilayah: parts.organizer.wilayah, nama: oneLine(parts.organizer.nama) },
  kegiatan: oneLine(parts.kegiatan.judul),
  tempat: oneLine(parts.kegiatan.tempat),
  tanggal: parts.kegiatan.tanggal,
  nama: oneLine(fullName(parts.person)),
  unsur: parts.person.unsur,
  jabatan: oneLine(parts.person.jabatan) || parts.person.unsur,
  wilayah: { kode: parts.wilayah.kode, nama: oneLine(parts.wilayah.nama) },
  identitas: ISSUED_AS,
  naskah: {
    id: parts.naskah.id,
    versi: parts.naskah.versi,
    sha256: formatDigest(parts.naskah.sha256),
  },
  daftar: formatDigest(parts.daftar),
  isi: parts.naskah.isi,
});

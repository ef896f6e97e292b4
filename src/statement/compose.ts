/** Puts a statement together from what the rows say. The same rows, code, time and nonce give the same text. */
import { base64 } from '../lib/base64.ts';
import { formatDigest } from '../lib/sha256.ts';
import { oneLine } from '../lib/text.ts';
import { fullName, type Titled } from '../roster/person.ts';
import type { Statement } from './statement.ts';

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

export const compose = (parts: Parts): Statement => ({
  kode: parts.fresh.kode,
  nomor: oneLine(parts.person.nomor),
  penyelenggara: { wilayah: parts.organizer.wilayah, nama: oneLine(parts.organizer.nama) },
  kegiatan: oneLine(parts.kegiatan.judul),
  tempat: oneLine(parts.kegiatan.tempat),
  tanggal: parts.kegiatan.tanggal,
  nama: oneLine(fullName(parts.person)),
  unsur: parts.person.unsur,
  jabatan: oneLine(parts.person.jabatan) || parts.person.unsur,
  wilayah: { kode: parts.wilayah.kode, nama: oneLine(parts.wilayah.nama) },
  identitas: 'undangan pribadi',
  naskah: {
    id: parts.naskah.id,
    versi: parts.naskah.versi,
    sha256: formatDigest(parts.naskah.sha256),
  },
  daftar: formatDigest(parts.daftar),
  kunci: formatDigest(parts.kunci),
  catatan: {
    origin: parts.catatan.origin,
    size: parts.catatan.size,
    root: base64(parts.catatan.root),
  },
  terbit: parts.fresh.terbit,
  acak: parts.fresh.acak,
  isi: parts.naskah.isi,
});

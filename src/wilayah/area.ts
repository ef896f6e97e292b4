/** Wilayah: an area of Indonesia, by the code of Kepmendagri (`pp.kk.cc.dddd`). */
import type { Zona } from '../lib/zone.ts';

/**
 * Two, four, six or ten digits. The one grammar of these codes, in texts that are signed and in what people type; which of
 * them are areas the table alone says.
 */
export const KODE_WILAYAH = /^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$/;

export type AreaKind = 'provinsi' | 'kabupaten' | 'kota' | 'kecamatan' | 'kelurahan' | 'desa' | 'desa adat';

export interface Area {
  kode: string;
  nama: string;
  jenis: AreaKind;
  induk: string | null;
}

/** The kind is in the code, never in a word: in DIY a "lurah" heads a desa. */
export function kindOf(kode: string): AreaKind {
  switch (kode.length) {
    case 2:
      return 'provinsi';
    case 5:
      return kode[3]! < '7' ? 'kabupaten' : 'kota';
    case 8:
      return 'kecamatan';
    default:
      return kode[9] === '1' ? 'kelurahan' : kode[9] === '2' ? 'desa' : 'desa adat';
  }
}

/** Code of the area around it, or null for a province. */
export const parentOf = (kode: string): string | null =>
  kode.length === 2 ? null : kode.slice(0, kode.lastIndexOf('.'));

/** The area itself, then the areas around it, outwards; from a map of them by code. Empty if the code is not in it. */
export function pathIn(areas: ReadonlyMap<string, Area>, kode: string): Area[] {
  const path: Area[] = [];
  for (let at: string | null = kode; at !== null; at = parentOf(at)) {
    const area = areas.get(at);
    if (area) path.push(area);
    else if (path.length === 0) return [];
  }
  return path;
}

/** `Kabupaten` is left out, `Kota` stays: Kota Bandung is not Bandung. */
export const shortName = (area: Area): string =>
  area.jenis === 'kabupaten' ? area.nama.replace(/^Kabupaten (?:Administrasi )?/, '') : area.nama;

/** `Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah`: show the code beside it, names repeat. */
export const describePath = (path: readonly Area[]): string => path.map(shortName).join(', ');

const WITA = ['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76'];
const WIT = ['81', '82', '91', '92', '93', '94', '95', '96'];

/** The zone that an area's province keeps: offered first, the officer may choose another. */
export const usualZona = (kode: string): Zona =>
  WITA.includes(kode.slice(0, 2)) ? 'WITA' : WIT.includes(kode.slice(0, 2)) ? 'WIT' : 'WIB';

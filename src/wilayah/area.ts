/** Wilayah: an area of Indonesia, by the code of Kepmendagri (`pp.kk.cc.dddd`). */
import { EVERY_HIDDEN } from '../lib/text.ts';
import type { Zona } from '../lib/zone.ts';

/**
 * Two, four, six or ten digits. The one grammar of these codes, in texts that are signed and in what people type; which of
 * them are areas the table alone says.
 */
export const KODE_WILAYAH = /^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$/;

const LEVELS = /^(\d\d)(?:(\d\d)(?:(\d\d)(\d{4})?)?)?$/;

/**
 * The code that a text shows, in whatever dress: `6201012001`, `62 01 01 2001`, `62-01-01-2001.`, `="62.01.01.2001"`,
 * `62:01:01`, `62.1.1.2001`. Null for all else. Two or three numbers without their zeros are not read: a spreadsheet makes
 * `62.1` of `62.10`.
 */
export function readKode(text: string): string | null {
  if (KODE_WILAYAH.test(text)) return text;
  if (text.length > 60 || !/\p{Nd}/u.test(text)) return null;
  const bare = text
    .normalize('NFKC')
    .replace(EVERY_HIDDEN, '')
    .replace(/^[\s='"‘’‚“”`´]+|[\s'"‘’“”`´.,;:]+$/g, '');
  const groups = bare.split(/[\s.,:;/\\_\p{Pd}\u2212]+/u);
  const padded =
    groups.length === 4 ? groups.map((group, at) => (at < 3 ? group.padStart(2, '0') : group)) : groups;
  if (!padded.every((group) => /^(?:\d\d){1,5}$/.test(group))) return null;
  const found = LEVELS.exec(padded.join(''));
  return (
    found
      ?.slice(1)
      .filter((level) => level !== undefined)
      .join('.') ?? null
  );
}

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

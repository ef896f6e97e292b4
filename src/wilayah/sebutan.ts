/**
 * Sebutan: what the head of an area is called there. Only a proposal for the column Jabatan, which always goes first.
 * Shown by test/wilayah/sebutan.test.ts.
 */
import { kindOf } from './area.ts';

/** By the beginning of the code; the longest one counts. */
const HEAD_OF_DESA: Readonly<Record<string, string>> = {
  '13': 'Wali Nagari',
  // The islands of Mentawai and two cities of Sumatera Barat have desa.
  '13.09': 'Kepala Desa',
  '13.73': 'Kepala Desa',
  '13.77': 'Kepala Desa',
  '18.04': 'Peratin',
  '34': 'Lurah',
  '51': 'Perbekel',
  '63': 'Pambakal',
  '91': 'Kepala Kampung',
  '92': 'Kepala Kampung',
  '93': 'Kepala Kampung',
  '94': 'Kepala Kampung',
  '95': 'Kepala Kampung',
  '96': 'Kepala Kampung',
};

const HEAD_OF_KECAMATAN: Readonly<Record<string, string>> = {
  '34': 'Panewu',
  '34.71': 'Mantri Pamong Praja',
  '91': 'Kepala Distrik',
  '92': 'Kepala Distrik',
  '93': 'Kepala Distrik',
  '94': 'Kepala Distrik',
  '95': 'Kepala Distrik',
  '96': 'Kepala Distrik',
};

const longest = (table: Readonly<Record<string, string>>, kode: string): string | undefined =>
  table[kode.slice(0, 5)] ?? table[kode.slice(0, 2)];

/** `62.01.01.2008` -> `Kepala Desa`, `51.01.01.2001` -> `Perbekel`; empty above the kecamatan. */
export function sebutanKepala(kode: string): string {
  switch (kindOf(kode)) {
    case 'desa':
    case 'desa adat':
      return longest(HEAD_OF_DESA, kode) ?? 'Kepala Desa';
    case 'kelurahan':
      return 'Lurah';
    case 'kecamatan':
      return longest(HEAD_OF_KECAMATAN, kode) ?? 'Camat';
    default:
      return '';
  }
}

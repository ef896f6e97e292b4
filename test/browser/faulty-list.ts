/** A list of 94 as an office sends it, full of mistakes. */
import type { Db } from '../../src/db.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import * as areas from '../../src/wilayah/areas.ts';

/** What is typed for the name of every place: wrong, unsure, sure. */
export const WRONG = ['KOSONG', 'CONTOH (Alm)', '#N/A', 'Plt Kades', 'CONTOH / PLH', '0', 'Contoh, Nama'];
export const UNSURE = ['CONTOH SE', 'C O N T O H', 'DR. CONTOH', 'CONTOH MM'];
export const SURE = ['Pj. CONTOH', 'H CONTOH', 'CONTOH S.Sos', 'Contoh Nama', 'Contoh Nama, S.Pd., M.Pd'];

/** One row for each of the 94 villages and kelurahan of Kotawaringin Barat, these names in turn; a title above, a sum and a date below. */
export async function faultyList(db: Db, names: readonly string[]): Promise<Uint8Array> {
  const places = await areas.within(db, '62.01', ['desa', 'kelurahan']);
  return utf8(
    [
      'DAFTAR KEPALA DESA DAN LURAH SE-KABUPATEN KOTAWARINGIN BARAT',
      'No;Kode wilayah;Unsur;Nama;Jabatan;NIP/NRP;Ket',
      '1;2;3;4;5;6;7',
      ...places.map(
        ({ kode, jenis }, at) =>
          `${at + 1};${kode};${jenis === 'desa' ? 'kepala desa' : 'lurah'};${names[at % names.length]};;-;`,
      ),
      ';;;JUMLAH 94;;;',
      ';;;;Pangkalan Bun, 1 November 2026;;',
    ].join('\r\n'),
  );
}
